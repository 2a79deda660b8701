internal import EvidenceModel
internal import Intake

/// Adds judged decisions up, in the integers of their judge.
struct Tally {
  private var keys = KeyTable()
  private var sums: [TallySums] = []
  private var trafficKeys = KeyTable()
  private var traffic: [Int] = []
  private var routedKeys = KeyTable()
  private var routed: [Int] = []
  private var seenKeys = KeyTable()
  private var seen: [(n: Int, unlisted: Int, first: Int64, last: Int64)] = []
  private var hours: [Int: (judged: Int, exceptions: Int)] = [:]
  private var lastHour = (hour: Int.min, judged: 0, exceptions: 0)
  private var tenures: [(n: Int, redecided: Int)]
  private var redecidedVersions: [Int: Int] = [:]
  private var emptyFields = [Int](repeating: 0, count: RoutingField.allCases.count)

  init(tenureCount: Int) { tenures = Array(repeating: (0, 0), count: tenureCount) }

  mutating func add(_ record: RoutingRecord, _ judgement: Judgement, _ judge: borrowing DecisionJudge) {
    let plan = judge.plan
    let at = record.at
    let isSensitive = plan.sensitiveClasses.contains(judgement.dataClass)
    let isServed = record.outcome == .success

    let key = keys.index(
      UInt64(UInt32(truncatingIfNeeded: at.day)) << 32 | UInt64(judgement.rule),
      UInt64(judgement.version) << 40 | UInt64(judgement.owner) << 8
        | UInt64(judgement.ownerStatus.rawValue) << 4 | UInt64(judgement.decisionClass.rawValue))
    if key.isNew { sums.append(TallySums()) }
    sums[key.index].n += 1
    sums[key.index].tokensIn &+= record.tokensIn
    sums[key.index].tokensOut &+= record.tokensOut
    sums[key.index].costMicros &+= record.costMicros
    if judgement.indeterminate { sums[key.index].indeterminate += 1 }
    if isServed { sums[key.index].served += 1 }
    if record.outcome == .blocked { sums[key.index].blocked += 1 }
    if !record.tools.isEmpty { sums[key.index].withTools += 1 }
    if record.isAfterFailure {
      sums[key.index].afterFailure += 1
    } else if !record.escalatedFrom.isEmpty {
      sums[key.index].moved += 1
    }
    if judgement.dataClass == 0 { sums[key.index].unclassified += 1 }
    if isSensitive, isServed {
      sums[key.index].sensitiveServed += 1
      if judgement.placeIsUnlisted { sums[key.index].sensitiveUnplaced += 1 }
    }

    if isServed {
      let trafficKey = trafficKeys.index(
        UInt64(judgement.servedModel) << 32 | UInt64(judgement.provider),
        UInt64(judgement.jurisdiction) << 2 | (isSensitive ? 2 : 0) | (record.tools.isEmpty ? 0 : 1))
      if trafficKey.isNew { traffic.append(0) }
      traffic[trafficKey.index] += 1
      if judgement.rule != 0 {
        let routedKey = routedKeys.index(
          UInt64(judgement.rule) << 32 | UInt64(judgement.version),
          UInt64(UInt32(truncatingIfNeeded: CivilDay.monday(of: at.day))) << 32 | UInt64(judgement.servedModel))
        if routedKey.isNew { routed.append(0) }
        routed[routedKey.index] += 1
      }
    }

    see(.agent, judgement.agent, false, at)
    see(.dataClass, judgement.dataClass, false, at)
    see(.provider, judgement.provider, false, at)
    see(.model, judgement.servedModel, !plan.listedModels.contains(judgement.servedModel), at)
    see(.deployment, judgement.deployment, judgement.placeIsUnlisted, at)
    for tool in record.tools { see(.tool, judge.names.known(tool), false, at) }

    addHour(at.hour, judgement.decisionClass.isException)
    if judgement.tenure >= 0 {
      tenures[judgement.tenure].n += 1
      if judgement.ownerChangedAfterwards { tenures[judgement.tenure].redecided += 1 }
    }
    if judgement.versionChangedAfterwards { redecidedVersions[judgement.version, default: 0] += 1 }
    for (index, field) in RoutingField.allCases.enumerated() where field.isEmpty(in: record) { emptyFields[index] += 1 }
  }

