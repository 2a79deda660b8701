import EvidenceModel
import Intake
import TestSupport
import Testing

/// API answers whose elements are no records, or that break off: nothing of them is lost silently.
@Suite struct BrokenAnswerTests {
  private func record(_ id: String) -> String {
    #"{"ts":"2026-07-02T14:00:00Z","request_id":"\#(id)","outcome":"success","requested_model":"m","served_model":"m"}"#
  }

  private func fates(_ text: String) throws -> (decisions: [String], rejects: [String]) {
    let log = try ReadLog(text)
    let bytes = Array(text.utf8)
    for reject in log.rejects {
      let place = reject.position.byteOffset..<(reject.position.byteOffset + reject.position.bytes)
      #expect(reject.lineDigest == Digest(of: String(decoding: bytes[place], as: UTF8.self)))
    }
    return (
      log.decisions.map(\.line.requestID),
      log.rejects.map { reject in
        let place = reject.position.byteOffset..<(reject.position.byteOffset + reject.position.bytes)
        return "\(reject.reason.rawValue): \(String(decoding: bytes[place], as: UTF8.self))"
      }
    )
  }

  @Test func anAnswerThatBreaksOffInARecordIsOneReject() throws {
    let cut = #"{"data":[\#(record("a")), \#(record("b")),\#(record("c").prefix(30))"#
    let found = try fates(cut)
    #expect(found.decisions == [])
    #expect(found.rejects == ["not-json: \(cut)"])
  }

  @Test func whatStandsBehindABreakIsOneReject() throws {
    let found = try fates(#"{"data":[\#(record("a")) \#(record("b"))]}"#)
    #expect(found.decisions == ["a"])
    #expect(found.rejects == ["not-json: \(record("b"))]}"])
  }

  @Test func elementsThatAreNoObjectsAreRejects() throws {
    let found = try fates(#"{"data":[\#(record("a")), null ,5,"x",[1], tru,\#(record("b"))]}"#)
    #expect(found.decisions == ["a", "b"])
    #expect(
      found.rejects == [
        "not-an-object: null", "not-an-object: 5", #"not-an-object: "x""#, "not-an-object: [1]", "not-json: tru",
      ])
  }

  @Test func aBreakBehindTheRecordsLosesNone() throws {
    let whole = #"{"data":[\#(record("a")),\#(record("b"))"#
    #expect(try fates(whole).decisions == ["a", "b"])
    #expect(try fates(whole).rejects == [])
    #expect(try fates(whole + #"],"next":{"page""#).decisions == ["a", "b"])
    #expect(try fates(whole + "]").rejects == ["not-json: ]"])
  }
}
