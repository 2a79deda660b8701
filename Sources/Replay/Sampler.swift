internal import EvidenceModel

/// In each stratum the k records with the smallest digests (SEMANTICS §7). Bottom-k sets merge.
struct Sampler: ~Copyable {
  private struct Stratum: BitwiseCopyable {
    /// First word of the largest digest that is kept; a greater one cannot enter. All may while there is room.
    var limit: UInt64
    var index: Int32
  }

  private let size: Int
  private var strata = KeyedSums<Stratum>(zero: Stratum(limit: .max, index: -1))
  private var entries: [[SampleRow]] = []

  init(size: Int) { self.size = size }

  /// Offers a record; `makeRow` is asked only when it may enter.
  @inline(__always)
  mutating func offer(
    rule: Int, class decisionClass: DecisionClass, digest: Digest, makeRow: () -> SampleRow
  ) {
    let stratum = strata.entry(UInt64(rule), UInt64(decisionClass.rawValue))
    if digest.words.0 <= stratum.pointee.sum.limit { insert(stratum, digest, makeRow) }
  }

  private mutating func insert(
    _ stratum: UnsafeMutablePointer<KeyedSums<Stratum>.Entry>, _ digest: Digest, _ makeRow: () -> SampleRow
  ) {
    guard size > 0 else { return }
    if stratum.pointee.sum.index < 0 {
      stratum.pointee.sum.index = Int32(entries.count)
      entries.append([])
    }
    let index = Int(stratum.pointee.sum.index)
    let place = entries[index].firstIndex { digest <= $0.digest } ?? entries[index].count
    if place == size { return }
    let row = makeRow()
    if place < entries[index].count, entries[index][place].digest == digest {
      // Two records of one id: the earlier one is kept, whoever saw it first.
      if row.decision.position.byteOffset < entries[index][place].decision.position.byteOffset {
        entries[index][place] = row
      }
      return
    }
    entries[index].insert(row, at: place)
    if entries[index].count > size { entries[index].removeLast() }
    if entries[index].count == size { stratum.pointee.sum.limit = entries[index][size - 1].digest.words.0 }
  }

  var rows: [SampleRow] { entries.flatMap { $0 } }
}
