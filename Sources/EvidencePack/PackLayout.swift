internal import Assessment
internal import EvidenceModel

/// Which file of the pack holds what. Names are short, lower-case ASCII and never free text.
struct PackLayout: Sendable {
  let rules, versions, owners, sources: Names
  private let controls: [String: Names]

  init(rules: [String], versions: [String], owners: [String], sources: [String], frameworks: [Framework]) {
    self.rules = Names(rules)
    self.versions = Names(versions)
    self.owners = Names(owners)
    self.sources = Names(sources)
    controls = Dictionary(
      frameworks.map { ($0.id, Names($0.controls.map(\.id))) }, uniquingKeysWith: { first, _ in first })
  }

  func rule(_ id: String) -> String? { rules[id].map { "r/\($0).html" } }
  func version(_ id: String) -> String? { versions[id].map { "v/\($0).html" } }
  func owner(_ id: String) -> String? { owners[id].map { "o/\($0).html" } }
  func source(_ name: String) -> String { "s/\(sources[name] ?? "unknown").html" }
  func check(_ id: String) -> String { "k/\(Names.safe(id) ?? Digest(of: id).prefix(12)).html" }
  func finding(_ id: String) -> String { "f/\(id).html" }
  func framework(_ id: String) -> String { "c/\(Names.safe(id) ?? Digest(of: id).prefix(12)).html" }
  /// The stem of a framework's OSCAL catalog; `checks` is the name of another one.
  func catalog(_ id: String) -> String {
    let name = Names.safe(id) ?? Digest(of: id).prefix(12)
    return name == "checks" ? "catalog-framework-checks" : "catalog-" + name
  }
  func matrix(_ id: String) -> String { "m/\(Names.safe(id) ?? Digest(of: id).prefix(12)).html" }

  func control(_ framework: String, _ id: String) -> String {
    let folder = Names.safe(framework) ?? Digest(of: framework).prefix(12)
    return "c/\(folder)-\(controls[framework]?[id] ?? Digest(of: id).prefix(12)).html"
  }

  /// A control's id among those of its framework as a token that begins with a letter and has no blank.
  func token(_ framework: String, _ id: String) -> String {
    let name = controls[framework]?[id] ?? Digest(of: id).prefix(12)
    // No name begins with an underscore, so that no other id can have this one.
    return name.utf8.first.map { (0x61...0x7A).contains($0) } == true ? name : "_" + name
  }

  /// Pages of one group of exceptions; numbered from 1.
  func decisions(_ order: DecisionOrder, _ group: String, page: Int) -> String {
    "d/\(stem(order, group))-\(padded(page, 4)).html"
  }

  /// One group of exceptions day by day.
  func decisionDays(_ order: DecisionOrder, _ group: String) -> String {
    order == .time ? "d/days.html" : "d/\(stem(order, group))-days.html"
  }

  /// The page on which the whole of a rule or a control stands to be printed; nil for all other kinds.
  static func dossier(of page: String, _ kind: String) -> String? {
    switch kind {
    case "rule": "r/print/" + page.dropFirst("r/".count)
    case "control": "c/print/" + page.dropFirst("c/".count)
    default: nil
    }
  }

  private func stem(_ order: DecisionOrder, _ group: String) -> String {
    switch order {
    case .time: "time"
    case .decisionClass: "class-\(group)"
    case .rule: "rule-\(rules[group] ?? "none")"
    case .owner: "owner-\(owners[group] ?? "none")"
    }
  }

  /// `index.html`, `index-0002.html`, … of a list in its first order; `by-owner.html`, `by-owner-0002.html`, … in another.
  func list(_ folder: String, _ stem: String = "index", page: Int) -> String {
    page == 1 ? "\(folder)/\(stem).html" : "\(folder)/\(stem)-\(padded(page, 4)).html"
  }

  /// The list of the pages of a long list.
  func pageIndex(_ folder: String, _ stem: String) -> String { "\(folder)/\(stem)-pages.html" }

  /// The evidence document that a page is made from.
  static func document(of page: String) -> String {
    "evidence/" + page.dropLast(".html".count) + ".xml"
  }
}

/// The orders in which exceptions are laid out.
enum DecisionOrder: String, CaseIterable {
  case time
  case decisionClass = "class"
  case rule, owner
}

/// File names for ids: the id itself in lower case where that is safe and nobody else's, else with a digest.
struct Names: Sendable {
  private var names: ByName<String> = [:]

  init(_ ids: [String]) {
    for id in ids { names[id] = Self.withDigest(id) }
    let taken = Set(names.values)
    var counts: [String: Int] = [:]
    for id in names.keys { if let safe = Self.safe(id) { counts[safe, default: 0] += 1 } }
    for id in names.keys {
      // Nor may an id be the name that another id has with its digest.
      if let safe = Self.safe(id), counts[safe] == 1, !taken.contains(safe) { names[id] = safe }
    }
  }

  subscript(id: String) -> String? { names[id] }

  private static let reserved: Set<String> = [
    "index", "sample", "con", "prn", "aux", "nul", "none", "unknown", "print",
  ]

  /// The id in lower case, if that is a name that every file system takes.
  static func safe(_ id: String) -> String? {
    let name = id.lowercased()
    let spaced = String(name.map { $0 == " " ? "-" : $0 })
    guard (1...48).contains(spaced.utf8.count), let first = spaced.utf8.first, isPlain(first),
      let last = spaced.utf8.last, isPlain(last),
      spaced.utf8.allSatisfy({ isPlain($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }), !spaced.contains("..")
    else { return nil }
    let stem = spaced.split(separator: ".").first.map(String.init) ?? spaced
    if reserved.contains(stem) || stem.hasPrefix("index-") || stem.hasPrefix("by-") || isDevice(stem) { return nil }
    return spaced
  }

  private static func isPlain(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }

  /// `com1`, `lpt9`: names that Windows keeps for itself.
  private static func isDevice(_ stem: String) -> Bool {
    (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.utf8.count == 4
  }

  private static func withDigest(_ id: String) -> String {
    var kept = ""
    for scalar in id.lowercased().unicodeScalars where kept.count < 32 {
      if scalar.isASCII, isPlain(UInt8(scalar.value)) {
        kept.unicodeScalars.append(scalar)
      } else if !kept.hasSuffix("-"), !kept.isEmpty {
        kept += "-"
      }
    }
    while kept.hasSuffix("-") { kept.removeLast() }
    return (kept.isEmpty ? "id" : kept) + "-" + Digest(of: id).prefix(10)
  }
}

/// An id for a row that a second run does not move: made of what the row is about.
func anchor(_ prefix: String, _ parts: String...) -> String {
  prefix + "-" + Digest(of: parts.joined(separator: "\u{0}")).prefix(12)
}
