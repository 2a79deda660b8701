internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

extension DocumentContext {
  /// The list of rules and a document a rule.
  func ruleDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let history = facts.records.history
    let inForce = history.versions.last.map { Set($0.rules.map(\.id)) } ?? []
    // A rule of an earlier version is shown as it was last stated.
    var lastDefinition: [String: (rule: Rule, version: Int)] = [:]
    var versionCount: [String: Int] = [:]
    for (index, version) in history.versions.enumerated() {
      for rule in version.rules {
        lastDefinition[rule.id] = (rule, index)
        versionCount[rule.id, default: 0] += 1
      }
    }
    let lines = ruleIDs.compactMap { id in
      lastDefinition[id].map { last in
        RuleLine(
          last.rule, id: id, owner: currentOwner(of: id), versions: versionCount[id] ?? 0, tally: tally(ofRule: id),
          changes: changes(ofRule: id).map { history.versions[$0.versionIndex].effectiveFrom },
          isInForce: inForce.contains(id))
      }
    }
    try listDocuments(
      Self.ruleList, ruleOrders(lines), emit: emit,
      head: { xml in
        concentration(in: &xml)
        dependence(in: &xml)
      }
    ) { line, xml in
      self.ruleLine(line, in: &xml)
    }
    for (index, id) in ruleIDs.enumerated() {
      guard let last = lastDefinition[id], let page = layout.rule(id) else { continue }
      let exceptions = try pack.evidence.exceptions(DecisionFilter(rule: id), limit: DossierCaps.exceptions)
      try emit(
        ruleDocument(
          id, page: page, last: last.rule, isInForce: inForce.contains(id), exceptions: exceptions,
          previous: index > 0 ? ruleIDs[index - 1] : nil, next: index + 1 < ruleIDs.count ? ruleIDs[index + 1] : nil))
    }
  }

  /// The owner at the end of the window, or at the end of what is on record.
  private func currentOwner(of rule: String) -> String {
    let steps = facts.records.ownership.steps(of: rule)
    let at = facts.window.map { $0.to.microseconds - 1 } ?? .max
    return steps.value(at: at)?.tenure?.record.owner ?? "-"
  }

  private static let mostDefinitions = 200

  private func cut(_ count: Int, to limit: Int) -> XMLWriter.Attributes {
    ["shown": String(min(limit, count)), "of": String(count), "page": count > limit ? "v/index.html" : nil]
  }

  private func ruleDocument(
    _ id: String, page: String, last: Rule, isInForce: Bool, exceptions shown: [LocatedDecision], previous: String?,
    next: String?
  ) -> EvidenceDocument {
    let rows = tally(ofRule: id)
    let exceptions = rows.filter(\.decisionClass.isException).reduce(0) { $0 + $1.sums.n }
    let exceptionsPage = exceptions > 0 ? layout.decisions(.rule, id, page: 1) : nil
    let tenures = facts.records.ownership.tenures(of: id)
    let stretches = stretches(of: id, tenures: tenures)
    let definitions = definitions(of: id)
    return document(
      "rule", page: page, stylesheet: "rule", id: id, title: "Rule \(id)",
      attributes: [
        [
          "in-force": String(isInForce), "words": FigureText.shortened(last.words, to: 600),
          "owner": FigureText.shortened(currentOwner(of: id)),
        ]
      ],
      crumbs: [("r/index.html", "Rules")],
      previous: previous.flatMap { previous in layout.rule(previous).map { ($0, previous) } },
      next: next.flatMap { next in layout.rule(next).map { ($0, next) } }
    ) { xml in
      let latest = definitions.last
      ruleDefinition(
        last, version: latest.map { facts.records.history.versions[$0.versionIndex] }, from: latest?.from,
        to: latest?.to, anchored: nil, in: &xml)
      timeline(of: id, tenures: tenures, stretches: stretches, in: &xml)
      xml.element("tenures") { xml in
        for tenure in tenures { self.tenure(tenure, in: &xml) }
        for stretch in stretches { self.stretch(stretch, of: id, in: &xml) }
      }
      // Each version's page has the whole of what it states and changes; the last of very many stand here.
      xml.element("definitions", cut(definitions.count, to: Self.mostDefinitions)) { xml in
        for definition in definitions.suffix(Self.mostDefinitions) {
          let version = facts.records.history.versions[definition.versionIndex]
          ruleDefinition(
            definition.rule, version: version, from: definition.from, to: definition.to,
            anchored: anchor("definition", id, version.id), in: &xml)
        }
      }
      changes(changes(ofRule: id), isStory: true, in: &xml)
      classes(rows, in: &xml) { _ in exceptionsPage }
      tally(byRule(rows), in: &xml) { _ in exceptionsPage }
      for row in facts.permitted where row.rule.utf8.elementsEqual(id.utf8) {
        xml.element(
          "permitted",
          [
            "version": row.version, "version-page": layout.version(row.version), "n": String(row.n),
            "ambiguous": String(row.ambiguous),
          ])
      }
      weeks(ofRule: id, in: &xml)
      if let drift = drifts[id] { self.drift(drift, in: &xml) }
      for stretch in dormantRules[id] ?? [] { xml.element("dormant", span(stretch.from, stretch.to)) }
      let found = findings(ofRule: id)
      findings(found, in: &xml, page: nil, inFull: DossierCaps.fairShare(found, limit: DossierCaps.findings))
      controls(ofChecks: found.isEmpty ? ["RG-OWN-01", "RG-ESC-01", "RG-ESC-02"] : found.map(\.check), in: &xml)
      xml.element("examples", ["of": String(exceptions), "page": exceptionsPage]) { xml in
        for example in shown.prefix(5) { decision(example, in: &xml) }
      }
      checkWords(of: found, in: &xml)
      exceptionLines(shown, of: exceptions, page: exceptionsPage, in: &xml)
      let stating = definitions.map(\.versionIndex) + changes(ofRule: id).map(\.versionIndex)
      sourceDigests(versions: Set(stating).sorted(), in: &xml)
    }
  }

  /// The rule's wording over time; versions in a row that state it alike are one.
  private func definitions(of id: String) -> [(rule: Rule, versionIndex: Int, from: Instant, to: Instant?)] {
    let history = facts.records.history
    var entries: [(rule: Rule, versionIndex: Int, from: Instant, to: Instant?)] = []
    for (start, index) in zip(history.inForce.starts, history.inForce.values) {
      guard let rule = facts.rule(id, in: history.versions[index].id) else { continue }
      let until = history.until(index)
      if let last = entries.last, last.rule == rule, last.to?.microseconds == start {
        entries[entries.count - 1].to = until
      } else {
        entries.append((rule, index, Instant(microseconds: start), until))
      }
    }
    if entries.isEmpty, let index = history.versions.lastIndex(where: { $0.rules.contains { $0.id == id } }),
      let rule = facts.rule(id, in: history.versions[index].id)
    {
      entries = [(rule, index, history.versions[index].effectiveFrom, history.versions[index].effectiveFrom)]
    }
    return entries
  }

  /// Gaps, overlaps and stretches under a leaver, while the rule was in force in the period.
  private func stretches(of id: String, tenures: [Tenure]) -> [Stretch] {
    guard let inForce = facts.rulesInForceByID[id] else { return [] }
    var stretches: [Stretch] = []
    let people = facts.records.ownership.people
    for piece in facts.ownership(of: id, during: inForce) {
      guard let owner = piece.tenure?.record.owner else {
        stretches.append(Stretch(kind: .gap, from: piece.from, to: piece.to, owners: []))
        continue
      }
      stretches += people.absences(of: owner, from: piece.from, to: piece.to).map {
        Stretch(kind: .departed, from: $0.from, to: $0.to, owners: [owner])
      }
    }
    let accountable = tenures.filter(\.record.isAccountable)
    for stretch in inForce {
      var cuts = Set([stretch.from, stretch.to])
      for tenure in accountable {
        cuts.insert(min(max(tenure.record.from, stretch.from), stretch.to))
        if let to = tenure.record.to { cuts.insert(min(max(to, stretch.from), stretch.to)) }
      }
      let ordered = cuts.sorted()
      for (from, to) in zip(ordered, ordered.dropFirst()) {
        let owners = Array(Set(accountable.filter { $0.record.covers(from) }.map(\.record.owner))).sortedBytewise()
        guard owners.count > 1 else { continue }
        if let last = stretches.last, last.kind == .overlap, last.to == from, last.owners == owners {
          stretches[stretches.count - 1].to = to
        } else {
          stretches.append(Stretch(kind: .overlap, from: from, to: to, owners: owners))
        }
      }
    }
    return stretches.sorted { ($0.from, $0.kind.rawValue) < ($1.from, $1.kind.rawValue) }
  }
}
