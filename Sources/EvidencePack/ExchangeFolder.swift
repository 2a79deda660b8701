internal import Assessment
internal import EvidenceModel
internal import Exchange
internal import Foundation
internal import XMLDocuments

/// The files of `exchange/`: for the tools of others, all made from `evidence/exchange.xml`.
extension PackWriter {
  mutating func writeExchange(_ context: DocumentContext) throws {
    guard let exchange = try context.exchangeDocument(documents: documents, files: files) else { return }
    kinds[exchange.path] = exchange.kind
    try crew.add(PageCrew.Job(document: exchange, pages: [], exchange: context.exchangeOutputs))
    try finishPages()
    try writeOSCALTwins()
    let document = try parsed(exchange.bytes, exchange.path)
    for format in ExchangeFormats.all {
      for file in try format.files(of: document) {
        files.append(
          try PackFile.write(
            file.bytes, at: "exchange/" + file.path, in: directory, role: "exchange", document: exchange.path))
      }
    }
  }

  /// The JSON of each OSCAL file, from its XML, so that the two cannot differ.
  private mutating func writeOSCALTwins() throws {
    for file in files where OSCALFile.isXML(file.path) && file.role == "exchange" {
      let bytes: [UInt8]
      do {
        bytes = Array(try Data(contentsOf: URL(fileURLWithPath: directory + "/" + file.path)))
      } catch {
        throw PackError.cannotWrite(path: file.path, reason: "it cannot be read again")
      }
      let json: [UInt8]
      do throws(XMLProblem) {
        json = try OSCALFile.json(try OSCALFile.document(bytes, name: file.path))
      } catch {
        throw PackError.notValid(error)
      }
      files.append(
        try PackFile.write(
          json, at: OSCALFile.twin(of: file.path), in: directory, role: "exchange", document: file.path))
    }
  }

  private func parsed(_ bytes: [UInt8], _ name: String) throws(PackError) -> XMLDocument {
    do throws(XMLProblem) {
      return try XMLDocument(bytes, name: name)
    } catch {
      throw .notValid(error)
    }
  }
}

extension DocumentContext {
  /// What stylesheets make. OSCAL has no plan of action without an item and no mapping collection without a mapping.
  var exchangeOutputs: [PageCrew.ExchangeOutput] {
    func oscal(_ name: String, _ stylesheet: String, framework: String? = nil) -> PageCrew.ExchangeOutput {
      PageCrew.ExchangeOutput(
        path: OSCALFile.folder + name + ".xml", stylesheet: "oscal-" + stylesheet, framework: framework)
    }
    guard let window = facts.window, OSCALTime.holds(window.from), OSCALTime.holds(window.to) else { return [] }
    let frameworks = pack.assessment.coverage.frameworks
    let assessments = frameworks.flatMap { pack.assessment.coverage.assessments[$0.id] ?? [] }
    var outputs = [
      PageCrew.ExchangeOutput(path: "exchange/junit.xml", stylesheet: "junit"),
      PageCrew.ExchangeOutput(path: "exchange/summary.md", stylesheet: "summary"),
      oscal("assessment-plan", "assessment-plan"), oscal("assessment-results", "assessment-results"),
      oscal("catalog-checks", "catalog-checks"),
    ]
    if assessments.contains(where: { !$0.checks.isEmpty }) {
      outputs.append(oscal("mapping-collection", "mapping"))
    }
    if pack.assessment.findings.contains(where: { [.fail, .exception].contains($0.result) }) {
      outputs.append(oscal("poam", "poam"))
    }
    for framework in frameworks where pack.assessment.coverage.assessments[framework.id]?.isEmpty == false {
      outputs.append(oscal(layout.catalog(framework.id), "catalog", framework: framework.id))
    }
    return outputs
  }
}

/// OSCAL's instants are of the years 1900 to 2999.
enum OSCALTime {
  static func holds(_ instant: Instant) -> Bool { (1900..<3000).contains(CivilDay.parts(instant.day).year) }
}
