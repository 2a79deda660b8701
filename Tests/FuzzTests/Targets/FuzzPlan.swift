internal import EvidenceModel
internal import Foundation
internal import Intake
internal import Replay
internal import Synchronization

/// Records that logs are judged by, with a rule of each action and an owner who leaves.
enum FuzzPlan {
  static let shared = ReplayPlan(
    Records(
      history: PolicyHistory([
        version("v1", 1_751_328_000, rules), version("v2", 1_785_542_400, Array(rules.prefix(2))),
      ]),
      ownership: OwnershipHistory(
        records: [
          OwnershipRecord(
            rulePattern: "*", owner: "gateway-team", from: Instant(microseconds: 0),
            to: Instant(microseconds: 1_785_542_400_000_000), sequence: 1, source: "ownership.csv", line: 2)
        ], people: People([]), hasPeopleRegister: false),
      inventory: Inventory(
        models: [Model(name: "small", tier: 1), Model(name: "large", tier: 2)], aliases: ["s": "small"],
        deployments: [
          Deployment(name: "eu-1", provider: "", jurisdiction: "EU", effectiveFrom: Instant(microseconds: 0))
        ], hasModels: true, hasDeployments: true),
      acceptedExceptions: [], inputs: [], diagnostics: []),
    settings: ReplaySettings(
      period: .all, sampleSeed: "seed", sampleSize: 2, sensitiveClasses: ["restricted"], maximumCostMicros: 1000))

  private static let rules = [
    Rule(
      id: "large-prompts", priority: 20, agent: "*", dataClass: "*", tool: "*", minTokensIn: 1000, action: .escalate,
      escalateTo: ["large"], allowedJurisdictions: ["EU"]),
    Rule(
      id: "no-restricted", priority: 10, agent: "*", dataClass: "restricted", tool: "*", minTokensIn: 0, action: .block,
      allowedJurisdictions: ["*"]),
    Rule(
      id: "default", priority: 1, agent: "*", dataClass: "*", tool: "*", minTokensIn: 0, action: .allow,
      allowedJurisdictions: ["EU"]),
  ]

  private static func version(_ id: String, _ seconds: Int64, _ rules: [Rule]) -> PolicyVersion {
    PolicyVersion(
      id: id, effectiveFrom: Instant(microseconds: seconds * 1_000_000), source: "policy", digest: Digest(of: id),
      rules: rules)
  }
}

/// Counts what a scan hands out.
final class CountingSink: ScanSink {
  struct State: Sendable {
    var exceptions = 0
    var rejects = 0
    var parts: [PartOutcome] = []
  }
  private let mutex = Mutex(State())

  var state: State { mutex.withLock { $0 } }

  func receive(_ findings: ChunkFindings, from part: ScannedPart) {
    mutex.withLock {
      $0.exceptions += findings.exceptions.count
      $0.rejects += findings.rejects.count
    }
  }
  func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) {}
  func finish(_ part: ScannedPart, _ outcome: PartOutcome) { mutex.withLock { $0.parts.append(outcome) } }
  func finish(task: Int, _ outcome: LogOutcome) {}
}
