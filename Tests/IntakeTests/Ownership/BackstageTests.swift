import EvidenceModel
import TestSupport
import Testing

@testable import Intake

private func component(_ name: String, owner: String?) -> String {
  "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: \(name)}\nspec: {type: service\(owner.map { ", owner: \($0)" } ?? "")}\n"
}

@Suite struct BackstageTests {
  private func owner(_ text: String, _ entity: String? = nil) throws -> OwnershipClaim? {
    try BackstageCatalog(text, name: "catalog-info.yaml").claim(
      entity.flatMap { BackstageCatalog.Reference($0, kind: "component") }, file: "catalog-info.yaml")
  }

  @Test(arguments: [
    ("platform", "group:default/platform", OwnerKind.team), ("group:platform", "group:default/platform", .team),
    ("group:infra/platform", "group:infra/platform", .team), ("User:Dana", "user:default/dana", .person),
    ("infra/platform", "group:infra/platform", .team),
  ])
  func anOwnerIsAWholeReference(stated: String, reference: String, kind: OwnerKind) throws {
    let claim = try owner(component("router", owner: stated))
    #expect(claim?.owner == reference)
    #expect(claim?.kind == kind)
  }

  @Test func theOnlyComponentNeedsNotBeNamed() throws {
    let text = component("router", owner: "platform") + "---\nkind: Group\nmetadata: {name: platform}\nspec: {}\n"
    #expect(try owner(text)?.owner == "group:default/platform")
    #expect(try owner(text)?.line == 4)
  }

  @Test func ofSeveralComponentsOneIsNamed() throws {
    let text = component("router", owner: "platform") + "---\n" + component("shop", owner: "sales")
    #expect(throws: Diagnostic.self) { try owner(text) }
    #expect(try owner(text, "shop")?.owner == "group:default/sales")
    #expect(try owner(text, "component:default/Router")?.owner == "group:default/platform")
    #expect(throws: Diagnostic.self) { try owner(text, "component:default/none") }
  }

  @Test func anEntityWithoutAnOwnerNamesNobody() throws {
    #expect(try owner(component("router", owner: nil)) == nil)
  }

  @Test func ownersChangeWithTheFilesHistory() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": policyText, "catalog-info.yaml": component("router", owner: "platform")],
        date: "2026-01-01T00:00:00Z")
      try fixture.commit(
        ["catalog-info.yaml": "# same\n" + component("router", owner: "group:platform")], date: "2026-01-02T00:00:00Z")
      try fixture.commit(
        ["catalog-info.yaml": component("router", owner: "user:dana")], date: "2026-01-03T00:00:00Z")
      try fixture.commit(["catalog-info.yaml": "kind: ["], date: "2026-01-04T00:00:00Z")
      try fixture.commit(["catalog-info.yaml": component("router", owner: "sales")], date: "2026-01-05T00:00:00Z")
      let records = await readOwnership(fixture, .backstage("repository"))
      #expect(
        stretches(records) == [
          "group:default/platform 2026-01-01..2026-01-03", "user:default/dana 2026-01-03..2026-01-04",
          "group:default/sales 2026-01-05..",
        ])
      #expect(records.diagnostics.map(\.id) == ["yaml-syntax"])
      #expect(records.ownership.records.map(\.ownerKind) == [.team, .person, .team])
    }
  }

  @Test func aSingleFileHoldsFromTheDayStated() async throws {
    try await inTemporaryFolder { folder in
      try folder.write(component("router", owner: "platform"), to: "catalog.yaml")
      func read(_ from: Instant?) async -> Records {
        await InputPlan(
          directory: folder.path, policy: [], ownership: [.backstage("catalog.yaml", from: from)]
        ).read()
      }
      let stated = await read(at("2026-07-01"))
      #expect(stretches(stated) == ["group:default/platform 2026-07-01.."])
      #expect(stated.ownership.records.first?.recordedAt == nil)
      let unstated = await read(nil)
      #expect(unstated.ownership.records.isEmpty)
      #expect(unstated.diagnostics.map(\.id) == ["backstage-without-time"])
    }
  }

  @Test func aPathThatNoCommitTouchesIsTold() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": policyText], date: "2026-01-01T00:00:00Z")
      let records = await readOwnership(fixture, .backstage("repository", path: "none.yaml"))
      #expect(records.diagnostics.map(\.id) == ["ownership-path-unknown"])
    }
  }

  @Test func aCatalogOfTooManyEntitiesIsRefusedRatherThanCut() {
    let text = String(repeating: "---\nkind: Group\nmetadata: {name: a}\n", count: 10_001)
    #expect {
      _ = try BackstageCatalog(text, name: "catalog.yaml")
    } throws: { ($0 as? Diagnostic)?.id == "backstage-too-many" }
  }
}
