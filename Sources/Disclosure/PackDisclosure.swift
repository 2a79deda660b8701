package import Assets
package import EvidenceModel
internal import Exchange
internal import Foundation
package import XMLDocuments

/// Makes a pack of a lower level from a finished internal one.
package struct PackDisclosure {
  /// Makes a page from a document with an entry stylesheet of the templates; some stylesheets are told a framework.
  package typealias Renderer = (_ document: XMLDocument, _ stylesheet: String, _ framework: String?) throws -> [UInt8]

  /// What was done, for the terminal.
  package struct Summary: Sendable {
    package var level: DisclosureLevel
    package var manifest: Digest
    package var internalManifest: Digest
    package var files = 0
    package var pages = 0
    package var replaced = 0
    package var hidden = 0
    package var sentences = 0
    package var commitments = 0
    /// Hidden values that stand in the pack for another reason as well, by kind.
    package var conflicts: [(kind: String, n: Int)] = []
    package var pseudonyms: [(kind: String, n: Int)] = []
    /// Of the documents that were held against the schema.
    package var validDocuments: Set<Digest> = []
  }

  let pack: InternalPack
  let directory: String
  let assets: AssetLibrary
  let schema: EvidenceSchema
  let render: Renderer
  var redactor: Redactor
  var files: [DisclosedFile] = []

  /// - Parameters:
  ///   - directory: an empty folder.
  ///   - secret: the bytes of the key file.
  ///   - furtherNames: people that stand in no field of the pack, and may stand in its sentences.
  package static func write(
    _ pack: InternalPack, level: DisclosureLevel, secret: [UInt8], furtherNames: [String] = [],
    into directory: String, assets: AssetLibrary, render: @escaping Renderer
  ) throws -> Summary {
    guard pack.level == "internal" else {
      throw InternalPack.problem("manifest.xml", "is of level \(pack.level); levels are made from the internal pack")
    }
    var disclosure = try PackDisclosure(
      pack, level, secret, into: directory, assets: assets, render: render)
    return try disclosure.write(furtherNames)
  }

  private init(
    _ pack: InternalPack, _ level: DisclosureLevel, _ secret: [UInt8], into directory: String, assets: AssetLibrary,
    render: @escaping Renderer
  ) throws {
    self.pack = pack
    self.directory = directory
    self.assets = assets
    self.render = render
    schema = try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? [])
    redactor = try Self.redactor(of: pack, level, secret, assets)
  }

  static func redactor(
    of pack: InternalPack, _ level: DisclosureLevel, _ secret: [UInt8], _ assets: AssetLibrary
  ) throws -> Redactor {
    Redactor(
      table: try DisclosureTable(assets.bytes("templates/disclosure.xml") ?? [], level: level), level: level,
      key: PackKey(secret: secret, internalManifest: pack.manifest, level: level))
  }

  private mutating func write(_ furtherNames: [String]) throws -> Summary {
    try learn(furtherNames)
    try writeFixedFiles()
    try writeTables()
    try writeDocuments()
    try writeCommitments()
    noteLeftOut()
    try writeIndexAndLedger()
    let manifest = try writeManifest()
    try searchForLeaks()
    let ledger = redactor.ledger
    return Summary(
      level: redactor.level, manifest: manifest, internalManifest: pack.manifest, files: files.count + 2,
      pages: files.count { $0.role == "page" }, replaced: ledger.sums.replaced, hidden: ledger.sums.hidden,
      sentences: ledger.sums.sentences, commitments: redactor.commitments.count,
      conflicts: redactor.names.conflictKinds, pseudonyms: redactor.book.counts,
      validDocuments: Set(files.lazy.filter { $0.role == "evidence" }.map(\.digest)))
  }

  // MARK: What there is

  private var documents: [InternalPack.Entry] { pack.entries.filter { $0.role == "evidence" } }

  private var tables: [(entry: InternalPack.Entry, form: DisclosureTable.TableForm)] {
    pack.entries.compactMap { entry in redactor.table.tables[entry.path].map { (entry, $0) } }
  }

  /// The files that go into every pack as they are.
  private var fixedFiles: [(path: String, role: String, bytes: [UInt8])] {
    assets.paths(under: "templates/").compactMap { path in
      guard !path.hasSuffix(".md"), let bytes = assets.bytes(path), path != "templates/assets/search.js" else {
        return nil
      }
      guard path.hasPrefix("templates/assets/") else { return (path, "template", bytes) }
      return (String(path.dropFirst("templates/".count)), "asset", bytes)
    }
  }

  private mutating func learn(_ furtherNames: [String]) throws {
    for name in furtherNames { redactor.book.add(name, kind: "person") }
    for table in tables { try redactor.learnTable(table.entry, of: pack, table.form) }
    for entry in documents { redactor.learn(try pack.document(entry), path: entry.path) }
    try redactor.close(fixed: fixedFiles.map(\.bytes))
  }

  private mutating func writeFixedFiles() throws {
    for file in fixedFiles { try put(file.bytes, at: file.path, role: file.role) }
  }

  // MARK: Tables and documents

  private mutating func writeTables() throws {
    for (entry, form) in tables {
      let handle = try create(entry.path)
      defer { try? handle.close() }
      var hasher = Hasher256()
      var size = 0
      let rows = try redactor.redactTable(entry, of: pack, form) { bytes in
        bytes.withUnsafeBytes { hasher.update($0) }
        size += bytes.count
        try handle.write(contentsOf: Data(bytes))
      }
      files.append(
        DisclosedFile(path: entry.path, digest: hasher.finish(), bytes: size, role: entry.role, rows: rows))
    }
  }

  static let commitmentsPath = "data/commitments.csv"
  private static let index = "evidence/pack.xml"

  private mutating func writeDocuments() throws {
    let alphabet = redactor.alphabetLosses(
      try documents.filter { $0.path.hasPrefix("evidence/a-z/") }.map { ($0.path, try pack.document($0)) })
    let pages = Dictionary(grouping: pack.entries.filter { $0.role == "page" }) { $0.document ?? "" }
    for entry in documents where entry.path != Self.index {
      var root = try pack.document(entry)
      redactor.redact(&root, path: entry.path)
      if root.name == "alphabet" { alphabet.mend(&root, path: entry.path) }
      if root.name == "exchange" { restateTables(in: &root) }
      try put(root, from: entry.path, pages: pages[entry.path] ?? [])
      if root.name == "exchange" { try writeExchange(root) }
    }
  }

  private mutating func put(_ root: DocumentElement, from path: String, pages: [InternalPack.Entry]) throws {
    try put(
      root, at: newPath(path),
      pages: pages.compactMap { page in page.stylesheet.map { (newPath(page.path), $0) } })
  }

  mutating func put(_ root: DocumentElement, at path: String, pages: [(path: String, stylesheet: String)]) throws {
    let bytes = root.bytes
    let document = try XMLDocument(bytes, name: path)
    do {
      try schema.validate(document)
    } catch {
      throw Diagnostic(
        id: "disclosure-not-valid", file: path, summary: error.message,
        nextStep: "A field that may not be empty has no entry in templates/disclosure.xml. Please report it.")
    }
    try put(bytes, at: path, role: "evidence", kind: root.name)
    for page in pages {
      let html = try render(document, page.stylesheet, nil)
      try put(html, at: page.path, role: "page", document: path, stylesheet: page.stylesheet)
    }
  }

  /// The files for other tools know nothing that the disclosed document does not say: they are made from it as those of the
  /// internal pack were made from that one.
  private mutating func writeExchange(_ root: DocumentElement) throws {
    let source = "evidence/exchange.xml"
    let document = try XMLDocument(root.bytes, name: source)
    for entry in pack.entries where entry.role == "exchange" {
      guard let stylesheet = entry.stylesheet else { continue }
      let bytes = try render(document, stylesheet, entry.framework)
      try put(
        bytes, at: entry.path, role: "exchange", document: source, stylesheet: stylesheet, framework: entry.framework)
      if OSCALFile.isXML(entry.path) {
        let twin = try OSCALFile.json(try OSCALFile.document(bytes, name: entry.path))
        try put(twin, at: OSCALFile.twin(of: entry.path), role: "exchange", document: entry.path)
      }
    }
    for format in ExchangeFormats.all {
      for file in try format.files(of: document) {
        try put(file.bytes, at: "exchange/" + file.path, role: "exchange", document: source)
      }
    }
  }

  private func newPath(_ path: String) -> String {
    redactor.paths.path(path, keptAnchors: redactor.table.keptAnchors, key: redactor.key)
  }

  /// The tables of `data/` are others now than the document says.
  private func restateTables(in root: inout DocumentElement) {
    let tables = Dictionary(files.filter { $0.role == "data" }.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    root.updateChildren { child in
      guard child.name == "exchange-file" else { return true }
      guard let table = child["path"].flatMap({ tables[$0] }) else { return false }
      child["sha256"] = table.digest.description
      child["bytes"] = String(table.bytes)
      child["rows"] = String(table.rows ?? 0)
      return true
    }
  }

  private mutating func writeCommitments() throws {
    var bytes = CanonicalCSV.line(["record", "field", "commitment"])
    let commitments = redactor.commitments.sorted
    for one in commitments { bytes += CanonicalCSV.line([one.record, one.field, one.commitment.description]) }
    try put(bytes, at: Self.commitmentsPath, role: "data", rows: commitments.count)
  }

  /// Files of the internal pack that have no place here yet: the search knows names; what is made from other
  /// documents would have to be made anew.
  private mutating func noteLeftOut() {
    let tables = redactor.table.tables
    let left = pack.entries.filter { entry in
      entry.role != "evidence" && entry.role != "page" && entry.role != "template" && tables[entry.path] == nil
        && entry.path != "assets/pack.css" && entry.role != "exchange"
    }
    let kinds = Dictionary(grouping: left) { String($0.path.prefix { $0 != "/" }) }
    redactor.ledger.left = kinds.map { ($0.key == "assets" ? "search" : $0.key, $0.value.count) }.sorted { $0.0 < $1.0 }
  }

  private mutating func writeIndexAndLedger() throws {
    guard let entry = documents.first(where: { $0.path == Self.index }) else {
      throw InternalPack.problem(Self.index, "is not there")
    }
    var root = try pack.document(entry)
    redactor.redact(&root, path: entry.path)
    // The index is counted before the ledger is written, and the ledger stands in the index by its digest.
    let ledger = LedgerDocument(redactor, pack, context: root.child("context"))
    try put(ledger.document, at: "evidence/redaction.xml", pages: [("redaction.html", "templates/pages/redaction.xsl")])
    let index = files.filter { $0.role == "evidence" }.sorted { $0.path.precedesBytewise($1.path) }
    root.updateChildren { child in
      if child.name == "documents" {
        child.nodes = index.map { file in
          .element(
            DocumentElement(
              name: "document",
              attributes: [("path", file.path), ("kind", file.kind ?? ""), ("sha256", file.digest.description)]))
        }
      }
      return true
    }
    ledger.announce(in: &root)
    let pages = pack.entries.filter { $0.role == "page" && $0.document == Self.index }
    try put(root, from: entry.path, pages: pages)
  }
}
