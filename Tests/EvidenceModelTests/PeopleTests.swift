import EvidenceModel
import TestSupport
import Testing

private let here = RegisterPlace(source: "identities.csv", line: 2)

private func alias(_ alias: String, _ person: String) -> Identity {
  Identity(alias: alias, person: person, place: here)
}

private func spell(_ owner: String, from: String? = nil, left: String? = nil) -> Person {
  Person(owner: owner, team: "", joinedAt: from.map { at($0) }, leftAt: left.map { at($0) })
}

@Suite struct PeopleTests {
  // MARK: Identities

  @Test func twoSpellingsAreOnePersonOnlyByTheTable() {
    let people = People(identities: [alias("@dana", "dana@example.org")])
    #expect(people.isSame("@dana", "dana@example.org"))
    #expect(!people.isSame("Dana", "dana@example.org"))
    #expect(!people.isSame("caf\u{E9}", "cafe\u{301}"))
  }

  @Test func anAliasOfAnAliasLeadsToTheSamePerson() {
    let people = People(identities: [alias("b", "c"), alias("a", "b"), alias("c", "d")])
    #expect(["a", "b", "c", "d"].map { people.name(of: $0) } == ["d", "d", "d", "d"])
  }

  @Test func aliasesInACircleAreOnePerson() {
    let people = People(identities: [alias("a", "b"), alias("b", "c"), alias("c", "a"), alias("x", "a")])
    #expect(people.isSame("a", "c"))
    #expect(people.isSame("x", "b"))
  }

  @Test func aSecondPersonOfOneAliasContradictsTheFirst() {
    let people = People(identities: [alias("d", "dana"), alias("d", "dan"), alias("d", "dana"), alias("d", "d")])
    #expect(people.name(of: "d") == "dana")
    #expect(people.contradictions == [alias("d", "dan")])
    #expect(!people.isSame("dan", "dana"))
  }

  @Test func aLeaverIsFoundUnderEverySpelling() {
    let people = People(
      [spell("dana@example.org", left: "2026-07-01")], identities: [alias("@dana", "dana@example.org")])
    let ownership = OwnershipHistory(records: [], people: people, hasPeopleRegister: true)
    #expect(people.leftAt(of: "@dana") == at("2026-07-01"))
    #expect(ownership.status(of: "@dana", at: at("2026-07-01")) == .departed)
    #expect(ownership.status(of: "@dana", at: at("2026-06-30")) == .owned)
  }

  // MARK: Spells

