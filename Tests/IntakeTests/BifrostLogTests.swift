import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct BifrostLogTests {
  /// A row; `members` come last, so that they win.
  private func row(
    _ id: String, parent: String? = nil, index: Int = 0, _ model: String, _ status: String, _ members: String = ""
  ) -> String {
    let names = model.split(separator: "/", maxSplits: 1)
    return
      #"{"id":"\#(id)","parent_request_id":\#(parent.map { "\"\($0)\"" } ?? "null"),"timestamp":"2026-07-01T08:00:0\#(index).5Z","#
      + #""object":"chat.completion","provider":"\#(names[0])","model":"\#(names[1])","alias":null,"fallback_index":\#(index),"#
      + #""routing_engines_used":["routing-rule"],"routing_rule_id":"rr-12","routing_rule_name":"to-mini","selected_key_name":"key-\#(names[0])","#
      + #""virtual_key_name":"claims","cost":0.000297,"status":"\#(status)","token_usage":{"prompt_tokens":420,"completion_tokens":9},"metadata":{}"#
      + "\(members.isEmpty ? "" : ",")\(members)}"
  }

  private var failed: String { row("b1", "openai/mini", "error", #""error_details":{"status_code":429}"#) }
  private var answered: String { row("b2", parent: "b1", index: 1, "acme/haiku", "success", #""cost":0.001"#) }

  private func read(_ rows: String...) throws -> ReadLog { try ReadLog(rows.joined(separator: "\n") + "\n") }

  @Test func aChainIsOneDecisionInEitherOrder() throws {
    for rows in [[failed, answered], [answered, failed]] {
      let log = try ReadLog(rows.joined(separator: "\n"))
      #expect(log.format.format == .bifrost)
      #expect(log.decisions.count == 1)
      let (read, position) = log.decisions[0]
      #expect([read.requestID, read.requested, read.served] == ["b1", "openai/mini", "acme/haiku"])
      #expect([read.escalatedFrom, read.trigger, read.claimedRule] == ["openai/mini", "rate-limit", "rr-12"])
      #expect([read.provider, read.deployment, read.agent] == ["acme", "key-acme", "claims"])
      #expect([read.tokensIn, read.tokensOut, read.costMicros] == [420, 9, 1297])
      #expect(read.at == at("2026-07-01T08:00:01.5Z"))
      #expect(position.line == (rows[0] == failed ? 2 : 1))
      #expect(log.passed.folded == 1)
    }
  }

  @Test func readsTheAnswerOfTheAPI() throws {
    let log = try ReadLog(#"{"logs":[\#(answered),\#n\#(failed)],"pagination":{}}"#)
    #expect(log.decisions.map(\.line.served) == ["acme/haiku"])
    #expect(log.decisions[0].position.byteOffset == 9)
  }

  @Test func anAliasIsWhatWasAskedFor() throws {
    let log = try read(row("b1", "openai/mini", "success", #""alias":"fast""#))
    #expect([log.decisions[0].line.requested, log.decisions[0].line.served] == ["fast", "openai/mini"])
    #expect(!log.decisions[0].line.inferred.contains(.requestedModel))
    #expect(log.decisions[0].line.escalatedFrom == "")
  }

  @Test func aChainWithoutItsFirstRowIsRejected() throws {
    let log = try read(answered)
    #expect(log.rejects.map(\.reason) == [.emptyModel])
  }

  @Test(arguments: [
    (#""error_details":{"status_code":503}"#, Outcome.error, "error"), (#""error_details":null"#, .error, "error"),
    (#""error_details":{"error":{"type":"budget_exceeded"}}"#, .blocked, "budget"),
    (#""error_details":{"error":{"type":"model_blocked"},"status_code":403}"#, .blocked, "auth"),
    (#""status":"processing""#, .error, "error"),
  ])
  func aChainWithoutAnAnswerSaysWhy(members: String, outcome: Outcome, trigger: String) throws {
    let read = try read(row("b1", "openai/mini", "error", members)).decisions[0].line
    #expect(read.outcome == outcome)
    #expect(read.trigger == trigger)
    #expect(read.served == "")
  }

  @Test func aRowThatTwoPagesHoldCountsOnce() throws {
    let log = try read(answered, failed, failed, answered)
    #expect(log.decisions.count == 1)
    #expect(log.decisions[0].line.costMicros == 1297)
    #expect(log.passed.folded == 3)
  }

  @Test func rowsThatAreNoRequestsAreOther() throws {
    let log = try read(answered, failed, row("x", "openai/any", "success", #""object":"list_models""#), #"{"a":1}"#)
    #expect(log.passed.other == 2)
  }

  @Test func rowsWithoutTimeIdOrStatusAreRejected() throws {
    let log = try read(
      failed, row("b3", "a/m", "done"), row("", "a/m", "success"), row("b4", "a/m", "success", #""timestamp":0"#))
    #expect(log.rejects.map(\.reason) == [.unknownOutcome, .emptyRequestID, .badInstant])
  }

  @Test func readsWhatTheCallerSaidOfItself() throws {
    let read = try read(
      row(
        "b1", "openai/mini", "success",
        #""metadata":{"agent":"triage","data_class":"pii"},"tools":[{"type":"function","function":{"name":"sql"}}]"#)
    ).decisions[0].line
    #expect([read.agent, read.dataClass, read.tools.first] == ["triage", "pii", "sql"])
  }

  @Test func aVeryLongChainIsHandedOutAsFarAsItIsKnown() throws {
    let rows = [failed] + (1...200).map { row("c\($0)", parent: "b1", index: 1, "acme/haiku", "error") }
    let log = try ReadLog(rows.joined(separator: "\n"))
    #expect(log.decisions.count == 4)
    #expect(log.decisions.count + log.passed.folded == 201)
  }

  @Test func damagedRecordsKeepOneFateEach() throws {
    try expectOneFateEach(of: [failed, answered], .bifrost)
  }
}
