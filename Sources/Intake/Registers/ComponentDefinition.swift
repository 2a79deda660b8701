internal import EvidenceModel

/// Owners of rules and accepted exceptions out of an OSCAL component definition, or out of assessment results that define
/// components, as those of a pack do. Which fields are read stands in `docs/formats/oscal-components.md`.
struct ComponentDefinition {
  private(set) var owners = Register<OwnershipRecord>(format: format)
  private(set) var exceptions = Register<AcceptedException>(format: format)

  /// What properties of the program's own belong to, here and in what it exports.
  static let namespace = "urn:tenure:oscal:1"
  static let format = "oscal-component"
  /// Components, and entries of both kinds.
  static let most = 50_000
  private static let mostNamed = 20

  /// A table does not begin like XML or JSON.
  static func isOne(_ file: WholeFile) -> Bool { file.isXML || JSONExport.isJSON(file) }

  init(_ file: WholeFile) throws(Diagnostic) {
    let reader = try OSCALDocument.read(file, as: [.components, .results]) { model, root in
      let lists =
        model == .components ? [root] : root.children("result", "results").compactMap { $0.child("local-definitions") }
      let path = model == .components ? ["components"] : ["results", "*", "local-definitions", "components"]
      let lines = file.isXML ? [] : OSCALDocument.lines(of: [model.rawValue] + path + ["*"], in: file)
      var reader = Reader(file: file.name, lines: lines)
      reader.read(root, components: lists.flatMap { $0.children("component", "components") })
      return reader
    }
    owners.entries = reader.owners
    owners.diagnostics = reader.common + reader.ownerFaults.listed(file.name)
    exceptions.entries = reader.exceptions
    exceptions.diagnostics = reader.common + reader.exceptionFaults.listed(file.name)
  }

  /// What is wrong with single entries: the first by their places, the others counted.
  private struct Faults {
    private var named: [Diagnostic] = []
    private var count = 0

    mutating func add(_ diagnostic: Diagnostic) {
      count += 1
      if named.count < mostNamed { named.append(diagnostic) }
    }

    func listed(_ file: String) -> [Diagnostic] {
      guard count > named.count else { return named }
      let rest = Diagnostic(
        id: "component-entry-incomplete", file: file,
        summary: "\(count - named.count) more entries are left out for such reasons",
        nextStep: "Mend those listed first.")
      return named + [rest]
    }
  }

  private struct Party {
    var name: String
    var kind: OwnerKind?
  }

  private struct Reader {
    let file: String
    /// Of components of JSON, where each begins.
    let lines: [Int]
    var owners: [OwnershipRecord] = []
    var exceptions: [AcceptedException] = []
    /// What is wrong with the document as a whole.
    var common: [Diagnostic] = []
    var ownerFaults = Faults()
    var exceptionFaults = Faults()
    private var parties: ByName<Party> = [:]
    /// Of the component that is being read.
    private var line = 0

    init(file: String, lines: [Int]) {
      self.file = file
      self.lines = lines
    }

    mutating func read(_ root: OSCALNode, components: [OSCALNode]) {
      readParties(root)
      if !root.children("import-component-definition", "import-component-definitions").isEmpty {
        common.append(
          Diagnostic(
            id: "component-import", severity: .warning, file: file,
            summary: "it imports other component definitions, which are not followed",
            nextStep: "Name those files in the configuration too."))
      }
      var seen: ByName<Bool> = [:]
      for (place, component) in components.prefix(most).enumerated() {
        line = component.line ?? (place < lines.count ? lines[place] : 0)
        if let id = component.text("uuid") {
          guard seen[id] == nil else {
            repeated("component", id, line)
            continue
          }
          seen[id] = true
        }
        readOwners(component)
        readExceptions(component)
      }
      if components.count > most || owners.count >= most || exceptions.count >= most {
        common.append(
          Diagnostic(
            id: "component-too-many", file: file,
            summary: "it holds more than \(most) components, owners or exceptions; the others are left out",
            nextStep: "Split the file, and name each part."))
      }
    }