  @inline(__always)
  private mutating func see(_ kind: SeenRow.Kind, _ name: Int, _ isUnlisted: Bool, _ at: Instant) {
    guard name != 0 else { return }
    let key = seenKeys.index(UInt64(kind.code), UInt64(name))
    if key.isNew { seen.append((0, 0, .max, .min)) }
    seen[key.index].n += 1
    if isUnlisted { seen[key.index].unlisted += 1 }
    seen[key.index].first = min(seen[key.index].first, at.microseconds)
    seen[key.index].last = max(seen[key.index].last, at.microseconds)
  }

  private mutating func addHour(_ hour: Int, _ isException: Bool) {
    if lastHour.hour != hour {
      flushHour()
      lastHour = (hour, 0, 0)
    }
    lastHour.judged += 1
    if isException { lastHour.exceptions += 1 }
  }

  private mutating func flushHour() {
    guard lastHour.judged > 0 else { return }
    let before = hours[lastHour.hour] ?? (0, 0)
    hours[lastHour.hour] = (before.judged + lastHour.judged, before.exceptions + lastHour.exceptions)
  }

  /// Puts the sums into words.
  mutating func finish(into partial: inout Partial, judge: borrowing DecisionJudge) {
    flushHour()
    lastHour = (.min, 0, 0)
    partial.hours = hours
    for (key, sums) in zip(keys.keys, sums) {
      partial.tally.append(
        TallyRow(
          day: Int(Int32(truncatingIfNeeded: key.0 >> 32)), rule: judge.nameOrDash(Int(key.0 & 0xFFFF_FFFF)),
          version: judge.nameOrDash(Int(key.1 >> 40)), owner: judge.nameOrDash(Int(key.1 >> 8 & 0xFFFF_FFFF)),
          ownerStatus: OwnerStatus(rawValue: UInt8(key.1 >> 4 & 15)) ?? .notAsked,
          decisionClass: DecisionClass(rawValue: UInt8(key.1 & 15)) ?? .malformed, sums: sums))
    }
    if partial.malformed > 0 {
      var sums = TallySums()
      sums.n = partial.malformed
      partial.tally.append(
        TallyRow(
          day: nil, rule: "-", version: "-", owner: "-", ownerStatus: .notAsked, decisionClass: .malformed, sums: sums))
    }
    partial.traffic = zip(trafficKeys.keys, traffic).map { key, n in
      TrafficRow(
        servedModel: judge.names.name(Int(key.0 >> 32)), provider: judge.names.name(Int(key.0 & 0xFFFF_FFFF)),
        jurisdiction: judge.names.name(Int(key.1 >> 2)), isSensitive: key.1 & 2 != 0, hasTools: key.1 & 1 != 0, n: n)
    }
    partial.routed = zip(routedKeys.keys, routed).map { key, n in
      RoutedRow(
        rule: judge.names.name(Int(key.0 >> 32)), version: judge.names.name(Int(key.0 & 0xFFFF_FFFF)),
        week: Int(Int32(truncatingIfNeeded: key.1 >> 32)), servedModel: judge.names.name(Int(key.1 & 0xFFFF_FFFF)), n: n
      )
    }
    partial.seen = zip(seenKeys.keys, seen).map { key, row in
      SeenRow(
        kind: SeenRow.Kind.allCases[Int(key.0)], name: judge.names.name(Int(key.1)), n: row.n, unlisted: row.unlisted,
        first: Instant(microseconds: row.first), last: Instant(microseconds: row.last))
    }
    partial.tenures = zip(judge.plan.tenures, tenures).compactMap { tenure, row in
      row.n == 0
        ? nil : TenureRow(rule: tenure.rule, recordIndex: tenure.recordIndex, n: row.n, redecided: row.redecided)
    }
    for (version, n) in redecidedVersions { partial.redecidedVersions[judge.nameOrDash(version)] = n }
    for (index, field) in RoutingField.allCases.enumerated() { partial.emptyFields[field] = emptyFields[index] }
  }
}

extension SeenRow.Kind {
  fileprivate var code: Int {
    switch self {
    case .model: 0
    case .deployment: 1
    case .agent: 2
    case .tool: 3
    case .provider: 4
    case .dataClass: 5
    }
  }
}
