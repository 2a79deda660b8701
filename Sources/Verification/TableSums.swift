internal import EvidenceModel

/// What tables come to for each rule, version, owner and source, where documents show the name as the tables hold it.
struct TableSums {
  private struct Key: Hashable {
    var kind, figure, id: String
  }

  private var sums: [Key: Int] = [:]
  /// Whether there were more names than are kept.
  private(set) var isCut = false
  private static let most = 2_000_000

  /// Of which kind which figure is added up from which table.
  static let comparisons: [(kind: String, figure: String, table: String)] = [
    ("rule", "decisions", "data/tally.csv"), ("rule", "exceptions", "data/tally.csv"),
    ("version", "decisions", "data/tally.csv"), ("version", "exceptions", "data/tally.csv"),
    ("owner", "decisions", "data/tally.csv"), ("owner", "exceptions", "data/tally.csv"),
    ("source", "exceptions", "data/exceptions-detail.csv"), ("source", "malformed", "data/rejects.csv"),
  ]

  subscript(kind: String, figure: String, id: String) -> Int { sums[Key(kind: kind, figure: figure, id: id)] ?? 0 }

  mutating func add(_ n: Int, to kind: String, _ figure: String, _ id: String) {
    guard PlainText.holds(id) else { return }
    let key = Key(kind: kind, figure: figure, id: id)
    guard sums[key] != nil || sums.count < Self.most else { return isCut = true }
    sums[key] = PackCount.sum(sums[key] ?? 0, n)
  }

  /// A row of `data/tally.csv`.
  mutating func addTally(_ row: CSVRow, _ n: Int, isException: Bool) {
    for (kind, column) in [("rule", 1), ("version", 2), ("owner", 3)] {
      add(n, to: kind, "decisions", row[column])
      if isException { add(n, to: kind, "exceptions", row[column]) }
    }
  }
}

/// Rows without their order: two tables that hold the same rows, each as often, have the same sum of digests.
struct RowSet: Equatable {
  private var words: [UInt64] = [0, 0, 0, 0]

  mutating func add(_ fields: ArraySlice<UInt8>...) {
    var hasher = Hasher256()
    for field in fields {
      // The length stands first, so that no two rows read the same.
      withUnsafeBytes(of: field.count) { hasher.update($0) }
      field.withUnsafeBytes { hasher.update($0) }
    }
    let digest = hasher.finish().words
    words[0] &+= digest.0
    words[1] &+= digest.1
    words[2] &+= digest.2
    words[3] &+= digest.3
  }
}
