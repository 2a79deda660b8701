internal import EvidenceModel
internal import Intake

/// Adds judged decisions up. Tallies of one plan add up too, in any order, so each thread and each split has its own.
package final class Tally {
  /// Above this many rows a tally is put away, and the rest of its log begins another one: a log can hold more names
  /// and days than memory.
  private static let roomyRows = 200_000
  private static let roomyNameBytes = 16 << 20
  private static let roomyRecordBytes = 16 << 20

  package let plan: ReplayPlan
  let names: NameTable
  package var counts = LineCounts()
  private var rows = KeyedSums(zero: TallySums(), capacity: 1024)
  private var traffic = KeyedSums(zero: 0)
  private var routed = KeyedSums(zero: 0, capacity: 256)
  private var hours = KeyedSums(zero: HourSums())
  /// By permit rule and version.
  private var permitted = KeyedSums(zero: PermitSums())
  /// By day and served model.
  private var servedDays = KeyedSums(zero: ServedSums(), capacity: 256)
  /// By which fields are empty, inferred, matched.
  private var fieldShapes = KeyedSums(zero: 0)
  private var seen = SeenTable()
  private var links = LinkTable()
  /// By version, rule and class, and by what a neighbouring version would have said.
  private var neighbours = KeyedSums(zero: 0)
  private var tenures: [TenureSums]
  private var redecidedVersions: [Int]
  private(set) var sampler: Sampler
  private var attributeSampler: AttributeSampler
  private(set) var boundaries = BoundaryTable()
  let requests = RequestDigests()
  private let maximumCost: Int64

  struct HourSums: BitwiseCopyable { var judged = 0, exceptions = 0 }
  struct PermitSums: BitwiseCopyable { var n = 0, ambiguous = 0 }
  struct ServedSums: BitwiseCopyable { var n = 0, tokensIn: Int64 = 0, tokensOut: Int64 = 0, costMicros: Int64 = 0 }
  struct TenureSums: BitwiseCopyable { var n = 0, redecided = 0 }

  package init(_ plan: ReplayPlan) {
    self.plan = plan
    names = NameTable(copying: plan.names)
    tenures = Array(repeating: TenureSums(), count: plan.tenures.count)
    redecidedVersions = Array(repeating: 0, count: plan.versions.count)
    sampler = Sampler(size: plan.settings.sampleSize)
    attributeSampler = AttributeSampler(size: plan.settings.attributeSampleSize)
    maximumCost = plan.settings.maximumCostMicros ?? .max
  }

  /// Whether it holds more than it should go on with.
  var isCrowded: Bool {
    rows.count + traffic.count + routed.count + servedDays.count + hours.count + seen.sparseCount + links.count
      + neighbours.count + boundaries.count + names.count
      - plan.names.count
      > Self.roomyRows
      || names.byteCount - plan.names.byteCount > Self.roomyNameBytes || boundaries.keptBytes > Self.roomyRecordBytes
  }

  func add(_ record: RoutingRecord, _ judgement: Judgement, tools: UnsafeBufferPointer<Int>) {
    let at = record.at
    let day = at.day
    let isServed = record.outcome == .success
    counts.judged += 1
    if record.zoneAssumed { counts.zoneAssumed += 1 }
    counts.firstAt = min(counts.firstAt, at.microseconds)
    counts.lastAt = max(counts.lastAt, at.microseconds)

    let row = rows.entry(
      UInt64(UInt32(truncatingIfNeeded: day)) &<< 32 | UInt64(judgement.rule),
      UInt64(judgement.version) &<< 40 | UInt64(judgement.owner) &<< 8
        | UInt64(judgement.ownerStatus.rawValue) &<< 4 | UInt64(judgement.decisionClass.rawValue))
    row.pointee.sum.n &+= 1
    row.pointee.sum.tokensIn &+= record.tokensIn
    row.pointee.sum.tokensOut &+= record.tokensOut
    row.pointee.sum.costMicros &+= record.costMicros
    if judgement.indeterminate { row.pointee.sum.indeterminate &+= 1 }
    if isServed { row.pointee.sum.served &+= 1 }
    if record.outcome == .blocked { row.pointee.sum.blocked &+= 1 }
    if !record.tools.isEmpty { row.pointee.sum.withTools &+= 1 }
    if record.isAfterFailure {
      row.pointee.sum.afterFailure &+= 1
    } else if !record.escalatedFrom.isEmpty {
      row.pointee.sum.moved &+= 1
    }
    if judgement.dataClass == 0 { row.pointee.sum.unclassified &+= 1 }
    if record.costMicros > maximumCost { row.pointee.sum.overCost &+= 1 }
    if isServed, judgement.triedModel != 0, judgement.triedModel == judgement.servedModel {
      row.pointee.sum.returned &+= 1
    }
    if judgement.isSensitive, isServed {
      row.pointee.sum.sensitiveServed &+= 1
      if judgement.placeIsUnlisted { row.pointee.sum.sensitiveUnplaced &+= 1 }
    }

    // What a provider bills: also an answer that was cut off or refused afterwards.
    if judgement.servedModel != 0, isServed || record.costMicros > 0 {
      let served = servedDays.entry(UInt64(UInt32(truncatingIfNeeded: day)), UInt64(judgement.servedModel))
      served.pointee.sum.n &+= 1
      served.pointee.sum.tokensIn &+= record.tokensIn
      served.pointee.sum.tokensOut &+= record.tokensOut
      served.pointee.sum.costMicros &+= record.costMicros
    }
    if isServed {
      traffic.entry(
        UInt64(judgement.servedModel) &<< 32 | UInt64(judgement.provider),
        UInt64(judgement.jurisdiction) &<< 2 | (judgement.isSensitive ? 2 : 0) | (record.tools.isEmpty ? 0 : 1)
      ).pointee.sum &+= 1
      if judgement.permit != 0 {
        let permit = permitted.entry(UInt64(judgement.permit), UInt64(judgement.version))
        permit.pointee.sum.n &+= 1
        if judgement.permitIsAmbiguous { permit.pointee.sum.ambiguous &+= 1 }
      }
      if judgement.rule != 0 {
        routed.entry(
          UInt64(judgement.rule) &<< 32 | UInt64(judgement.version),
          UInt64(UInt32(truncatingIfNeeded: CivilDay.monday(of: day))) &<< 32 | UInt64(judgement.servedModel)
        ).pointee.sum &+= 1
      }
    }

    see(judgement, tools, at.microseconds, isServed: isServed)
    links.add(judgement, record.outcome, tools: tools, at: at.microseconds)
    if let before = judgement.before { count(before, of: judgement, isBefore: true) }
    if let after = judgement.after { count(after, of: judgement, isBefore: false) }
    let hour = hours.entry(UInt64(bitPattern: Int64(at.hour)), 0)
    hour.pointee.sum.judged &+= 1
    if judgement.decisionClass.isException { hour.pointee.sum.exceptions &+= 1 }
    if judgement.tenure >= 0 {
      tenures[judgement.tenure].n &+= 1
      if judgement.ownerChangedAfterwards { tenures[judgement.tenure].redecided &+= 1 }
    }
    if judgement.versionChangedAfterwards { redecidedVersions[judgement.versionIndex] &+= 1 }
    let fields = judgement.fields(of: record)
    fieldShapes.entry(
      UInt64(fields.empty.rawValue) &<< 32 | UInt64(fields.inferred.rawValue) &<< 16 | UInt64(fields.matched.rawValue),
      0
    ).pointee.sum &+= 1
  }

  private func count(_ other: Otherwise, of judgement: Judgement, isBefore: Bool) {
    neighbours.entry(
      UInt64(judgement.versionIndex) &<< 33 | UInt64(judgement.rule) &<< 1 | (isBefore ? 1 : 0),
      UInt64(other.rule) &<< 8 | UInt64(judgement.decisionClass.rawValue) &<< 4 | UInt64(other.decisionClass.rawValue)
    ).pointee.sum &+= 1
  }

  private func see(_ judgement: Judgement, _ tools: UnsafeBufferPointer<Int>, _ at: Int64, isServed: Bool) {
    func see(_ kind: SeenRow.Kind, _ name: Int, _ standing: Standing = []) {
      if name != 0 { seen.add(kind, name, standing, at) }
    }
    // Only what answered was not off.
    func answering(_ standing: Standing) -> Standing { isServed ? standing : standing.subtracting(.switchedOff) }
    see(.agent, judgement.agent, plan.standing(of: judgement.agent, as: .agent, at: at) ?? plan.unknownAgent)
    see(.dataClass, judgement.dataClass)
    see(.credential, judgement.credential)
    let provider = plan.standing(of: judgement.provider, as: .provider, at: at) ?? []
    see(.provider, judgement.provider, answering(provider))
    let model = plan.standing(of: judgement.servedModel, as: .model, at: at)
    see(.model, judgement.servedModel, answering(model ?? (judgement.modelIsListed ? [] : .unlisted)))
    let deployment = plan.standing(of: judgement.registeredDeployment, as: .deployment, at: at) ?? []
    see(
      .deployment, judgement.deployment,
      answering(deployment.union(judgement.placeIsUnlisted ? .unlisted : [])))
    for tool in tools { see(.tool, tool, plan.standing(of: tool, as: .tool, at: at) ?? plan.unknownTool) }
  }

  @inline(__always)
  func offer(_ judgement: Judgement, digest: Digest, chunk: Int, makeDecision: () -> JudgedDecision) {
    if digest.words.0 <= attributeSampler.limit {
      attributeSampler.take(SampleRow(digest: digest, decision: makeDecision(), chunk: chunk))
    }
    if judgement.rule == 0 { return }
    sampler.offer(rule: judgement.rule, class: judgement.decisionClass, digest: digest) {
      SampleRow(digest: digest, decision: makeDecision(), chunk: chunk)
    }
  }

  @inline(__always)
  func addPlace(_ place: BoundaryTable.Place, of judgement: Judgement) {
    if judgement.rule != 0 { boundaries.add(rule: judgement.rule, since: judgement.since, place) }
  }

  /// Keeps what stands next to a change, before the chunk is used again.
  func keepBoundaries(of chunk: Int, _ record: (BoundaryTable.Place) -> BoundaryTable.Record) {
    boundaries.keep(chunk: chunk, record)
  }

  /// Adds another tally of the same plan.
  func add(_ other: Tally) {
    let known = plan.names.count
    // Names that the plan knows have the same integers everywhere; the others are looked up once.
    var local = Array(0..<known)
    for id in known..<max(known, other.names.count) {
      local.append(names.id(bytes: other.names.raw(id), isShown: true))
    }
    counts.add(other.counts)
    for entry in other.rows.all { rows.entry(entry.first, entry.second).pointee.sum.add(entry.sum) }
    for entry in other.traffic.all {
      traffic.entry(
        UInt64(local[Int(entry.first >> 32)]) << 32 | UInt64(local[Int(entry.first & 0xFFFF_FFFF)]),
        UInt64(local[Int(entry.second >> 2)]) << 2 | entry.second & 3
      ).pointee.sum += entry.sum
    }
    for entry in other.routed.all {
      routed.entry(entry.first, (entry.second >> 32) << 32 | UInt64(local[Int(entry.second & 0xFFFF_FFFF)]))
        .pointee.sum += entry.sum
    }
    for entry in other.hours.all {
      let hour = hours.entry(entry.first, 0)
      hour.pointee.sum.judged += entry.sum.judged
      hour.pointee.sum.exceptions += entry.sum.exceptions
    }
    for entry in other.permitted.all {
      let permit = permitted.entry(entry.first, entry.second)
      permit.pointee.sum.n += entry.sum.n
      permit.pointee.sum.ambiguous += entry.sum.ambiguous
    }
    for entry in other.servedDays.all {
      let served = servedDays.entry(entry.first, UInt64(local[Int(entry.second)]))
      served.pointee.sum.n += entry.sum.n
      served.pointee.sum.tokensIn += entry.sum.tokensIn
      served.pointee.sum.tokensOut += entry.sum.tokensOut
      served.pointee.sum.costMicros += entry.sum.costMicros
    }
    for entry in other.fieldShapes.all { fieldShapes.entry(entry.first, 0).pointee.sum += entry.sum }
    links.add(other.links, names: local)
    // Versions and rules are the plan's own.
    for entry in other.neighbours.all { neighbours.entry(entry.first, entry.second).pointee.sum += entry.sum }
    other.seen.forEach { kind, name, row in seen.add(kind, local[name], row) }
    for index in tenures.indices {
      tenures[index].n += other.tenures[index].n
      tenures[index].redecided += other.tenures[index].redecided
    }
    for index in redecidedVersions.indices { redecidedVersions[index] += other.redecidedVersions[index] }
    for row in other.sampler.rows {
      sampler.offer(
        rule: names.id(row.decision.rule), class: row.decision.decisionClass, digest: row.digest
      ) { row }
    }
    attributeSampler.add(other.attributeSampler)
    boundaries.add(other.boundaries)
    requests.add(other.requests)
  }

  /// The sums in words, but for what stands next to a change, which is judged again for that.
  package var partial: Partial {
    func nameOrDash(_ id: Int) -> String { id == 0 ? "-" : names.name(id) }
    var partial = Partial()
    partial.counts = counts
    for entry in fieldShapes.all {
      func fields(_ shift: UInt64) -> RoutingFields {
        .init(rawValue: UInt16(truncatingIfNeeded: entry.first >> shift))
      }
      partial.counts.fields.add(entry.sum, empty: fields(32), inferred: fields(16), matched: fields(0))
    }
    partial.tally = rows.all.map { entry in
      TallyRow(
        day: Int(Int32(truncatingIfNeeded: entry.first >> 32)), rule: nameOrDash(Int(entry.first & 0xFFFF_FFFF)),
        version: nameOrDash(Int(entry.second >> 40)), owner: nameOrDash(Int(entry.second >> 8 & 0xFFFF_FFFF)),
        ownerStatus: OwnerStatus(rawValue: UInt8(entry.second >> 4 & 15)) ?? .notAsked,
        decisionClass: DecisionClass(rawValue: UInt8(entry.second & 15)) ?? .malformed, sums: entry.sum)
    }
    if counts.malformed > 0 {
      var sums = TallySums()
      sums.n = counts.malformed
      partial.tally.append(
        TallyRow(
          day: nil, rule: "-", version: "-", owner: "-", ownerStatus: .notAsked, decisionClass: .malformed, sums: sums))
    }
    partial.hours = Dictionary(
      hours.all.map { (Int(Int64(bitPattern: $0.first)), ($0.sum.judged, $0.sum.exceptions)) },
      uniquingKeysWith: { first, _ in first })
    partial.traffic = traffic.all.map { entry in
      TrafficRow(
        servedModel: names.name(Int(entry.first >> 32)), provider: names.name(Int(entry.first & 0xFFFF_FFFF)),
        jurisdiction: names.name(Int(entry.second >> 2)), isSensitive: entry.second & 2 != 0,
        hasTools: entry.second & 1 != 0, n: entry.sum)
    }
    partial.routed = routed.all.map { entry in
      RoutedRow(
        rule: names.name(Int(entry.first >> 32)), version: names.name(Int(entry.first & 0xFFFF_FFFF)),
        week: Int(Int32(truncatingIfNeeded: entry.second >> 32)),
        servedModel: names.name(Int(entry.second & 0xFFFF_FFFF)), n: entry.sum)
    }
    partial.permitted = permitted.all.map { entry in
      PermittedRow(
        rule: names.name(Int(entry.first)), version: names.name(Int(entry.second)), n: entry.sum.n,
        ambiguous: entry.sum.ambiguous)
    }
    partial.servedDays = servedDays.all.map { entry in
      ServedDayRow(
        day: Int(Int32(truncatingIfNeeded: entry.first)), servedModel: names.name(Int(entry.second)), n: entry.sum.n,
        tokensIn: entry.sum.tokensIn, tokensOut: entry.sum.tokensOut, costMicros: entry.sum.costMicros)
    }
    seen.forEach { kind, name, row in
      partial.seen.append(
        SeenRow(
          kind: kind, name: names.name(name), n: row.n, unlisted: row.unlisted, retired: row.retired,
          switchedOff: row.switchedOff,
          first: Instant(microseconds: row.first), last: Instant(microseconds: row.last)))
    }
    partial.links = links.rows(names)
    partial.neighbours = neighbours.all.compactMap { entry in
      let version = plan.versions[Int(entry.first >> 33)]
      let isBefore = entry.first & 1 == 1
      guard let neighbour = isBefore ? version.before : version.after else { return nil }
      return NeighbourRow(
        version: names.name(version.name), neighbour: names.name(plan.versions[neighbour.version].name),
        isBefore: isBefore, rule: nameOrDash(Int(entry.first >> 1 & 0xFFFF_FFFF)),
        decisionClass: DecisionClass(rawValue: UInt8(entry.second >> 4 & 15)) ?? .malformed,
        neighbourRule: nameOrDash(Int(entry.second >> 8)),
        neighbourClass: DecisionClass(rawValue: UInt8(entry.second & 15)) ?? .malformed, n: entry.sum)
    }
    partial.tenures = zip(plan.tenures, tenures).compactMap { tenure, sums in
      sums.n == 0
        ? nil : TenureRow(rule: tenure.rule, recordIndex: tenure.recordIndex, n: sums.n, redecided: sums.redecided)
    }
    for (version, n) in zip(plan.versions, redecidedVersions) where n > 0 {
      partial.redecidedVersions[nameOrDash(version.name)] = n
    }
    partial.sample = sampler.rows
    partial.attributeSample = attributeSampler.rows
    return partial
  }
}
