internal import CSimdJSON
internal import EvidenceModel

/// Records of a directory in JSON: Okta's System Log, Entra's audit log, resources of SCIM 2.0.
struct DirectoryExport {
  private let name: String
  private let exportedOn: Instant?
  private var events = DirectoryEvents()
  private var entries: [PeopleEntry] = []
  private var diagnostics: [Diagnostic] = []
  private var formats: [PeopleFormat: Int] = [:]
  /// Records of a known form that say nothing of people, and records of none.
  private var passed = 0
  private var unknown = 0

  /// - Parameter exportedOn: the day of an export that shows one moment only.
  init(name: String, exportedOn: Instant?) {
    self.name = name
    self.exportedOn = exportedOn
  }

  /// The form of one record, by its members; nil for anything else.
  static func format(of record: JSONNode) -> PeopleFormat? {
    if !record["eventType"].isMissing, !record["published"].isMissing { return .okta }
    if !record["activityDisplayName"].isMissing, !record["activityDateTime"].isMissing { return .entraAudit }
    guard record["schemas"].isArray else { return nil }
    if !record["userName"].isMissing { return .scimUsers }
    return record["displayName"].isMissing ? nil : .scimGroups
  }

  mutating func add(_ record: JSONNode, line: Int, byteOffset: Int) {
    guard let format = Self.format(of: record) else {
      unknown += 1
      return
    }
    formats[format, default: 0] += 1
    let place = RegisterPlace(source: name, line: line)
    switch format {
    case .scimUsers: addUser(record, place, byteOffset)
    case .scimGroups: addGroup(record, place)
    default:
      switch format == .okta ? oktaEvent(record) : entraEvent(record) {
      case .event(let change): events.add(change, place)
      case .nothing: passed += 1
      case .unreadable(let what): diagnostics.append(bad(what, place, byteOffset))
      }
    }
  }

  /// - Parameter problems: of records that could not be handed in.
  func register(_ problems: [Diagnostic]) throws(Diagnostic) -> Register<PeopleEntry> {
    // An export of one form; of several, the one with the most records names the file.
    guard
      let format = PeopleFormat.allCases.filter({ formats[$0] != nil }).max(by: {
        formats[$0, default: 0] < formats[$1, default: 0]
      })
    else {
      throw problems.first
        ?? Diagnostic(
          id: "people-unknown-format", file: name, line: 1,
          summary: "its records are none of Okta's System Log, Entra's audit log, or users and groups of SCIM",
          nextStep: "Export one of these, or write a table with the columns owner, team, left_at.")
    }
    var register = Register<PeopleEntry>()
    register.format = (formats[.scimUsers] != nil && format == .scimGroups ? .scimUsers : format).rawValue
    register.entries = entries + events.entries
    register.diagnostics = problems + diagnostics
    if passed > 0 {
      register.note = "\(passed) \(passed == 1 ? "record says" : "records say") nothing of accounts or memberships"
    }
    if unknown > 0 {
      register.diagnostics.append(
        Diagnostic(
          id: "people-other-records", severity: .warning, file: name,
          summary: "\(unknown) \(unknown == 1 ? "record is" : "records are") of another kind; they were passed over",
          nextStep: "Check that the file holds what it should."))
    }
    register.tellOfUnknownDay(file: name)
    return register
  }

  private func bad(_ what: String, _ place: RegisterPlace, _ byteOffset: Int) -> Diagnostic {
    Diagnostic(
      id: "people-bad-record", file: name, line: place.line, byteOffset: byteOffset,
      summary: what + "; the record was left out", nextStep: "Export it again as the directory writes it.")
  }

  // MARK: SCIM

  private mutating func addUser(_ record: JSONNode, _ place: RegisterPlace, _ byteOffset: Int) {
    guard let owner = record["userName"].partyName else {
      diagnostics.append(bad("userName is empty or holds a control character", place, byteOffset))
      return
    }
    let changed = record["meta"]["lastModified"].time
    if record["active"].boolean == false, changed == nil {
      diagnostics.append(
        Diagnostic(
          id: "people-leaving-undated", severity: .warning, file: name, line: place.line, byteOffset: byteOffset,
          summary: "\(owner) is not active, and meta.lastModified does not say since when; nothing follows from it",
          nextStep: "State in a people register when they left."))
    }
    entries.append(
      .person(Person(owner: owner, team: "", leftAt: record["active"].boolean == false ? changed : nil)))
    for group in record["groups"].elements {
      guard let team = group["display"].partyName ?? group["value"].partyName else { continue }
      entries.append(.membership(OneMoment(exportedOn).membership(team: team, person: owner, since: nil, place: place)))
    }
  }

