import EvidenceModel
import Intake
import Replay
import TestSupport
import Testing

/// Places and hosting by deployment or endpoint, and the count of how they are known.
@Suite struct PlaceTests {
  private func fields(_ deployment: String?, _ register: [Deployment]) throws -> FieldCounts {
    let line = DecisionLine.with { $0.deployment = deployment }
    let records = records([version("v1", from: "2026-01-01", [.allow("r", places: ["eu"])])], deployments: register)
    return try scan([line], records: records).partial.counts.fields
  }

  private func classes(_ deployment: String, _ register: [Deployment]) throws -> [String: Int] {
    let line = DecisionLine.with { $0.deployment = deployment }
    let records = records([version("v1", from: "2026-01-01", [.allow("r", places: ["eu"])])], deployments: register)
    return try scan([line], records: records).classes
  }

  private let listed = Deployment(
    name: "east", provider: "p", jurisdiction: "eu", effectiveFrom: at("2020-01-01"), endpoint: "models.example",
    hosting: .selfHosted)

  @Test func aListedDeploymentIsMatched() throws {
    let fields = try fields("east", [listed])
    #expect(fields[.jurisdiction] == .init(matched: 1))
    #expect(fields[.hosting] == .init(matched: 1))
  }

  @Test func anEndpointIsFoundByItsHostAndInferred() throws {
    let fields = try fields("https://models.example:8080/v1", [listed])
    #expect(fields[.jurisdiction] == .init(inferred: 1))
    #expect(fields[.hosting] == .init(inferred: 1))
    #expect(try classes("https://models.example/v1", [listed]) == ["compliant": 1])
    #expect(try classes("https://elsewhere.example/v1", [listed]) == ["jurisdiction_violation": 1])
  }

  @Test func whatNobodyListsIsUnknown() throws {
    let fields = try fields("west", [listed])
    #expect(fields[.jurisdiction] == .init(empty: 1))
    #expect(fields[.hosting] == .init(empty: 1))
  }

  @Test(arguments: [
    ("https://api.openai.com/v1", Hosting.managed), ("https://eu.api.anthropic.com", .managed),
    ("http://localhost:11434", .selfHosted), ("http://10.1.2.3/v1", .selfHosted), ("http://172.20.0.1:80", .selfHosted),
    ("http://vllm.models.svc.cluster.local/v1", .selfHosted), ("http://vllm/v1", .selfHosted),
    ("https://models.example", nil), ("http://172.40.0.1", nil), ("https://notopenai.com", nil),
    ("https://openai.com.example", nil), ("http://999.1.1.1", nil),
  ])
  func aHostMaySayWhoRunsIt(url: String, hosting: Hosting?) {
    let bytes = Array(url.utf8)
    bytes.withUnsafeBufferPointer { bytes in
      let host = Endpoint.host(of: BorrowedText(start: bytes.baseAddress, count: bytes.count))
      #expect(host.flatMap { Endpoint.hosting(ofHost: $0) } == hosting)
    }
  }

  @Test(arguments: ["", "east", "://", "http://", "a://b", "no scheme://x"])
  func whatIsNoAddressHasNoHost(text: String) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer { bytes in
      let host = Endpoint.host(of: BorrowedText(start: bytes.baseAddress, count: bytes.count))
      #expect(host == nil || text.hasPrefix("no scheme"))
    }
  }
}
