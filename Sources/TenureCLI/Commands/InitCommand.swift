internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Writes a configuration from what lies in a folder.
struct InitCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure init": "from what lies in this folder",
      "tenure init records": "from another one",
    ],
    about: """
      Looks at files up to three folders deep, by content and not by name. An existing tenure.yaml is never overwritten.
      """,
    endings: [
      .done: "written",
      .couldNotFinish: "there is a tenure.yaml already, or the folder cannot be written",
    ])

  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a commented tenure.yaml from what it finds in a folder.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The folder to look at.", valueName: "folder"), completion: .directory)
  var folder = "."

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      let target = folder + "/tenure.yaml"
      guard !FileManager.default.fileExists(atPath: target) else {
        throw CommandEnd.failed("\(target) exists. Move it away to have it written anew.")
      }
      let findings = try FolderSurvey(folder).findings
      let text = ConfigurationText.make(findings)
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: target), options: .withoutOverwriting)
      } catch {
        throw CommandEnd.failed(
          "\(target) cannot be written: \(error.localizedDescription) Check the folder's permissions.")
      }
      if format == .json {
        Terminal.event("initialised", ["config": .text(target), "notes": .texts(findings.notes)])
        return .done
      }
      for line in findings.notes { Terminal.talk(line) }
      Terminal.talk("Next: read it, then run tenure run --config \(target)")
      Terminal.result(target)
      return .done
    }
  }
}

/// What a folder holds, by content.
private struct FolderSurvey {
  struct Findings {
    var logs: [(path: String, format: RoutingLogFormat)] = []
    var policyFolders: [String] = []
    var tables: (rules: String, versions: String)?
    var repositories: [(path: String, policy: String?, hasCodeowners: Bool)] = []
    /// When versions of the policy took effect.
    var deployed: String?
    var controlTotals: [String] = []
    var ownership: [String] = []
    /// All other registers.
    var registers: [InputFile.Kind: [String]] = [:]
    var notes: [String] = []
  }

  private let root: String
  private(set) var findings = Findings()
  private var rules: String?
  private var versions: String?

