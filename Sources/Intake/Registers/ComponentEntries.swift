internal import EvidenceModel

// MARK: Owners

extension ComponentReader {
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

  private func parties(of role: OSCALNode) -> [ComponentParty] {
    role.children("party-uuid", "party-uuids").prefix(Self.mostParties).compactMap { parties[$0.text] }
  }

  /// Whom a role names: somebody by name, one party, or several parties in one entry.
  private func holder(_ named: [ComponentParty], name: String?) -> ComponentParty? {
    if let name { return ComponentParty(name: name, kind: named.first { $0.name.utf8.elementsEqual(name.utf8) }?.kind) }
    guard named.count > 1 else { return named.first }
    return ComponentParty(
      name: named.map(\.name).joined(separator: " "), kind: OwnershipClaim.kind(ofAll: named.map(\.kind)))
  }

  /// Of one role; more make a name that is too long.
  private static let mostParties = 300

  mutating func readOwners(_ component: OSCALNode) {
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
    for role in roles where owners.count < ComponentDefinition.most {
      let named = parties(of: role)
      let stated = role.text("role-id") ?? ""
      let name = Self.accountable.contains(stated) ? OwnershipRecord.accountable : stated
      for spell in spells(role, outer) { add(spell, holder(named, name: spell.owner), name, rules, role.line ?? line) }
    }
  }

  private mutating func add(_ spell: Spell, _ holder: ComponentParty?, _ role: String, _ rules: [String], _ line: Int) {
    guard let holder, RuleList.isName(holder.name) else {
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
    for rule in rules.prefix(ComponentDefinition.most - owners.count) {
      owners.append(
        OwnershipRecord(
          rulePattern: rule, owner: holder.name, role: role, from: from, to: to,
          sequence: owners.count + 1, recordedAt: recordedAt, source: file, line: line,
          provenance: NamePattern(rule).isPattern ? .inferred : .matched, ownerKind: holder.kind))
    }
  }

  /// What packs call the role of an owner.
  private static let ruleOwner = "rule-owner"
  /// Roles that decide who the owner is; any other is shown by its own name.
  private static let accountable = ["", "owner", ruleOwner, "asset-owner", OwnershipRecord.accountable]
}

// MARK: Exceptions

extension ComponentReader {
  mutating func readExceptions(_ component: OSCALNode) {
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
    let subjects = node.properties("accepted-exception", namespace: ComponentDefinition.namespace)
    guard !subjects.isEmpty else { return }
    let line = node.line ?? self.line
    let check = own("check", of: node) ?? control ?? ""
    let approver = own("approver", of: node) ?? party(of: node, role: "approver") ?? ""
    let requester = own("requested-by", of: node) ?? party(of: node, role: "requester")
    guard (subjects + [check]).allSatisfy(RuleList.isName),
      ![approver, requester ?? ""].contains(where: \.hasControlCharacter)
    else {
      exceptionFaults.add(incomplete("an accepted exception names no usable check, subject or person", line))
      return
    }
    var faults: [Diagnostic] = []
    let from = instant("accepted-from", own("accepted-from", of: node), line, &faults)
    let until = instant("accepted-until", own("accepted-until", of: node), line, &faults)
    if from == nil, faults.isEmpty {
      faults.append(incomplete("an accepted exception does not say since when", line))
    }
    guard let from, faults.isEmpty else {
      faults.forEach { exceptionFaults.add($0) }
      return
    }
    let reason = (node.text("remarks") ?? "").shortened
    for subject in subjects.prefix(ComponentDefinition.most - exceptions.count) {
      exceptions.append(
        AcceptedException(
          check: check, subject: subject, approver: approver, reason: reason, from: from, until: until,
          requestedBy: requester, place: RegisterPlace(source: file, line: line)))
    }
  }

  private func party(of node: OSCALNode, role: String) -> String? {
    node.children("responsible-role", "responsible-roles").first { $0.text("role-id") == role }
      .flatMap { holder(parties(of: $0), name: nil) }?.name
  }
}
