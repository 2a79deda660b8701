internal import CSimdJSON
internal import EvidenceModel

/// A value inside a parsed JSON text, for readers that look deep into it. It lives until its parser's next text.
struct JSONNode {
  let value: json_value

  init(_ value: json_value) { self.value = value }

  /// A member of an object; a node that is missing where there is none, or where this is no object.
  subscript(_ name: StaticString) -> JSONNode {
    var member = json_value()
    withUnsafePointer(to: value) { object in
      name.withUTF8Buffer { name in
        name.withMemoryRebound(to: CChar.self) { json_member(object, $0.baseAddress, $0.count, &member) }
      }
    }
    return JSONNode(member)
  }

  /// A member whose name is known at run time only.
  subscript(named name: String) -> JSONNode {
    var member = json_value()
    var name = name
    withUnsafePointer(to: value) { object in
      name.withUTF8 { name in
        name.withMemoryRebound(to: CChar.self) { json_member(object, $0.baseAddress, $0.count, &member) }
      }
    }
    return JSONNode(member)
  }

  var elements: [JSONNode] {
    withUnsafePointer(to: value) { array in
      var values = [json_value](repeating: json_value(), count: 32)
      let count = json_elements(array, &values, values.count)
      if count > values.count {
        values = [json_value](repeating: json_value(), count: count)
        _ = json_elements(array, &values, count)
      }
      return values[..<count].map { JSONNode($0) }
    }
  }

  var members: [(name: BorrowedText, value: JSONNode)] {
    withUnsafePointer(to: value) { object in
      let count = json_members(object, nil, nil, 0)
      var names = [json_value](repeating: json_value(), count: count)
      var values = names
      _ = json_members(object, &names, &values, count)
      return zip(names, values).map { ($0.text, JSONNode($1)) }
    }
  }

  var isMissing: Bool { value.isMissing }
  var isObject: Bool { value.kind == JSON_OBJECT }
  var isArray: Bool { value.kind == JSON_ARRAY }

  /// The text of a string; empty for anything that is none.
  var text: BorrowedText { value.text }

  /// A copy of the text of a string; nil where that is empty or there is none.
  var string: String? { value.text.isEmpty ? nil : value.text.string }

  var boolean: Bool? { value.kind == JSON_BOOLEAN ? value.boolean : nil }

  /// A whole number, also one written as text, as 64-bit integers are in OTLP; nil for anything else.
  var integer: Int64? {
    switch value.kind {
    case JSON_INTEGER: value.integer
    case JSON_REAL: Int64(exactly: value.real)
    case JSON_STRING: Int64(value.text.string)
    default: nil
    }
  }

  /// A number; nil for anything else.
  var real: Double? { value.kind == JSON_INTEGER || value.kind == JSON_REAL ? value.real : nil }
}

extension JSONParser {
  /// Where the objects at the end of a path stand in a text: names of members, and `*` for every element of an array.
  /// Nil where the path leads nowhere. Values of the last parse stay as they are.
  ///
  /// - Parameter bytes: readable for some bytes past their end.
  func ranges(of path: [String], in bytes: UnsafeRawBufferPointer) -> [Range<Int>]? {
    find(path, in: bytes, objectsOnly: true)?.ranges
  }

  /// Where the elements of a member stand in a text that is an object, whatever they are; nil where the member is no array.
  /// What stands behind the place where the text breaks is one element more, so that nothing of it is lost.
  func elementRanges(of member: String, in bytes: UnsafeRawBufferPointer) -> [Range<Int>]? {
    guard let found = find([member, "*"], in: bytes, objectsOnly: false) else { return nil }
    guard !found.isWhole, let last = found.ranges.last else { return found.isWhole ? found.ranges : nil }
    let separators: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0x2C]
    guard let rest = bytes[last.upperBound...].firstIndex(where: { !separators.contains($0) }) else {
      return found.ranges
    }
    return found.ranges + [rest..<bytes.count]
  }

  private func find(
    _ path: [String], in bytes: UnsafeRawBufferPointer, objectsOnly: Bool
  ) -> (ranges: [Range<Int>], isWhole: Bool)? {
    let names = path.map { Array($0.utf8CString) }
    return names.withPointers { pointers in
      let text = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      var found = [json_range](repeating: json_range(), count: 256)
      var isWhole = false
      func search() -> Int {
        json_ranges(handle, text, bytes.count, pointers, path.count, objectsOnly, &found, found.count, &isWhole)
      }
      var count = search()
      if count > found.count {
        found = [json_range](repeating: json_range(), count: count)
        count = search()
      }
      return count < 0 ? nil : (found[..<count].map { $0.start..<($0.start + $0.count) }, isWhole)
    }
  }
}

extension [[CChar]] {
  /// The arrays as C strings, for one call.
  fileprivate func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
    var pointers: [UnsafePointer<CChar>?] = []
    func add(_ rest: ArraySlice<[CChar]>) -> Result {
      guard let next = rest.first else {
        return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
      }
      return next.withUnsafeBufferPointer {
        pointers.append($0.baseAddress)
        return add(rest.dropFirst())
      }
    }
    return add(self[...])
  }
}
