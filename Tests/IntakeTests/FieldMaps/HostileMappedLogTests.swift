import EvidenceModel
import Foundation
import Intake
import Testing

/// Whatever a log holds, each of its records keeps exactly one fate, and nothing crashes.
struct HostileMappedLogTests {
  /// SplitMix64, so that every run sees the same bytes.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let records: [(map: String, text: String)] = [
    (
      "kong",
      #"{"started_at":1772438711512,"request":{"id":"k"},"response":{"status":200},"ai":{"proxy":{"meta":{"request_model":"a","response_model":"b"},"usage":{"cost":0.1}}}}"#
    ),
    (
      "azure-model-router",
      #"{"id":"c","created":1772438711,"model":"b","choices":[{"finish_reason":"stop"}],"model_selection_details":{"model_router_details":{"routing_trace":[{"attempts":[{"model":"a","result":{"status":429}},{"model":"b","result":{"status":200}}]}]}}}"#
    ),
    (
      "cloudflare",
      #"{"id":"c","created_at":"2026-03-02T08:05:11Z","model":"m","step":0,"success":true,"tokens_in":1,"metadata":"{\"request_id\":\"r\",\"agent\":\"x\"}"}"#
    ),
    (
      "langfuse",
      #"{"id":"g","trace_id":"t","type":"GENERATION","start_time":"2026-03-02 08:05:12","provided_model_name":"m","level":"DEFAULT","metadata":"{\"requested_model\":\"auto\"}","usage_details":{"input":4}}"#
    ),
  ]

  private static let values = [
    "null", "true", "[]", "{}", "\"\"", "-0", "1e308", "1e400", "18446744073709551615", "99999999999999999999999999",
    "\"\\u0000\"", "\"{\"", "\"[[[[\"", "[[[[[]]]]]", "{\"a\":{\"a\":{}}}", "\"2026-03-02T08:05:11Z\"",
    "-9223372036854775808",
  ]

  private func expectOneFateEach(_ text: [UInt8], _ name: String, records: Int) throws {
    let log = try ReadLog(text, RoutingLogFormat(name: name))
    let (decisions, rejects) = (log.decisions.count, log.rejects.count)
    #expect(decisions + rejects + log.passed.blank + log.passed.folded + log.passed.other == records)
    let places = log.decisions.map(\.position.byteOffset) + log.rejects.map(\.position.byteOffset)
    #expect(Set(places).count == places.count)
  }

  /// Lines without line feeds of their own; each is a record.
  private func lines(_ records: [[UInt8]]) -> [UInt8] {
    // The first line is sound, so that the log is read line by line.
    var bytes: [UInt8] = []
    for record in records {
      bytes += record.map { $0 == 0x0A ? 0x20 : $0 }
      bytes.append(0x0A)
    }
    return bytes
  }

  @Test(arguments: HostileMappedLogTests.records.indices)
  func recordsCutAtEveryByte(index: Int) throws {
    let (name, text) = Self.records[index]
    let bytes = Array(text.utf8)
    let cut = [bytes] + (1...bytes.count).map { Array(bytes[..<$0]) }
    try expectOneFateEach(lines(cut), name, records: cut.count)
  }

  @Test(arguments: HostileMappedLogTests.records.indices)
  func recordsWithFlippedBytes(index: Int) throws {
    let (name, text) = Self.records[index]
    let bytes = Array(text.utf8)
    var generator = Generator(state: 7)
    let flipped = (0..<2000).map { _ in
      var copy = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        copy[Int.random(in: copy.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      return copy
    }
    try expectOneFateEach(lines([bytes] + flipped), name, records: 2001)
  }

  @Test(arguments: HostileMappedLogTests.records.indices)
  func recordsWithValuesOfOtherTypesAndRepeatedNames(index: Int) throws {
    let (name, text) = Self.records[index]
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    var altered: [[UInt8]] = []
    for key in object.keys.sorted() {
      for value in Self.values {
        // Of members with one name the last counts.
        altered.append(Array("\(text.dropLast()),\"\(key)\":\(value)}".utf8))
      }
    }
    try expectOneFateEach(lines([Array(text.utf8)] + altered), name, records: altered.count + 1)
  }

  @Test func depthAndWidthAreBounded() throws {
    let deep = String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000)
    let wide = "[" + Array(repeating: "{}", count: 200_000).joined(separator: ",") + "]"
    let texts = "[" + Array(repeating: "\"{}\"", count: 20_000).joined(separator: ",") + "]"
    let text = Self.records[1].text
    let lines = [deep, wide, texts].map { "\(text.dropLast()),\"choices\":\($0)}\n" }.joined()
    try expectOneFateEach(Array((text + "\n" + lines).utf8), "azure-model-router", records: 4)
  }

  @Test func tablesWithFlippedBytes() throws {
    let header = "ts,request_id,outcome,requested_model,served_model,agent\n"
    let row = "2026-07-01T00:00:00Z,\"r,1\",success,a,b,\"x \"\"y\"\"\"\n"
    let rows = Array(String(repeating: row, count: 20).utf8)
    var generator = Generator(state: 11)
    let format = try #require(RoutingLogFormat(name: "native-csv"))
    for _ in 0..<300 {
      var bytes = rows
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      let log = try ReadLog(Array(header.utf8) + bytes, format)
      let places = (log.decisions.map(\.position) + log.rejects.map(\.position)).sorted {
        $0.byteOffset < $1.byteOffset
      }
      // Nothing overlaps, and nothing but ends of lines stands between.
      for (left, right) in zip(places, places.dropFirst()) {
        #expect(left.byteOffset + left.bytes <= right.byteOffset)
      }
      let read = places.reduce(0) { $0 + $1.bytes }
      #expect(read + places.count + log.passed.blank >= bytes.count - 1)
    }
  }

  @Test func tablesCutAtEveryByte() throws {
    let text = Array(
      "ts,request_id,outcome,requested_model,served_model\n2026-07-01T00:00:00Z,\"r\n1\",success,a,b\n".utf8)
    let format = try #require(RoutingLogFormat(name: "native-csv"))
    for end in text.indices.dropFirst(53) {
      let log = try ReadLog(Array(text[..<end]), format)
      #expect(log.decisions.count + log.rejects.count == 1, "\(end)")
    }
  }
}
