package import EvidenceModel

extension MappingLibrary {
  /// How a citation that people write, but that names nothing as it stands, is read.
  package struct Citation: Sendable, Hashable {
    package struct Reference: Sendable, Hashable {
      package var framework: String
      package var control: String

      package init(framework: String, control: String) {
        self.framework = framework
        self.control = control
      }
    }

    package var written: String
    package var ruling: String
    package var readsAs: [Reference]
    package var why: String
    package var place: RegisterPlace?
  }

  /// A regular way of writing ids.
  package struct Spelling: Sendable, Hashable {
    package var framework: String
    package var pattern: String
    package var becomes: String
    package var place: RegisterPlace?
  }

  /// What a citation names: the reading, and the ruling that was needed for it, if any.
  package func resolve(_ written: String) -> (references: [Citation.Reference], ruling: Citation?) {
    let ruled = citations.first { $0.written.isSame(as: written) }
    // A text that was ruled to name nothing does so whichever catalogs are read.
    if let ruled, ruled.readsAs.isEmpty { return ([], ruled) }
    let direct = frameworks.flatMap { framework in
      framework.controls.filter { $0.id.isSame(as: written) || $0.display.isSame(as: written) }
        .map { Citation.Reference(framework: framework.id, control: $0.id) }
    }
    if !direct.isEmpty { return (direct, nil) }
    for spelling in spellings {
      guard let control = spelling.control(writtenAs: written) else { continue }
      let exists = frameworks.contains { framework in
        framework.id.isSame(as: spelling.framework) && framework.controls.contains { $0.id.isSame(as: control) }
      }
      guard exists else { continue }
      let reference = Citation.Reference(framework: spelling.framework, control: control)
      return (
        [reference],
        Citation(
          written: written, ruling: "reads-as", readsAs: [reference], why: "Another spelling of the same id.")
      )
    }
    return (ruled?.readsAs ?? [], ruled)
  }
}

extension MappingLibrary.Spelling {
  /// The id that a spelling stands for; nil where it is none of this pattern.
  fileprivate func control(writtenAs written: String) -> String? {
    guard let regex = try? Regex(pattern), let match = written.wholeMatch(of: regex) else { return nil }
    var control = becomes
    for index in match.output.indices.dropFirst() {
      control = control.split(separator: "$\(index)", omittingEmptySubsequences: false)
        .joined(separator: String(match.output[index].substring ?? ""))
    }
    return control
  }
}