  private mutating func addGroup(_ record: JSONNode, _ place: RegisterPlace) {
    guard let team = record["displayName"].partyName else { return }
    let changed = record["meta"]["lastModified"].time
    for member in record["members"].elements {
      guard let person = member["display"].partyName ?? member["value"].partyName else { continue }
      entries.append(
        .membership(OneMoment(exportedOn).membership(team: team, person: person, since: changed, place: place)))
    }
  }
}

// MARK: - Events

/// What one record of a directory's log comes to.
private enum Reading {
  case event(DirectoryEvents.Change)
  case nothing
  case unreadable(String)
}

private func oktaEvent(_ record: JSONNode) -> Reading {
  let begins: Bool
  var isMembership = false
  switch record["eventType"].string {
  case "group.user_membership.add": (begins, isMembership) = (true, true)
  case "group.user_membership.remove": (begins, isMembership) = (false, true)
  case "user.lifecycle.activate", "user.lifecycle.reactivate": begins = true
  case "user.lifecycle.deactivate": begins = false
  default: return .nothing
  }
  let result = record["outcome"]["result"]
  guard result.isMissing || result.string == "SUCCESS" else { return .nothing }
  guard let at = record["published"].time else { return .unreadable("published is no RFC 3339 instant") }
  let targets = record["target"].elements
  guard let person = targets.first(where: { $0["type"].string == "User" })?["alternateId"].partyName else {
    return .unreadable("no target of the type User is named")
  }
  let team = targets.first { $0["type"].string == "UserGroup" }?["displayName"].partyName
  if isMembership, team == nil { return .unreadable("no target of the type UserGroup is named") }
  return .event(.init(at: at, team: isMembership ? team : nil, person: person, begins: begins))
}

private func entraEvent(_ record: JSONNode) -> Reading {
  let begins: Bool
  var isMembership = false
  switch record["activityDisplayName"].string {
  case "Add member to group": (begins, isMembership) = (true, true)
  case "Remove member from group": (begins, isMembership) = (false, true)
  case "Enable account", "Restore user": begins = true
  case "Disable account", "Delete user": begins = false
  default: return .nothing
  }
  let result = record["result"]
  guard result.isMissing || result.string == "success" else { return .nothing }
  guard let at = record["activityDateTime"].time else {
    return .unreadable("activityDateTime is no RFC 3339 instant")
  }
  let targets = record["targetResources"].elements
  guard let user = targets.first(where: { !$0["userPrincipalName"].isMissing && $0["type"].string != "Group" }),
    let written = user["userPrincipalName"].partyName
  else { return .unreadable("no target has a userPrincipalName") }
  // A deleted user's name is written with the account's id before it.
  let id = (user["id"].string ?? "").filter { $0 != "-" }
  let person = id.count == 32 && written.hasPrefix(id) && written != id ? String(written.dropFirst(32)) : written
  guard isMembership else { return .event(.init(at: at, team: nil, person: person, begins: begins)) }
  let name = targets.lazy.flatMap { $0["modifiedProperties"].elements }
    .first { $0["displayName"].string == "Group.DisplayName" }
    .flatMap { $0[begins ? "newValue" : "oldValue"].string }
    .flatMap(textInQuotes)
  guard let team = name ?? targets.first(where: { $0["type"].string == "Group" })?["displayName"].partyName else {
    return .unreadable("no property Group.DisplayName names the group")
  }
  return .event(.init(at: at, team: team, person: person, begins: begins))
}

/// The text of a JSON text that is a string, as Entra writes values of properties; a text without quotes as it is.
private func textInQuotes(_ text: String) -> String? {
  guard text.hasPrefix("\"") else { return text.hasControlCharacter ? nil : text }
  var name: String?
  var copy = text
  copy.withUTF8 { bytes in
    JSONParser().parse(copying: UnsafeRawBufferPointer(bytes)) { value in name = value.map { JSONNode($0) }?.partyName }
  }
  return name
}

extension JSONNode {
  /// A text that can name a party: not empty, no control characters.
  fileprivate var partyName: String? { string.flatMap { $0.hasControlCharacter ? nil : SecretRedaction.shown($0) } }

  fileprivate var time: Instant? { string.flatMap { Instant(rfc3339: $0) } }
}
