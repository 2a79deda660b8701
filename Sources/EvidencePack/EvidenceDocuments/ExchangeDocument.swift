internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// How much of each thing `evidence/exchange.xml` holds, so that it stays under 15 MB; what is cut is said by `exchange-cut`.
///
/// A list ends at its number of entries or of bytes, whichever comes first.
enum ExchangeCaps {
  static let parameters = (entries: 500, bytes: 200_000)
  static let inputs = (entries: 2_000, bytes: 500_000)
  static let parties = (entries: 5_000, bytes: 500_000)
  static let rules = (entries: 10_000, bytes: 2_000_000)
  static let versions = (entries: 5_000, bytes: 1_000_000)
  static let findings = (entries: 10_000, bytes: 4_500_000)
  static let changes = (entries: 4_000, bytes: 1_200_000)
  static let observations = (entries: 10_000, bytes: 3_000_000)
  static let accepted = (entries: 2_000, bytes: 500_000)
  /// Of one rule.
  static let tenures = 50
  /// Of one finding.
  static let paragraphs = 20
  static let stretches = 50
  static let places = 3
}

extension DocumentContext {
  /// `evidence/exchange.xml`: everything that the files of `exchange/` say. Made last but for the index, since it names the
  /// tables of `data/` and what its own identifiers rest on.
  ///
  /// - Parameters:
  ///   - documents: every other document but the index.
  ///   - files: those of `data/` are named.
  /// - Returns: nothing where there was no time to look at: neither a period nor a decision.
  func exchangeDocument(documents: [IndexedDocument], files: [PackFile]) throws -> EvidenceDocument? {
    guard let window = facts.window else { return nil }
    let tables = files.filter { $0.role == "data" }
    let content = Digest(
      of: (documents.map { ($0.path, $0.digest) } + tables.map { ($0.path, $0.digest) })
        .map { "\($0.1)  \($0.0)\n" }.sortedBytewise().joined())
    var body = ExchangeBody(self)
    body.identifiers(content)
    body.run(tables)
    body.registers()
    body.changes()
    body.checks()
    try body.findings()
    body.frameworks()
    body.accepted()
    body.cuts()
    func sum(_ value: (ScannedSource) -> Int) -> String { String(facts.sources.reduce(0) { $0 + value($1) }) }
    return document(
      "exchange", page: "exchange.html", stylesheet: "exchange", id: facts.period.folderName,
      title: "\(pack.organisation), \(facts.period.name)",
      attributes: [
        [
          "from": window.from.description, "to": window.to.description, "first": facts.first?.description,
          "last": facts.last?.description, "judged": sum(\.judged), "exceptions": sum(\.exceptions),
          "malformed": sum(\.malformed), "complete": String(pack.isComplete), "time": endOfTime(window.to),
        ]
      ], isPage: false
    ) { $0.elements(of: body.xml) }
  }

  /// When what was examined ends: the last instant of the window, or of what was recorded after it. No clock is asked.
  private func endOfTime(_ end: Instant) -> String {
    let changes = facts.records.history.versions.compactMap(\.recordedAt).filter(OSCALTime.holds)
    return ([end, facts.last].compactMap(\.self) + changes).max()?.description ?? end.description
  }
}

/// UUIDs of what one organisation has, and of what was seen of it in one period.
struct ExchangeNames {
  let organisation, period: String

  func lasting(_ kind: String, _ name: String) -> String { NameBasedUUID.text(kind, organisation, name) }
  func seen(_ kind: String, _ name: String) -> String { NameBasedUUID.text(kind, organisation, period, name) }
}

/// The parts of the document, in its order.
struct ExchangeBody {
  let context: DocumentContext
  let names: ExchangeNames
  var xml = XMLWriter(depth: 1)
  private var cut: [(list: String, shown: Int, of: Int)] = []

  init(_ context: DocumentContext) {
    self.context = context
    names = ExchangeNames(organisation: context.pack.organisation, period: context.facts.period.name)
  }

  var facts: AssessmentFacts { context.facts }
  var layout: PackLayout { context.layout }

  /// Writes a list to its end or its cap.
  mutating func list<Element>(
    _ name: String, _ all: [Element], _ cap: (entries: Int, bytes: Int),
    _ body: (Element, inout XMLWriter) throws -> Void
  ) rethrows {
    let start = xml.bytes.count
    var shown = 0
    for element in all.prefix(cap.entries) where xml.bytes.count - start < cap.bytes {
      try body(element, &xml)
      shown += 1
    }
    if shown < all.count { cut.append((name, shown, all.count)) }
  }

  /// The same inside an element that says how many there are.
  mutating func counted<Element>(
    _ name: String, _ all: [Element], _ cap: (entries: Int, bytes: Int), _ body: (Element, inout XMLWriter) -> Void
  ) {
    var part = XMLWriter(depth: 2)
    var shown = 0
    for element in all.prefix(cap.entries) where part.bytes.count < cap.bytes {
      body(element, &part)
      shown += 1
    }
    xml.element("exchange-" + name, ["shown": String(shown), "of": String(all.count)]) { $0.elements(of: part) }
  }

