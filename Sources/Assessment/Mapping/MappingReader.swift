internal import Assets
internal import EvidenceModel
internal import Intake

/// Reads the files under `mappings/` that a selection of frameworks needs.
struct MappingReader {
  private let assets: AssetLibrary
  var library = MappingLibrary()
  private var hasher = Hasher256()
  /// Whether everything is read, so that a name of nothing is a fault and not merely of no concern.
  private(set) var isWhole = false

  private static let catalogs = "mappings/frameworks/"
  private static let checks = "mappings/checks/"
  private static let rulings: Set<String> = ["reads-as", "not-an-id", "ambiguous", "does-not-exist"]

  init(_ assets: AssetLibrary) { self.assets = assets }

  mutating func read(_ selection: MappingLibrary.Selection, _ catalogs: [OSCALCatalog]) -> MappingLibrary {
    if case .all = selection { isWhole = true }
    readCatalogs(selection)
    for catalog in catalogs {
      library.frameworks.append(catalog.framework)
      library.diagnostics += catalog.diagnostics
      for source in catalog.sources { hash("oscal", Array(source.digest.description.utf8)) }
    }
    if let root = root("mappings/checks.yaml") { readVocabulary(root) }
    readMappings()
    if let root = root("mappings/overrides.yaml") { apply(root, "mappings/overrides.yaml") }
    if let root = root("mappings/aliases.yaml") { readAliases(root, "mappings/aliases.yaml") }
    library.digest = hasher.finish()
    return library
  }

  // MARK: Files

  mutating func report(_ id: String, _ place: RegisterPlace, _ summary: String, _ nextStep: String) {
    library.diagnostics.append(
      Diagnostic(
        id: id, file: place.source, line: place.line > 0 ? place.line : nil, summary: summary, nextStep: nextStep))
  }

  private mutating func hash(_ path: String, _ bytes: [UInt8]) {
    let head = Array("\(path)\u{0}\(bytes.count)\u{0}".utf8)
    head.withUnsafeBytes { hasher.update($0) }
    bytes.withUnsafeBytes { hasher.update($0) }
  }

  /// The top of a file; nil where there is no such file, or one that is no YAML.
  private mutating func root(_ path: String) -> YAMLText.Node? {
    guard let bytes = assets.bytes(path) else { return nil }
    hash(path, bytes)
    do throws(Diagnostic) {
      return try YAMLText(WholeFile(name: path, bytes: bytes).text(), name: path).root
    } catch {
      library.diagnostics.append(error)
      return nil
    }
  }

  private func files(under folder: String) -> [String] { assets.paths(under: folder).filter { $0.hasSuffix(".yaml") } }

