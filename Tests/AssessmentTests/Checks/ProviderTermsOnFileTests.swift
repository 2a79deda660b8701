import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

@Suite struct ProviderTermsOnFileTests {
  private func terms(
    from: String = "2026-01-01", until: String? = nil, places: [String] = ["EU"], classes: [String] = [],
    dataUse: String = "no training", retention: String = "30 days", notice: String = "72 hours"
  ) -> ProviderTerms {
    ProviderTerms(
      provider: "one", from: at(from), until: until.map { at($0) }, jurisdictions: places, dataClasses: classes,
      dataUse: dataUse, retention: retention, incidentNotice: notice, document: "terms.pdf", place: place)
  }

  private func ask(
    _ register: [ProviderTerms]?, traffic: [TrafficRow]? = nil, links: [LinkRow] = [],
    deployments: [Deployment] = [deployment("other-1", in: "EU")]
  ) throws -> CheckOutcome {
    try AssessmentTests.ask(
      "RG-DAT-03",
      facts(policy([.allow("r")], deployments: deployments).with { $0.terms = register }) {
        $0.seen = [seen(.provider, "one")]
        $0.traffic = traffic ?? [served("small", by: "one", in: "EU")]
        $0.links = links
      })
  }

  @Test func passesWithWholeTermsInForce() throws {
    expect(try ask([terms()]), .pass, of: 1)
  }

  @Test func cannotTellOfAnOutsideRouteWithoutADeploymentRegister() throws {
    let outcome = try ask([], deployments: [])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["a deployment register"])
  }

  @Test func failsWithoutTerms() throws {
    let outcome = try ask([])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(outcome.findings.map(\.summary) == ["Provider one has no terms on file."])
    #expect(outcome.findings.map(\.subjectKind) == [.provider])
  }

  @Test func termsHoldFromTheirFirstInstantToTheirEnd() throws {
    expect(try ask([terms(from: "2026-07-02", until: "2026-07-20T00:00:00.000001Z")]), .pass, of: 1)
    expect(try ask([terms(from: "2026-07-02T00:00:00.000001Z")]), .fail, of: 1, exceptions: 1)
    let outcome = try ask([terms(until: "2026-07-20")])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary == "Provider one was used at 2026-07-20T00:00:00Z, when no terms were in force.")
  }

  @Test func termsThatEndedBeforeTheFirstUseAreNone() throws {
    expect(try ask([terms(until: "2026-07-01")]), .fail, of: 1, exceptions: 1)
  }

  @Test func aGapBetweenTermsCannotBeTold() throws {
    let first = terms(until: "2026-07-10")
    expect(try ask([first, terms(from: "2026-07-10")]), .pass, of: 1)
    expect(try ask([first, terms(from: "2026-07-11")]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func failsForAPlaceThatTheTermsLeaveOut() throws {
    let outcome = try ask(
      [terms()], traffic: [served("small", by: "one", in: "EU"), served("small", by: "one", in: "US", n: 3)])
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary == "Provider one served 3 decisions in US, a place that its terms leave out.")
  }

  @Test func aPlaceThatNobodyKnowsCannotBeTold() throws {
    let outcome = try ask([terms()], traffic: [served("small", by: "one")])
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the jurisdiction of every deployment"])
  }

  @Test func failsForADataClassThatTheTermsLeaveOut() throws {
    let links = [link(.dataClass, "public", .provider, "one"), link(.dataClass, "secret", .provider, "one")]
    expect(try ask([terms(classes: ["public", "secret"])], links: links), .pass, of: 1)
    expect(try ask([terms(classes: ["public"])], links: links), .fail, of: 1, exceptions: 1)
    expect(try ask([terms()], links: links), .pass, of: 1)
  }

  @Test func termsThatDifferLeaveOpenWhichOnesHeld() throws {
    let both = [terms(until: "2026-07-10", places: ["EU"]), terms(from: "2026-07-10", places: ["EU", "US"])]
    expect(try ask(both, traffic: [served("small", by: "one", in: "US")]), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test func silentTermsCannotTell() throws {
    let silent = [
      terms(dataUse: ""), terms(retention: ""), terms(notice: ""), terms(places: []),
    ]
    for entry in silent {
      let outcome = try ask([entry])
      expect(outcome, .cannotTell, of: 1, cannotTell: 1)
      #expect(outcome.findings.first?.missingRecords.count == 1)
    }
  }

  @Test func aProviderWithOnlySelfHostedDeploymentsIsNoOutsideRoute() throws {
    var own = deployment("lab", in: "EU")
    own.provider = "one"
    own.hosting = .selfHosted
    expect(try ask([], deployments: [own]), .notApplicable, of: 0)
    var managed = own
    managed.name = "cloud"
    managed.hosting = .managed
    expect(try ask([], deployments: [own, managed]), .fail, of: 1, exceptions: 1)
  }

  @Test func cannotTellWithoutTheRegister() throws {
    let outcome = try ask(nil)
    expect(outcome, .cannotTell, of: 1, cannotTell: 1)
    #expect(outcome.missingRecords == ["the register of provider terms"])
  }

  @Test func cannotTellOfDecisionsThatNameNoProvider() throws {
    let outcome = try ask([terms()], traffic: [served("small", by: "one", in: "EU"), served("small")])
    expect(outcome, .cannotTell, of: 1)
    #expect(outcome.missingRecords == ["the provider of every served decision"])
  }

  @Test func doesNotApplyWithoutDecisions() throws {
    expect(
      try AssessmentTests.ask("RG-DAT-03", [], policy([.allow("r")]).with { $0.terms = [] }), .notApplicable, of: 0)
  }
}
