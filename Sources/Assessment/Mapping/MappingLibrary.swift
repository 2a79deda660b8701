package import Assets
package import EvidenceModel
internal import Intake

/// The catalogs, the mapping of checks to controls, and the rulings on citations: the data under `mappings/`.
package struct MappingLibrary: Sendable {
  package var frameworks: [Framework] = []
  package var mappings: [Mapping] = []
  package var id = ""
  package var version = ""
  /// `draft` until a person signs.
  package var review = "draft"
  package var note = ""
  package var citations: [Citation] = []
  package var spellings: [Spelling] = []
  /// Defaults of check parameters.
  package var parameters: [String: [String: String]] = [:]
  /// What is wrong with the data; `tenure mappings lint` prints all of it.
  package var diagnostics: [Diagnostic] = []
  /// One digest over all files read.
  package var digest = Digest(of: "")

  /// How a citation that people write, but that names nothing as it stands, is read.
  package struct Citation: Sendable, Hashable {
    package struct Reference: Sendable, Hashable {
      package var framework: String
      package var control: String
    }

    package var written: String
    package var ruling: String
    package var readsAs: [Reference]
    package var why: String
  }

  /// A regular way of writing ids.
  package struct Spelling: Sendable, Hashable {
    package var framework: String
    package var pattern: String
    package var becomes: String
  }

  private static let rulings: Set<String> = ["reads-as", "not-an-id", "ambiguous", "does-not-exist"]
  private static let relations: Set<String> = [
    "subset-of", "intersects-with", "superset-of", "equivalent-to", "equal-to",
  ]
  private static let effects: Set<String> = ["limits", "detects"]

  package init(_ assets: AssetLibrary) {
    var hasher = Hasher256()
    func text(_ path: String) -> String {
      let bytes = assets.bytes(path) ?? []
      bytes.withUnsafeBytes { hasher.update($0) }
      return String(decoding: bytes, as: UTF8.self)
    }
    for path in assets.paths(under: "mappings/frameworks/") where path.hasSuffix(".yaml") {
      if let root = root(of: path, text(path)) { frameworks.append(framework(root, path)) }
    }
    if let root = root(of: "mappings/checks.yaml", text("mappings/checks.yaml")) { readChecks(root) }
    for path in assets.paths(under: "mappings/checks/") where path.hasSuffix(".yaml") {
      if let root = root(of: path, text(path)) { readMappings(root, path) }
    }
    if let root = root(of: "mappings/aliases.yaml", text("mappings/aliases.yaml")) { readAliases(root) }
    digest = hasher.finish()
    lint()
  }

  private mutating func report(_ id: String, _ file: String, _ summary: String, _ nextStep: String, line: Int? = nil) {
    diagnostics.append(Diagnostic(id: id, file: file, line: line, summary: summary, nextStep: nextStep))
  }

  private mutating func root(of path: String, _ text: String) -> YAMLText.Node? {
    do throws(Diagnostic) {
      return try YAMLText(text, name: path).root
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  private mutating func framework(_ root: YAMLText.Node, _ path: String) -> Framework {
    func required(_ key: String) -> String {
      if let text = root[key]?.text { return text }
      report("catalog-key-missing", path, "the catalog lacks \(key)", "Add it.")
      return ""
    }
    var framework = Framework(
      id: required("id"), title: required("title"), shortTitle: root["short-title"]?.text ?? required("title"),
      version: required("version"), publisher: required("publisher"), licence: root["licence"]?.text ?? "", controls: []
    )
    for item in root["controls"]?.items ?? [] {
      guard let id = item["id"]?.text, let title = item["title"]?.text else {
        report("catalog-control-incomplete", path, "a control lacks id or title", "Add both.", line: item.mark.line)
        continue
      }
      framework.controls.append(
        Control(
          id: id, parent: item["parent"]?.text, display: item["display"]?.text ?? id, title: title,
          titleOrigin: item["title-origin"]?.text ?? "official", summary: item["summary"]?.text ?? "",
          isGroup: item["group"]?.text == "true", noCheckReason: item["no-check"]?.text))
    }
    return framework
  }

  /// What holds for all mappings: their vocabulary and the numbers that checks take.
  private mutating func readChecks(_ root: YAMLText.Node) {
    id = root["id"]?.text ?? ""
    version = root["version"]?.text ?? ""
    review = root["review"]?["status"]?.text ?? "draft"
    note = root["review"]?["note"]?.text ?? ""
    for check in root["parameters"]?.members ?? [] {
      for parameter in check.value.members { parameters[check.key, default: [:]][parameter.key] = parameter.value.text }
    }
  }

  /// The checks that give evidence for the controls of one framework.
  private mutating func readMappings(_ root: YAMLText.Node, _ path: String) {
    let framework = root["framework"]?.text ?? ""
    for item in root["checks"]?.items ?? [] {
      guard let check = item["check"]?.text else {
        report("mapping-check-without-id", path, "an entry names no check", "Add check.", line: item.mark.line)
        continue
      }
      for entry in item["controls"]?.items ?? [] {
        let mapping = Mapping(
          check: check, framework: framework, control: entry["control"]?.text ?? "",
          relation: entry["relation"]?.text ?? "", effects: entry["effect"]?.texts ?? [],
          rationale: entry["rationale"]?.text ?? "", condition: entry["condition"]?.text)
        if !Self.relations.contains(mapping.relation) {
          report(
            "mapping-unknown-relation", path, "\(check) to \(mapping.control): \(mapping.relation) is no relation",
            "Write subset-of or intersects-with.", line: entry.mark.line)
        }
        if !Set(mapping.effects).isSubset(of: Self.effects) {
          report(
            "mapping-unknown-effect", path, "\(check) to \(mapping.control): an effect is neither limits nor detects",
            "Write one of the two.", line: entry.mark.line)
        }
        if mapping.rationale.isEmpty {
          report(
            "mapping-without-rationale", path, "\(check) to \(mapping.control) has no rationale",
            "Say why the check speaks about the control.", line: entry.mark.line)
        }
        mappings.append(mapping)
      }
    }
  }

  private mutating func readAliases(_ root: YAMLText.Node) {
    for item in root["citations"]?.items ?? [] {
      let citation = Citation(
        written: item["written"]?.text ?? "", ruling: item["ruling"]?.text ?? "",
        readsAs: (item["reads-as"]?.items ?? []).map {
          .init(framework: $0["framework"]?.text ?? "", control: $0["control"]?.text ?? "")
        }, why: item["why"]?.text ?? "")
      if !Self.rulings.contains(citation.ruling) || (citation.ruling == "reads-as") == citation.readsAs.isEmpty {
        report(
          "citation-without-ruling", "mappings/aliases.yaml", "\(citation.written) has no usable ruling",
          "Write one of reads-as (with controls), not-an-id, ambiguous, does-not-exist.", line: item.mark.line)
      }
      citations.append(citation)
    }
    for item in root["spellings"]?.items ?? [] {
      let spelling = Spelling(
        framework: item["framework"]?.text ?? "", pattern: item["pattern"]?.text ?? "",
        becomes: item["becomes"]?.text ?? "")
      if (try? Regex(spelling.pattern)) == nil {
        report(
          "spelling-bad-pattern", "mappings/aliases.yaml", "\(spelling.pattern) is no regular expression",
          "Correct it.", line: item.mark.line)
      }
      spellings.append(spelling)
    }
  }

  /// What holds between the files.
  private mutating func lint() {
    let known = Set(Checks.definitions.map(\.id))
    let mapped = Set(mappings.map(\.check))
    for check in mapped.subtracting(known).sorted() {
      report(
        "mapping-unknown-check", "mappings/checks.yaml", "\(check) is no check of this version",
        "Remove it, or correct the id.")
    }
    for check in known.subtracting(mapped).sorted() {
      report(
        "mapping-check-unmapped", "mappings/checks.yaml", "\(check) maps to no control",
        "Map it, so that its evidence is used.")
    }
    var seen = Set<Mapping>()
    for mapping in mappings {
      var key = mapping
      key.rationale = ""
      key.relation = ""
      key.effects = []
      if !seen.insert(key).inserted {
        report(
          "mapping-twice", "mappings/checks.yaml", "\(mapping.check) maps to \(mapping.control) twice",
          "Keep one entry a pair.")
      }
      guard let framework = frameworks.first(where: { $0.id == mapping.framework }) else {
        report(
          "mapping-unknown-framework", "mappings/checks.yaml",
          "\(mapping.check): there is no catalog \(mapping.framework)", "Add the catalog, or correct the id.")
        continue
      }
      guard let control = framework.controls.first(where: { $0.id == mapping.control }) else {
        report(
          "mapping-unknown-control", "mappings/checks.yaml",
          "\(mapping.check): \(mapping.framework) has no control \(mapping.control)", "Correct the id.")
        continue
      }
      if control.isGroup {
        report(
          "mapping-to-group", "mappings/checks.yaml", "\(mapping.check) maps to the heading \(mapping.control)",
          "Map it to a control below that heading.")
      }
    }
    for framework in frameworks {
      let path = "mappings/frameworks/\(framework.id).yaml"
      var ids = Set<String>()
      for control in framework.controls {
        if !ids.insert(control.id).inserted {
          report("catalog-control-twice", path, "\(control.id) stands twice", "Keep one.")
        }
        if let parent = control.parent, !ids.contains(parent) {
          report(
            "catalog-unknown-parent", path, "the parent \(parent) of \(control.id) does not stand before it",
            "Move or correct it.")
        }
        let isMapped = mappings.contains { $0.framework == framework.id && $0.control == control.id }
        if !control.isGroup, isMapped == (control.noCheckReason != nil) {
          report(
            "catalog-no-check", path,
            isMapped ? "\(control.id) is mapped and says no-check" : "\(control.id) is not mapped and does not say why",
            isMapped ? "Remove no-check." : "Add no-check with the reason.")
        }
      }
    }
    for citation in citations {
      for reference in citation.readsAs
      where !frameworks.contains(where: {
        $0.id == reference.framework && $0.controls.contains { $0.id == reference.control }
      }) {
        report(
          "citation-unknown-control", "mappings/aliases.yaml",
          "\(citation.written) reads as \(reference.control), which \(reference.framework) lacks", "Correct the id.")
      }
    }
  }
}

extension MappingLibrary {
  /// What a citation names: the reading, and the ruling that was needed for it, if any.
  package func resolve(_ written: String) -> (references: [Citation.Reference], ruling: Citation?) {
    let direct = frameworks.flatMap { framework in
      framework.controls.filter { $0.id == written || $0.display == written }
        .map { Citation.Reference(framework: framework.id, control: $0.id) }
    }
    if !direct.isEmpty { return (direct, nil) }
    for spelling in spellings {
      guard let regex = try? Regex(spelling.pattern), let match = written.wholeMatch(of: regex) else { continue }
      var control = spelling.becomes
      for index in match.output.indices.dropFirst() {
        control = control.split(separator: "$\(index)", omittingEmptySubsequences: false)
          .joined(separator: String(match.output[index].substring ?? ""))
      }
      let exists = frameworks.contains { framework in
        framework.id == spelling.framework && framework.controls.contains { $0.id == control }
      }
      guard exists else { continue }
      return (
        [.init(framework: spelling.framework, control: control)],
        Citation(
          written: written, ruling: "reads-as", readsAs: [.init(framework: spelling.framework, control: control)],
          why: "Another spelling of the same id.")
      )
    }
    if let citation = citations.first(where: { $0.written == written }) { return (citation.readsAs, citation) }
    return ([], nil)
  }
}
