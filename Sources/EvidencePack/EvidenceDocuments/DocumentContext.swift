internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Replay

/// One evidence document, ready to be validated, written and made into a page.
struct EvidenceDocument: Sendable {
  /// The page made from it; the document's own path follows from it.
  var page: String
  var kind: String
  /// The entry stylesheet's name.
  var stylesheet: String
  var bytes: [UInt8]

  var path: String { PackLayout.document(of: page) }

  /// The pages made from it, each with its entry stylesheet: rules and controls have a dossier too.
  var pages: [(path: String, stylesheet: String)] {
    [(page, stylesheet)] + (PackLayout.dossier(of: page, kind).map { [($0, stylesheet + "-dossier")] } ?? [])
  }
}

/// What document makers share: the facts, looked up once, and where everything lies.
struct DocumentContext {
  let pack: PackFacts
  let layout: PackLayout
  let tally: [TallyRow]
  /// By rule, then by the record's place among all.
  let tenureCounts: ByName<[Int: TenureRow]>
  let redecidedVersions: ByName<Int>
  let ruleIDs: [String]
  /// Every owner on record for any rule, and every owner that decided.
  let owners: [String]
  private let findingsByRule: ByName<[Finding]>
  private let tallyByRule: ByName<[TallyRow]>
  let drifts: ByName<RouteDrift>
  /// Judged decisions by day and class; under `-` those to which no rule applied.
  let daysByRule: ByName<[RunEvidence.DayCount]>
  /// Days between the first and the last record of some log.
  let coveredDays: [ClosedRange<Int>]
  let sourceDigests: ByName<Digest>
  private let changesByRule: ByName<[RuleChange]>
  let changesByVersion: [Int: [RuleChange]]
  private let tallyByVersion: ByName<[TallyRow]>
  private let permittedByRule: ByName<[PermittedRow]>
  private let diagnosticsByFile: ByName<[Diagnostic]>
  let versionsInWindow: Set<Int>
  /// By version: the schema of the readable version before, where that was another.
  let schemasBefore: [Int: String]
  /// When each rule under which nothing was decided was in force.
  let dormantRules: ByName<[(from: Instant, to: Instant)]>

  init(_ pack: PackFacts) throws(StoreError) {
    self.pack = pack
    let records = pack.facts.records
    ruleIDs = records.history.ruleIDs.sortedBytewise()
    owners = ByName(grouping: records.ownership.records, by: \.owner).keys.sortedBytewise()
    tally = pack.facts.tally
    redecidedVersions = try pack.evidence.redecidedVersions()
    var tenureCounts: ByName<[Int: TenureRow]> = [:]
    for row in try pack.evidence.tenureCounts() { tenureCounts[row.rule, default: [:]][row.recordIndex] = row }
    self.tenureCounts = tenureCounts
    layout = PackLayout(
      rules: ruleIDs, versions: records.history.versions.map(\.id), owners: owners,
      sources: pack.facts.sources.map(\.name), frameworks: pack.assessment.coverage.frameworks)
    findingsByRule = ByName(grouping: pack.assessment.findings.filter { $0.subjectKind == .rule }, by: \.subject)
    tallyByRule = ByName(grouping: pack.facts.tally, by: \.rule)
    changesByRule = ByName(grouping: pack.facts.changes, by: \.rule)
    changesByVersion = Dictionary(grouping: pack.facts.changes, by: \.versionIndex)
    tallyByVersion = ByName(grouping: pack.facts.tally, by: \.version)
    permittedByRule = ByName(grouping: pack.facts.permitted, by: \.rule)
    diagnosticsByFile = ByName(grouping: records.diagnostics, by: \.file)
    versionsInWindow = Set(pack.facts.versionsInWindow.map(\.index))
    var drifts: ByName<RouteDrift> = [:]
    for drift in pack.facts.drifts { drifts[drift.rule] = drift }
    self.drifts = drifts
    daysByRule = ByName(grouping: try pack.evidence.days(), by: \.rule)
    coveredDays = Self.coveredDays(pack.facts.sources)
    schemasBefore = Dictionary(
      records.history.schemaChanges.map { ($0.versionIndex, $0.from) }, uniquingKeysWith: { first, _ in first })
    var dormant: ByName<[(from: Instant, to: Instant)]> = [:]
    for (rule, stretches) in pack.facts.dormantRules { dormant[rule] = stretches }
    dormantRules = dormant
    var digests: ByName<Digest> = [:]
    for source in pack.facts.sources { digests[source.name] = source.digest }
    sourceDigests = digests
  }

