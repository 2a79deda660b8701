import EvidenceModel
import Intake
import Testing

struct AttemptGroupTests {
  private func map() throws -> RoutingLogFormat {
    let text = """
      name: grouped
      detect: {has: [g]}
      group-by: g
      order-by: n
      fields:
        ts: t
        request_id: g
        requested_model: asked
        served_model: m
        trigger: why
        outcome: o
        tokens_in: in
        cost_usd: c
      """
    return .mapped(try FieldMap(WholeFile(name: "grouped.yaml", bytes: Array(text.utf8))))
  }

  private func attempt(
    _ group: String, _ number: Int, _ model: String, _ outcome: String, why: String = "", asked: String = "a"
  ) -> String {
    #"{"t":"2026-07-01T00:00:0\#(number)Z","g":"\#(group)","n":\#(number),"m":"\#(model)","o":"\#(outcome)","why":"\#(why)","asked":"\#(asked)","in":\#(number),"c":1}"#
      + "\n"
  }

  @Test func theLastServedAttemptDecidesInWhateverOrderTheyStand() throws {
    let attempts = [
      attempt("x", 0, "a", "error", why: "rate-limit"), attempt("x", 1, "b", "error", why: "timeout", asked: "b"),
      attempt("x", 2, "c", "success", asked: "c"), attempt("x", 3, "d", "error", asked: "d"),
    ]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
      let text = order.map { attempts[$0] }.joined()
      let log = try ReadLog(text, try map())
      let line = try #require(log.decisions.first?.line)
      #expect(log.decisions.count == 1)
      #expect(log.passed.folded == 3)
      #expect([line.requested, line.served, line.escalatedFrom, line.trigger] == ["a", "c", "a", "rate-limit"])
      #expect(line.outcome == .success)
      #expect(line.at == Instant(rfc3339: "2026-07-01T00:00:00Z"))
      #expect(line.tokensIn == 2)
      #expect(line.costMicros == 4_000_000)
      let place = order.prefix { $0 != 2 }.reduce(0) { $0 + attempts[$1].utf8.count }
      #expect(log.decisions.map(\.position.byteOffset) == [place])
      #expect(log.decisions.map(\.position.line) == [(order.firstIndex(of: 2) ?? 0) + 1])
    }
  }

  @Test func aGroupWithoutAServedAttemptEndsInItsLastFailure() throws {
    let log = try ReadLog(attempt("x", 0, "a", "error", why: "timeout") + attempt("x", 1, "b", "blocked"), try map())
    #expect(log.decisions.map(\.line.outcome) == [.blocked])
    #expect(log.decisions.map(\.line.trigger) == ["timeout"])
  }

  @Test func aRetryOfTheSameModelIsNoEscalation() throws {
    let log = try ReadLog(attempt("x", 0, "a", "error") + attempt("x", 1, "a", "success"), try map())
    #expect(log.decisions.map(\.line.escalatedFrom) == [""])
  }

  @Test func groupsMayBeMixed() throws {
    let log = try ReadLog(
      attempt("x", 0, "a", "error") + attempt("y", 0, "a", "success") + attempt("x", 1, "b", "success"), try map())
    #expect(log.decisions.map(\.line.requestID) == ["x", "y"])
    #expect(log.decisions.map(\.line.served) == ["b", "a"])
  }

  @Test func ofTooManyOpenGroupsTheOldestIsClosedFirst() throws {
    var text = ""
    for number in 0...(1 << 16) { text += attempt("g\(number)", 0, "a", "error") }
    text += attempt("g1", 1, "b", "success") + attempt("g0", 1, "b", "success")
    let log = try ReadLog(text, try map())
    #expect(log.decisions.count == 1 << 16 + 2)
    #expect(log.passed.folded == 1)
    #expect(log.decisions.count { $0.line.requestID == "g0" } == 2)
    #expect(log.decisions.first { $0.line.requestID == "g1" }?.line.served == "b")
  }

  @Test func aRecordOfNoGroupStandsAlone() throws {
    let log = try ReadLog(#"{"t":"2026-07-01T00:00:00Z","g":"","m":"a","asked":"a","o":"success"}"#, try map())
    #expect(log.rejects.map(\.reason) == [.emptyRequestID])
  }
}
