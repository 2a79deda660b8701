import Assessment
import Assets
import EvidenceModel
import TestSupport
import Testing

@Suite struct CoverageTests {
  private static func control(_ id: String, isGroup: Bool = false, noCheck: String? = nil) -> Control {
    Control(
      id: id, parent: nil, display: "Display \(id)", title: id, titleOrigin: "official", summary: "", isGroup: isGroup,
      noCheckReason: noCheck)
  }

  /// One framework: a heading, `C1` that RG-OWN-01 and RG-OWN-02 speak about, and `C2` that nothing speaks about.
  private static let library: MappingLibrary = {
    var library = MappingLibrary(.embedded)
    library.frameworks = [
      Framework(
        id: "f", title: "F", shortTitle: "F", version: "1", publisher: "P", licence: "",
        controls: [control("G", isGroup: true), control("C1"), control("C2", noCheck: "Outside of routing.")])
    ]
    library.mappings = ["RG-OWN-01", "RG-OWN-02"].map {
      Mapping(check: $0, framework: "f", control: "C1", relation: "subset-of", effects: [], rationale: "Because.")
    }
    return library
  }()

  private func outcome(_ check: String, _ result: CheckResult, missing: [String] = []) -> CheckOutcome {
    CheckOutcome(
      check: check, result: result, why: "", population: 1, passed: 0, exceptions: 0, cannotTell: 0,
      missingRecords: missing, findings: [])
  }

  private func assess(
    _ first: CheckResult, _ second: CheckResult, missing: [String] = [], outOfScope: [ScopeDecision] = []
  ) throws -> ControlAssessment {
    let coverage = Coverage(
      Self.library, frameworks: ["f"],
      outcomes: [outcome("RG-OWN-01", first), outcome("RG-OWN-02", second, missing: missing)], outOfScope: outOfScope)
    return try #require(coverage.assessments["f"]?.first)
  }

