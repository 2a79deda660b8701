internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

extension DocumentContext {
  private static let pageSize = 200

  /// Exceptions in four orders, and the way into them.
  func decisionDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let groups = exceptionGroups
    let total = groups.first { $0.order == .time }?.entries.first?.n ?? 0
    try emit(
      document(
        "decision-groups", page: "d/index.html", stylesheet: "decision-groups", id: "exceptions", title: "Exceptions",
        attributes: [["exceptions": String(total), "judged": String(facts.judged)]]
      ) { xml in
        for group in groups where total > 0 {
          xml.element("group", ["by": group.order.rawValue]) { xml in
            for entry in group.entries.prefix(1000) {
              xml.element(
                "entry",
                [
                  "title": FigureText.shortened(entry.title, to: 80),
                  "page": layout.decisions(group.order, entry.key, page: 1),
                  "n": String(entry.n), "of": String(total),
                ])
            }
          }
        }
      })
    for group in groups where total > 0 { try exceptionPages(group, total: total, emit) }
  }

  private struct Group {
    struct Entry {
      var key: String
      var title: String
      var n: Int
    }
    var order: DecisionOrder
    var entries: [Entry]
  }

  private var exceptionGroups: [Group] {
    let rows = tally.filter(\.decisionClass.isException)
    func sums(_ key: (TallyRow) -> String) -> [Group.Entry] {
      var sums: [String: Int] = [:]
      for row in rows { sums[key(row), default: 0] += row.sums.n }
      return sums.keys.sortedBytewise().map { Group.Entry(key: $0, title: $0 == "-" ? "none" : $0, n: sums[$0] ?? 0) }
    }
    return [
      Group(order: .time, entries: [Group.Entry(key: "", title: "all, by time", n: rows.reduce(0) { $0 + $1.sums.n })]),
      Group(order: .decisionClass, entries: sums { $0.decisionClass.name }), Group(order: .rule, entries: sums(\.rule)),
      Group(order: .owner, entries: sums(\.owner)),
    ]
  }

  /// Streams one order through the store, so that no order is ever held whole.
  private func exceptionPages(_ group: Group, total: Int, _ emit: (EvidenceDocument) throws -> Void) throws {
    let counts = Dictionary(group.entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var key: String?
    var number = 1
    var rows: [(place: Int, decision: LocatedDecision)] = []
    func flush() throws {
      guard let key, let entry = counts[key], !rows.isEmpty else { return }
      try emit(exceptionPage(group.order, entry, number: number, rows: rows, total: total))
      number += 1
      rows = []
    }
    try pack.evidence.forEachException(by: group.order.grouping) { place, located in
      let own = group.order.key(of: located.decision)
      if own != key {
        try flush()
        key = own
        number = 1
      }
      rows.append((place, located))
      if rows.count == Self.pageSize { try flush() }
    }
    try flush()
  }

  private func exceptionPage(
    _ order: DecisionOrder, _ entry: Group.Entry, number: Int,
    rows: [(place: Int, decision: LocatedDecision)], total: Int
  ) -> EvidenceDocument {
    let count = (entry.n + Self.pageSize - 1) / Self.pageSize
    let page = { (number: Int) in layout.decisions(order, entry.key, page: number) }
    let title =
      switch order {
      case .time: "Exceptions by time"
      case .decisionClass: "Exceptions of class \(entry.title)"
      case .rule: entry.key == "-" ? "Exceptions without a rule" : "Exceptions under rule \(entry.title)"
      case .owner: entry.key == "-" ? "Exceptions without an owner" : "Exceptions under owner \(entry.title)"
      }
    return document(
      "decisions", page: page(number), stylesheet: "decisions",
      id: [order.rawValue, entry.key, String(number)].filter { !$0.isEmpty }.joined(separator: " "),
      title: count > 1 ? "\(title), page \(number) of \(count)" : title, attributes: [["kind": "exceptions"]],
      crumbs: [("d/index.html", "Exceptions")], previous: number > 1 ? (page(number - 1), "page \(number - 1)") : nil,
      next: number < count ? (page(number + 1), "page \(number + 1)") : nil
    ) { xml in
      xml.element(
        "order",
        [
          "title": "by time", "page": layout.decisions(.time, "", page: 1), "current": String(order == .time),
          "n": String(total),
        ])
      xml.element(
        "order", ["title": "by class, rule or owner", "page": "d/index.html", "current": String(order != .time)])
      pages(
        number: number, count: count, rows: entry.n, size: Self.pageSize, title: { "page \($0)" }, page: page, in: &xml)
      // Whole rows stand in the order of time alone; the other orders lead there.
      for row in rows {
        if order == .time {
          decision(row.decision, in: &xml)
        } else {
          decisionLine(row.decision, place: row.place, in: &xml)
        }
      }
    }
  }

  private func decisionLine(_ located: LocatedDecision, place: Int, in xml: inout XMLWriter) {
    let decision = located.decision
    let page = layout.decisions(.time, "", page: place / Self.pageSize + 1)
    xml.element(
      "decision-line",
      [
        "page": page + "#" + decisionAnchor(located), "request-id": FigureText.shortened(decision.requestID),
        "at": decision.at.description, "at-text": time.text(decision.at), "class": decision.decisionClass.name,
        "rule": decision.rule, "owner": FigureText.shortened(decision.owner),
        "requested-model": FigureText.shortened(decision.requestedModel),
        "served-model": FigureText.shortened(decision.servedModel),
      ])
  }
}

extension DecisionOrder {
  fileprivate var grouping: RunEvidence.Grouping {
    switch self {
    case .time: .time
    case .decisionClass: .decisionClass
    case .rule: .rule
    case .owner: .owner
    }
  }

  fileprivate func key(of decision: JudgedDecision) -> String {
    switch self {
    case .time: ""
    case .decisionClass: decision.decisionClass.name
    case .rule: decision.rule
    case .owner: decision.owner
    }
  }
}
