internal import EvidenceModel
internal import Replay

/// One rule in the list of rules.
struct RuleLine {
  var rule: Rule
  var id: String
  var owner: String
  var versions: Int
  var changes: Int
  var lastChange: Instant?
  var decisions: Int
  var exceptions: Int
  var isInForce: Bool

  init(
    _ rule: Rule, id: String, owner: String, versions: Int, tally: [TallyRow], changes: [Instant], isInForce: Bool
  ) {
    self.rule = rule
    self.id = id
    self.owner = owner
    self.versions = versions
    self.changes = changes.count
    lastChange = changes.max()
    decisions = tally.reduce(0) { $0 + $1.sums.n }
    exceptions = tally.filter(\.decisionClass.isException).reduce(0) { $0 + $1.sums.n }
    self.isInForce = isInForce
  }
}

extension DocumentContext {
  static let ruleList = ListKind(folder: "r", root: "rules", stylesheet: "rules", title: "Rules")

  /// By name; by exceptions, most first; by the last change, latest first; by owner.
  func ruleOrders(_ lines: [RuleLine]) -> [ListOrder<RuleLine>] {
    // The sorts are stable, so equal rules stay in the order of their names.
    [
      ListOrder(name: "name", items: lines) { $0.id },
      ListOrder(name: "exceptions", items: lines.sorted { $0.exceptions > $1.exceptions }) {
        FigureText.grouped($0.exceptions)
      },
      ListOrder(
        name: "change",
        items: lines.sorted { $0.lastChange?.microseconds ?? .min > $1.lastChange?.microseconds ?? .min }
      ) { line in line.lastChange.map { time.day(time.dayNumber($0)) } ?? "–" },
      ListOrder(name: "owner", items: lines.sorted { $0.owner.precedesBytewise($1.owner) }) { $0.owner },
    ]
  }

  func ruleLine(_ line: RuleLine, in xml: inout XMLWriter) {
    xml.element(
      "rule-line",
      [
        "anchor": anchor("rule", line.id), "rule": line.id, "page": layout.rule(line.id),
        "action": line.rule.action.rawValue, "words": FigureText.shortened(line.rule.words, to: 600),
        "owner": FigureText.shortened(line.owner), "owner-page": layout.owner(line.owner),
        "versions": String(line.versions), "changes": String(line.changes),
        "changed": line.lastChange?.description, "changed-text": line.lastChange.map { time.day(time.dayNumber($0)) },
        "decisions": String(line.decisions), "exceptions": String(line.exceptions),
        "findings": String(findings(ofRule: line.id).count), "in-force": String(line.isInForce),
      ])
  }
}
