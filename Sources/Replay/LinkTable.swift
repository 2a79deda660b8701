internal import EvidenceModel

/// Which names stood in one decision, pair by pair: what each data class, agent, tool and credential reached.
struct LinkTable: ~Copyable {
  struct Sums: BitwiseCopyable {
    var n = 0
    var first = Int64.max
    var last = Int64.min
  }

  /// A table of its own for each side, so that a busy one does not push the small ones out of the processor's cache.
  private var dataClasses = SideTable(.dataClass)
  private var agents = SideTable(.agent)
  private var tools = SideTable(.tool)
  private var requestedModels = SideTable(.requestedModel)
  private var credentials = SideTable(.credential)

  var count: Int { dataClasses.count + agents.count + tools.count + requestedModels.count + credentials.count }

  /// - Parameter used: tools, each once.
  mutating func add(_ judgement: Judgement, _ outcome: Outcome, tools used: UnsafeBufferPointer<Int>, at: Int64) {
    let tried = judgement.triedModel == judgement.servedModel ? 0 : judgement.triedModel
    let isReached = outcome != .blocked && (judgement.servedModel != 0 || judgement.triedModel != 0)
    let provider = isReached ? judgement.provider : 0
    let jurisdiction = isReached ? judgement.jurisdiction : 0
    func addRoute(_ table: inout SideTable, _ name: Int) {
      guard name != 0 else { return }
      table.add(name, .requestedModel, judgement.requestedModel, at)
      table.add(name, .reachedModel, judgement.servedModel, at)
      table.add(name, .reachedModel, tried, at)
      table.add(name, .rule, judgement.rule, at)
      table.add(name, .provider, provider, at)
      table.add(name, .jurisdiction, jurisdiction, at)
    }
    addRoute(&dataClasses, judgement.dataClass)
    addRoute(&agents, judgement.agent)
    for tool in used { addRoute(&tools, tool) }
    if judgement.requestedModel != 0 { requestedModels.add(judgement.requestedModel, .rule, judgement.rule, at) }
    guard judgement.credential != 0 else { return }
    credentials.add(judgement.credential, .agent, judgement.agent, at)
    credentials.add(judgement.credential, .reachedModel, judgement.servedModel, at)
    credentials.add(judgement.credential, .reachedModel, tried, at)
    credentials.add(judgement.credential, .deployment, judgement.deployment, at)
  }

  /// Adds another table, whose names have these integers here.
  mutating func add(_ other: borrowing LinkTable, names: [Int]) {
    dataClasses.add(other.dataClasses, names: names)
    agents.add(other.agents, names: names)
    tools.add(other.tools, names: names)
    requestedModels.add(other.requestedModels, names: names)
    credentials.add(other.credentials, names: names)
  }

  func rows(_ names: NameTable) -> [LinkRow] {
    dataClasses.rows(names) + agents.rows(names) + tools.rows(names) + requestedModels.rows(names)
      + credentials.rows(names)
  }
}

/// The links of one side.
private struct SideTable: ~Copyable {
  private let side: LinkRow.Side
  private var sums = KeyedSums(zero: LinkTable.Sums(), capacity: 256)

  init(_ side: LinkRow.Side) { self.side = side }

  var count: Int { sums.count }

  /// An empty name makes no link.
  @inline(__always)
  mutating func add(_ name: Int, _ otherSide: LinkRow.Side, _ other: Int, _ at: Int64) {
    guard other != 0 else { return }
    let entry = sums.entry(otherSide.code &<< 32 | UInt64(name), UInt64(other))
    entry.pointee.sum.n &+= 1
    if at < entry.pointee.sum.first { entry.pointee.sum.first = at }
    if at > entry.pointee.sum.last { entry.pointee.sum.last = at }
  }

  mutating func add(_ table: borrowing SideTable, names: [Int]) {
    for entry in table.sums.all {
      let otherSide = entry.first & ~UInt64(UInt32.max)
      let mine = sums.entry(
        otherSide | UInt64(names[Int(entry.first & UInt64(UInt32.max))]), UInt64(names[Int(entry.second)]))
      mine.pointee.sum.n += entry.sum.n
      mine.pointee.sum.first = min(mine.pointee.sum.first, entry.sum.first)
      mine.pointee.sum.last = max(mine.pointee.sum.last, entry.sum.last)
    }
  }

  func rows(_ names: NameTable) -> [LinkRow] {
    sums.all.map { entry in
      LinkRow(
        side: side, name: names.name(Int(entry.first & UInt64(UInt32.max))),
        otherSide: LinkRow.Side.allCases[Int(entry.first >> 32)], other: names.name(Int(entry.second)),
        n: entry.sum.n, first: Instant(microseconds: entry.sum.first), last: Instant(microseconds: entry.sum.last))
    }
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
