internal import EvidenceModel
internal import Intake

/// `mappings/overrides.yaml`: what an organisation maps otherwise, without a copy of the mapping's file.
extension MappingReader {
  /// Each is looked for among all pairs, so their number is bounded.
  static let mostOverrides = 1000

  /// Changes the mappings as somebody decided, and keeps the decisions.
  mutating func apply(_ root: YAMLText.Node, _ path: String) {
    let items = root["overrides"]?.items ?? []
    if items.count > Self.mostOverrides {
      report(
        "overrides-too-many", items[Self.mostOverrides].place(path),
        "there are \(items.count) overrides; from here on they are not applied",
        "Keep at most \(Self.mostOverrides), or change the mapping's file itself.")
    }
    for item in items.prefix(Self.mostOverrides) {
      let place = item.place(path)
      guard let check = item["check"]?.text, let framework = item["framework"]?.text,
        let control = item["control"]?.text, let reason = item["reason"]?.text,
        let decidedBy = item["decided-by"]?.text
      else {
        report(
          "override-incomplete", place, "an override lacks check, framework, control, reason or decided-by",
          "Add what is missing; without it the mapping stays as its file has it.")
        continue
      }
      let isRemoved = item["remove"]?.text == "true"
      let date = item["date"]?.text
      guard isRemoved != (item["relation"]?.text != nil), date.map({ CivilDay.parse($0) != nil }) ?? true else {
        report(
          "override-unclear", place,
          "the override of \(check) and \(control) does not say what holds, or when that was decided",
          "Write either relation or remove: true, and the date as 2026-11-30.")
        continue
      }
      let index = library.mappings.firstIndex {
        $0.check.isSame(as: check) && $0.framework.isSame(as: framework) && $0.control.isSame(as: control)
      }
      // What is said of frameworks that were not read has nothing to change here.
      let isRead = library.frameworks.contains { $0.id.isSame(as: framework) }
      guard isRead || isWhole else { continue }
      guard isRead, index != nil || !isRemoved else {
        report(
          "override-of-nothing", place, "\(check) does not map to \(control) of \(framework)",
          "Correct the ids, or remove the override.")
        continue
      }
      let override = MappingOverride(
        check: check, framework: framework, control: control,
        change: isRemoved ? .removed : index == nil ? .added : .changed, relation: item["relation"]?.text,
        before: index.map { library.mappings[$0].relation }, reason: reason, decidedBy: decidedBy, date: date,
        place: place)
      library.overrides.append(override)
      change(index, to: item, override)
    }
  }

  private mutating func change(_ index: Int?, to item: YAMLText.Node, _ override: MappingOverride) {
    guard let relation = override.relation else {
      if let index { library.mappings.remove(at: index) }
      return
    }
    var mapping =
      index.map { library.mappings[$0] }
      ?? Mapping(
        check: override.check, framework: override.framework, control: override.control, relation: relation,
        effects: [], rationale: "")
    mapping.relation = relation
    if let effects = item["effect"]?.texts { mapping.effects = effects }
    if let rationale = item["rationale"]?.text { mapping.rationale = rationale }
    mapping.place = override.place
    if let index { library.mappings[index] = mapping } else { library.mappings.append(mapping) }
  }
}
