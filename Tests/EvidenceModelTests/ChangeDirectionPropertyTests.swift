import EvidenceModel
import TestSupport
import Testing

/// Every request, judged under the rules before and after one of them changed: a direction that is said holds for all.
@Suite struct ChangeDirectionPropertyTests {
  private struct Request {
    var agent, dataClass: String
    var tools: [String]
    var tokens: Int64

    static let all: [Request] = ["x", "y", "z"].flatMap { agent in
      ["c", "d", "e"].flatMap { dataClass in
        [[], ["t"], ["u"], ["t", "u"]].flatMap { tools in
          [0, 100, 200].map { Request(agent: agent, dataClass: dataClass, tools: tools, tokens: $0) }
        }
      }
    }

    func matches(_ rule: Rule) -> Bool {
      ["*", agent].contains(rule.agent) && ["*", dataClass].contains(rule.dataClass)
        && (["*"] + tools).contains(rule.tool) && rule.minTokensIn <= tokens
    }

    /// How freely it is treated: refused, unknown to the rules, sent elsewhere, let through; where to; and in what places.
    func treatment(_ rules: [Rule]) -> (freedom: Int, target: String, places: Set<String>) {
      var first: Rule?
      for rule in rules where matches(rule) && rule.priority < first?.priority ?? .max { first = rule }
      guard let first else { return (1, "", []) }
      if first.action == .block { return (0, "", []) }
      let places = first.allowedJurisdictions == ["*"] ? ["eu", "us", "elsewhere"] : first.allowedJurisdictions
      return (first.action == .allow ? 3 : 2, first.escalateTo.first ?? "", Set(places))
    }
  }

  /// Nil: neither way, or both.
  private func direction(_ request: Request, _ before: [Rule], _ after: [Rule]) -> RuleChange.Direction? {
    let (old, new) = (request.treatment(before), request.treatment(after))
    if old == new { return .neutral }
    if min(old.freedom, new.freedom) < 2 { return new.freedom > old.freedom ? .looser : .stricter }
    if (old.freedom, new.freedom) == (2, 2), old.target != new.target { return nil }
    let isLooser = new.freedom >= old.freedom && new.places.isSuperset(of: old.places)
    let isStricter = new.freedom <= old.freedom && new.places.isSubset(of: old.places)
    return isLooser ? .looser : isStricter ? .stricter : nil
  }

  private func rule(_ id: String, _ dice: inout LookUpPropertyTests.Dice) -> Rule {
    func pick<Value>(_ values: [Value]) -> Value { values[dice.roll(values.count)] }
    let action = pick([Action.allow, .allow, .block, .escalate])
    return Rule(
      id: id, priority: dice.roll(5), agent: pick(["*", "*", "x", "y"]), dataClass: pick(["*", "*", "c", "d"]),
      tool: pick(["*", "*", "t", "u"]), minTokensIn: pick([0, 0, 100, 200]), action: action,
      escalateTo: action == .escalate ? [pick(["m", "n"])] : [],
      allowedJurisdictions: pick([["*"], ["eu"], ["eu", "us"]])
    )
  }

  @Test(arguments: 1...4) func whatIsSaidHoldsForEveryRequest(seed: Int) throws {
    var dice = LookUpPropertyTests.Dice(seed: UInt64(seed) &* 7919)
    var said: [RuleChange.Direction: Int] = [:]
    for _ in 0..<150 {
      let before = (0..<1 + dice.roll(4)).map { rule("r\($0)", &dice) }
      var after = before
      let place = dice.roll(before.count)
      let other = rule(before[place].id, &dice)
      switch dice.roll(8) {
      case 0: after.insert(rule("new", &dice), at: dice.roll(before.count + 1))
      case 1: after.remove(at: place)
      case 2: after[place].priority = other.priority
      case 3: after[place].agent = other.agent
      case 4: after[place].tool = other.tool
      case 5: after[place].minTokensIn = other.minTokensIn
      case 6: after[place].allowedJurisdictions = other.allowedJurisdictions
      default: after[place] = other
      }
      let changes = PolicyHistory([version("v1", from: "2026-01-01", before), version("v2", from: "2026-02-01", after)])
        .changes.filter { $0.version == "v2" }
      guard let change = changes.first else { continue }
      #expect(changes.count == 1)
      said[change.direction, default: 0] += 1
      if change.direction == .unknown { continue }
      let found = Set(Request.all.map { direction($0, before, after) }).subtracting([.neutral])
      #expect(
        found.isSubset(of: [change.direction]), "\(change.direction): \(before.map(\.words)) \(after.map(\.words))")
    }
    #expect(said.count == 4 && said[.unknown, default: 0] < 50)
  }
}
