internal import EvidenceModel

/// Human escalations are answered in time, by someone authorised, at a bearable load.
struct HumanEscalationsAnswered: Check {
  static let definition = CheckDefinition(
    id: "RG-ESC-04", title: "Human escalations are answered in time, by someone authorised, at a bearable load",
    question:
      "Was every request that was put before a person answered within the limit, by somebody with authority over the rule who had not asked it, and who was not overloaded?",
    method:
      "Each entry of the queue that was asked in the period is looked at. One without an answer after the limit, answered late or before it was asked, answered by its requester, by somebody who had left, or by somebody who held no ownership record of any role for the rule at that instant is an exception, and so is each answer of a reviewer beyond the number allowed on one UTC day. An entry that names no known rule, or no reviewer, cannot be told, and neither can one whose limit ends after the period.",
    population: "escalations to a person",
    cannotShow: "How carefully the person looked; requests that should have been put before a person and were not.")

  /// What an escalation may have been, besides answered as it should.
  private enum Fault: String, CaseIterable {
    case unanswered = "not answered within the limit"
    case contradictory = "answered before they were asked, as the queue states it"
    case late = "answered late"
    case byRequester = "answered by the one who asked"
    case unauthorised = "answered by somebody without authority on record"
    case overloaded = "answered beyond the load that is allowed"
  }

  private enum Doubt: String, CaseIterable {
    case notDue = "not answered, and not yet due at the end of the period"
    case noReviewer = "answered, the queue does not say by whom"
    case noRule = "answered for no rule of the policy, so whose authority it took cannot be told"
    case noOwnership = "answered, and no ownership record says with what authority"

    var missing: String {
      switch self {
      case .notDue: "the answers given after the end of the period"
      case .noReviewer: "the reviewer of every answer in the queue of human escalations"
      case .noRule: "the rule of every entry in the queue of human escalations"
      case .noOwnership: MissingRecord.ownership.words
      }
    }
  }

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    guard let queue = facts.records.registers.escalations else {
      return conclude(population: 0, exceptions: 0, missing: [MissingRecord.escalations.words], whenEmpty: "")
    }
    let whenEmpty = "No request was put before a person in the period."
    guard let window = facts.window else { return conclude(population: 0, exceptions: 0, whenEmpty: whenEmpty) }
    let limit = (facts.parameters.number("answer-minutes", of: id) ?? 30) * 60e6
    let people = facts.records.ownership.people
    let overloaded = overloaded(queue, people, most: facts.parameters.number("max-per-reviewer-per-day", of: id) ?? 60)
    var authority = Authority(facts)
    var faults: [Fault: [String]] = [:]
    var doubts: [Doubt: [String]] = [:]
    var (population, exceptions, unclear) = (0, 0, 0)
    for (index, entry) in queue.enumerated() where window.from <= entry.askedAt && entry.askedAt < window.to {
      population += 1
      var found: [Fault] = overloaded.contains(index) ? [.overloaded] : []
      var open: [Doubt] = []
      if let answered = entry.answeredAt {
        let waited = answered.microseconds - entry.askedAt.microseconds
        if waited < 0 { found.append(.contradictory) } else if Double(waited) > limit { found.append(.late) }
        if let reviewer = entry.reviewer {
          if people.isSame(reviewer, entry.requester) { found.append(.byRequester) }
          switch authority.isHeld(by: reviewer, over: entry.rule, at: answered) {
          case .held: break
          case .notHeld: found.append(.unauthorised)
          case .noRule: open.append(.noRule)
          case .noOwnership: open.append(.noOwnership)
          }
        } else {
          open.append(.noReviewer)
        }
      } else if Double(window.to.microseconds - entry.askedAt.microseconds) > limit {
        found.append(.unanswered)
      } else {
        open.append(.notDue)
      }
      for fault in found { faults[fault, default: []].append(words(entry)) }
      for doubt in open { doubts[doubt, default: []].append(words(entry)) }
      if !found.isEmpty { exceptions += 1 } else if !open.isEmpty { unclear += 1 }
    }
    func finding(_ result: CheckResult, _ what: String, _ lines: [String], missing: [String]) -> Finding {
      Finding(
        check: id, result: result, subjectKind: .escalation, subject: what,
        summary: "\(lines.count) of \(population) escalations were \(what).", count: lines.count,
        population: population, details: shortLines(lines), missingRecords: missing)
    }
    let findings =
      Fault.allCases.compactMap { fault in
        faults[fault].map { finding(.fail, fault.rawValue, $0, missing: []) }
      }
      + Doubt.allCases.compactMap { doubt in
        doubts[doubt].map { finding(.cannotTell, doubt.rawValue, $0, missing: [doubt.missing]) }
      }
    return conclude(
      population: population, exceptions: exceptions, cannotTell: unclear,
      missing: Doubt.allCases.filter { doubts[$0] != nil }.map(\.missing), findings: findings, whenEmpty: whenEmpty)
  }

  private func words(_ entry: HumanEscalation) -> String {
    let answer = entry.answeredAt.map { ", answered \($0) by \(entry.reviewer ?? "nobody named")" } ?? ""
    let rule = entry.rule.map { " under rule \($0)" } ?? ""
    return "\(entry.id)\(rule): asked \(entry.askedAt) by \(entry.requester)\(answer) (\(entry.place))."
  }

  /// Places of the answers that a reviewer gave beyond the number allowed on one UTC day, in the order of the answers.
  private func overloaded(_ queue: [HumanEscalation], _ people: People, most: Double) -> Set<Int> {
    struct ReviewerDay: Hashable { var reviewer: [UInt8]; var day: Int }
    let answers = queue.indices.compactMap { index in queue[index].answeredAt.map { (at: $0, index: index) } }
      .sorted { ($0.at, $0.index) < ($1.at, $1.index) }
    var counts: [ReviewerDay: Int] = [:]
    var beyond = Set<Int>()
    for (at, index) in answers {
      guard let reviewer = queue[index].reviewer else { continue }
      let key = ReviewerDay(reviewer: Array(people.name(of: reviewer).utf8), day: at.day)
      counts[key, default: 0] += 1
      if Double(counts[key] ?? 0) > most { beyond.insert(index) }
    }
    return beyond
  }
}

