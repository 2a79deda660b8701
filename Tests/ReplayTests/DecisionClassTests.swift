import EvidenceModel
import Replay
import TestSupport
import Testing

/// One decision under one policy, and the class that SEMANTICS §5 gives it.
struct ClassCase: Sendable, CustomTestStringConvertible {
  var name: String
  var rules: [Rule]
  var line: DecisionLine
  var expected: DecisionClass

  init(_ name: String, _ expected: DecisionClass, _ rules: [Rule], _ change: (inout DecisionLine) -> Void = { _ in }) {
    self.name = name
    self.rules = rules
    line = .with(change)
    self.expected = expected
  }

  var testDescription: String { name }
}

private let models = ["tiny": 1, "small": 1, "medium": 2, "large": 3, "huge": 4]
private let deployments = [deployment("d-eu", in: "eu"), deployment("d-us", in: "us")]
private let toMedium = Rule.permit("p", from: "small", to: ["medium", "tiny"], triggers: ["error", "rate-limit"])

@Suite struct DecisionClassTests {
  @Test(arguments: [
    ClassCase("a success on the requested model", .compliant, [.allow("r")]),
    ClassCase("a success on the requested model that claims its rule", .compliant, [.allow("r")]) { $0.ruleID = "r" },

    ClassCase("no rule matches", .noRule, [.allow("r", agent: "other")]),
    ClassCase("no rule, before the outcome is asked", .noRule, [.allow("r", agent: "other")]) { $0.outcome = "error" },
    ClassCase("permits alone are no rule", .noRule, [.permit("p", to: ["small"])]),
    ClassCase("a version without rules", .noRule, []),

    ClassCase("an error under allow", .notServed, [.allow("r")]) { $0.outcome = "error" },
    ClassCase("an error under block", .notServed, [.block("r")]) { $0.outcome = "error" },
    ClassCase("an error that claims another rule", .notServed, [.allow("r")]) { line in
      line.outcome = "error"
      line.ruleID = "x"
    },
    ClassCase("an error in the wrong place", .notServed, [.escalate("r", places: ["eu"])]) { line in
      line.outcome = "error"
      line.deployment = "d-us"
    },

    ClassCase("a success under block", .blockedButServed, [.block("r")]),
    ClassCase("a success under block, in the wrong place too", .blockedButServed, [.block("r", places: ["eu"])]) {
      $0.deployment = "d-us"
    },
    ClassCase("a refusal under block", .compliant, [.block("r")]) { $0.outcome = "blocked" },
    ClassCase("a refusal under block that claims it", .compliant, [.block("r")]) { line in
      line.outcome = "blocked"
      line.ruleID = "r"
    },
    ClassCase("a refusal under block that claims another rule", .ruleMismatch, [.block("r")]) { line in
      line.outcome = "blocked"
      line.ruleID = "x"
    },
    ClassCase("a refusal under block, in the wrong place", .compliant, [.block("r", places: ["eu"])]) { line in
      line.outcome = "blocked"
      line.deployment = "d-us"
    },

    ClassCase("a refusal under allow", .overBlocked, [.allow("r")]) { $0.outcome = "blocked" },
    ClassCase("a refusal under escalate", .overBlocked, [.escalate("r")]) { $0.outcome = "blocked" },
    ClassCase("a refusal without models", .overBlocked, [.allow("r")]) { line in
      line.outcome = "blocked"
      line.requested = ""
      line.served = ""
    },
    ClassCase("a refusal in the wrong place", .overBlocked, [.allow("r", places: ["eu"])]) { line in
      line.outcome = "blocked"
      line.deployment = "d-us"
    },

    ClassCase("a success in the wrong place", .jurisdictionViolation, [.allow("r", places: ["eu"])]) {
      $0.deployment = "d-us"
    },
    ClassCase("a success in a listed place", .compliant, [.allow("r", places: ["ch", "eu"])]) {
      $0.deployment = "d-eu"
    },
    ClassCase("a success in no known place", .jurisdictionViolation, [.allow("r", places: ["eu"])]) {
      $0.deployment = "d-new"
    },
    ClassCase("a success without a deployment", .jurisdictionViolation, [.allow("r", places: ["eu"])]),
    ClassCase("an unknown place that the rule names", .compliant, [.allow("r", places: ["eu", "unknown"])]),
    ClassCase("the place goes before the drift", .jurisdictionViolation, [.escalate("r", places: ["eu"])]) {
      $0.deployment = "d-us"
    },
    ClassCase("the place goes before the permit", .jurisdictionViolation, [.allow("r", places: ["eu"]), toMedium]) {
      line in
      line.deployment = "d-us"
      line.served = "tiny"
      line.trigger = "error"
    },

    ClassCase("an escalation that did not happen", .driftNotEscalated, [.escalate("r")]),
    ClassCase("another model of no higher tier", .driftNotEscalated, [.escalate("r")]) { $0.served = "tiny" },
    ClassCase("drift goes before the claimed rule", .driftNotEscalated, [.escalate("r")]) { $0.ruleID = "x" },
    ClassCase("a permit does not excuse drift", .driftNotEscalated, [.escalate("r"), .permit("p", to: ["tiny"])]) {
      $0.served = "tiny"
    },
    ClassCase("an escalation to another model", .wrongTarget, [.escalate("r")]) { $0.served = "huge" },
    ClassCase("after a failure, an escalation to another model", .wrongTarget, [.escalate("r")]) { line in
      line.served = "tiny"
      line.escalatedFrom = "small"
    },
    ClassCase("an escalation to another model that is permitted", .permittedFallback, [.escalate("r"), toMedium]) {
      line in
      line.served = "medium"
      line.trigger = "rate-limit"
    },
    ClassCase("an escalation that names no rule", .unattributedEscalation, [.escalate("r")]) { $0.served = "large" },
    ClassCase("an escalation after a failure that names no rule", .unattributedEscalation, [.escalate("r")]) { line in
      line.requested = "large"
      line.served = "large"
      line.escalatedFrom = "small"
    },
    ClassCase("an escalation that names its rule", .compliant, [.escalate("r")]) { line in
      line.served = "large"
      line.ruleID = "r"
    },
    ClassCase("an escalation that names another rule", .ruleMismatch, [.escalate("r")]) { line in
      line.served = "large"
      line.ruleID = "x"
    },
    ClassCase("the target asked for from the start", .compliant, [.escalate("r")]) { line in
      line.requested = "large"
      line.served = "large"
    },
    ClassCase("a target of a lower tier", .compliant, [.escalate("r", to: "small")]) { $0.requested = "large" },

    ClassCase("a higher tier under allow", .implicitEscalation, [.allow("r")]) { $0.served = "large" },
    ClassCase("a first try that failed under allow", .implicitEscalation, [.allow("r")]) { $0.escalatedFrom = "tiny" },
    ClassCase("a first try of the model that answered", .compliant, [.allow("r")]) { $0.escalatedFrom = "small" },
    ClassCase("a permitted move up", .permittedFallback, [.allow("r"), toMedium]) { line in
      line.served = "medium"
      line.trigger = "error"
    },
    ClassCase("an escalation goes before the claimed rule", .implicitEscalation, [.allow("r")]) { line in
      line.served = "large"
      line.ruleID = "x"
    },
    ClassCase("another model of the same tier", .silentSubstitution, [.allow("r")]) { $0.served = "tiny" },
    ClassCase("another model of a lower tier", .silentSubstitution, [.allow("r")]) { $0.requested = "large" },
    ClassCase("a permitted substitution", .permittedFallback, [.allow("r"), toMedium]) { line in
      line.served = "tiny"
      line.trigger = "error"
    },
    ClassCase("a substitution goes before the claimed rule", .silentSubstitution, [.allow("r")]) { line in
      line.served = "tiny"
      line.ruleID = "x"
    },
    ClassCase("a permitted fallback goes before the claimed rule", .permittedFallback, [.allow("r"), toMedium]) {
      line in
      line.served = "tiny"
      line.trigger = "error"
      line.ruleID = "x"
    },
    ClassCase("an unlisted model that answered has tier 0", .silentSubstitution, [.allow("r")]) {
      $0.served = "unheard-of"
    },
    ClassCase("an unlisted model that was asked for has tier 0", .implicitEscalation, [.allow("r")]) {
      $0.requested = "unheard-of"
    },
    ClassCase("two unlisted models", .silentSubstitution, [.allow("r")]) { line in
      line.requested = "x"
      line.served = "y"
    },

    ClassCase("another rule claimed", .ruleMismatch, [.allow("r")]) { $0.ruleID = "x" },
    ClassCase("a deciding rule that does not apply claimed", .ruleMismatch, [.allow("r"), .allow("s", priority: 20)]) {
      $0.ruleID = "s"
    },
    ClassCase("a permit of the version claimed", .compliant, [.allow("r"), toMedium]) { $0.ruleID = "p" },
    ClassCase("a permit that does not match claimed", .compliant, [.allow("r"), .permit("p", agent: "other", to: [])]) {
      $0.ruleID = "p"
    },
    ClassCase("names are not case-folded", .ruleMismatch, [.allow("r")]) { $0.ruleID = "R" },
  ])
  func givesTheFirstClassThatHolds(_ item: ClassCase) throws {
    let scanned = try scan(
      [item.line],
      records: records([version("v1", from: "2026-01-01", item.rules)], models: models, deployments: deployments))
    #expect(scanned.classes == [item.expected.name: 1])
  }

