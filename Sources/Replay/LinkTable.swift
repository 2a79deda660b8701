internal import EvidenceModel

/// Which names stood in one decision, pair by pair: what each data class, agent, tool and credential reached.
struct LinkTable: ~Copyable {
  struct Sums: BitwiseCopyable {
    var n = 0
    var first = Int64.max
    var last = Int64.min
  }

  private var sums = KeyedSums(zero: Sums(), capacity: 1024)

  var count: Int { sums.count }

  /// - Parameter tools: each once.
  mutating func add(_ judgement: Judgement, _ outcome: Outcome, tools: UnsafeBufferPointer<Int>, at: Int64) {
    let tried = judgement.triedModel == judgement.servedModel ? 0 : judgement.triedModel
    let isReached = outcome != .blocked && (judgement.servedModel != 0 || judgement.triedModel != 0)
    let provider = isReached ? judgement.provider : 0
    let jurisdiction = isReached ? judgement.jurisdiction : 0
    func addRoute(_ table: inout LinkTable, _ side: LinkRow.Side, _ name: Int) {
      guard name != 0 else { return }
      table.add(side, name, .requestedModel, judgement.requestedModel, at)
      table.add(side, name, .reachedModel, judgement.servedModel, at)
      table.add(side, name, .reachedModel, tried, at)
      table.add(side, name, .rule, judgement.rule, at)
      table.add(side, name, .provider, provider, at)
      table.add(side, name, .jurisdiction, jurisdiction, at)
    }
    addRoute(&self, .dataClass, judgement.dataClass)
    addRoute(&self, .agent, judgement.agent)
    for tool in tools { addRoute(&self, .tool, tool) }
    add(.requestedModel, judgement.requestedModel, .rule, judgement.rule, at)
    guard judgement.credential != 0 else { return }
    add(.credential, judgement.credential, .agent, judgement.agent, at)
    add(.credential, judgement.credential, .reachedModel, judgement.servedModel, at)
    add(.credential, judgement.credential, .reachedModel, tried, at)
    add(.credential, judgement.credential, .deployment, judgement.deployment, at)
  }

  /// An empty name makes no link.
  @inline(__always)
  private mutating func add(_ side: LinkRow.Side, _ name: Int, _ otherSide: LinkRow.Side, _ other: Int, _ at: Int64) {
    guard name != 0, other != 0 else { return }
    let entry = sums.entry(Self.key(side, otherSide) | UInt64(name), UInt64(other))
    entry.pointee.sum.n &+= 1
    if at < entry.pointee.sum.first { entry.pointee.sum.first = at }
    if at > entry.pointee.sum.last { entry.pointee.sum.last = at }
  }

  /// Adds another table, whose names have these integers here.
  mutating func add(_ other: borrowing LinkTable, names: [Int]) {
    for entry in other.sums.all {
      let sides = entry.first & ~UInt64(UInt32.max)
      let mine = sums.entry(
        sides | UInt64(names[Int(entry.first & UInt64(UInt32.max))]), UInt64(names[Int(entry.second)]))
      mine.pointee.sum.n += entry.sum.n
      mine.pointee.sum.first = min(mine.pointee.sum.first, entry.sum.first)
      mine.pointee.sum.last = max(mine.pointee.sum.last, entry.sum.last)
    }
  }

  func rows(_ names: NameTable) -> [LinkRow] {
    sums.all.map { entry in
      LinkRow(
        side: LinkRow.Side.allCases[Int(entry.first >> 40)],
        name: names.name(Int(entry.first & UInt64(UInt32.max))),
        otherSide: LinkRow.Side.allCases[Int(entry.first >> 32 & 0xFF)], other: names.name(Int(entry.second)),
        n: entry.sum.n, first: Instant(microseconds: entry.sum.first), last: Instant(microseconds: entry.sum.last))
    }
  }

  @inline(__always)
  private static func key(_ side: LinkRow.Side, _ other: LinkRow.Side) -> UInt64 {
    side.code &<< 40 | other.code &<< 32
  }
}

extension LinkRow.Side {
  /// Its place among all sides.
  @inline(__always)
  fileprivate var code: UInt64 {
    switch self {
    case .agent: 0
    case .tool: 1
    case .credential: 2
    case .rule: 3
    case .provider: 4
    case .jurisdiction: 5
    case .deployment: 6
    case .dataClass: 7
    case .requestedModel: 8
    case .reachedModel: 9
    }
  }
}
