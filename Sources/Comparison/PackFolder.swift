package import EvidenceModel
internal import Foundation
internal import Glibc
package import XMLDocuments

/// The folder of a pack that somebody else may have made or changed. A document is handed out only if its bytes are the
/// ones that the manifest names; nothing outside the folder is opened.
package struct PackFolder: Sendable {
  package let path: String
  /// The digest of `manifest.xml`, which names the pack.
  package let manifest: Digest
  private let entries: [String: Entry]

  private struct Entry: Sendable {
    var digest: Digest
    var bytes: Int
  }

  private static let index = "evidence/pack.xml"

  /// Reads the manifest.
  package init(_ path: String) throws(Diagnostic) {
    self.path = path
    let bytes = try Self.read("manifest.xml", in: path)
    manifest = Digest(of: bytes)
    let document = try Self.parse(bytes, "manifest.xml", in: path)
    guard let root = document.root, root.name == "manifest" else {
      throw Self.problem(path, "manifest.xml", "pack-manifest-invalid", "it is no manifest of a pack")
    }
    if let problem = PackFormat.problem(of: root["format"], file: path + "/manifest.xml") { throw problem }
    var entries: [String: Entry] = [:]
    for file in root.children(named: "file") {
      guard let name = file["path"], Self.isSafe(name), let digest = Digest(hexadecimal: file["sha256"] ?? ""),
        let size = Int(file["bytes"] ?? ""), entries[name] == nil
      else {
        throw Self.problem(
          path, "manifest.xml", "pack-manifest-entry",
          "an entry has no safe path, no digest or no size, or stands twice",
          line: file.line)
      }
      entries[name] = Entry(digest: digest, bytes: size)
    }
    self.entries = entries
  }

  /// What the pack says, as far as packs are compared.
  package func summary() throws(Diagnostic) -> PackSummary {
    try PackSummaryReader.read(try document(Self.index), manifest: manifest, name: path) {
      (name) throws(Diagnostic) in try document(name)
    }
  }

  /// The digest by which this pack names the one before it; nil where it names none.
  package func previousManifest() throws(Diagnostic) -> Digest? {
    let index = try document(Self.index)
    // Elements live no longer than their document.
    defer { withExtendedLifetime(index) {} }
    let chain = index.root?.child("previous")?.child("chain")
    return chain?.child("earlier-pack")?["manifest-sha256"].flatMap { Digest(hexadecimal: $0) }
  }

  /// The listed digests of the files of a folder.
  package func digests(under folder: String) -> [String: Digest] {
    entries.filter { $0.key.hasPrefix(folder) }.mapValues(\.digest)
  }

  /// A document of the pack, once its bytes are known to be the listed ones.
  package func document(_ name: String) throws(Diagnostic) -> XMLDocument {
    guard let entry = entries[name] else {
      throw Self.problem(path, name, "pack-file-missing", "the manifest does not list this file")
    }
    let bytes = try Self.read(name, in: path)
    guard bytes.count == entry.bytes, Digest(of: bytes) == entry.digest else {
      throw Self.problem(path, name, "pack-file-changed", "its bytes are not the ones that the manifest names")
    }
    return try Self.parse(bytes, name, in: path)
  }

  private static func parse(_ bytes: [UInt8], _ name: String, in folder: String) throws(Diagnostic) -> XMLDocument {
    do throws(XMLProblem) {
      return try XMLDocument(bytes, name: name)
    } catch {
      throw problem(folder, name, "pack-document-invalid", error.message, line: error.line)
    }
  }

  /// A regular file of a bearable size; a link on the way to it is not followed.
  private static func read(_ name: String, in folder: String) throws(Diagnostic) -> [UInt8] {
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Diagnostic(
        id: "pack-not-a-folder", file: folder, summary: "is no folder", nextStep: "Name the folder of a pack.")
    }
    var place = folder
    for part in name.split(separator: "/") {
      place += "/" + part
      guard lstat(place, &status) == 0 else {
        throw problem(folder, name, "pack-file-missing", "this file is not there")
      }
      guard status.st_mode & S_IFMT != S_IFLNK else {
        throw problem(folder, name, "pack-special-file", "a link stands on the way to it; it was not opened")
      }
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw problem(folder, name, "pack-special-file", "is no regular file; it was not opened")
    }
    guard Int(status.st_size) <= XMLDocument.largest else {
      throw problem(folder, name, "pack-too-large", "is larger than 20 MB; it was not read")
    }
    guard let handle = FileHandle(forReadingAtPath: place),
      let data = try? handle.read(upToCount: XMLDocument.largest + 1)
    else {
      if status.st_size == 0 { return [] }
      throw problem(folder, name, "pack-file-unreadable", "cannot be read")
    }
    return Array(data)
  }

  private static func isSafe(_ path: String) -> Bool {
    PagePath.isSafe(path) && !path.contains("#")
  }

  private static func problem(
    _ folder: String, _ name: String, _ id: String, _ summary: String, line: Int? = nil
  ) -> Diagnostic {
    Diagnostic(
      id: id, file: folder + "/" + name, line: line, summary: summary,
      nextStep: "Run tenure verify on that pack, and ask for it again from where it was made.")
  }
}

/// Paths inside a pack, as the schema allows them.
enum PagePath {
  /// Whether it is short, ASCII, and never leads upwards.
  static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "#", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), path.utf8.count <= 160 else { return false }
    if parts.count == 2, let first = parts[1].utf8.first {
      guard isLetter(first), parts[1].utf8.allSatisfy(isPlain) else { return false }
    } else if parts.count == 2 {
      return false
    }
    return parts[0].split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.utf8.first, first != 0x2D, first != 0x2E else { return false }
      return part.utf8.allSatisfy(isPlain)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

  private static func isPlain(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }
}
