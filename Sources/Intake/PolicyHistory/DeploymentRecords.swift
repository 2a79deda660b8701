internal import EvidenceModel

/// A register of when versions of a policy took effect. Described in `docs/formats/deployment-records.md`.
package struct DeploymentRecords {
  /// Where the register lies, and which environment of it counts.
  package struct Place: Sendable, Hashable {
    package var file: String
    package var environment: String?

    package init(file: String, environment: String? = nil) {
      self.file = file
      self.environment = environment
    }
  }

  private struct Entry {
    var version: String
    var effectiveFrom: Instant
    var line: Int
    var byteOffset: Int
  }

  private let name: String
  private var entries: [Entry] = []
  private var diagnostics: [Diagnostic] = []
  var count: Int { entries.count }

  init(_ file: WholeFile, environment: String?) throws(Diagnostic) {
    name = file.name
    let table = try CSVTable(file, required: ["version", "effective_from"])
    diagnostics = table.diagnostics
    var environments: ByName<Bool> = [:]
    var zoneAssumed = 0
    for row in table.rows {
      let place = row["environment"].trimmed
      environments[place] = true
      if let environment, table.columns["environment"] != nil, !place.utf8.elementsEqual(environment.utf8) { continue }
      var reader = RowReader(table, row)
      let version = reader.name("version").trimmed
      let effectiveFrom = reader.instant("effective_from")
      diagnostics += reader.problems
      zoneAssumed += reader.zoneAssumed
      guard reader.problems.isEmpty else { continue }
      entries.append(
        Entry(version: version, effectiveFrom: effectiveFrom, line: row.line, byteOffset: row.byteOffset))
    }
    diagnostics += table.zoneWarning(zoneAssumed)
    guard environment != nil || environments.count <= 1 else {
      throw Diagnostic(
        id: "deployment-environments", file: name, line: 1,
        summary: "it holds several environments: \(shortened(environments.keys.sortedBytewise()))",
        nextStep: "Name the one that the logs are of as environment beside deployed.")
    }
    guard !entries.isEmpty else {
      throw diagnostics.first
        ?? Diagnostic(
          id: "deployment-none", file: name, summary: "no deployment stands in it",
          nextStep: "Check the file, and the environment that the configuration names.")
    }
    // Equal instants: the later row is the later deployment.
    entries = entries.enumerated().sorted { left, right in
      (left.element.effectiveFrom, left.offset) < (right.element.effectiveFrom, right.offset)
    }.map(\.element)
  }

  /// Puts the versions into force when they were deployed, again where they were deployed again.
  ///
  /// - Parameter commits: the versions' commits in full, in the same order; none where they come from no git history.
  func apply(to reading: inout PolicyReading, commits: [String]) {
    reading.diagnostics += diagnostics
    let index = VersionIndex(reading.versions.map(\.id), commits: commits)
    var deployed: [PolicyVersion] = []
    var uses: [Int: Int] = [:]
    var unknown: [Entry] = []
    var replaced: [Entry] = []
    var current: Int?
    var placed: [(entry: Entry, place: Int)] = []
    for entry in entries {
      guard let place = index.place(of: entry.version) else {
        unknown.append(entry)
        continue
      }
      // Of equal instants the last row counts, whichever version was recorded later; the others were in force for no time.
      if let last = placed.last, last.entry.effectiveFrom == entry.effectiveFrom {
        placed.removeLast()
        if last.place != place { replaced.append(last.entry) }
      }
      placed.append((entry, place))
    }
    for (entry, place) in placed {
      // What is in force already does not come into force again.
      if current == place { continue }
      current = place
      uses[place, default: 0] += 1
      var version = reading.versions[place]
      if let use = uses[place], use > 1 { version.id += "@\(use)" }
      version.effectiveFrom = entry.effectiveFrom
      version.effectiveSource = "\(name):\(entry.line)"
      deployed.append(version)
    }
    reading.diagnostics += unknown.prefix(20).map { entry in
      Diagnostic(
        id: "deployment-unknown-version", file: name, line: entry.line, byteOffset: entry.byteOffset,
        summary: "no version of the policy is called \(entry.version), or several are; the row was left out",
        nextStep: "Write the version's id, or at least 7 digits of its commit.")
    }
    reading.diagnostics += replaced.prefix(20).map { entry in
      Diagnostic(
        id: "deployment-same-instant", severity: .warning, file: name, line: entry.line, byteOffset: entry.byteOffset,
        summary: "a later row has the same instant, so \(entry.version) was in force for no time",
        nextStep: "Write the time of day of each deployment.")
    }
    guard let first = entries.first?.effectiveFrom, let last = entries.last?.effectiveFrom else { return }
    let others = reading.versions.indices.filter { uses[$0] == nil }.map { reading.versions[$0] }
    let skipped = others.filter {
      ($0.recordedAt ?? $0.effectiveFrom) >= first && ($0.recordedAt ?? $0.effectiveFrom) <= last
    }
    let later = others.filter { ($0.recordedAt ?? $0.effectiveFrom) > last }
    let earlier = others.filter { ($0.recordedAt ?? $0.effectiveFrom) < first }
    report(skipped: skipped, later: later, earlier: earlier, unlisted: unknown.count - 20, in: &reading)
    reading.versions = earlier + deployed + later
  }

  private func report(
    skipped: [PolicyVersion], later: [PolicyVersion], earlier: [PolicyVersion], unlisted: Int,
    in reading: inout PolicyReading
  ) {
    func note(_ id: String, _ summary: String, _ nextStep: String) {
      reading.diagnostics.append(
        Diagnostic(id: id, severity: .warning, file: name, summary: summary, nextStep: nextStep))
    }
    func counted(_ versions: [PolicyVersion]) -> String {
      versions.count == 1 ? "1 version was" : "\(versions.count) versions were"
    }
    if unlisted > 0 {
      note(
        "deployment-unknown-version", "\(unlisted) more rows name versions that are not known",
        "Check that the register is of this policy.")
    }
    if !skipped.isEmpty {
      note(
        "deployment-never",
        "\(counted(skipped)) never deployed and so never in force: \(shortened(skipped.map(\.id)))",
        "Add a row for each that was deployed.")
    }
    for (versions, side) in [(earlier, "before the first"), (later, "after the last")] where !versions.isEmpty {
      note(
        "deployment-not-covered",
        "\(counted(versions)) recorded \(side) row, and in force from the time that the source states: \(shortened(versions.map(\.id)))",
        "Let the register cover the whole period.")
    }
  }
}

/// Versions by id, commit, or the beginning of a commit.
private struct VersionIndex {
  private static let shortestPrefix = 7
  private var byID: ByName<Int> = [:]
  /// Sorted, for looking up beginnings.
  private var commits: [(commit: String, place: Int)] = []

  init(_ ids: [String], commits: [String]) {
    for (place, id) in ids.enumerated() where byID[id] == nil { byID[id] = place }
    self.commits = commits.enumerated().map { ($0.element, $0.offset) }.sorted { $0.commit.precedesBytewise($1.commit) }
  }

  func place(of name: String) -> Int? {
    if let place = byID[name] { return place }
    let name = name.lowercased()
    guard name.utf8.count >= Self.shortestPrefix,
      name.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) })
    else { return nil }
    var low = 0
    var high = commits.count
    while low < high {
      let middle = (low + high) / 2
      if commits[middle].commit.precedesBytewise(name) { low = middle + 1 } else { high = middle }
    }
    guard low < commits.count, commits[low].commit.hasPrefix(name) else { return nil }
    // A beginning that two commits share names neither.
    if low + 1 < commits.count, commits[low + 1].commit.hasPrefix(name) { return nil }
    return commits[low].place
  }
}
