import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct SemanticRouterLogTests {
  /// A replay record; `members` come last, so that they win.
  private func replay(_ members: String = "") -> String {
    #"{"id":"rr-1","timestamp":"2026-07-01T08:00:00.123456Z","request_id":"q1","decision":"math_route","#
      + #""original_model":"auto","selected_model":"strong","lifecycle_state":"completed","response_status":200"#
      + "\(members.isEmpty ? "" : ",")\(members)}"
  }

  private func event(_ name: String, _ members: String = "", request: String = "q1") -> String {
    #"{"level":"info","ts":"2026-07-01T08:00:00.123","caller":"c","msg":"\#(name)","component":"extproc","event":"\#(name)","#
      + #""request_id":"\#(request)""# + (members.isEmpty ? "}" : ",\(members)}")
  }

  private let chosen =
    #""original_model":"auto","selected_model":"strong","decision":"math_route","reason_code":"auto_routing""#

  private func read(_ lines: String...) throws -> ReadLog { try ReadLog(lines.joined(separator: "\n") + "\n") }

  @Test func readsAReplayRecord() throws {
    let log = try read(
      replay(
        #""prompt_tokens":812,"completion_tokens":140,"actual_cost":0.0025,"currency":"USD","tool_trace":{"tool_names":["sql"]},"#
          + #""signals":{"pii":["PERSON"],"authz":["premium"]}"#))
    #expect(log.format.format == .semanticRouter)
    let read = log.decisions[0].line
    #expect([read.requestID, read.requested, read.served, read.claimedRule] == ["q1", "auto", "strong", "math_route"])
    #expect([read.dataClass, read.agent, read.trigger, read.escalatedFrom] == ["pii", "premium", "classifier", ""])
    #expect(read.inferred.isSuperset(of: [.dataClass, .agent, .trigger, .deployment]))
    #expect(read.tools == ["sql"])
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [812, 140, 2500])
    #expect(read.at == at("2026-07-01T08:00:00.123456Z"))
  }

  @Test(arguments: [
    (#""lifecycle_state":"completed""#, Outcome.success), (#""lifecycle_state":"in_progress""#, .error),
    (#""lifecycle_state":"unknown""#, .error), (#""lifecycle_state":"failed""#, .error),
    (#""lifecycle_state":"aborted""#, .error), (#""response_status":503"#, .error),
    (#""response_status":403"#, .blocked),
    (#""pii_blocked":true"#, .blocked), (#""jailbreak_detected":true"#, .blocked),
    (#""jailbreak_detected":true,"completion_tokens":5"#, .success), (#""pii_detected":true"#, .success),
    (#""lifecycle_state":null"#, .success), (#""lifecycle_state":null,"response_status":0"#, .error),
  ])
  func theOutcomeNeedsTheLifecycle(members: String, outcome: Outcome) throws {
    #expect(try read(replay(members)).decisions[0].line.outcome == outcome)
  }

  @Test func startAndCompletionOfOneReplayAreOneDecision() throws {
    let start = event(
      "router_replay_start",
      chosen + #","replay_id":"rr","timestamp":"2026-07-01T08:00:00Z","lifecycle_state":"in_progress""#)
    let complete = event(
      "router_replay_complete",
      chosen
        + #","replay_id":"rr","timestamp":"2026-07-01T08:00:00Z","lifecycle_state":"completed","response_status":200"#)
    for lines in [[start, complete], [complete, start]] {
      let log = try ReadLog(lines.joined(separator: "\n"))
      #expect(log.decisions.map(\.line.outcome) == [.success])
      #expect(!log.decisions[0].line.zoneAssumed)
      #expect(log.passed.folded == 1)
    }
    #expect(try read(start).decisions.map(\.line.outcome) == [.error])
  }

  @Test func theRoutingLineIsFoldedIntoItsReplay() throws {
    let log = try read(
      event("starting"), event("routing_decision", chosen),
      event("router_replay_start", chosen + #","replay_id":"rr","lifecycle_state":"in_progress""#),
      event("llm_usage", #""prompt_tokens":7,"completion_tokens":3"#),
      event(
        "router_replay_complete", chosen + #","replay_id":"rr","lifecycle_state":"completed","response_status":200"#))
    #expect(log.decisions.count == 1)
    #expect(log.decisions[0].position.line == 5)
    #expect([log.decisions[0].line.tokensIn, log.decisions[0].line.tokensOut] == [7, 3])
    #expect([log.passed.folded, log.passed.other] == [3, 1])
  }

  @Test func aRoutingLineAloneIsAnsweredOnlyWhereItsUsageWasLogged() throws {
    let log = try read(
      event("routing_decision", chosen), event("llm_usage", #""prompt_tokens":7,"completion_tokens":3"#),
      event("routing_decision", chosen, request: "q2"), event("llm_usage", #""prompt_tokens":7"#, request: "q9"))
    #expect(log.decisions.map(\.line.outcome) == [.success, .error])
    #expect(log.decisions.allSatisfy { $0.line.zoneAssumed && $0.line.inferred.contains(.outcome) })
    #expect([log.passed.folded, log.passed.other] == [1, 1])
  }

  @Test func linesWithoutTimeOrRequestAreRejected() throws {
    let line = event("routing_decision", chosen)
    let log = try read(
      line.replacing(#""ts":"2026-07-01T08:00:00.123","#, with: ""), line.replacing("q1", with: ""),
      replay(#""request_id":"""#), replay(#""request_id":null,"id":"""#), replay(#""selected_model":null"#))
    #expect(log.rejects.map(\.reason) == [.badInstant, .emptyRequestID, .emptyRequestID, .emptyModel])
    #expect(log.decisions.map(\.line.requestID) == ["rr-1"])
  }

  @Test func aDatabaseWritesMembersAsText() throws {
    let log = try read(
      replay(
        #""timestamp":"2026-07-01 08:00:00.5+00","signals":"{\"pii\":[\"EMAIL\"]}","route_diagnostics":"{\"session_action\":\"stay\"}""#
      ))
    #expect([log.decisions[0].line.dataClass, log.decisions[0].line.trigger] == ["pii", "affinity"])
    #expect(log.decisions[0].line.at == at("2026-07-01T08:00:00.5Z"))
    #expect(!log.decisions[0].line.zoneAssumed)
  }

  @Test func anExplicitDataClassGoesFirst() throws {
    let members = #""signals":{"pii":["PERSON"]},"route_diagnostics":{"annotations":{"data_class":"internal"}}"#
    #expect(try read(replay(members)).decisions[0].line.dataClass == "internal")
    #expect(try read(replay(members + #","data_class":"secret""#)).decisions[0].line.dataClass == "secret")
  }

  @Test func otherCurrenciesAreNoDollars() throws {
    #expect(try read(replay(#""actual_cost":1,"currency":"EUR""#)).decisions[0].line.costMicros == 0)
  }

  @Test func severalReplaysOfARequestAreDecisionsEach() throws {
    let lines = (0..<12).map { replay(#""id":"rr-\#($0)""#) }
    let log = try ReadLog(lines.joined(separator: "\n"))
    #expect(log.decisions.count == 12)
    #expect(log.passed.folded == 0)
  }

  @Test func damagedRecordsKeepOneFateEach() throws {
    try expectOneFateEach(
      of: [
        event("routing_decision", chosen), event("llm_usage", #""prompt_tokens":7"#),
        replay(
          #""signals":{"pii":["PERSON"],"authz":["a"]},"route_diagnostics":{"annotations":{"data_class":"x"}},"#
            + #""tool_trace":{"tool_names":["t"]},"prompt_tokens":1,"actual_cost":1.5"#),
      ], .semanticRouter)
  }
}
