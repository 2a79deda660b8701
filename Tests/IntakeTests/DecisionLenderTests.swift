import EvidenceModel
import Intake
import TestSupport
import Testing

/// What a gathered decision becomes as a record.
@Suite struct DecisionLenderTests {
  private func lend(_ change: (inout GatheredDecision) -> Void) -> ReadLine {
    var decision = GatheredDecision(at: SourcePosition(line: 1, byteOffset: 0, bytes: 0), recordDigest: Digest(of: ""))
    change(&decision)
    return DecisionLender().lend(decision) { ReadLine($0) }
  }

  @Test func everyTextIsTheDecisionsOwn() {
    let line = lend { decision in
      decision.requestID = "id"
      decision.agent = "é\u{0}"
      decision.servedModel = "m"
      decision.tools = ["a", "", "b"]
    }
    #expect([line.requestID, line.agent, line.dataClass, line.served] == ["id", "é\u{0}", "", "m"])
    #expect(line.tools == ["a", "", "b"])
  }

  @Test func figuresThatNoDecisionHasAreReadAsNone() {
    let line = lend { decision in
      decision.tokensIn = 1 << 41
      decision.tokensOut = 1 << 40
      decision.costMicros = .max
    }
    #expect([line.tokensIn, line.tokensOut, line.costMicros] == [0, 1 << 40, 0])
  }
}
