internal import EvidenceModel

/// What goes wrong with a partial file.
package enum PartialError: Error, Sendable {
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// It is no partial, or one of another version.
  case notAPartial(path: String, reason: String)
  case damaged(path: String, line: Int, reason: String)
  /// It was made from other inputs than the first one.
  case otherInputs(path: String, what: String)
  /// Two partials hold the same bytes of a log.
  case overlap(log: String, first: Range<Int>, second: Range<Int>)
}

/// The first line of a partial file: what its results hold for.
package struct PartialHeader: SealedHeader, Equatable {
  /// The version of the file's form, described in `docs/formats/partial.md`.
  package static let version = 1
  /// Of any sample that can be drawn.
  private static let sampleSizes = 0...1 << 40
  static let kind = "a partial of version \(version)"

  package var semantics: String
  package var period: String
  package var sampleSize: Int
  package var attributeSampleSize: Int
  package var settings: String
  package var policy: String
  package var registers: String

  package init(_ plan: ReplayPlan) {
    semantics = PlanBinding.semantics
    period = plan.settings.period.name
    sampleSize = plan.settings.sampleSize
    attributeSampleSize = plan.settings.attributeSampleSize
    settings = plan.binding.settings.description
    policy = plan.binding.policy.description
    registers = plan.binding.registers.description
  }

  init?(_ line: [PartialValue]) {
    guard line.count == 9, line[0].text == "tenure-partial", line[1].number == Self.version,
      let semantics = line[2].text, let period = line[3].text, let size = line[4].number,
      let attributeSize = line[5].number, Self.sampleSizes.contains(size), Self.sampleSizes.contains(attributeSize),
      let settings = line[6].text, let policy = line[7].text,
      let registers = line[8].text
    else { return nil }
    (self.semantics, self.period, sampleSize, attributeSampleSize) = (semantics, period, size, attributeSize)
    (self.settings, self.policy, self.registers) = (settings, policy, registers)
  }

  var line: [PartialValue] {
    [
      .text("tenure-partial"), .number(Self.version), .text(semantics), .text(period), .number(sampleSize),
      .number(attributeSampleSize), .text(settings), .text(policy), .text(registers),
    ]
  }

  /// What differs from another partial's header, in words; nil when nothing does.
  package func difference(from other: PartialHeader) -> String? {
    if semantics != other.semantics { return "another revision of the semantics" }
    if period != other.period { return "another period, \(other.period)" }
    if settings != other.settings { return "another period, sample, list of sensitive classes or bound on cost" }
    if policy != other.policy { return "another policy" }
    if registers != other.registers { return "other registers" }
    return nil
  }
}

/// One range of a log that a partial holds.
package struct PartialRange: Sendable, Equatable {
  package var log: String
  package var format: String
  package var shape: String
  package var compression: String
  /// Of the log's bytes after decompression; it begins and ends with a record.
  package var range: Range<Int>
  /// Bytes that were read as they are stored, and their digest.
  package var storedBytes: Int
  package var sha256: String
  package var counts: LineCounts
  package var damage: String?
}

/// A value of a line: each line of a partial file is a JSON array of texts, whole numbers, nulls, and lists of texts.
enum PartialValue: Equatable {
  case text(String)
  case number(Int)
  case texts([String])
  case none

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var number: Int? { if case .number(let number) = self { number } else { nil } }
  var texts: [String]? { if case .texts(let texts) = self { texts } else { nil } }

  init(_ number: Int?) { self = number.map { .number($0) } ?? .none }
  init(_ text: String?) { self = text.map { .text($0) } ?? .none }
}

enum PartialLine {
  /// The one way to write a line: no blanks, and nothing escaped that need not be.
  static func encode(_ values: [PartialValue]) -> [UInt8] {
    var bytes: [UInt8] = [0x5B]
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      switch value {
      case .text(let text): append(text, to: &bytes)
      case .number(let number): bytes += String(number).utf8
      case .none: bytes += "null".utf8
      case .texts(let texts):
        bytes.append(0x5B)
        for (index, text) in texts.enumerated() {
          if index > 0 { bytes.append(0x2C) }
          append(text, to: &bytes)
        }
        bytes.append(0x5D)
      }
    }
    bytes += [0x5D, 0x0A]
    return bytes
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x00..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }

  /// Nil when the bytes are no such line: there is one way to write one, so there is one way to read it.
  static func decode(_ bytes: UnsafeRawBufferPointer) -> [PartialValue]? {
    var reader = Reader(bytes: bytes)
    guard reader.take(0x5B) else { return nil }
    var line: [PartialValue] = []
    repeat {
      guard let value = reader.value() else { return nil }
      line.append(value)
    } while reader.take(0x2C)
    guard reader.take(0x5D), reader.take(0x0A) || reader.isAtEnd, reader.isAtEnd else { return nil }
    return line
  }

  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var cursor = 0

    var isAtEnd: Bool { cursor == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
      guard cursor < bytes.count, bytes[cursor] == byte else { return false }
      cursor += 1
      return true
    }

    mutating func value() -> PartialValue? {
      guard cursor < bytes.count else { return nil }
      switch bytes[cursor] {
      case 0x22: return text().map { .text($0) }
      case 0x5B: return texts().map { .texts($0) }
      case 0x6E:
        for byte in "null".utf8 where !take(byte) { return nil }
        return PartialValue.none
      default: return number().map { .number($0) }
      }
    }

    private mutating func number() -> Int? {
      let start = cursor
      _ = take(0x2D)
      while cursor < bytes.count, (0x30...0x39).contains(bytes[cursor]) { cursor += 1 }
      let digits = String(decoding: bytes[start..<cursor], as: UTF8.self)
      guard let number = Int(digits), String(number) == digits else { return nil }
      return number
    }

    private mutating func texts() -> [String]? {
      guard take(0x5B) else { return nil }
      var texts: [String] = []
      if take(0x5D) { return texts }
      repeat {
        guard let text = text() else { return nil }
        texts.append(text)
      } while take(0x2C)
      return take(0x5D) ? texts : nil
    }

    private mutating func text() -> String? {
      guard take(0x22) else { return nil }
      var text: [UInt8] = []
      while cursor < bytes.count {
        let byte = bytes[cursor]
        cursor += 1
        if byte == 0x22 { return String(validating: text, as: UTF8.self) }
        if byte < 0x20 { return nil }
        if byte != 0x5C {
          text.append(byte)
        } else if take(0x22) {
          text.append(0x22)
        } else if take(0x5C) {
          text.append(0x5C)
        } else {
          for expected in "u00".utf8 where !take(expected) { return nil }
          guard cursor + 2 <= bytes.count,
            let code = UInt8(String(decoding: bytes[cursor..<cursor + 2], as: UTF8.self), radix: 16), code < 0x20
          else { return nil }
          text.append(code)
          cursor += 2
        }
      }
      return nil
    }
  }
}
