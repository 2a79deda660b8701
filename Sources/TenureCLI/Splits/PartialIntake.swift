internal import Dispatch
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Intake
internal import Replay

/// Where workers left their partials, and the splits that these have to make up.
struct PartialFolder: Sendable {
  var path: String
  var manifest: SplitManifest

  /// - Parameter manifest: `splits.jsonl` in the folder where nil.
  init(_ path: String, manifest: String?) throws(Diagnostic) {
    self.path = path
    let file = manifest ?? path + "/splits.jsonl"
    self.manifest = try SplitManifest(WholeFile(name: file, path: file))
  }

  /// The names of its partials, in the order of their bytes.
  func names() throws(Diagnostic) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw Diagnostic(
        id: "file-unreadable", file: path, summary: "there is no such folder, or it cannot be read",
        nextStep: "Name the folder that the workers' partials were brought to.")
    }
    return names.filter { name in [".partial", ".partial.gz", ".partial.zst"].contains { name.hasSuffix($0) } }
      .sortedBytewise()
  }
}

/// Brings the store up to date from partials, as a scan of the same logs would have. A partial that cannot be used is named
/// and left out, and so is a split that none holds.
struct PartialIntake {
  let partials: PartialFolder
  let plan: ReplayPlan
  let period: Period
  let store: EvidenceStore
  let finder: LogFinder
  let entries: [Configuration.RoutingLog]

  func run() throws -> LogScan.Result {
    let manifest = partials.manifest
    if let planned = manifest.splits.first?.plan ?? manifest.leftOut.first?.plan,
      planned != plan.binding.digest.description
    {
      throw Diagnostic(
        id: "splits-of-other-records", file: partials.path,
        summary:
          "the splits were planned with another policy, other registers or other settings than the ones named now",
        nextStep: "Name the records that the splits were planned with, or plan them again and scan them anew.")
    }
    var result = LogScan.Result()
    let files = try SurveyedFolder(partials, plan)
    result.diagnostics = files.diagnostics
    result.repeated = files.repeated
    for (log, splits) in manifest.logs {
      let assembly = LogAssembly(log: log, splits: splits, files: files.usable[log.name] ?? [])
      try take(assembly, &result)
    }
    for log in manifest.leftOut {
      unread(
        log.log, &result,
        Diagnostic(
          id: "split-log-left-out", file: log.log, summary: "no split of it was planned: \(log.leftOut)",
          nextStep: "Mend the log, and plan the splits again."))
    }
    try tellOfOthers(&result)
    result.sources.sort { $0.name.precedesBytewise($1.name) }
    return result
  }

  private func unread(_ name: String, _ result: inout LogScan.Result, _ diagnostic: Diagnostic) {
    result.diagnostics.append(diagnostic)
    result.unread.append(
      InputFile(kind: .routingLog, name: name, format: "unknown", bytes: nil, digest: nil, records: 0))
  }

  private func take(_ assembly: LogAssembly, _ result: inout LogScan.Result) throws {
    result.diagnostics += assembly.diagnostics
    guard !assembly.parts.isEmpty else {
      return result.unread.append(
        InputFile(
          kind: .routingLog, name: assembly.log.name, format: assembly.log.format, bytes: nil, digest: nil, records: 0))
    }
    let path = finder.path(of: assembly.log.name)
    guard let digest = try assembly.digest(ofLogAt: path) else {
      return unread(
        assembly.log.name, &result,
        Diagnostic(
          id: "split-log-without-digest", file: assembly.log.name,
          summary: "neither the manifest has the SHA-256 of this log, nor is the log here to take it",
          nextStep: "Plan the splits without --no-digests, or bring the log to where the configuration names it."))
    }
    guard let log = assembly.joined(digest) else {
      return unread(
        assembly.log.name, &result,
        Diagnostic(
          id: "split-not-as-planned", file: assembly.log.name,
          summary: "its partial is of other bytes than those that were planned, or of a format that is not known here",
          nextStep: "Plan the splits of the log again, and scan them."))
    }
    do {
      let kept = try store.keep(log, plan: plan)
      result.sources.append(
        SourceRecord(name: log.name, partials: [kept], firstLine: try? PrefixDigests.ofFirstLine(path: path)))
      result.scanned += 1
    } catch let error as PartialError {
      unread(assembly.log.name, &result, SurveyedFolder.refusal(error, partials))
    }
  }

  /// Logs that the configuration names and that are no part of the manifest: their decisions are missing.
  private func tellOfOthers(_ result: inout LogScan.Result) throws {
    let planned = Set(
      (partials.manifest.logs.map(\.log.name) + partials.manifest.leftOut.map(\.log)).map { Array($0.utf8) })
    let found = finder.find(entries)
    let names = found.logs.map(\.name) + (try store.knownLogs(ofPeriod: period.name)).map(\.name)
    var seen = planned
    for name in names where finder.names(name, in: entries) && seen.insert(Array(name.utf8)).inserted {
      unread(
        name, &result,
        Diagnostic(
          id: "log-without-split", file: name,
          summary: "the configuration names this log, and the manifest has no split of it",
          nextStep: "Plan the splits again, and scan those of this log; its decisions are missing from this pack."))
    }
    let all = partials.manifest.logs.map(\.log.name) + partials.manifest.leftOut.map(\.log)
    for diagnostic in found.diagnostics where !all.contains(where: { finder.names($0, under: diagnostic.file) }) {
      unread(diagnostic.file, &result, diagnostic)
    }
  }
}
