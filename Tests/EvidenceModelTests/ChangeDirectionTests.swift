import EvidenceModel
import TestSupport
import Testing

/// A change of one rule among others: what becomes of the requests that it touches decides.
@Suite struct ChangeDirectionTests {
  private func direction(of rule: String = "a", _ before: [Rule], _ after: [Rule]) throws -> RuleChange.Direction {
    let made = PolicyHistory([version("v1", from: "2026-01-01", before), version("v2", from: "2026-02-01", after)])
      .changes
    return try #require(made.first { $0.version == "v2" && $0.rule == rule }).direction
  }

  private let allowAll = Rule.allow("rest", priority: 99)
  private let blockAll = Rule.block("rest", priority: 99)

  @Test func aNewBlockIsStricterAndItsRemovalLooser() throws {
    #expect(try direction([allowAll], [.block("a", agent: "x"), allowAll]) == .stricter)
    #expect(try direction([.block("a", agent: "x"), allowAll], [allowAll]) == .looser)
  }

  @Test func aNewAllowIsLooserUnlessTheSameWasAllowedAlready() throws {
    #expect(try direction([blockAll], [.allow("a", agent: "x"), blockAll]) == .looser)
    #expect(try direction([], [.allow("a")]) == .looser)
    #expect(try direction([allowAll], [.allow("a", agent: "x"), allowAll]) == .neutral)
    #expect(try direction([allowAll], [.allow("a", agent: "x", places: ["eu"]), allowAll]) == .stricter)
  }

  @Test func aNewEscalationDependsOnWhatWasThereBefore() throws {
    #expect(try direction([allowAll], [.escalate("a", agent: "x"), allowAll]) == .stricter)
    #expect(try direction([blockAll], [.escalate("a", agent: "x"), blockAll]) == .looser)
    let both: [Rule] = [.block("b", priority: 50, dataClass: "pii"), allowAll]
    #expect(try direction(both, [.escalate("a", agent: "x")] + both) == .unknown)
  }

  @Test func aRuleBehindOneThatTakesAllItsRequestsChangesNothing() throws {
    let first = Rule.allow("first", priority: 1)
    #expect(try direction([first], [first, .block("a", priority: 50)]) == .neutral)
  }

  @Test func aRuleThatNoRequestIsLeftForMayChangeAsItLikes() throws {
    let first = Rule.block("first", priority: 1)
    #expect(try direction([first, .block("a")], [first, .allow("a")]) == .neutral)
    #expect(try direction([first, .block("a"), allowAll], [first, .escalate("a"), allowAll]) == .neutral)
    let some = Rule.block("first", priority: 1, agent: "x")
    #expect(try direction([some, .allow("a", agent: "x"), blockAll], [some, .allow("a"), blockAll]) == .looser)
  }

  @Test func aListThatAllowsEverythingIsNoLongerForMore() throws {
    #expect(try direction([.allow("a", places: ["*"])], [.allow("a", places: ["*", "eu"])]) == .neutral)
  }

