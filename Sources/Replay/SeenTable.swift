internal import EvidenceModel

/// What was seen under each name as what: in a flat table for the first names, which are nearly all, and in a sparse one
/// for the rest, of which a hostile log may hold millions.
struct SeenTable: ~Copyable {
  struct Row: BitwiseCopyable {
    var n = 0
    var unlisted = 0
    var retired = 0
    var switchedOff = 0
    var first = Int64.max
    var last = Int64.min
  }

  private static let kinds = SeenRow.Kind.allCases.count
  private static let flatNames = 4096

  /// A name's rows for all kinds stand together.
  private let flat: UnsafeMutablePointer<Row>
  private var sparse = KeyedSums(zero: Row())

  init() {
    flat = .allocate(capacity: Self.flatNames * Self.kinds)
    flat.initialize(repeating: Row(), count: Self.flatNames * Self.kinds)
  }

  deinit { flat.deallocate() }

  var sparseCount: Int { sparse.count }

  @inline(__always)
  private mutating func change(_ kind: SeenRow.Kind, _ name: Int, _ body: (inout Row) -> Void) {
    if name < Self.flatNames {
      body(&flat[name &* Self.kinds &+ kind.code])
    } else {
      body(&sparse.entry(UInt64(kind.code), UInt64(name)).pointee.sum)
    }
  }

  @inline(__always)
  mutating func add(_ kind: SeenRow.Kind, _ name: Int, _ standing: Standing, _ at: Int64) {
    change(kind, name) { row in
      row.n &+= 1
      if standing.contains(.unlisted) { row.unlisted &+= 1 }
      if standing.contains(.retired) { row.retired &+= 1 }
      if standing.contains(.switchedOff) { row.switchedOff &+= 1 }
      if at < row.first { row.first = at }
      if at > row.last { row.last = at }
    }
  }

  mutating func add(_ kind: SeenRow.Kind, _ name: Int, _ other: Row) {
    change(kind, name) { row in
      row.n += other.n
      row.unlisted += other.unlisted
      row.retired += other.retired
      row.switchedOff += other.switchedOff
      row.first = min(row.first, other.first)
      row.last = max(row.last, other.last)
    }
  }

  func forEach(_ body: (SeenRow.Kind, Int, Row) -> Void) {
    for name in 0..<Self.flatNames {
      for kind in SeenRow.Kind.allCases {
        let row = flat[name * Self.kinds + kind.code]
        if row.n > 0 { body(kind, name, row) }
      }
    }
    for entry in sparse.all { body(SeenRow.Kind.allCases[Int(entry.first)], Int(entry.second), entry.sum) }
  }
}

extension SeenRow.Kind {
  /// Its place among all kinds.
  fileprivate var code: Int {
    switch self {
    case .model: 0
    case .deployment: 1
    case .agent: 2
    case .tool: 3
    case .provider: 4
    case .credential: 5
    case .dataClass: 6
    }
  }
}
