internal import EvidenceModel

/// Reads a catalog, or a profile with all that it imports, into one tree of controls. Described in `docs/formats/oscal-profile.md`.
struct OSCALResolver {
  let folder: OSCALFolder
  /// Every file read, in that order.
  private(set) var sources: [OSCALCatalog.Source] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var resolved: ByName<OSCALTree> = [:]
  private var beyond = 0
  private var bytes = 0
  private var steps = OSCALChoice.mostSteps
  private var isExhausted = false

  /// Profiles that import each other.
  private static let deepest = 8
  private static let mostFiles = 32
  private static let mostBytes = 40 << 20
  private static let mostDiagnostics = 40

  init(folder: OSCALFolder) { self.folder = folder }

  private enum Document {
    case catalog(OSCALTree)
    case profile(OSCALProfile)
  }

  /// - Parameter importers: the profiles through which the file is reached, from the outermost on.
  mutating func tree(of file: WholeFile, importers: [String] = []) throws(Diagnostic) -> OSCALTree {
    let document = try OSCALDocument.read(file, as: [.catalog, .profile]) { model, root in
      model == .profile
        ? Document.profile(OSCALProfile(root)) : Document.catalog(OSCALTree(catalog: root, file: file.name))
    }
    sources.append(OSCALCatalog.Source(name: file.name, digest: file.digest))
    bytes += file.bytes.count
    switch document {
    case .catalog(let tree):
      noteVersion(tree.metadata, file.name)
      return tree
    case .profile(let profile):
      noteVersion(profile.metadata, file.name)
      return resolve(profile, file.name, importers + [file.name])
    }
  }

  /// What is left to say at the end.
  mutating func finish(_ file: String) {
    if isExhausted {
      diagnostics.append(
        Diagnostic(
          id: "oscal-too-many-choices", file: file,
          summary: "its patterns and selections take too long to work out; some controls were passed over",
          nextStep: "Name the controls with with-id, each document in one import."))
    }
    guard beyond > 0 else { return }
    diagnostics.append(
      Diagnostic(
        id: "oscal-more", file: file, summary: "\(beyond) more faults of profiles are not listed",
        nextStep: "Mend those that are listed first."))
  }

  private mutating func note(_ diagnostic: Diagnostic) {
    if diagnostics.count < Self.mostDiagnostics { diagnostics.append(diagnostic) } else { beyond += 1 }
  }

  private mutating func noteVersion(_ metadata: OSCALTree.Metadata, _ file: String) {
    let version = metadata.oscalVersion
    guard !["1.0", "1.1", "1.2"].contains(where: { version == $0 || version.hasPrefix($0 + ".") }) else { return }
    note(
      Diagnostic(
        id: "oscal-other-version", severity: .warning, file: file,
        summary:
          "it states OSCAL \(version.isEmpty ? "of no version" : version.shortened); this program knows 1.0 to 1.2",
        nextStep: "Compare the controls on the framework's page with the document."))
  }

  // MARK: Imports

  private mutating func resolve(_ profile: OSCALProfile, _ file: String, _ importers: [String]) -> OSCALTree {
    var tree = OSCALTree(metadata: profile.metadata)
    var merge = OSCALMerge()
    if profile.imports.count > OSCALProfile.mostImports {
      note(
        Diagnostic(
          id: "oscal-too-many-imports", file: file,
          summary:
            "it has \(profile.imports.count) imports; those past the first \(OSCALProfile.mostImports) are left out",
          nextStep: "Join imports of one document."))
    }
    for entry in profile.imports.prefix(OSCALProfile.mostImports) {
      do throws(Diagnostic) {
        let imported = try self.imported(entry, of: profile, file, importers)
        let (groups, controls) = choose(entry.choice, imported.groups, imported.controls, file, entry.line)
        merge.add(groups, controls)
        for (id, value) in imported.parameters where tree.parameters[id] == nil { tree.parameters[id] = value }
        tree.isTooDeep = tree.isTooDeep || imported.isTooDeep
      } catch {
        var problem = error
        if problem.file.utf8.elementsEqual(file.utf8) { problem.line = problem.line ?? entry.line }
        note(problem)
      }
    }
    if merge.repeated > 0, !profile.usesFirst {
      note(
        Diagnostic(
          id: "oscal-control-repeated", severity: .warning, file: file,
          summary: "\(merge.repeated) controls come in more than once; the first of each counts",
          nextStep: "Exclude them in the later imports, or say combine method use-first."))
    }
    (tree.groups, tree.controls) = arrange(merge, profile.arrangement, file)
    // What the outer profile sets goes before what an inner one set.
    for (id, value) in profile.parameters { tree.parameters[id] = value }
    apply(profile, file, &tree)
    return tree
  }

