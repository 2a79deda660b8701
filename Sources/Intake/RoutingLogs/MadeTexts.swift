/// Texts that stand nowhere in the record as they are, and lists of texts. Both live until the next record.
struct MadeTexts: ~Copyable {
  private var bytes: [UnsafeMutableBufferPointer<UInt8>] = []
  private var names = UnsafeMutableBufferPointer<BorrowedText>.allocate(capacity: 0)

  deinit {
    bytes.forEach { $0.deallocate() }
    names.deallocate()
  }

  mutating func clear() {
    bytes.forEach { $0.deallocate() }
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func make(_ number: Int64) -> BorrowedText { make(String(number), .empty) }

  mutating func make(_ front: String, _ back: BorrowedText) -> BorrowedText {
    let text = Array(front.utf8) + Array(back.raw)
    let place = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
    _ = place.initialize(from: text)
    bytes.append(place)
    return BorrowedText(start: UnsafePointer(place.baseAddress), count: text.count)
  }

  /// Names of the tools that the answer calls, each once.
  mutating func tools(of body: JSONNode) -> UnsafeBufferPointer<BorrowedText> {
    var found: [BorrowedText] = []
    var seen = Set<[UInt8]>()
    for choice in body["choices"].elements {
      let message = choice["message"].isObject ? choice["message"] : choice["delta"]
      for call in message["tool_calls"].elements {
        let name = call["function"]["name"].text
        if !name.isEmpty, seen.insert(Array(name.raw)).inserted { found.append(name) }
      }
    }
    names.deallocate()
    names = .allocate(capacity: found.count)
    _ = names.initialize(from: found)
    return UnsafeBufferPointer(names)
  }
}
