internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

extension DocumentContext {
  /// The list of rules and a document a rule.
  func ruleDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let history = facts.records.history
    let statements = statements
    let lines = ruleIDs.compactMap { id in
      statements[id].map { stated in
        RuleLine(
          stated.rule, id: id, owner: currentTenure(of: id)?.record.owner ?? "-", versions: stated.versions,
          tally: tally(ofRule: id),
          changes: changes(ofRule: id).map { history.versions[$0.versionIndex].effectiveFrom },
          isInForce: stated.isInForce)
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
      guard let stated = statements[id], let page = layout.rule(id) else { continue }
      let exceptions = try pack.evidence.exceptions(DecisionFilter(rule: id), limit: DossierCaps.exceptions)
      try emit(
        ruleDocument(
          id, page: page, stated: stated, exceptions: exceptions,
          previous: index > 0 ? ruleIDs[index - 1] : nil, next: index + 1 < ruleIDs.count ? ruleIDs[index + 1] : nil))
    }
  }

  /// What a page says of a rule before it says when.
  struct Statement {
    /// As the last version of the period that states it does.
    var rule: Rule
    /// How many versions state it.
    var versions: Int
    /// Stated by the version at the end of the period.
    var isInForce: Bool
  }

  /// Versions that came into force after the period say how a rule reads only where none before did. Of a version whose
  /// text cannot be read nobody knows what it stated, so the readable one before it stands in for it.
  var statements: ByName<Statement> {
    let versions = facts.records.history.versions
    let isBeforeEnd = { (index: Int) in facts.window.map { versions[index].effectiveFrom < $0.to } ?? true }
    let indices = versions.indices.filter {
      facts.inForcePlaces[$0] != nil && isBeforeEnd($0) && versions[$0].isReadable
    }
    let others = versions.indices.filter { facts.inForcePlaces[$0] == nil || !isBeforeEnd($0) }
    var statements: ByName<Statement> = [:]
    for (order, index) in (others + indices).enumerated() {
      let isLast = index == indices.last && order >= others.count
      for rule in versions[index].rules {
        statements[rule.id, default: Statement(rule: rule, versions: 0, isInForce: false)].versions += 1
        statements[rule.id]?.rule = rule
        statements[rule.id]?.isInForce = isLast
      }
    }
    return statements
  }

  private static let mostDefinitions = 100

  private func cut(_ count: Int, to limit: Int) -> XMLWriter.Attributes {
    ["shown": String(min(limit, count)), "of": String(count), "page": count > limit ? "v/index.html" : nil]
  }

  private func ruleDocument(
    _ id: String, page: String, stated: Statement, exceptions shown: [LocatedDecision], previous: String?, next: String?
  ) -> EvidenceDocument {
    let rows = tally(ofRule: id)
    let exceptions = rows.filter(\.decisionClass.isException).reduce(0) { $0 + $1.sums.n }
    let exceptionsPage = exceptions > 0 ? layout.decisions(.rule, id, page: 1) : nil
    let tenures = facts.records.ownership.tenures(of: id)
    let stretches = stretches(of: id, tenures: tenures)
    let definitions = definitions(of: id)
    let owner = currentTenure(of: id)
    return document(
      "rule", page: page, stylesheet: "rule", id: id, title: "Rule \(id)",
      attributes: [
        [
          "in-force": String(stated.isInForce), "words": FigureText.shortened(stated.rule.words, to: 600),
          "owner": FigureText.shortened(owner?.record.owner ?? "-"), "owner-tenure": owner.map(tenureAnchor),
        ]
      ],
      crumbs: [("r/index.html", "Rules")],
      previous: previous.flatMap { previous in layout.rule(previous).map { ($0, previous) } },
      next: next.flatMap { next in layout.rule(next).map { ($0, next) } }
    ) { xml in
      let latest = definitions.last { $0.rule.reads(as: stated.rule) }
      ruleDefinition(
        stated.rule, version: latest.map { facts.records.history.versions[$0.versionIndex] }, from: latest?.from,
        to: latest?.to, anchored: nil, in: &xml)
      timeline(of: id, tenures: tenures, stretches: stretches, in: &xml)
      self.tenures(tenures, stretches: stretches, of: id, in: &xml)
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
      tally(rows, limit: 300, exceptionsPage: exceptionsPage, in: &xml)
      fallbacks(permitted(byRule: id), in: &xml)
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

  private static let mostPermitted = 100

  /// Of very many versions those with the most fallbacks, then the sum of the others.
  private func fallbacks(_ rows: [PermittedRow], in xml: inout XMLWriter) {
    let isCut = rows.count > Self.mostPermitted
    let foremost = rows.indices.sorted { (-rows[$0].n, $0) < (-rows[$1].n, $1) }.prefix(Self.mostPermitted)
    let places = isCut ? foremost.sorted() : Array(rows.indices)
    for row in places.map({ rows[$0] }) {
      xml.element(
        "permitted",
        [
          "version": row.version, "version-page": layout.version(row.version), "n": String(row.n),
          "ambiguous": String(row.ambiguous),
        ])
    }
    guard isCut else { return }
    let shown = Set(places)
    let rest = rows.indices.filter { !shown.contains($0) }.map { rows[$0] }
    xml.element(
      "permitted",
      [
        "version": "", "rest": String(rest.count), "n": String(rest.reduce(0) { $0 + $1.n }),
        "ambiguous": String(rest.reduce(0) { $0 + $1.ambiguous }),
      ])
  }

  /// The rule's wording over time; versions in a row that state it alike are one.
  private func definitions(of id: String) -> [(rule: Rule, versionIndex: Int, from: Instant, to: Instant?)] {
    let history = facts.records.history
    var entries: [(rule: Rule, versionIndex: Int, from: Instant, to: Instant?)] = []
    for (start, index) in zip(history.inForce.starts, history.inForce.values) {
      guard let rule = facts.rule(id, in: history.versions[index].id) else { continue }
      let until = history.until(index)
      if let last = entries.last, last.rule.reads(as: rule), last.to?.microseconds == start {
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
}

extension Rule {
  /// Whether a reader sees the same rule: words by which a log may claim it are not shown.
  fileprivate func reads(as other: Rule) -> Bool {
    provenance == other.provenance
      && fieldTexts.elementsEqual(other.fieldTexts) {
        $0.name == $1.name && $0.value.utf8.elementsEqual($1.value.utf8)
      }
  }
}
