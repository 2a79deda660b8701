internal import EvidenceModel
internal import Intake

/// Reads what follows the records and request digests of a partial.
enum SummaryReader {
  /// - Returns: the sums; what belongs to one log goes into the summary.
  static func read(_ reader: PartialReader, into summary: inout PartialSummary) throws(PartialError) -> Partial {
    var partial = Partial()
    while reader.line != nil {
      let values = try reader.values()
      guard take(values, &summary, &partial) else { throw reader.damaged("this line is none that a partial has here") }
      try reader.advance()
    }
    return partial
  }

  /// False when the line is none of those that may stand here.
  private static func take(_ line: [PartialValue], _ summary: inout PartialSummary, _ partial: inout Partial) -> Bool {
    switch (line.first?.text, line.count) {
    case ("source", 20): return takeRange(line, &summary)
    case ("hour", 5):
      guard let log = line[1].text, let hour = line[2].number, let judged = line[3].number,
        let exceptions = line[4].number
      else { return false }
      let before = summary.hours[log]?[hour] ?? (0, 0)
      summary.hours[log, default: [:]][hour] = (before.judged &+ judged, before.exceptions &+ exceptions)
    case ("field", 6):
      guard let log = line[1].text, let field = line[2].text.flatMap({ RoutingField(rawValue: $0) }),
        let empty = line[3].number, let inferred = line[4].number, let matched = line[5].number
      else { return false }
      var counts = FieldCounts()
      counts[field] = .init(empty: empty, inferred: inferred, matched: matched)
      summary.fields[log, default: FieldCounts()].add(counts)
    case ("tally", 22): return takeTally(line, &partial)
    case ("seen", 9):
      let numbers = line[3...].compactMap(\.number)
      guard let kind = line[1].text.flatMap({ SeenRow.Kind(rawValue: $0) }), let name = line[2].text, numbers.count == 6
      else { return false }
      partial.seen.append(
        SeenRow(
          kind: kind, name: name, n: numbers[0], unlisted: numbers[1], retired: numbers[2], switchedOff: numbers[3],
          first: Instant(microseconds: Int64(numbers[4])), last: Instant(microseconds: Int64(numbers[5]))))
    case ("traffic", 7):
      guard let model = line[1].text, let provider = line[2].text, let place = line[3].text,
        let sensitive = line[4].number, let tools = line[5].number, let n = line[6].number
      else { return false }
      partial.traffic.append(
        TrafficRow(
          servedModel: model, provider: provider, jurisdiction: place, isSensitive: sensitive == 1,
          hasTools: tools == 1, n: n))
    case ("routed", 6):
      guard let rule = line[1].text, let version = line[2].text,
        let week = line[3].text.flatMap({ CivilDay.parse($0) }),
        let model = line[4].text, let n = line[5].number
      else { return false }
      partial.routed.append(RoutedRow(rule: rule, version: version, week: week, servedModel: model, n: n))
    case ("permitted", 5):
      guard let rule = line[1].text, let version = line[2].text, let n = line[3].number, let ambiguous = line[4].number
      else { return false }
      partial.permitted.append(PermittedRow(rule: rule, version: version, n: n, ambiguous: ambiguous))
    case ("served", 7):
      guard let day = line[1].text.flatMap({ CivilDay.parse($0) }), let model = line[2].text, let n = line[3].number,
        let tokensIn = line[4].number, let tokensOut = line[5].number, let cost = line[6].number
      else { return false }
      partial.servedDays.append(
        ServedDayRow(
          day: day, servedModel: model, n: n, tokensIn: Int64(tokensIn), tokensOut: Int64(tokensOut),
          costMicros: Int64(cost)))
    case ("link", 8):
      guard let side = line[1].text.flatMap({ LinkRow.Side(rawValue: $0) }), let name = line[2].text,
        let otherSide = line[3].text.flatMap({ LinkRow.Side(rawValue: $0) }), let other = line[4].text,
        let n = line[5].number, let first = line[6].number, let last = line[7].number
      else { return false }
      partial.links.append(
        LinkRow(
          side: side, name: name, otherSide: otherSide, other: other, n: n,
          first: Instant(microseconds: Int64(first)), last: Instant(microseconds: Int64(last))))
    case ("neighbour", 9):
      guard let version = line[1].text, let neighbour = line[2].text, let isBefore = line[3].number,
        let rule = line[4].text, let decisionClass = line[5].text.flatMap({ DecisionClass(name: $0) }),
        let neighbourRule = line[6].text, let neighbourClass = line[7].text.flatMap({ DecisionClass(name: $0) }),
        let n = line[8].number
      else { return false }
      partial.neighbours.append(
        NeighbourRow(
          version: version, neighbour: neighbour, isBefore: isBefore == 1, rule: rule, decisionClass: decisionClass,
          neighbourRule: neighbourRule, neighbourClass: neighbourClass, n: n))
    case ("tenure", 5):
      guard let rule = line[1].text, let record = line[2].number, let n = line[3].number, let redecided = line[4].number
      else { return false }
      partial.tenures.append(TenureRow(rule: rule, recordIndex: record, n: n, redecided: redecided))
    case ("redecided", 3):
      guard let version = line[1].text, let n = line[2].number else { return false }
      partial.redecidedVersions[version, default: 0] &+= n
    case ("sample", 30):
      guard let row = SampleRow(partial: line[1...]) else { return false }
      partial.sample.append(row)
    case ("attribute", 30):
      guard let row = SampleRow(partial: line[1...]) else { return false }
      partial.attributeSample.append(row)
    case ("boundary", 31):
      guard let since = line[1].number, let row = SampleRow(partial: line[2...]) else { return false }
      partial.boundaries.append(BoundaryRow(since: Instant(microseconds: Int64(since)), row: row))
    default: return false
    }
    return true
  }

