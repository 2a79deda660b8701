package import EvidenceModel

/// How one period stands to the one after it.
package enum PeriodLink: Sendable, Equatable {
  case adjoins
  /// Time between the two is in neither; the periods that would fill it have these names, where they are of one kind.
  case missing([String], from: Instant, to: Instant)
  /// Time is in both.
  case overlaps
  /// The earlier pack's period does not begin before this one.
  case wrongOrder
  /// A period without bounds has no place in the order.
  case unbounded

  package init(from earlier: Period, to later: Period) {
    guard let start = earlier.from, let end = earlier.to, let from = later.from, let to = later.to, start < end,
      from < to
    else {
      self = .unbounded
      return
    }
    if start >= from {
      self = .wrongOrder
    } else if end > from {
      self = .overlaps
    } else if end < from {
      self = .missing(Self.names(between: earlier, later), from: end, to: from)
    } else {
      self = .adjoins
    }
  }

  /// In kebab case, as documents and events name it.
  package var name: String {
    switch self {
    case .adjoins: "adjoins"
    case .missing: "missing"
    case .overlaps: "overlaps"
    case .wrongOrder: "wrong-order"
    case .unbounded: "unbounded"
    }
  }

  /// What is missing, for people: `2026-Q2`, or the two instants; at most eight names.
  package var missing: String? {
    guard case .missing(let names, let from, let to) = self else { return nil }
    guard !names.isEmpty else { return "\(from) to \(to)" }
    let more = names.count - 8
    return names.prefix(8).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// The names of the months, quarters or years between two of the same kind; nothing where the two are of other kinds.
  private static func names(between earlier: Period, _ later: Period) -> [String] {
    guard let kind = CalendarPeriod(earlier), let end = CalendarPeriod(later), kind.months == end.months else {
      return []
    }
    let first = kind.first + kind.months
    guard first < end.first, (end.first - first) % kind.months == 0 else { return [] }
    return stride(from: first, to: end.first, by: kind.months).map { kind.name(at: $0) }
  }

  /// A period that is a month, a quarter or a year of the calendar.
  private struct CalendarPeriod {
    /// Months since year 0.
    var first: Int
    var months: Int

    init?(_ period: Period) {
      guard !period.name.contains("/"), let from = period.from, let to = period.to,
        let read = try? Period(parsing: period.name, now: from), read == period
      else { return nil }
      let (start, end) = (CivilDay.parts(from.day), CivilDay.parts(to.day))
      first = start.year * 12 + start.month - 1
      months = end.year * 12 + end.month - 1 - first
    }

    func name(at month: Int) -> String {
      let year = padded(month / 12, 4)
      switch months {
      case 12: return year
      case 3: return "\(year)-Q\(month % 12 / 3 + 1)"
      default: return "\(year)-\(padded(month % 12 + 1, 2))"
      }
    }
  }
}

/// The packs before one, the latest first, each with how it stands to the one after it.
package struct PackChain: Sendable {
  /// More packs than these are left out, and that is said.
  package static let longest = 40

  package struct Entry: Sendable {
    package var pack: EarlierPack
    package var link: PeriodLink
  }

  package private(set) var entries: [Entry] = []
  package private(set) var isCut: Bool

  /// - Parameter before: the pack that was read; what comes before it is as it tells it.
  init(before: PackSummary, after: Period) {
    var packs = before.earlier
    if let manifest = before.identity.manifest {
      let own = before.identity
      packs.insert(
        EarlierPack(
          period: own.period, periodText: own.periodText, manifest: manifest, toolVersion: own.toolVersion,
          judged: own.judged, exceptions: own.exceptions), at: 0)
    }
    isCut = before.earlierIsCut || packs.count > Self.longest
    var later = after
    for pack in packs.prefix(Self.longest) {
      entries.append(Entry(pack: pack, link: PeriodLink(from: pack.period, to: later)))
      later = pack.period
    }
  }
}
