package import EvidenceModel
internal import Foundation
internal import GRDB
internal import Replay

/// What a kept decision is a candidate for.
enum SampleKind: String {
  /// The sample of its rule and class (SEMANTICS §7).
  case stratum
  /// The sample of all judged decisions.
  case attribute
  /// The last before a change, or the first after it.
  case boundary
}

extension JudgedDecision {
  /// What the samples' tables say of a decision, after the columns of their own.
  package static let detailColumns = [
    "request_id", "at", "class", "rule_id", "version", "owner", "owner_status", "indeterminate", "agent", "data_class",
    "requested_model", "served_model", "provider", "deployment", "jurisdiction", "claimed_rule", "outcome", "line",
    "byte_offset", "bytes", "line_sha256",
  ]

  /// Their exact values, as a line with its LF.
  var canonicalDetail: [UInt8] {
    CanonicalCSV.line([
      requestID, at.description, decisionClass.name, rule, version, owner, ownerStatus.name, String(indeterminate),
      agent, dataClass, requestedModel, servedModel, provider, deployment, jurisdiction, claimedRule, outcome.name,
      String(position.line), String(position.byteOffset), String(position.bytes), lineDigest.description,
    ])
  }
}

/// A decision that a sample holds.
package struct SampledDecision: Sendable {
  /// SHA-256 of `seed:request_id`.
  package var digest: Digest
  /// For a sample by stratum the exact line of `data/sample.csv`, else the exact values of `detailColumns`; with its LF.
  package var canonical: [UInt8]
  package var located: LocatedDecision

  package var decision: JudgedDecision { located.decision }
}

/// Where a decision that stands next to a change is kept.
package struct KeptPlace: Sendable, Hashable {
  package var at: Instant
  var ordinal: Int
  var partial: Int64
  var byteOffset: Int
}

/// The decisions of one rule next to an instant.
package struct Boundary: Sendable {
  /// The last one before it, and the first one at it or after it; nil where the rule decided nothing there.
  package var before, after: KeptPlace?
}

extension RunEvidence {
  private static let columns = "source.ordinal, source.name AS source_name, t.*"

  private static func sampled(_ row: Row) -> SampledDecision {
    SampledDecision(
      digest: Digest(hexadecimal: row["digest"] as String) ?? Digest(words: (0, 0, 0, 0)),
      canonical: Array(row["canonical"] as Data), located: decision(row))
  }

  /// The sample: in each stratum the `size` smallest digests of all sources, an equal digest once (SEMANTICS §7).
  package func sample(size: Int) throws(StoreError) -> [SampledDecision] {
    let candidates = try rows(
      """
      SELECT \(Self.columns) FROM sample AS t \(Self.joined) AND t.kind = 'stratum'
      ORDER BY t.rule_id, t.class, t.digest, source.ordinal, t.byte_offset
      """
    ) { row in (stratum: [row["rule_id"], row["class"]].map { Array(($0 as String).utf8) }, sampled: Self.sampled(row))
    }
    var kept: [SampledDecision] = []
    var stratum: [[UInt8]] = []
    var digest: Digest?
    var count = 0
    for candidate in candidates {
      if candidate.stratum != stratum {
        (stratum, digest, count) = (candidate.stratum, nil, 0)
      }
      guard count < size, candidate.sampled.digest != digest else { continue }
      digest = candidate.sampled.digest
      count += 1
      kept.append(candidate.sampled)
    }
    return kept.sorted { $0.canonical.lexicographicallyPrecedes($1.canonical) }
  }

  /// The `size` smallest digests of all judged decisions of all sources, an equal digest once, in their order.
  package func attributeSample(size: Int) throws(StoreError) -> [SampledDecision] {
    try store.perform { database in
      var kept: [SampledDecision] = []
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(Self.columns) FROM sample AS t \(Self.joined) AND t.kind = 'attribute'
          ORDER BY t.digest, source.ordinal, t.byte_offset
          """, arguments: [runID])
      while kept.count < size, let row = try cursor.next() {
        let next = Self.sampled(row)
        if next.digest != kept.last?.digest { kept.append(next) }
      }
      return kept
    }
  }

  /// What each rule decided next to some instants, which must rise and be among those at which the version in force or the
  /// rule's owner changed. Rules that decided nothing are left out.
  package func boundaries(at instants: ByName<[Instant]>) throws(StoreError) -> ByName<[Boundary]> {
    try store.perform { database in
      var found: ByName<[Boundary]> = [:]
      var instantsByText: ByName<[Instant]> = [:]
      for (rule, instants) in instants { instantsByText[EvidenceStore.text(rule)] = instants }
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT t.rule_id, t.at, source.ordinal, t.partial_id, t.byte_offset
          FROM sample AS t \(Self.joined) AND t.kind = 'boundary'
          ORDER BY t.rule_id, t.at, source.ordinal, t.byte_offset
          """, arguments: [runID])
      var sweep: BoundarySweep?
      while let row = try cursor.next() {
        let rule: String = row[0]
        if let known = sweep, !known.rule.utf8.elementsEqual(rule.utf8) {
          found[known.rule] = known.finish()
          sweep = nil
        }
        if sweep == nil { sweep = BoundarySweep(rule: rule, instants: instantsByText[rule] ?? []) }
        sweep?.take(
          KeptPlace(at: Instant(microseconds: row[1]), ordinal: row[2], partial: row[3], byteOffset: row[4]))
      }
      if let sweep { found[sweep.rule] = sweep.finish() }
      return found
    }
  }

  /// A decision that stands next to a change.
  package func boundaryDecision(_ place: KeptPlace) throws(StoreError) -> SampledDecision? {
    try store.perform { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT \(Self.columns) FROM sample AS t \(Self.joined) AND source.ordinal = ? AND t.kind = 'boundary'
            AND t.partial_id = ? AND t.byte_offset = ?
          """)
      return try Row.fetchOne(statement, arguments: [runID, place.ordinal, place.partial, place.byteOffset])
        .map(Self.sampled)
    }
  }
}

/// Goes through what one rule decided, in time order, and stops at the instants.
private struct BoundarySweep {
  let rule: String
  let instants: [Instant]
  private var boundaries: [Boundary] = []
  private var last: KeptPlace?

  init(rule: String, instants: [Instant]) {
    self.rule = rule
    self.instants = instants
  }

  mutating func take(_ place: KeptPlace) {
    while boundaries.count < instants.count, instants[boundaries.count] <= place.at {
      boundaries.append(Boundary(before: last, after: place))
    }
    last = place
  }

  func finish() -> [Boundary] {
    boundaries + Array(repeating: Boundary(before: last, after: nil), count: instants.count - boundaries.count)
  }
}