  private static func takeRange(_ line: [PartialValue], _ summary: inout PartialSummary) -> Bool {
    guard let range = PartialRange(line) else { return false }
    summary.ranges.append(range)
    return true
  }

  private static func takeTally(_ line: [PartialValue], _ partial: inout Partial) -> Bool {
    let numbers = line[7...].compactMap(\.number)
    guard let day = line[1].text, let rule = line[2].text, let version = line[3].text, let owner = line[4].text,
      let status = line[5].text.flatMap({ OwnerStatus(name: $0) }),
      let decisionClass = line[6].text.flatMap({ DecisionClass(name: $0) }), numbers.count == 15
    else { return false }
    let number = CivilDay.parse(day)
    guard day == "-" || number != nil else { return false }
    var sums = TallySums()
    sums.n = numbers[0]
    sums.tokensIn = Int64(numbers[1])
    sums.tokensOut = Int64(numbers[2])
    sums.costMicros = Int64(numbers[3])
    sums.indeterminate = numbers[4]
    sums.served = numbers[5]
    sums.blocked = numbers[6]
    sums.withTools = numbers[7]
    sums.afterFailure = numbers[8]
    sums.moved = numbers[9]
    sums.sensitiveServed = numbers[10]
    sums.sensitiveUnplaced = numbers[11]
    sums.unclassified = numbers[12]
    sums.overCost = numbers[13]
    sums.returned = numbers[14]
    partial.tally.append(
      TallyRow(
        day: number, rule: rule, version: version, owner: owner, ownerStatus: status, decisionClass: decisionClass,
        sums: sums))
    return true
  }
}

extension PartialRange {
  /// Nil when the line states no range, or one whose lines do not add up.
  init?(_ line: [PartialValue]) {
    let texts = [1, 2, 3, 4, 8].compactMap { line[$0].text }
    let numbers = ([5, 6, 7] + Array(9...16)).compactMap { line[$0].number }
    guard texts.count == 5, numbers.count == 11, numbers.allSatisfy({ $0 >= 0 }), numbers[0] <= numbers[1] else {
      return nil
    }
    var counts = LineCounts()
    counts.lines = numbers[3]
    counts.blank = numbers[4]
    counts.malformed = numbers[5]
    counts.outOfPeriod = numbers[6]
    counts.judged = numbers[7]
    counts.folded = numbers[8]
    counts.other = numbers[9]
    counts.zoneAssumed = numbers[10]
    if let first = line[17].number, let last = line[18].number {
      counts.firstAt = Int64(first)
      counts.lastAt = Int64(last)
    }
    guard counts.lines == counts.blank &+ counts.malformed &+ counts.outOfPeriod &+ counts.judged else { return nil }
    self.init(
      log: texts[0], format: texts[1], shape: texts[2], compression: texts[3], range: numbers[0]..<numbers[1],
      storedBytes: numbers[2], sha256: texts[4], counts: counts, damage: line[19].text)
  }
}
