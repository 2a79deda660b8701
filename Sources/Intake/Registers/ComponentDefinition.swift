internal import EvidenceModel

/// Owners of rules and accepted exceptions out of an OSCAL component definition. Which fields are read stands in
/// `docs/formats/oscal-components.md`.
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
    let lines = file.isXML ? [] : OSCALDocument.lines(of: [OSCALModel.components.rawValue, "components", "*"], in: file)
    let reader = try OSCALDocument.read(file, as: [.components]) { _, root in
      var reader = Reader(file: file.name, lines: lines)
      reader.read(root)
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
        summary: "\(count - named.count) more entries are left out for such reasons", nextStep: "Mend those listed first.")
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

    mutating func read(_ root: OSCALNode) {
      readParties(root)
      if !root.children("import-component-definition", "import-component-definitions").isEmpty {
        common.append(
          Diagnostic(
            id: "component-import", severity: .warning, file: file,
            summary: "it imports other component definitions, which are not followed",
            nextStep: "Name those files in the configuration too."))
      }
      let components = root.children("component", "components")
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
        guard let id = party.text("uuid"), let name = own("owner", of: party) ?? party.text("name") else { continue }
        guard parties[id] == nil else {
          repeated("party", id, party.line)
          continue
        }
        let kind: OwnerKind? = party.text("type").flatMap { ["person": .person, "organization": .team][$0] }
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

    /// Whom a role names: one party by its own name, several in one entry.
    private func holder(_ role: OSCALNode) -> Party? {
      if let name = own("owner", of: role) { return Party(name: name) }
      let named = role.children("party-uuid", "party-uuids").compactMap { parties[$0.text] }
      guard let first = named.first else { return nil }
      guard named.count > 1 else { return first }
      return Party(name: named.map(\.name).joined(separator: " "), kind: OwnershipClaim.kind(ofAll: named.map(\.kind)))
    }

    private mutating func readOwners(_ component: OSCALNode) {
      let rules = component.properties("rule", namespace: ComponentDefinition.namespace)
      guard !rules.isEmpty else { return }
      guard rules.allSatisfy(RuleList.isName) else {
        ownerFaults.add(incomplete("a component names no usable rule", line))
        return
      }
      // A component's own times hold for its roles that state none.
      let (outerFrom, outerTo) = (own("from", of: component), own("to", of: component))
      for role in component.children("responsible-role", "responsible-roles") where owners.count < most {
        let line = role.line ?? self.line
        guard let holder = holder(role), RuleList.isName(holder.name) else {
          ownerFaults.add(incomplete("a responsible role names no party that has a usable name", line))
          continue
        }
        var faults: [Diagnostic] = []
        let from = instant("from", own("from", of: role) ?? outerFrom, line, &faults)
        let to = instant("to", own("to", of: role) ?? outerTo, line, &faults)
        let recordedAt = instant("recorded-at", own("recorded-at", of: role), line, &faults)
        if from == nil, faults.isEmpty {
          faults.append(incomplete("a responsible role does not say since when", line))
        }
        guard let from, faults.isEmpty else {
          faults.forEach { ownerFaults.add($0) }
          continue
        }
        let stated = role.text("role-id") ?? ""
        for rule in rules.prefix(most - owners.count) {
          owners.append(
            OwnershipRecord(
              rulePattern: rule, owner: holder.name,
              role: Self.accountable.contains(stated) ? OwnershipRecord.accountable : stated, from: from, to: to,
              sequence: own("sequence", of: role).flatMap { Int($0) } ?? owners.count + 1, recordedAt: recordedAt,
              source: file, line: line, provenance: NamePattern(rule).isPattern ? .inferred : .matched,
              ownerKind: holder.kind))
        }
      }
    }

    /// Roles that decide who the owner is; any other is shown by its own name.
    private static let accountable = ["", "owner", "asset-owner", OwnershipRecord.accountable]

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
        let check = own("check", of: node) ?? control?.uppercased() ?? ""
        let approver = own("approver", of: node) ?? party(of: node, role: "approver") ?? ""
        let requester = own("requested-by", of: node) ?? party(of: node, role: "requester")
        guard [check, subject].allSatisfy(RuleList.isName), ![approver, requester ?? ""].contains(where: \.hasControlCharacter)
        else {
          exceptionFaults.add(incomplete("an accepted exception names no usable check, subject or person", line))
          continue
        }
        var faults: [Diagnostic] = []
        let from = instant("from", own("from", of: node), line, &faults)
        let until = instant("until", own("until", of: node), line, &faults)
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
      node.children("responsible-role", "responsible-roles").first { $0.text("role-id") == role }.flatMap(holder)?.name
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
        summary: "\(what); the entry was left out", nextStep: "See docs/formats/oscal-components.md for what is needed.")
    }
  }
}
