/// How often each entry of the table was applied. It holds no value.
struct RedactionLedger {
  struct Sums {
    var replaced = 0
    var hidden = 0
    var sentences = 0
    var total: Int { replaced + hidden + sentences }
  }

  struct Field: Hashable {
    var element, field, action: String
  }

  private(set) var fields: [Field: Int] = [:]
  private(set) var documents: [String: (documents: Int, sums: Sums)] = [:]
  private(set) var sums = Sums()
  /// What was left out, as a word of the strings.
  var left: [(what: String, n: Int)] = []

  mutating func begin(_ kind: String) { documents[kind, default: (0, Sums())].documents += 1 }

  /// - Parameter kind: of the document, or the path of the table.
  mutating func note(
    _ element: String, _ field: String, _ action: DisclosureTable.Action, in kind: String, _ n: Int = 1
  ) {
    fields[Field(element: element, field: field, action: action.text), default: 0] += n
    let path: WritableKeyPath<Sums, Int>
    switch action {
    case .hide: path = \.hidden
    case .sentence: path = \.sentences
    default: path = \.replaced
    }
    sums[keyPath: path] += n
    documents[kind, default: (0, Sums())].sums[keyPath: path] += n
  }
}
