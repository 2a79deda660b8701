extension DiagnosticArea {
  static let owners = DiagnosticArea(
    title: "Owners",
    explanations: [
      .init(
        "backstage-bad-entity",
        "The entity that is stated beside backstage is no reference.",
        "Write entity: component:default/NAME."),
      .init(
        "backstage-entity-missing",
        "The entity that is stated does not stand in the catalog.",
        "Name one of those that the message lists."),
      .init(
        "backstage-entity-unstated",
        "The catalog holds several entities, and the configuration does not say which one stands for the policy.",
        "Write entity: component:default/NAME beside backstage."),
      .init(
        "backstage-too-many",
        "The catalog holds more documents than are read, so it names nobody.",
        "Name a catalog of its own for the component that holds the policy."),
      .init(
        "backstage-without-time",
        "A single catalog file does not say since when its owner holds, so it names nobody.",
        "Write from: with the day of the export, or name the repository with path."),
      .init(
        "codeowners-dialect-unclear",
        "CODEOWNERS stands where GitHub reads it and where GitLab does; GitHub's was read.",
        "Write dialect: github or dialect: gitlab beside codeowners."),
      .init(
        "codeowners-line-skipped",
        "A line of CODEOWNERS cannot be read. It was passed over, as the host passes over it.",
        "Correct the line, or state the dialect."),
      .init(
        "codeowners-two-policies",
        "Several policies are read from the repository, and its CODEOWNERS does not tell their rules apart, so it names nobody.",
        "Read one policy from it, or name the owners in an ownership register."),
      .init(
        "codeowners-without-policy",
        "No policy is read from the repository, so its CODEOWNERS names no rule's owner.",
        "Name the same repository under policy, or use an ownership register."),
      .init(
        "identity-two-persons",
        "An alias is given to a second person; the row was left out.",
        "Give each alias to one person."),
      .init(
        "names-look-alike",
        "Two names are written with other characters and look the same, as with a Cyrillic a. They are judged and listed as two.",
        "Rename one of them, if they are meant to be two; correct it, if they are meant to be one."),
      .init(
        "owner-files-two-policies",
        "Several policies are read from the repository, and its owner files do not tell their rules apart, so they name nobody.",
        "Read one policy from it, or name the owners in an ownership register."),
      .init(
        "owner-files-without-policy",
        "No policy is read from the repository, so its owner files name no rule's owner.",
        "Name the same repository under policy, or use an ownership register."),
      .init(
        "owner-line-skipped",
        "A line of an OWNER file names nobody and was passed over.",
        "Write one @handle or address a line."),
      .init(
        "owners-filter-unreadable",
        "A filter of an OWNERS file is a pattern that is not read; its owners were left out.",
        "Write the filter with plain characters, . * + ? | ( ) [ ] ^ and $."),
      .init(
        "owners-too-many",
        "An owner file names more people than count; those past the limit of each role were left out.",
        "Check that the right files are read."),
      .init(
        "ownership-ends-before-it-begins",
        "An owner's time ends before it begins, or a later commit is dated before an earlier one, so the record covers no instant.",
        "Correct the dates of the record, or the clock of whoever commits."),
      .init(
        "ownership-file-too-large",
        "A file that names owners is larger than 3 MiB, so it names nobody.",
        "Split or shorten the file."),
      .init(
        "ownership-path-unknown",
        "No commit of the main line touches the path, so the repository names no owner.",
        "Check the path with git log --first-parent -- PATH."),
      .init(
        "ownership-too-many-commits",
        "The history is too long to look up the owners at each change of the policy.",
        "Name the owners in an ownership register."),
      .init(
        "servicenow-audit-incomplete",
        "The last change of a field in the audit gives another value than the item has, so changes are missing.",
        "Export the whole audit, and values of one kind: both names, or both ids."),
      .init(
        "servicenow-bad-instant",
        "A time of ServiceNow cannot be read, so the row, or the item, was left out.",
        "Export values, not display values."),
      .init(
        "servicenow-item-unclear",
        "No row, or several, are the item that is named.",
        "Name one item by its sys_id."),
    ])

  static let registers = DiagnosticArea(
    title: "Registers",
    explanations: [
      .init(
        "component-bad-instant",
        "A time in an OSCAL component definition cannot be read; the entry was left out.",
        "Write 2026-07-01 or 2026-07-01T09:00:00Z."),
      .init(
        "component-entry-incomplete",
        "An entry of an OSCAL component definition lacks what an owner or an accepted exception needs; it was left out.",
        "Add what the message names."),
      .init(
        "component-import",
        "A component definition imports others, which are not followed.",
        "Name those files in the configuration too."),
      .init(
        "component-too-many",
        "A component definition holds more entries than are read; the others are left out.",
        "Split the file, and name each part."),
      .init(
        "control-totals-bad-date",
        "The date of a total cannot be read; the row was left out.",
        "Write the UTC day of the total: 2026-07-01."),
      .init(
        "control-totals-bad-number",
        "A number of a total cannot be read; the row was left out.",
        "Write digits only; a cost may have a point."),
      .init(
        "control-totals-cover-nothing",
        "covers of an independent total names no log of the run, so the total was held against nothing.",
        "Write covers as routing-logs names the logs, or leave it out where the total is of all of them."),
      .init(
        "control-totals-no-model",
        "A row of an independent total names no model; it was left out.",
        "Name the model as the provider's export does."),
      .init(
        "control-totals-no-object",
        "Elements of the list of totals are no objects; they were left out.",
        "Fetch the activity again; each element has date, model and requests."),
      .init(
        "control-totals-no-rows",
        "The file has no list of totals, neither at its top nor under data.",
        "Give what OpenRouter's activity endpoint answers, or a CSV table."),
      .init(
        "control-totals-not-json",
        "The file begins like JSON and is not one valid JSON text, so no total of it was read.",
        "Fetch the activity again, and check whether it was cut short."),
      .init(
        "hold-names-no-log",
        "A legal hold names a log that the store does not know, so it keeps nothing by that name.",
        "Write logs as routing-logs names them, or leave the cell empty for all logs."),
      .init(
        "incidents-other-records",
        "Records of another kind stand among the incidents; they were passed over.",
        "Check that the file holds what it should."),
      .init(
        "incidents-unknown-format",
        "The records are neither incidents of PagerDuty nor rows of ServiceNow.",
        "Export one of these, or write a table with the columns id, owner, noticed_at, ended_at."),
      .init(
        "people-bad-record",
        "A record of a directory's export cannot be read; it was left out.",
        "Export it again as the directory writes it."),
      .init(
        "people-day-unknown",
        "The export shows one moment and does not say which, so its memberships are not used.",
        "State the day of the export: as-of beside the path."),
      .init(
        "people-ends-before-it-begins",
        "Somebody's time in the organisation ends before it begins. That they were gone from its end on counts.",
        "Correct the start or the end."),
      .init(
        "people-group-unnamed",
        "No column names the group, so its members are known as people and as members of nothing.",
        "Add a column groupName."),
      .init(
        "people-leaving-undated",
        "Somebody is not active, and the record does not say since when, so nothing follows from it.",
        "Export a log of changes, or a table with leaving dates."),
      .init(
        "people-other-records",
        "Records of another kind stand among the people; they were passed over.",
        "Check that the file holds what it should."),
      .init(
        "people-unknown-format",
        "The records are none of Okta's System Log, Entra's audit log, or users and groups of SCIM.",
        "Export one of these, or write a table of people."),
      .init(
        "register-bad-digest",
        "A cell that should hold a SHA-256 does not; the row was left out.",
        "Write the 64 digits that sha256sum prints."),
      .init(
        "register-bad-flag",
        "A cell is neither yes nor no; the row was left out.",
        "Write yes or no."),
      .init(
        "register-bad-instant",
        "A cell is no date or time that can be read; the row was left out.",
        "Write 2026-07-01 or 2026-07-01T09:00:00Z."),
      .init(
        "register-bad-number",
        "A cell is no whole number of at most 15 digits; the row was left out.",
        "Write digits only."),
      .init(
        "register-bad-period",
        "A cell that should name a period does not. The row does not count.",
        "Write 2026-Q3, 2026-07, 2026, FROM/TO or all."),
      .init(
        "register-bad-share",
        "A cell is no number from 0 to 1; the row was left out.",
        "Write a share such as 0.1."),
      .init(
        "register-bad-word",
        "A cell is none of the words that its column takes; the row was left out.",
        "Write one of the words that the message lists."),
      .init(
        "register-cell-empty",
        "A cell that every row needs is empty; the row was left out.",
        "Fill it in."),
      .init(
        "register-columns-missing",
        "The first row lacks columns that the register needs, so nothing of it was read.",
        "Add the columns, or check that this is the right file."),
      .init(
        "register-control-character",
        "A cell holds a control character; the row was left out.",
        "Remove the character."),
      .init(
        "register-date-order-unknown",
        "A date may mean two days, and no cell of its column tells which; the row was left out.",
        "Write 2026-07-01, or state the order in the column's name: (MM/DD/YYYY) or (DD/MM/YYYY)."),
      .init(
        "register-empty",
        "The file is empty, so the register counts as missing.",
        "Give it a first row with its columns; with that row alone it says that there was nothing."),
      .init(
        "register-quote-unclosed",
        "A quoted field never ends; the rest of the file was not read.",
        "Close the quotation mark."),
      .init(
        "register-row-too-long",
        "A row has more fields than there are columns; it was left out.",
        "Quote fields that hold the separator."),
      .init(
        "register-zone-assumed",
        "Times have no zone and were taken as UTC.",
        "Export times with their zone."),
      .init(
        "trigger-undated",
        "An incident that should lead to a review has no time, so no review can be due after it; it was left out.",
        "State when it was noticed."),
    ])
}
