package import EvidenceModel

/// A framework out of an OSCAL catalog or profile, in XML or JSON. What is read, and what is not, stands in
/// `docs/formats/oscal-catalog.md` and `docs/formats/oscal-profile.md`.
package struct OSCALCatalog: Sendable {
  /// A file that it was read from.
  package struct Source: Sendable {
    package var name: String
    /// Of the file as stored.
    package var digest: Digest
  }

  package var framework: Framework
  /// The document itself, then what it imports.
  package var sources: [Source]
  package var diagnostics: [Diagnostic]

  /// Each control becomes a page, so their number is bounded. The largest catalog of NIST lists 1,189.
  package static let mostControls = 5000

  /// - Parameters:
  ///   - name: the file's path in the folder. One that leads out of it is read too, with its own folder instead.
  ///   - folder: within which a profile finds what it imports.
  ///   - id: how the configuration, mappings and pages name the framework.
  package init(_ name: String, in folder: String, id: String) throws(Diagnostic) {
    let isWithin = !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
    let full = isWithin || name.hasPrefix("/") ? name : folder + "/" + name
    let parts = full.split(separator: "/", omittingEmptySubsequences: false)
    let above = parts.dropLast().joined(separator: "/")
    let folder = OSCALFolder(path: isWithin ? folder : above.isEmpty ? "/" : above)
    let name =
      isWithin ? name.split(separator: "/").filter { $0 != "." }.joined(separator: "/") : String(parts.last ?? "")
    try self.init(WholeFile(name: name, path: folder.path + "/" + name), id: id, in: folder)
  }

  init(_ file: WholeFile, id: String, in folder: OSCALFolder) throws(Diagnostic) {
    var resolver = OSCALResolver(folder: folder)
    let tree = try resolver.tree(of: file)
    resolver.finish(file.name)
    sources = resolver.sources
    var builder = OSCALFrameworkBuilder(file: file.name, parameters: tree.parameters)
    builder.add(tree.groups, tree.controls, parent: nil)
    builder.finish(isTooDeep: tree.isTooDeep)
    let title = (tree.metadata.title ?? file.name).shortened
    framework = Framework(
      id: id, title: title, shortTitle: title,
      version: tree.metadata.version?.shortened ?? "not stated",
      publisher: tree.metadata.publisher?.shortened ?? "not stated",
      licence: tree.metadata.licence?.shortened ?? "not stated",
      controls: builder.controls, file: file.name, withdrawn: builder.withdrawn)
    diagnostics = resolver.diagnostics + builder.diagnostics
  }
}

/// Puts the controls of a catalog in order, and says what of it cannot be used.
private struct OSCALFrameworkBuilder {
  let file: String
  let parameters: ByName<String>
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

  init(file: String, parameters: ByName<String>) {
    self.file = file
    self.parameters = parameters
  }

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
          id: id, parent: parent, display: (item.label ?? item.id ?? title).shortened,
          title: title.shortened.filled(with: parameters).text.shortened, titleOrigin: "official",
          summary: summary(item), isGroup: isGroup, noCheckReason: nil,
          place: item.line.map { RegisterPlace(source: item.file, line: $0) }))
      parent = id
    } else {
      refuse(item, isGroup)
    }
    add(item.groups, item.controls, parent: parent)
  }

  /// Short texts only. One with parameters in it says little without their values.
  private func summary(_ item: OSCALTree.Item) -> String {
    guard let statement = item.statement, statement.utf8.count <= 4 * Self.longestSummary else { return "" }
    let (text, isWhole) = statement.filled(with: parameters)
    return isWhole && text.count <= Self.longestSummary ? text : ""
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
        id: isTwice ? "oscal-id-twice" : "oscal-entry-incomplete", file: item.file, line: item.line,
        summary: isTwice
          ? "the id \(item.id?.shortened ?? "") stands twice; the second \(kind) is left out"
          : "a \(kind) lacks a title or an id of usable length and is left out"
            + (item.id.map { ": " + $0.shortened } ?? ""),
        nextStep: "Correct the catalog, or leave it as it is if nothing maps to that entry."))
  }

  mutating func finish(isTooDeep: Bool) {
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
    if isTooDeep {
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
          nextStep: "Name a catalog that lists controls, or a profile that chooses some."))
    }
  }
}

extension String {
  /// Long values are cut: names and titles stand on many pages.
  var shortened: String { utf8.count <= 500 ? self : String(unicodeScalars.prefix(400)) + "…" }
}