  private static func stem(_ path: String) -> String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...].dropLast(".yaml".count))
  }

  // MARK: Catalogs

  private mutating func readCatalogs(_ selection: MappingLibrary.Selection) {
    let files = files(under: Self.catalogs)
    switch selection {
    case .all:
      for path in files { readCatalog(path) { _ in true } }
    case .core:
      // Only a text that says so can be core, so the others need not be parsed.
      for path in files where says("core: true", path) { readCatalog(path) { $0.isCore } }
    case .named(let ids):
      let own = files.filter { path in ids.contains { $0.isSame(as: Self.stem(path)) } }
      for path in own { readCatalog(path) { framework in ids.contains { $0.isSame(as: framework.id) } } }
      // A catalog may be called otherwise than its file.
      for path in files where !own.contains(path) {
        let missing = ids.filter { id in !library.frameworks.contains { $0.id.isSame(as: id) } }
        if missing.isEmpty { break }
        readCatalog(path) { framework in missing.contains { $0.isSame(as: framework.id) } }
      }
      library.frameworks = ids.compactMap { id in library.frameworks.first { $0.id.isSame(as: id) } }
    }
  }

  private func says(_ words: String, _ path: String) -> Bool {
    String(decoding: assets.bytes(path) ?? [], as: UTF8.self).contains(words)
  }

  private mutating func readCatalog(_ path: String, where isWanted: (Framework) -> Bool) {
    guard let root = root(path) else { return }
    let framework = framework(root, path)
    if isWanted(framework) { library.frameworks.append(framework) }
  }

  private mutating func framework(_ root: YAMLText.Node, _ path: String) -> Framework {
    func required(_ key: String) -> String {
      if let text = root[key]?.text { return text }
      report("catalog-key-missing", root.place(path), "the catalog lacks \(key)", "Add it.")
      return ""
    }
    let title = required("title")
    var framework = Framework(
      id: required("id"), title: title, shortTitle: root["short-title"]?.text ?? title, version: required("version"),
      publisher: required("publisher"), licence: root["licence"]?.text ?? "", controls: [],
      isCore: root["core"]?.text == "true", file: path)
    for item in root["controls"]?.items ?? [] {
      guard let id = item["id"]?.text, let title = item["title"]?.text else {
        report("catalog-control-incomplete", item.place(path), "a control lacks id or title", "Add both.")
        continue
      }
      framework.controls.append(
        Control(
          id: id, parent: item["parent"]?.text, display: item["display"]?.text ?? id, title: title,
          titleOrigin: item["title-origin"]?.text ?? "official", summary: item["summary"]?.text ?? "",
          isGroup: item["group"]?.text == "true", noCheckReason: item["no-check"]?.text, place: item.place(path)))
    }
    return framework
  }

  // MARK: Mappings

  /// What holds for all mappings: their vocabulary and the numbers that checks take.
  private mutating func readVocabulary(_ root: YAMLText.Node) {
    library.id = root["id"]?.text ?? ""
    library.version = root["version"]?.text ?? ""
    library.note = root["review"]?["note"]?.text ?? ""
    for check in root["parameters"]?.members ?? [] {
      for parameter in check.value.members {
        library.parameters[check.key, default: [:]][parameter.key] = parameter.value.text
      }
    }
  }

  /// A mapping is called like its framework's catalog; any other name is looked into, since it may be a user's own.
  private mutating func readMappings() {
    let known = library.frameworks
    let catalogs = files(under: Self.catalogs).map(Self.stem)
    for path in files(under: Self.checks) {
      let stem = Self.stem(path)
      let isKnown = known.contains { $0.id.isSame(as: stem) || $0.file.isSame(as: Self.catalogs + stem + ".yaml") }
      guard isKnown || !catalogs.contains(where: { $0.isSame(as: stem) }) else { continue }
      if let root = root(path) { readMapping(root, path) }
    }
  }

  /// The checks that give evidence for the controls of one framework.
  private mutating func readMapping(_ root: YAMLText.Node, _ path: String) {
    guard let framework = root["framework"]?.text else {
      report(
        "mapping-without-framework", root.place(path), "the mapping names no framework",
        "Add framework, a catalog's id.")
      return
    }
    guard isWhole || library.frameworks.contains(where: { $0.id.isSame(as: framework) }) else { return }
    readReview(root, of: framework, path)
    for item in root["checks"]?.items ?? [] {
      guard let check = item["check"]?.text else {
        report("mapping-check-without-id", item.place(path), "an entry names no check", "Add check.")
        continue
      }
      for entry in item["controls"]?.items ?? [] {
        library.mappings.append(
          Mapping(
            check: check, framework: framework, control: entry["control"]?.text ?? "",
            relation: entry["relation"]?.text ?? "", effects: entry["effect"]?.texts ?? [],
            rationale: entry["rationale"]?.text ?? "", condition: entry["condition"]?.text, place: entry.place(path)))
      }
    }
    for item in root["unmapped"]?.items ?? [] {
      library.unmapped.append(
        .init(
          check: item["check"]?.text ?? "", framework: framework, why: item["why"]?.text ?? "", place: item.place(path))
      )
    }
  }

  private mutating func readReview(_ root: YAMLText.Node, of framework: String, _ path: String) {
    let review = root["review"]
    let place = (review ?? root).place(path)
    let word = review?["status"]?.text ?? MappingReview.Status.draft.rawValue
    var status = MappingReview.Status.draft
    switch word {
    case MappingReview.Status.draft.rawValue: break
    case MappingReview.Status.reviewed.rawValue: status = .reviewed
    default:
      report("review-unknown-status", place, "\(word) is no state of review", "Write draft or reviewed.")
    }
    var reviewers: [MappingReview.Reviewer] = []
    for item in review?["reviewed-by"]?.items ?? [] {
      guard let name = item["name"]?.text, let date = item["date"]?.text, CivilDay.parse(date) != nil else {
        report(
          "review-incomplete", item.place(path), "a reviewer lacks a name or a date",
          "Write name, role and date, the date as 2026-11-30.")
        continue
      }
      reviewers.append(.init(name: name, role: item["role"]?.text ?? "", date: date))
    }
    if status == .reviewed, reviewers.isEmpty {
      report(
        "review-incomplete", place, "the mapping says reviewed, and names nobody with a date",
        "Add name, role and date under reviewed-by, or write draft.")
      status = .draft
    }
    library.reviews.append(
      MappingReview(framework: framework, version: root["version"]?.text ?? "", status: status, reviewers: reviewers))
  }

  // MARK: Citations

  private mutating func readAliases(_ root: YAMLText.Node, _ path: String) {
    for item in root["citations"]?.items ?? [] {
      let citation = MappingLibrary.Citation(
        written: item["written"]?.text ?? "", ruling: item["ruling"]?.text ?? "",
        readsAs: (item["reads-as"]?.items ?? []).map {
          .init(framework: $0["framework"]?.text ?? "", control: $0["control"]?.text ?? "")
        }, why: item["why"]?.text ?? "", place: item.place(path))
      if !Self.rulings.contains(citation.ruling) || (citation.ruling == "reads-as") == citation.readsAs.isEmpty {
        report(
          "citation-without-ruling", item.place(path), "\(citation.written) has no usable ruling",
          "Write one of reads-as (with controls), not-an-id, ambiguous, does-not-exist.")
      }
      library.citations.append(citation)
    }
    for item in root["spellings"]?.items ?? [] {
      let spelling = MappingLibrary.Spelling(
        framework: item["framework"]?.text ?? "", pattern: item["pattern"]?.text ?? "",
        becomes: item["becomes"]?.text ?? "", place: item.place(path))
      if (try? Regex(spelling.pattern)) == nil {
        report(
          "spelling-bad-pattern", item.place(path), "\(spelling.pattern) is no regular expression", "Correct it.")
      }
      library.spellings.append(spelling)
    }
  }
}

extension YAMLText.Node {
  func place(_ file: String) -> RegisterPlace { RegisterPlace(source: file, line: mark.line) }
}
