package import EvidenceModel
internal import Foundation
internal import Glibc
internal import XMLDocuments

/// The dossiers of a pack by the names of what they are about, and their files, held against the manifest.
///
/// A pack is somebody else's word: no path, size or digest of it is used unchecked, and no link is followed.
package struct PackDossiers: Sendable {
  package struct Dossier: Sendable, Hashable {
    package enum Kind: String, Sendable { case rule, control }

    package var kind: Kind
    /// The id of the rule or the control.
    package var id: String
    /// How a reader cites it; of a rule its id.
    package var display: String
    /// Empty for a rule.
    package var framework: String
    package var title: String
    /// The path of the dossier from the top of the pack.
    package var page: String
  }

  private let root: String
  private let digests: [String: Digest]
  package let all: [Dossier]

  /// Pages stay under a megabyte; what is far above that was not written by Tenure.
  private static let largestFile = 20 << 20
  private static let stylesheets = ["templates/pages/rule-dossier.xsl", "templates/pages/control-dossier.xsl"]

  /// Reads the manifest and the lists of rules and controls.
  package init(of root: String) throws(Diagnostic) {
    self.root = root
    var digests: [String: Digest] = [:]
    var pages: Set<String> = []
    var expanded: Set<String> = []
    try Self.read("manifest.xml", in: root) { manifest in
      for file in manifest.children(named: "file") {
        guard let path = file["path"], PackPath.isSafe(path), let digest = Digest(hexadecimal: file["sha256"] ?? "")
        else { continue }
        digests[path] = digest
        guard let stylesheet = file["stylesheet"], Self.stylesheets.contains(stylesheet) else { continue }
        pages.insert(path)
        expanded.insert(file["document"] ?? "")
      }
    }
    guard !pages.isEmpty else {
      throw Diagnostic(
        id: "pack-no-dossiers", file: root, summary: "this pack has no dossiers",
        nextStep: "Make it again with this version of Tenure, or name another with --pack.")
    }
    self.digests = digests
    var seen: Set<String> = []
    var all: [Dossier] = []
    func add(_ dossier: Dossier) {
      guard pages.contains(dossier.page), seen.insert(dossier.page).inserted else { return }
      all.append(dossier)
    }
    // Lists and matrices name every rule and control; the hundreds of documents behind them need not be opened.
    for path in digests.keys.sortedBytewise() where !expanded.contains(path) {
      if path.hasPrefix("evidence/r/") {
        try Self.read(path, in: root) { list in
          for line in list.children(named: "rule-line") {
            let rule = line["rule"] ?? ""
            add(
              Dossier(
                kind: .rule, id: rule, display: rule, framework: "", title: "",
                page: Self.dossier(of: line["page"] ?? "", in: "r")))
          }
        }
      } else if path.hasPrefix("evidence/m/") {
        try Self.read(path, in: root) { matrix in
          for row in matrix.children(named: "row") {
            add(
              Dossier(
                kind: .control, id: row["id"] ?? "", display: row["display"] ?? "",
                framework: matrix["framework"] ?? "", title: row["title"] ?? "",
                page: Self.dossier(of: row["page"] ?? "", in: "c")))
          }
        }
      }
    }
    self.all = all
  }

  private static func dossier(of page: String, in folder: String) -> String {
    page.hasPrefix(folder + "/") ? folder + "/print/" + page.dropFirst(folder.utf8.count + 1) : ""
  }

  /// A file's bytes, if they are the ones that the manifest names.
  package func bytes(_ path: String) throws(Diagnostic) -> [UInt8] {
    let bytes = try Self.read(path, in: root)
    guard Digest(of: bytes) == digests[path] else {
      throw Diagnostic(
        id: "pack-file-changed", file: path, summary: "its bytes are not the ones that the manifest names",
        nextStep: "Run tenure verify, and ask for the pack again from where it was made.")
    }
    return bytes
  }

  /// Elements live as long as their document, so they are used here and not handed out.
  private static func read(_ path: String, in root: String, _ use: (XMLDocument.Element) -> Void) throws(Diagnostic) {
    let bytes = try read(path, in: root)
    do throws(XMLProblem) {
      let document = try XMLDocument(bytes, name: path)
      withExtendedLifetime(document) { document.root.map(use) }
    } catch {
      throw Diagnostic(
        id: "pack-document-invalid", file: path, line: error.line, summary: error.message,
        nextStep: "Run tenure verify, and ask for the pack again from where it was made.")
    }
  }

  private static func read(_ path: String, in root: String) throws(Diagnostic) -> [UInt8] {
    var status = stat()
    var full = root
    let isReached = path.split(separator: "/").allSatisfy { part in
      full += "/" + part
      return lstat(full, &status) == 0 && status.st_mode & S_IFMT != S_IFLNK
    }
    guard isReached, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largestFile,
      let data = FileManager.default.contents(atPath: full)
    else {
      throw Diagnostic(
        id: "pack-file-missing", file: root,
        summary: path == "manifest.xml"
          ? "this is no pack: there is no manifest.xml of a readable size"
          : "\(path) is no file of a readable size",
        nextStep: path == "manifest.xml"
          ? "Name the folder of a pack with --pack." : "Run tenure verify, and ask for the pack again.")
    }
    return Array(data)
  }
}
