package import EvidenceModel
internal import Foundation
internal import GRDB

extension RunEvidence {
  /// The lines of `data/tally.csv`, sorted by bytes (SEMANTICS §8).
  package func canonicalTally() throws(StoreError) -> [[UInt8]] {
    try rows(
      """
      SELECT t.day, t.rule_id, t.version, t.owner, t.owner_status, t.class, sum(t.n), sum(t.tokens_in),
        sum(t.tokens_out), sum(t.cost_micros)
      FROM tally AS t \(Self.joined) GROUP BY 1, 2, 3, 4, 5, 6
      """
    ) { row in
      CanonicalCSV.line((0..<6).map { row[$0] as String } + (6..<10).map { String(row[$0] as Int) })
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The lines of `data/exceptions.csv`, sorted by bytes.
  package func forEachCanonicalException(_ body: ([UInt8]) throws -> Void) throws(StoreError) {
    try store.perform { database in
      let cursor = try Data.fetchCursor(
        database, sql: "SELECT t.canonical FROM exception AS t \(Self.joined) ORDER BY 1", arguments: [runID])
      while let line = try cursor.next() { try body(Array(line)) }
    }
  }

  /// What two implementations of SEMANTICS must agree on: digests of the three exact files of a pack.
  package struct CanonicalDigests: Sendable {
    package var tally, exceptions, sample: Digest
  }

  package func canonicalDigests(sampleSize: Int) throws(StoreError) -> CanonicalDigests {
    func digest(_ lines: [[UInt8]]) -> Digest {
      var hasher = Hasher256()
      for line in lines { line.withUnsafeBytes { hasher.update($0) } }
      return hasher.finish()
    }
    var exceptions = Hasher256()
    try forEachCanonicalException { line in line.withUnsafeBytes { exceptions.update($0) } }
    return CanonicalDigests(
      tally: digest(try canonicalTally()), exceptions: exceptions.finish(),
      sample: digest(try sample(size: sampleSize).map(\.canonical)))
  }
}
