internal import Foundation

/// JSON whose bytes depend on nothing but the values: keys in order, no escaped slashes.
enum ExchangeJSON {
  /// One value on lines of its own, as a person reads it.
  static func document(_ value: some Encodable) throws -> [UInt8] {
    try encode(value, [.prettyPrinted]) + [0x0A]
  }

  /// One value on one line, with its line end.
  static func line(_ value: some Encodable) throws -> [UInt8] { try encode(value, []) + [0x0A] }

  private static func encode(_ value: some Encodable, _ more: JSONEncoder.OutputFormatting) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, more]
    return Array(try encoder.encode(value))
  }
}
