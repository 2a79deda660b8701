internal import Assessment
internal import EvidenceModel
internal import EvidencePack
internal import EvidenceStore
internal import Foundation
internal import Intake
internal import Replay

/// A run up to its assessment: inputs read, logs scanned or remembered, checks asked.
struct Evaluation {
  var facts: PackFacts
  /// Why the pack is not complete; empty when it is.
  var shortcomings: [String]
  var scanned: Int
  var remembered: Int

  static let toolVersion = "0.1.0"

  static func run(_ plan: RunPlan) async throws -> Evaluation {
    var records = await plan.inputs.read()
    records.diagnostics = plan.configuration.diagnostics + records.diagnostics
    let found = LogFinder(inputs: plan.inputs).find(plan.configuration.routingLogs)
    records.diagnostics += found.diagnostics
    for diagnostic in found.diagnostics {
      records.inputs.append(
        InputFile(kind: .routingLog, name: diagnostic.file, format: "unknown", bytes: nil, digest: nil, records: 0))
    }
    if plan.configuration.policy.isEmpty {
      records.diagnostics.append(
        Diagnostic(
          id: "config-no-policy", file: plan.configuration.file,
          summary: "no policy is named, so no decision can be judged",
          nextStep: "Name the policy's folder, repository or tables under policy."))
    }

    if let path = plan.store {
      try? FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    }
    let store = try EvidenceStore(path: plan.store)
    let replay = ReplayPlan(records, settings: plan.settings)
    var sources: [(name: String, partialID: Int64)] = []
    var scanned = 0
    var remembered = 0
    for log in found.logs {
      do throws(Diagnostic) {
        let outcome = try scan(log, replay, store)
        sources.append((log.name, outcome.partial))
        if outcome.wasScanned { scanned += 1 } else { remembered += 1 }
      } catch {
        records.diagnostics.append(error)
        records.inputs.append(
          InputFile(
            kind: .routingLog, name: log.name, format: log.format?.rawValue ?? "unknown", bytes: nil, digest: nil,
            records: 0))
      }
    }
    let tenures = records.history.ruleIDs.flatMap { records.ownership.tenures(of: $0) }
    let evidence = try store.begin(
      RunRecord(
        period: plan.period.name, plan: replay.digest, sources: sources, versions: records.history.versions,
        changes: records.history.changes, tenures: tenures))
    for source in try evidence.sources() {
      if let damage = source.damage {
        records.diagnostics.append(
          Diagnostic(
            id: "source-damaged", file: source.name, summary: damage,
            nextStep: "Fetch the file again; records before the damage were read."))
      }
    }
    let facts = try AssessmentFacts(
      records: records, evidence: evidence, period: plan.period, knownDataClasses: plan.configuration.dataClasses,
      holeHours: plan.holeHours, parameters: plan.checkParameters)
    let assessment = Assessment(
      facts, library: plan.library, frameworks: plan.frameworks, outOfScope: plan.configuration.outOfScope,
      accepted: records.acceptedExceptions)
    try evidence.keep(assessment.findings)
    return Evaluation(
      facts: PackFacts(
        organisation: plan.organisation, toolVersion: toolVersion, time: plan.time, parameters: plan.parameters,
        settings: plan.settings,
        library: plan.library, facts: facts, assessment: assessment, evidence: evidence),
      shortcomings: shortcomings(facts, plan), scanned: scanned, remembered: remembered)
  }

  /// The partial of one log: remembered when its bytes were scanned under this plan before, else scanned now.
  private static func scan(
    _ log: LogFinder.Log, _ replay: ReplayPlan, _ store: EvidenceStore
  ) throws(Diagnostic) -> (partial: Int64, wasScanned: Bool) {
    do {
      let format: DetectedFormat
      if log.path == "-" {
        // Standard input cannot be looked at twice.
        format = DetectedFormat(format: log.format ?? .native, isLines: true)
      } else if let detected = try RoutingLogFormat.detect(path: log.path, stated: log.format) {
        format = detected
      } else {
        throw Diagnostic(
          id: "routing-log-unknown-format", file: log.name, line: 1, byteOffset: 0,
          summary: "none of its first records is of a format that this version reads",
          nextStep: "Name the format in the configuration, or take the file out of routing-logs.")
      }
      if log.path != "-", let size = (try? FileManager.default.attributesOfItem(atPath: log.path))?[.size] as? Int,
        try store.mayHavePartial(storedBytes: size, plan: replay.digest)
      {
        let digest = try digest(of: log.path)
        if let kept = try store.keptPartial(digest: digest, format: format, plan: replay.digest) {
          return (kept, false)
        }
      }
      return (try store.scan(try ByteSource(path: log.path), format: format, plan: replay), true)
    } catch let error as SourceError {
      throw error.diagnostic(name: log.name)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw Diagnostic(
        id: "scan-failed", file: log.name, summary: Terminal.failure(error),
        nextStep: "Check the disk and the store, and run again.")
    }
  }

  private static func digest(of path: String) throws(SourceError) -> Digest {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .cannotOpen(path: path, reason: "no reason given")
    }
    defer { try? handle.close() }
    var hasher = Hasher256()
    while let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { hasher.update($0) }
    }
    return hasher.finish()
  }

  private static func shortcomings(_ facts: AssessmentFacts, _ plan: RunPlan) -> [String] {
    var reasons: [String] = []
    let malformed = facts.sources.reduce(0) { $0 + $1.malformed }
    let records = facts.sources.reduce(0) { $0 + $1.lines - $1.blank }
    if records > 0, Double(malformed) > plan.rejectTolerance * Double(records) {
      reasons.append(
        "\(malformed) of \(records) records are malformed, more than the tolerated share of \(plan.rejectTolerance)")
    }
    let errors = facts.records.diagnostics.count { $0.severity == .error }
    if errors > 0 {
      reasons.append("\(errors) \(errors == 1 ? "input has" : "inputs have") trouble that left something out")
    }
    let holes = facts.holes.count
    if holes > 0 {
      reasons.append("\(holes) \(holes == 1 ? "hole" : "holes") of \(plan.holeHours) hours or more without a record")
    }
    return reasons
  }
}
