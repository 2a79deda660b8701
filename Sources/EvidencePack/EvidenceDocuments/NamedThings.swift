internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation

/// A name that a reader of the pack may look for, and the pages that speak of it.
struct NamedThing {
  struct Reference {
    var title: String
    var page: String
  }

  var name: String
  /// `rule`, `owner`, `control`, …: the id of a word in the strings.
  var kind: String
  /// A title, or what else tells it from others of its name.
  var note: String?
  /// Its own page; nothing where it has none.
  var page: String?
  /// Pages that name it, where it has none of its own; the first few.
  var references: [Reference] = []
  var referenceCount = 0

  /// What two things are told apart by.
  var key: String { kind + "\u{0}" + name + "\u{0}" + (page ?? "") }
  /// The id of its row.
  var rowID: String { anchor("name", key) }

  /// `a` to `z` by the first letter, accents aside; everything else is `0-9`.
  var letter: String {
    guard let first = name.decomposedStringWithCanonicalMapping.lowercased().utf8.first, (0x61...0x7A).contains(first)
    else { return "0-9" }
    return String(UnicodeScalar(first))
  }
}

extension DocumentContext {
  /// Everything that has a name in this pack, in the order of names: case aside, then by kind.
  func namedThings() -> [NamedThing] {
    var things: [NamedThing] = []
    func add(_ kind: String, _ name: String, _ note: String? = nil, page: String?) {
      guard let page else { return }
      things.append(NamedThing(name: name, kind: kind, note: note, page: page))
    }
    for id in ruleIDs { add("rule", id, page: layout.rule(id)) }
    for version in facts.records.history.versions { add("version", version.id, page: layout.version(version.id)) }
    for owner in owners {
      add("owner", owner, facts.records.ownership.people.person(for: owner)?.team, page: layout.owner(owner))
    }
    for source in facts.sources { add("source", source.name, page: layout.source(source.name)) }
    for outcome in pack.assessment.outcomes {
      guard let definition = definition(outcome.check) else { continue }
      add("check", outcome.check, definition.title, page: layout.check(outcome.check))
      add("check", definition.title, outcome.check, page: layout.check(outcome.check))
    }
    for framework in pack.assessment.coverage.frameworks {
      add("framework", framework.title, framework.id, page: layout.framework(framework.id))
      for assessment in pack.assessment.coverage.assessments[framework.id] ?? [] {
        let (control, page) = (assessment.control, layout.control(framework.id, assessment.control.id))
        add("control", control.display, control.title, page: page)
        if !control.title.utf8.elementsEqual(control.display.utf8) {
          // Some references begin with the name of their framework.
          let isNamed = framework.shortTitle.hasSuffix(control.display.prefix { $0 != "," })
          let reference = isNamed ? control.display : "\(framework.shortTitle) \(control.display)"
          add("control", control.title, reference, page: page)
        }
      }
    }
    things += namesWithoutPages()
    for finding in pack.assessment.findings {
      add("finding", finding.id, "\(finding.check) \(finding.subject)", page: layout.finding(finding.id))
    }
    let sorted = things.map { (fold: $0.name.lowercased(), thing: $0) }.sorted { left, right in
      left.fold.utf8.elementsEqual(right.fold.utf8)
        ? left.thing.key.precedesBytewise(right.thing.key) : left.fold.precedesBytewise(right.fold)
    }
    var seen = Set<[UInt8]>()
    return sorted.map(\.thing).filter { seen.insert(Array($0.key.utf8)).inserted }
  }

  /// Agents, tools, classes of data and models, by the rules that name them; subjects of findings that have no page.
  private func namesWithoutPages() -> [NamedThing] {
    let most = 5
    var things: ByName<NamedThing> = [:]
    func refer(_ kind: String, _ name: String, to title: String, _ page: String?) {
      guard let page, !name.isEmpty, name != "*", name != "-" else { return }
      var thing = things[kind + "\u{0}" + name] ?? NamedThing(name: name, kind: kind)
      thing.referenceCount += 1
      if thing.references.count < most { thing.references.append(NamedThing.Reference(title: title, page: page)) }
      things[kind + "\u{0}" + name] = thing
    }
    var named: ByName<Set<[String]>> = [:]
    for version in facts.records.history.versions {
      for rule in version.rules {
        var names = [["agent", rule.agent], ["data-class", rule.dataClass], ["tool", rule.tool]]
        names += (rule.escalateTo + [rule.fromModel]).map { ["model", $0] }
        named[rule.id, default: []].formUnion(names)
      }
    }
    for id in ruleIDs {
      for name in (named[id] ?? []).sorted(by: { $0.joined().precedesBytewise($1.joined()) }) {
        refer(name[0], name[1], to: id, layout.rule(id))
      }
    }
    for finding in pack.assessment.findings where page(ofSubject: finding) == nil {
      refer(finding.subjectKind.rawValue, finding.subject, to: finding.id, layout.finding(finding.id))
    }
    return things.values
  }
}
