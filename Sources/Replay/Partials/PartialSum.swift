internal import EvidenceModel

/// Adds partials up. The order in which they come leaves no trace.
package struct PartialSum {
  private struct TallyKey: Hashable {
    var day: Int?
    var rule, version, owner: String
    var ownerStatus: OwnerStatus
    var decisionClass: DecisionClass
  }
  private struct Seen: Hashable {
    var kind: SeenRow.Kind
    var name: String
  }
  private struct TenureKey: Hashable {
    var rule: String
    var record: Int
  }

  private let sampleSize: Int
  private var counts = LineCounts()
  private var tally: [TallyKey: TallySums] = [:]
  private var hours: [Int: (judged: Int, exceptions: Int)] = [:]
  private var seen: [Seen: SeenRow] = [:]
  private var traffic: [TrafficRow: Int] = [:]
  private var routed: [RoutedRow: Int] = [:]
  private var tenures: [TenureKey: TenureRow] = [:]
  private var redecidedVersions: [String: Int] = [:]
  private var sample: [String: [SampleRow]] = [:]

  package init(sampleSize: Int) { self.sampleSize = sampleSize }

  package mutating func add(_ partial: Partial) {
    counts.add(partial.counts)
    for row in partial.tally {
      tally[
        TallyKey(
          day: row.day, rule: row.rule, version: row.version, owner: row.owner, ownerStatus: row.ownerStatus,
          decisionClass: row.decisionClass), default: TallySums()
      ].add(row.sums)
    }
    for (hour, counts) in partial.hours {
      let before = hours[hour] ?? (0, 0)
      hours[hour] = (before.judged &+ counts.judged, before.exceptions &+ counts.exceptions)
    }
    for row in partial.seen {
      let key = Seen(kind: row.kind, name: row.name)
      var sum =
        seen[key] ?? SeenRow(kind: row.kind, name: row.name, n: 0, unlisted: 0, first: row.first, last: row.last)
      sum.n &+= row.n
      sum.unlisted &+= row.unlisted
      sum.first = min(sum.first, row.first)
      sum.last = max(sum.last, row.last)
      seen[key] = sum
    }
    for row in partial.traffic {
      var key = row
      key.n = 0
      traffic[key, default: 0] &+= row.n
    }
    for row in partial.routed {
      var key = row
      key.n = 0
      routed[key, default: 0] &+= row.n
    }
    for row in partial.tenures {
      let key = TenureKey(rule: row.rule, record: row.recordIndex)
      var sum = tenures[key] ?? TenureRow(rule: row.rule, recordIndex: row.recordIndex, n: 0, redecided: 0)
      sum.n &+= row.n
      sum.redecided &+= row.redecided
      tenures[key] = sum
    }
    for (version, n) in partial.redecidedVersions { redecidedVersions[version, default: 0] &+= n }
    for row in partial.sample { offer(row) }
  }

  private mutating func offer(_ row: SampleRow) {
    let stratum = "\(row.decision.decisionClass.name) \(row.decision.rule)"
    var rows = sample[stratum] ?? []
    if let same = rows.firstIndex(where: { $0.digest == row.digest }) {
      // Two records of one id: the one that stands first is kept, whoever brought it.
      if row.precedes(rows[same]) { rows[same] = row }
    } else {
      rows.append(row)
      rows.sort { $0.digest < $1.digest }
      if rows.count > sampleSize { rows.removeLast() }
    }
    sample[stratum] = rows
  }

  /// The sums, each list in the order of its keys' bytes.
  package var partial: Partial {
    var sum = Partial()
    sum.counts = counts
    sum.tally = Self.sorted(tally) { key, sums in
      [
        key.day.map { CivilDay.text($0) } ?? "-", key.rule, key.version, key.owner, key.ownerStatus.name,
        key.decisionClass.name,
      ]
    }.map { key, sums in
      TallyRow(
        day: key.day, rule: key.rule, version: key.version, owner: key.owner, ownerStatus: key.ownerStatus,
        decisionClass: key.decisionClass, sums: sums)
    }
    sum.hours = hours
    sum.seen = Self.sorted(seen) { key, _ in [key.kind.rawValue, key.name] }.map(\.value)
    sum.traffic = Self.sorted(traffic) { key, _ in
      [key.servedModel, key.provider, key.jurisdiction, "\(key.isSensitive)", "\(key.hasTools)"]
    }.map { key, n in
      var row = key
      row.n = n
      return row
    }
    sum.routed = Self.sorted(routed) { key, _ in [key.rule, key.version, CivilDay.text(key.week), key.servedModel] }
      .map { key, n in
        var row = key
        row.n = n
        return row
      }
    sum.tenures = tenures.values.sorted {
      $0.rule == $1.rule ? $0.recordIndex < $1.recordIndex : $0.rule.precedesBytewise($1.rule)
    }
    sum.redecidedVersions = redecidedVersions
    sum.sample = sample.keys.sortedBytewise().flatMap { sample[$0] ?? [] }
    return sum
  }

  private static func sorted<Key, Value>(
    _ sums: [Key: Value], by fields: (Key, Value) -> [String]
  ) -> [(key: Key, value: Value)] {
    sums.map { (text: fields($0.key, $0.value).joined(separator: "\u{0}"), entry: $0) }
      .sorted { $0.text.precedesBytewise($1.text) }.map(\.entry)
  }
}

extension SampleRow {
  /// In the order of logs' names, then of place.
  fileprivate func precedes(_ other: SampleRow) -> Bool {
    source == other.source
      ? decision.position.byteOffset < other.decision.position.byteOffset : source.precedesBytewise(other.source)
  }
}
