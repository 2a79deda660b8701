/// Formats that stylesheets of `templates/exchange/` make. They stand here to be described with the others.
enum StylesheetFormats {
  static let junit = FormatDescription(
    name: "junit", title: "JUnit: a test case for each check",
    standard: "JUnit XML as Surefire and Jenkins read it (junit-10.xsd)",
    validated: "junit-10.xsd of the Jenkins xUnit plugin, as the sources of pytest carry it",
    files: [.init(path: "junit.xml", says: "one test suite; made by `templates/exchange/junit.xsl`")],
    results: [
      "`failure` of type `fail`", "`skipped` of type `exception`", "`skipped` of type `cannot-tell`",
      "a test case without either", "`skipped` of type `not-applicable`",
    ],
    fields: [
      .init(
        name: "testsuite/@tests, @failures, @errors, @skipped",
        holds: "checks; those that failed; 0; those that are skipped"),
      .init(name: "testsuite/@timestamp", holds: "the `time` of the exchange document, as a pack has no clock"),
      .init(
        name: "testsuite/properties",
        holds: "organisation, period, level, version, totals of decisions, findings by result"),
      .init(name: "testcase/@name", holds: "the id and the title of the check"),
      .init(name: "testcase/@classname", holds: "`tenure.` and the family of the check, such as `OWN`"),
      .init(name: "testcase/@time", holds: "0, as a pack has no clock"),
      .init(name: "failure/@message, skipped/@message", holds: "why the check has its result"),
      .init(name: "failure/text()", holds: "the findings that failed, one a line"),
      .init(name: "system-out", holds: "counts, missing records and every finding, with pages of the pack"),
    ],
    notes: [
      "A check that cannot tell is skipped, not failed: nothing is wrong with what was tested, and a job that is red for want of a register is soon ignored. Its message names what is missing. A job that must not go on without it reads the exit status of `tenure run`.",
      "An accepted exception is skipped, so that the job is not red for a risk that somebody took, and the exception still stands in the report.",
      "`errors` is 0: a run that could not be made writes no pack.",
    ],
    cannotExpress: [
      "Counts, controls, owners and changes have no field; counts stand in the text of a case.",
      "Three results share one outcome, skipped; the type tells them apart, where the reader shows it.",
    ])

  static let summary = FormatDescription(
    name: "summary", title: "Markdown: a page for a CI job", standard: "GitHub Flavored Markdown",
    validated: "a Markdown parser, which must find tables and headings and nothing else",
    files: [
      .init(
        path: "summary.md",
        says:
          "counts by result, what failed, what cannot tell, controls by state; made by `templates/exchange/summary.xsl`"
      )
    ],
    results: ["`fail`", "`accepted exception`", "`cannot tell`", "`pass`", "`not applicable`"],
    fields: [
      .init(name: "first table", holds: "checks and findings by result"),
      .init(name: "Checks that failed", holds: "each with why and how many of how many"),
      .init(name: "Findings that failed", holds: "the first 50, and of how many"),
      .init(name: "Checks that cannot tell", holds: "each with the record that it lacks"),
      .init(name: "Controls by state", holds: "for each framework how many controls are in which state"),
    ],
    notes: [
      "Values are cut after 300 characters. Line ends become blanks, and direction controls are taken out.",
      "Characters that could be markup are written as numeric references. A zero-width space follows `@`, `#`, `!`, `~`, `&` and `$`, so that no text mentions a person or refers to an issue.",
      "A name of an emoji between colons may show as its picture.",
    ],
    cannotExpress: [
      "It has no links, as a job page does not know where the pack is kept.",
      "Accepted exceptions, owners, versions and changes are counted at most.",
    ])
}
