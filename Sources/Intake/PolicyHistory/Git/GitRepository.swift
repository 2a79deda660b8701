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
    /// More than one for a merge.
    package var parents: [String]
    /// When it came into the main line: the committer's date, UTC.
    package var committedAt: Instant
    /// When the author wrote it, which may be long before.
    package var authoredAt: Instant
    package var author: String
    package var committer: String
    package var subject: String
    /// The path's name as of this commit; nil when the commit removed it.
    package var path: String?
    /// The id of the path's content as of this commit; nil where it was removed or where several paths were asked for.
    package var blob: String?
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
    try await nameHead()
  }

  /// A bundle of a branch alone names no HEAD; then its only branch is the line to follow.
  private func nameHead() async throws(Diagnostic) {
    let head = try await Self.git(["-C", directory, "rev-parse", "--quiet", "--verify", "HEAD^{commit}"], name: name)
    if head.succeeded { return }
    let branches = String(
      decoding: try await run(["for-each-ref", "--format=%(refname)", "refs/heads"]), as: UTF8.self
    ).split(separator: "\n").map(String.init)
    guard branches.count == 1 else {
      throw Diagnostic(
        id: "git-no-head", file: name,
        summary:
          "the bundle names no HEAD, and it holds \(branches.count) branches, so that none is known to be the main line",
        nextStep: "Bundle the main line with HEAD: git bundle create FILE HEAD BRANCH.")
    }
    _ = try await run(["symbolic-ref", "HEAD", branches[0]])
  }

  private static let protections = [
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
    "-c", "diff.external=", "-c", "core.pager=cat", "-c", "core.attributesFile=/dev/null",
    "-c", "log.follow=false", "-c", "log.showRoot=true", "-c", "i18n.logOutputEncoding=UTF-8",
    // Files that the repository's own configuration could name, such as a pipe.
    "-c", "diff.orderFile=/dev/null", "-c", "log.mailmap=false", "-c", "core.excludesFile=/dev/null",
    // What would stand before the reason in an error: colours, and a hint about the list of grafts that is shut off.
    "-c", "color.ui=false", "-c", "advice.graftFileDeprecated=false",
  ]

  /// Of the caller's environment nothing counts that names another repository, as it does where a hook of git runs the
  /// program, or that changes how paths or parents are read.
  static let environment: [String: String?] = [
    "LC_ALL": "C", "TZ": "UTC", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": "/dev/null", "GIT_DIR": nil, "GIT_WORK_TREE": nil,
    "GIT_COMMON_DIR": nil, "GIT_OBJECT_DIRECTORY": nil, "GIT_ALTERNATE_OBJECT_DIRECTORIES": nil,
    "GIT_SHALLOW_FILE": nil, "GIT_NAMESPACE": nil, "GIT_LITERAL_PATHSPECS": nil, "GIT_GLOB_PATHSPECS": nil,
    "GIT_NOGLOB_PATHSPECS": nil, "GIT_ICASE_PATHSPECS": nil,
  ]

  /// What `git --version` says; nil where there is no git that runs.
  package static func version() async -> String? {
    guard let outcome = try? await git(["--version"], name: "git"), outcome.succeeded else { return nil }
    return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").first
      .map { $0.hasPrefix("git version ") ? String($0.dropFirst(12)) : String($0) }
  }

  private static func git(
    _ arguments: [String], name: String, input: [UInt8] = []
  ) async throws(Diagnostic) -> (output: [UInt8], errors: String, succeeded: Bool) {
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(protections + arguments),
        environment: .inherit.updating(
          Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
        input: .array(input), output: .bytes(limit: largestOutput), error: .string(limit: 1 << 16))
      return (result.standardOutput, result.standardError, result.terminationStatus.isSuccess)
    } catch {
      throw Diagnostic(
        id: "git-not-run", file: name, summary: "git could not be run: \(error)",
        nextStep: "Install git, or name a folder of policy versions instead.")
    }
  }

  private static func failure(name: String, _ errors: String) -> Diagnostic {
    let lines = errors.split(separator: "\n").map(String.init)
    let line = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.first ?? "no reason given"
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
        "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw", "--no-abbrev", "-z",
        "--no-ext-diff", "--no-textconv", GitLog.format, tip, "--",
      ] + Self.literal(paths))
    return GitLog.changes(in: output, paths: paths, order: order)
  }

  private static func literal(_ paths: [String]) -> [String] { paths.map { ":(literal)" + $0 } }

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
    try await self.objects(objects.map { $0.path.contains("\n") ? $0.commit + ":\u{FFFD}" : "\($0.commit):\($0.path)" })
      .map { $0?.kind == "blob" ? $0?.bytes : nil }
  }

  /// The contents that `commit:path` pairs name, in their order, without fetching them; nil where there is none. Sizes are in bytes.
  package func blobs(
    of objects: [(commit: String, path: String)]
  ) async throws(Diagnostic) -> [(id: String, size: Int)?] {
    try await blobs(
      named: objects.map { $0.path.contains("\n") ? $0.commit + ":\u{FFFD}" : "\($0.commit):\($0.path)" })
  }

  /// The same of objects by any name.
  package func blobs(named names: [String]) async throws(Diagnostic) -> [(id: String, size: Int)?] {
    guard !names.isEmpty else { return [] }
    let output = try await run(
      ["cat-file", "--batch-check"], input: Array((names.joined(separator: "\n") + "\n").utf8))
    let lines = output.split(separator: 0x0A)
    guard lines.count == names.count else {
      throw Self.failure(name: name, "cat-file answered \(lines.count) of \(names.count) questions")
    }
    return lines.map { line in
      // «ID KIND SIZE», or «NAME missing», whose name may have blanks.
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard words.count == 3, words[1] == "blob", let size = Int(words[2]) else { return nil }
      return (String(words[0]), size)
    }
  }

  /// Objects as git stores them, in the order of the names asked for; nil where the repository has none.
  package func objects(_ names: [String]) async throws(Diagnostic) -> [(kind: String, bytes: [UInt8])?] {
    guard !names.isEmpty else { return [] }
    let output = try await run(["cat-file", "--batch"], input: Array((names.joined(separator: "\n") + "\n").utf8))
    var objects: [(kind: String, bytes: [UInt8])?] = []
    objects.reserveCapacity(names.count)
    var index = 0
    for name in names {
      guard let lineEnd = output[index...].firstIndex(of: 0x0A) else {
        throw Self.failure(name: self.name, "cat-file ended before \(name)")
      }
      let words = String(decoding: output[index..<lineEnd], as: UTF8.self).split(separator: " ")
      index = lineEnd + 1
      // «ID KIND SIZE», or «NAME missing», whose name may have blanks.
      guard words.count == 3, let size = Int(words[2]), index + size <= output.count else {
        objects.append(nil)
        continue
      }
      objects.append((String(words[1]), Array(output[index..<index + size])))
      index += size + 1
    }
    return objects
  }

  /// Who wrote what each merge of the first-parent line brought in: authors of the commits that changed one of the paths
  /// and came with the merge. Keyed by the merge's id.
  package func mergedAuthors(of paths: [String]) async throws(Diagnostic) -> [String: ByName<Bool>] {
    let written = try await run(
      ["log", "--full-history", "--no-merges", "-z", "--format=%H%x00%an", "HEAD", "--"] + Self.literal(paths))
    let graph = try await run(
      ["rev-list", "--full-history", "--parents", "HEAD", "--"] + Self.literal(paths))
    return GitLog.mergedAuthors(written: written, graph: graph)
  }
}