  @Test func thereIsNoPolicyBeforeTheFirstVersion() throws {
    let line = DecisionLine.with { $0.outcome = "error" }
    let scanned = try scan([line], records: records([version("v1", from: "2026-08-01", [.allow("r")])]))
    #expect(scanned.tally == ["2026-07-15,-,-,-,-,no_policy,1,100,10,1000"])
  }

  @Test func aDecisionWithoutARuleHasAVersionButNoOwner() throws {
    let scanned = try scan(
      [DecisionLine()],
      records: records(
        [version("v1", from: "2026-01-01", [.allow("r", agent: "other")])],
        owners: [owns("ada", "*", from: "2026-01-01")]))
    #expect(scanned.tally == ["2026-07-15,-,v1,-,-,no_rule,1,100,10,1000"])
  }

  @Test func aVersionThatCannotBeReadHasNoRules() throws {
    let scanned = try scan([DecisionLine()], records: records([version("v1", from: "2026-01-01", readable: false, [])]))
    #expect(scanned.classes == ["no_rule": 1])
  }

  @Test func aPermitOfAnotherVersionIsNoExcuseForItsClaim() throws {
    let line = DecisionLine.with { $0.ruleID = "p" }
    let scanned = try scan(
      [line],
      records: records([
        version("v1", from: "2026-01-01", [.allow("r"), toMedium]), version("v2", from: "2026-07-01", [.allow("r")]),
      ]))
    #expect(scanned.classes == ["rule_mismatch": 1])
  }