/// Who held an ownership record of any role for a rule.
private struct Authority {
  enum Answer { case held, notHeld, noRule, noOwnership }

  private let ownership: OwnershipHistory
  private let isGiven: Bool
  private var known: ByName<Bool> = [:]
  private var memberships: ByName<[Membership]> = [:]
  /// By rule, then by owner; filled as rules are asked for.
  private var holders: ByName<ByName<[OwnershipRecord]>> = [:]

  init(_ facts: AssessmentFacts) {
    ownership = facts.records.ownership
    isGiven = facts.hasOwnership
    for rule in facts.records.history.ruleIDs { known[rule] = true }
    for membership in ownership.people.memberships {
      memberships[ownership.people.name(of: membership.person), default: []].append(membership)
    }
  }

  mutating func isHeld(by reviewer: String, over rule: String?, at instant: Instant) -> Answer {
    if ownership.status(of: reviewer, at: instant) == .departed { return .notHeld }
    guard let rule, known[rule] != nil else { return .noRule }
    guard isGiven else { return .noOwnership }
    let people = ownership.people
    if holders[rule] == nil {
      var byOwner: ByName<[OwnershipRecord]> = [:]
      for tenure in ownership.tenures(of: rule) {
        byOwner[people.name(of: tenure.record.owner), default: []].append(tenure.record)
      }
      holders[rule] = byOwner
    }
    // A team's record is held by its members.
    let name = people.name(of: reviewer)
    let teams = (memberships[name] ?? []).filter { $0.covers(instant) }.map { people.name(of: $0.team) }
    let held = ([name] + teams).contains { holders[rule]?[$0]?.contains { $0.covers(instant) } ?? false }
    return held ? .held : .notHeld
  }
}
