import Assessment
import EvidenceModel
import TestSupport
import Testing

@Suite struct ResultTests {
  @Test(arguments: Checks.definitions.map(\.id))
  func noCheckPassesWithoutRecords(check: String) throws {
    let outcome = try ask(check, [], records([]))
    #expect(outcome.result == .notApplicable || outcome.result == .cannotTell, "\(outcome.why)")
    #expect(outcome.findings.isEmpty)
    #expect(!outcome.why.isEmpty)
  }

  @Test(arguments: Checks.definitions.map(\.id))
  func whatCannotBeToldNamesTheRecordThatIsMissing(check: String) throws {
    let outcome = try ask(check, [.withoutAgent], policy(behindRuleForAgent(.allow("r"))))
    if outcome.result == .cannotTell {
      #expect(!outcome.missingRecords.isEmpty || outcome.findings.contains { !$0.missingRecords.isEmpty })
    }
  }

  @Test func checksHaveIdsOfTheirOwn() {
    let ids = Checks.definitions.map(\.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: Checks.definitions.map(\.id))
  func definitionsAreWholeSentences(check: String) throws {
    let definition = try #require(Checks.definitions.first { $0.id == check })
    #expect(definition.question.hasSuffix("?"))
    #expect(definition.method.hasSuffix("."))
    #expect(definition.cannotShow.hasSuffix("."))
    #expect(!definition.title.isEmpty && !definition.population.isEmpty)
    #expect(Checks.inputs[check]?.isEmpty == false)
  }

  @Test func aFindingKeepsItsIdAcrossRuns() throws {
    let findings = try (0..<2).map { _ in
      try ask("RG-BLK-01", [DecisionLine()], policy([.block("b")])).findings.map(\.id)
    }
    #expect(findings[0].count == 1)
    #expect(findings[0] == findings[1])
    #expect(findings[0][0].hasPrefix("rg-blk-01-"))
  }

  @Test func rulesWhoseIdsDifferInBytesAloneAreTwo() throws {
    // é as one scalar, and as e with an accent that combines.
    let rules: [Rule] = [.allow("\u{E9}"), .block("e\u{301}", priority: 20)]
    let facts = try facts([], policy(rules))
    #expect(facts.rulesInForce.count == 2)
    #expect(facts.rule("\u{E9}", in: "v1")?.action == .allow)
    #expect(facts.rule("e\u{301}", in: "v1")?.action == .block)
  }
}
