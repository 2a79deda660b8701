import EvidenceModel
import Foundation
import Intake
import Testing

/// The logs of the examples, read without a stated format.
@Suite struct ExampleLogTests {
  private func read(_ example: String, _ folders: [String]) throws -> [ReadLog] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("examples/\(example)").path
    return try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted().map {
        try ReadLog(path: "\(root)/\(folder)/\($0)")
      }
    }
  }

  private func outcomes(_ logs: [ReadLog]) -> [Outcome: Int] {
    Dictionary(logs.flatMap(\.decisions).map { ($0.line.outcome, 1) }, uniquingKeysWith: +)
  }

  @Test func openClawHoldsFallbacksAndAnswers() throws {
    let gateway = try read("openclaw", ["logs/gateway"])
    let sessions = try read("openclaw", ["logs/sessions"])
    #expect(gateway.allSatisfy { $0.format.format == .openclaw && $0.rejects.isEmpty })
    #expect(sessions.allSatisfy { $0.format.format == .openclawSession && $0.rejects.isEmpty })
    #expect(outcomes(gateway) == [.success: 8, .error: 2])
    #expect(outcomes(sessions) == [.success: 26, .error: 1])
    #expect(sessions.flatMap(\.decisions).filter { !$0.line.escalatedFrom.isEmpty }.count == 7)
  }

  @Test func theSemanticRouterHoldsEachDecisionOnce() throws {
    let logs = try read("semantic-router", ["logs"])
    #expect(logs.allSatisfy { $0.format.format == .semanticRouter && $0.rejects.isEmpty })
    #expect(logs.map(\.decisions.count) == [14, 14, 14])
    #expect(outcomes(logs) == [.success: 37, .blocked: 2, .error: 3])
  }

  @Test func envoyHoldsRefusalsErrorsAndOtherTraffic() throws {
    let logs = try read("envoy", ["logs"])
    #expect(logs.allSatisfy { $0.format.format == .envoy && $0.rejects.isEmpty })
    #expect(outcomes(logs) == [.success: 35, .blocked: 2, .error: 2])
    #expect(logs.map(\.passed.other).reduce(0, +) == 2)
  }
}
