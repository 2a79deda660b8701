internal import EvidenceModel

/// In each stratum the k records with the smallest digests (SEMANTICS §7). Bottom-k sets merge.
struct Sampler {
  private let size: Int
  private var strata = KeyTable()
  private var entries: [[SampleRow]] = []

  init(size: Int) { self.size = size }

  /// Offers a record; `makeDecision` is asked only when it enters.
  @inline(__always)
  mutating func offer(rule: Int, class decisionClass: DecisionClass, digest: Digest, makeDecision: () -> JudgedDecision)
  {
    let stratum = strata.index(UInt64(rule), UInt64(decisionClass.rawValue))
    if stratum.isNew { entries.append([]) }
    if let largest = entries[stratum.index].last, entries[stratum.index].count == size, digest > largest.digest {
      return
    }
    insert(stratum.index, digest, makeDecision)
  }

  private mutating func insert(_ stratum: Int, _ digest: Digest, _ makeDecision: () -> JudgedDecision) {
    guard size > 0 else { return }
    let place = entries[stratum].firstIndex { digest <= $0.digest } ?? entries[stratum].count
    // Equal digests: the first one seen is kept.
    if place < entries[stratum].count, entries[stratum][place].digest == digest { return }
    entries[stratum].insert(SampleRow(digest: digest, decision: makeDecision()), at: place)
    if entries[stratum].count > size { entries[stratum].removeLast() }
  }

  var rows: [SampleRow] { entries.flatMap { $0 } }
}
