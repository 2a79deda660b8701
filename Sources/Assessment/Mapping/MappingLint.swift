package import EvidenceModel

/// What is wrong with the data under `mappings/`, beyond what its reader finds in one file.
package enum MappingLint {
  private static let relations: Set<String> = ["subset-of", "intersects-with"]
  /// Words of the OSCAL mapping model that claim more than a check over routing records can.
  private static let strongRelations: Set<String> = ["superset-of", "equivalent-to", "equal-to"]
  private static let effects: Set<String> = ["limits", "detects"]

  /// What would make a state wrong or leave something out: nothing is assessed with it.
  package static func faults(_ library: MappingLibrary) -> [Diagnostic] {
    library.frameworks.flatMap { catalogFaults($0, library) } + mappingFaults(library)
  }

  static func report(
    _ id: String, _ place: RegisterPlace?, _ summary: String, _ nextStep: String
  ) -> Diagnostic {
    Diagnostic(
      id: id, file: place?.source ?? "mappings", line: place.flatMap { $0.line > 0 ? $0.line : nil }, summary: summary,
      nextStep: nextStep)
  }

  private static func catalogFaults(_ framework: Framework, _ library: MappingLibrary) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let first = library.frameworks.first(where: { $0.id.isSame(as: framework.id) }), first.file != framework.file {
      found.append(
        report(
          "catalog-twice", RegisterPlace(source: framework.file, line: 0),
          "\(first.file) has the id \(framework.id) too", "Give each catalog an id of its own."))
    }
    var ids: ByName<Bool> = [:]
    for control in framework.controls {
      if let parent = control.parent, ids[parent] == nil {
        found.append(
          report(
            "catalog-unknown-parent", control.place, "the parent \(parent) of \(control.id) does not stand before it",
            "Move or correct it."))
      }
      if ids[control.id] != nil {
        found.append(report("catalog-control-twice", control.place, "\(control.id) stands twice", "Keep one."))
      }
      ids[control.id] = true
    }
    return found
  }

  private static func mappingFaults(_ library: MappingLibrary) -> [Diagnostic] {
    let known = Set(Checks.definitions.map(\.id))
    var controls: ByName<Control> = [:]
    var frameworks: ByName<Bool> = [:]
    for framework in library.frameworks {
      frameworks[framework.id] = true
      for control in framework.controls { controls[.pair(framework.id, control.id)] = control }
    }
    var found: [Diagnostic] = []
    var seen: ByName<Bool> = [:]
    var unknown = Set<String>()
    for mapping in library.mappings {
      func add(_ id: String, _ summary: String, _ nextStep: String) {
        found.append(report(id, mapping.place, summary, nextStep))
      }
      let name = "\(mapping.check) to \(mapping.control)"
      if !known.contains(mapping.check), unknown.insert(mapping.check).inserted {
        add(
          "mapping-unknown-check", "\(mapping.check) is no check of this version", "Remove it, or correct the id.")
      }
      found += wordFaults(mapping, name)
      let key = String.pair(mapping.check, .pair(mapping.framework, mapping.control))
      if seen[key] != nil { add("mapping-twice", "\(name) stands twice", "Keep one entry a pair.") }
      seen[key] = true
      if frameworks[mapping.framework] == nil {
        add(
          "mapping-unknown-framework", "\(mapping.check): there is no catalog \(mapping.framework)",
          "Add the catalog, or correct the id.")
      } else if let control = controls[.pair(mapping.framework, mapping.control)] {
        guard control.isGroup else { continue }
        add(
          "mapping-to-group", "\(mapping.check) maps to the heading \(mapping.control)",
          "Map it to a control below that heading.")
      } else {
        add(
          "mapping-unknown-control", "\(mapping.check): \(mapping.framework) has no control \(mapping.control)",
          "Correct the id.")
      }
    }
    return found
  }

  private static func wordFaults(_ mapping: Mapping, _ name: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func add(_ id: String, _ summary: String, _ nextStep: String) {
      found.append(report(id, mapping.place, summary, nextStep))
    }
    if strongRelations.contains(mapping.relation) {
      add(
        "mapping-relation-too-strong",
        "\(name): a check over routing records is narrower than any control, so it is not \(mapping.relation)",
        "Write subset-of or intersects-with.")
    } else if !relations.contains(mapping.relation) {
      add(
        "mapping-unknown-relation",
        "\(name): \(mapping.relation.isEmpty ? "nothing" : mapping.relation) is no relation",
        "Write subset-of or intersects-with.")
    }
    if !Set(mapping.effects).isSubset(of: effects) {
      add(
        "mapping-unknown-effect", "\(name): an effect is neither limits nor detects", "Write one of the two, or both.")
    }
    if mapping.rationale.isEmpty {
      add("mapping-without-rationale", "\(name) has no rationale", "Say why the check speaks about the control.")
    }
    return found
  }
}