    private mutating func readParties(_ root: OSCALNode) {
      for party in root.child("metadata")?.children("party", "parties") ?? [] {
        guard let id = party.text("uuid"), let name = party.text("name") else { continue }
        guard parties[id] == nil else {
          repeated("party", id, party.line)
          continue
        }
        let kinds: [String: OwnerKind] = ["person": .person, "organization": .team, "team": .team]
        let kind = (own("party-kind", of: party) ?? party.text("type")).flatMap { kinds[$0] }
        parties[id] = Party(name: name, kind: kind)
      }
    }

    private mutating func repeated(_ what: String, _ id: String, _ line: Int?) {
      guard common.count < mostNamed else { return }
      common.append(
        Diagnostic(
          id: "oscal-id-twice", file: file, line: line,
          summary: "the uuid \(id.shortened) stands twice; the second \(what) is left out",
          nextStep: "Give each \(what) a uuid of its own."))
    }

    private func own(_ name: String, of node: OSCALNode) -> String? {
      node.property(name, namespace: ComponentDefinition.namespace)
    }

    // MARK: Owners

    /// What one responsible role says of one owner. Properties of one group belong together, so that a role can name several
    /// owners one after another; those without a group hold for all.
    private struct Spell {
      var owner: String?
      var from: String?
      var to: String?
      var recorded: String?

      mutating func set(_ name: String?, _ value: String?) {
        switch name {
        case "owner": owner = value
        case "owner-from": from = value
        case "owner-to": to = value
        case "recorded": recorded = value
        default: break
        }
      }
    }

    private func spells(_ node: OSCALNode, _ outer: Spell) -> [Spell] {
      var common = outer
      var groups: [(name: String, props: [(String?, String?)])] = []
      var places: ByName<Int> = [:]
      for prop in node.children("prop", "props") where prop.text("ns") == ComponentDefinition.namespace {
        guard let group = prop.text("group") else {
          common.set(prop.text("name"), prop.text("value"))
          continue
        }
        if places[group] == nil {
          places[group] = groups.count
          groups.append((group, []))
        }
        groups[places[group, default: 0]].props.append((prop.text("name"), prop.text("value")))
      }
      guard !groups.isEmpty else { return [common] }
      return groups.map { group in
        var spell = common
        for (name, value) in group.props { spell.set(name, value) }
        return spell
      }
    }

    /// Whom a role names: somebody by name, one party, or several parties in one entry.
    private func holder(_ role: OSCALNode, name: String?) -> Party? {
      let named = role.children("party-uuid", "party-uuids").compactMap { parties[$0.text] }
      if let name { return Party(name: name, kind: named.first { $0.name.utf8.elementsEqual(name.utf8) }?.kind) }
      guard let first = named.first, named.count > 1 else { return named.first }
      return Party(
        name: named.map(\.name).joined(separator: " "),
        kind: OwnershipClaim.kind(ofAll: named.map(\.kind)) ?? first.kind)
    }

    private mutating func readOwners(_ component: OSCALNode) {
      var rules = component.properties("rule", namespace: ComponentDefinition.namespace)
      let roles = component.children("responsible-role", "responsible-roles")
      if rules.isEmpty {
        // Packs call the component of a rule by the rule's id.
        guard roles.contains(where: { $0.text("role-id") == Self.ruleOwner }) else { return }
        rules = component.text("title").map { [$0] } ?? []
      }
      guard !rules.isEmpty, rules.allSatisfy(RuleList.isName) else {
        ownerFaults.add(incomplete("a component names no usable rule", line))
        return
      }
      let outer = spells(component, Spell()).first ?? Spell()
      for role in roles {
        for spell in spells(role, outer) where owners.count < most { add(spell, role, of: rules) }
      }
    }

