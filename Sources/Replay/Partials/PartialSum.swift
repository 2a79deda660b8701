internal import EvidenceModel

/// Adds partials up. The order in which they come leaves no trace.
package struct PartialSum {
  /// Names are one only when their bytes are the same, so keys are bytes (SEMANTICS §1).
  private typealias Key = [UInt8]

  private let sampleSize: Int
  private let attributeSampleSize: Int
  private var counts = LineCounts()
  private var tally: [Key: TallyRow] = [:]
  private var hours: [Int: (judged: Int, exceptions: Int)] = [:]
  private var seen: [Key: SeenRow] = [:]
  private var traffic: [Key: TrafficRow] = [:]
  private var routed: [Key: RoutedRow] = [:]
  private var permitted: [Key: PermittedRow] = [:]
  private var servedDays: [Key: ServedDayRow] = [:]
  private var links: [Key: LinkRow] = [:]
  private var neighbours: [Key: NeighbourRow] = [:]
  private var tenures: [Key: TenureRow] = [:]
  private var redecidedVersions: ByName<Int> = [:]
  private var sample: [Key: [SampleRow]] = [:]
  private var attributeSample: [Digest: SampleRow] = [:]
  private var boundaries: [Key: (first: BoundaryRow, last: BoundaryRow)] = [:]

  package init(_ settings: ReplaySettings) {
    self.init(sampleSize: settings.sampleSize, attributeSampleSize: settings.attributeSampleSize)
  }

  init(sampleSize: Int, attributeSampleSize: Int) {
    self.sampleSize = sampleSize
    self.attributeSampleSize = attributeSampleSize
  }

  package mutating func add(_ partial: Partial) {
    counts.add(partial.counts)
    for row in partial.tally {
      let day = row.day.map { CivilDay.text($0) } ?? "-"
      let key = Self.key(day, row.rule, row.version, row.owner, row.ownerStatus.name, row.decisionClass.name)
      if tally[key] == nil { tally[key] = row } else { tally[key]?.sums.add(row.sums) }
    }
    for (hour, counts) in partial.hours {
      let before = hours[hour] ?? (0, 0)
      hours[hour] = (before.judged &+ counts.judged, before.exceptions &+ counts.exceptions)
    }
    for row in partial.seen {
      let key = Self.key(row.kind.rawValue, row.name)
      guard var sum = seen[key] else {
        seen[key] = row
        continue
      }
      sum.n &+= row.n
      sum.unlisted &+= row.unlisted
      sum.retired &+= row.retired
      sum.switchedOff &+= row.switchedOff
      sum.first = min(sum.first, row.first)
      sum.last = max(sum.last, row.last)
      seen[key] = sum
    }
    for row in partial.traffic {
      let key = Self.key(row.servedModel, row.provider, row.jurisdiction, "\(row.isSensitive)", "\(row.hasTools)")
      if traffic[key] == nil { traffic[key] = row } else { traffic[key]?.n &+= row.n }
    }
    for row in partial.routed {
      let key = Self.key(row.rule, row.version, CivilDay.text(row.week), row.servedModel)
      if routed[key] == nil { routed[key] = row } else { routed[key]?.n &+= row.n }
    }
    for row in partial.permitted {
      let key = Self.key(row.rule, row.version)
      if permitted[key] == nil {
        permitted[key] = row
      } else {
        permitted[key]?.n &+= row.n
        permitted[key]?.ambiguous &+= row.ambiguous
      }
    }
    for row in partial.servedDays {
      let key = Self.key(CivilDay.text(row.day), row.servedModel)
      guard var sum = servedDays[key] else {
        servedDays[key] = row
        continue
      }
      sum.n &+= row.n
      sum.tokensIn &+= row.tokensIn
      sum.tokensOut &+= row.tokensOut
      sum.costMicros &+= row.costMicros
      servedDays[key] = sum
    }
    for row in partial.links {
      let key = Self.key(row.side.rawValue, row.name, row.otherSide.rawValue, row.other)
      guard var sum = links[key] else {
        links[key] = row
        continue
      }
      sum.n &+= row.n
      sum.first = min(sum.first, row.first)
      sum.last = max(sum.last, row.last)
      links[key] = sum
    }
    for row in partial.neighbours {
      let key = Self.key(
        row.version, row.neighbour, row.isBefore ? "before" : "after", row.rule, row.decisionClass.name,
        row.neighbourRule, row.neighbourClass.name)
      if neighbours[key] == nil { neighbours[key] = row } else { neighbours[key]?.n &+= row.n }
    }
    for row in partial.tenures {
      let key = Self.key(row.rule, padded(row.recordIndex, 12))
      if tenures[key] == nil {
        tenures[key] = row
      } else {
        tenures[key]?.n &+= row.n
        tenures[key]?.redecided &+= row.redecided
      }
    }
    for (version, n) in partial.redecidedVersions { redecidedVersions[version, default: 0] &+= n }
    for row in partial.sample { offer(row) }
    for row in partial.attributeSample {
      // Of two records of one id the one that stands first, as above.
      if let known = attributeSample[row.digest], !row.precedes(known) { continue }
      attributeSample[row.digest] = row
    }
    if attributeSample.count > 2 * attributeSampleSize { cutAttributeSample() }
    for row in partial.boundaries {
      let key = Self.key(row.row.decision.rule, String(row.since.microseconds))
      guard let known = boundaries[key] else {
        boundaries[key] = (row, row)
        continue
      }
      if row.row.isEarlier(than: known.first.row) { boundaries[key]?.first = row }
      if known.last.row.isEarlier(than: row.row) { boundaries[key]?.last = row }
    }
  }

  private mutating func cutAttributeSample() {
    for digest in attributeSample.keys.sorted().dropFirst(attributeSampleSize) { attributeSample[digest] = nil }
  }

  private static func key(_ fields: String...) -> Key {
    var key: Key = []
    for field in fields {
      key += field.utf8
      key.append(0)
    }
    return key
  }

  private mutating func offer(_ row: SampleRow) {
    let stratum = Self.key(row.decision.decisionClass.name, row.decision.rule)
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
    sum.tally = Self.sorted(tally)
    sum.hours = hours
    sum.seen = Self.sorted(seen)
    sum.traffic = Self.sorted(traffic)
    sum.routed = Self.sorted(routed)
    sum.permitted = Self.sorted(permitted)
    sum.servedDays = Self.sorted(servedDays)
    sum.links = Self.sorted(links)
    sum.neighbours = Self.sorted(neighbours)
    sum.tenures = Self.sorted(tenures)
    sum.redecidedVersions = redecidedVersions
    sum.sample = Self.sorted(sample).flatMap { $0 }
    sum.attributeSample = attributeSample.sorted { $0.key < $1.key }.prefix(attributeSampleSize).map(\.value)
    sum.boundaries = Self.sorted(boundaries).flatMap { first, last in
      first.row.isEarlier(than: last.row) ? [first, last] : [first]
    }
    return sum
  }

  private static func sorted<Value>(_ sums: [Key: Value]) -> [Value] {
    sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }
}

extension Partial {
  /// Names the log that its samples stand in.
  mutating func name(source: String) {
    for index in sample.indices { sample[index].source = source }
    for index in attributeSample.indices { attributeSample[index].source = source }
    for index in boundaries.indices { boundaries[index].row.source = source }
  }
}

extension SampleRow {
  /// In time; at one instant, in the order below.
  fileprivate func isEarlier(than other: SampleRow) -> Bool {
    decision.at == other.decision.at ? precedes(other) : decision.at < other.decision.at
  }

  /// In the order of logs' names, then of place.
  fileprivate func precedes(_ other: SampleRow) -> Bool {
    source.utf8.elementsEqual(other.source.utf8)
      ? decision.position.byteOffset < other.decision.position.byteOffset : source.precedesBytewise(other.source)
  }
}
