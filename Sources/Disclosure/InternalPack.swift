package import EvidenceModel
internal import Foundation
internal import Glibc
internal import XMLDocuments

/// A finished pack as it is read to be disclosed: only what its manifest lists, and only bytes whose digest holds.
package struct InternalPack: Sendable {
  struct Entry: Sendable {
    var path: String
    var digest: Digest
    var role: String
    var document: String?
    var stylesheet: String?
    var framework: String?
  }

  let root: String
  package let manifest: Digest
  package let id: String
  let toolVersion: String
  package let level: String
  /// The digest of the pack that this one was made from; nil where it is the first.
  package let madeFrom: Digest?
  let entries: [Entry]

  static let largestDocument = 20 << 20

  package init(_ root: String) throws(Diagnostic) {
    self.root = root
    let bytes = try Self.read(root, "manifest.xml", most: Self.largestDocument)
    manifest = Digest(of: bytes)
    let document: XMLDocument
    do {
      document = try XMLDocument(bytes, name: "manifest.xml")
    } catch {
      throw Self.problem("manifest.xml", error.message)
    }
    guard let manifest = document.root, manifest.name == "manifest" else {
      throw Self.problem("manifest.xml", "is no manifest of a pack")
    }
    if let problem = PackFormat.problem(of: manifest["format"], file: root + "/manifest.xml") { throw problem }
    id = manifest["pack"] ?? ""
    toolVersion = manifest["tool-version"] ?? ""
    level = manifest["level"] ?? ""
    madeFrom = manifest["internal-manifest"].flatMap { Digest(hexadecimal: $0) }
    var entries: [Entry] = []
    for file in manifest.children(named: "file") {
      guard let path = file["path"], PackPath.isSafe(path), let digest = Digest(hexadecimal: file["sha256"] ?? "")
      else {
        throw Self.problem("manifest.xml", "an entry has no safe path or no digest")
      }
      entries.append(
        Entry(
          path: path, digest: digest, role: file["role"] ?? "", document: file["document"],
          stylesheet: file["stylesheet"], framework: file["framework"]))
    }
    self.entries = entries
    guard PackPath.isSafe(id), !id.contains("/") else {
      throw Self.problem("manifest.xml", "the pack's name is no name")
    }
  }

  /// The document at a path.
  func document(_ entry: Entry) throws(Diagnostic) -> DocumentElement {
    let bytes = try Self.read(root, entry.path, most: Self.largestDocument)
    guard Digest(of: bytes) == entry.digest else {
      throw Self.problem(entry.path, "its bytes are not the ones that the manifest names")
    }
    do {
      guard let root = try XMLDocument(bytes, name: entry.path).root else {
        throw XMLProblem(document: entry.path, line: nil, message: "it is empty")
      }
      return DocumentElement(root)
    } catch let error as XMLProblem {
      throw Self.problem(entry.path, error.message)
    } catch {
      throw Self.problem(entry.path, "it cannot be read")
    }
  }

  /// Reads a file in pieces, and says at the end whether its digest holds.
  func forEachChunk(_ entry: Entry, _ body: (Data) throws -> Void) throws {
    guard let handle = FileHandle(forReadingAtPath: root + "/" + entry.path) else {
      throw Self.problem(entry.path, "cannot be opened")
    }
    defer { try? handle.close() }
    var hasher = Hasher256()
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { hasher.update($0) }
      try body(chunk)
    }
    guard hasher.finish() == entry.digest else {
      throw Self.problem(entry.path, "its bytes are not the ones that the manifest names")
    }
  }

  static func read(_ root: String, _ path: String, most: Int) throws(Diagnostic) -> [UInt8] {
    var status = stat()
    guard lstat(root + "/" + path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) <= most,
      let data = FileManager.default.contents(atPath: root + "/" + path)
    else { throw problem(path, "is no file of a readable size in \(root)") }
    return Array(data)
  }

  static func problem(_ path: String, _ summary: String) -> Diagnostic {
    Diagnostic(
      id: "disclosure-pack", file: path, summary: summary,
      nextStep: "Run tenure verify on the pack, or make it again with tenure run.")
  }
}
