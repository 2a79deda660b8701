internal import EvidenceModel
internal import Foundation
internal import XMLDocuments

/// One file of the new pack, as its manifest lists it.
struct DisclosedFile {
  var path: String
  var digest: Digest
  var bytes: Int
  var role: String
  var rows: Int?
  var document: String?
  var stylesheet: String?
  var framework: String?
  /// Of a document: its root.
  var kind: String?
}

/// Files, their list, and the search for what must not stand in them.
extension PackDisclosure {
  // MARK: The whole

  mutating func writeManifest() throws -> Digest {
    let sorted = files.sorted { $0.path.precedesBytewise($1.path) }
    var root = DocumentElement(name: "manifest")
    root.attributes = [
      ("format", PackFormat.current.description), ("pack", pack.id), ("tool-version", pack.toolVersion),
      ("level", redactor.level.rawValue),
      ("internal-manifest", pack.manifest.description),
    ]
    root.nodes = sorted.flatMap { file -> [DocumentElement.Node] in
      var element = DocumentElement(name: "file")
      element.attributes = [
        ("path", file.path), ("sha256", file.digest.description), ("bytes", String(file.bytes)), ("role", file.role),
      ]
      element["rows"] = file.rows.map(String.init)
      element["document"] = file.document
      element["stylesheet"] = file.stylesheet
      element["framework"] = file.framework
      return [.text("\n "), .element(element)]
    }
    let bytes = root.bytes
    try schema.validate(try XMLDocument(bytes, name: "manifest.xml"))
    try write(bytes, at: "manifest.xml")
    let digest = Digest(of: bytes)
    let sums = (sorted.map { ($0.path, $0.digest) } + [("manifest.xml", digest)]).sorted { $0.0.precedesBytewise($1.0) }
    try write(Array(sums.map { "\($0.1)  \($0.0)\n" }.joined().utf8), at: "SHA256SUMS")
    return digest
  }

  /// Every byte of the new pack is searched for every value that was hidden. One that is found ends it.
  func searchForLeaks() throws {
    for path in files.map(\.path) + ["manifest.xml", "SHA256SUMS"] {
      let bytes = try InternalPack.read(directory, path, most: .max)
      if redactor.names.leaks(into: bytes) || redactor.names.leaks(into: Array(path.utf8)) {
        throw Diagnostic(
          id: "disclosure-leak", file: path,
          summary: "a value that this level hides would stand in it, so no pack was made",
          nextStep: "Look for the field in the document, and decide about it in templates/disclosure.xml.")
      }
    }
  }

  // MARK: Files

  mutating func put(
    _ bytes: [UInt8], at path: String, role: String, rows: Int? = nil, document: String? = nil,
    stylesheet: String? = nil, framework: String? = nil, kind: String? = nil
  ) throws {
    try write(bytes, at: path)
    files.append(
      DisclosedFile(
        path: path, digest: Digest(of: bytes), bytes: bytes.count, role: role, rows: rows, document: document,
        stylesheet: stylesheet, framework: framework, kind: kind))
  }

  private func write(_ bytes: [UInt8], at path: String) throws {
    try create(path).close()
    try Data(bytes).write(to: URL(fileURLWithPath: directory + "/" + path))
  }

  func create(_ path: String) throws -> FileHandle {
    let full = directory + "/" + path
    try? FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    guard FileManager.default.createFile(atPath: full, contents: nil), let handle = FileHandle(forWritingAtPath: full)
    else {
      throw Diagnostic(id: "disclosure-write", file: path, summary: "cannot be written", nextStep: "Check the disk.")
    }
    return handle
  }
}
