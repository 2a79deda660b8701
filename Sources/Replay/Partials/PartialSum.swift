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
    for (hour, counts) in partial.hours {
      let before = hours[hour] ?? (0, 0)
      hours[hour] = (before.judged &+ counts.judged, before.exceptions &+ counts.exceptions)
    }
    addDecisions(partial)
    addNames(partial)
    addVersions(partial)
    addSamples(partial)
  }

  /// Adds rows to those of the same key.
  private static func fold<Row>(
    _ rows: [Row], into sums: inout [Key: Row], by key: (Row) -> Key, add: (inout Row, Row) -> Void
  ) {
    for row in rows {
      let key = key(row)
      guard var sum = sums[key] else {
        sums[key] = row
        continue
      }
      add(&sum, row)
      sums[key] = sum
    }
  }

  private mutating func addDecisions(_ partial: Partial) {
    Self.fold(partial.tally, into: &tally) { row in
      let day = row.day.map { CivilDay.text($0) } ?? "-"
      return Self.key(day, row.rule, row.version, row.owner, row.ownerStatus.name, row.decisionClass.name)
    } add: {
      $0.sums.add($1.sums)
    }
    Self.fold(partial.traffic, into: &traffic) {
      Self.key($0.servedModel, $0.provider, $0.jurisdiction, "\($0.isSensitive)", "\($0.hasTools)")
    } add: {
      $0.n &+= $1.n
    }
    Self.fold(partial.routed, into: &routed) {
      Self.key($0.rule, $0.version, CivilDay.text($0.week), $0.servedModel)
    } add: {
      $0.n &+= $1.n
    }
    Self.fold(partial.servedDays, into: &servedDays) {
      Self.key(CivilDay.text($0.day), $0.servedModel)
    } add: {
      $0.n &+= $1.n
      $0.tokensIn &+= $1.tokensIn
      $0.tokensOut &+= $1.tokensOut
      $0.costMicros &+= $1.costMicros
    }
  }

  private mutating func addNames(_ partial: Partial) {
    Self.fold(partial.seen, into: &seen) {
      Self.key($0.kind.rawValue, $0.name)
    } add: {
      $0.n &+= $1.n
      $0.unlisted &+= $1.unlisted
      $0.retired &+= $1.retired
      $0.switchedOff &+= $1.switchedOff
      $0.first = min($0.first, $1.first)
      $0.last = max($0.last, $1.last)
    }
    Self.fold(partial.links, into: &links) {
      Self.key($0.side.rawValue, $0.name, $0.otherSide.rawValue, $0.other)
    } add: {
      $0.n &+= $1.n
      $0.first = min($0.first, $1.first)
      $0.last = max($0.last, $1.last)
    }
  }

  private mutating func addVersions(_ partial: Partial) {
    Self.fold(partial.permitted, into: &permitted) {
      Self.key($0.rule, $0.version)
    } add: {
      $0.n &+= $1.n
      $0.ambiguous &+= $1.ambiguous
    }
    Self.fold(partial.neighbours, into: &neighbours) {
      Self.key(
        $0.version, $0.neighbour, $0.isBefore ? "before" : "after", $0.rule, $0.decisionClass.name, $0.neighbourRule,
        $0.neighbourClass.name)
    } add: {
      $0.n &+= $1.n
    }
    Self.fold(partial.tenures, into: &tenures) {
      Self.key($0.rule, padded($0.recordIndex, 12))
    } add: {
      $0.n &+= $1.n
      $0.redecided &+= $1.redecided
    }
    for (version, n) in partial.redecidedVersions { redecidedVersions[version, default: 0] &+= n }
  }

  private mutating func addSamples(_ partial: Partial) {
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
