import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct OpenClawSessionTests {
  private static let session =
    #"{"type":"session","version":3,"id":"s-1","timestamp":"2026-07-01T08:00:00.000Z","cwd":"/w"}"#
  private static let user = message("u", #""role":"user","content":[]"#)

  private static func message(_ id: String, second: Int = 0, _ members: String) -> String {
    #"{"type":"message","id":"\#(id)","parentId":null,"timestamp":"2026-07-01T08:00:0\#(second).000Z","message":{\#(members)}}"#
  }

  private static func answer(
    _ id: String, _ model: String, stop: String = "stop", second: Int = 1, cost: String = "0.0125",
    _ members: String = ""
  ) -> String {
    let names = model.split(separator: "/", maxSplits: 1)
    return message(
      id, second: second,
      #""role":"assistant","content":[{"type":"text","text":"t"}],"provider":"\#(names[0])","model":"\#(names[1])","#
        + #""usage":{"input":100,"output":20,"cacheRead":7,"cacheWrite":3,"cost":{"total":\#(cost)}},"stopReason":"\#(stop)""#
        + (members.isEmpty ? "" : "," + members))
  }

  private func read(_ lines: String...) throws -> ReadLog { try ReadLog(lines.joined(separator: "\n") + "\n") }

  @Test func anAnswerIsADecision() throws {
    let log = try read(Self.session, Self.user, Self.answer("a1", "ollama/small:9b"))
    #expect(log.format.format == .openclawSession)
    let read = log.decisions[0].line
    #expect(
      [read.requestID, read.requested, read.served, read.provider] == [
        "s-1/a1", "ollama/small:9b", "ollama/small:9b", "ollama",
      ])
    #expect([read.escalatedFrom, read.trigger, read.agent] == ["", "", ""])
    #expect([read.tokensIn, read.tokensOut, read.costMicros] == [110, 20, 12_500])
    #expect(log.passed.other == 2)
  }

  @Test func failedAttemptsBeforeAnAnswerAreFoldedIntoIt() throws {
    let log = try read(
      Self.session, Self.user,
      Self.answer("e1", "ollama/small:9b", stop: "error", cost: "0.001", #""errorMessage":"429 Too Many Requests""#),
      Self.answer("e2", "ollama/small:9b", stop: "error", cost: "0", #""errorMessage":"fetch failed""#),
      #"{"type":"custom","customType":"model-snapshot","data":{"provider":"cloud","modelId":"large"}}"#,
      Self.answer("a1", "cloud/large", second: 5))
    #expect(log.decisions.count == 1)
    let (read, position) = log.decisions[0]
    #expect(
      [read.requested, read.served, read.escalatedFrom] == ["ollama/small:9b", "cloud/large", "ollama/small:9b"])
    #expect(read.trigger == "rate-limit")
    #expect(!read.inferred.contains(.trigger))
    #expect(read.costMicros == 13_500)
    #expect(position.line == 6)
    #expect(read.at == at("2026-07-01T08:00:05Z"))
    #expect([log.passed.folded, log.passed.other] == [2, 3])
  }

  @Test(arguments: [
    ("HTTP 529 from upstream", "rate-limit"), ("request 4290 failed", "error"), ("503 Service Unavailable", "error"),
    ("Invalid API key", "auth"), ("status=402", "budget"), ("Your credit balance is too low", "budget"),
    ("ETIMEDOUT", "timeout"), ("maximum context length is 8192", "context-window"),
    ("blocked by content filter", "content-policy"), ("", "error"),
  ])
  func anErrorsTextGivesTheTrigger(message: String, trigger: String) throws {
    let log = try read(
      Self.session, Self.user, Self.answer("e1", "a/m", stop: "error", #""errorMessage":"\#(message)""#),
      Self.answer("a1", "b/n"))
    #expect(log.decisions[0].line.trigger == trigger)
  }

  @Test func aRetryOnTheSameModelIsNoEscalation() throws {
    let log = try read(
      Self.session, Self.user, Self.answer("e1", "a/m", stop: "aborted"), Self.answer("a1", "a/m"))
    #expect([log.decisions[0].line.escalatedFrom, log.decisions[0].line.trigger] == ["", ""])
    #expect(log.passed.folded == 1)
  }

  @Test func aTurnThatEndsInErrorsIsOneError() throws {
    let log = try read(
      Self.session, Self.user,
      Self.answer("e1", "a/m", stop: "error", #""errorMessage":"the prompt is too long: 3 > 2""#),
      Self.answer("e2", "b/n", stop: "error"), Self.user, Self.answer("a1", "b/n"))
    #expect(log.decisions.map(\.line.requestID) == ["s-1/e2", "s-1/a1"])
    #expect(log.decisions.map(\.line.outcome) == [.error, .success])
    #expect(log.decisions[0].line.requested == "a/m")
    #expect(log.decisions[0].line.trigger == "context-window")
    #expect(log.decisions[1].line.requested == "b/n")
  }

  @Test func callsThatGoOnAfterAToolAreDecisionsOfTheSameTurn() throws {
    let log = try read(
      Self.session, Self.user, Self.answer("e1", "a/m", stop: "error", #""errorMessage":"request timed out""#),
      Self.answer("a1", "b/n", stop: "toolUse").replacing(
        #"{"type":"text","text":"t"}"#,
        with: #"{"type":"toolCall","name":"exec","arguments":{"name":"x"}},{"type":"tool_use","name":"read"}"#),
      Self.message("t1", #""role":"toolResult","content":[]"#), Self.answer("a2", "b/n"))
    #expect(log.decisions.map(\.line.tools) == [["exec", "read"], []])
    #expect(log.decisions.map(\.line.escalatedFrom) == ["a/m", "a/m"])
    #expect(log.decisions.map(\.line.trigger) == ["timeout", "timeout"])
  }

  @Test func aModelThatWasChosenIsWhatWasAskedFor() throws {
    let chosen = #"{"type":"model_change","id":"c","parentId":"x","provider":"b","modelId":"n"}"#
    let log = try read(
      Self.session, Self.user, Self.answer("a1", "a/m", stop: "toolUse"), chosen, Self.answer("a2", "b/n"))
    #expect(log.decisions.map(\.line.requested) == ["a/m", "b/n"])
    let fallback = try read(
      Self.session, Self.user, Self.answer("e1", "a/m", stop: "error"), chosen, Self.answer("a2", "b/n"))
    #expect(fallback.decisions.map(\.line.requested) == ["a/m"])
  }

  @Test func theAgentIsKnownOnlyWhereTheSessionLineSaysIt() throws {
    let keyed = Self.session.replacing(#""cwd""#, with: #""sessionKey":"agent:finance:main","cwd""#)
    #expect(try read(keyed, Self.user, Self.answer("a1", "a/m")).decisions[0].line.agent == "finance")
    let named = Self.session.replacing(#""cwd""#, with: #""agentId":"ops","cwd""#)
    #expect(try read(named, Self.user, Self.answer("a1", "a/m")).decisions[0].line.agent == "ops")
  }

  @Test func messagesOfTheGatewayItselfAreNoDecisions() throws {
    let log = try read(Self.session, Self.user, Self.answer("m", "openclaw/delivery-mirror"))
    #expect(log.decisions.isEmpty)
    #expect(log.passed.other == 3)
  }

  @Test func attemptsWithoutTimeOrIdAreRejected() throws {
    let log = try read(
      Self.session, Self.user, Self.answer("", "a/m"), Self.answer("a1", "a/m").replacing("2026-07-01T08", with: "x"),
      Self.answer("a2", "a/m").replacing(
        #""timestamp":"2026-07-01T08:00:01.000Z","message":{"#, with: #""message":{"timestamp":1782892801000,"#))
    #expect(log.rejects.map(\.reason) == [.emptyRequestID, .badInstant])
    #expect(log.decisions[0].line.at == at("2026-07-01T08:00:01Z"))
  }

  @Test func aLongSessionIdIsNotCarriedIntoEveryDecision() throws {
    let long = String(repeating: "s", count: 2000)
    let log = try read(Self.session.replacing("s-1", with: long), Self.user, Self.answer("a1", "a/m"))
    #expect(log.decisions[0].line.requestID == "a1")
  }

  @Test func damagedRecordsKeepOneFateEach() throws {
    try expectOneFateEach(
      of: [
        Self.session, Self.user, Self.answer("e1", "a/m", stop: "error", #""errorMessage":"HTTP 529 id 4290""#),
        Self.answer("a1", "a/m"),
      ], .openclawSession)
  }
}
