import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct OpenClawLogTests {
  private static let start =
    #"{"0":"openclaw gateway starting","_meta":{"name":"gateway"},"time":"2026-07-01T08:00:00.000+00:00"}"#

  /// A record of the fallback's log; `members` come last.
  private func event(
    _ decision: String, _ candidate: String, attempt: Int, total: Int = 3, run: String = "run-1", second: Int = 0,
    _ members: String = ""
  ) -> String {
    let names = candidate.split(separator: "/", maxSplits: 1)
    return
      #"{"0":"{\"subsystem\":\"model-fallback/decision\"}","1":{"event":"model_fallback_decision","runId":"\#(run)","#
      + #""decision":"\#(decision)","requestedProvider":"ollama","requestedModel":"small:9b","#
      + #""candidateProvider":"\#(names[0])","candidateModel":"\#(names[1])","attempt":\#(attempt),"total":\#(total)"#
      + #"\#(members.isEmpty ? "" : ",")\#(members)},"2":"model fallback decision","_meta":{"date":"x"},"#
      + #""time":"2026-07-01T10:00:0\#(second).500+02:00"}"#
  }

  @Test func attemptsOfARunAreOneDecision() throws {
    let lines = [
      Self.start,
      event("candidate_failed", "ollama/small:9b", attempt: 1, #""reason":"rate_limit","nextCandidateModel":"m""#),
      event(
        "candidate_failed", "openrouter/qwen/big", attempt: 2, second: 1,
        #""reason":"timeout","nextCandidateModel":"m""#),
      event("candidate_succeeded", "cloud/large", attempt: 3, second: 2),
    ]
    let log = try ReadLog(lines.map { $0 + "\n" }.joined())
    #expect(log.format.format == .openclaw)
    #expect(log.decisions.count == 1)
    let (read, position) = log.decisions[0]
    #expect([read.requestID, read.requested, read.served] == ["run-1", "ollama/small:9b", "cloud/large"])
    #expect(
      [read.escalatedFrom, read.trigger, read.provider, read.deployment] == [
        "ollama/small:9b", "rate-limit", "cloud", "cloud",
      ])
    #expect(read.outcome == .success)
    #expect(read.at == at("2026-07-01T08:00:02.5Z"))
    #expect(!read.zoneAssumed)
    #expect(position.line == 4)
    #expect(position.byteOffset == lines[..<3].reduce(0) { $0 + $1.utf8.count + 1 })
    #expect(position.bytes == lines[3].utf8.count)
    #expect([log.passed.folded, log.passed.other, log.rejects.count] == [2, 1, 0])
  }

  @Test func anExhaustedChainIsAnError() throws {
    let log = try ReadLog(
      [
        event(
          "candidate_failed", "ollama/small:9b", attempt: 1, total: 2,
          #""reason":"billing","fallbackStepFinalOutcome":"next_fallback""#),
        event(
          "candidate_failed", "cloud/large", attempt: 2, total: 2,
          #""reason":"auth","fallbackStepFinalOutcome":"chain_exhausted""#),
        event("candidate_succeeded", "ollama/small:9b", attempt: 1, total: 2),
      ].joined(separator: "\n"))
    // The run asked again afterwards: a decision of its own.
    #expect(log.decisions.map(\.line.outcome) == [.error, .success])
    #expect(log.decisions[0].line.trigger == "budget")
    #expect(log.decisions[0].line.served == "")
    #expect(log.decisions[1].line.escalatedFrom == "")
    #expect(log.passed.folded == 1)
  }

  @Test func probesAndSkippedCandidatesAreFolded() throws {
    let log = try ReadLog(
      [
        event("probe_cooldown_candidate", "ollama/small:9b", attempt: 1, #""reason":"rate_limit""#),
        event("skip_candidate", "ollama/small:9b", attempt: 1, #""reason":"overloaded""#),
        event("candidate_succeeded", "cloud/large", attempt: 2, #""previousAttempts":[{"reason":"overloaded"}]"#),
      ].joined(separator: "\n"))
    #expect(log.decisions.count == 1)
    #expect(log.decisions[0].line.trigger == "rate-limit")
    #expect(log.passed.folded == 2)
  }

  @Test func aRunWithoutAnEndIsAnErrorAtItsLastRecord() throws {
    let log = try ReadLog(
      [
        event("candidate_failed", "ollama/small:9b", attempt: 1, #""status":504,"nextCandidateModel":"m""#),
        event(
          "candidate_failed", "ollama/small:9b", attempt: 1, run: "run-2", #""reason":"odd","nextCandidateModel":"m""#),
        event(
          "candidate_failed", "ollama/small:9b", attempt: 1, second: 3, #""reason":"auth","nextCandidateModel":"m""#),
      ].joined(separator: "\n"))
    // The third record begins run-1's chain anew.
    #expect(log.decisions.map(\.line.requestID) == ["run-1", "run-2", "run-1"])
    #expect(log.decisions.map(\.line.trigger) == ["timeout", "error", "auth"])
    #expect(log.decisions.map(\.position.line) == [1, 2, 3])
    #expect(log.decisions.allSatisfy { $0.line.outcome == .error && $0.line.inferred.contains(.outcome) })
  }

  @Test func theRecordMayBeTextUnderAnyNumber() throws {
    let inner =
      #"{\"event\":\"model_fallback_decision\",\"runId\":\"r\",\"decision\":\"candidate_succeeded\",\"requestedProvider\":\"a\",\"requestedModel\":\"a/m\",\"candidateProvider\":\"a\",\"candidateModel\":\"a/m\",\"sessionKey\":\"agent:finance:main\"}"#
    let log = try ReadLog(#"{"0":"text","7":"\#(inner)","_meta":{"date":"2026-07-01T08:00:00Z"},"time":""}"#)
    #expect(log.decisions.map(\.line.served) == ["a/m"])
    #expect(log.decisions[0].line.agent == "finance")
    #expect(log.decisions[0].line.inferred.contains(.agent))
  }

  @Test func recordsWithoutTimeOrRunAreRejected() throws {
    let good = event("candidate_succeeded", "cloud/large", attempt: 1)
    let log = try ReadLog(
      [
        good, good.replacing("2026-07-01T10", with: "yesterday"), good.replacing("run-1", with: ""), "oops", "[1]",
      ].joined(separator: "\n"))
    #expect(log.rejects.map(\.reason) == [.badInstant, .emptyRequestID, .notJSON, .notAnObject])
  }

  @Test func aWindowOfOpenRunsIsBounded() throws {
    let count = 66_000
    let text = (0..<count).map {
      event("candidate_failed", "ollama/small:9b", attempt: 1, run: "r\($0)", #""nextCandidateModel":"m""#) + "\n"
    }.joined()
    let log = try ReadLog(text + event("candidate_succeeded", "cloud/large", attempt: 2, run: "r0") + "\n")
    // r0 went out before its answer came.
    #expect(log.decisions.count == count + 1)
    #expect(log.decisions[0].line.requestID == "r0")
    #expect(log.passed.folded == 0)
  }

  @Test func theTextOfOpenRunsIsBounded() throws {
    let long = String(repeating: "x", count: 1 << 20)
    let text = (0..<40).map {
      event("candidate_failed", "ollama/small:9b", attempt: 1, run: "r\($0)\(long)", #""nextCandidateModel":"m""#)
        + "\n"
    }.joined()
    let log = try ReadLog(
      text + event("candidate_succeeded", "cloud/large", attempt: 2, run: "r0\(long)") + "\n", .openclaw)
    #expect(log.decisions.count == 41)
    #expect(log.passed.folded == 0)
  }

  @Test func damagedRecordsKeepOneFateEach() throws {
    try expectOneFateEach(
      of: [
        event(
          "candidate_failed", "ollama/small:9b", attempt: 1,
          #""reason":"timeout","previousAttempts":[{"reason":"auth","status":401}]"#),
        event("candidate_succeeded", "cloud/large", attempt: 2),
      ], .openclaw)
  }
}
