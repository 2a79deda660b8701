internal import Foundation
internal import GRDB

/// Request ids that stand on more than one decision of a run.
extension RunEvidence {
  /// How many request ids stand on how many judged decisions each, for ids with more than one. Exact, but for two ids whose
  /// 64-bit digests are equal: less than one chance in three thousand at a hundred million decisions.
  package func requestRepeats() throws(StoreError) -> [(decisions: Int, ids: Int)] {
    try store.perform { database in
      var ids: [Int: Int] = [:]
      var seen = DigestSet()
      for bucket in 0..<256 {
        var digests: [UInt64] = []
        let cursor = try Data.fetchCursor(
          database,
          sql: "SELECT t.digests FROM request_digest AS t \(Self.joined) AND t.bucket = ?", arguments: [runID, bucket])
        while let block = try cursor.next() {
          block.withUnsafeBytes { digests.append(contentsOf: $0.bindMemory(to: UInt64.self)) }
        }
        var rest = seen.repeated(in: digests).sorted()[...]
        while let digest = rest.first {
          let again = rest.prefix { $0 == digest }.count
          ids[again + 1, default: 0] += 1
          rest = rest.dropFirst(again)
        }
      }
      return ids.sorted { $0.key < $1.key }.map { (decisions: $0.key, ids: $0.value) }
    }
  }

  /// Judged decisions beyond the first of their request id, counted as above.
  package func duplicateRequestIDs() throws(StoreError) -> Int {
    try requestRepeats().reduce(0) { $0 + ($1.decisions - 1) * $1.ids }
  }
}

/// Finds what repeats in lists of digests. They are spread evenly, so their own bits are all the hash they need.
private struct DigestSet {
  private var slots: [UInt64] = []

  /// Digests beyond the first of each kind.
  mutating func repeated(in digests: [UInt64]) -> [UInt64] {
    var size = 1024
    while size < digests.count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    var repeated: [UInt64] = []
    // 0 marks a free slot, so the digest 0 is looked for by itself.
    var hasZero = false
    for digest in digests {
      if digest == 0 {
        if hasZero { repeated.append(0) }
        hasZero = true
        continue
      }
      var slot = Int(truncatingIfNeeded: digest) & (size - 1)
      while slots[slot] != 0, slots[slot] != digest { slot = (slot + 1) & (size - 1) }
      if slots[slot] == digest { repeated.append(digest) }
      slots[slot] = digest
    }
    return repeated
  }
}
