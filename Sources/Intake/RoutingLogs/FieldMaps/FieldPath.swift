/// A way into a record, as a field map writes it: names of members or of a column, `[0]`, `[-1]`, and `*` for every
/// element or member. Described in `docs/formats/field-map.md`.
struct FieldPath: Sendable, Hashable {
  enum Step: Sendable, Hashable {
    case member(String)
    /// Counted from the end where negative.
    case element(Int)
    case any
  }

  /// What is wrong with a path, and at which byte of it.
  struct Problem: Error {
    var offset: Int
    var words: String
  }

  static let mostSteps = 32
  /// The largest index of an element.
  static let mostElements = 1024
  private static let secrets: Set<String> = [
    "api_key", "apikey", "api-key", "x-api-key", "access_token", "token", "authorization", "password", "secret",
    "client_secret", "private_key", "cookie", "set-cookie",
  ]

  /// Whether values of members of this name never leave a log.
  static func isSecret(_ name: String) -> Bool { secrets.contains(name.lowercased()) }

  let text: String
  let steps: [Step]

  init(_ text: String) throws(Problem) {
    self.text = text
    var reader = Reader(bytes: Array(text.utf8))
    steps = try reader.read()
    guard steps.count <= Self.mostSteps else {
      throw Problem(offset: 0, words: "it has more than \(Self.mostSteps) steps")
    }
    let names = steps.compactMap { if case .member(let name) = $0 { name } else { nil } }
    if let last = names.last, Self.isSecret(last) {
      throw Problem(offset: 0, words: "it leads to a secret, which no pack may hold")
    }
  }

  /// The first step's name: in a table the column.
  var column: String? { if case .member(let name) = steps[0] { name } else { nil } }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func read() throws(Problem) -> [Step] {
      var steps = [try name()]
      while index < bytes.count {
        switch bytes[index] {
        case 0x2E:
          index += 1
          steps.append(try name())
        case 0x5B:
          index += 1
          steps.append(try element())
        default:
          throw Problem(offset: index, words: "a step begins with . or [")
        }
      }
      return steps
    }

    /// A name, bare or in quotation marks, or `*`.
    private mutating func name() throws(Problem) -> Step {
      let start = index
      if index < bytes.count, bytes[index] == 0x22 {
        guard let end = bytes[(index + 1)...].firstIndex(of: 0x22) else {
          throw Problem(offset: start, words: "a quotation mark is not closed")
        }
        index = end + 1
        return .member(String(decoding: bytes[(start + 1)..<end], as: UTF8.self))
      }
      while index < bytes.count, ![0x2E, 0x5B, 0x5D, 0x22].contains(bytes[index]) { index += 1 }
      let name = String(decoding: bytes[start..<index], as: UTF8.self)
      if name.isEmpty { throw Problem(offset: start, words: "a name is missing") }
      return name == "*" ? .any : .member(name)
    }

    private mutating func element() throws(Problem) -> Step {
      let start = index
      guard let end = bytes[index...].firstIndex(of: 0x5D) else {
        throw Problem(offset: start, words: "a bracket is not closed")
      }
      index = end + 1
      let text = String(decoding: bytes[start..<end], as: UTF8.self)
      if text == "*" { return .any }
      guard let number = Int(text), number.magnitude <= mostElements else {
        throw Problem(offset: start, words: "an index is a whole number from -\(mostElements) to \(mostElements), or *")
      }
      return .element(number)
    }
  }
}

/// A text in which `*` stands for any text, also for none.
struct TextPattern: Sendable, Hashable {
  private let parts: [[UInt8]]

  init(_ text: String) {
    parts = text.utf8.split(separator: 0x2A, omittingEmptySubsequences: false).map { Array($0) }
  }

  func matches(_ text: BorrowedText) -> Bool {
    var rest = text.raw[...]
    guard parts.count > 1 else { return rest.elementsEqual(parts[0]) }
    let (first, last) = (parts[0], parts[parts.count - 1])
    guard rest.count >= first.count + last.count, rest.starts(with: first), rest.suffix(last.count).elementsEqual(last)
    else { return false }
    rest = rest.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      while rest.count >= part.count, !rest.starts(with: part) { rest = rest.dropFirst() }
      guard rest.count >= part.count else { return false }
      rest = rest.dropFirst(part.count)
    }
    return true
  }
}
