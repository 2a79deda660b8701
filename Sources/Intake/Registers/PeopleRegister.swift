package import EvidenceModel

/// What a file of people says.
package enum PeopleEntry: Sendable, Hashable {
  case person(Person)
  case membership(Membership)
}

/// The forms of files of people, by the names that the pack shows. Described in `docs/formats/registers.md`.
package enum PeopleFormat: String, Sendable, CaseIterable {
  case table = "csv"
  case roster = "hr-roster"
  case okta = "okta-system-log"
  case entraAudit = "entra-audit-log"
  case entraMembers = "entra-group-members"
  case scimUsers = "scim-users"
  case scimGroups = "scim-groups"

  /// Whether a file of this form can say that somebody left.
  package var statesLeaving: Bool { self != .entraMembers && self != .scimGroups }
}

/// Reads people, whatever they were exported from, by content.
///
/// - Parameter exportedOn: the day of an export that shows one moment only.
package func readPeopleRegister(_ file: WholeFile, exportedOn: Instant? = nil) throws(Diagnostic) -> Register<
  PeopleEntry
> {
  if JSONExport.isJSON(file) {
    var export = DirectoryExport(name: file.name, exportedOn: exportedOn)
    let problems = try JSONExport(file: file).forEach { export.add($0, line: $1, byteOffset: $2) }
    return try export.register(problems)
  }
  let table = try CSVTable(file, required: [])
  if GroupMembersTable.fits(table) { return GroupMembersTable(table, exportedOn: exportedOn).register }
  return try readPeopleTable(table)
}

/// The columns of people, and the names under which registers and staff systems write them.
private enum PeopleColumn {
  static let owner = [
    "owner", "email", "e_mail", "mail", "work_email", "email_address", "e_mail_adresse", "login", "username",
    "benutzername", "employee_id", "personalnummer",
  ]
  static let team = ["team", "department", "abteilung", "organisationseinheit", "org_unit"]
  static let joined = [
    "joined_at", "effective_from", "start_date", "hire_date", "valid_from", "eintrittsdatum", "eintritt", "gültig_ab",
    "gueltig_ab",
  ]
  /// The last day that still belongs to the spell, as staff systems write it.
  static let lastDay = [
    "effective_to", "end_date", "termination_date", "last_day", "valid_to", "austrittsdatum", "austritt", "gültig_bis",
    "gueltig_bis", "letzter_arbeitstag",
  ]
}

/// Tenure's own table (`owner` and, where kept, `team,left_at,kind,joined_at`), or a roster of a staff system.
private func readPeopleTable(_ table: CSVTable) throws(Diagnostic) -> Register<PeopleEntry> {
  guard let owner = table.column(PeopleColumn.owner) else {
    try table.requireColumns([["owner"]])
    return Register()
  }
  let (team, joined) = (table.column(PeopleColumn.team), table.column(PeopleColumn.joined))
  let leftAt = table.columns["left_at"] == nil ? nil : "left_at"
  let lastDay = leftAt == nil ? table.column(PeopleColumn.lastDay) : nil
  let isRoster = owner != "owner"
  var people = Register<(person: Person, line: Int)>()
  people.read(table) { reader in
    let joinedAt = joined.flatMap { reader.optionalInstant($0) }
    let left = leftAt.flatMap { reader.optionalInstant($0) } ?? lastDay.flatMap { reader.optionalInclusiveEnd($0) }
    let hasKind = !reader.row["kind"].trimmed.isEmpty
    let person = Person(
      owner: reader.name(owner), team: team.map { reader.row[$0].trimmed } ?? "",
      // A staff roster lists staff.
      kind: hasKind ? reader.choice("kind", default: .unknown) : isRoster ? .person : .unknown, joinedAt: joinedAt,
      leftAt: left)
    return (person, reader.row.line)
  }
  var register = Register<PeopleEntry>()
  register.diagnostics = people.diagnostics
  register.format = (isRoster ? PeopleFormat.roster : .table).rawValue
  // Of several rows of one party without a start the last counts.
  var places: ByName<Int> = [:]
  for (person, line) in people.entries {
    if let left = person.leftAt, let joined = person.joinedAt, left <= joined {
      register.diagnostics.append(
        Diagnostic(
          id: "people-ends-before-it-begins", severity: .warning, file: table.name, line: line,
          summary: "a spell of \(person.owner) ends before it begins; that they were gone from its end on counts",
          nextStep: "Correct its start or its end."))
    }
    if person.joinedAt == nil, let place = places[person.owner] {
      register.entries[place] = .person(person)
      continue
    }
    if person.joinedAt == nil { places[person.owner] = register.entries.count }
    register.entries.append(.person(person))
  }
  return register
}

