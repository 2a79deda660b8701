import EvidenceModel
import TestSupport
import Testing

@Suite struct ApprovedIsWhatRanTests {
  /// Versions in force before and during July; the digest of each is of its id.
  private let versions = [
    version("v1", from: "2026-01-01", [.allow("r")]), version("v2", from: "2026-07-10", [.block("r")]),
  ]

  private func ask(_ changes: [ChangeRecord]?, _ versions: [PolicyVersion]? = nil) throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-CHG-04", [], records(versions ?? self.versions).keeping { $0.changes = changes })
  }

  private func approved(_ version: String, _ text: String?) -> ChangeRecord {
    ChangeRecord(version: version, approvedDigest: text.map { Digest(of: $0) }, place: place())
  }

  @Test func passesWhenEveryVersionInForceIsWhatWasApproved() throws {
    expect(try ask([approved("v1", "v1"), approved("v2", "v2")]), .pass, of: 2)
  }

  @Test func oneOfSeveralApprovedDigestsIsEnough() throws {
    expect(try ask([approved("v1", "v1"), approved("v2", "draft"), approved("v2", "v2")]), .pass, of: 2)
  }

  @Test func failsForAnotherDigest() throws {
    let outcome = try ask([approved("v1", "v1"), approved("v2", "other")])
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subject == "v2")
    #expect(
      finding.summary
        == "Version v2 is not what was approved: the register states the digest \(Digest(of: "other")).")
    #expect(finding.details == ["SHA-256 of the version's text: \(Digest(of: "v2"))"])
  }

  @Test func failsForAnEntryWithoutADigest() throws {
    expect(try ask([approved("v1", "v1"), approved("v2", nil)]), .fail, of: 2, exceptions: 1)
  }

  @Test func cannotTellOfAVersionThatNoEntryIsAbout() throws {
    let outcome = try ask([approved("v1", "v1")])
    expect(outcome, .cannotTell, of: 2, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of changes (reason, impact, test, approved digest)"])
  }

  @Test func cannotTellOfAVersionWhoseTextIsNotAtHand() throws {
    var lost = versions[1]
    lost.isReadable = false
    lost.digest = Digest(of: "")
    let outcome = try ask([approved("v1", "v1"), approved("v2", "v2")], [versions[0], lost])
    expect(outcome, .cannotTell, of: 2, cannotTell: 1)
    #expect(outcome.missingRecords == ["the policy versions that cannot be read"])
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 2, cannotTell: 2)
    #expect(outcome.missingRecords == ["the register of changes (reason, impact, test, approved digest)"])
  }

  @Test func asksOnlyOfVersionsInForceInThePeriod() throws {
    let before = version("v0", from: "2025-01-01", [.allow("r")])
    let after = version("v3", from: "2026-08-01", [.allow("r")])
    expect(try ask([], [before] + versions + [after]), .cannotTell, of: 2, cannotTell: 2)
    expect(try ask([], [after]), .notApplicable, of: 0)
    expect(try ask(nil, []), .notApplicable, of: 0)
  }
}
