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
  /// The manifest would grow past the size that any document may have.
  case tooManyExceptions(Int, most: Int)
}

/// One file of the pack, as the manifest lists it.
struct PackFile: Sendable {
  var path: String
  var digest: Digest
  var bytes: Int
  var role: String
  var rows: Int?
  var document: String?
  var stylesheet: String?
  /// What the stylesheet was told, where it takes the id of a framework.
  var framework: String?

  /// Writes a file and says what the manifest is to list.
  static func write(
    _ bytes: [UInt8], at path: String, in directory: String, role: String, document: String? = nil,
    stylesheet: String? = nil
  ) throws(PackError) -> PackFile {
    let full = directory + "/" + path
    do {
      try FileManager.default.createDirectory(
        atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: full))
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    return PackFile(
      path: path, digest: Digest(of: bytes), bytes: bytes.count, role: role, document: document, stylesheet: stylesheet)
  }
}

/// Writes a pack into an empty folder: evidence documents, pages, data, templates, manifest.
package struct PackWriter {
  /// Makes a page from a document with an entry stylesheet of the templates; some stylesheets are told a framework.
  package typealias Renderer = (_ document: XMLDocument, _ stylesheet: String, _ framework: String?) throws -> [UInt8]
  /// Makes a renderer for the thread that calls it.
  package typealias RendererFactory = @Sendable () -> Renderer

  let directory: String
  let facts: PackFacts
  private let assets: AssetLibrary
  private let schema: EvidenceSchema
  let crew: PageCrew
  var files: [PackFile] = []
  var documents: [IndexedDocument] = []
  /// What kind of document stands at a path.
  var kinds: [String: String] = [:]

  /// What was written, for the terminal.
  package struct Summary: Sendable {
    package var files: Int
    package var pages: Int
    package var bytes: Int
    package var manifestDigest: Digest
    package var duplicates: Int
    /// Of every document that was held against the schema.
    package var validDocuments: Set<Digest>
    /// What changed since the pack before, where one was given.
    package var delta: PackDelta?
  }

  package static func write(
    _ facts: PackFacts, into directory: String, assets: AssetLibrary, threads: Int,
    makeRenderer: @escaping RendererFactory
  ) throws -> Summary {
    let schemaBytes = assets.bytes("templates/evidence.xsd") ?? []
    let schema: EvidenceSchema
    do {
      schema = try EvidenceSchema(schemaBytes)
    } catch {
      throw PackError.notValid(error)
    }
    let crew = PageCrew(directory: directory, schema: schemaBytes, threads: threads, makeRenderer: makeRenderer)
    defer { crew.close() }
    var writer = PackWriter(facts: facts, directory: directory, assets: assets, schema: schema, crew: crew)
    return try writer.write()
  }

  private init(facts: PackFacts, directory: String, assets: AssetLibrary, schema: EvidenceSchema, crew: PageCrew) {
    self.facts = facts
    self.directory = directory
    self.assets = assets
    self.schema = schema
    self.crew = crew
  }

  private mutating func write() throws -> Summary {
    try checkTotals()
    try checkSize()
    let context = try DocumentContext(facts)
    let evidence = facts.evidence
    let samples = try Samples(facts)
    let duplicates = try evidence.duplicateRequestIDs()
    try writeData(samples)
    try copyTemplates()

    try context.ruleDocuments { try add($0) }
    try context.versionDocuments { try add($0) }
    try context.ownerDocuments { try add($0) }
    try context.checkDocuments { try add($0) }
    try context.findingDocuments { try add($0) }
    try context.controlDocuments { try add($0) }
    try context.decisionDocuments { try add($0) }
    try context.sampleDocuments(samples, duplicates: duplicates) { try add($0) }
    try context.sourceDocuments { try add($0) }
    let alphabet = Alphabet(context.namedThings())
    try context.alphabetDocuments(alphabet) { try add($0) }
    try writeSearch(alphabet, context)
    try finishPages()

    func index(_ delta: PackDelta?) throws -> EvidenceDocument {
      try context.packDocument(documents: documents, duplicates: duplicates, samples: samples, delta: delta)
    }
    let delta = try facts.previous.map { try self.delta(since: $0, index: try index(nil)) }
    if let delta {
      try add(DeltaDocument(delta, isAlone: false).document())
      try finishPages()
    }
    try writeExchange(context)
    try addPack(try index(delta))
    let manifest = try writeManifest(packID: facts.facts.period.folderName)
    return Summary(
      files: files.count + 2, pages: files.count { $0.role == "page" }, bytes: files.reduce(0) { $0 + $1.bytes },
      manifestDigest: manifest, duplicates: duplicates,
      validDocuments: Set(files.lazy.filter { $0.role == "evidence" }.map(\.digest)), delta: delta)
  }

  /// Each 200 exceptions are eight files; of more than this the manifest would not be read again.
  private static let mostExceptions = 2_500_000

  private func checkSize() throws(PackError) {
    let exceptions = facts.facts.sources.reduce(0) { $0 + $1.exceptions }
    guard exceptions <= Self.mostExceptions else {
      throw .tooManyExceptions(exceptions, most: Self.mostExceptions)
    }
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
    kinds[document.path] = document.kind
    try crew.add(PageCrew.Job(document: document, pages: document.pages))
  }

  /// Waits for all pages, and enters their documents into the index.
  mutating func finishPages() throws {
    for file in try crew.finish() {
      files.append(file)
      if let kind = kinds[file.path] {
        documents.append(IndexedDocument(path: file.path, kind: kind, digest: file.digest))
      }
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
      (path: "\($0).html", stylesheet: $0)
    }
    var pack = document
    pack.page = "pack.html"  // The document is called pack.xml; its first page is index.html.
    try crew.add(PageCrew.Job(document: pack, pages: [("index.html", "index")] + pages))
    files.append(contentsOf: try crew.finish())
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

  /// What `assets/search.js` reads.
  private mutating func writeSearch(_ alphabet: Alphabet, _ context: DocumentContext) throws {
    var index = SearchIndex()
    index.writeNames(alphabet.things) { alphabet.target(of: $0) }
    let exceptions = facts.facts.sources.reduce(0) { $0 + $1.exceptions }
    if exceptions > SearchIndex.mostRequestIDs {
      index.leaveOutRequestIDs(exceptions)
    } else {
      var shard = index.idShards()
      try facts.evidence.forEachExceptionID { requestID, order, place in
        index.add(
          requestID, page: order / DocumentContext.decisionPageSize + 1,
          anchor: context.decisionAnchor(place.source, byteOffset: place.byteOffset), at: facts.time.text(place.at),
          to: &shard)
        for file in index.takeFiles() { try put(file.bytes, at: file.path, role: "asset") }
      }
      index.finish(&shard)
    }
    index.writeIndex(words: try searchWords())
    for file in index.takeFiles() { try put(file.bytes, at: file.path, role: "asset") }
  }

  /// The words of the search and of the kinds of things, out of the strings.
  private func searchWords() throws -> [(id: String, text: String)] {
    do throws(XMLProblem) {
      let strings = try XMLDocument(assets.bytes("templates/strings/en.xml") ?? [], name: "en.xml")
      return (strings.root?.children(named: "s") ?? []).compactMap { string in
        guard let id = string["id"], id.hasPrefix("search.") || id.hasPrefix("thing.") else { return nil }
        return (id, string.text)
      }
    } catch {
      throw PackError.notValid(error)
    }
  }

  // MARK: Manifest

  private func writeManifest(packID: String) throws -> Digest {
    let sorted = files.sorted { $0.path.precedesBytewise($1.path) }
    var xml = XMLWriter()
    let root: [XMLWriter.Attributes] = [
      [
        "format": PackFormat.current.description, "pack": packID, "tool-version": facts.toolVersion,
        "level": "internal",
      ]
    ]
    xml.root("manifest", root) { xml in
      for file in sorted {
        xml.element(
          "file",
          [
            "path": file.path, "sha256": file.digest.description, "bytes": String(file.bytes), "role": file.role,
            "rows": file.rows.map(String.init), "document": file.document, "stylesheet": file.stylesheet,
            "framework": file.framework,
          ])
      }
    }
    do throws(XMLProblem) {
      try schema.validate(try XMLDocument(xml.bytes, name: "manifest.xml"))
    } catch {
      throw PackError.notValid(error)
    }
    _ = try PackFile.write(xml.bytes, at: "manifest.xml", in: directory, role: "manifest")
    let digest = Digest(of: xml.bytes)
    let sums = (sorted.map { ($0.path, $0.digest) } + [("manifest.xml", digest)]).sorted { $0.0.precedesBytewise($1.0) }
    let lines = Array(sums.map { "\($0.1)  \($0.0)\n" }.joined().utf8)
    _ = try PackFile.write(lines, at: "SHA256SUMS", in: directory, role: "sums")
    return digest
  }

  // MARK: Files

  private mutating func put(_ bytes: [UInt8], at path: String, role: String) throws(PackError) {
    files.append(try PackFile.write(bytes, at: path, in: directory, role: role))
  }
}
