internal import EvidenceModel
internal import Verification

/// How `tenure retention` tells its answer.
struct RetentionTable {
  let schedule: RetentionSchedule
  let today: Instant
  let verdicts: [(item: RetainedItem, verdict: RetentionVerdict)]

  func print() {
    Terminal.result("on           \(today)")
    for kind in RetentionRule.Kind.allCases {
      let words = schedule.rules[kind].map { "kept for \($0.words)" } ?? "no rule, so none may be deleted"
      Terminal.result("\(kind.rawValue.filled(to: 13))\(words)")
    }
    for hold in schedule.holds ?? [] {
      Terminal.result(
        (hold.holds(at: today) ? "hold" : "lifted").filled(to: 13) + OneLine.text("\(hold.id): \(hold.words)"))
    }
    let width = RetentionVerdict.State.allCases.map(\.rawValue.count).max() ?? 0
    for (item, verdict) in verdicts {
      let state = verdict.state.rawValue.filled(to: width)
      Terminal.result(
        "  \(state)  \(String(item.kind.rawValue.dropLast()).filled(to: 5))  \(OneLine.text("\(item.name): \(verdict.why)"))"
      )
    }
    let counts = RetentionVerdict.State.allCases.map { state in
      "\(verdicts.count { $0.verdict.state == state }) \(state.rawValue)"
    }
    Terminal.result("\(verdicts.count) = \(counts.joined(separator: " + ")); nothing was deleted")
  }

  func printEvents() {
    for kind in RetentionRule.Kind.allCases {
      guard let rule = schedule.rules[kind] else { continue }
      Terminal.event("retention-rule", ["kind": .text(kind.rawValue), "keep": .text(rule.words)])
    }
    for hold in schedule.holds ?? [] {
      Terminal.event(
        "legal-hold",
        [
          "id": .text(hold.id), "period": .text(hold.period.name), "logs": .texts(hold.logs.map(\.text)),
          "rules": .texts(hold.rules), "from": .text(hold.from.description),
          "to": hold.to.map { .text($0.description) }, "ordered_by": .text(hold.orderedBy),
          "reference": hold.reference.map { .text($0) }, "file": .text(hold.place.source),
          "line": .whole(hold.place.line), "holds": .flag(hold.holds(at: today)),
        ])
    }
    for (item, verdict) in verdicts {
      Terminal.event(
        "retained",
        [
          "kind": .text(String(item.kind.rawValue.dropLast())), "name": .text(item.name),
          "periods": .texts(item.periods.map(\.name)), "state": .text(verdict.state.rawValue),
          "until": verdict.until.map { .text($0.description) }, "holds": .texts(verdict.holds.map(\.id)),
          "why": .text(verdict.why), "at": .text(today.description),
        ])
    }
  }
}
