package import EvidenceModel

/// A framework out of an OSCAL catalog, in XML or JSON. What is read, and what is not, stands in
/// `docs/formats/oscal-catalog.md`.
package struct OSCALCatalog: Sendable {
  package var framework: Framework
  /// Of the file as stored.
  package var digest: Digest
  package var diagnostics: [Diagnostic]

  /// Each control becomes a page, so their number is bounded. The largest catalog of NIST lists 1,189.
  package static let mostControls = 5000
  package static let largest = 20 << 20

  /// - Parameters:
  ///   - id: how the configuration, mappings and pages name the framework.
  ///   - file: where it is in the text, told by its name, not by its place on one machine.
  package init(_ file: WholeFile, id: String) throws(Diagnostic) {
    guard file.bytes.count <= Self.largest else {
      throw Diagnostic(
        id: "oscal-too-large", file: file.name, summary: "larger than 20 MB, which no catalog of controls is",
        nextStep: "Name a catalog, without the documents that belong to it.")
    }
    digest = file.digest
    let tree = try file.isXML ? OSCALXML.read(file) : OSCALJSON.read(file)
    var builder = OSCALFrameworkBuilder(file: file.name)
    builder.add(tree.groups, tree.controls, parent: nil)
    builder.noteVersion(tree.oscalVersion)
    builder.noteFaults(tree.faults)
    framework = Framework(
      id: id, title: tree.title.shortened, shortTitle: tree.title.shortened,
      version: tree.version.isEmpty ? "not stated" : tree.version.shortened,
      publisher: tree.publisher?.shortened ?? "not stated", licence: tree.licence?.shortened ?? "not stated",
      controls: builder.controls, file: file.name, withdrawn: builder.withdrawn)
    diagnostics = builder.diagnostics
  }
}

/// A catalog as both notations have it.
struct OSCALTree {
  /// A group or a control.
  struct Item {
    var id: String?
    var title: String?
    var label: String?
    var isWithdrawn = false
    /// What the control asks for, where it is one text without parameters.
    var statement: String?
    var groups: [Item] = []
    var controls: [Item] = []
    /// Counted from 1; JSON has none.
    var line: Int?
  }

  var title: String
  var version: String
  var oscalVersion: String
  var publisher: String?
  var licence: String?
  var groups: [Item]
  var controls: [Item]
  /// Whether something was nested deeper than `deepest` and was left out.
  var faults: Set<Fault> = []

  enum Fault { case tooDeep }

  /// Groups and controls inside each other; catalogs in use have three levels.
  static let deepest = 32
}

/// Puts the controls of a catalog in order, and says what of it cannot be used.
private struct OSCALFrameworkBuilder {
  let file: String
  private(set) var controls: [Control] = []
  private(set) var withdrawn = 0
  private(set) var diagnostics: [Diagnostic] = []
  private var ids: ByName<Bool> = [:]
  private var groups = 0
  private var refused = 0
  private var beyond = 0

  /// Diagnostics of single entries; what is more is counted.
  private static let mostDiagnostics = 20
  private static let longestID = 200
  private static let longestSummary = 300

  init(file: String) { self.file = file }

  mutating func add(_ groups: [OSCALTree.Item], _ items: [OSCALTree.Item], parent: String?) {
    for group in groups { add(group, isGroup: true, parent: parent) }
    for item in items { add(item, isGroup: false, parent: parent) }
  }

  private mutating func add(_ item: OSCALTree.Item, isGroup: Bool, parent: String?) {
    var parent = parent
    if isGroup { groups += 1 }
    if item.isWithdrawn {
      withdrawn += isGroup ? 0 : 1
    } else if let id = usableID(item, isGroup), let title = item.title, !title.isEmpty {
      ids[id] = true
      controls.append(
        Control(
          id: id, parent: parent, display: (item.label ?? item.id ?? title).shortened, title: title.shortened,
          titleOrigin: "official", summary: item.statement.flatMap { $0.count <= Self.longestSummary ? $0 : nil } ?? "",
          isGroup: isGroup, noCheckReason: nil, place: item.line.map { RegisterPlace(source: file, line: $0) }))
      parent = id
    } else {
      refuse(item, isGroup)
    }
    add(item.groups, item.controls, parent: parent)
  }

  /// Groups need no id in OSCAL; they are numbered in their order then.
  private func usableID(_ item: OSCALTree.Item, _ isGroup: Bool) -> String? {
    let id = item.id ?? (isGroup ? "group-\(groups)" : "")
    guard !id.isEmpty, id.utf8.count <= Self.longestID, ids[id] == nil, controls.count < OSCALCatalog.mostControls
    else {
      return nil
    }
    return id
  }

  private mutating func refuse(_ item: OSCALTree.Item, _ isGroup: Bool) {
    guard controls.count < OSCALCatalog.mostControls else {
      beyond += 1
      return
    }
    refused += 1
    guard refused <= Self.mostDiagnostics else { return }
    let kind = isGroup ? "group" : "control"
    let isTwice = item.id.map { ids[$0] != nil } ?? false
    diagnostics.append(
      Diagnostic(
        id: isTwice ? "oscal-id-twice" : "oscal-entry-incomplete", file: file, line: item.line,
        summary: isTwice
          ? "the id \(item.id?.shortened ?? "") stands twice; the second \(kind) is left out"
          : "a \(kind) lacks a title or an id of usable length and is left out"
            + (item.id.map { ": " + $0.shortened } ?? ""),
        nextStep: "Correct the catalog, or leave it as it is if nothing maps to that entry."))
  }

  mutating func noteVersion(_ version: String) {
    guard !["1.0", "1.1", "1.2"].contains(where: { version == $0 || version.hasPrefix($0 + ".") }) else { return }
    diagnostics.append(
      Diagnostic(
        id: "oscal-other-version", severity: .warning, file: file,
        summary:
          "it states OSCAL \(version.isEmpty ? "of no version" : version.shortened); this program knows 1.0 to 1.2",
        nextStep: "Compare the controls on the framework's page with the catalog."))
  }

  mutating func noteFaults(_ faults: Set<OSCALTree.Fault>) {
    if refused > Self.mostDiagnostics {
      diagnostics.append(
        Diagnostic(
          id: "oscal-entry-incomplete", file: file,
          summary: "\(refused - Self.mostDiagnostics) more entries are left out for the same reasons",
          nextStep: "Correct the catalog."))
    }
    if beyond > 0 {
      diagnostics.append(
        Diagnostic(
          id: "oscal-too-many-controls", file: file,
          summary: "it lists more than \(OSCALCatalog.mostControls) groups and controls; \(beyond) are left out",
          nextStep: "Name a catalog with the controls that concern you."))
    }
    if faults.contains(.tooDeep) {
      diagnostics.append(
        Diagnostic(
          id: "oscal-too-deep", file: file,
          summary: "groups or controls stand more than \(OSCALTree.deepest) levels deep and are left out there",
          nextStep: "Put them nearer to the top."))
    }
    if controls.isEmpty {
      diagnostics.append(
        Diagnostic(
          id: "oscal-no-controls", file: file, summary: "no control of it can be used",
          nextStep: "Name a catalog that lists its controls itself; a profile only selects those of others."))
    }
  }
}

extension String {
  /// Long values are cut: names and titles stand on many pages.
  fileprivate var shortened: String { utf8.count <= 500 ? self : String(unicodeScalars.prefix(400)) + "…" }

  /// White space as one blank each, as in running text.
  var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension WholeFile {
  /// Whether the first visible byte opens an element.
  fileprivate var isXML: Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
  }
}