  init(_ root: String) throws {
    self.root = root
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw Diagnostic(
        id: "folder-missing", file: root, summary: "there is no such folder",
        nextStep: "Name a folder that holds your records.")
    }
    look(at: "", depth: 0)
    if let versions {
      // The same columns say the one thing beside a table of rules, and the other beside texts.
      if let rules { findings.tables = (rules, versions) } else { findings.deployed = versions }
      let kind = rules == nil ? "when policy versions took effect" : RegisterKind.policyVersions.rawValue
      findings.notes.append("found \(kind): \(versions)")
    }
  }

  private mutating func look(at folder: String, depth: Int) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []).sortedBytewise()
    if isRepository(names) || names.contains(".git") {
      let path = folder.isEmpty ? "." : folder
      findings.repositories.append(
        (
          path, policyPath(in: names, folder: folder),
          [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"].contains { exists(folder, $0) }
        ))
      findings.notes.append("found a git repository: \(path)")
      if isRepository(names) { return }
    }
    for name in names where !name.hasPrefix(".") {
      let path = folder.isEmpty ? name : folder + "/" + name
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isDirectory) else { continue }
      if isDirectory.boolValue {
        if depth < 3 { look(at: path, depth: depth + 1) }
      } else {
        classify(path)
      }
    }
  }

  private func exists(_ folder: String, _ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root + "/" + folder + "/" + path)
  }

  private func isRepository(_ names: [String]) -> Bool {
    names.contains("HEAD") && names.contains("objects") && names.contains("refs")
  }

  /// A YAML text of the work tree that reads as a policy.
  private func policyPath(in names: [String], folder: String) -> String? {
    var pending = [""]
    var seen = 0
    while let next = pending.popLast(), seen < 2000 {
      for name in ((try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder + "/" + next)) ?? [])
        .sortedBytewise() where !name.hasPrefix(".")
      {
        seen += 1
        let path = next.isEmpty ? name : next + "/" + name
        let full = root + "/" + folder + "/" + path
        var isDirectory: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: full, isDirectory: &isDirectory)
        if isDirectory.boolValue {
          pending.append(path)
        } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml"), readsAsPolicy(full) {
          return path
        }
      }
    }
    return nil
  }

  private func readsAsPolicy(_ path: String) -> Bool {
    guard let file = try? WholeFile(name: path, path: path), file.bytes.count < 4 << 20, let text = try? file.text()
    else { return false }
    return (try? PolicyFormat.read(text, name: path, stated: nil)) != nil
  }

  private mutating func classify(_ path: String) {
    let full = root + "/" + path
    if path.hasSuffix(".bundle") {
      findings.repositories.append((path, nil, false))
      findings.notes.append("found a git bundle: \(path)")
    } else if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      classifyPolicy(path, full)
    } else if let detected = (try? RoutingLogFormat.detect(path: full, stated: nil)) ?? nil, !detected.evidence.isEmpty
    {
      findings.logs.append((path, detected.format))
      findings.notes.append("found a routing log (\(detected.format.name)): \(path)")
    } else if holdsTotals(path, full) {
      findings.controlTotals.append(path)
      findings.notes.append("found an independent total: \(path)")
    } else if let kind = registerKind(path, full) {
      add(kind, path)
    } else if path.hasSuffix(".csv") {
      findings.notes.append("passed over \(path): its columns are none that Tenure knows")
    } else if path.hasSuffix(".json") || path.hasSuffix(".json5") {
      classifyPolicy(path, full)
    }
  }

  /// A text that reads as a policy makes its folder one of versions, unless the folder is in a repository.
  private mutating func classifyPolicy(_ path: String, _ full: String) {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    let inRepository = findings.repositories.contains { repository in
      repository.path == "." || path.hasPrefix(repository.path + "/")
    }
    if !inRepository, !findings.policyFolders.contains(folder), readsAsPolicy(full) {
      findings.policyFolders.append(folder)
      findings.notes.append("found policy versions: \(folder.isEmpty ? "." : folder)")
    }
  }

  private func holdsTotals(_ path: String, _ full: String) -> Bool {
    guard path.hasSuffix(".csv") || path.hasSuffix(".json"), let file = try? WholeFile(name: path, path: full),
      let totals = try? readControlTotals(file)
    else { return false }
    return !totals.entries.isEmpty
  }

  private func registerKind(_ path: String, _ full: String) -> RegisterKind? {
    guard [".csv", ".json", ".jsonl"].contains(where: { path.hasSuffix($0) }),
      let file = try? WholeFile(name: path, path: full)
    else { return nil }
    return RegisterKind.recognise(file)?.kind
  }

  private mutating func add(_ kind: RegisterKind, _ path: String) {
    switch kind {
    case .policyRules: rules = rules ?? path
    case .policyVersions: versions = versions ?? path
    case .ownership: findings.ownership.append(path)
    default: if let input = kind.input { findings.registers[input, default: []].append(path) }
    }
    if kind != .policyVersions { findings.notes.append("found \(kind.rawValue): \(path)") }
  }
}

