import EvidenceModel
import TestSupport
import Testing

@Suite struct PolicyHistoryTests {
  private func inForce(_ history: PolicyHistory, at instant: Instant) -> String? {
    history.inForce.value(at: instant.microseconds).map { history.versions[$0].id }
  }

  @Test func nothingIsInForceBeforeTheFirstVersion() {
    let history = PolicyHistory([version("v1", from: "2026-07-01", [])])
    #expect(inForce(history, at: at("2026-07-01").advanced(microseconds: -1)) == nil)
    #expect(inForce(history, at: at("2026-07-01")) == "v1")
  }

  @Test func anEmptyHistoryHasNothingInForce() {
    #expect(inForce(PolicyHistory([]), at: at("2026-07-01")) == nil)
  }

  @Test func ordersByEffectiveTimeWhateverTheSourceOrder() {
    let history = PolicyHistory([version("late", from: "2026-08-01", []), version("early", from: "2026-07-01", [])])
    #expect(history.versions.map(\.id) == ["early", "late"])
    #expect(inForce(history, at: at("2026-08-01").advanced(microseconds: -1)) == "early")
    #expect(inForce(history, at: at("2026-08-01")) == "late")
  }

  @Test func ofEqualInstantsTheLaterRecordedIsInForce() {
    let history = PolicyHistory([
      version("second", from: "2026-07-01", recorded: "2026-07-03", []),
      version("first", from: "2026-07-01", recorded: "2026-07-02", []),
    ])
    #expect(history.versions.map(\.id) == ["first", "second"])
    #expect(inForce(history, at: at("2026-07-01")) == "second")
  }

  @Test func ofEqualInstantsAndRecordsTheLaterInItsSourceIsInForce() {
    let history = PolicyHistory([
      version("a", from: "2026-07-01", recorded: "2026-07-02", []),
      version("b", from: "2026-07-01", recorded: "2026-07-02", []),
    ])
    #expect(inForce(history, at: at("2026-07-01")) == "b")
  }

  @Test func aVersionLastsUntilTheNext() {
    let history = PolicyHistory([version("v1", from: "2026-07-01", []), version("v2", from: "2026-08-01", [])])
    #expect(history.until(0) == at("2026-08-01"))
    #expect(history.until(1) == nil)
  }

  @Test(
    arguments: [
      (nil, false), ("2026-06-30", false), ("2026-07-01", false), ("2026-07-01T00:00:00.000001Z", true),
    ] as [(String?, Bool)])
  func isBackdatedWhenRecordedLater(recorded: String?, backdated: Bool) {
    #expect(version("v", from: "2026-07-01", recorded: recorded, []).isBackdated == backdated)
  }

  @Test func listsEveryRuleOfEveryVersion() {
    let history = PolicyHistory([
      version("v1", from: "2026-07-01", [.allow("b"), .allow("a")]),
      version("v2", from: "2026-08-01", [.allow("c"), .allow("a")]),
    ])
    #expect(history.ruleIDs == ["a", "b", "c"])
  }

  @Test func ruleIDsAreSortedByBytesAndNeverFolded() {
    let composed = "r\u{E9}"
    let decomposed = "re\u{301}"
    let history = PolicyHistory([version("v1", from: "2026-07-01", [.allow(composed), .allow(decomposed)])])
    #expect(history.ruleIDs.map { Array($0.utf8) } == [Array(decomposed.utf8), Array(composed.utf8)])
  }
}

@Suite struct TimelineTests {
  @Test func aStepAtTheSameInstantReplacesTheOneBefore() {
    var timeline = Timeline<String>()
    timeline.append(from: at("2026-07-01"), "a")
    timeline.append(from: at("2026-07-01"), "b")
    #expect(timeline.values == ["b"])
  }

  @Test func holdsEachValueUntilTheNextStep() {
    var timeline = Timeline<Int>()
    for second in 0..<50 { timeline.append(from: Instant(microseconds: Int64(second) * 10), second) }
    #expect(timeline.value(at: -1) == nil)
    #expect((0..<500).allSatisfy { timeline.value(at: $0) == Int($0 / 10) })
    #expect(timeline.value(at: .max) == 49)
  }

  @Test func anotherSchemaIsOneChange() {
    func of(_ id: String, _ schema: String?, readable: Bool = true) -> PolicyVersion {
      var version = version(id, from: "2026-07-0\(id)", readable: readable, [])
      version.schema = schema
      return version
    }
    let history = PolicyHistory([
      of("1", "lists"), of("2", "lists"), of("3", nil), of("4", "tables", readable: false), of("5", "tables"),
      of("6", "lists"),
    ])
    #expect(history.schemaChanges.map(\.versionIndex) == [4, 5])
    #expect(history.schemaChanges.map { [$0.from, $0.to] } == [["lists", "tables"], ["tables", "lists"]])
  }
}
