import EvidenceModel
import TestSupport
import Testing

@Suite struct InventoryTests {
  @Test func aDeploymentMovesAtTheInstantOfItsNextRow() throws {
    let inventory = Inventory(deployments: [
      deployment("d", in: "us", from: "2026-07-10"), deployment("d", in: "eu", from: "2026-07-01"),
    ])
    let steps = try #require(inventory.deployments["d"])
    #expect(steps.value(at: at("2026-06-30").microseconds) == nil)
    #expect(steps.value(at: at("2026-07-10").advanced(microseconds: -1).microseconds)?.jurisdiction == "eu")
    #expect(steps.value(at: at("2026-07-10").microseconds)?.jurisdiction == "us")
  }

  @Test func ofRowsWithOneInstantTheLastCounts() throws {
    let inventory = Inventory(deployments: [deployment("d", in: "eu"), deployment("d", in: "us")])
    #expect(try #require(inventory.deployments["d"]).values.map(\.jurisdiction) == ["us"])
  }

  @Test func canonicallyEquivalentModelsStayApart() {
    let inventory = Inventory(models: [Model(name: "\u{E9}", tier: 1), Model(name: "e\u{301}", tier: 2)])
    #expect(inventory.models.count == 2)
  }
}