/// Writes the configuration, each key with its reason; what was not found stands as a comment.
private enum ConfigurationText {
  static func make(_ found: FolderSurvey.Findings) -> String {
    var lines = [
      "# What Tenure reads, and how. Paths are relative to this file. Flags and TENURE_* variables override it.",
      "",
      "# Shown on every page of the pack.",
      "organisation: Unnamed organisation",
      "",
      "# 2026-Q3, 2026-07, 2026, previous-quarter, previous-month, FROM/TO, or all. It also seeds the sample.",
      "period: all",
      "",
      "# Where packs go, and the store that remembers scans.",
      "out: reports",
      "store: reports/tenure.sqlite",
      "",
      "# Routing logs: a file, a pattern, a folder, or - for standard input. Plain, gzip or zstd, recognised by content.",
    ]
    func quoted(_ text: String) -> String {
      "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
    if found.logs.isEmpty {
      lines += ["# None was found here.", "routing-logs: []"]
    } else {
      lines.append("routing-logs:")
      for log in found.logs { lines += ["  - path: \(quoted(log.path))", "    format: \(log.format.name)"] }
    }
    if !found.controlTotals.isEmpty {
      lines += ["", "# What a provider or gateway counted itself; the logs are held against it.", "control-totals:"]
      lines += found.controlTotals.map { "  - path: \(quoted($0))" }
    }
    lines += [
      "", "# The policy's versions: a folder with one YAML a version, a file in a git repository, or a pair of tables.",
    ]
    // Of several sources the folder does not say whose versions the register names.
    let sources = found.policyFolders.count + found.repositories.count { $0.policy != nil }
    let deployed =
      found.deployed.map {
        ["    \(sources > 1 ? "# " : "")deployed: \(quoted($0))  # when each version took effect"]
      } ?? []
    var policy = found.policyFolders.flatMap { ["  - folder: \(quoted($0.isEmpty ? "." : $0))"] + deployed }
    for repository in found.repositories {
      if let path = repository.policy {
        policy += ["  - git: \(quoted(repository.path))", "    path: \(quoted(path))"] + deployed
      } else {
        policy += ["  # - git: \(quoted(repository.path))", "  #   path: the policy's path in that repository"]
      }
    }
    if let tables = found.tables {
      policy += ["  - rules: \(quoted(tables.rules))", "    versions: \(quoted(tables.versions))"]
    }
    lines +=
      policy.contains { !$0.hasPrefix("  #") }
      ? ["policy:"] + policy
      : ["# None was found here; without one no decision can be judged."] + policy + ["policy: []"]
    lines += ["", "# Who owned which rule: a register, or the CODEOWNERS of the repository that holds the policy."]
    var ownership = found.ownership.map { "  - path: \(quoted($0))" }
    ownership += found.repositories.filter { $0.hasCodeowners && $0.policy != nil }.map {
      "  - codeowners: \(quoted($0.path))"
    }
    lines += ownership.isEmpty ? ["# None was found here.", "ownership: []"] : ["ownership:"] + ownership
    lines += ["", "# Registers."]
    /// One path, or a list of several.
    func files(_ kind: InputFile.Kind) -> String? {
      found.registers[kind].map { paths in
        paths.count == 1 ? quoted(paths[0]) : "[" + paths.map(quoted).joined(separator: ", ") + "]"
      }
    }
    for (kind, reason) in [
      (.people, "owner, team, left_at: who has left"), (.identities, "alias, person: one person's several spellings"),
      (.models, "model, tier, aliases: which model is the more trusted one"), (.modelAliases, "alias, model"),
      (.deployments, "deployment, provider, jurisdiction, effective_from: where each one stands"),
      (.agents, "agent, owner: which agents there are"), (.tools, "tool, owner: which tools there are"),
    ] as [(InputFile.Kind, String)] {
      let key = kind.rawValue
      lines.append(files(kind).map { "\(key): \($0)  # \(reason)" } ?? "# \(key): \(key).csv  # \(reason)")
    }
    let registers = Configuration.registerKinds.compactMap { kind in
      files(kind).map { "  \(kind.rawValue): \($0)" }
    }
    lines +=
      registers.isEmpty
      ? ["# registers: {exceptions: exceptions.csv}  # check, subject, approver, reason, from, until"]
      : ["registers:"] + registers
    lines += [
      "", "# Which data classes count as sensitive, and which are approved at all.",
      "# sensitive-classes: [confidential, pii, phi]",
      "# data-classes: [public, internal, confidential, pii, phi]", "",
      "# Numbers that only the owner can state.",
      "# parameters: {RG-DRF-01: {band: 0.1, minimum-n: 200}, RG-CON-01: {max-share: 0.7}}",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
