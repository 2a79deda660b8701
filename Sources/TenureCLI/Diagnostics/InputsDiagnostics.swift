extension DiagnosticArea {
  static let configuration = DiagnosticArea(
    title: "Configuration",
    explanations: [
      .init(
        "config-audit-bad-line",
        "A line of OpenClaw's audit is no config.write with ts and nextHash, so it was left out; the version that it would date keeps the date in its file's name.",
        "Hand in the audit as OpenClaw wrote it."),
      .init(
        "config-audit-break",
        "Two writes of OpenClaw's audit do not meet: the text before the second is not the text after the first. The config was changed in between, and no record shows how.",
        "Find out who changed the config without OpenClaw, and keep that text as a version."),
      .init(
        "config-audit-more",
        "OpenClaw's audit has more lines with trouble than are listed one by one.",
        "Mend those that are listed, and run again."),
      .init(
        "config-audit-suspicious",
        "OpenClaw marked this write of its own config as suspicious; the words are OpenClaw's.",
        "Ask who made the change and why."),
      .init(
        "config-audit-text-missing",
        "The audit names a text by its digest, and no file of the folder has it. The version was in force, and its rules are unknown.",
        "Put that version of the config into the folder, byte for byte."),
      .init(
        "config-audit-version-unknown",
        "The audit knows no write of this text, so the date in the file's name was taken for when it took effect.",
        "Check that the file is the config as it was written, byte for byte."),
      .init(
        "config-bad-value",
        "A value of the configuration, the environment or a flag is not of the kind that its key takes.",
        "Write the value as the message says; docs/configuration.md lists what each key takes."),
      .init(
        "config-empty",
        "The configuration is no mapping of keys, so it names no input.",
        "Run tenure init in the folder of your records to have one written."),
      .init(
        "config-framework-twice",
        "Two entries of frameworks come to one id, so their controls could not be told apart.",
        "Give the OSCAL catalog another id: {path: …, id: …}."),
      .init(
        "config-no-policy",
        "The configuration names no policy. No version is in force at any instant, so no decision can be judged by a rule.",
        "Name the policy's folder, repository or tables under policy."),
      .init(
        "config-too-many-rules",
        "The text makes more rules than any gateway's config does, so it is taken for another file; the version's rules are unknown.",
        "Check that the configuration names the right file."),
      .init(
        "config-unknown-framework",
        "frameworks names a catalog that neither comes with the program nor stands in your mappings.",
        "Use one of the ids that the message lists, or name an OSCAL catalog by its path."),
      .init(
        "config-unknown-key",
        "The configuration has a key that no version of the program reads; it was passed over, so what it should have set is not set.",
        "Correct the spelling, or remove the key."),
      .init(
        "folder-missing",
        "tenure init was pointed at a folder that is not there.",
        "Name a folder that holds your records."),
      .init(
        "scope-bad-date",
        "A date of a decision that puts a control out of scope cannot be read, so the decision does not apply and the control is judged.",
        "Write a date such as 2027-01-01."),
      .init(
        "scope-decision-began-later",
        "A decision that puts a control out of scope began after the period did, so the control is judged in this period.",
        "Nothing, where that is so; later periods follow the decision."),
      .init(
        "scope-decision-ended",
        "A decision that puts a control out of scope ended before the period did, so the control is judged.",
        "Have it decided again with a later until, or remove it."),
      .init(
        "scope-decision-incomplete",
        "A decision on scope lacks the control or who decided it, so it does not apply.",
        "Write control, decided-by, why and until."),
      .init(
        "scope-unknown-control",
        "A decision on scope names a control that no chosen framework has, so it has no effect.",
        "Write the id as tenure gaps prints it, or remove the decision."),
      .init(
        "scope-without-end",
        "A decision on scope has no end. It applies, and nobody is reminded to decide it again.",
        "Add until, the first day on which it no longer holds."),
    ])

  static let files = DiagnosticArea(
    title: "Files",
    explanations: [
      .init(
        "export-malformed",
        "A line of an export is no JSON object, so it was left out.",
        "Export again, and check whether the file was cut short."),
      .init(
        "export-no-object",
        "Elements of an export's list are no objects, so they were left out.",
        "Export again; each element has to be an object."),
      .init(
        "export-not-json",
        "The file begins like JSON and is neither one valid JSON text nor one object a line, so nothing of it was read.",
        "Export again, and check whether the file was cut short."),
      .init(
        "export-one-page",
        "The export says of itself that there are more pages. What those hold is not known.",
        "Export every page, and name each file."),
      .init(
        "file-too-large",
        "The file is larger than any file of its kind is taken to be, so it was not read.",
        "Check that the configuration names the right file."),
      .init(
        "file-unreadable",
        "A file or folder is not there, or the system does not let it be opened or read to its end.",
        "Check the path (it is relative to the configuration), the permissions and the disk."),
      .init(
        "folder-unreadable",
        "A folder that was named is none, or cannot be read.",
        "Name a folder that holds packs, or check its permissions."),
      .init(
        "json5-syntax",
        "The text is no valid JSON5 from the place that is named, so it was not read.",
        "Correct the text at that place."),
      .init(
        "json5-too-deep",
        "Values are nested deeper than any config nests them, so the text was not read.",
        "Check that the file is the config that it should be."),
      .init(
        "json5-too-large",
        "The text is larger than 16 MiB, so it was not read.",
        "Check that the configuration names the right file."),
      .init(
        "json5-too-many-nodes",
        "The text holds more values than any config does, so it was not read.",
        "Check that the file is the config that it should be."),
      .init(
        "not-a-file",
        "The path names a folder, a pipe or a device where a file is expected, so it was not opened.",
        "Name a file; for a routing log, - is standard input."),
      .init(
        "not-utf-16",
        "The text begins as UTF-16 does and is not UTF-16 to its end, so it was not read.",
        "Save the file as UTF-8."),
      .init(
        "not-utf-8",
        "The text stops being UTF-8 at the byte that is named, so it was not read.",
        "Save the file as UTF-8."),
      .init(
        "yaml-many-documents",
        "The file holds several YAML documents where one is expected.",
        "Put each into a file of its own."),
      .init(
        "yaml-syntax",
        "The text is no valid YAML at the place that is named, so it was not read.",
        "Correct the text at that place."),
      .init(
        "yaml-too-large",
        "The text is larger than 16 MiB, so it was not read.",
        "Check that the configuration names the right file."),
      .init(
        "yaml-too-many-nodes",
        "By aliases or nesting the text stands for more values than are read, so it was not read.",
        "Write values out instead of repeating them by alias."),
    ])

  static let routingLogs = DiagnosticArea(
    title: "Routing logs",
    explanations: [
      .init(
        "field-map-bad-path",
        "A path of a field map cannot be read, so the map is not used.",
        "Write names with dots between, and [0] or [-1] for an element: usage.cost, choices[0].model."),
      .init(
        "field-map-bad-value",
        "A value of a field map is none that its key takes, so the map is not used.",
        "Write what the message names."),
      .init(
        "field-map-empty",
        "The file is no mapping of keys, so it is no field map.",
        "Begin with a map of the program: tenure fieldmap show NAME prints one."),
      .init(
        "field-map-missing-key",
        "A key that every field map needs is missing, so the map is not used.",
        "Add the key that is named."),
      .init(
        "field-map-too-large",
        "The file is larger than 1 MiB, which no field map is.",
        "Check that the configuration names the right file."),
      .init(
        "field-map-unknown",
        "The name is neither a field map of this version nor a file.",
        "tenure fieldmap list names the maps of this version."),
      .init(
        "field-map-unknown-key",
        "A field map has a key that is not known at its place. A misspelt key would change without a word what is read, so the map is refused.",
        "Use one of the keys that the message lists."),
      .init(
        "log-altered",
        "A log that an earlier run scanned no longer begins with the same bytes, or is shorter. The pack shows what it holds now.",
        "Ask who changed the log, and compare it with a copy."),
      .init(
        "log-gone",
        "A log that an earlier run scanned is no longer there. As a warning: what it came to was kept and counts. As an error: the records that judged it have changed since, so its decisions are missing.",
        "Bring the log back; keep logs for as long as a pack may be questioned."),
      .init(
        "log-gone-before-a-version",
        "A log is gone, and the policy versions beside those that judged it have changed. What its own versions said stands; what the neighbours would have said is not counted.",
        "Fetch the log again to have it counted."),
      .init(
        "routing-log-missing",
        "An entry of routing-logs finds no file.",
        "Check the entry; paths are relative to the configuration."),
      .init(
        "routing-log-unknown-format",
        "None of the first records is of a format that this version reads, so the log was left out.",
        "Run tenure detect on it; state its format, or write a field map."),
      .init(
        "scan-failed",
        "A log could not be scanned for a reason outside of it, such as the disk or the store.",
        "Check the disk and the store, and run again."),
      .init(
        "source-changed",
        "The file was changed in the middle while it was read, so none of it counts.",
        "Run again when nothing writes to it but at its end, or read a copy."),
      .init(
        "source-damaged",
        "Compressed data, or a log that was judged before, breaks off or is corrupt. Records before the damage were read.",
        "Fetch the file again."),
    ])

  static let rejectedLines = DiagnosticArea(
    title: "Rejected lines",
    explanations: [
      .init(
        "bad-instant",
        "The record's time is missing, or is no instant as the log's format writes them. The line counts as malformed.",
        "Have the gateway write RFC 3339 times, such as 2026-07-01T00:00:00Z."),
      .init(
        "empty-model",
        "A success names neither the model that was asked for nor the one that answered. The line counts as malformed.",
        "Have the gateway write both."),
      .init(
        "empty-request-id",
        "The record has no request id, so the decision could not be found again. The line counts as malformed.",
        "Have the gateway write its request id with every decision."),
      .init(
        "not-an-object",
        "The line is JSON, but no object. It counts as malformed.",
        "Look at the bytes of the line; ask the log's writer whether it was cut short."),
      .init(
        "not-json",
        "The line is not one valid JSON value. It counts as malformed.",
        "Look at the bytes of the line; ask the log's writer whether it was cut short."),
      .init(
        "too-long",
        "The record is longer than 16 MiB, so it was not read. It counts as malformed.",
        "Check whether a payload is logged with each decision; Tenure needs none."),
      .init(
        "unknown-outcome",
        "The record's outcome is none of success, blocked and error. The line counts as malformed.",
        "Name the outcome one of the three."),
      .init(
        "wrong-columns",
        "The fields of a row do not fit the table's columns. The row counts as malformed.",
        "Look for a separator or a quotation mark that is not quoted, or a row that was cut short."),
    ])
}
