package import EvidenceModel
internal import Foundation
internal import GRDB
package import Intake

/// A partial that a log may be gone on from.
package struct KeptPart: Sendable {
  package var partial: Int64
  /// Bytes of its log from the beginning to the part's end, as stored, and their digest.
  package var storedBytes: Int
  package var digest: Digest
  /// Of the log's bytes after decompression.
  package var range: Range<Int>
  /// It is a line that had no end yet.
  package var isUnterminated: Bool
  /// The log ended with it when it was scanned.
  package var isEnd: Bool
  package var compression: Compression
  package var plan: Digest
  /// Of the versions next to those that judged it.
  package var neighbours: Digest
  package var first, last: Instant?
  package var lines: Int
}

/// What a log was when a run used it.
package struct KnownLog: Sendable, Hashable {
  package var storedBytes: Int
  package var digest: Digest
  package var compression: Compression
  /// Of its first line, after decompression.
  package var firstLine: Digest?

  package init(storedBytes: Int, digest: Digest, compression: Compression = .none, firstLine: Digest? = nil) {
    self.storedBytes = storedBytes
    self.digest = digest
    self.compression = compression
    self.firstLine = firstLine
  }
}

extension EvidenceStore {
  /// Finished parts of a log of this name, or of any log of this length, by place.
  package func keptParts(
    named name: String, storedBytes: Int, format: DetectedFormat
  ) throws(StoreError) -> [KeptPart] {
    try perform { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM partial WHERE source_sha256 IS NOT NULL AND format = ? AND shape = ?
            AND (damage IS NULL OR compression <> 'none')
            AND (name = ? OR name IN (SELECT name FROM partial WHERE source_bytes = ?)) ORDER BY text_from, id
          """,
        arguments: [format.format.identity, format.shapeName, name, storedBytes]
      ).map(Self.keptPart)
    }
  }

  private static func keptPart(_ row: Row) -> KeptPart {
    KeptPart(
      partial: row["id"], storedBytes: row["source_bytes"], digest: digest(row["source_sha256"]),
      range: (row["text_from"] as Int)..<(row["text_to"] as Int), isUnterminated: row["is_unterminated"] as Int == 1,
      isEnd: row["is_end"] as Int == 1,
      compression: Compression(rawValue: row["compression"]) ?? .none, plan: digest(row["plan_sha256"]),
      neighbours: digest(row["neighbours_sha256"]),
      first: (row["first_at"] as Int64?).map { Instant(microseconds: $0) },
      last: (row["last_at"] as Int64?).map { Instant(microseconds: $0) }, lines: row["lines"])
  }

  private static func digest(_ text: String) -> Digest {
    Digest(hexadecimal: text) ?? Digest(words: (0, 0, 0, 0))
  }

  /// What runs found a log of this name to be.
  package func knownLogs(named name: String) throws(StoreError) -> [KnownLog] {
    try perform { database in
      try Row.fetchAll(database, sql: "SELECT * FROM known_log WHERE name = ? ORDER BY period", arguments: [name])
        .map(Self.knownLog)
    }
  }

  /// The logs that runs of a period have used, by name.
  package func knownLogs(ofPeriod period: String) throws(StoreError) -> [(name: String, log: KnownLog)] {
    try perform { database in
      try Row.fetchAll(database, sql: "SELECT * FROM known_log WHERE period = ? ORDER BY name", arguments: [period])
        .map { ($0["name"], Self.knownLog($0)) }
    }
  }

  private static func knownLog(_ row: Row) -> KnownLog {
    KnownLog(
      storedBytes: row["bytes"], digest: digest(row["sha256"]),
      compression: Compression(rawValue: row["compression"]) ?? .none,
      firstLine: (row["first_line_sha256"] as String?).map(digest))
  }

  /// A log that goes by another name now is no longer looked for under its old one.
  package func forgetLog(_ name: String, ofPeriod period: String) throws(StoreError) {
    try perform { database in
      try database.execute(sql: "DELETE FROM known_log WHERE period = ? AND name = ?", arguments: [period, name])
      try StoreSchema.current.get().seal(table: "known_log", in: database)
    }
  }

  /// Finished parts of a log of this name, the newest last.
  package func keptParts(named name: String) throws(StoreError) -> [KeptPart] {
    try perform { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM partial WHERE source_sha256 IS NOT NULL
            AND (name = ? OR id IN (SELECT partial_id FROM source WHERE name = ?)) ORDER BY id
          """, arguments: [name, name]
      ).map(Self.keptPart)
    }
  }

  /// Whether every request of some partials is among those of others, counted as often as it stands there. Partials
  /// without a request prove nothing.
  package func requests(of partials: [Int64], areAmong others: [Int64]) throws(StoreError) -> Bool {
    try perform { database in
      func digests(_ ids: [Int64], _ bucket: Int) throws -> [UInt64] {
        var digests: [UInt64] = []
        for id in ids {
          let blocks = try Data.fetchAll(
            database, sql: "SELECT digests FROM request_digest WHERE partial_id = ? AND bucket = ?",
            arguments: [id, bucket])
          for block in blocks {
            block.withUnsafeBytes { digests.append(contentsOf: $0.bindMemory(to: UInt64.self)) }
          }
        }
        return digests.sorted()
      }
      var found = false
      for bucket in 0..<256 {
        var rest = try digests(others, bucket)[...]
        for digest in try digests(partials, bucket) {
          rest = rest.drop { $0 < digest }
          guard rest.popFirst() == digest else { return false }
          found = true
        }
      }
      return found
    }
  }

  /// Drops what versions next to theirs would have said of decisions, where those are others now and the log is gone. It
  /// is never counted again.
  package func forgetNeighbours(of partials: [Int64]) throws(StoreError) {
    try perform { database in
      for id in partials {
        try database.execute(sql: "DELETE FROM neighbour WHERE partial_id = ?", arguments: [id])
        try database.execute(sql: "UPDATE partial SET neighbours_sha256 = '' WHERE id = ?", arguments: [id])
        try StoreSchema.current.get().seal(partial: id, in: database)
      }
    }
  }

  /// Goes on record for good: these bytes were another log's once.
  package func keepAlteration(of name: String, before: KnownLog, storedBytes: Int) throws(StoreError) {
    try perform { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO altered_log (name, before_bytes, before_sha256, after_bytes) VALUES (?, ?, ?, ?)",
        arguments: [name, before.storedBytes, before.digest.description, storedBytes])
      try StoreSchema.current.get().seal(table: "altered_log", in: database)
    }
  }

  /// What logs of these names were before they were altered, by name.
  package func alterations() throws(StoreError) -> [(name: String, before: KnownLog, storedBytes: Int)] {
    try perform { database in
      try Row.fetchAll(database, sql: "SELECT * FROM altered_log ORDER BY name, id").map {
        (
          $0["name"], KnownLog(storedBytes: $0["before_bytes"], digest: Self.digest($0["before_sha256"])),
          $0["after_bytes"]
        )
      }
    }
  }
}
