internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// How much of each thing a dossier shows. What is left out is counted on the page, with the place where it stands.
///
/// Caps on what a document carries for its other page too, such as changes, stand in the stylesheets of the dossiers.
enum DossierCaps {
  /// Findings in full; the others stand in one line each.
  static let findings = 25
  /// Of one finding.
  static let paragraphs = 5
  static let stretches = 10
  static let exceptions = 50
  /// Texts of policy versions, and as many other files.
  static let sources = 50

  /// Findings of several checks, none of which pushes those of another out: each check has its first ones, up to the
  /// same number, so that all together are at most `limit` wherever there are fewer checks than that.
  static func fairShare(_ findings: [Finding], limit: Int) -> [Finding] {
    guard findings.count > limit else { return findings }
    var counts: [String: Int] = [:]
    for finding in findings { counts[finding.check, default: 0] += 1 }
    var share = limit
    while share > 1, counts.values.reduce(0, { $0 + min($1, share) }) > limit { share -= 1 }
    var taken: [String: Int] = [:]
    return findings.filter { finding in
      taken[finding.check, default: 0] += 1
      return taken[finding.check, default: 0] <= share
    }
  }
}

/// What documents of rules and controls carry for their dossiers, which may read nothing else.
extension DocumentContext {
  /// What was seen, as the finding's own page says it, up to the caps.
  func findingText(_ finding: Finding, in xml: inout XMLWriter) {
    for detail in finding.details.prefix(DossierCaps.paragraphs) {
      xml.text("p", FigureText.shortened(detail, to: 600))
    }
    for stretch in finding.stretches.prefix(DossierCaps.stretches) { self.stretch(stretch, of: finding.id, in: &xml) }
    for record in finding.missingRecords { xml.element("missing", ["record": record]) }
  }

  func words(of definition: CheckDefinition) -> XMLWriter.Attributes {
    [
      "question": definition.question, "method": definition.method, "population-text": definition.population,
      "cannot-show": definition.cannotShow,
    ]
  }

  /// Each check of some findings once, in their order.
  func checkWords(of findings: [Finding], in xml: inout XMLWriter) {
    var seen = Set<String>()
    for finding in findings where seen.insert(finding.check).inserted {
      guard let definition = definition(finding.check) else { continue }
      xml.element(
        "check-words",
        [
          ["id": finding.check, "title": definition.title, "page": layout.check(finding.check)],
          words(of: definition),
        ])
    }
  }

  func exceptionLines(_ shown: [LocatedDecision], of count: Int, page: String?, in xml: inout XMLWriter) {
    let text = { (value: String) in FigureText.shortened(value, to: 80) }
    xml.element("exceptions", ["shown": String(shown.count), "of": String(count), "page": page]) { xml in
      for located in shown {
        let decision = located.decision
        xml.element(
          "exception",
          [
            "at": decision.at.description, "at-text": time.text(decision.at), "request-id": text(decision.requestID),
            "class": decision.decisionClass.name, "version": text(decision.version), "owner": text(decision.owner),
            "requested-model": text(decision.requestedModel), "served-model": text(decision.servedModel),
            "source": text(located.source.name), "line": String(decision.position.line),
          ])
      }
    }
  }

  /// The texts of some versions, then registers and logs: what the statements about a rule rest on.
  func sourceDigests(versions: [Int], in xml: inout XMLWriter) {
    let registers = facts.records.inputs.filter { $0.kind != .policy }
    let count = versions.count + registers.count + facts.sources.count
    let shownVersions = versions.suffix(DossierCaps.sources)
    let shownRegisters = registers.prefix(DossierCaps.sources)
    let shownLogs = facts.sources.prefix(DossierCaps.sources - shownRegisters.count)
    let shown = shownVersions.count + shownRegisters.count + shownLogs.count
    xml.element("source-digests", ["shown": String(shown), "of": String(count), "page": "scope.html#inputs"]) { xml in
      for index in shownVersions {
        let version = facts.records.history.versions[index]
        xml.element(
          "source-digest",
          [
            "kind": InputFile.Kind.policy.rawValue, "name": FigureText.shortened(version.source),
            "sha256": version.digest.description, "version": version.id, "version-page": layout.version(version.id),
          ])
      }
      for register in shownRegisters {
        xml.element(
          "source-digest",
          [
            "kind": register.kind.rawValue, "name": FigureText.shortened(register.name),
            "sha256": register.digest?.description,
          ])
      }
      for log in shownLogs {
        xml.element(
          "source-digest",
          [
            "kind": InputFile.Kind.routingLog.rawValue, "name": FigureText.shortened(log.name),
            "sha256": log.digest.description,
          ])
      }
    }
  }
}
