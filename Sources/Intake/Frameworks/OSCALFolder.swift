internal import EvidenceModel
internal import Foundation

/// The folder in which the files of a framework lie. What a profile imports is looked for here and nowhere else: a profile is
/// somebody's file, and must not name what it likes.
struct OSCALFolder {
  /// In the file system.
  let path: String

  /// The file that an address in another file points to, by its name in the folder.
  func name(of href: String, in file: String) throws(Diagnostic) -> String {
    let isAddress = href.hasPrefix("/") || href.prefix { $0 != "/" }.contains(":")
    guard !isAddress, !href.contains("?"), !href.contains("#"), let decoded = href.removingPercentEncoding,
      !decoded.isEmpty, !decoded.hasControlCharacter
    else {
      throw Diagnostic(
        id: "oscal-import-address", file: file,
        summary: "it imports \(href.shortened), which is no path relative to it; nothing is fetched",
        nextStep: "Save the document beside the profile, and write its relative path in href.")
    }
    var parts = file.split(separator: "/").dropLast().map { String($0) }
    for part in decoded.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(String(part))
      } else if parts.popLast() == nil {
        throw Self.outside(href, file)
      }
    }
    return parts.joined(separator: "/")
  }

  /// Reads a file by its name in the folder; a link out of the folder is not followed.
  func file(_ name: String, importedBy importer: String) throws(Diagnostic) -> WholeFile {
    let full = path + "/" + name
    let root = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let real = URL(fileURLWithPath: full).resolvingSymlinksInPath().path
    guard real.hasPrefix(root.hasSuffix("/") ? root : root + "/") else { throw Self.outside(name, importer) }
    do {
      return try WholeFile(name: name, path: full)
    } catch {
      throw Diagnostic(
        id: "oscal-import-unreadable", file: importer,
        summary: "it imports \(name.shortened), which \(error.summary)", nextStep: error.nextStep)
    }
  }

  private static func outside(_ href: String, _ file: String) -> Diagnostic {
    Diagnostic(
      id: "oscal-import-outside", file: file,
      summary: "it imports \(href.shortened), which is outside of the folder that is read",
      nextStep: "Save the document in the folder of the configuration or of the profile.")
  }
}
