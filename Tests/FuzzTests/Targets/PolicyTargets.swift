internal import Foundation

@testable internal import EvidenceModel
@testable internal import Intake
@testable internal import Replay
@testable internal import TenureCLI

/// Policies of every format, their histories, and the configuration.
let policyTargets =
  PolicyFormat.allCases.map { format in
    FuzzTarget("policy-\(format.rawValue)") { (bytes) throws(BrokenPromise) in read(bytes, stated: format) }
  } + [
    FuzzTarget("policy-detected") { (bytes) throws(BrokenPromise) in read(bytes, stated: nil) },
    FuzzTarget("policy-table") { (bytes) throws(BrokenPromise) in
      let (rules, versions) = halves(bytes)
      guard
        let table = try? RuleTable.read(
          rules: WholeFile(name: "rules.csv", bytes: rules), versions: WholeFile(name: "versions.csv", bytes: versions))
      else { return }
      compile(table.versions)
    },
    FuzzTarget("policy-presets") { (bytes) throws(BrokenPromise) in
      let folder = FuzzFolder("presets")
      let (first, second) = halves(bytes)
      folder.with(["1.json": first, "2.json": second]) {
        compile(PolicyReading.presets("presets", path: folder.path).versions)
      }
    },
    FuzzTarget("policy-deployments") { (bytes) throws(BrokenPromise) in
      let file = WholeFile(name: "deployed.csv", bytes: bytes)
      for environment in [nil, "production"] {
        guard let records = try? DeploymentRecords(file, environment: environment) else { continue }
        var reading = PolicyReading()
        reading.versions = ["v1", "v2", "0123456789ab"].map { version($0) }
        records.apply(to: &reading, commits: reading.versions.map(\.id))
        compile(reading.versions)
      }
    },
    FuzzTarget("openclaw-audit") { (bytes) throws(BrokenPromise) in
      let (changes, _) = OpenClawConfigAudit.read(WholeFile(name: "audit.jsonl", bytes: bytes))
      var reading = PolicyReading()
      reading.apply(changes, of: "audit.jsonl", undated: [version("v1"), version("v2")])
    },
    FuzzTarget("git-log") { (bytes) throws(BrokenPromise) in
      for paths in [["policy.yaml"], ["policy.yaml", "OWNERS"]] {
        let changes = GitLog.changes(in: bytes, paths: paths, order: [:])
        try expect(changes.count <= bytes.count, "more changes than bytes")
      }
      let (written, graph) = (bytes.prefix(bytes.count / 2), bytes.suffix(bytes.count / 2))
      _ = GitLog.mergedAuthors(written: Array(written), graph: Array(graph))
    },
    FuzzTarget("pull-requests") { (bytes) throws(BrokenPromise) in
      guard let export = try? PullRequestExport(WholeFile(name: "pulls.json", bytes: bytes)) else { return }
      var reading = PolicyReading()
      let commits = ["0123456789abcdef0123456789abcdef01234567", "89abcdef0123456789abcdef0123456789abcdef"]
      reading.versions = commits.map { version(String($0.prefix(12))) }
      let moment = Instant(microseconds: 1_780_000_000_000_000)
      let changes = commits.enumerated().map { index, commit in
        GitRepository.Change(
          commit: commit, parents: [], committedAt: moment, authoredAt: moment, author: "dana", committer: "dana",
          subject: "Route drafts (#\(index + 1))", path: "policy.yaml", position: index)
      }
      export.apply(to: &reading, changes: changes)
    },
    FuzzTarget("configuration") { (bytes) throws(BrokenPromise) in
      let folder = FuzzFolder("configuration")
      folder.with(["tenure.yaml": bytes]) {
        _ = try? Configuration(path: folder.path + "/tenure.yaml", flags: [:], environment: [:])
      }
    },
  ]

private func version(_ id: String, rules: [Rule] = []) -> PolicyVersion {
  PolicyVersion(
    id: id, effectiveFrom: Instant(microseconds: 1_780_000_000_000_000), source: "policy/2026-07-01-\(id).yaml",
    digest: Digest(of: id), rules: rules)
}

/// Reads a text as a version of a policy, and makes it ready for replay with a version before it.
private func read(_ bytes: [UInt8], stated: PolicyFormat?) {
  let file = WholeFile(name: "policy.yaml", bytes: bytes)
  let parsed = ParsedPolicy(file, format: stated)
  var reading = PolicyReading()
  let later = reading.version(of: file, parsed: parsed, change: nil, fallback: Instant(microseconds: 1))
  compile([version("before", rules: [])] + (later.map { [$0] } ?? []))
}

private func compile(_ versions: [PolicyVersion]) {
  let history = PolicyHistory(versions)
  let owners = PolicyAnnotations.reading(of: history, before: 0)
  _ = ReplayPlan(
    Records(
      history: history,
      ownership: OwnershipHistory(records: owners.records, people: People([]), hasPeopleRegister: false),
      inventory: Inventory(models: [], aliases: [:], deployments: [], hasModels: false, hasDeployments: false),
      acceptedExceptions: [], inputs: [], diagnostics: []),
    settings: FuzzPlan.shared.settings)
}
