package import EvidenceModel
internal import Subprocess

/// A git repository, bare or not, or a bundle, read through `git` itself. Reading runs none of the repository's own code.
package struct GitRepository: Sendable {
  /// As the configuration names it.
  package let name: String
  private let directory: String

  /// One commit of the first-parent line that changed a path.
  package struct Change: Sendable {
    package var commit: String
    /// When it came into the main line: the committer's date, UTC.
    package var committedAt: Instant
    package var author: String
    package var subject: String
    /// The path's name as of this commit; nil when the commit removed it.
    package var path: String?
    /// 0 is the first commit of the line.
    package var position: Int
  }

  private static let largestOutput = 512 << 20

  /// - Parameter scratch: where a bundle may be unpacked; the caller removes it.
  package init(name: String, path: String, isBundle: Bool, scratch: String) async throws(Diagnostic) {
    self.name = name
    guard isBundle else {
      directory = path
      _ = try await run(["rev-parse", "--git-dir"])
      return
    }
    directory = scratch + "/" + Digest(of: path).prefix(16)
    let outcome = try await Self.git(
      ["clone", "--quiet", "--bare", "--no-hardlinks", "--template=", path, directory], name: name)
    guard outcome.succeeded else { throw Self.failure(name: name, outcome.errors) }
  }

  private static let protections = [
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
    "-c", "diff.external=", "-c", "core.pager=cat", "-c", "core.attributesFile=/dev/null",
  ]

  private static func git(
    _ arguments: [String], name: String, input: [UInt8] = []
  ) async throws(Diagnostic) -> (output: [UInt8], errors: String, succeeded: Bool) {
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(protections + arguments),
        environment: .inherit.updating([
          "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
          "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "TZ": "UTC",
        ]),
        input: .array(input), output: .bytes(limit: largestOutput), error: .string(limit: 1 << 16))
      return (result.standardOutput, result.standardError, result.terminationStatus.isSuccess)
    } catch {
      throw Diagnostic(
        id: "git-not-run", file: name, summary: "git could not be run: \(error)",
        nextStep: "Install git, or name a folder of policy versions instead.")
    }
  }

  private static func failure(name: String, _ errors: String) -> Diagnostic {
    let line = errors.split(separator: "\n").first.map(String.init) ?? "no reason given"
    return Diagnostic(
      id: "git-failed", file: name, summary: "git could not read it: \(line)",
      nextStep: "Check the path with git log; fetch missing objects; mark the repository as safe if git asks for it.")
  }

  private func run(_ arguments: [String], input: [UInt8] = []) async throws(Diagnostic) -> [UInt8] {
    let outcome = try await Self.git(["-C", directory] + arguments, name: name, input: input)
    guard outcome.succeeded else { throw Self.failure(name: name, outcome.errors) }
    return outcome.output
  }

  /// The commit that HEAD names.
  package func head() async throws(Diagnostic) -> String {
    String(decoding: try await run(["rev-parse", "HEAD"]), as: UTF8.self).trimmed
      .filter { $0 != "\n" }
  }

  private static let format = "--format=%x01%H%x00%ct%x00%an%x00%s%x00"

  /// First-parent history of a path, oldest first, through its renames.
  package func history(of path: String) async throws(Diagnostic) -> [Change] {
    let order = try await positions()
    var changes: [Change] = []
    var current = path
    var tip = "HEAD"
    var followed = Set<String>()
    while true {
      let listed = try await log(tip: tip, paths: [current], order: order)
      changes += listed
      // The path-limited log shows a rename as an addition; the commit's own diff tells which.
      guard let oldest = listed.last, oldest.path != nil, followed.insert(current).inserted,
        let before = try await renameSource(of: current, in: oldest.commit)
      else { break }
      current = before
      tip = oldest.commit + "^1"
    }
    return changes.reversed()
  }

  /// First-parent commits that changed any of some paths, oldest first.
  package func commits(changing paths: [String]) async throws(Diagnostic) -> [Change] {
    let order = try await positions()
    return try await log(tip: "HEAD", paths: paths, order: order).reversed()
  }

  private func positions() async throws(Diagnostic) -> [String: Int] {
    let lines = String(decoding: try await run(["rev-list", "--first-parent", "--reverse", "HEAD"]), as: UTF8.self)
      .split(separator: "\n")
    return Dictionary(lines.enumerated().map { (String($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func log(tip: String, paths: [String], order: [String: Int]) async throws(Diagnostic) -> [Change] {
    let output = try await run(
      [
        "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-status", "-z",
        "--no-ext-diff", "--no-textconv", Self.format, tip, "--",
      ] + paths.map { ":(literal)" + $0 })
    var changes: [Change] = []
    for block in output.split(separator: 0x01) {
      let fields = block.split(separator: 0, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count >= 4, let seconds = Int64(fields[1]) else { continue }
      // What follows the fixed fields is the status list: «\nM», «path», «A», …
      let statuses = fields.dropFirst(4).map { $0.filter { $0 != "\n" } }.filter { !$0.isEmpty }
      let removed = paths.count == 1 && statuses.first == "D"
      changes.append(
        Change(
          commit: fields[0], committedAt: Instant(microseconds: seconds * 1_000_000), author: fields[2],
          subject: fields[3], path: removed ? nil : paths.first, position: order[fields[0]] ?? 0))
    }
    return changes
  }

  private func renameSource(of path: String, in commit: String) async throws(Diagnostic) -> String? {
    let outcome = try await Self.git(
      [
        "-C", directory, "diff-tree", "-r", "-z", "-M", "--name-status", "--diff-filter=R", "--no-ext-diff",
        "--no-textconv", commit + "^1", commit,
      ], name: name)
    guard outcome.succeeded else { return nil }  // The first commit has no parent to have renamed from.
    let fields = outcome.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    for index in stride(from: 0, to: fields.count - 2, by: 3) where fields[index + 2] == path {
      return fields[index + 1]
    }
    return nil
  }

  /// The contents of `commit:path` pairs, in their order; nil where there is none.
  package func contents(of objects: [(commit: String, path: String)]) async throws(Diagnostic) -> [[UInt8]?] {
    // A path with a line feed would be two requests; there is no such policy.
    let requests = objects.map { $0.path.contains("\n") ? $0.commit + ":\u{FFFD}" : "\($0.commit):\($0.path)" }
    guard !requests.isEmpty else { return [] }
    let output = try await run(["cat-file", "--batch"], input: Array((requests.joined(separator: "\n") + "\n").utf8))
    var contents: [[UInt8]?] = []
    var index = 0
    for request in requests {
      guard let lineEnd = output[index...].firstIndex(of: 0x0A) else {
        throw Self.failure(name: name, "cat-file ended before \(request)")
      }
      let header = String(decoding: output[index..<lineEnd], as: UTF8.self)
      index = lineEnd + 1
      let words = header.split(separator: " ")
      guard words.count >= 3, words[words.count - 2] == "blob" || words[words.count - 2] == "tree",
        let size = Int(words[words.count - 1]), index + size <= output.count
      else {
        contents.append(nil)
        continue
      }
      contents.append(words[words.count - 2] == "blob" ? Array(output[index..<index + size]) : nil)
      index += size + 1
    }
    return contents
  }
}