  @Test func onlyExceptionsAreHandedOut() throws {
    let lines = [
      DecisionLine(), .with { $0.outcome = "error" },
      .with { line in
        line.served = "large"
        line.requestID = "r-9"
      },
    ]
    let scanned = try scan(lines, records: records([version("v1", from: "2026-01-01", [.allow("r")])], models: models))
    #expect(scanned.exceptions.map(\.requestID) == ["r-9"])
    #expect(scanned.exceptions.map(\.decisionClass) == [.implicitEscalation])
    #expect(scanned.exceptions.map(\.position.line) == [3])
  }

  @Test func anExceptionCarriesAllThatTheLineSaid() throws {
    let line = DecisionLine.with { line in
      line.requestID = "r-9"
      line.served = "large"
      line.provider = "acme"
      line.deployment = "d-eu"
      line.ruleID = "r"
      line.escalatedFrom = "tiny"
      line.trigger = "error"
      line.dataClass = "secret"
      line.tools = ["search", "mail"]
      line.cost = "0.25"
    }
    let scanned = try scan(
      [line],
      records: records(
        [version("v1", from: "2026-01-01", [.allow("r")])], owners: [owns("ada", "r", from: "2026-01-01")],
        models: models,
        deployments: deployments))
    let decision = try #require(scanned.exceptions.first)
    #expect(decision.at == at("2026-07-15T12:00:00Z"))
    #expect(decision.agent == "agent-a")
    #expect(decision.dataClass == "secret")
    #expect([decision.requestedModel, decision.servedModel] == ["small", "large"])
    #expect([decision.provider, decision.deployment, decision.jurisdiction] == ["acme", "d-eu", "eu"])
    #expect([decision.claimedRule, decision.escalatedFrom, decision.trigger] == ["r", "tiny", "error"])
    #expect(decision.tools == ["search", "mail"])
    #expect([decision.tokensIn, decision.tokensOut, decision.costMicros] == [100, 10, 250_000])
    #expect([decision.version, decision.rule, decision.owner] == ["v1", "r", "ada"])
    #expect(decision.ownerStatus == .owned)
    #expect(decision.lineDigest == Digest(of: line.json))
    #expect(decision.position == SourcePosition(line: 1, byteOffset: 0, bytes: line.json.utf8.count))
  }
}
