import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct OwnerTests {
  private let policy = [version("v1", from: "2026-01-01", [.allow("r")])]

  /// `owner,status` of one decision.
  private func owner(_ ts: String, _ owners: [OwnershipRecord], people: [Person]? = nil) throws -> String? {
    let scanned = try scan([.with { $0.ts = ts }], records: records(policy, owners: owners, people: people))
    return scanned.partial.tally.first.map { "\($0.owner),\($0.ownerStatus.name)" }
  }

  @Test func aRuleWithoutRecordsHasNone() throws {
    #expect(try owner("2026-07-15T00:00:00Z", []) == "-,none")
  }

  @Test func anIntervalIsHalfOpen() throws {
    let owners = [owns("ada", "r", from: "2026-07-10", to: "2026-07-20")]
    #expect(try owner("2026-07-09T23:59:59.999999Z", owners) == "-,none")
    #expect(try owner("2026-07-10T00:00:00Z", owners) == "ada,owned")
    #expect(try owner("2026-07-19T23:59:59.999999Z", owners) == "ada,owned")
    #expect(try owner("2026-07-20T00:00:00Z", owners) == "-,none")
  }

  @Test func whoeverLeftIsDepartedFromThatInstantOn() throws {
    let people = [Person(owner: "ada", team: "t", leftAt: at("2026-07-15T18:00:00Z"))]
    let owners = [owns("ada", "r", from: "2026-07-01")]
    #expect(try owner("2026-07-15T17:59:59.999999Z", owners, people: people) == "ada,owned")
    #expect(try owner("2026-07-15T18:00:00Z", owners, people: people) == "ada,departed")
  }

  @Test func whoeverCameBackOwnsAgain() throws {
    let people = [
      Person(owner: "ada", team: "t", joinedAt: at("2026-01-01"), leftAt: at("2026-07-10")),
      Person(owner: "ada", team: "t", joinedAt: at("2026-07-20"), leftAt: at("2026-08-01")),
    ]
    let owners = [owns("ada", "r", from: "2026-07-05")]
    let status = try ["2026-07-09", "2026-07-10", "2026-07-19", "2026-07-20", "2026-07-31", "2026-08-01"].map {
      try owner($0 + "T00:00:00Z", owners, people: people)
    }
    #expect(status == ["ada,owned", "ada,departed", "ada,departed", "ada,owned", "ada,owned", "ada,departed"])
  }

  @Test func anOwnerWhoLeftAndCameBackBeforeTheTenureOwns() throws {
    let people = [
      Person(owner: "ada", team: "t", joinedAt: at("2026-01-01"), leftAt: at("2026-02-01")),
      Person(owner: "ada", team: "t", joinedAt: at("2026-03-01"), leftAt: nil),
    ]
    #expect(try owner("2026-07-10T00:00:00Z", [owns("ada", "r", from: "2026-07-05")], people: people) == "ada,owned")
  }

  @Test func anOwnerMissingFromThePeopleRegisterIsOwned() throws {
    #expect(try owner("2026-07-15T00:00:00Z", [owns("team-x", "r", from: "2026-07-01")], people: []) == "team-x,owned")
  }

  @Test func aPatternCoversTheRule() throws {
    #expect(try owner("2026-07-15T00:00:00Z", [owns("ada", "*", from: "2026-07-01")]) == "ada,owned")
  }

  @Test func otherRolesDoNotOwn() throws {
    #expect(try owner("2026-07-15T00:00:00Z", [owns("ada", "r", from: "2026-07-01", role: "informed")]) == "-,none")
  }

  @Test func decisionsAreCountedPerTenure() throws {
    let owners = [owns("ada", "r", from: "2026-07-01"), owns("bob", "r", from: "2026-07-10", seq: 2)]
    let lines = ["2026-07-02", "2026-07-03", "2026-07-11"].map { day in DecisionLine.with { $0.ts = day + "T00:00:00Z" }
    }
    let scanned = try scan(lines, records: records(policy, owners: owners))
    let rows = scanned.partial.tenures.sorted { $0.recordIndex < $1.recordIndex }
    #expect(
      rows == [
        TenureRow(rule: "r", recordIndex: 0, n: 2, redecided: 0),
        TenureRow(rule: "r", recordIndex: 1, n: 1, redecided: 0),
      ])
  }

  @Test func rulesOfCanonicallyEquivalentNamesHaveTheirOwnOwners() throws {
    let composed = "r\u{E9}"
    let decomposed = "re\u{301}"
    let scanned = try scan(
      [DecisionLine()],
      records: records(
        [version("v1", from: "2026-01-01", [.allow(composed, priority: 1), .allow(decomposed, priority: 2)])],
        owners: [owns("ada", composed, from: "2026-01-01"), owns("bob", decomposed, from: "2026-01-02", seq: 2)]))
    #expect(scanned.partial.tally.map(\.owner) == ["ada"])
  }
}