  private mutating func imported(
    _ entry: OSCALProfile.Import, of profile: OSCALProfile, _ file: String, _ importers: [String]
  ) throws(Diagnostic) -> OSCALTree {
    let (name, read) = try locate(entry, profile, file)
    if let known = resolved[name] { return known }
    guard !importers.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
      throw Diagnostic(
        id: "oscal-import-circle", file: file, summary: "it imports \(name.shortened), by which it is itself imported",
        nextStep: "Take one of the imports out.")
    }
    guard importers.count < Self.deepest, sources.count < Self.mostFiles, bytes < Self.mostBytes else {
      throw Diagnostic(
        id: "oscal-too-many-files", file: file,
        summary:
          "\(name.shortened) is left out: profiles are followed \(Self.deepest) deep, to \(Self.mostFiles) files of 40 MB in all",
        nextStep: "Resolve the profile beforehand, and name the catalog that comes of it.")
    }
    let tree = try tree(of: read, importers: importers)
    resolved[name] = tree
    return tree
  }

  /// The file of an import. Of a resource with several addresses the first that can be read counts.
  private func locate(
    _ entry: OSCALProfile.Import, _ profile: OSCALProfile, _ file: String
  ) throws(Diagnostic) -> (name: String, file: WholeFile) {
    guard entry.href.hasPrefix("#") else {
      let name = try folder.name(of: entry.href, in: file)
      return (name, try folder.file(name, importedBy: file))
    }
    var problem: Diagnostic?
    for href in profile.resources[String(entry.href.dropFirst())] ?? [] {
      do throws(Diagnostic) {
        let name = try folder.name(of: href, in: file)
        return (name, try folder.file(name, importedBy: file))
      } catch {
        problem = problem ?? error
      }
    }
    throw problem
      ?? Diagnostic(
        id: "oscal-import-unreadable", file: file,
        summary: "it imports \(entry.href.shortened), and its back matter gives no XML or JSON file for that",
        nextStep: "Add the resource with an rlink to a file beside the profile.")
  }

  private mutating func choose(
    _ choice: OSCALChoice, _ groups: [OSCALTree.Item], _ controls: [OSCALTree.Item], _ file: String, _ line: Int?
  ) -> (groups: [OSCALTree.Item], controls: [OSCALTree.Item]) {
    var chooser = OSCALChooser(choice, steps: steps)
    let chosen = chooser.chosen(groups, controls)
    steps = chooser.steps
    isExhausted = isExhausted || chooser.isExhausted
    for id in chooser.unknown {
      note(
        Diagnostic(
          id: "oscal-control-unknown", file: file, line: line,
          summary: "it chooses the control \(id.shortened), which does not stand in what it imports",
          nextStep: "Correct the id, or take it out."))
    }
    return chosen
  }

  // MARK: Order and changes

  private mutating func arrange(
    _ merge: OSCALMerge, _ arrangement: OSCALProfile.Arrangement, _ file: String
  ) -> (groups: [OSCALTree.Item], controls: [OSCALTree.Item]) {
    switch arrangement {
    case .asIs: return (merge.groups, merge.controls)
    case .flat: return ([], merge.flat)
    case .custom(let groups, let insertions):
      var placed: ByName<Bool> = [:]
      let top = inserted(insertions, merge, &placed, file)
      let under = groups.map { group($0, merge, &placed, file) }
      let left = merge.flat.compactMap(\.id).filter { placed[$0] == nil }
      if !left.isEmpty {
        note(
          Diagnostic(
            id: "oscal-control-unplaced", severity: .warning, file: file,
            summary:
              "\(left.count) chosen controls are put under no group and are left out, the first of them \(left[0].shortened)",
            nextStep: "Add insert-controls for them to merge, custom."))
      }
      return (under, top)
    }
  }

  private mutating func group(
    _ group: OSCALProfile.Group, _ merge: OSCALMerge, _ placed: inout ByName<Bool>, _ file: String
  ) -> OSCALTree.Item {
    var item = OSCALTree.Item(id: group.id, title: group.title, file: file, line: group.line)
    item.controls = inserted(group.insertions, merge, &placed, file)
    item.groups = group.groups.map { self.group($0, merge, &placed, file) }
    return item
  }

  /// The controls of some insertions, each once in the whole profile.
  private mutating func inserted(
    _ insertions: [OSCALProfile.Insertion], _ merge: OSCALMerge, _ placed: inout ByName<Bool>, _ file: String
  ) -> [OSCALTree.Item] {
    var items: [OSCALTree.Item] = []
    for insertion in insertions {
      let (groups, controls) = choose(insertion.choice, merge.groups, merge.controls, file, nil)
      var chosen = OSCALMerge.flat(groups, controls).filter { placed[$0.id ?? ""] == nil }
      for item in chosen { placed[item.id ?? ""] = true }
      switch insertion.order {
      case .keep: break
      case .ascending: chosen.sort { ($0.id ?? "").precedesBytewise($1.id ?? "") }
      case .descending: chosen.sort { ($1.id ?? "").precedesBytewise($0.id ?? "") }
      }
      items += chosen
    }
    return items
  }

  private mutating func apply(_ profile: OSCALProfile, _ file: String, _ tree: inout OSCALTree) {
    var changes = ByName(grouping: profile.changes, by: \.control)
    tree.groups.change(by: &changes)
    tree.controls.change(by: &changes)
    var notDone = profile.notDone
    if !changes.isEmpty { notDone.append(("alter of a control that is not chosen", changes.count)) }
    guard !notDone.isEmpty else { return }
    note(
      Diagnostic(
        id: "oscal-profile-not-done", severity: .warning, file: file,
        summary: "some of what it says is not done: "
          + notDone.map { $0.count == 1 ? $0.what : "\($0.what) (\($0.count) times)" }.joined(separator: ", "),
        nextStep: "Compare the controls on the framework's page with the profile."))
  }
}
