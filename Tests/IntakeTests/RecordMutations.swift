import EvidenceModel
import Foundation
import Intake
import Testing

/// A small generator with a fixed seed (splitmix64), so that a failure can be had again.
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Damaged and hostile variants of records, each one line.
enum RecordMutations {
  static func all(of records: [String]) throws -> [[UInt8]] {
    var generator = FixedGenerator(state: 2026)
    var lines: [[UInt8]] = []
    for record in records {
      let bytes = Array(record.utf8)
      lines += bytes.indices.dropFirst().map { Array(bytes[..<$0]) }
      for _ in 0..<300 {
        var flipped = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          flipped[Int.random(in: 0..<flipped.count, using: &generator)] = UInt8.random(
            in: 0x20...0xFF, using: &generator)
        }
        lines.append(flipped)
      }
      lines.append(Array((String(record.dropLast()) + "," + record.dropFirst()).utf8))
      lines += try wrongTypes(of: record).map { Array($0.utf8) }
    }
    return lines.filter { line in !line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
  }

  /// Each member in turn, at any depth, with values that do not belong there.
  private static func wrongTypes(of record: String) throws -> [String] {
    let deep = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    let wrong = [
      "null", "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "1e308", "true", "\"\"",
      "\"-\"", "\"9999-99-99T99:99:99Z\"", "\"{\"", "[]", "{}", "[null,{},[],\"x\",1]", "{\"\":{\"\":[]}}", deep,
    ]
    let root = try JSONSerialization.jsonObject(with: Data(record.utf8))
    return try paths(of: root).flatMap { path in
      try wrong.map { value in
        let marked = replace(root, path[...], with: "\u{1}mark")
        let text = String(decoding: try JSONSerialization.data(withJSONObject: marked), as: UTF8.self)
        return text.replacingOccurrences(of: "\"\\u0001mark\"", with: value)
      }
    }
  }

  private static func paths(of value: Any) -> [[String]] {
    if let object = value as? [String: Any] {
      return object.keys.sorted().flatMap { key in
        [[key]] + paths(of: object[key] as Any).map { [key] + $0 }
      }
    }
    if let array = value as? [Any] {
      return array.indices.flatMap { index in paths(of: array[index]).map { ["\(index)"] + $0 } }
    }
    return []
  }

  private static func replace(_ value: Any, _ path: ArraySlice<String>, with new: Any) -> Any {
    guard let key = path.first else { return new }
    if var object = value as? [String: Any] {
      object[key] = replace(object[key] as Any, path.dropFirst(), with: new)
      return object
    }
    if var array = value as? [Any], let index = Int(key) {
      array[index] = replace(array[index], path.dropFirst(), with: new)
      return array
    }
    return value
  }
}

/// Reads damaged variants of records and sees that each ended as exactly one of decision, reject, folded, other.
func expectOneFateEach(of records: [String], _ format: RoutingLogFormat) throws {
  let lines = try RecordMutations.all(of: records)
  let log = try ReadLog(Array(lines.joined(separator: [0x0A])) + [0x0A], format)
  let fates = log.decisions.count + log.rejects.count + log.passed.folded + log.passed.other
  #expect(fates == lines.count)
  #expect(log.passed.blank == 0)
  let offsets = log.decisions.map(\.position.byteOffset) + log.rejects.map(\.position.byteOffset)
  #expect(Set(offsets).count == offsets.count)
  #expect(!log.decisions.isEmpty)
  #expect(!log.rejects.isEmpty)
}
