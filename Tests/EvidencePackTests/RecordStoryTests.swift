import EvidenceModel
import TestSupport
import Testing

@testable import EvidencePack

@Suite struct RecordStoryTests {
  private func story(
    from: String = "2026-07-13T06:00:00Z", recorded: String? = "2026-07-10T15:05:00Z", author: String? = "lee",
    by approvers: [String] = ["sam"], approved: String? = nil, statesApprovals: Bool = true,
    identities: [Identity] = [], zone: String? = nil
  ) throws -> RecordStory {
    var made = version("v1", from: from, recorded: recorded, [])
    made.author = author
    made.approvedBy = approvers
    made.approvedAt = approved.map { at($0) }
    made.statesApprovals = statesApprovals
    return RecordStory(made, people: People(identities: identities), time: try #require(TimeText(zone: zone)))
  }

  @Test func tellsWhoApproved() throws {
    #expect(try story().approval == .others)
    #expect(try story(by: ["lee"]).approval == .authorAlone)
    #expect(try story(by: ["lee", "sam"]).approval == .others)
    #expect(try story(by: []).approval == .nobody)
    #expect(try story(by: [], statesApprovals: false).approval == .notHeld)
    #expect(try story(author: nil, by: ["lee"]).approval == .others)
  }

  @Test func anAuthorUnderAnotherNameIsStillTheAuthor() throws {
    let identity = Identity(alias: "lee@example.org", person: "lee", place: .init(source: "people.csv", line: 2))
    #expect(try story(by: ["lee@example.org"], identities: [identity]).approval == .authorAlone)
  }

  @Test func tellsHowFarApprovalLiesFromEffect() throws {
    let early = try story(approved: "2026-07-12T23:00:00Z")
    #expect(early.approved == .before && early.approvedApart == .init(n: 1, unit: .day))
    let late = try story(approved: "2026-07-13T08:30:00Z")
    #expect(late.approved == .after && late.approvedApart == .init(n: 2, unit: .hour))
    #expect(try story(approved: "2026-07-13T06:00:00Z").approved == .at)
    #expect(try story().approved == .unrecorded)
  }

  @Test func tellsHowFarEffectLiesFromTheRecord() throws {
    #expect(try story().effect == .after)
    #expect(try story().effectApart == .init(n: 3, unit: .day))
    let backdated = try story(recorded: "2026-07-13T06:05:00Z")
    #expect(backdated.effect == .before && backdated.effectApart == .init(n: 5, unit: .minute))
    #expect(try story(recorded: "2026-07-13T06:00:00.500000Z").effectApart == .init(n: 0, unit: .second))
    #expect(try story(recorded: nil).effect == .unrecorded)
  }

  @Test func daysAreThoseOfTheZone() throws {
    let made = try story(from: "2026-07-13T22:30:00Z", recorded: "2026-07-13T21:00:00Z", zone: "Europe/London")
    #expect(made.effectApart == .init(n: 1, unit: .hour))
    let later = try story(from: "2026-07-13T23:30:00Z", recorded: "2026-07-13T21:00:00Z", zone: "Europe/London")
    #expect(later.effectApart == .init(n: 1, unit: .day))
  }
}