  @Test func namesOfOtherBytesAreOthers() throws {
    #expect(
      try direction([.block("a", agent: "caf\u{E9}"), allowAll], [.block("a", agent: "cafe\u{301}"), allowAll])
        == .unknown)
  }

  @Test func rulesThatStayBeforeItKeepTheirRequests() throws {
    let first = Rule.block("first", priority: 1, dataClass: "pii")
    #expect(try direction([first, allowAll], [first, .escalate("a"), allowAll]) == .stricter)
  }

  @Test func aWiderAllowIsLooserAndAWiderBlockStricter() throws {
    #expect(try direction([.allow("a", agent: "x"), blockAll], [.allow("a"), blockAll]) == .looser)
    #expect(try direction([.block("a", agent: "x"), allowAll], [.block("a"), allowAll]) == .stricter)
    #expect(try direction([.block("a"), allowAll], [.block("a", tool: "t"), allowAll]) == .looser)
  }

  @Test func otherRequestsInPlaceOfTheOldOnesAreWeighedBothWays() throws {
    #expect(try direction([.block("a", agent: "x"), allowAll], [.block("a", agent: "y"), allowAll]) == .unknown)
  }

  @Test func aRuleThatMovesInFrontTakesTheOthersRequests() throws {
    let other = Rule.allow("b", priority: 20, dataClass: "pii")
    #expect(
      try direction([.block("a", priority: 30, agent: "x"), other], [.block("a", priority: 10, agent: "x"), other])
        == .stricter)
    #expect(
      try direction([.block("a", priority: 10, agent: "x"), other], [.block("a", priority: 30, agent: "x"), other])
        == .looser)
  }

  @Test func numbersThatMoveNobodyAreNeutral() throws {
    #expect(
      try direction([.block("a", priority: 10), allowAll], [.block("a", priority: 20), allowAll]) == .neutral)
    let apart = Rule.block("b", priority: 15, agent: "y")
    #expect(
      try direction([.allow("a", agent: "x"), apart], [.allow("a", priority: 20, agent: "x"), apart]) == .neutral)
  }

  @Test func aPermitIsLooserTheMoreItCovers() throws {
    func permit(_ targets: [String], triggers: [String] = ["error"], from: String = "*", agent: String = "*") -> [Rule]
    {
      [.permit("a", agent: agent, from: from, to: targets, triggers: triggers)]
    }
    #expect(try direction([], permit(["m"])) == .looser)
    #expect(try direction(permit(["m"]), []) == .stricter)
    #expect(try direction(permit(["m"]), permit(["m", "n"])) == .looser)
    #expect(try direction(permit(["m"]), permit(["m"], triggers: ["*"])) == .looser)
    #expect(try direction(permit(["m"]), permit(["m"], from: "small")) == .stricter)
    #expect(try direction(permit(["m"], agent: "x"), permit(["m"])) == .looser)
    #expect(try direction(permit(["m"]), permit(["n"])) == .unknown)
    #expect(try direction(permit(["m"]), permit(["m", "n"], from: "small")) == .unknown)
  }

  @Test func aSettingThatNoReplayTestsIsUnknown() throws {
    func rule(_ weight: String) -> Rule {
      var rule = Rule.allow("a")
      rule.settings = [.init("weight", weight), .init("budget", "9")]
      return rule
    }
    #expect(try direction([rule("1")], [rule("2")]) == .unknown)
  }

  @Test func aRuleBeforeItThatChangedInTheSameVersionKeepsItsRequests() throws {
    let before = Rule.escalate("first", priority: 1, dataClass: "pii", places: ["eu"])
    let after = Rule.escalate("first", priority: 1, dataClass: "pii", places: ["eu", "uk"])
    #expect(try reasons([before], [after, .allow("a", agent: "x")]) == [.nowCovered])
    #expect(try reasons([before, .allow("a", agent: "x")], [after]) == [.noLongerCovered])
    // One that takes fewer requests since leaves some of them to the new rule.
    let narrower = Rule.escalate("first", priority: 1, agent: "y", dataClass: "pii", places: ["eu"])
    #expect(try reasons([before], [narrower, .allow("a", agent: "x")]).contains(.mayStay))
  }

  // MARK: Reasons

  private func reasons(_ before: [Rule], _ after: [Rule]) throws -> [ChangeReason] {
    let made = PolicyHistory([version("v1", from: "2026-01-01", before), version("v2", from: "2026-02-01", after)])
      .changes
    return try #require(made.first { $0.version == "v2" && $0.rule == "a" }).reasons
  }

  @Test func aDirectionNamesWhatItRestsOn() throws {
    #expect(try reasons([allowAll], [.escalate("a", agent: "x"), allowAll]) == [.mustLeave])
    #expect(try reasons([.escalate("a", agent: "x"), allowAll], [allowAll]) == [.mayStay])
    #expect(try reasons([allowAll], [.block("a", agent: "x"), allowAll]) == [.nowRefused])
    #expect(try reasons([], [.allow("a")]) == [.nowCovered])
    #expect(try reasons([.allow("a", places: ["eu"])], [.allow("a", places: ["eu", "us"])]) == [.morePlaces])
    #expect(try reasons([.escalate("a", to: "m")], [.escalate("a", to: "n")]) == [.otherTarget])
    #expect(try reasons([], [.permit("a", to: ["m"])]) == [.mayFallBack])
  }

  @Test func whatGoesBothWaysNamesBoth() throws {
    let both: [Rule] = [.block("b", priority: 50, dataClass: "pii"), allowAll]
    #expect(try reasons(both, [.escalate("a", agent: "x")] + both) == [.noLongerRefused, .mustLeave])
  }

  @Test func whatChangesNothingSaysWhy() throws {
    let first = Rule.allow("first", priority: 1)
    #expect(try reasons([first, .block("a")], [first, .allow("a")]) == [.neverAsked])
    #expect(
      try reasons([.block("a", priority: 10), allowAll], [.block("a", priority: 20), allowAll]) == [.sameTreatment])
  }

  @Test func theFirstVersionHasNothingToBeSetAgainst() {
    let made = PolicyHistory([version("v1", from: "2026-01-01", [.allow("a")])]).changes
    #expect(made.map(\.reasons) == [[.firstVersion]] && made.map(\.direction) == [.unknown])
  }

  @Test func everyDirectionFollowsFromItsReasons() throws {
    let rules: [Rule] = [
      .allow("a"), .block("a"), .escalate("a"), .allow("a", agent: "x"), .block("a", dataClass: "pii"),
      .allow("a", places: ["eu"]), .permit("a", to: ["m"]), .permit("a", to: ["m", "n"], triggers: ["error"]),
    ]
    for before in rules {
      for after in rules where before != after {
        let change = try #require(
          PolicyHistory([
            version("v1", from: "2026-01-01", [before, allowAll]),
            version("v2", from: "2026-02-01", [after, allowAll]),
          ]).changes.first { $0.version == "v2" })
        #expect(
          !change.reasons.isEmpty && change.reasons.contains { $0.direction == change.direction }
            || change.direction == .unknown)
      }
    }
  }
}
