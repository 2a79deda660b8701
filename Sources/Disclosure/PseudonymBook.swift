internal import EvidenceModel

/// Every value that a level hides behind another name, and that name. One value has one pseudonym wherever it stands,
/// so that who did two things still shows.
struct PseudonymBook {
  let table: DisclosureTable
  let key: PackKey
  /// By value: the place of its kind in the table; findings stand after all kinds.
  private var ranks: ByName<Int> = [:]
  private(set) var pseudonyms: ByName<String> = [:]
  /// Of each kind, how many values.
  private(set) var counts: [(kind: String, n: Int)] = []

  init(table: DisclosureTable, key: PackKey) {
    self.table = table
    self.key = key
  }

  mutating func add(_ value: String, kind id: String) {
    guard let rank = table.kinds.firstIndex(where: { $0.id == id }), !table.kinds[rank].kept.contains(value) else {
      return
    }
    ranks[value] = min(ranks[value] ?? .max, rank)
  }

  /// A finding about someone: its id is made of the name.
  mutating func addFinding(_ id: String) { ranks[id] = ranks[id] ?? table.kinds.count }

  /// Gives out the pseudonyms, when all values are known.
  mutating func close() throws(Diagnostic) {
    var whole: ByName<String> = [:]
    for value in ranks.keys.sortedBytewise() {
      for shown in ShownForms.of(value) where !shown.utf8.elementsEqual(value.utf8) { whole[shown] = value }
    }
    var taken: ByName<String> = [:]
    var numbers = Array(repeating: 0, count: table.kinds.count + 1)
    for value in ranks.keys.sortedBytewise() {
      // What a document cuts short is the same value that a table holds whole.
      var original = value
      while let longer = whole[original], longer.utf8.count != original.utf8.count { original = longer }
      let rank = min(ranks[value] ?? 0, ranks[original] ?? .max)
      let pseudonym = pseudonym(of: original, rank: rank)
      if let other = taken[pseudonym], !other.utf8.elementsEqual(original.utf8) {
        throw Diagnostic(
          id: "disclosure-collision", file: "", summary: "two values would have one pseudonym",
          nextStep: "Use another key file.")
      }
      if taken[pseudonym] == nil { numbers[rank] += 1 }
      taken[pseudonym] = original
      pseudonyms[value] = pseudonym
      for shown in ShownForms.of(value) { pseudonyms[shown] = pseudonym }
    }
    counts = zip(table.kinds.map(\.id) + ["finding"], numbers).filter { $0.1 > 0 }.map { ($0.0, $0.1) }
  }

  private func pseudonym(of value: String, rank: Int) -> String {
    guard rank < table.kinds.count else {
      // A finding keeps the id of its check.
      return String(value.dropLast(10)) + key.code("finding", value).prefix(10)
    }
    let kind = table.kinds[rank]
    return "\(kind.id)-\(key.code(kind.id, value).prefix(kind.digits))"
  }

  subscript(value: String) -> String? { pseudonyms[value] }
}

/// How a document shows a value: what is too long is cut, what XML cannot hold is a picture.
enum ShownForms {
  static func of(_ value: String) -> [String] {
    let pictured = pictured(value)
    guard value.utf8.count > 60 else { return [pictured] }
    return [pictured] + [60, 80, 300, 600].compactMap { limit in cut(value, to: limit).map { self.pictured($0) } }
  }

  private static func cut(_ text: String, to limit: Int) -> String? {
    guard text.utf8.count > limit else { return nil }
    let kept = text.unicodeScalars.prefix(limit)
    guard kept.count < text.unicodeScalars.count else { return nil }
    return String(String.UnicodeScalarView(kept)) + "… (\(text.utf8.count) bytes in all)"
  }

  private static func pictured(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value >= 0xFFFE }) else { return text }
    var pictured = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: pictured.append(scalar)
      case 0x00..<0x20: pictured.append(UnicodeScalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0xFFFE, 0xFFFF: pictured.append("\u{FFFD}")
      default: pictured.append(scalar)
      }
    }
    return String(pictured)
  }
}
