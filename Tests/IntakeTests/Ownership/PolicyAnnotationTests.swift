import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct PolicyAnnotationTests {
  private func decision(_ annotations: String) -> String {
    "version: v0.3\nproviders: {models: []}\nrouting:\n  decisions:\n    - name: triage\n      priority: 10\n      annotations: {\(annotations)}\n      rules: {operator: AND, conditions: []}\n      modelRefs: [{model: small}]\n"
  }

  private func read(_ texts: [String]) async throws -> Records {
    try await inTemporaryFolder { folder in
      for (index, text) in texts.enumerated() {
        try folder.write(text, to: "policy/2026-01-0\(index + 1).yaml")
      }
      return await InputPlan(
        directory: folder.path, policy: [.folder("policy", format: nil)], ownership: [.policyAnnotations]
      ).read()
    }
  }

  @Test func anAnnotationHoldsUntilAVersionChangesIt() async throws {
    let records = try await read([
      decision("owner: gateway-team"), decision("owner: gateway-team, note: x"), decision("owner: dana"), decision(""),
    ])
    #expect(stretches(records) == ["gateway-team 2026-01-01..2026-01-03", "dana 2026-01-03..2026-01-04"])
    #expect(records.ownership.records.map(\.rulePattern) == ["triage", "triage"])
    #expect(records.ownership.records.allSatisfy { $0.provenance == .matched && $0.line == 0 })
    #expect(records.inputs.last?.format == "policy-annotations")
  }

  @Test func aTeamBesideAnOwnerIsShownAndDoesNotDecide() async throws {
    let records = try await read([decision("owner: dana, team: gateway-team")])
    #expect(stretches(records) == ["dana 2026-01-01.."])
    #expect(stretches(records, role: "team") == ["gateway-team 2026-01-01.."])
    let alone = try await read([decision("team: gateway-team")])
    #expect(stretches(alone) == ["gateway-team 2026-01-01.."])
    #expect(alone.ownership.records.map(\.ownerKind) == [.team])
  }

  @Test func labelsAndAnnotationsOfARouteNameTheOwnersOfItsRules() throws {
    let route =
      "apiVersion: aigateway.envoyproxy.io/v1beta1\nkind: AIGatewayRoute\nmetadata:\n  name: chat\n  labels: {team: gateway-team, app: x}\n  annotations: {example.org/owner: dana}\nspec:\n  rules:\n    - matches: [{headers: [{type: Exact, name: x-ai-eg-model, value: small}]}]\n      backendRefs: [{name: one}]\n"
    let rules = try PolicyFormat.read(route, name: "route.yaml", stated: nil).policy.rules
    let history = PolicyHistory([version("v1", from: "2026-01-01", rules)])
    let records = PolicyAnnotations.reading(of: history, before: 7).records
    #expect(records.map(\.owner) == ["dana", "gateway-team"])
    #expect(records.map(\.role) == ["accountable", "team"])
    #expect(records.map(\.sequence) == [6, 6])
    #expect(records.map(\.rulePattern) == ["default/chat/small", "default/chat/small"])
  }

  @Test func aRegisterDecidesBeforeAnnotationsThatBeginWithIt() async throws {
    try await inTemporaryFolder { folder in
      try folder.write(decision("owner: routing-platform"), to: "policy/2026-01-01.yaml")
      try folder.write("seq,rule_id,owner,from\n-5,*,dana,2026-01-01\n", to: "ownership.csv")
      let records = await InputPlan(
        directory: folder.path, policy: [.folder("policy", format: nil)],
        ownership: [.policyAnnotations, .register("ownership.csv")]
      ).read()
      let rule = try #require(records.history.ruleIDs.first)
      #expect(
        OwnershipHistory.deciding(among: records.ownership.tenures(of: rule), at: at("2026-02-01"))?.record.owner
          == "dana")
      #expect(records.ownership.records.count == 2)
    }
  }

  @Test func whatAVersionSaysIsRecordedWhenTheVersionWas() {
    var rule = Rule.allow("r")
    rule.settings = [Rule.Setting("annotation owner", "dana")]
    let history = PolicyHistory([version("v1", from: "2026-01-01", recorded: "2026-01-05", [rule])])
    let records = PolicyAnnotations.reading(of: history, before: 0).records
    #expect(records.map(\.from) == [at("2026-01-01")])
    #expect(records.map(\.recordedAt) == [at("2026-01-05")])
    #expect(records.first?.isBackdated == true)
  }
}