    private mutating func add(_ spell: Spell, _ role: OSCALNode, of rules: [String]) {
      let line = role.line ?? self.line
      guard let holder = holder(role, name: spell.owner), RuleList.isName(holder.name) else {
        ownerFaults.add(incomplete("a responsible role names no party that has a usable name", line))
        return
      }
      var faults: [Diagnostic] = []
      let from = instant("owner-from", spell.from, line, &faults)
      let to = instant("owner-to", spell.to, line, &faults)
      let recordedAt = instant("recorded", spell.recorded, line, &faults)
      if from == nil, faults.isEmpty {
        faults.append(incomplete("a responsible role does not say since when", line))
      }
      guard let from, faults.isEmpty else {
        faults.forEach { ownerFaults.add($0) }
        return
      }
      let stated = role.text("role-id") ?? ""
      for rule in rules.prefix(most - owners.count) {
        owners.append(
          OwnershipRecord(
            rulePattern: rule, owner: holder.name,
            role: Self.accountable.contains(stated) ? OwnershipRecord.accountable : stated, from: from, to: to,
            sequence: owners.count + 1, recordedAt: recordedAt, source: file, line: line,
            provenance: NamePattern(rule).isPattern ? .inferred : .matched, ownerKind: holder.kind))
      }
    }

    /// What packs call the role of an owner.
    private static let ruleOwner = "rule-owner"
    /// Roles that decide who the owner is; any other is shown by its own name.
    private static let accountable = ["", "owner", ruleOwner, "asset-owner", OwnershipRecord.accountable]

    // MARK: Exceptions

    private mutating func readExceptions(_ component: OSCALNode) {
      for implementation in component.children("control-implementation", "control-implementations") {
        for requirement in implementation.children("implemented-requirement", "implemented-requirements") {
          let control = requirement.text("control-id")
          readException(requirement, control)
          for statement in requirement.children("statement", "statements") { readException(statement, control) }
        }
      }
    }

    /// - Parameter control: the control of the requirement; in the catalog of checks that a pack holds its id is the check's.
    private mutating func readException(_ node: OSCALNode, _ control: String?) {
      guard exceptions.count < most else { return }
      for subject in node.properties("accepted-exception", namespace: ComponentDefinition.namespace) {
        let line = node.line ?? self.line
        let check = own("check", of: node) ?? control ?? ""
        let approver = own("approver", of: node) ?? party(of: node, role: "approver") ?? ""
        let requester = own("requested-by", of: node) ?? party(of: node, role: "requester")
        guard [check, subject].allSatisfy(RuleList.isName),
          ![approver, requester ?? ""].contains(where: \.hasControlCharacter)
        else {
          exceptionFaults.add(incomplete("an accepted exception names no usable check, subject or person", line))
          continue
        }
        var faults: [Diagnostic] = []
        let from = instant("accepted-from", own("accepted-from", of: node), line, &faults)
        let until = instant("accepted-until", own("accepted-until", of: node), line, &faults)
        if from == nil, faults.isEmpty {
          faults.append(incomplete("an accepted exception does not say since when", line))
        }
        guard let from, faults.isEmpty else {
          faults.forEach { exceptionFaults.add($0) }
          continue
        }
        exceptions.append(
          AcceptedException(
            check: check, subject: subject, approver: approver, reason: (node.text("remarks") ?? "").shortened,
            from: from, until: until, requestedBy: requester, place: RegisterPlace(source: file, line: line)))
      }
    }

    private func party(of node: OSCALNode, role: String) -> String? {
      node.children("responsible-role", "responsible-roles").first { $0.text("role-id") == role }.flatMap {
        holder($0, name: nil)
      }?.name
    }

    // MARK: Times

    private func instant(_ name: String, _ text: String?, _ line: Int, _ faults: inout [Diagnostic]) -> Instant? {
      guard let text else { return nil }
      if let instant = Instant(dateOrInstant: text) { return instant }
      faults.append(
        Diagnostic(
          id: "component-bad-instant", file: file, line: line > 0 ? line : nil,
          summary: "\(name) is neither a date nor an RFC 3339 instant; the entry was left out",
          nextStep: "Write 2026-07-01 or 2026-07-01T09:00:00Z."))
      return nil
    }

    private func incomplete(_ what: String, _ line: Int) -> Diagnostic {
      Diagnostic(
        id: "component-entry-incomplete", file: file, line: line > 0 ? line : nil,
        summary: "\(what); the entry was left out", nextStep: "See docs/formats/oscal-components.md for what is needed."
      )
    }
  }
}
