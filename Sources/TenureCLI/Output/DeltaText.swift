internal import Comparison
internal import EvidenceModel
internal import EvidencePack

/// The difference of two packs for people: the headline first, then short tables in the order of their weight.
enum DeltaText {
  /// Rows of a table; how many more there are is said.
  private static let limit = 30

  static func print(_ delta: PackDelta) {
    side("earlier", delta.before)
    side("later", delta.after)
    for remark in delta.remarks { Terminal.result("note     " + words(remark)) }
    Terminal.result("")
    Terminal.result(headline(delta))
    checks(delta)
    controls(delta)
    policy(delta)
    ownership(delta)
    findings(delta)
    sums(delta)
    table("rulers that differ", delta.rulers) { ruler in
      [ruler.kind.rawValue, ruler.name, "\(ruler.before ?? "absent") -> \(ruler.after ?? "absent")"]
    }
  }

  /// `2 checks newly failing, 1 newly passing, …`, the same words as on the page.
  static func headline(_ delta: PackDelta) -> String {
    "\(delta.checksAsked) checks: \(delta.count(.newlyFailing)) newly failing, \(delta.count(.newlyPassing)) newly passing, \(delta.count(.newlyCannotTell)) newly cannot tell, \(delta.count(.stillFailing)) still failing"
  }

  private static func side(_ name: String, _ side: PackSummary.Identity) {
    let manifest = side.manifest?.description ?? ""
    Terminal.result(
      "\(name.filled(to: 7))  \(short(side.organisation)), \(short(side.period.name)), manifest \(manifest)")
  }

  private static func words(_ remark: PackDelta.Remark) -> String {
    let (before, after) = (short(remark.before), short(remark.after))
    return switch remark.kind {
    case .missing: "between the two periods \(before) is missing"
    case .overlaps: "the periods \(before) and \(after) overlap, so some decisions stand in both packs"
    case .wrongOrder: "the period of the earlier pack, \(before), does not begin before that of the later one, \(after)"
    case .unbounded: "a period has no bounds, so the order of the two cannot be told"
    case .samePack: "both are the same pack"
    case .otherOrganisation: "the packs are of two organisations: \(before) and \(after)"
    case .otherLength: "the periods have \(before) and \(after) days, so counts do not compare; shares do"
    case .otherRuler: "\(before) settings, mappings or programs differ; a result may have changed because of them"
    }
  }

  // MARK: Tables

  private static func checks(_ delta: PackDelta) {
    func cell(_ outcome: PackSummary.Check.Outcome?) -> String {
      outcome.map { "\($0.result.rawValue) (\($0.exceptions) of \($0.population))" } ?? "not asked"
    }
    for kind in PackDelta.CheckChange.Kind.allCases {
      table("checks: \(spaced(kind.rawValue))", delta.checks.filter { $0.kind == kind }) { change in
        [change.id, "\(cell(change.before)) -> \(cell(change.after))", change.title]
      }
    }
  }

  private static func controls(_ delta: PackDelta) {
    for framework in delta.controls where !framework.changes.isEmpty {
      table("controls: \(framework.id)", framework.changes) { change in
        [
          spaced(change.kind.rawValue), change.display,
          "\(change.before?.rawValue ?? "absent") -> \(change.after?.rawValue ?? "absent")",
        ]
      }
    }
  }

  private static func policy(_ delta: PackDelta) {
    table("policy versions", delta.versions) { change in
      [
        spaced(change.kind.rawValue), change.version.id, change.version.effective.description,
        change.version.author ?? "",
      ]
    }
    table("changes of rules", delta.ruleChanges) { line in
      [line.change.direction.rawValue, line.rule, line.change.version, line.change.words]
    }
    table("rules", delta.rules) { rule in [rule.kind.rawValue, rule.rule, rule.words] }
  }

  private static func ownership(_ delta: PackDelta) {
    table("owners", delta.handOvers) { handOver in
      func owner(_ name: String) -> String { name == "-" ? "nobody" : name }
      return [handOver.rule, "\(owner(handOver.before)) -> \(owner(handOver.after))"]
    }
    table("gaps in ownership", delta.gaps) { gap in
      [
        spaced(gap.kind.rawValue), gap.rule, gap.what == "gap" ? "nobody on record" : "the owner had left",
        "\(gap.from) to \(gap.to?.description ?? "open")",
      ]
    }
  }

  private static func findings(_ delta: PackDelta) {
    for kind in PackDelta.FindingChange.Kind.allCases {
      table("findings: \(kind.rawValue)", delta.findings.filter { $0.kind == kind }) { change in
        [change.finding.id, change.finding.result.rawValue, change.finding.summary]
      }
    }
  }

  private static func sums(_ delta: PackDelta) {
    func share(_ n: Int, _ of: Int?) -> String {
      of.map { "\(n) of \($0) (\(FigureText.share(n, of: $0)))" } ?? String(n)
    }
    let figures = delta.figures.map { figure in
      (figure.name, share(figure.before, figure.beforeOf), share(figure.after, figure.afterOf))
    }
    let (before, after) = (delta.classes.reduce(0) { $0 + $1.before }, delta.classes.reduce(0) { $0 + $1.after })
    let classes = delta.classes.map { change in
      (change.decisionClass.name, share(change.before, before), share(change.after, after))
    }
    table("sums", figures + classes) { [$0.0, "\($0.1) -> \($0.2)"] }
  }

  private static func table<Row>(_ title: String, _ rows: [Row], _ cells: (Row) -> [String]) {
    guard !rows.isEmpty else { return }
    Terminal.result("")
    Terminal.result("\(title) (\(rows.count))")
    let shown = rows.prefix(limit).map { cells($0).map(short) }
    let columns = shown.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      shown.map { $0.indices.contains(column) ? min(60, $0[column].count) : 0 }.max() ?? 0
    }
    for row in shown {
      let last = row.count - 1
      Terminal.result(
        "  " + row.enumerated().map { $0 == last ? $1 : $1.filled(to: widths[$0]) }.joined(separator: "  "))
    }
    if rows.count > limit { Terminal.result("  … and \(rows.count - limit) more; --format json lists them all") }
  }

  private static func short(_ text: String) -> String {
    FigureText.shortened(text.replacing("\n", with: " "), to: 160)
  }

  private static func spaced(_ name: String) -> String { name.replacing("-", with: " ") }
}
