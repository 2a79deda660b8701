internal import EvidenceModel

/// The exact data against the totals.
extension PackVerifier {
  /// Tables that every pack has, with their columns.
  private static let tables: KeyValuePairs = [
    "data/tally.csv": 10, "data/exceptions.csv": 2, "data/exceptions-detail.csv": 27, "data/sample.csv": 3,
    "data/sample-attribute.csv": 24, "data/sample-boundary.csv": 29, "data/rejects.csv": 6,
  ]
  /// Tables that some packs have.
  private static let furtherTables: KeyValuePairs = ["data/commitments.csv": 3]
  private static let withHeader: Set<String> = [
    "data/exceptions-detail.csv", "data/sample-attribute.csv", "data/sample-boundary.csv", "data/rejects.csv",
    "data/commitments.csv",
  ]

  /// Adds the exact data up again and compares it with what the index states, the tables with each other, and the samples
  /// with what can be drawn again. Each table is read once.
  mutating func checkData() {
    guard let stated else { return }
    for (path, _) in Self.tables where listed[path] == nil {
      fault("pack-data-missing", path, "the manifest does not list this table, which every pack has")
    }
    var sums = TableSums()
    checkTally(stated, &sums)
    var draw = SampleDraw(seed: stated.seed, perStratum: stated.perStratum, attributeSize: samplePlan?.size)
    var rows: [String: Int] = [:]
    rows["data/sample.csv"] = eachRow("data/sample.csv") { draw.takeStratified($0) }
    rows["data/sample-attribute.csv"] = eachRow("data/sample-attribute.csv") { draw.takeAttribute($0) }
    rows["data/sample-boundary.csv"] = eachRow("data/sample-boundary.csv") { draw.takeBoundary($0) }
    checkExceptions(stated, &sums, &draw)
    rows["data/rejects.csv"] = eachRow("data/rejects.csv") { row in
      sums.add(1, to: "source", "malformed", row[0])
      return true
    }
    for (path, n) in stated.rows.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      if let rows = rows[path], rows != n {
        fault("pack-totals", path, "it has \(rows) rows, which is not what evidence/pack.xml states")
      }
    }
    // Below the internal level the tables hold pseudonyms, and nothing can be drawn by them.
    if level?.name == "internal" {
      for found in draw.faults() { fault("pack-sample-differs", found.path, found.summary) }
    }
    if valid.isEmpty { checkDrillDowns(sums) }
  }

  private mutating func checkTally(_ stated: PackStatement, _ sums: inout TableSums) {
    var classes: [String: Int] = [:]
    var (tokensIn, tokensOut, cost) = (0, 0, 0)
    let read = eachRow("data/tally.csv") { row in
      guard let n = PackCount.read(row[6]), let tokens = PackCount.readSigned(row[7]),
        let answered = PackCount.readSigned(row[8]), let micros = PackCount.readSigned(row[9])
      else { return false }
      let decisionClass = DecisionClass(name: row[5])
      let known = decisionClass?.name ?? ""
      classes[known] = PackCount.sum(classes[known] ?? 0, n)
      (tokensIn, tokensOut) = (PackCount.sum(tokensIn, tokens), PackCount.sum(tokensOut, answered))
      cost = PackCount.sum(cost, micros)
      sums.addTally(row, n, isException: decisionClass?.isException ?? true)
      return true
    }
    guard read != nil else { return }
    let path = "data/tally.csv"
    if classes != stated.classes {
      fault("pack-totals", path, "its sums by class are not the ones that evidence/pack.xml states")
    }
    if classes.values.reduce(0, PackCount.sum) != PackCount.sum(stated.judged, stated.malformed) {
      fault("pack-totals", path, "it does not add up to the decisions judged and the lines malformed")
    }
    for (name, sum) in [("tokens-in", tokensIn), ("tokens-out", tokensOut), ("cost-micros", cost)]
    where stated.sums[name] != sum {
      fault("pack-totals", path, "its sum of \(name) is \(sum), which is not what evidence/pack.xml states")
    }
  }

  /// Both tables of exceptions hold the same ones, and as many of each class as the index says.
  private mutating func checkExceptions(_ stated: PackStatement, _ sums: inout TableSums, _ draw: inout SampleDraw) {
    let expected = stated.classes.filter { DecisionClass(name: $0.key)?.isException ?? true }
    var sets: [String: RowSet] = [:]
    for (path, id, column) in [("data/exceptions.csv", 0, 1), ("data/exceptions-detail.csv", 1, 2)] {
      var classes: [String: Int] = [:]
      var set = RowSet()
      let isDetail = column == 2
      let rows = eachRow(path) { row in
        let decisionClass = DecisionClass(name: row[column])?.name ?? ""
        classes[decisionClass, default: 0] += 1
        // The detail shows U+0000 by its picture.
        let shown =
          row.bytes(id).contains(0) ? ArraySlice(row[id].replacing("\0", with: "\u{2400}").utf8) : row.bytes(id)
        set.add(shown, row.bytes(column))
        if isDetail {
          sums.add(1, to: "source", "exceptions", row[22])
          draw.takeException(row)
        }
        return true
      }
      guard rows != nil else { continue }
      sets[path] = set
      if classes != expected {
        fault("pack-totals", path, "its rows by class are not the ones that evidence/pack.xml states")
      }
    }
    if let one = sets["data/exceptions.csv"], let other = sets["data/exceptions-detail.csv"], one != other {
      fault("pack-totals", "data/exceptions.csv", "its rows are not those of data/exceptions-detail.csv")
    }
    if expected.values.reduce(0, PackCount.sum) != stated.exceptions {
      fault("pack-totals", "evidence/pack.xml", "its exceptions are not the sum of its classes")
    }
  }

  /// Reads a data file row by row, its header aside. Rows with another number of fields or that `body` refuses, and a
  /// count that is not the manifest's, are faults.
  ///
  /// - Returns: how many rows there are; nil when the file is not there.
  mutating func eachRow(_ path: String, _ body: (CSVRow) -> Bool) -> Int? {
    guard let entry = listed[path], let size = files.sizes[path] else { return nil }
    let columns = (Self.tables.first { $0.key == path } ?? Self.furtherTables.first { $0.key == path })?.value
    var reader = CSVRows()
    var (rows, bad) = (Self.withHeader.contains(path) ? -1 : 0, 0)
    // A file of another size has its fault, and may have no end.
    let limit = min(Self.largestFile, max(entry.bytes, min(size, Self.largestDocument)))
    let reading = files.read(path, limit: limit) { piece in
      guard !reader.isEndless else { return }
      reader.take(piece) { row in
        rows += 1
        guard rows > 0 else { return }
        if row.count != columns || !body(row) { bad += 1 }
      }
    }
    guard reading != nil else { return nil }
    if bad > 0 || reader.isOpen {
      fault("pack-data-row", path, "\(bad) rows are not of its form, or the last row is cut off or endless")
    }
    if let stated = entry.rows, stated != max(0, rows) {
      fault("pack-data-rows", path, "it has \(max(0, rows)) rows, the manifest states \(stated)")
    }
    return max(0, rows)
  }
}
