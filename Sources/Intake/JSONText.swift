internal import CSimdJSON
internal import Glibc

/// Bytes that belong to somebody else and live until that one's next step: a parser's next line, mostly.
package struct BorrowedText {
  package var start: UnsafePointer<UInt8>?
  package var count: Int

  package static var empty: BorrowedText { BorrowedText(start: nil, count: 0) }

  package init(start: UnsafePointer<UInt8>?, count: Int) {
    self.start = start
    self.count = count
  }

  /// A word of the program's own, which lives as long as the program.
  package init(static text: StaticString) {
    start = text.utf8Start
    count = text.utf8CodeUnitCount
  }

  @inline(__always) package var isEmpty: Bool { count == 0 }

  package var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// A copy that may be kept.
  package var string: String {
    String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  package func equals(_ other: BorrowedText) -> Bool {
    guard count == other.count, let start, let otherStart = other.start else { return count == other.count }
    return memcmp(start, otherStart, count) == 0
  }

  package func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount, let start else { return count == 0 && text.utf8CodeUnitCount == 0 }
    return text.withUTF8Buffer { expected in
      for index in 0..<count where start[index] != expected[index] { return false }
      return true
    }
  }
}

/// simdjson's DOM parser. One a thread; values live until the next parse.
final class JSONParser {
  let handle: OpaquePointer = json_parser_create()
  deinit { json_parser_destroy(handle) }

  /// Bytes that must be readable past the end of what is parsed.
  static let padding = Int(json_padding)

  /// Nil when the bytes are not one valid JSON text.
  func parse(_ bytes: UnsafeRawBufferPointer) -> json_value? {
    var root = json_value()
    let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    return json_parse(handle, start, bytes.count, &root) ? root : nil
  }

  /// Parses text that has no padding behind it, by way of a copy.
  func parse(copying bytes: UnsafeRawBufferPointer, _ body: (json_value?) -> Void) {
    let padded = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count + Self.padding, alignment: 1)
    defer { padded.deallocate() }
    padded.copyMemory(from: bytes)
    padded[bytes.count...].initializeMemory(as: UInt8.self, repeating: 0)
    body(parse(UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])))
  }
}

/// Names to look for in an object, in one pass over its members.
final class JSONKeys {
  private let keys: OpaquePointer
  private let count: Int

  init(_ names: [String]) {
    count = names.count
    let copies = names.map { Array($0.utf8CString) }
    var pointers: [UnsafePointer<CChar>?] = []
    var owned: [UnsafeMutablePointer<CChar>] = []
    for copy in copies {
      let place = UnsafeMutablePointer<CChar>.allocate(capacity: copy.count)
      place.initialize(from: copy, count: copy.count)
      owned.append(place)
      pointers.append(UnsafePointer(place))
    }
    keys = json_keys_create(&pointers, count)
    owned.forEach { $0.deallocate() }
  }

  deinit { json_keys_destroy(keys) }

  /// Room for one object's values.
  func makeValues() -> UnsafeMutablePointer<json_value> {
    let values = UnsafeMutablePointer<json_value>.allocate(capacity: count)
    values.initialize(repeating: json_value(), count: count)
    return values
  }

  @inline(__always)
  func select(from object: json_value, into values: UnsafeMutablePointer<json_value>) {
    withUnsafePointer(to: object) { json_select($0, keys, values) }
  }
}

extension json_value {
  /// The text of a string; empty for `null`, an absent member, and anything that is no string.
  @inline(__always)
  var text: BorrowedText {
    guard kind == JSON_STRING else { return .empty }
    return BorrowedText(
      start: UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self), count: Int(count))
  }

  var isMissing: Bool { kind == JSON_ABSENT || kind == JSON_NULL }

  /// A whole number; 0 for anything that is none. A real that is whole counts.
  @inline(__always)
  var wholeNumber: Int64 {
    if kind == JSON_INTEGER { return integer }
    if kind == JSON_REAL, let whole = Int64(exactly: real) { return whole }
    return 0
  }

  /// A number of tokens. Above a million million it is no such count, and sums of such numbers would not fit: then 0.
  @inline(__always)
  var tokenCount: Int64 {
    let count = wholeNumber
    return count.magnitude <= 1 << 40 ? count : 0
  }

  /// A decimal number of dollars as millionths, rounded to the nearest; 0 for anything that is none.
  @inline(__always)
  var microUnits: Int64 {
    switch kind {
    case JSON_INTEGER:
      return integer.magnitude <= 1_000_000_000 ? integer * 1_000_000 : 0
    case JSON_REAL where abs(real) <= 1e9:
      // A double carries 15 digits or more, so any sum below a thousand million dollars is exact after rounding.
      return Int64(exactly: (real * 1e6).rounded(.toNearestOrAwayFromZero)) ?? 0
    default: return 0
    }
  }
}
