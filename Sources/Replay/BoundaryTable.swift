internal import EvidenceModel
internal import Intake

/// For each rule and stretch of time in which neither version nor owner changed: the earliest and the latest decision.
/// So what was decided last before a change, and first after it, is known without keeping every decision.
///
/// While a chunk is judged only places are noted. At its end the few records that are still first or last are kept, to be
/// judged again when the part ends.
struct BoundaryTable: ~Copyable {
  /// Where a decision stands.
  struct Place: BitwiseCopyable {
    var at: Int64
    var byteOffset: Int
    /// Counted from the beginning of its chunk.
    var line: Int
    var bytes: Int
    var chunk: Int
    /// Of a gathered decision: which of its chunk.
    var index: Int

    @inline(__always)
    func precedes(_ other: Place) -> Bool { at == other.at ? byteOffset < other.byteOffset : at < other.at }

    var position: SourcePosition { SourcePosition(line: line, byteOffset: byteOffset, bytes: bytes) }
  }

  /// A record that outlives its chunk.
  enum Record {
    /// With what a reader wants readable behind it.
    case bytes([UInt8])
    case gathered(GatheredDecision)
  }

  private struct Ends: BitwiseCopyable {
    var first, last: Place
    /// Number of its first record among all that are kept; the last one follows. -1 while nothing is kept.
    var slot: Int
    /// The chunk in which an end changed last.
    var changed: Int
  }

  private static let nowhere = Place(at: 0, byteOffset: 0, line: 0, bytes: 0, chunk: -1, index: 0)
  private var ends = KeyedSums(zero: Ends(first: nowhere, last: nowhere, slot: -1, changed: -1))
  /// Keys of what changed in the chunk at hand.
  private var changed: [(rule: UInt64, since: UInt64)] = []
  private var records: [Record?] = []
  private(set) var keptBytes = 0

  var count: Int { ends.count }

  @inline(__always)
  mutating func add(rule: Int, since: Int64, _ place: Place) {
    let entry = ends.entry(UInt64(rule), UInt64(bitPattern: since))
    if entry.pointee.sum.first.chunk < 0 {
      entry.pointee.sum.first = place
      entry.pointee.sum.last = place
    } else if !place.precedes(entry.pointee.sum.last) {
      entry.pointee.sum.last = place
    } else if place.precedes(entry.pointee.sum.first) {
      entry.pointee.sum.first = place
    } else {
      return
    }
    guard entry.pointee.sum.changed != place.chunk else { return }
    entry.pointee.sum.changed = place.chunk
    changed.append((UInt64(rule), UInt64(bitPattern: since)))
  }

  /// The chunk ends: keeps the records that its memory holds no longer.
  mutating func keep(chunk: Int, _ record: (Place) -> Record) {
    for key in changed {
      let entry = ends.entry(key.rule, key.since)
      if entry.pointee.sum.slot < 0 {
        entry.pointee.sum.slot = records.count
        records.append(nil)
        records.append(nil)
      }
      let sum = entry.pointee.sum
      if sum.first.chunk == chunk { put(record(sum.first), at: sum.slot) }
      if sum.last.chunk == chunk { put(record(sum.last), at: sum.slot + 1) }
    }
    changed.removeAll(keepingCapacity: true)
  }

  private mutating func put(_ record: Record?, at slot: Int) {
    keptBytes += (record?.byteCount ?? 0) - (records[slot]?.byteCount ?? 0)
    records[slot] = record
  }

  /// Adds another table of the same plan, between chunks.
  mutating func add(_ other: borrowing BoundaryTable) {
    for entry in other.ends.all {
      let own = ends.entry(entry.first, entry.second)
      if own.pointee.sum.slot < 0 {
        own.pointee.sum = entry.sum
        own.pointee.sum.slot = records.count
        records.append(nil)
        records.append(nil)
        put(other.records[entry.sum.slot], at: own.pointee.sum.slot)
        put(other.records[entry.sum.slot + 1], at: own.pointee.sum.slot + 1)
        continue
      }
      let slot = own.pointee.sum.slot
      if entry.sum.first.precedes(own.pointee.sum.first) {
        own.pointee.sum.first = entry.sum.first
        put(other.records[entry.sum.slot], at: slot)
      }
      if own.pointee.sum.last.precedes(entry.sum.last) {
        own.pointee.sum.last = entry.sum.last
        put(other.records[entry.sum.slot + 1], at: slot + 1)
      }
    }
  }

  /// Every first and last record, one that is both once.
  func forEach(_ body: (_ since: Int64, _ place: Place, _ record: Record) -> Void) {
    for entry in ends.all where entry.sum.slot >= 0 {
      let since = Int64(bitPattern: entry.second)
      if let record = records[entry.sum.slot] { body(since, entry.sum.first, record) }
      if entry.sum.last.byteOffset != entry.sum.first.byteOffset, let record = records[entry.sum.slot + 1] {
        body(since, entry.sum.last, record)
      }
    }
  }
}

extension BoundaryTable.Record {
  /// What it takes of memory, roughly.
  fileprivate var byteCount: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .gathered(let decision): 512 + decision.requestID.utf8.count
    }
  }
}