  mutating func cuts() {
    for (list, shown, of) in cut {
      xml.element("exchange-cut", ["list": list, "shown": String(shown), "of": String(of)])
    }
  }

  // MARK: The run

  /// UUIDs of what a tool wants one for and this document has no element for. Those of whole documents follow its content.
  mutating func identifiers(_ content: Digest) {
    let documents = ["assessment-plan", "assessment-results", "mapping-collection", "poam", "catalog-checks"]
    for name in documents {
      xml.element("exchange-identifier", ["name": name, "uuid": names.seen(name, content.description)])
    }
    let parts = [
      "result", "task", "party-organisation", "component-tool", "platform", "resource-plan", "resource-checks",
      "resource-system",
    ]
    for name in parts { xml.element("exchange-identifier", ["name": name, "uuid": names.seen(name, "")]) }
  }

  mutating func run(_ tables: [PackFile]) {
    list("parameters", context.pack.parameters, ExchangeCaps.parameters) { parameter, xml in
      xml.element(
        "exchange-parameter",
        [
          "name": parameter.name, "value": FigureText.shortened(parameter.value, to: 1000), "origin": parameter.origin,
        ])
    }
    list("inputs", inputs, ExchangeCaps.inputs) { $1.element("exchange-input", $0) }
    for table in tables.sorted(by: { $0.path.precedesBytewise($1.path) }) {
      xml.element(
        "exchange-file",
        [
          "path": table.path, "sha256": table.digest.description, "bytes": String(table.bytes),
          "rows": String(table.rows ?? 0), "uuid": names.seen("file", table.path),
        ])
    }
    let total = context.tally.reduce(0) { $0 + $1.sums.n }
    for decisionClass in DecisionClass.allCases {
      let n = context.tally.filter { $0.decisionClass == decisionClass }.reduce(0) { $0 + $1.sums.n }
      guard n > 0 else { continue }
      xml.element(
        "exchange-class",
        [
          "class": decisionClass.name, "n": String(n), "of": String(total),
          "exception": String(decisionClass.isException),
        ])
    }
  }

  private var inputs: [XMLWriter.Attributes] {
    let kind = InputFile.Kind.routingLog.rawValue
    let logs = facts.sources.map { source -> XMLWriter.Attributes in
      let id = anchor("input", kind, source.name)
      return [
        "id": id, "kind": kind, "name": FigureText.shortened(source.name), "format": source.format,
        "bytes": String(source.storedBytes), "sha256": source.digest.description,
        "records": String(source.lines - source.blank), "uuid": names.seen("input", id),
      ]
    }
    let records = facts.records.inputs.enumerated().map { index, input -> XMLWriter.Attributes in
      let id = anchor("input", input.kind.rawValue, input.name, String(index))
      return [
        "id": id, "kind": input.kind.rawValue, "name": FigureText.shortened(input.name), "format": input.format,
        "bytes": input.bytes.map(String.init), "sha256": input.digest?.description, "records": String(input.records),
        "uuid": names.seen("input", id),
      ]
    }
    return logs + records
  }

  // MARK: What is on record

  mutating func registers() {
    let (context, names) = (context, names)
    let people = facts.records.ownership.people
    list("parties", context.owners, ExchangeCaps.parties) { owner, xml in
      xml.element(
        "exchange-party",
        [
          "id": FigureText.shortened(owner), "kind": (people.person(for: owner)?.kind ?? .unknown).rawValue,
          "page": context.layout.owner(owner), "uuid": names.lasting("party", owner),
        ])
    }
    let statements = context.statements
    list("rules", context.ruleIDs, ExchangeCaps.rules) { rule, xml in
      let rows = context.tally(ofRule: rule)
      let tenures = context.facts.records.ownership.tenures(of: rule).filter(\.record.isAccountable)
      xml.element(
        "exchange-rule",
        [
          "id": FigureText.shortened(rule), "words": statements[rule].map { FigureText.shortened($0.rule.words) },
          "page": context.layout.rule(rule), "decisions": String(rows.reduce(0) { $0 + $1.sums.n }),
          "exceptions": String(rows.filter(\.decisionClass.isException).reduce(0) { $0 + $1.sums.n }),
          "tenures": String(tenures.count), "uuid": names.lasting("rule", rule),
        ]
      ) { xml in
        for tenure in tenures.suffix(ExchangeCaps.tenures) {
          xml.element(
            "exchange-tenure",
            [
              "owner": FigureText.shortened(tenure.record.owner), "from": tenure.record.from.description,
              "to": tenure.record.to?.description,
            ])
        }
      }
    }
    let history = facts.records.history
    list("versions", Array(history.versions.indices), ExchangeCaps.versions) { index, xml in
      let version = history.versions[index]
      xml.element(
        "exchange-version",
        [
          "id": FigureText.shortened(version.id), "source": FigureText.shortened(version.source),
          "sha256": version.digest.description, "from": version.effectiveFrom.description,
          "to": history.until(index)?.description, "page": context.layout.version(version.id),
          "uuid": names.lasting("version", "\(index)\u{0}\(version.id)"),
        ])
    }
  }
}
