internal import EvidenceModel
internal import EvidenceStore
internal import Foundation

/// The index that `assets/search.js` reads: classic scripts that call one function, so that a page opened from a disk can
/// load them. Keys are sorted; a shard holds a run of them, and the index says with which key each begins.
struct SearchIndex {
  /// One family of keys: words of names, or request ids.
  struct Family {
    /// The first key of each shard.
    var bounds: [String] = []
    /// How many rows stand in the shards.
    var rows = 0
    /// How many do not, for want of room.
    var leftOut = 0
    var bytes = 0
  }

  /// A shard is closed once it is larger than this; its last row may be as long as a shown name.
  static let shardSize = 100_000
  /// Names beyond this number are left out, and the index says how many.
  static let mostNames = 20_000
  /// Words of all names together; a name has a row for each of its words, and may be made of hundreds.
  var mostWords = 400_000
  /// Exceptions beyond this number are not indexed by their request ids at all: a part of them would mislead.
  static let mostRequestIDs = 250_000

  private(set) var names = Family()
  private(set) var ids = Family()
  private var files: [(path: String, bytes: [UInt8])] = []

  /// The files that are ready, each once.
  mutating func takeFiles() -> [(path: String, bytes: [UInt8])] {
    defer { files = [] }
    return files
  }

  // MARK: Names

  /// Writes the shards of names. Where a name has no page of its own, it leads to its row in the list from A to Z.
  mutating func writeNames(_ things: [NamedThing], row: (NamedThing) -> String) {
    // Findings go last, so that they are what is left out.
    let ordered = things.filter { $0.kind != "finding" } + things.filter { $0.kind == "finding" }
    var kept: [NamedThing] = []
    var words: [(word: String, place: Int)] = []
    for thing in ordered.prefix(Self.mostNames) {
      let own = Set(Self.words(thing.name + " " + (thing.note ?? "")).map { Array($0.utf8) })
      guard words.count + own.count <= mostWords else { break }
      words += own.map { (String(decoding: $0, as: UTF8.self), kept.count) }
      kept.append(thing)
    }
    names.leftOut = ordered.count - kept.count
    names.rows = kept.count
    words.sort { $0.word == $1.word ? $0.place < $1.place : $0.word.precedesBytewise($1.word) }
    var shard = Shard(family: "names")
    var places = Set<Int>()
    for (word, place) in words {
      if shard.isFull {
        flush(&shard, into: \.names)
        places = []
      }
      guard places.insert(place).inserted else { continue }
      let thing = kept[place]
      shard.add(
        word,
        [
          .text(FigureText.shortened(thing.name)), .text(thing.kind), .text(row(thing)),
          .text(thing.note.map { FigureText.shortened($0) } ?? ""),
        ])
    }
    flush(&shard, into: \.names)
  }

  /// Lower-case runs of letters and digits, each cut to 32 characters.
  static func words(_ text: String) -> [String] {
    FigureText.shortened(text, to: 600).lowercased().unicodeScalars.split {
      !$0.properties.isAlphabetic && $0.properties.numericType == nil
    }.map { String(String.UnicodeScalarView($0.prefix(32))) }
  }

  // MARK: Request ids

  /// Begins the shards of request ids; rows must come in the order of their keys.
  func idShards() -> Shard { Shard(family: "ids") }

  mutating func add(_ requestID: String, page: Int, anchor: String, at: String, to shard: inout Shard) {
    if shard.isFull { flush(&shard, into: \.ids) }
    shard.add(
      Self.fold(requestID),
      [.text(FigureText.shortened(requestID)), .number(page), .text(anchor), .text(at)])
    ids.rows += 1
  }

  mutating func finish(_ shard: inout Shard) { flush(&shard, into: \.ids) }
  mutating func leaveOutRequestIDs(_ count: Int) { ids.leftOut = count }

  /// As the store sorts: the first characters, ASCII letters in lower case.
  static func fold(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(RunEvidence.requestIDKey) {
      let isUpper = (0x41...0x5A).contains(scalar.value)
      folded.append(isUpper ? UnicodeScalar(UInt8(scalar.value) + 32) : scalar)
    }
    return String(folded)
  }

  // MARK: Files

  /// Writes the index itself, with the words that the search says.
  mutating func writeIndex(words: [(id: String, text: String)]) {
    func family(_ family: Family) -> String {
      "{\"rows\":\(family.rows),\"leftOut\":\(family.leftOut),\"bytes\":\(family.bytes),\"bounds\":["
        + family.bounds.map(JavaScript.string).joined(separator: ",") + "]}"
    }
    let words = words.map { JavaScript.string($0.id) + ":" + JavaScript.string($0.text) }.joined(separator: ",\n")
    let text =
      "tenureSearch(\"index\",0,{\"names\":\(family(names)),\n\"ids\":\(family(ids)),\n\"words\":{\(words)}});\n"
    files.append(("assets/search/index.js", Array(text.utf8)))
  }

  private mutating func flush(_ shard: inout Shard, into family: WritableKeyPath<SearchIndex, Family>) {
    guard !shard.rows.isEmpty else { return }
    let number = self[keyPath: family].bounds.count
    let text = "tenureSearch(\"\(shard.family)\",\(number),[\n\(shard.rows.joined(separator: ",\n"))\n]);\n"
    self[keyPath: family].bounds.append(shard.first)
    self[keyPath: family].bytes += text.utf8.count
    files.append(("assets/search/\(shard.family)-\(padded(number, 4)).js", Array(text.utf8)))
    shard = Shard(family: shard.family)
  }

  struct Shard {
    var family: String
    var first = ""
    var rows: [String] = []
    private var size = 0

    var isFull: Bool { size > SearchIndex.shardSize }

    init(family: String) { self.family = family }

    mutating func add(_ key: String, _ values: [JavaScript]) {
      if rows.isEmpty { first = key }
      let row = "[" + values.map(\.literal).joined(separator: ",") + "]"
      size += row.utf8.count + 2
      rows.append(row)
    }
  }
}

/// A value in a script that any text may be part of.
enum JavaScript {
  case text(String)
  case number(Int)

  var literal: String {
    switch self {
    case .text(let text): Self.string(text)
    case .number(let number): String(number)
    }
  }

  /// A string literal that is JSON too. What could end a script element, a CDATA section or a line is escaped.
  static func string(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}":
        let digits = String(scalar.value, radix: 16)
        literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
