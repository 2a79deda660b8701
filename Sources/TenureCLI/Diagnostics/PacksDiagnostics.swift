extension DiagnosticArea {
  static let splitsAndPartials = DiagnosticArea(
    title: "Splits and partials",
    explanations: [
      .init(
        "inputs-unusable",
        "The file that workers judge by cannot be read, or is of another version of the program.",
        "Take the file that tenure splits wrote with --out-inputs, and the program of the same version."),
      .init(
        "listing-bad-log",
        "A line of a listing of logs names a log that cannot be planned.",
        "Follow the reason that is shown, or take the line out."),
      .init(
        "listing-unusable",
        "A listing of logs has a line that is no log with its bytes, or names one twice.",
        "Write one object a line: {\"log\":\"logs/july.jsonl\",\"bytes\":1000}."),
      .init(
        "log-without-split",
        "The configuration names a log of which the manifest has no split; its decisions are missing from the pack.",
        "Plan the splits again, and scan those of this log."),
      .init(
        "partial-refused",
        "A partial is damaged, was made with other inputs, or holds the same bytes as another one without being the same. It does not count.",
        "Scan its split again with the same inputs."),
      .init(
        "partial-repeated",
        "A partial holds what another one holds, and counts once.",
        "Leave it out next time."),
      .init(
        "split-log-left-out",
        "No split of a log was planned, for the reason that is shown; its decisions are missing.",
        "Mend the log, and plan the splits again."),
      .init(
        "split-log-without-digest",
        "The digest of a log is neither in the manifest nor can be taken, since the log is not here; it does not count.",
        "Plan the splits without --no-digests, or bring the log to where the configuration names it."),
      .init(
        "split-missing",
        "A split has no partial that can be used, so its log does not count.",
        "Scan it with tenure scan --split, and run again."),
      .init(
        "split-not-as-planned",
        "The partials of a log do not fit what was planned: other bytes, another length or another format. The log does not count.",
        "Plan the splits of the log again, and scan them."),
      .init(
        "split-standard-input",
        "Standard input cannot be split.",
        "Write the log to a file, and name that in routing-logs."),
      .init(
        "split-unknown-log",
        "A split is of a log that the configuration, or the file of inputs, does not name.",
        "Write the file as routing-logs names it; paths are relative to the configuration."),
      .init(
        "splits-of-other-records",
        "The splits were planned with another policy, other registers or other settings, so nothing of them counts.",
        "Name the records that the splits were planned with, or plan again."),
      .init(
        "splits-unusable",
        "The manifest of splits cannot be read.",
        "Take the file that tenure splits wrote, or plan the splits again."),
    ])

  static let store = DiagnosticArea(
    title: "Store",
    explanations: [
      .init(
        "store-damaged",
        "The store was not as it was written. It was set aside, what proves whole was taken over, and the rest is scanned again.",
        "Check the disk; delete the damaged store when nobody needs it."),
      .init(
        "store-history-lost",
        "With a damaged store, what it kept of earlier runs is lost: whether a log was altered or removed since, and how earlier periods stood.",
        "Compare the logs with the pack before this one, which names each with its digest."),
    ])

  static let packs = DiagnosticArea(
    title: "Packs",
    explanations: [
      .init(
        "pack-chain-broken",
        "The pack names another pack before it than the one that was given, or none.",
        "Name the pack that it was compared with, or make it again with --previous-pack."),
      .init(
        "pack-commitments",
        "The commitments of a disclosed pack are out of order, bind one field twice, or are not as many as its ledger states.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-data-missing",
        "The manifest does not list a table that every pack has.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-data-row",
        "Rows of a table are not of its form, or the last row is cut off.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-data-rows",
        "A table has another number of rows than the manifest states.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-document-invalid",
        "An evidence document is no well-formed XML, or not valid against the schema of this program.",
        "Verify with the release that made the pack; otherwise ask for the pack again."),
      .init(
        "pack-document-misplaced",
        "A document stands under the path of another one.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-exchange-differs",
        "A file of exchange/ is not what the evidence document gives, is missing, or is one too many.",
        "Trust the evidence documents; ask for the pack again from where it was made."),
      .init(
        "pack-figures-differ",
        "A figure that stands in several places of the pack is not the same in all of them.",
        "Ask for the pack again, and ask who changed this one."),
      .init(
        "pack-file-changed",
        "A file's bytes are not the ones that the manifest or SHA256SUMS names: it was changed after the pack was made.",
        "Ask for the pack again, and ask who changed this one."),
      .init(
        "pack-file-changing",
        "A file was changed while it was being read, so nothing can be said of it.",
        "Copy the pack to where nobody writes, and verify the copy."),
      .init(
        "pack-file-extra",
        "A file is not on the manifest, so nobody vouches for it.",
        "Remove it."),
      .init(
        "pack-file-missing",
        "The manifest lists a file that is not there; or the folder has no manifest and is no pack.",
        "Name the folder of a pack, or ask for it again."),
      .init(
        "pack-file-unreadable",
        "A file of the pack cannot be read.",
        "Check its permissions."),
      .init(
        "pack-format-unknown",
        "The pack states a format that this program does not know: a later one, or one of before the first release. Nothing else was said of it.",
        "Use a later Tenure; its changelog says which formats it knows."),
      .init(
        "pack-id-twice",
        "One id stands twice on a page, so links to it lead to the first only.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-index-differs",
        "evidence/pack.xml names another digest of a document than the manifest, or leaves it out.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-level",
        "The manifest and the ledger do not agree on the pack's level or on the internal pack that it was made from.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-link-dead",
        "A page links to a page or an anchor that the pack does not have.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-manifest-entry",
        "An entry of the manifest has no safe path, no digest or no size, or two cannot both be.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-manifest-invalid",
        "manifest.xml is no well-formed manifest, so nothing else can be checked.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-manifest-missing",
        "The folder has no manifest.xml of a readable size, so it is no pack.",
        "Name the folder of a pack."),
      .init(
        "pack-no-dossiers",
        "The pack was made by a version without dossiers.",
        "Make it again with this version, or name another with --pack."),
      .init(
        "pack-no-schema",
        "The program's own schema cannot be read.",
        "Install Tenure again."),
      .init(
        "pack-not-a-folder",
        "The path is no folder, where one is needed.",
        "Name the folder of a pack, or a zip of one."),
      .init(
        "pack-oscal",
        "An OSCAL file of the pack breaks a rule of OSCAL, or its JSON does not say what its XML says.",
        "Trust the evidence documents; ask for the pack again from where it was made."),
      .init(
        "pack-page-differs",
        "A page is not what its stylesheet makes of its document: somebody or something changed the page.",
        "Trust the evidence document, and make the page again with xsltproc."),
      .init(
        "pack-page-empty",
        "A page has no main part, so it says nothing.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-page-missing",
        "A document has no page on the manifest.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-page-source",
        "The manifest says that a page or a file is made from another source than it has to be.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-page-unsourced",
        "The manifest does not say what a page was made from.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-rerun-differs",
        "Judging the inputs again gives other tables than the pack has: the inputs, the settings or the program are not the ones that made it.",
        "Set the digests of inputs on scope.html against the files that you hold, and the settings beside them."),
      .init(
        "pack-sample-differs",
        "A sample is not the one that the stated seed draws, or no document says how it was drawn.",
        "Ask for the pack again, and ask who chose the sample."),
      .init(
        "pack-special-file",
        "Something in the pack is no regular file, or lies behind a link; it was not opened.",
        "Remove it."),
      .init(
        "pack-sums-differ",
        "SHA256SUMS and the manifest do not agree.",
        "Ask for the pack again, and ask who changed this one."),
      .init(
        "pack-sums-line",
        "A line of SHA256SUMS is no digest with a path, or stands twice.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-sums-missing",
        "There is no SHA256SUMS of a readable size.",
        "Ask for the pack again from where it was made."),
      .init(
        "pack-templates-other",
        "The templates in the pack are not this program's, so its pages were not made again.",
        "Verify with the release that made the pack, or with --templates."),
      .init(
        "pack-too-large",
        "A file, or the pack, is larger than is read, so what is past that was not checked.",
        "Check that the folder holds a pack and nothing else."),
      .init(
        "pack-too-many-files",
        "The folder holds more files than any pack; none was read.",
        "Check that the folder holds a pack and nothing else."),
      .init(
        "pack-totals",
        "Totals that have to add up do not: lines, classes, rows or sums of tables.",
        "Ask for the pack again, and ask who changed this one."),
    ])
}
