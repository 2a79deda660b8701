internal import EvidenceModel
internal import EvidencePack
internal import Exchange
internal import Verification

/// What a mail says of a pack.
struct PackDigest {
  let facts: ExchangeFacts
  let path: String
  let manifest: Digest

  /// How many checks and records are named; the rest is counted.
  private static let most = 12
  /// No line of a mail may have more than 998 bytes.
  private static let longest = 200

  private func count(_ result: CheckResult) -> Int { facts.checks.count { $0.result == result } }

  /// Those with the largest share of exceptions first.
  private var failing: [ExchangeFacts.Check] {
    func share(_ check: ExchangeFacts.Check) -> Double { Double(check.exceptions) / Double(max(1, check.population)) }
    return facts.checks.filter { $0.result == .fail }.sorted { first, second in
      share(first) != share(second) ? share(first) > share(second) : first.id.precedesBytewise(second.id)
    }
  }

  /// Records that are missing, with the checks that cannot tell for want of them; those of most checks first.
  private var missing: [(record: String, checks: Int)] {
    var counts: ByName<Int> = [:]
    for check in facts.checks where check.result == .cannotTell {
      for record in check.missing { counts[record, default: 0] += 1 }
    }
    return counts.map { (record: $0.key, checks: $0.value) }.sorted {
      $0.checks != $1.checks ? $0.checks > $1.checks : $0.record.precedesBytewise($1.record)
    }
  }

  private var nextStep: String {
    if !facts.isComplete { return "Open scope.html in the pack: it says what is missing. Add it, and run again." }
    if let worst = failing.first {
      return "Open index.html in the pack; \(worst.page) is the check that stands first above."
    }
    // Nothing that fails is no pass where nobody could tell.
    if !missing.isEmpty {
      return "Keep the first record above that is missing: no check fails, but not every check could tell."
    }
    return "Open index.html in the pack, then seal it: tenure seal."
  }

  var lines: [String] {
    let results = CheckResult.allCases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: " + ")
    var lines = [
      "Evidence pack \(facts.period) of \(facts.organisation), \(facts.periodText)", "",
      "pack         \(path)", "manifest     \(manifest)",
      "state        \(facts.isComplete ? "complete" : "incomplete")",
      "decisions    \(facts.judged), of which \(facts.exceptions) are exceptions; \(facts.malformed) records are malformed",
      "checks       \(facts.checks.count) = \(results)",
    ]
    lines += list("Checks that fail", failing.map { "\($0.id)  \($0.exceptions) of \($0.population)  \($0.title)" })
    lines += list(
      "Records that checks cannot tell without",
      missing.map { "\($0.record) (\($0.checks) \($0.checks == 1 ? "check" : "checks"))" })
    lines += ["", "Next: \(nextStep)"]
    return lines.map { FigureText.shortened(OneLine.text($0), to: Self.longest) }
  }

  private func list(_ heading: String, _ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    let rest = items.count - Self.most
    return ["", "\(heading): \(items.count)"] + items.prefix(Self.most).map { "  " + $0 }
      + (rest > 0 ? ["  … and \(rest) more"] : [])
  }

  /// Only words of the program and a period: what a pack says may not become a line of a mail's head.
  private var subject: String {
    let period = facts.period.unicodeScalars.filter {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-/:.".unicodeScalars.contains($0))
    }
    let state = facts.isComplete ? "" : ", incomplete"
    let results = "\(count(.fail)) of \(facts.checks.count) checks fail, \(count(.cannotTell)) cannot tell"
    return "Evidence pack \(String(String.UnicodeScalarView(period.prefix(60))))\(state): \(results)"
  }

  var mailHead: [String] {
    [
      "Subject: \(subject)", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: 8bit", "Auto-Submitted: auto-generated", "",
    ]
  }

  func printEvent() {
    var members: [String: EventValue?] = [
      "pack": .text(path), "manifest_sha256": .text(manifest.description), "organisation": .text(facts.organisation),
      "period": .text(facts.period), "period_from": .stated(facts.from), "period_to": .stated(facts.to),
      "complete": .flag(facts.isComplete), "judged": .whole(facts.judged), "exceptions": .whole(facts.exceptions),
      "malformed": .whole(facts.malformed), "failing": .texts(failing.map(\.id)),
      "missing": .texts(missing.map(\.record)), "subject": .text(subject), "next_step": .text(nextStep),
    ]
    for result in CheckResult.allCases {
      members["checks_" + result.rawValue.replacing("-", with: "_")] = .whole(count(result))
    }
    Terminal.event("summary", members)
  }
}
