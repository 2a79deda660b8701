internal import EvidenceModel

/// Finds the versions that a register means: by a version's id, by a ticket, or by the first letters of an id, at least
/// seven, where they fit one version alone.
struct VersionNames {
  private var byID: [[UInt8]: Int] = [:]
  private var byTicket: [[UInt8]: [Int]] = [:]
  /// Ids in the order of their bytes.
  private let sorted: [(id: [UInt8], index: Int)]

  init(_ versions: [PolicyVersion]) {
    sorted = versions.enumerated().map { (Array($0.element.id.utf8), $0.offset) }
      .sorted { $0.id.lexicographicallyPrecedes($1.id) }
    for (id, index) in sorted where byID[id] == nil { byID[id] = index }
    for (index, version) in versions.enumerated() {
      if let ticket = version.ticket, !ticket.isEmpty { byTicket[Array(ticket.utf8), default: []].append(index) }
    }
  }

  /// Indexes of the versions; none where the name fits nothing, or several ids begin with it.
  func versions(named name: String) -> [Int] {
    let letters = Array(name.utf8)
    if let index = byID[letters] { return [index] }
    if let indexes = byTicket[letters] { return indexes }
    guard letters.count >= 7 else { return [] }
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].id.lexicographicallyPrecedes(letters) { low = middle + 1 } else { high = middle }
    }
    guard low < sorted.count, sorted[low].id.starts(with: letters) else { return [] }
    let isAlone = low + 1 == sorted.count || !sorted[low + 1].id.starts(with: letters)
    return isAlone ? [sorted[low].index] : []
  }
}

/// The change register, by the versions that its entries are about.
struct ChangeRecords {
  private var byVersion: [Int: [ChangeRecord]] = [:]

  /// Nil where no such register was given.
  init?(_ facts: AssessmentFacts) {
    guard let records = facts.records.registers.changes else { return nil }
    let names = VersionNames(facts.records.history.versions)
    for record in records {
      for index in names.versions(named: record.version) { byVersion[index, default: []].append(record) }
    }
  }

  func records(of version: Int) -> [ChangeRecord] { byVersion[version] ?? [] }
}
