internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

extension DocumentContext {
  static let decisionPageSize = 200
  /// Groups of one kind on the front page of the exceptions.
  private static let mostGroups = 200

  /// Exceptions in four orders, and the way into them.
  func decisionDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let groups = exceptionGroups
    let total = groups.first { $0.order == .time }?.entries.first?.n ?? 0
    try emit(
      document(
        "decision-groups", page: "d/index.html", stylesheet: "decision-groups", id: "exceptions", title: "Exceptions",
        attributes: [
          [
            "exceptions": String(total), "judged": String(facts.judged),
            "days-page": total > 0 ? layout.decisionDays(.time, "") : nil,
          ]
        ]
      ) { xml in
        for group in groups where total > 0 { self.group(group, total: total, in: &xml) }
      })
    for group in groups where total > 0 { try exceptionPages(group, total: total, emit) }
  }

  /// One way to group exceptions. Of very many groups the largest stand here; the lists of rules and owners order them all.
  private func group(_ group: Group, total: Int, in xml: inout XMLWriter) {
    let isCut = group.entries.count > Self.mostGroups
    let entries = isCut ? Array(group.largestFirst.prefix(Self.mostGroups)) : group.entries
    let rest = group.order == .rule ? "r/by-exceptions.html" : "o/by-exceptions.html"
    xml.element(
      "group",
      [
        "by": group.order.rawValue, "shown": String(entries.count), "of": String(group.entries.count),
        "page": isCut ? rest : nil,
      ]
    ) { xml in
      for entry in entries {
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

  struct Group {
    struct Entry {
      var key: String
      var title: String
      var n: Int
    }
    var order: DecisionOrder
    var entries: [Entry]

    var largestFirst: [Entry] {
      entries.sorted { ($0.key == "-" ? 0 : 1, -$0.n) < ($1.key == "-" ? 0 : 1, -$1.n) }
    }
  }

  private var exceptionGroups: [Group] {
    let rows = tally.filter(\.decisionClass.isException)
    func sums(_ key: (TallyRow) -> String) -> [Group.Entry] {
      var sums: ByName<Int> = [:]
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
    var entries: ByName<Group.Entry> = [:]
    for entry in group.entries { entries[entry.key] = entry }
    let layouts = try exceptionLayouts(group, pageSize: Self.decisionPageSize)
    for entry in group.entries {
      if let days = layouts[entry.key]?.days, !days.isEmpty { try emit(daysPage(group.order, entry, days)) }
    }
    var key: String?
    var number = 1
    var rows: [(place: Int, decision: LocatedDecision)] = []
    func flush() throws {
      guard let key, let entry = entries[key], let layout = layouts[key], !rows.isEmpty else { return }
      try emit(exceptionPage(group.order, entry, layout, number: number, rows: rows, total: total))
      number += 1
      rows = []
    }
    try pack.evidence.forEachException(by: group.order.grouping) { place, located in
      let own = group.order.key(of: located.decision)
      if key.map({ !$0.utf8.elementsEqual(own.utf8) }) ?? true {
        try flush()
        key = own
        number = 1
      }
      rows.append((place, located))
      if rows.count == Self.decisionPageSize { try flush() }
    }
    try flush()
  }

  private func title(_ order: DecisionOrder, _ entry: Group.Entry) -> String {
    switch order {
    case .time: "Exceptions by time"
    case .decisionClass: "Exceptions of class \(entry.title)"
    case .rule: entry.key == "-" ? "Exceptions without a rule" : "Exceptions under rule \(entry.title)"
    case .owner: entry.key == "-" ? "Exceptions without an owner" : "Exceptions under owner \(entry.title)"
    }
  }

  /// One group, day by day: two clicks to the exceptions of any day.
  private func daysPage(_ order: DecisionOrder, _ entry: Group.Entry, _ days: [ExceptionLayout.Day])
    -> EvidenceDocument
  {
    pageIndex(
      layout.decisionDays(order, entry.key), title: title(order, entry), by: "day",
      days.map { day in
        PageIndexEntry(
          title: time.day(day.number),
          page: layout.decisions(order, entry.key, page: day.page)
            // Rows have anchors in the order of time alone.
            + (order == .time ? "#" + decisionAnchor(day.first.source, byteOffset: day.first.byteOffset) : ""),
          n: day.n, anchor: "day-" + CivilDay.text(day.number))
      }, crumbs: [("d/index.html", "Exceptions")])
  }

  private func exceptionPage(
    _ order: DecisionOrder, _ entry: Group.Entry, _ bounds: ExceptionLayout, number: Int,
    rows: [(place: Int, decision: LocatedDecision)], total: Int
  ) -> EvidenceDocument {
    let count = (entry.n + Self.decisionPageSize - 1) / Self.decisionPageSize
    let page = { (number: Int) in layout.decisions(order, entry.key, page: number) }
    let range = { (number: Int) in bounds.range(ofPage: number, time, withYear: spansYears) }
    let title = title(order, entry)
    return document(
      "decisions", page: page(number), stylesheet: "decisions",
      id: [order.rawValue, entry.key, String(number)].filter { !$0.isEmpty }.joined(separator: " "),
      title: count > 1 ? "\(title), \(range(number))" : title, attributes: [["kind": "exceptions"]],
      crumbs: [("d/index.html", "Exceptions")], previous: number > 1 ? (page(number - 1), range(number - 1)) : nil,
      next: number < count ? (page(number + 1), range(number + 1)) : nil
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
        number: number, count: count, rows: entry.n, size: Self.decisionPageSize, title: range, page: page,
        index: bounds.days.isEmpty || count == 1 ? nil : layout.decisionDays(order, entry.key), in: &xml)
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
    let page = layout.decisions(.time, "", page: place / Self.decisionPageSize + 1)
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
  var grouping: RunEvidence.Grouping {
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
