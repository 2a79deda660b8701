package import Assets
package import Comparison
internal import EvidenceModel
internal import Foundation
package import XMLDocuments

/// A folder of its own for the difference of two packs: the document, its page, and what the page is made with.
package enum DeltaFolder {
  /// Something stands in the folder already.
  package struct NotEmpty: Error, CustomStringConvertible {
    package var path: String
    package var description: String { "\(path) is not empty. Name a new folder with --out." }
  }

  /// Writes into a folder that is new or empty.
  package static func write(
    _ delta: PackDelta, into directory: String, assets: AssetLibrary,
    render: (_ document: XMLDocument, _ stylesheet: String) throws -> [UInt8]
  ) throws {
    let files = FileManager.default
    guard (try? files.contentsOfDirectory(atPath: directory))?.isEmpty ?? !files.fileExists(atPath: directory) else {
      throw NotEmpty(path: directory)
    }
    let document = DeltaDocument(delta, isAlone: true).document()
    let parsed: XMLDocument
    do throws(XMLProblem) {
      parsed = try XMLDocument(document.bytes, name: document.path)
      try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? []).validate(parsed)
    } catch {
      throw PackError.notValid(error)
    }
    let stylesheet = "templates/pages/\(document.stylesheet).xsl"
    var contents: [(path: String, bytes: [UInt8])] = [
      (document.path, document.bytes), (document.page, try render(parsed, stylesheet)),
    ]
    for path in assets.paths(under: "templates/") {
      guard path == stylesheet || path.hasSuffix(".xsd") || !path.hasPrefix("templates/pages/"),
        !path.hasSuffix(".md"), let bytes = assets.bytes(path)
      else { continue }
      let place = path.hasPrefix("templates/assets/") ? String(path.dropFirst("templates/".count)) : path
      contents.append((place, bytes))
    }
    contents.sort { $0.path.precedesBytewise($1.path) }
    let sums = contents.map { "\(Digest(of: $0.bytes))  \($0.path)\n" }.joined()
    for (path, bytes) in contents + [("SHA256SUMS", Array(sums.utf8))] {
      let full = directory + "/" + path
      do {
        try files.createDirectory(
          atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: full))
      } catch {
        throw PackError.cannotWrite(path: full, reason: error.localizedDescription)
      }
    }
  }
}