  @Test func twoPassesAreEvidence() throws {
    let control = try assess(.pass, .pass)
    #expect(control.state == .evidenced)
    #expect(control.why == "There is evidence for it from RG-OWN-01, RG-OWN-02.")
    #expect(
      control.gap
        == "What routing records cannot show: Whether the owner on record knew of the duty, or did anything.")
  }

  @Test func aPassBesideACheckThatDoesNotApplyIsEvidence() throws {
    let control = try assess(.notApplicable, .pass)
    #expect(control.state == .evidenced)
    #expect(control.why == "There is evidence for it from RG-OWN-02.")
  }

  @Test func oneFailureContradictsWhateverElsePassed() throws {
    let control = try assess(.pass, .fail)
    #expect(control.state == .contradicted)
    #expect(control.why == "The records contradict it: RG-OWN-02 found exceptions.")
    #expect(control.gap == "Exceptions in RG-OWN-02.")
    #expect(
      control.records == [
        "an accepted exception with approver and end, or the corrected cause, for RG-OWN-02"
      ])
  }

  @Test func aFailureBesideWhatCannotBeToldNamesBoth() throws {
    let control = try assess(.fail, .cannotTell, missing: ["a people register"])
    #expect(control.state == .contradicted)
    #expect(control.gap == "Exceptions in RG-OWN-01; RG-OWN-02 cannot tell.")
    #expect(control.records.count == 2)
  }

  @Test func aPassBesideWhatCannotBeToldIsPartial() throws {
    let control = try assess(.pass, .cannotTell, missing: ["a people register"])
    #expect(control.state == .partial)
    #expect(control.why == "There is evidence from RG-OWN-01; RG-OWN-02 cannot tell.")
    #expect(control.gap == "RG-OWN-02 cannot tell.")
    #expect(control.records == ["a people register"])
  }

  @Test func anAcceptedExceptionIsPartial() throws {
    let control = try assess(.pass, .exception)
    #expect(control.state == .partial)
    #expect(
      control.why
        == "There is evidence from RG-OWN-01, RG-OWN-02, with accepted exceptions in RG-OWN-02.")
    #expect(control.gap == "Accepted exceptions in RG-OWN-02.")
  }

  @Test func whatNoCheckCanTellCannotBeTold() throws {
    let control = try assess(.cannotTell, .notApplicable, missing: [])
    #expect(control.state == .cannotTell)
    #expect(control.why == "The records do not settle it: RG-OWN-01 cannot tell.")
  }

  @Test func checksThatDoNotApplyAreNoEvidence() throws {
    let control = try assess(.notApplicable, .notApplicable)
    #expect(control.state == .cannotTell)
    #expect(control.gap == "No records of this kind in the period.")
    #expect(control.records == ["records of the kind that RG-OWN-01, RG-OWN-02 asks about"])
  }

  @Test func aControlWithoutACheckSaysWhy() throws {
    let coverage = Coverage(Self.library, frameworks: ["f"], outcomes: [], outOfScope: [])
    let control = try #require(coverage.assessments["f"]?.last)
    #expect(control.state == .noCheck)
    #expect(control.gap == "Outside of routing.")
  }

  @Test(arguments: ["C1", "Display C1"])
  func aDecisionPutsAControlOutOfScope(written: String) throws {
    let control = try assess(
      .fail, .pass,
      outOfScope: [ScopeDecision(control: written, decidedBy: "cyd", why: "We run no agents.", until: nil)])
    #expect(control.state == .outOfScope)
    #expect(control.why == "cyd decided that it is out of scope, with no end stated: We run no agents.")
    #expect(control.gap == "Not asked, by that decision.")
  }

  @Test func headingsAreNotCounted() throws {
    let coverage = Coverage(Self.library, frameworks: ["f"], outcomes: [], outOfScope: [])
    #expect(coverage.assessments["f"]?.map(\.control.id) == ["C1", "C2"])
  }

  @Test func conditionsAreCountedByControlEachOnce() throws {
    var library = Self.library
    for index in library.mappings.indices { library.mappings[index].condition = "Where it is so." }
    let coverage = Coverage(
      library, frameworks: ["f"], outcomes: [outcome("RG-OWN-01", .pass), outcome("RG-OWN-02", .pass)], outOfScope: [])
    #expect(coverage.assessments["f"]?.map(\.conditions) == [["Where it is so."], []])
    #expect(coverage.conditions("f").map(\.text) == ["Where it is so."])
    #expect(coverage.conditions("f").map(\.n) == [1])
  }

  @Test func unknownFrameworksAreLeftOut() {
    let coverage = Coverage(Self.library, frameworks: ["nope", "f"], outcomes: [], outOfScope: [])
    #expect(coverage.frameworks.map(\.id) == ["f"])
    #expect(coverage.counts("nope").allSatisfy { $0.n == 0 })
  }

  @Test func headingsAreTheSumsOfWhatIsBelowThem() throws {
    let coverage = try shipped().coverage
    let framework = try #require(coverage.frameworks.first { $0.id == "nist-ai-rmf-1.0" })
    let categories = coverage.categories(framework)
    func sum(_ id: String) -> Int? {
      categories.first { $0.group.id == id }.map { $0.counts.reduce(0) { $0 + $1.n } }
    }
    #expect(sum("GOVERN") == 19 && sum("GOVERN 1") == 7)
    #expect(["GOVERN", "MAP", "MEASURE", "MANAGE"].compactMap(sum).reduce(0, +) == 72)
    #expect(categories.first { $0.group.id == "GOVERN 1" }?.depth == 1)
    #expect(coverage.headings(framework)["GOVERN 1.1"]?.id == "GOVERN 1")
    let flat = try #require(coverage.frameworks.first { $0.id == "owasp-asi-2026" })
    #expect(coverage.categories(flat).isEmpty)
  }

  // MARK: What one more record would do

  private func unlocks(
    _ first: CheckResult, _ second: CheckResult, _ missing: [String], alsoMissing: [String] = []
  ) -> [RecordUnlock] {
    Coverage(
      Self.library, frameworks: ["f"],
      outcomes: [
        outcome("RG-OWN-01", first, missing: alsoMissing), outcome("RG-OWN-02", second, missing: missing),
      ], outOfScope: []
    ).unlocks("f")
  }

  @Test func theOnlyRecordThatIsMissingSettlesAControl() {
    #expect(
      unlocks(.pass, .cannotTell, ["a people register"]) == [.init(record: "a people register", settles: 1, helps: 0)])
    #expect(
      unlocks(.cannotTell, .cannotTell, ["a people register"], alsoMissing: ["a people register"])
        == [.init(record: "a people register", settles: 1, helps: 0)])
  }

  @Test func oneOfTwoMissingRecordsHelps() {
    #expect(
      unlocks(.pass, .cannotTell, ["b", "a"]) == [
        .init(record: "a", settles: 0, helps: 1), .init(record: "b", settles: 0, helps: 1),
      ])
    #expect(unlocks(.cannotTell, .cannotTell, ["a"]) == [.init(record: "a", settles: 0, helps: 1)])
  }

  @Test func nothingSettlesWhatTheRecordsContradict() {
    #expect(unlocks(.fail, .cannotTell, ["a"]) == [.init(record: "a", settles: 0, helps: 1)])
    #expect(unlocks(.pass, .pass, ["a"]).isEmpty)
  }

  @Test func everyControlHasAGap() throws {
    let assessment = try shipped()
    for framework in assessment.coverage.frameworks {
      for control in assessment.coverage.assessments[framework.id] ?? [] {
        #expect(!control.gap.isEmpty, "\(framework.id) \(control.control.id)")
        #expect(!control.why.isEmpty, "\(framework.id) \(control.control.id)")
      }
    }
  }

  @Test func statesAddUpToAllControls() throws {
    let coverage = try shipped().coverage
    #expect(coverage.frameworks.count >= 3)
    for framework in coverage.frameworks {
      let counts = coverage.counts(framework.id)
      #expect(counts.map(\.state) == ControlState.allCases)
      #expect(counts.reduce(0) { $0 + $1.n } == framework.controls.count { !$0.isGroup }, "\(framework.id)")
    }
  }

  @Test func nothingIsEvidencedWithoutRecords() throws {
    let coverage = try shipped().coverage
    for framework in coverage.frameworks {
      let states = Set((coverage.assessments[framework.id] ?? []).map(\.state))
      #expect(states.isSubset(of: [.cannotTell, .noCheck]), "\(framework.id)")
    }
  }

  /// What the shipped mapping makes of no records at all.
  private func shipped() throws -> Assessment {
    let library = MappingLibrary(.embedded)
    return Assessment(
      try facts([], records([])), library: library, frameworks: library.frameworks.map(\.id), outOfScope: [],
      accepted: [])
  }
}