  var facts: AssessmentFacts { pack.facts }
  var time: TimeText { pack.time }

  /// Whether instants of the logs need their year to be told apart.
  var spansYears: Bool {
    guard let first = facts.first, let last = facts.last else { return false }
    return CivilDay.parts(time.dayNumber(first)).year != CivilDay.parts(time.dayNumber(last)).year
  }

  func findings(ofRule rule: String) -> [Finding] { findingsByRule[rule] ?? [] }
  func tally(ofRule rule: String) -> [TallyRow] { tallyByRule[rule] ?? [] }
  func tally(ofVersion version: String) -> [TallyRow] { tallyByVersion[version] ?? [] }
  func changes(ofRule rule: String) -> [RuleChange] { changesByRule[rule] ?? [] }
  func permitted(byRule rule: String) -> [PermittedRow] { permittedByRule[rule] ?? [] }
  func diagnostics(ofFile file: String) -> [Diagnostic] { diagnosticsByFile[file] ?? [] }
  func definition(_ check: String) -> CheckDefinition? { Checks.definitions.first { $0.id == check } }

  /// Begins a document and writes its context.
  ///
  /// - Parameters:
  ///   - framework: whose mapping the page uses; all of them unless given.
  ///   - isPage: false where no page is made from it; its context then names the front page.
  func document(
    _ kind: String, page: String, stylesheet: String, id: String, title: String,
    attributes: [XMLWriter.Attributes] = [],
    crumbs: [(String, String)] = [], previous: (String, String)? = nil, next: (String, String)? = nil,
    framework: Framework? = nil, isPage: Bool = true, body: (inout XMLWriter) throws -> Void
  ) rethrows -> EvidenceDocument {
    var writer = XMLWriter()
    let about: XMLWriter.Attributes = ["id": FigureText.shortened(id), "title": FigureText.shortened(title)]
    try writer.root(kind, [about] + attributes) { xml in
      xml.element(
        "context",
        [
          "organisation": pack.organisation, "period": facts.period.name, "period-text": time.period(facts.period),
          "level": "internal",
          "mapping-review": framework.map { pack.library.review(of: $0.id).status.rawValue } ?? pack.review,
          "tool-version": pack.toolVersion, "page": isPage ? page : "index.html",
          "document": page == "index.html" ? "evidence/pack.xml" : PackLayout.document(of: page),
          "dossier": PackLayout.dossier(of: page, kind),
        ]
      ) { xml in
        if isPage, page != "index.html" { xml.element("crumb", ["page": "index.html", "title": "Start"]) }
        for crumb in crumbs { xml.element("crumb", ["page": crumb.0, "title": FigureText.shortened(crumb.1)]) }
        if let previous { xml.element("previous", ["page": previous.0, "title": FigureText.shortened(previous.1)]) }
        if let next { xml.element("next", ["page": next.0, "title": FigureText.shortened(next.1)]) }
      }
      try body(&xml)
    }
    return EvidenceDocument(page: page, kind: kind, stylesheet: stylesheet, bytes: writer.bytes)
  }
}

/// Places on a drawing, in thousandths with one digit.
enum Permille {
  static func text(_ part: Int, of whole: Int) -> String {
    let tenths = whole <= 0 ? 0 : min(10_000, max(0, part * 10_000 / whole))
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }

  static func text(_ instant: Instant, from: Instant, to: Instant) -> String {
    let length = to.microseconds - from.microseconds
    guard length > 0 else { return "0" }
    let share = Double(instant.microseconds - from.microseconds) / Double(length)
    return text(Int((min(1, max(0, share)) * 10_000).rounded()), of: 10_000)
  }
}
