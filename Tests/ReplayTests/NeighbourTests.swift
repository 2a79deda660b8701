import EvidenceModel
import Replay
import TestSupport
import Testing

/// What the version before, and the one after, would have said of each decision.
@Suite struct NeighbourTests {
  private func rows(_ lines: [DecisionLine], _ versions: [PolicyVersion]) throws -> [String] {
    try scan(lines, records: records(versions, models: ["small": 1, "large": 2])).partial.neighbours.map(Self.words)
  }

  private static func words(_ row: NeighbourRow) -> String {
    "\(row.version) \(row.isBefore ? "before" : "after") \(row.neighbour): \(row.rule) \(row.decisionClass.name) -> "
      + "\(row.neighbourRule) \(row.neighbourClass.name) \(row.n)"
  }

  @Test func aRuleThatTurnedCountsFromBothSides() throws {
    let lines = ["2026-07-01", "2026-07-20", "2026-07-21"].map { day in DecisionLine.with { $0.ts = day + "T00:00:00Z" }
    }
    #expect(
      try rows(
        lines, [version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-10", [.block("r")])])
        == [
          "v1 after v2: r compliant -> r blocked_but_served 1", "v2 before v1: r blocked_but_served -> r compliant 2",
        ])
  }

  @Test func theSameRuleInAnotherVersionIsNoDifference() throws {
    let rules = [Rule.block("first", priority: 1, agent: "other"), .allow("r")]
    #expect(
      try rows(
        [DecisionLine()],
        [
          version("v1", from: "2026-01-01", rules),
          version("v2", from: "2026-07-01", [.allow("new", agent: "else")] + rules),
          version("v3", from: "2026-08-01", rules),
        ]) == [])
  }

  @Test func onlyPermitsMayTellVersionsApart() throws {
    let moved = DecisionLine.with { $0.served = "large" }
    let claimed = DecisionLine.with { $0.ruleID = "fallback" }
    let versions = [
      version("v1", from: "2026-01-01", [.allow("r")]),
      version("v2", from: "2026-08-01", [.allow("r"), .permit("fallback", to: ["large"])]),
    ]
    #expect(
      try rows([moved, DecisionLine(), claimed], versions) == [
        "v1 after v2: r implicit_escalation -> r permitted_fallback 1", "v1 after v2: r rule_mismatch -> r compliant 1",
      ])
  }

  @Test func aVersionThatCannotBeReadIsNotAsked() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-01", readable: false, []),
      version("v3", from: "2026-08-01", [.block("r")]),
    ]
    let lines = ["2026-06-01", "2026-07-15", "2026-08-15"].map { day in DecisionLine.with { $0.ts = day + "T00:00:00Z" }
    }
    #expect(try rows(lines, versions) == [])
  }

  @Test func aVersionThatWasNeverInForceIsNoNeighbour() throws {
    let versions = [
      version("v1", from: "2026-01-01", [.allow("r")]), version("shadowed", from: "2026-08-01", [.block("r")]),
      version("v2", from: "2026-08-01", [.allow("r")]),
    ]
    #expect(try rows([DecisionLine()], versions) == [])
  }

  @Test func withoutAVersionThereIsNoNeighbour() throws {
    #expect(try rows([DecisionLine()], [version("v1", from: "2026-08-01", [.allow("r")])]) == [])
  }

  /// Every decision judged by itself under a history of one version gives the same rows.
  @Test(arguments: 1...4) func agreesWithJudgingUnderEachVersion(seed: Int) throws {
    var random = Lehmer(state: UInt64(seed) * 7919)
    func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() >> 33) % values.count] }
    func rule(_ number: Int) -> Rule {
      let id = pick(["a", "b", "c", "d"]) + "\(number)"
      let (agent, dataClass) = (pick(["*", "*", "agent-a", "agent-b"]), pick(["*", "*", "public", "secret"]))
      let (tool, tokens) = (pick(["*", "*", "*", "search"]), pick([0, 0, 100, 200] as [Int64]))
      switch pick([0, 1, 2, 3]) {
      case 0: return .allow(id, priority: number, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: tokens)
      case 1: return .block(id, priority: number, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: tokens)
      case 2:
        return .escalate(id, priority: number, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: tokens)
      default: return .permit(id, agent: agent, dataClass: dataClass, to: [pick(["small", "large"])])
      }
    }
    var rules = (0..<6).map(rule)
    let days = ["2026-07-01", "2026-07-08", "2026-07-15", "2026-07-22"]
    let versions = days.enumerated().map { index, day in
      // A change or two at a time, as policies change.
      for _ in 0..<pick([0, 1, 2]) { rules[pick(Array(rules.indices))] = rule(pick(Array(0..<6))) }
      return version("v\(index)", from: day, rules)
    }
    let lines = (0..<40).map { _ in
      DecisionLine.with {
        $0.ts = pick(["2026-06-30", "2026-07-03", "2026-07-10", "2026-07-17", "2026-07-24"]) + "T00:00:00Z"
        $0.agent = pick(["agent-a", "agent-b", "agent-c", nil])
        $0.dataClass = pick(["public", "secret", nil])
        $0.served = pick(["small", "small", "large"])
        $0.tools = pick([[], ["search"]])
        $0.tokensIn = pick([50, 150, 250])
        $0.outcome = pick(["success", "success", "blocked", "error"])
        $0.ruleID = pick([nil, nil, "a1", "b2"])
      }
    }
    var expected: [String: Int] = [:]
    for line in lines {
      guard let current = days.lastIndex(where: { at($0) <= at(line.ts) }) else { continue }
      func says(_ index: Int) throws -> String {
        var alone = versions[index]
        alone.effectiveFrom = at("2020-01-01")
        let row = try #require(
          try scan([line], records: records([alone], models: ["small": 1, "large": 2])).partial.tally.first)
        return "\(row.rule) \(row.decisionClass.name)"
      }
      let mine = try says(current)
      for neighbour in [current - 1, current + 1] where versions.indices.contains(neighbour) {
        let theirs = try says(neighbour)
        if theirs == mine { continue }
        let place = neighbour < current ? "before" : "after"
        expected["v\(current) \(place) v\(neighbour): \(mine) -> \(theirs)", default: 0] += 1
      }
    }
    #expect(!expected.isEmpty)
    #expect(try rows(lines, versions).sorted() == expected.map { "\($0.key) \($0.value)" }.sorted())
  }
}

/// The same numbers in every run.
private struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
