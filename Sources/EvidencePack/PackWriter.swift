internal import Assessment
package import Assets
package import Comparison
package import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Replay
package import XMLDocuments

/// Why a pack could not be written.
package enum PackError: Error, Sendable {
  case cannotWrite(path: String, reason: String)
  /// A document that we made is not valid: a defect of Tenure, never of the inputs.
  case notValid(XMLProblem)
  case totalsDoNotAddUp(String)
}

/// One file of the pack, as the manifest lists it.
struct PackFile {
  var path: String
  var digest: Digest
  var bytes: Int
  var role: String
  var rows: Int?
  var document: String?
  var stylesheet: String?
}

/// Writes a pack into an empty folder: evidence documents, pages, data, templates, manifest.
package struct PackWriter {
  /// Makes a page from a document with an entry stylesheet of the templates.
  package typealias Renderer = (_ document: XMLDocument, _ stylesheet: String) throws -> [UInt8]

  private let directory: String
  private let facts: PackFacts
  private let assets: AssetLibrary
  private let schema: EvidenceSchema
  private let render: Renderer
  private var files: [PackFile] = []
  private var documents: [IndexedDocument] = []

  /// What was written, for the terminal.
  package struct Summary: Sendable {
    package var files: Int
    package var pages: Int
    package var bytes: Int
    package var manifestDigest: Digest
    package var duplicates: Int
    /// What changed since the pack before, where one was given.
    package var delta: PackDelta?
  }

  package static func write(
    _ facts: PackFacts, into directory: String, assets: AssetLibrary, render: @escaping Renderer
  ) throws -> Summary {
    let schema: EvidenceSchema
    do {
      schema = try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? [])
    } catch {
      throw PackError.notValid(error)
    }
    var writer = PackWriter(facts: facts, directory: directory, assets: assets, schema: schema, render: render)
    return try writer.write()
  }

  private init(
    facts: PackFacts, directory: String, assets: AssetLibrary, schema: EvidenceSchema, render: @escaping Renderer
  ) {
    self.facts = facts
    self.directory = directory
    self.assets = assets
    self.schema = schema
    self.render = render
  }

  private mutating func write() throws -> Summary {
    try checkTotals()
    let context = try DocumentContext(facts)
    let evidence = facts.evidence
    let sample = try evidence.sample(size: facts.settings.sampleSize)
    let duplicates = try evidence.duplicateRequestIDs()
    try writeData(sample: sample.map(\.canonical))
    try copyTemplates()

    try context.ruleDocuments { try add($0) }
    try context.versionDocuments { try add($0) }
    try context.ownerDocuments { try add($0) }
    try context.checkDocuments { try add($0) }
    try context.findingDocuments { try add($0) }
    try context.controlDocuments { try add($0) }
    try context.decisionDocuments(sample: sample.map(\.decision)) { try add($0) }
    try context.sourceDocuments { try add($0) }

    let strata = Set(sample.map { [$0.decision.decision.rule, $0.decision.decision.decisionClass.name] }).count
    let hours = try evidence.hours()
    func index(_ delta: PackDelta?) -> EvidenceDocument {
      context.packDocument(
        documents: documents, duplicates: duplicates, sampleRows: sample.count, strata: strata, hours: hours,
        delta: delta)
    }
    let delta = try facts.previous.map { try self.delta(since: $0, index: index(nil)) }
    if let delta { try add(DeltaDocument(delta, isAlone: false).document()) }
    try addPack(index(delta))
    let manifest = try writeManifest(packID: facts.facts.period.folderName)
    return Summary(
      files: files.count + 2, pages: files.count { $0.role == "page" }, bytes: files.reduce(0) { $0 + $1.bytes },
      manifestDigest: manifest, duplicates: duplicates, delta: delta)
  }

  /// A pack whose totals do not add up is not published (SEMANTICS §2).
  private func checkTotals() throws(PackError) {
    for source in facts.facts.sources
    where source.lines != source.blank + source.malformed + source.outOfPeriod + source.judged {
      throw .totalsDoNotAddUp(
        "\(source.name): \(source.lines) lines are not blank + malformed + out of period + judged")
    }
    let tallied = facts.facts.tally.reduce(0) { $0 + $1.sums.n }
    let expected = facts.facts.sources.reduce(0) { $0 + $1.judged + $1.malformed }
    guard tallied == expected else {
      throw .totalsDoNotAddUp("the tally holds \(tallied) decisions, the sources \(expected)")
    }
    let exceptions = facts.facts.tally.filter(\.decisionClass.isException).reduce(0) { $0 + $1.sums.n }
    let listed = facts.facts.sources.reduce(0) { $0 + $1.exceptions }
    guard exceptions == listed else {
      throw .totalsDoNotAddUp("the tally holds \(exceptions) exceptions, the list \(listed)")
    }
  }

  // MARK: Documents and pages

  private mutating func add(_ document: EvidenceDocument) throws {
    try add(document, pages: [(document.page, document.stylesheet)])
    if let last = files.last(where: { $0.path == document.path }) {
      documents.append(IndexedDocument(path: document.path, kind: document.kind, digest: last.digest))
    }
  }

  /// Reads this very pack as the earlier one was read, so that both sides come from the same place.
  private func delta(since previous: PackSummary, index: EvidenceDocument) throws -> PackDelta {
    let own = try PackSummaryReader.read(
      try XMLDocument(index.bytes, name: index.path), manifest: nil, name: facts.facts.period.folderName
    ) { (path) throws(Diagnostic) in
      do {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + path))
        return try XMLDocument(Array(bytes), name: path)
      } catch {
        throw Diagnostic(
          id: "pack-document-invalid", file: path, summary: "it cannot be read again",
          nextStep: "Check the disk, and run again.")
      }
    }
    return PackDelta(from: previous, to: own)
  }

  private mutating func addPack(_ document: EvidenceDocument) throws {
    let pages = ["read-me-first", "glossary", "scope", "reconciliation", "verify", "sign-off"].map {
      ("\($0).html", $0)
    }
    var pack = document
    pack.page = "pack.html"  // The document is called pack.xml; its first page is index.html.
    try add(pack, pages: [("index.html", "index")] + pages)
  }

  private mutating func add(_ document: EvidenceDocument, pages: [(path: String, stylesheet: String)]) throws {
    let parsed: XMLDocument
    do throws(XMLProblem) {
      parsed = try XMLDocument(document.bytes, name: document.path)
      try schema.validate(parsed)
    } catch {
      throw PackError.notValid(error)
    }
    try put(document.bytes, at: document.path, role: "evidence")
    for page in pages {
      let stylesheet = "templates/pages/\(page.stylesheet).xsl"
      try put(
        try render(parsed, stylesheet), at: page.path, role: "page", document: document.path, stylesheet: stylesheet)
    }
  }

  private mutating func copyTemplates() throws(PackError) {
    for path in assets.paths(under: "templates/") where !path.hasSuffix(".md") {
      guard let bytes = assets.bytes(path) else { continue }
      if path.hasPrefix("templates/assets/") {
        try put(bytes, at: "assets/" + path.dropFirst("templates/assets/".count), role: "asset")
      } else {
        try put(bytes, at: path, role: "template")
      }
    }
  }

  // MARK: Data

  private mutating func writeData(sample: [[UInt8]]) throws {
    let evidence = facts.evidence
    let tally = try evidence.canonicalTally()
    try putLines("data/tally.csv") { write in for line in tally { try write(line) } }
    try putLines("data/exceptions.csv") { write in try evidence.forEachCanonicalException(write) }
    try putLines("data/sample.csv") { write in for line in sample { try write(line) } }
    try putLines("data/rejects.csv", header: ["source", "line", "byte_offset", "bytes", "reason", "line_sha256"]) {
      write in
      try evidence.forEachReject { source, reject in
        try write(
          CanonicalCSV.line([
            source.name, String(reject.position.line), String(reject.position.byteOffset),
            String(reject.position.bytes),
            reject.reason.rawValue, reject.lineDigest.description,
          ]))
      }
    }
    let columns = [
      "at", "request_id", "class", "rule_id", "version", "owner", "owner_status", "indeterminate", "agent",
      "data_class",
      "requested_model", "served_model", "provider", "deployment", "jurisdiction", "claimed_rule", "escalated_from",
      "trigger",
      "outcome", "tokens_in", "tokens_out", "cost_micros", "source", "line", "byte_offset", "bytes", "line_sha256",
    ]
    try putLines("data/exceptions-detail.csv", header: columns) { write in
      try evidence.forEachException(by: .time) { _, located in
        let decision = located.decision
        try write(
          CanonicalCSV.line([
            decision.at.description, decision.requestID, decision.decisionClass.name, decision.rule, decision.version,
            decision.owner,
            decision.ownerStatus.name, String(decision.indeterminate), decision.agent, decision.dataClass,
            decision.requestedModel,
            decision.servedModel, decision.provider, decision.deployment, decision.jurisdiction, decision.claimedRule,
            decision.escalatedFrom, decision.trigger, decision.outcome.name, String(decision.tokensIn),
            String(decision.tokensOut),
            String(decision.costMicros), located.source.name, String(decision.position.line),
            String(decision.position.byteOffset),
            String(decision.position.bytes), decision.lineDigest.description,
          ]))
      }
    }
  }

  // MARK: Manifest

  private func writeManifest(packID: String) throws -> Digest {
    let sorted = files.sorted { $0.path.precedesBytewise($1.path) }
    var xml = XMLWriter()
    xml.root("manifest", [["pack": packID, "tool-version": facts.toolVersion, "level": "internal"]]) { xml in
      for file in sorted {
        xml.element(
          "file",
          [
            "path": file.path, "sha256": file.digest.description, "bytes": String(file.bytes), "role": file.role,
            "rows": file.rows.map(String.init), "document": file.document, "stylesheet": file.stylesheet,
          ])
      }
    }
    do throws(XMLProblem) {
      try schema.validate(try XMLDocument(xml.bytes, name: "manifest.xml"))
    } catch {
      throw PackError.notValid(error)
    }
    try writeFile(xml.bytes, at: "manifest.xml")
    let digest = Digest(of: xml.bytes)
    let sums = (sorted.map { ($0.path, $0.digest) } + [("manifest.xml", digest)]).sorted { $0.0.precedesBytewise($1.0) }
    try writeFile(Array(sums.map { "\($0.1)  \($0.0)\n" }.joined().utf8), at: "SHA256SUMS")
    return digest
  }

  // MARK: Files

  private mutating func put(
    _ bytes: [UInt8], at path: String, role: String, document: String? = nil, stylesheet: String? = nil
  ) throws(PackError) {
    try writeFile(bytes, at: path)
    files.append(
      PackFile(
        path: path, digest: Digest(of: bytes), bytes: bytes.count, role: role, document: document,
        stylesheet: stylesheet))
  }

  private func writeFile(_ bytes: [UInt8], at path: String) throws(PackError) {
    let full = directory + "/" + path
    do {
      try FileManager.default.createDirectory(
        atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: full))
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// Streams lines into a data file.
  private mutating func putLines(
    _ path: String, header: [String]? = nil, _ body: (_ write: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let full = directory + "/" + path
    try? FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: full, contents: nil), let handle = FileHandle(forWritingAtPath: full)
    else {
      throw PackError.cannotWrite(path: path, reason: "it cannot be created")
    }
    defer { try? handle.close() }
    var hasher = Hasher256()
    var buffer: [UInt8] = header.map { CanonicalCSV.line($0) } ?? []
    var (bytes, rows) = (0, 0)
    func flush() throws {
      buffer.withUnsafeBytes { hasher.update($0) }
      bytes += buffer.count
      do {
        try handle.write(contentsOf: Data(buffer))
      } catch {
        throw PackError.cannotWrite(path: path, reason: error.localizedDescription)
      }
      buffer.removeAll(keepingCapacity: true)
    }
    try body { line in
      buffer.append(contentsOf: line)
      rows += 1
      if buffer.count > 1 << 20 { try flush() }
    }
    try flush()
    files.append(PackFile(path: path, digest: hasher.finish(), bytes: bytes, role: "data", rows: rows))
  }
}