/// The members of groups as Entra's portal exports them: the state of one moment.
private struct GroupMembersTable {
  private let table: CSVTable
  private let exportedOn: Instant?
  private static let group = ["groupname", "group_name", "groupdisplayname", "group"]

  init(_ table: CSVTable, exportedOn: Instant?) {
    self.table = table
    self.exportedOn = exportedOn
  }

  static func fits(_ table: CSVTable) -> Bool { table.columns["userprincipalname"] != nil }

  var register: Register<PeopleEntry> {
    let group = table.column(Self.group)
    var members = Register<(person: Person, membership: Membership?)>()
    members.read(table) { reader in
      let kind: PartyKind =
        switch reader.row["objecttype"].trimmed.lowercased() {
        case "group": .team
        case "serviceprincipal": .service
        default: .unknown
        }
      let person = Person(owner: reader.name("userprincipalname"), team: "", kind: kind, leftAt: nil)
      let team = group.map { reader.row[$0].trimmed } ?? ""
      return (
        person,
        team.isEmpty
          ? nil : OneMoment(exportedOn).membership(team: team, person: person.owner, since: nil, place: reader.place)
      )
    }
    var register = Register<PeopleEntry>()
    register.diagnostics = members.diagnostics
    register.format = PeopleFormat.entraMembers.rawValue
    for entry in members.entries {
      register.entries.append(.person(entry.person))
      if let membership = entry.membership { register.entries.append(.membership(membership)) }
    }
    if group == nil {
      register.diagnostics.append(
        Diagnostic(
          id: "people-group-unnamed", severity: .warning, file: table.name, line: 1,
          summary: "no column names the group, so its members are known as people and as members of nothing",
          nextStep: "Add a column groupName with the group's name."))
    }
    register.tellOfUnknownDay(file: table.name)
    return register
  }
}

/// An export that shows one moment: it proves the day of the export, and the time since the last change that it states.
struct OneMoment {
  private let day: Instant?

  /// - Parameter day: midnight UTC of the day of the export, where it is stated.
  init(_ day: Instant?) { self.day = day }

  func membership(team: String, person: String, since: Instant?, place: RegisterPlace) -> Membership {
    guard let day else {
      return Membership(team: team, person: person, recordedAt: nil, isDated: false, place: place)
    }
    return Membership(
      team: team, person: person, from: since.map { min($0, day) } ?? day, to: Instant(day: day.day + 1),
      recordedAt: day, place: place)
  }
}

extension Register<PeopleEntry> {
  mutating func tellOfUnknownDay(file: String) {
    let undated = entries.count { entry in
      if case .membership(let membership) = entry { !membership.isDated } else { false }
    }
    guard undated > 0 else { return }
    note = "\(undated) \(undated == 1 ? "membership" : "memberships") of an unknown day, not used"
    diagnostics.append(
      Diagnostic(
        id: "people-day-unknown", severity: .warning, file: file,
        summary:
          "the export shows one moment and does not say which; \(undated) \(undated == 1 ? "membership is" : "memberships are") not used",
        nextStep: "State the day of the export in the configuration: as-of beside the path."))
  }
}
