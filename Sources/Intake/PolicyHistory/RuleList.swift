internal import EvidenceModel

/// The rules that a gateway's config makes, told apart by the bytes of their ids, and bounded in number and length.
struct RuleList {
  static let mostRules = 10_000
  /// Of an id or a model's name, in bytes.
  static let longestName = 512

  /// Of the file, for diagnostics.
  let name: String
  private(set) var rules: [Rule] = []
  var diagnostics: [Diagnostic] = []
  private var places: [[UInt8]: Int] = [:]

  init(name: String) { self.name = name }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= longestName && !text.hasControlCharacter
  }

  func place(of id: String) -> Int? { places[Array(id.utf8)] }

  /// Adds a rule unless its id is taken; says whether it did.
  mutating func add(_ rule: Rule, line: Int) throws(Diagnostic) -> Bool {
    guard places[Array(rule.id.utf8)] == nil else { return false }
    guard rules.count < Self.mostRules else {
      throw Diagnostic(
        id: "config-too-many-rules", file: name, line: line,
        summary: "it makes more than \(Self.mostRules) rules, which no gateway's config does",
        nextStep: "Check that the configuration names the right file.")
    }
    places[Array(rule.id.utf8)] = rules.count
    rules.append(rule)
    return true
  }

  /// Changes the rule at a place, never its id.
  mutating func update(_ place: Int, _ body: (inout Rule) -> Void) { body(&rules[place]) }
}

extension Sequence where Element == String {
  /// Names that may stand in a rule, each once, in their order.
  func distinctNames() -> [String] {
    var seen = Set<[UInt8]>()
    return filter { RuleList.isName($0) && seen.insert(Array($0.utf8)).inserted }
  }
}

/// One line of words about a config. Cut at a stated length, since a text can multiply a long word by aliases.
struct WordLine {
  /// In bytes; what follows is dropped and the line ends with an ellipsis.
  static let longest = 16 << 10
  private(set) var text = ""
  private(set) var isFull = false

  mutating func append(_ words: String) {
    guard !isFull else { return }
    guard text.utf8.count + words.utf8.count <= Self.longest else {
      isFull = true
      text += "…"
      return
    }
    text += words
  }

  static func joined(_ parts: [String], by separator: String = ", ") -> String {
    var line = WordLine()
    for (index, part) in parts.enumerated() where !line.isFull {
      if index > 0 { line.append(separator) }
      line.append(part)
    }
    return line.text
  }
}

extension [Rule.Setting] {
  /// Adds a setting without its secrets, unless there is nothing to say.
  mutating func add(_ name: String, _ value: String?) {
    if let value, !value.isEmpty { append(Rule.Setting(name, WordLine.joined([SecretRedaction.redact(value)]))) }
  }
}
