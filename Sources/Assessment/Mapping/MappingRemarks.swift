package import EvidenceModel

extension MappingLint {
  /// Words that claim what no log can decide.
  private static let forbiddenWords = [
    "compliant", "certified", "certifies", "satisfies", "conforms", "guarantees", "audit-ready",
  ]

  /// What else should be mended, over a library that was read whole. Nothing is assessed wrongly for it.
  package static func remarks(_ library: MappingLibrary) -> [Diagnostic] {
    let found =
      reasons(library) + rationales(library) + expected(library) + citations(library) + words(library)
      + blindSpots(Checks.definitions)
    return found.map { remark in
      var remark = remark
      remark.severity = .warning
      return remark
    }
  }

  /// A control that no check maps to says why; one that is mapped does not. What people overrule, they give a reason for,
  /// and a catalog from outside of the mappings has no place for one.
  private static func reasons(_ library: MappingLibrary) -> [Diagnostic] {
    var isMapped: ByName<Bool> = [:]
    for mapping in library.mappings { isMapped[.pair(mapping.framework, mapping.control)] = true }
    for override in library.overrides { isMapped[.pair(override.framework, override.control)] = nil }
    let overruled = library.overrides.map { String.pair($0.framework, $0.control) }
    return library.frameworks.filter { $0.file.hasPrefix("mappings/") }.flatMap { framework in
      framework.controls.compactMap { control -> Diagnostic? in
        let key = String.pair(framework.id, control.id)
        guard !control.isGroup, !overruled.contains(where: { $0.isSame(as: key) }) else { return nil }
        switch (isMapped[key] ?? false, control.noCheckReason != nil) {
        case (true, true):
          return report(
            "catalog-no-check", control.place, "\(control.id) is mapped and says no-check", "Remove no-check.")
        case (false, false):
          return report(
            "catalog-no-check", control.place, "\(control.id) is not mapped and does not say why",
            "Add no-check with the reason.")
        default: return nil
        }
      }
    }
  }

  /// One sentence for two pairs of one framework says what neither has of its own.
  private static func rationales(_ library: MappingLibrary) -> [Diagnostic] {
    var first: ByName<Mapping> = [:]
    var found: [Diagnostic] = []
    for mapping in library.mappings where !mapping.rationale.isEmpty {
      let key = String.pair(mapping.framework, mapping.rationale.lowercased())
      if let other = first[key] {
        found.append(
          report(
            "mapping-shared-rationale", mapping.place,
            "\(mapping.check) to \(mapping.control) has the rationale of \(other.check) to \(other.control)",
            "Say what this check and this control have in common."))
      } else {
        first[key] = mapping
      }
    }
    return found
  }

  /// Every check maps to something, and to something of each core framework unless that mapping says why not.
  private static func expected(_ library: MappingLibrary) -> [Diagnostic] {
    let known = Checks.definitions.map(\.id)
    var isMapped: ByName<Bool> = [:]
    for mapping in library.mappings {
      isMapped[mapping.check] = true
      isMapped[.pair(mapping.framework, mapping.check)] = true
    }
    var found: [Diagnostic] = []
    var isExplained: ByName<Bool> = [:]
    for override in library.overrides { isExplained[.pair(override.framework, override.check)] = true }
    for entry in library.unmapped {
      let key = String.pair(entry.framework, entry.check)
      isExplained[key] = true
      if !known.contains(where: { $0.isSame(as: entry.check) }) {
        found.append(
          report(
            "unmapped-unknown-check", entry.place, "\(entry.check) is no check of this version",
            "Remove it, or correct the id."))
      } else if isMapped[key] != nil || entry.why.isEmpty {
        found.append(
          report(
            "unmapped-not-so", entry.place,
            entry.why.isEmpty
              ? "\(entry.check) does not say why it is unmapped" : "\(entry.check) is mapped all the same",
            "Remove it, or say why."))
      }
    }
    for check in known {
      if isMapped[check] == nil {
        found.append(
          report("mapping-check-unmapped", nil, "\(check) maps to no control", "Map it, so that its evidence is used."))
      }
      for framework in library.frameworks where framework.isCore {
        let key = String.pair(framework.id, check)
        guard isMapped[key] == nil, isExplained[key] == nil else { continue }
        found.append(
          report(
            "mapping-core-check-unmapped", RegisterPlace(source: "mappings/checks/\(framework.id).yaml", line: 0),
            "\(check) maps to no control of \(framework.id), and nothing says why",
            "Map it, or list it under unmapped with the reason."))
      }
    }
    return found
  }

  /// Aliases lead somewhere.
  private static func citations(_ library: MappingLibrary) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for citation in library.citations {
      for reference in citation.readsAs
      where !library.frameworks.contains(where: {
        $0.id.isSame(as: reference.framework) && $0.controls.contains { $0.id.isSame(as: reference.control) }
      }) {
        found.append(
          report(
            "citation-unknown-control", citation.place,
            "\(citation.written) reads as \(reference.control), which \(reference.framework) lacks", "Correct the id."))
      }
    }
    for spelling in library.spellings
    where !library.frameworks.contains(where: { $0.id.isSame(as: spelling.framework) }) {
      found.append(
        report(
          "spelling-unknown-framework", spelling.place,
          "\(spelling.pattern) is of \(spelling.framework), which is no catalog",
          "Correct the id."))
    }
    return found
  }

  /// What a pass does not show is stated for every check, since every page repeats it.
  package static func blindSpots(_ definitions: [CheckDefinition]) -> [Diagnostic] {
    definitions.filter { $0.cannotShow.isEmpty }.map {
      report(
        "check-without-blind-spot", nil, "\($0.id) does not say what it cannot show", "State it in its definition.")
    }
  }

  private static func words(_ library: MappingLibrary) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func look(_ text: String?, _ place: RegisterPlace?, _ what: String) {
      let words = (text ?? "").lowercased().split { !$0.isLetter && $0 != "-" }
      for word in forbiddenWords where words.contains(where: { $0 == word }) {
        found.append(
          report(
            "mapping-forbidden-word", place, "\(what) says \(word), which no record can decide",
            "Say what the records are evidence for, limit or detect."))
      }
    }
    for mapping in library.mappings {
      look(mapping.rationale, mapping.place, "the rationale of \(mapping.check) to \(mapping.control)")
      look(mapping.condition, mapping.place, "the condition of \(mapping.check) to \(mapping.control)")
    }
    for framework in library.frameworks {
      for control in framework.controls {
        look(control.summary, control.place, "the summary of \(control.id)")
        look(control.noCheckReason, control.place, "no-check of \(control.id)")
        if control.titleOrigin != "official" { look(control.title, control.place, "the title of \(control.id)") }
      }
    }
    for citation in library.citations { look(citation.why, citation.place, "the ruling on \(citation.written)") }
    for entry in library.unmapped { look(entry.why, entry.place, "unmapped of \(entry.check)") }
    look(library.note, nil, "the note of checks.yaml")
    for check in Checks.definitions {
      look(check.title, nil, "the title of \(check.id)")
      look(check.cannotShow, nil, "what \(check.id) cannot show")
    }
    return found
  }
}
