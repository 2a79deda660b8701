extension DiagnosticArea {
  static let catalogsAndMappings = DiagnosticArea(
    title: "Catalogs and mappings",
    explanations: [
      .init(
        "catalog-control-incomplete",
        "A control of a catalog lacks its id or title; it was left out.",
        "Add both."),
      .init(
        "catalog-control-twice",
        "One id stands twice in a catalog.",
        "Keep one."),
      .init(
        "catalog-key-missing",
        "A catalog lacks a key that says what it is.",
        "Add it."),
      .init(
        "catalog-no-check",
        "A control without a check does not say why, or one with a check says that it has none.",
        "Add no-check with the reason, or remove it."),
      .init(
        "catalog-twice",
        "Two catalogs have one id.",
        "Give each an id of its own."),
      .init(
        "catalog-unknown-parent",
        "A control names a parent that does not stand before it.",
        "Move or correct the parent."),
      .init(
        "check-without-blind-spot",
        "A check does not say what a pass of it cannot show.",
        "State it in the check's definition."),
      .init(
        "citation-unknown-control",
        "A ruling on a citation leads to a control that its catalog lacks.",
        "Correct the id."),
      .init(
        "citation-without-ruling",
        "A citation is listed without a usable ruling.",
        "Write reads-as with controls, not-an-id, ambiguous or does-not-exist."),
      .init(
        "mapping-check-unmapped",
        "A check is mapped to no control at all, so its evidence is used nowhere.",
        "Map it."),
      .init(
        "mapping-check-without-id",
        "An entry of a mapping names no check.",
        "Add check."),
      .init(
        "mapping-core-check-unmapped",
        "A check is mapped to no control of a core framework, and nothing says why.",
        "Map it, or list it under unmapped with the reason."),
      .init(
        "mapping-forbidden-word",
        "A sentence uses a word, such as certified, for what no record can decide.",
        "Say what the records are evidence for, limit or detect."),
      .init(
        "mapping-relation-too-strong",
        "A relation says that a check covers a control. A check over routing records is narrower than any control.",
        "Write subset-of or intersects-with."),
      .init(
        "mapping-shared-rationale",
        "Two pairs have one rationale, so one of them says nothing of its own pair.",
        "Say what this check and this control have in common."),
      .init(
        "mapping-to-group",
        "A check is mapped to a heading, which is no control.",
        "Map it to a control below that heading."),
      .init(
        "mapping-twice",
        "One pair of check and control stands twice.",
        "Keep one entry a pair."),
      .init(
        "mapping-unknown-check",
        "The mapping names a check that this version has not.",
        "Remove it, or correct the id."),
      .init(
        "mapping-unknown-control",
        "The mapping names a control that its catalog has not.",
        "Correct the id."),
      .init(
        "mapping-unknown-effect",
        "An effect is neither limits nor detects.",
        "Write one of the two, or both."),
      .init(
        "mapping-unknown-framework",
        "The mapping is of a catalog that is not there.",
        "Add the catalog, or correct the id."),
      .init(
        "mapping-unknown-relation",
        "A relation is none that a mapping may state.",
        "Write subset-of or intersects-with."),
      .init(
        "mapping-without-framework",
        "A file of a mapping does not say of which framework it is, so none of its pairs counts.",
        "Add framework, a catalog's id."),
      .init(
        "mapping-without-rationale",
        "A pair does not say why the check speaks about the control.",
        "Write the rationale."),
      .init(
        "override-incomplete",
        "An override lacks what it needs, so the mapping stays as its file has it.",
        "Add check, framework, control, reason and decided-by."),
      .init(
        "override-of-nothing",
        "An override removes a pair that is not mapped, or is of a framework that is not there.",
        "Correct the ids, or remove the override."),
      .init(
        "override-unclear",
        "An override does not say what holds instead, or its date cannot be read; it is not applied.",
        "Write either relation or remove: true, and the date as 2026-11-30."),
      .init(
        "overrides-too-many",
        "There are more overrides than are applied.",
        "Keep fewer, or change the mapping's file itself."),
      .init(
        "review-incomplete",
        "A reviewed mapping does not say who read it and when.",
        "Write name, role and date of each reviewer."),
      .init(
        "review-unknown-status",
        "The state of a review is no word that is known.",
        "Write draft or reviewed."),
      .init(
        "spelling-bad-pattern",
        "A spelling of citations is no regular expression.",
        "Correct it."),
      .init(
        "spelling-unknown-framework",
        "A spelling of citations is of a catalog that is not there.",
        "Correct the id."),
      .init(
        "unmapped-not-so",
        "A check is listed as unmapped and is mapped all the same, or does not say why it is unmapped.",
        "Remove the entry, or say why."),
      .init(
        "unmapped-unknown-check",
        "A check that is listed as unmapped is none of this version.",
        "Remove the entry, or correct the id."),
    ])

  static let oscalDocuments = DiagnosticArea(
    title: "OSCAL documents",
    explanations: [
      .init(
        "oscal-control-repeated",
        "Controls come into a profile more than once; the first of each counts.",
        "Exclude them in the later imports, or say combine method use-first."),
      .init(
        "oscal-control-unknown",
        "A profile chooses a control that does not stand in what it imports.",
        "Correct the id, or take it out."),
      .init(
        "oscal-control-unplaced",
        "Chosen controls are put under no group of the profile and are left out.",
        "Add insert-controls for them to merge, custom."),
      .init(
        "oscal-entry-incomplete",
        "A group or control lacks a title or a usable id; it is left out.",
        "Add both."),
      .init(
        "oscal-id-twice",
        "One id or uuid stands twice; the second entry is left out.",
        "Give each an id of its own."),
      .init(
        "oscal-import-address",
        "A profile imports by an address. Nothing is fetched, so what it imports is missing.",
        "Save the document beside the profile, and write its relative path in href."),
      .init(
        "oscal-import-circle",
        "A profile imports a document by which it is itself imported.",
        "Take one of the imports out."),
      .init(
        "oscal-import-outside",
        "A profile imports a file outside of the folder that is read; it was not opened.",
        "Save the document in the folder of the configuration or of the profile."),
      .init(
        "oscal-import-unreadable",
        "What a profile imports cannot be read.",
        "Follow the reason that is shown for that file."),
      .init(
        "oscal-more",
        "A profile has more faults than are listed one by one.",
        "Mend those that are listed first."),
      .init(
        "oscal-no-catalog",
        "The document is OSCAL, or looks like it, and neither a catalog nor a profile.",
        "Name an OSCAL catalog or profile."),
      .init(
        "oscal-no-component-definition",
        "The document is no OSCAL component definition.",
        "Name a component definition; other documents of OSCAL are not read here."),
      .init(
        "oscal-no-controls",
        "No control of the document can be used.",
        "Name a catalog that lists controls, or a profile that chooses some."),
      .init(
        "oscal-no-json",
        "The file is neither XML nor one valid JSON text.",
        "Name an OSCAL document in XML or JSON."),
      .init(
        "oscal-no-xml",
        "The file cannot be read as XML.",
        "Name a well-formed document without a document type."),
      .init(
        "oscal-other-version",
        "The document states a version of OSCAL that this program does not know.",
        "Compare the controls on the framework's page with the document."),
      .init(
        "oscal-profile-not-done",
        "Some of what a profile asks for is not done; the message lists it.",
        "Compare the controls on the framework's page with the profile."),
      .init(
        "oscal-too-deep",
        "Groups or controls stand deeper than is read and are left out there.",
        "Put them nearer to the top."),
      .init(
        "oscal-too-large",
        "The file is larger than any document of its kind, so it was not read.",
        "Name the document itself, without those that belong to it."),
      .init(
        "oscal-too-many-choices",
        "The patterns and selections of a profile take too long to work out; some controls were passed over.",
        "Name controls with with-id, each document in one import."),
      .init(
        "oscal-too-many-controls",
        "The document lists more groups and controls than are read; the others are left out.",
        "Name a catalog with the controls that concern you."),
      .init(
        "oscal-too-many-files",
        "Profiles import deeper, or more files, than is followed; what is past that is left out.",
        "Resolve the profile beforehand, and name the catalog that comes of it."),
      .init(
        "oscal-too-many-imports",
        "A profile has more imports than are followed; the others are left out.",
        "Join imports of one document."),
    ])
}
