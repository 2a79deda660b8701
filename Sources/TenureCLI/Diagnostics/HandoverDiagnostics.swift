extension DiagnosticArea {
  static let seals = DiagnosticArea(
    title: "Seals",
    explanations: [
      .init(
        "seal-chain-broken",
        "A seal names another pack before this one than the pack does.",
        "Ask its signer which pack was sealed."),
      .init(
        "seal-differs",
        "A part of a seal is not what its envelope holds.",
        "Ask the signer for the seal again."),
      .init(
        "seal-earlier-changed",
        "A seal that was there when a later one was made is gone or was changed.",
        "Ask its signer for it again."),
      .init(
        "seal-extra",
        "A file in seal/ belongs to no seal.",
        "Remove it."),
      .init(
        "seal-forged",
        "A signature is not by the key that it names.",
        "Do not trust this seal; ask the signer."),
      .init(
        "seal-key-missing",
        "A key file cannot be read.",
        "Name a PEM file of one key."),
      .init(
        "seal-key-open",
        "Others than its owner may read a private key, so a signature by it proves nothing about who signed.",
        "Run chmod 600 on it, and think about a new key."),
      .init(
        "seal-key-unreadable",
        "The file is no Ed25519 key in PEM.",
        "Make one with openssl genpkey -algorithm ed25519; openssl pkey -pubout writes the public one."),
      .init(
        "seal-missing",
        "A key that is trusted has not sealed this pack.",
        "Ask its owner for the seal, or name the key that did."),
      .init(
        "seal-not-written",
        "A seal or time stamp could not be written into the pack.",
        "Check the disk and the rights of the folder."),
      .init(
        "seal-of-another-pack",
        "A seal is over another manifest than this pack's: the pack was made again or changed since.",
        "Have this pack sealed, or verify the one that was."),
      .init(
        "seal-timestamp-missing",
        "The file of a time stamp cannot be read.",
        "Name the answer of a time-stamp authority."),
      .init(
        "seal-timestamp-other",
        "A time stamp names other bytes than a signature of this pack.",
        "Ask for one with openssl ts -query -data seal/NAME.sig -sha256 -cert."),
      .init(
        "seal-timestamp-unreadable",
        "The file is no time-stamp response that holds a token.",
        "Name the answer of a time-stamp authority as it came."),
      .init(
        "seal-too-many",
        "There are more seals than are read.",
        "Keep the seals that matter."),
      .init(
        "seal-unreadable",
        "A seal is no envelope with one signature over a seal's statement.",
        "Ask the signer for the seal again."),
    ])

  static let zips = DiagnosticArea(
    title: "Zips",
    explanations: [
      .init(
        "zip-bomb",
        "A zip holds more files, or grows to more bytes, than any pack, so nothing of it was unpacked.",
        "Ask for the pack as a folder."),
      .init(
        "zip-damaged",
        "A file does not come out as the zip describes it; it was left out.",
        "Ask for the zip again."),
      .init(
        "zip-entry",
        "An entry of the zip is of a kind that no zip of a pack has, such as a link or an encrypted file.",
        "Ask for a zip made by tenure zip."),
      .init(
        "zip-in-the-way",
        "A file that is no zip has the name that the zip would get.",
        "Move it away, or name another file with --out."),
      .init(
        "zip-layout",
        "Bytes stand before, between or behind the files of the zip, or its two descriptions of a file differ.",
        "Ask for a zip made by tenure zip."),
      .init(
        "zip-name",
        "A name in the zip is no name of a file in a pack, or two cannot both be.",
        "Ask for a zip made by tenure zip."),
      .init(
        "zip-scratch",
        "No temporary folder can be made, or written, to unpack the zip into.",
        "Make room, or name another folder with TMPDIR."),
      .init(
        "zip-too-large",
        "A zip of this pack would have 4 GB or more, or too many files.",
        "Hand it over as a folder, or in an archive of another kind."),
      .init(
        "zip-unreadable",
        "The path is neither a folder nor a zip of at most 4 GB that can be read.",
        "Name the folder of a pack, or a zip of one."),
      .init(
        "zip-write",
        "The zip cannot be written.",
        "Check the folder and its rights."),
    ])

  static let disclosure = DiagnosticArea(
    title: "Disclosure",
    explanations: [
      .init(
        "disclosure-collision",
        "Two values would get one pseudonym under this key, so no pack was made.",
        "Use another key file."),
      .init(
        "disclosure-conflict",
        "A hidden value stands in the pack all the same, as an id that is kept or as a word of its pages.",
        "Look whether that gives anything away; rename the id where it does."),
      .init(
        "disclosure-key",
        "The key file cannot be read or made, others than its owner may read it, it lies in the pack's folder, or it is too short or too long to be a key.",
        "Make one with tenure disclose --new-key, and keep it apart from packs."),
      .init(
        "disclosure-leak",
        "A value that the level hides would stand in the new pack, so none was made.",
        "Find the field in the document that is named, and decide about it in templates/disclosure.xml."),
      .init(
        "disclosure-names",
        "The file of further names to hide cannot be read.",
        "Name a text file with one name a line."),
      .init(
        "disclosure-not-valid",
        "A document would no longer be valid with its fields hidden.",
        "Report it: a field that may not be empty has no entry in templates/disclosure.xml."),
      .init(
        "disclosure-pack",
        "The pack is not sound, or of another level or version than can be disclosed.",
        "Run tenure verify on it, or make it again with tenure run."),
      .init(
        "disclosure-write",
        "A file of the new pack cannot be written.",
        "Check the disk."),
      .init(
        "reveal-differs",
        "The pack binds the field to another digest than this key gives.",
        "Use the key file that the pack was made with."),
      .init(
        "reveal-other-pack",
        "The internal pack is not the one that the disclosed pack was made from.",
        "Name that one with --internal."),
      .init(
        "reveal-unknown",
        "The pack binds no such field of that record, or this key gives none.",
        "Check the record and the field on the page, and use the key file that the pack was made with."),
    ])

  static let dossiers = DiagnosticArea(
    title: "Dossiers",
    explanations: [
      .init(
        "dossier-cannot-write",
        "The PDF cannot be written.",
        "Check the folder and the disk, or name another file with --pdf."),
      .init(
        "dossier-engine-failed",
        "The engine could not print the page; its own reason is shown.",
        "In a container Chromium may need --no-sandbox; otherwise try the other engine, or print the page from a browser."
      ),
      .init(
        "dossier-no-engine",
        "Neither Chromium nor WeasyPrint is on the PATH.",
        "Install one, or print the page from a browser; it is made for paper."),
      .init(
        "dossier-no-pdf",
        "The engine ended without a PDF.",
        "Try the other engine with --engine, or print the page from a browser."),
      .init(
        "dossier-other-framework",
        "The control is of a framework that is not in the pack.",
        "Choose the framework under frameworks in the configuration, and make the pack again."),
      .init(
        "dossier-root",
        "Chromium does not run as root with its sandbox.",
        "Run as another user, install WeasyPrint, or add --no-sandbox where a container is the sandbox."),
      .init(
        "dossier-several",
        "The name stands for several dossiers, and a PDF is of one.",
        "Name one of them by its page."),
      .init(
        "dossier-unknown-name",
        "No rule and no control of the pack has that name.",
        "Look at r/index.html and c/index.html of the pack for all names."),
    ])
}
