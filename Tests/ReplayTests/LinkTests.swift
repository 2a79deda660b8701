import EvidenceModel
import Replay
import TestSupport
import Testing

/// Which names stood in one decision.
@Suite struct LinkTests {
  private let world = records(
    [version("v1", from: "2026-01-01", [.allow("r", dataClass: "pci"), .allow("s", priority: 20, agent: "agent-a")])],
    aliases: ["tiny": "small"], deployments: [deployment("east", in: "eu")])

  private func links(_ lines: [DecisionLine]) throws -> [String] {
    try scan(lines, records: world).partial.links.map {
      "\($0.side.rawValue) \($0.name) \($0.otherSide.rawValue) \($0.other) \($0.n)"
    }
  }

  @Test func oneDecisionLinksWhatItHolds() throws {
    let line = DecisionLine.with {
      $0.dataClass = "pci"
      $0.requested = "tiny"
      $0.served = "large"
      $0.escalatedFrom = "middle"
      $0.provider = "harbour"
      $0.deployment = "east"
      $0.credential = "claims-key"
      $0.tools = ["search", "search"]
    }
    #expect(
      try links([line]).sorted() == [
        "agent agent-a jurisdiction eu 1", "agent agent-a provider harbour 1", "agent agent-a reached-model large 1",
        "agent agent-a reached-model middle 1", "agent agent-a requested-model small 1", "agent agent-a rule r 1",
        "credential claims-key agent agent-a 1", "credential claims-key deployment east 1",
        "credential claims-key reached-model large 1", "credential claims-key reached-model middle 1",
        "data-class pci jurisdiction eu 1", "data-class pci provider harbour 1", "data-class pci reached-model large 1",
        "data-class pci reached-model middle 1", "data-class pci requested-model small 1", "data-class pci rule r 1",
        "requested-model small rule r 1", "tool search jurisdiction eu 1", "tool search provider harbour 1",
        "tool search reached-model large 1", "tool search reached-model middle 1",
        "tool search requested-model small 1",
        "tool search rule r 1",
      ])
  }

  @Test func aModelThatIsNamedWasReachedWhateverTheOutcome() throws {
    let lines = ["blocked", "error", "success"].map { outcome in
      DecisionLine.with {
        $0.dataClass = "pci"
        $0.outcome = outcome
        $0.provider = "harbour"
      }
    }
    let links = try links(lines).filter { $0.hasPrefix("data-class") }
    #expect(
      links.sorted() == [
        "data-class pci jurisdiction unknown 2", "data-class pci provider harbour 2",
        "data-class pci reached-model small 3", "data-class pci requested-model small 3", "data-class pci rule r 3",
      ])
  }

  @Test func whatReachedNoModelReachedNoPlace() throws {
    let line = DecisionLine.with {
      $0.dataClass = "pci"
      $0.outcome = "error"
      $0.served = ""
      $0.provider = "harbour"
    }
    #expect(
      try links([line]).filter { $0.hasPrefix("data-class") }.sorted() == [
        "data-class pci requested-model small 1", "data-class pci rule r 1",
      ])
  }

  @Test func anEmptyNameMakesNoLink() throws {
    let line = DecisionLine.with {
      $0.agent = nil
      $0.dataClass = nil
      $0.credential = "claims-key"
    }
    #expect(try links([line]) == ["credential claims-key reached-model small 1"])
  }

  @Test func aRequestThatCameBackReachedItsModelOnce() throws {
    let line = DecisionLine.with { $0.escalatedFrom = "tiny" }
    #expect(try links([line]).contains("agent agent-a reached-model small 1"))
  }

  @Test func linksKnowTheirFirstAndLastInstant() throws {
    let lines = ["2026-07-15T12:00:00Z", "2026-07-01T00:00:00Z", "2026-07-31T00:00:00Z"].map { ts in
      DecisionLine.with { $0.ts = ts }
    }
    let row = try #require(try scan(lines, records: world).partial.links.first { $0.otherSide == .reachedModel })
    #expect([row.first, row.last] == [at("2026-07-01"), at("2026-07-31")])
  }

  @Test func manyToolsOfOneDecisionCountOnceEach() throws {
    let line = DecisionLine.with { $0.tools = (0..<40).map { "tool-\($0 % 20)" } }
    let links = try links([line]).filter { $0.contains("requested-model") && $0.hasPrefix("tool") }
    #expect(links.count == 20)
    #expect(links.allSatisfy { $0.hasSuffix(" 1") })
  }
}
