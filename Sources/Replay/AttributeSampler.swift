internal import EvidenceModel

/// The records with the smallest digests of all, each digest once. Bottom-n sets merge.
struct AttributeSampler: ~Copyable {
  private let size: Int
  /// Rows are put in order when there are so many, and not one by one.
  private let room: Int
  private var candidates: [SampleRow] = []
  /// First word of the largest digest that is sure to be kept; a greater one cannot enter. All may while there is room.
  private(set) var limit = UInt64.max

  init(size: Int) {
    self.size = size
    room = 2 * size + 64
  }

  /// Takes a record whose digest is not above `limit`.
  mutating func take(_ row: SampleRow) {
    guard size > 0 else { return }
    candidates.append(row)
    if candidates.count >= room { cut() }
  }

  private mutating func cut() {
    candidates = rows
    if candidates.count == size, let last = candidates.last { limit = last.digest.words.0 }
  }

  mutating func add(_ other: borrowing AttributeSampler) {
    for row in other.candidates where row.digest.words.0 <= limit { take(row) }
  }

  /// In the order of the digests. Of two records of one id the earlier one is kept, whoever saw it first.
  var rows: [SampleRow] {
    let sorted = candidates.sorted {
      $0.digest == $1.digest
        ? $0.decision.position.byteOffset < $1.decision.position.byteOffset : $0.digest < $1.digest
    }
    var kept: [SampleRow] = []
    for row in sorted where kept.last?.digest != row.digest {
      if kept.count == size { break }
      kept.append(row)
    }
    return kept
  }
}
