import Assessment
import EvidenceModel
import TestSupport
import Testing

/// What replay counts, from the log to the answer of a check.
@Suite struct CountedByReplayTests {
  private func line(_ ts: String, _ change: (inout DecisionLine) -> Void = { _ in }) -> DecisionLine {
    .with {
      $0.ts = ts
      $0.credential = "key-1"
      change(&$0)
    }
  }

  private func records(
    models: [Model] = [Model(name: "small", tier: 1, owner: "dana")], agents: [InventoryEntry]? = nil
  ) -> Records {
    var records = policy([.allow("r")])
    records.inventory = Inventory(models: models, hasModels: true, agents: agents)
    return records
  }

  private func ask(_ check: String, _ lines: [DecisionLine], _ records: Records) throws -> CheckOutcome {
    try AssessmentTests.ask(check, facts(lines, records))
  }

  @Test func aCredentialIsKnownByTheNameThatTheLogGivesIt() throws {
    let key = Credential(
      name: "key-1", owner: "dana", rotatedAt: at("2026-07-01"), isInClear: false, place: place)
    expect(
      try ask("RG-NHI-01", [line("2026-07-05T00:00:00Z")], records().with { $0.credentials = [key] }), .cannotTell,
      of: 1,
      cannotTell: 1)
    expect(
      try ask("RG-NHI-01", [line("2026-07-05T00:00:00Z")], records().with { $0.credentials = [] }), .fail, of: 1,
      exceptions: 1)
  }

  @Test func trafficOfARetiredModelIsFound() throws {
    let models = [Model(name: "small", tier: 1, owner: "dana", retiredAt: at("2026-07-10"))]
    let before = line("2026-07-09T23:59:59.999999Z")
    let records = records(models: models, agents: []).with { $0.credentials = [] }
    expect(try ask("RG-NHI-03", [before], records), .pass, of: 1)
    expect(try ask("RG-NHI-03", [before, line("2026-07-10T00:00:00Z")], records), .fail, of: 1, exceptions: 1)
  }

  @Test func trafficOfASwitchedOffModelIsFound() throws {
    let off = SwitchOff(
      subjectKind: .model, subject: "small", at: at("2026-07-10"), restoredAt: at("2026-07-11"), isTrial: true,
      by: "gateway-team", place: place)
    let records = records().with { $0.switchOffs = [off] }
    let inTime = [line("2026-07-10T00:00:59.999999Z"), line("2026-07-11T00:00:00Z")]
    expect(try ask("RG-KIL-01", inTime, records), .pass, of: 2)
    expect(try ask("RG-KIL-01", inTime + [line("2026-07-10T00:01:00Z")], records), .fail, of: 2, exceptions: 1)
  }

  @Test func aModelBeforeItsApprovalIsFound() throws {
    let models = [Model(name: "small", tier: 1, owner: "dana", approvedFrom: at("2026-07-10"))]
    expect(try ask("RG-DRF-04", [line("2026-07-10T00:00:00Z")], records(models: models)), .pass, of: 2)
    expect(
      try ask("RG-DRF-04", [line("2026-07-09T23:59:59Z")], records(models: models)), .fail, of: 2, exceptions: 1)
  }

  @Test func anAgentThatItsInventoryLacksIsFound() throws {
    let known = [InventoryEntry(name: "agent-a", owner: "dana")]
    expect(try ask("RG-OWN-03", [line("2026-07-05T00:00:00Z")], records(agents: known)), .pass, of: 2)
    expect(
      try ask("RG-OWN-03", [line("2026-07-05T00:00:00Z") { $0.agent = "agent-b" }], records(agents: known)), .fail,
      of: 2, exceptions: 1)
  }

  @Test func chainsAndReturnsAreFound() throws {
    let four = (0..<4).map { line("2026-07-05T00:00:0\($0)Z") }
    expect(try ask("RG-CON-02", four, records()), .pass, of: 5)
    expect(try ask("RG-CON-02", four + [line("2026-07-05T00:00:04Z")], records()), .fail, of: 6, exceptions: 1)
    let round = line("2026-07-05T00:00:00Z") { $0.escalatedFrom = "small" }
    expect(try ask("RG-CON-02", [round], records()), .fail, of: 2, exceptions: 1)
  }

  @Test func whatACredentialReachedIsFound() throws {
    let key = Credential(
      name: "key-1", owner: "dana", deployments: [NamePattern("eu-1")], models: [NamePattern("small")],
      agents: [NamePattern("agent-a")], place: place)
    var site = deployment("eu-1", in: "EU")
    site.environment = "production"
    var records = records().with { $0.credentials = [key] }
    records.inventory = Inventory(
      models: [Model(name: "small", tier: 1)], deployments: [site], hasModels: true, hasDeployments: true)
    let first = line("2026-07-05T00:00:00Z") { $0.deployment = "eu-1" }
    expect(try ask("RG-NHI-02", [first], records), .pass, of: 1)
    let second = line("2026-07-06T00:00:00Z") {
      $0.deployment = "eu-1"
      $0.agent = "agent-b"
    }
    expect(try ask("RG-NHI-02", [first, second], records), .fail, of: 1, exceptions: 1)
  }

  @Test func theDataClassesThatWentToAProviderAreFound() throws {
    let terms = ProviderTerms(
      provider: "one", from: at("2026-01-01"), jurisdictions: ["EU"], dataClasses: ["public"], dataUse: "no training",
      retention: "none", incidentNotice: "72 hours", place: place)
    let records = policy([.allow("r")], deployments: [deployment("eu-1", in: "EU")]).with { $0.terms = [terms] }
    let open = line("2026-07-05T00:00:00Z") {
      $0.provider = "one"
      $0.deployment = "eu-1"
    }
    expect(try ask("RG-DAT-03", [open], records), .pass, of: 1)
    var secret = open
    secret.dataClass = "secret"
    expect(try ask("RG-DAT-03", [open, secret], records), .fail, of: 1, exceptions: 1)
  }
}
