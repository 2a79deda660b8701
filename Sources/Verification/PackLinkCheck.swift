internal import EvidenceModel
internal import Glibc

/// Where the links of pages lead.
extension PackVerifier {
  /// Every link and picture of every page leads to a file of the pack, and to an anchor that exists there.
  mutating func checkLinks() {
    let pages = listed.keys.filter { listed[$0]?.role == "page" }.sortedBytewise()
    // Links and anchors are kept as hashes: a large pack has millions, and most links stand on many pages.
    var anchors = Set<Int>()
    var wanted = Set<Int>()
    var known = Set<Int>()
    var isWhole = true
    for page in pages {
      guard let bytes = readable(page) else { continue }
      let folder = page.split(separator: "/").dropLast().joined(separator: "/") + "/"
      var twice: [String] = []
      var count = 0
      HTMLAttributes.forEach(in: bytes) { attribute, value in
        if attribute == .id {
          if !anchors.insert(Self.key(page, value)).inserted { twice.append(value) }
          return
        }
        count += 1
        guard known.insert(Self.key(value.hasPrefix("#") ? page : folder, value)).inserted else { return }
        switch destination(of: value, on: page) {
        case .nowhere: isWhole = false
        case .file: break
        case .anchor(let key): wanted.insert(key)
        }
      }
      report.linksChecked += count
      for id in twice { fault("pack-id-twice", page, "the id \(id) stands twice on the page") }
      if !anchors.contains(Self.key(page, "main")) {
        fault("pack-page-empty", page, "it has no main part, so it says nothing")
      }
    }
    if !isWhole || !wanted.isSubset(of: anchors) { nameDeadLinks(of: pages, anchors) }
  }

  /// Looks again where something was amiss, now for each link and its page.
  private mutating func nameDeadLinks(of pages: [String], _ anchors: Set<Int>) {
    for page in pages {
      guard let bytes = bytes(page, limit: Self.largestDocument) else { continue }
      var dead: [String] = []
      HTMLAttributes.forEach(in: bytes) { attribute, value in
        guard attribute != .id else { return }
        switch destination(of: value, on: page) {
        case .nowhere: dead.append(value)
        case .file: break
        case .anchor(let key): if !anchors.contains(key) { dead.append(value) }
        }
      }
      for link in dead { fault("pack-link-dead", page, "it links to \(link), which is not in the pack") }
    }
  }

  private static func key(_ page: String, _ id: String) -> Int {
    var hasher = Hasher()
    hasher.combine(page)
    hasher.combine(id)
    return hasher.finalize()
  }

  private enum Destination {
    case nowhere, file
    /// The key of the anchor.
    case anchor(Int)
  }

  private func destination(of link: String, on page: String) -> Destination {
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let target = parts[0].isEmpty ? page : Self.resolve(parts[0], from: page),
      listed[target] != nil || Self.unlisted.contains(target)
    else { return .nowhere }
    guard parts.count > 1, !parts[1].isEmpty, listed[target]?.role == "page" else { return .file }
    return .anchor(Self.key(target, parts[1]))
  }

  private static func resolve(_ href: String, from page: String) -> String? {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in href.split(separator: "/", omittingEmptySubsequences: false) {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else if part != "." {
        parts.append(String(part))
      }
    }
    let path = parts.joined(separator: "/")
    return PackPath.isSafe(path) ? path : nil
  }
}

/// Finds attributes in serialised HTML: enough to follow links in pages that libxslt wrote, where text never holds a bare `<`.
enum HTMLAttributes {
  enum Name { case id, href, src }

  static func forEach(in bytes: [UInt8], _ body: (_ name: Name, _ value: String) -> Void) {
    bytes.withUnsafeBufferPointer { forEach(in: $0, body) }
  }

  private static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (_ name: Name, _ value: String) -> Void) {
    var index = 0
    while let open = find(0x3C, in: bytes, from: index) {
      index = open + 1
      guard index < bytes.count, isLetter(bytes[index]) else { continue }
      while index < bytes.count, bytes[index] != 0x3E {
        guard bytes[index] == 0x20 || bytes[index] == 0x0A else {
          index += 1
          continue
        }
        index += 1
        let nameStart = index
        while index < bytes.count, isLetter(bytes[index]) || bytes[index] == 0x2D { index += 1 }
        guard index + 1 < bytes.count, bytes[index] == 0x3D, bytes[index + 1] == 0x22 else { continue }
        let valueStart = index + 2
        guard let valueEnd = find(0x22, in: bytes, from: valueStart) else { return }
        if let name = name(bytes[nameStart..<index]) {
          body(name, unescape(String(decoding: bytes[valueStart..<valueEnd], as: UTF8.self)))
        }
        index = valueEnd + 1
      }
    }
  }

  /// The numbers that links show, by where they lead; of several that lead to one place the first one.
  static func linkedNumbers(in bytes: [UInt8]) -> [String: Int] {
    var numbers: [String: Int] = [:]
    let opening = Array("<a href=\"".utf8)
    for start in bytes.indices where bytes[start] == 0x3C && bytes[start...].starts(with: opening) {
      let address = bytes[(start + opening.count)...].prefix { $0 != 0x22 }
      let rest = bytes[address.endIndex...].drop { $0 != 0x3E }.dropFirst()
      let text = rest.prefix { (0x30...0x39).contains($0) || $0 == 0x2C }
      let to = unescape(String(decoding: address, as: UTF8.self))
      guard rest.dropFirst(text.count).first == 0x3C, numbers[to] == nil,
        let number = PackCount.read(String(decoding: text.filter { $0 != 0x2C }, as: UTF8.self))
      else { continue }
      numbers[to] = number
    }
    return numbers
  }

  private static func name(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Name? {
    switch bytes.count {
    case 2 where bytes.elementsEqual("id".utf8): .id
    case 3 where bytes.elementsEqual("src".utf8): .src
    case 4 where bytes.elementsEqual("href".utf8): .href
    default: nil
    }
  }

  private static func find(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
    guard let base = bytes.baseAddress, index < bytes.count,
      let found = memchr(base + index, Int32(byte), bytes.count - index)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) }

  private static func unescape(_ text: String) -> String {
    text.utf8.contains(0x26) ? text.replacing("&amp;", with: "&") : text
  }
}
