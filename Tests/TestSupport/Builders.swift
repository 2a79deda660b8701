package import EvidenceModel
package import Replay

/// An instant or a civil date that the test's author knows to be legal.
package func at(_ text: String) -> Instant {
  guard let instant = Instant(dateOrInstant: text) else { preconditionFailure("\(text) is no instant") }
  return instant
}

extension Instant {
  package func advanced(microseconds: Int64) -> Instant { Instant(microseconds: self.microseconds + microseconds) }
}

/// A policy version; its digest is of its id.
package func version(
  _ id: String, from: String, recorded: String? = nil, readable: Bool = true, _ rules: [Rule]
) -> PolicyVersion {
  PolicyVersion(
    id: id, effectiveFrom: at(from), recordedAt: recorded.map { at($0) }, source: "policy", digest: Digest(of: id),
    isReadable: readable, rules: rules)
}

extension Rule {
  package static func allow(
    _ id: String, priority: Int = 10, agent: String = "*", dataClass: String = "*", tool: String = "*",
    minTokensIn: Int64 = 0, places: [String] = ["*"]
  ) -> Rule {
    Rule(
      id: id, priority: priority, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: minTokensIn,
      action: .allow, allowedJurisdictions: places)
  }

  package static func escalate(
    _ id: String, priority: Int = 10, agent: String = "*", dataClass: String = "*", tool: String = "*",
    minTokensIn: Int64 = 0, to target: String = "large", places: [String] = ["*"]
  ) -> Rule {
    Rule(
      id: id, priority: priority, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: minTokensIn,
      action: .escalate, escalateTo: [target], allowedJurisdictions: places)
  }

  package static func block(
    _ id: String, priority: Int = 10, agent: String = "*", dataClass: String = "*", tool: String = "*",
    minTokensIn: Int64 = 0, places: [String] = ["*"]
  ) -> Rule {
    Rule(
      id: id, priority: priority, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: minTokensIn,
      action: .block, allowedJurisdictions: places)
  }

  package static func permit(
    _ id: String, agent: String = "*", dataClass: String = "*", tool: String = "*", minTokensIn: Int64 = 0,
    from: String = "*", to targets: [String], triggers: [String] = ["*"]
  ) -> Rule {
    Rule(
      id: id, priority: 0, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: minTokensIn,
      action: .permit, escalateTo: targets, fromModel: from, triggers: triggers)
  }
}

/// An ownership record, as a register's line `seq` would state it.
package func owns(
  _ owner: String, _ pattern: String, from: String, to: String? = nil, seq: Int = 1, role: String = "accountable",
  recorded: String? = nil
) -> OwnershipRecord {
  OwnershipRecord(
    rulePattern: pattern, owner: owner, role: role, from: at(from), to: to.map { at($0) }, sequence: seq,
    recordedAt: recorded.map { at($0) }, source: "ownership.csv", line: seq)
}

package func deployment(_ name: String, in place: String, from: String = "2020-01-01") -> Deployment {
  Deployment(name: name, provider: "", jurisdiction: place, effectiveFrom: at(from))
}

/// Records in memory. Models are listed by tier.
package func records(
  _ versions: [PolicyVersion], owners: [OwnershipRecord] = [], people: [Person]? = nil, models: [String: Int] = [:],
  aliases: ByName<String> = [:], deployments: [Deployment] = [], identities: [Identity] = []
) -> Records {
  Records(
    history: PolicyHistory(versions),
    ownership: OwnershipHistory(
      records: owners, people: People(people ?? [], identities: identities), hasPeopleRegister: people != nil),
    inventory: Inventory(
      models: models.map { Model(name: $0.key, tier: $0.value) }, aliases: aliases, deployments: deployments,
      hasModels: !models.isEmpty, hasDeployments: !deployments.isEmpty),
    acceptedExceptions: [], inputs: [], diagnostics: [])
}

extension ReplaySettings {
  package static func test(
    period: Period = .all, sampleSize: Int = 5, attributeSampleSize: Int = 59
  ) -> ReplaySettings {
    ReplaySettings(
      period: period, sampleSeed: "seed", sampleSize: sampleSize, sensitiveClasses: ["secret"],
      attributeSampleSize: attributeSampleSize)
  }
}
