internal import EvidenceModel

/// The samples, drawn again as far as a pack allows: its tables hold every exception, but of the other decisions only those drawn.
///
/// So samples of exceptions come out whole. Of all others each draw is made again, the order is held, and no exception that had to be
/// drawn is missing.
struct SampleDraw {
  struct Fault {
    var path, summary: String
  }

  private struct Stratum: Hashable {
    var rule: [UInt8]
    var name: String
  }

  private let seed: [UInt8]
  private let perStratum: Int
  private let attributeSize: Int?
  /// False where the seed may be shown otherwise than it was used.
  private let canDraw: Bool
  private var stratified: [Stratum: Set<[UInt8]>] = [:]
  private var drawn: [Stratum: [(digest: Digest, id: [UInt8])]] = [:]
  /// Strata of which not every draw can be made again.
  private var undrawable: Set<Stratum> = []
  private var isCut = false
  private var attribute: [Digest: (place: [UInt8], name: String)] = [:]
  private var lastDraw: Digest?
  private var items = 0
  private var attributeFaults = 0
  private var boundaryFaults = 0
  private var missing = 0
  private var contradicted = 0

  private static let mostStrata = 500_000
  private static let attributePath = "data/sample-attribute.csv"
  /// The most that can be configured.
  private static let mostItems = 10_000

  /// - Parameter attributeSize: how many rows were asked for; nil where that is not known.
  init(seed: String, perStratum: Int, attributeSize: Int?) {
    self.attributeSize = attributeSize
    self.seed = Array((seed + ":").utf8)
    self.perStratum = perStratum
    canDraw = PlainText.holds(seed)
  }

  private func draw(_ id: ArraySlice<UInt8>) -> Digest {
    var hasher = Hasher256()
    seed.withUnsafeBytes { hasher.update($0) }
    id.withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }

  /// False where a digest is not the draw of a request id, as far as that can be told.
  private func isDraw(_ digest: Digest, of id: ArraySlice<UInt8>) -> Bool {
    !canDraw || !Self.isAsLogged(id) || digest == draw(id)
  }

  /// Whether a request id stands in tables as it stood in the log, and was drawn by: not where it held a secret, which is
  /// taken out, or U+0000, which is shown by its picture.
  private static func isAsLogged(_ id: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: id, as: UTF8.self)
    return !text.hasPrefix("sha256:") && !text.contains("[redacted]") && !text.unicodeScalars.contains("\u{2400}")
  }

  /// A row of `data/sample.csv`.
  mutating func takeStratified(_ row: CSVRow) -> Bool {
    guard let decisionClass = DecisionClass(name: row[1]), !row.bytes(0).isEmpty else { return false }
    let stratum = Stratum(rule: Array(row.bytes(0)), name: decisionClass.name)
    guard stratified[stratum] != nil || stratified.count < Self.mostStrata else { return false }
    return stratified[stratum, default: []].insert(Array(row.bytes(2))).inserted
  }

  /// A row of `data/sample-attribute.csv`, in the order of their draws.
  mutating func takeAttribute(_ row: CSVRow) -> Bool {
    items += 1
    guard items <= Self.mostItems, let digest = Digest(hexadecimal: row[1]), DecisionClass(name: row[5]) != nil else {
      return false
    }
    let isInOrder = lastDraw.map { $0 < digest } ?? true
    if PackCount.read(row[0]) != items || !isInOrder || !isDraw(digest, of: row.bytes(3)) {
      attributeFaults += 1
    }
    lastDraw = digest
    attribute[digest] = (Self.place(row.bytes(2), row.bytes(21)), row[5])
    return true
  }

  /// A row of `data/sample-boundary.csv`.
  mutating func takeBoundary(_ row: CSVRow) -> Bool {
    guard let digest = Digest(hexadecimal: row[6]), DecisionClass(name: row[10]) != nil else { return false }
    if !isDraw(digest, of: row.bytes(8)) { boundaryFaults += 1 }
    return true
  }

  private static func place(_ source: ArraySlice<UInt8>, _ offset: ArraySlice<UInt8>) -> [UInt8] {
    source + [0x0A] + offset
  }

  /// A row of `data/exceptions-detail.csv`, once the samples were taken.
  mutating func takeException(_ row: CSVRow) {
    guard canDraw else { return }
    let rule = Array(row.bytes(3))
    guard Self.isAsLogged(row.bytes(1)) else {
      guard undrawable.count < Self.mostStrata else { return isCut = true }
      undrawable.insert(Stratum(rule: rule, name: row[2]))
      return
    }
    let digest = draw(row.bytes(1))
    // Of fewer rows than were asked for none was left out.
    let isDrawn = lastDraw.map { digest <= $0 } ?? false || attributeSize.map { items < $0 } ?? false
    if isDrawn {
      if let item = attribute[digest] {
        if item.place == Self.place(row.bytes(22), row.bytes(24)), item.name != row[2] { contradicted += 1 }
      } else {
        missing += 1
      }
    }
    guard rule != [0x2D], perStratum > 0 else { return }
    insert(digest, Array(row.bytes(1)), Stratum(rule: rule, name: row[2]))
  }

  private mutating func insert(_ digest: Digest, _ id: [UInt8], _ stratum: Stratum) {
    guard drawn[stratum] != nil || drawn.count < Self.mostStrata else { return isCut = true }
    var own = drawn.removeValue(forKey: stratum) ?? []
    let place = own.firstIndex { digest <= $0.digest } ?? own.count
    if place < perStratum, place == own.count || own[place].digest != digest {
      own.insert((digest, id), at: place)
      if own.count > perStratum { own.removeLast() }
    }
    drawn[stratum] = own
  }

  /// What is amiss, once every table was taken.
  func faults() -> [Fault] {
    var faults: [Fault] = []
    func add(_ path: String, _ n: Int, _ words: String) {
      if n > 0 { faults.append(Fault(path: path, summary: "\(n) \(words)")) }
    }
    add(Self.attributePath, attributeFaults, "rows are out of order, or their draw is not that of their request id")
    add(Self.attributePath, missing, "exceptions are not in it that had to be drawn")
    add(Self.attributePath, contradicted, "rows have another class than data/exceptions-detail.csv gives the same line")
    add("data/sample-boundary.csv", boundaryFaults, "rows have a draw that is not that of their request id")
    guard canDraw, !isCut else { return faults }
    let mine = Set(drawn.keys)
    let theirs = Set(stratified.keys.filter { DecisionClass(name: $0.name)?.isException == true })
    let others = mine.union(theirs).subtracting(undrawable).filter { stratum in
      stratified[stratum] ?? [] != Set((drawn[stratum] ?? []).map(\.id))
    }
    add("data/sample.csv", others.count, "samples of a rule and a class are not the ones that the exceptions give")
    add(
      "data/sample.csv", stratified.values.count { $0.count > perStratum },
      "samples of a rule and a class are too large")
    return faults
  }
}