  @Test func whoeverCameBackIsGoneInBetweenOnly() {
    let people = People([
      spell("dana", from: "2026-05-01", left: "2026-08-01"), spell("dana", from: "2025-01-01", left: "2026-03-01"),
    ])
    #expect(
      people.absences(of: "dana") == [
        .init(from: at("2026-03-01"), to: at("2026-05-01")), .init(from: at("2026-08-01"), to: nil),
      ])
    #expect(people.leftAt(of: "dana") == at("2026-08-01"))
  }

  @Test func anOpenSpellMeansNobodyLeft() {
    let people = People([spell("dana", from: "2025-01-01", left: "2026-03-01"), spell("dana", from: "2026-03-01")])
    #expect(people.absences(of: "dana").isEmpty)
    #expect(people.leftAt(of: "dana") == nil)
  }

  @Test func spellsThatOverlapAreOne() {
    let people = People([
      spell("dana", from: "2025-01-01", left: "2026-06-01"), spell("dana", from: "2025-02-01", left: "2025-03-01"),
    ])
    #expect(people.absences(of: "dana") == [.init(from: at("2026-06-01"), to: nil)])
  }

  @Test func beforeTheFirstSpellNobodyHasLeft() {
    let people = People([spell("dana", from: "2026-07-01", left: "2026-08-01")])
    let ownership = OwnershipHistory(records: [], people: people, hasPeopleRegister: true)
    #expect(ownership.status(of: "dana", at: at("2026-01-01")) == .owned)
  }

  @Test func ofRowsWithoutAStartTheLastThatStatesALeavingCounts() {
    let people = People([spell("dana", left: "2026-07-01"), spell("dana", left: "2026-08-01"), spell("dana")])
    #expect(people.leftAt(of: "dana") == at("2026-08-01"))
  }

  @Test func aSpellThatEndsBeforeItBeginsStillEnds() {
    #expect(People([spell("dana", from: "2026-09-01", left: "2026-08-01")]).leftAt(of: "dana") == at("2026-08-01"))
  }

  // MARK: Teams

  @Test func membersAreThoseOfTheInstant() {
    let people = People(
      memberships: [
        Membership(team: "risk", person: "dana", from: at("2026-01-01"), to: at("2026-07-01")),
        Membership(team: "risk", person: "@eli", from: at("2026-06-01")), Membership(team: "other", person: "kim"),
      ], identities: [alias("@eli", "eli@example.org"), alias("@org/risk", "risk")])
    #expect(people.members(of: "@org/risk", at: at("2026-06-15")) == ["dana", "eli@example.org"])
    #expect(people.members(of: "risk", at: at("2026-07-01")) == ["eli@example.org"])
    #expect(people.members(of: "nobody", at: at("2026-07-01")).isEmpty)
  }

  @Test func aMembershipOfAnUnknownDayDecidesNothing() {
    let people = People(memberships: [Membership(team: "risk", person: "dana", isDated: false)])
    #expect(people.members(of: "risk", at: at("2026-07-01")).isEmpty)
    #expect(people.memberships.count == 1)
    #expect(people.isTeam("risk"))
    #expect(people.person(for: "dana")?.team == "risk")
  }

  @Test func aTeamIsOneThatARegisterStates() {
    let people = People([
      Person(owner: "dana", team: "risk", leftAt: nil), Person(owner: "gateway-team", team: "", leftAt: nil),
      Person(owner: "desk", team: "", kind: .team, leftAt: nil),
    ])
    #expect(["risk", "desk", "gateway-team", "dana"].map { people.isTeam($0) } == [true, true, false, false])
    #expect(people.members(of: "risk", at: at("2026-07-01")) == ["dana"])
  }

  @Test func aKindThatARowStatesIsNotOverruledByAnotherRow() {
    let people = People([
      Person(owner: "dana", team: "", kind: .person, leftAt: nil), Person(owner: "kim", team: "dana", leftAt: nil),
    ])
    #expect(!people.isTeam("dana"))
  }

  // MARK: Basis

  private func basis(
    _ records: OwnershipRecord..., people: People = People(), at instant: String = "2026-07-15"
  ) throws -> OwnershipBasis {
    let ownership = OwnershipHistory(records: records, people: people, hasPeopleRegister: true)
    let tenure = try #require(OwnershipHistory.deciding(among: ownership.tenures(of: "r"), at: at(instant)))
    return ownership.basis(of: tenure, at: at(instant))
  }

  private func owns(_ owner: String, kind: OwnerKind? = nil, role: String = "accountable", inferred: Bool = false)
    -> OwnershipRecord
  {
    OwnershipRecord(
      rulePattern: inferred ? "*" : "r", owner: owner, role: role, from: at("2026-01-01"), to: nil, sequence: 1,
      source: "ownership.csv", line: 2, provenance: inferred ? .inferred : .matched, ownerKind: kind)
  }

  @Test func aRecordThatNamesTheRuleIsExplicit() throws {
    #expect(try basis(owns("dana")) == .explicit)
  }

  @Test func aCatchAllIsInherited() throws {
    #expect(try basis(owns("dana", inferred: true)) == .inherited)
  }

  @Test func aTeamWithoutANamedMemberIsTeamOnly() throws {
    #expect(try basis(owns("@org/risk", kind: .team)) == .teamOnly)
    #expect(try basis(owns("@@maintainer", kind: .role, inferred: true)) == .teamOnly)
    let people = People(memberships: [Membership(team: "risk", person: "dana", from: at("2026-07-20"))])
    #expect(try basis(owns("risk"), people: people) == .teamOnly)
    #expect(try basis(owns("risk", kind: .person), people: people) == .explicit)
  }

  @Test func aMemberNamedForTheRuleAnswersForTheTeam() throws {
    let people = People(
      memberships: [Membership(team: "risk", person: "dana@example.org", from: at("2026-07-20"))],
      identities: [alias("@dana", "dana@example.org")])
    let records = [owns("risk"), owns("@dana", role: "code-owner")]
    #expect(try basis(records[0], records[1], people: people, at: "2026-07-15") == .teamOnly)
    #expect(try basis(records[0], records[1], people: people, at: "2026-07-20") == .explicit)
  }
}
