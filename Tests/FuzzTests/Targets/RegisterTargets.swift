@testable internal import EvidenceModel
@testable internal import Intake

/// Registers in tables, in JSON and in OSCAL. Every reader takes every input, since a file is taken for what the
/// configuration says.
let registerTargets = [
  FuzzTarget("register") { (bytes) throws(BrokenPromise) in
    let file = WholeFile(name: "register.csv", bytes: bytes)
    _ = RegisterKind.recognise(file)
    try check(file, readOwnershipRegister)
    try check(file, readIdentityRegister)
    try check(file, readModelRegister)
    try check(file, readAliasRegister)
    try check(file, readDeploymentRegister)
    try check(file) { (file) throws(Diagnostic) in try readInventoryRegister(file, of: "agent") }
    try check(file, readExceptionRegister)
    try check(file, readReviewRegister)
    try check(file, readTriggerRegister)
    try check(file, readChangeRegister)
    try check(file, readWriterRegister)
    try check(file, readCredentialRegister)
    try check(file, readTermsRegister)
    try check(file, readSwitchOffRegister)
    try check(file, readEscalationRegister)
    try check(file, readRetentionRegister)
    try check(file, readLogDigestRegister)
    try check(file, readToleranceRegister)
  },
  FuzzTarget("people") { (bytes) throws(BrokenPromise) in
    let file = WholeFile(name: "people", bytes: bytes)
    for day in [nil, Instant(day: 20_000)] {
      try check(file) { (file) throws(Diagnostic) in try readPeopleRegister(file, exportedOn: day) }
    }
    guard let entries = try? readPeopleRegister(file, exportedOn: Instant(day: 20_000)).entries else { return }
    let persons = entries.compactMap { entry in if case .person(let person) = entry { person } else { nil } }
    let memberships = entries.compactMap { entry in if case .membership(let member) = entry { member } else { nil } }
    let people = People(persons, memberships: memberships)
    for person in persons.prefix(20) {
      _ = people.absences(of: person.owner)
      _ = people.members(of: person.owner, at: Instant(day: 20_000))
    }
  },
  FuzzTarget("incidents") { (bytes) throws(BrokenPromise) in
    try check(WholeFile(name: "incidents", bytes: bytes), readIncidentRegister)
  },
  FuzzTarget("control-totals") { (bytes) throws(BrokenPromise) in
    try check(WholeFile(name: "totals.csv", bytes: bytes), readControlTotals)
  },
  // What a file is, when nobody says.
  FuzzTarget("survey") { (bytes) throws(BrokenPromise) in
    let folder = FuzzFolder("survey")
    folder.with(["file": bytes]) { _ = try? FileSurvey(path: folder.path + "/file", name: "file") }
  },
]

/// Reads a register: the place of whatever is wrong lies in the file, and there are no more entries than bytes.
private func check<Entry>(
  _ file: WholeFile, _ read: (WholeFile) throws(Diagnostic) -> Register<Entry>
) throws(BrokenPromise) {
  var diagnostics: [Diagnostic] = []
  var entries = 0
  do throws(Diagnostic) {
    let register = try read(file)
    diagnostics = register.diagnostics
    entries = register.entries.count
  } catch {
    diagnostics = [error]
  }
  try expect(entries <= file.bytes.count, "more entries than bytes")
  for diagnostic in diagnostics {
    try expect(diagnostic.byteOffset ?? 0 <= file.bytes.count, "a place behind the file's end: \(diagnostic.place)")
    let lines = file.bytes.count { $0 == 0x0A } + 1
    try expect(diagnostic.line ?? 0 <= lines, "a line behind the file's end: \(diagnostic.place)")
  }
}