@Suite struct BackdatedTests {
  private func lines(_ texts: String...) -> [DecisionLine] { texts.map { ts in .with { $0.ts = ts } } }

  @Test func aBackdatedOwnerCountsTheDecisionsItChanges() throws {
    let owners = [
      owns("ada", "r", from: "2026-07-01"), owns("bob", "r", from: "2026-07-10", seq: 2, recorded: "2026-07-20"),
    ]
    let scanned = try scan(
      lines(
        "2026-07-09T23:59:59.999999Z", "2026-07-10T00:00:00Z", "2026-07-19T23:59:59.999999Z", "2026-07-20T00:00:00Z"),
      records: records([version("v1", from: "2026-01-01", [.allow("r")])], owners: owners))
    #expect(
      Set(scanned.partial.tenures) == [
        TenureRow(rule: "r", recordIndex: 0, n: 1, redecided: 0),
        TenureRow(rule: "r", recordIndex: 1, n: 3, redecided: 2),
      ])
  }

  @Test func aBackdatedOwnerOfARuleWithoutOneCountsToo() throws {
    let owners = [owns("bob", "r", from: "2026-07-10", recorded: "2026-07-20")]
    let scanned = try scan(
      lines("2026-07-15T00:00:00Z"),
      records: records([version("v1", from: "2026-01-01", [.allow("r")])], owners: owners))
    #expect(scanned.partial.tenures == [TenureRow(rule: "r", recordIndex: 0, n: 1, redecided: 1)])
    #expect(scanned.partial.tally.map(\.owner) == ["bob"])
  }

  @Test func aBackdatedVersionCountsTheDecisionsItChanges() throws {
    let scanned = try scan(
      lines(
        "2026-07-09T23:59:59.999999Z", "2026-07-10T00:00:00Z", "2026-07-19T23:59:59.999999Z", "2026-07-20T00:00:00Z"),
      records: records([
        version("v1", from: "2026-01-01", [.allow("r")]),
        version("v2", from: "2026-07-10", recorded: "2026-07-20", [.allow("r")]),
      ]))
    #expect(scanned.partial.redecidedVersions == ["v2": 2])
  }

  @Test func aBackdatedFirstVersionCountsAgainstNone() throws {
    let scanned = try scan(
      lines("2026-07-15T00:00:00Z", "2026-07-25T00:00:00Z"),
      records: records([version("v1", from: "2026-07-10", recorded: "2026-07-20", [.allow("r")])]))
    #expect(scanned.partial.redecidedVersions == ["v1": 1])
  }

  @Test func aVersionRecordedInAdvanceChangesNothing() throws {
    let scanned = try scan(
      lines("2026-07-15T00:00:00Z"),
      records: records([
        version("v1", from: "2026-01-01", recorded: "2025-12-01", [.allow("r")]),
        version("v2", from: "2026-07-10", recorded: "2026-07-10", [.allow("r")]),
      ]))
    #expect(scanned.partial.redecidedVersions.isEmpty)
  }

  @Test func aBackdatedVersionThatWasReplacedBeforeItWasRecordedStopsCounting() throws {
    let scanned = try scan(
      lines("2026-07-12T00:00:00Z", "2026-07-17T00:00:00Z", "2026-07-25T00:00:00Z"),
      records: records([
        version("v1", from: "2026-01-01", [.allow("r")]),
        version("v2", from: "2026-07-10", recorded: "2026-07-20", [.allow("r")]),
        version("v3", from: "2026-07-15", recorded: "2026-07-15", [.allow("r")]),
      ]))
    #expect(scanned.partial.redecidedVersions == ["v2": 1])
  }

  @Test func rulesWhoseNamesOnlyLookAlikeHaveOwnersOfTheirOwn() throws {
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    let records = records(
      [version("v1", from: "2026-01-01", [.allow(composed)]), version("v2", from: "2026-07-10", [.allow(decomposed)])],
      owners: [owns("ada", composed, from: "2026-01-01"), owns("dana", decomposed, from: "2026-01-01", seq: 2)])
    for (day, owner) in [("2026-07-05", "ada"), ("2026-07-15", "dana")] {
      let scanned = try scan([.with { $0.ts = day + "T00:00:00Z" }], records: records)
      #expect(scanned.partial.tally.map(\.owner) == [owner])
    }
  }
}
