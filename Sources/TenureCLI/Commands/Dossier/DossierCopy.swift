internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Glibc

/// A copy of a dossier for a print engine, in a folder of its own beside the PDF.
///
/// An engine turns links into addresses of the machine that it runs on. In the copy they are no links: their targets in the
/// pack are printed instead. The folder lies beside the PDF because some packagings of Chromium see the user's files alone.
struct DossierCopy {
  enum Paper: String, ExpressibleByArgument, CaseIterable {
    case a4, letter
  }

  let folder: String
  private let target: String

  var page: String { folder + "/r/print/dossier.html" }
  var pdf: String { folder + "/dossier.pdf" }
  /// Chromium's settings and caches: never those of the user, whose browser may be running.
  var profile: String { folder + "/profile" }

  init(page: [UInt8], style: [UInt8], for engine: DossierEngine.Kind, paper: Paper, beside target: String)
    throws(Diagnostic)
  {
    self.target = target
    var isFolder: ObjCBool = false
    guard !(FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) && isFolder.boolValue) else {
      throw Self.cannotWrite(target, "it is a folder")
    }
    // Absolute, so that no name of a file is an option to the engine.
    let place = target.hasPrefix("/") ? target : FileManager.default.currentDirectoryPath + "/" + target
    var template = Array((place + ".XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw Self.cannotWrite(target, String(cString: strerror(errno))) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do {
      try FileManager.default.createDirectory(atPath: folder + "/r/print", withIntermediateDirectories: true)
      try FileManager.default.createDirectory(atPath: folder + "/assets", withIntermediateDirectories: true)
      try Data(Self.unlinked(String(decoding: page, as: UTF8.self)).utf8).write(to: URL(fileURLWithPath: self.page))
      try (Data(style) + Data(Self.rules(for: engine, paper).utf8)).write(
        to: URL(fileURLWithPath: folder + "/assets/pack.css"))
    } catch {
      remove()
      throw Self.cannotWrite(target, error.localizedDescription)
    }
  }

  /// The page without ways out of itself. Pages of a pack need nothing but their style; a page that was made by another hand
  /// gets no more.
  static func unlinked(_ page: String) -> String {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src file:\">"
    // Ahead of every tag and comment, where nothing on the page can come before it or hide it: a browser begins the head
    // there, and a document type ends at its first `>`.
    let start =
      page.hasPrefix("<!DOCTYPE") ? page.firstIndex(of: ">").map(page.index(after:)) ?? page.endIndex : page.startIndex
    let rest = page[start...]
    let body = rest.range(of: "<body")?.lowerBound ?? start
    return page[..<start] + policy + page[start..<body]
      + page[body...].replacingOccurrences(of: " href=\"../../", with: " data-place=\"")
  }

  /// WeasyPrint applies no style of a page to its drawings.
  private static func rules(for engine: DossierEngine.Kind, _ paper: Paper) -> String {
    "\n@page { size: \(paper == .a4 ? "A4" : "letter"); }\n"
      + (engine == .weasyprint ? "svg, .drawing, #timeline { display: none; }\n" : "")
  }

  /// Puts the PDF in its place, whole or not at all.
  func publish() throws(Diagnostic) {
    guard let handle = FileHandle(forReadingAtPath: pdf), let start = try? handle.read(upToCount: 5),
      start == Data("%PDF-".utf8)
    else {
      throw Diagnostic(
        id: "dossier-no-pdf", file: target, summary: "the engine ended without a PDF",
        nextStep: "Try the other engine with --engine, or open the page in a browser and print it from there.")
    }
    try? handle.close()
    guard rename(pdf, target) == 0 else { throw Self.cannotWrite(target, String(cString: strerror(errno))) }
  }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private static func cannotWrite(_ target: String, _ reason: String) -> Diagnostic {
    Diagnostic(
      id: "dossier-cannot-write", file: target, summary: "cannot be written: \(reason)",
      nextStep: "Check the folder and the disk, or name another file with --pdf.")
  }
}
