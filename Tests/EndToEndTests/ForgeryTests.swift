import Foundation
import Testing

/// Wrong figures, sources and lists, planted by somebody who takes all digests again.
struct ForgeryTests {
  @Test func aMendedCopyHasNoFault() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try pack.replace("</h1>", "</h1> ", in: "verify.html")
    try pack.mend()
    #expect(try pack.faults().isEmpty)
  }

  /// One wrong figure in each kind of document, all in one pack; each is named.
  @Test func aWrongFigureInAnyKindOfDocumentIsFound() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    let finding = try name(in: pack, "f", where: " n=\"")
    let source = try name(in: pack, "s", where: " judged=\"")
    let version = try name(in: pack, "v", where: "decisions=\"1")
    let control = try name(in: pack, "c", where: "<control ")
    let figures: [(file: String, pattern: String, new: String)] = [
      ("evidence/k/rg-own-01.xml", #" exceptions="\d+""#, " exceptions=\"77\""),
      ("evidence/k/index.xml", #" population="\d+""#, " population=\"77777\""),
      (finding, #" n="\d+""#, " n=\"77777\""),
      ("evidence/f/index.xml", #" of="\d+" current"#, " of=\"1\" current"),
      (source, #" judged="\d+""#, " judged=\"77777\""),
      ("evidence/s/index.xml", #" malformed="\d+""#, " malformed=\"77777\""),
      ("evidence/r/pii-to-trusted.xml", #"<tally n="\d+""#, "<tally n=\"77777\""),
      ("evidence/r/index.xml", #" decisions="\d+""#, " decisions=\"77777\""),
      ("evidence/o/index.xml", #" decisions="\d+""#, " decisions=\"77777\""),
      (version, #" decisions="\d+""#, " decisions=\"77777\""),
      (control, #" state="[a-z-]+""#, " state=\"out-of-scope\""),
      ("evidence/m/owasp-asi-2026.xml", #"(?s)<row ([^>]*) state="[a-z-]+""#, "<row $1 state=\"partial\""),
      (
        "evidence/c/owasp-asi-2026.xml", #"<state-count state="no-check" n="\d+""#,
        "<state-count state=\"no-check\" n=\"7\""
      ),
      ("evidence/exchange.xml", #"(<exchange-check [^>]*) population="\d+""#, "$1 population=\"77777\""),
      ("evidence/d/sample.xml", #" seed="[^"]*""#, " seed=\"another\""),
      ("evidence/o/by-exceptions.xml", #" organisation="[^"]*""#, " organisation=\"Another\""),
      ("index.html", #"<a href="reconciliation.html">\d+</a>"#, "<a href=\"reconciliation.html\">77</a>"),
    ]
    var planted: [String] = []
    for (file, pattern, new) in figures {
      guard FileManager.default.fileExists(atPath: pack.path + "/" + file) else { continue }
      let text = try pack.text(file)
      guard let range = text.range(of: pattern, options: .regularExpression) else { continue }
      let changed = String(text[range]).replacingOccurrences(of: pattern, with: new, options: .regularExpression)
      try pack.write(text.replacingCharacters(in: range, with: changed), to: file)
      planted.append(file)
    }
    #expect(planted.count >= figures.count - 2, "\(planted)")
    try pack.mend()
    let found = try pack.faults()
    for file in planted where file != "evidence/f/index.xml" {
      // The one of two documents that is read later is named; its sentence names the other.
      let other = file.hasPrefix("evidence/") ? "pack-figures-differ: evidence/" : "pack-figures-differ: " + file
      #expect(found.contains("pack-figures-differ: " + file) || found.contains { $0.hasPrefix(other) }, "\(file)")
    }
    for id in ["k/rg-own-01", "d/sample"] { #expect(found.contains { $0.contains(id) }, "\(found)") }
    #expect(found.contains("pack-figures-differ: index.html"))
    #expect(found.count >= planted.count - 1, "\(found)")
  }

  /// The path of the first document of a folder that has a text.
  private func name(in pack: ForgedPack, _ folder: String, where text: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: pack.path + "/evidence/" + folder).sorted()
    let found = try names.first { name in
      guard !name.hasPrefix("index"), !name.hasPrefix("by-") else { return false }
      return try pack.text("evidence/\(folder)/\(name)").contains(text)
    }
    return "evidence/\(folder)/" + (try #require(found))
  }

  @Test func tokensCostsAndRejectsAreHeldAgainstTheTables() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try pack.replace(" tokens-in=\"", " tokens-in=\"7", in: "evidence/pack.xml")
    let rows = try pack.text("data/rejects.csv").split(separator: "\n")
    try pack.write(rows.dropLast().joined(separator: "\n") + "\n", to: "data/rejects.csv")
    try pack.list("data/rejects.csv") { $0.replacing(/rows="\d+"/, with: "rows=\"\(rows.count - 2)\"") }
    try pack.mend()
    let found = try pack.faults()
    #expect(found.contains("pack-totals: data/tally.csv") && found.contains("pack-totals: data/rejects.csv"))
  }

  @Test func theTwoTablesOfExceptionsHoldTheSameOnes() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    let first = try #require(try pack.text("data/exceptions.csv").split(separator: "\n").last { !$0.contains("\"") })
    try pack.replace(String(first), "x" + first, in: "data/exceptions.csv")
    try pack.mend()
    #expect(try pack.faults().contains("pack-totals: data/exceptions.csv"))
  }

  @Test func aSampleThatIsNotTheOneThatWasDrawnIsFound() throws {
    let pack = try ForgedPack(Program.root + "/reports/sample")
    let exceptions = try pack.text("data/exceptions.csv").split(separator: "\n")
    let sample = try pack.text("data/sample.csv")
    // Another exception of the same class in place of one that was drawn.
    let line = try #require(sample.split(separator: "\n").first { $0.contains(",implicit_escalation,") })
    let drawn = line.split(separator: ",").last.map(String.init) ?? ""
    let other = try #require(
      exceptions.first { $0.hasSuffix(",implicit_escalation") && !sample.contains($0.prefix { $0 != "," }) })
    try pack.replace("," + drawn, "," + other.prefix { $0 != "," }, in: "data/sample.csv")
    try pack.mend()
    #expect(try pack.faults().contains("pack-sample-differs: data/sample.csv"))
  }

  /// A page that says, by the manifest, that it was made from something else; the bytes are right for that.
  @Test func aPageWithAnotherSourceThanItsOwnIsFound() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try pack.write(try pack.text("r/pii-to-trusted.html"), to: "r/block-payments.html")
    try pack.list("r/block-payments.html") {
      $0.replacingOccurrences(of: "evidence/r/block-payments", with: "evidence/r/pii-to-trusted")
    }
    try pack.list("exchange/junit.xml") { $0.replacingOccurrences(of: "junit.xsl", with: "summary.xsl") }
    try pack.mend()
    let found = try pack.faults("--deep")
    #expect(found.contains("pack-page-source: r/block-payments.html"), "\(found)")
    #expect(found.contains("pack-page-source: exchange/junit.xml"))
  }

  @Test func aDocumentWithoutItsPageIsFound() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try FileManager.default.removeItem(atPath: pack.path + "/r/print/pii-to-trusted.html")
    let manifest = try pack.text("manifest.xml").split(separator: "\n").filter {
      !$0.contains("\"r/print/pii-to-trusted.html\"")
    }
    try pack.write(manifest.joined(separator: "\n") + "\n", to: "manifest.xml")
    try pack.mend()
    #expect(try pack.faults().contains("pack-page-missing: r/print/pii-to-trusted.html"))
  }

  /// Every format that no stylesheet makes, and those that one does.
  @Test func deepFindsAWrongFigureInAnyExchangeFile() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    let files = try FileManager.default.subpathsOfDirectory(atPath: pack.path + "/exchange").sorted().filter {
      // JSON of OSCAL is held against its XML: the same change in both would leave them equal.
      name in
      !(name.hasPrefix("oscal/") && name.hasSuffix(".json"))
        && [".xml", ".json", ".jsonl", ".md", ".csv", ".sqlite", ".sarif"].contains { name.hasSuffix($0) }
    }
    #expect(files.count > 12)
    for file in files {
      let url = URL(fileURLWithPath: pack.path + "/exchange/" + file)
      var bytes = try Data(contentsOf: url)
      // A digit of the last title of a check: a wrong figure that no form forbids.
      let digit = try #require(bytes.lastIndex { (0x31...0x38).contains($0) })
      bytes[digit] += 1
      try pack.write(bytes, to: "exchange/" + file)
    }
    try pack.mend()
    let found = try pack.faults("--deep")
    for file in files {
      #expect(found.contains { $0.hasSuffix(": exchange/" + file) }, "\(file)")
    }
  }

  @Test func twoHundredFaultsAreTwoHundredFaults() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    for number in 0..<200 { _ = try Data().write(to: URL(fileURLWithPath: pack.path + "/data/more-\(number).csv")) }
    let found = try pack.faults()
    #expect(found.count == 200 && found == found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let text = try Program.tenure("verify", pack.path).output.split(separator: "\n")
    #expect(text.count { $0.hasPrefix("pack-file-extra: data/more-") } == 200)
    #expect(text.last?.hasPrefix("200 faults: ") == true)
  }

  @Test func aNameWithALineEndSaysNothingInAnswers() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try Data().write(to: URL(fileURLWithPath: pack.path + "/a\nsound: 866 files"))
    try FileManager.default.createDirectory(atPath: pack.path + "/more", withIntermediateDirectories: false)
    let outcome = try Program.tenure("verify", pack.path)
    #expect(outcome.status == 4)
    #expect(!outcome.output.split(separator: "\n").contains { $0.hasPrefix("sound") })
    #expect(outcome.output.contains("pack-file-extra: more: "))
  }

  /// A manifest, a table and a page without an end, that take no room on the disk.
  @Test func hugeFilesAreNotRead() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    func grow(_ name: String) throws {
      let handle = try #require(FileHandle(forUpdatingAtPath: pack.path + "/" + name))
      try handle.truncate(atOffset: 10 << 30)
      try handle.close()
    }
    try grow("data/tally.csv")
    try grow("index.html")
    let found = try pack.faults()
    #expect(found.contains("pack-file-changed: data/tally.csv") && found.contains("pack-too-large: index.html"))
    try grow("manifest.xml")
    let nothing = try pack.faults()
    #expect(nothing == ["pack-manifest-missing: manifest.xml"])
  }

  @Test func pathsThatAreOneFileElsewhereAreFound() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try pack.list("data/tally.csv") {
      $0 + "\n" + $0.replacingOccurrences(of: "data/tally.csv", with: "data/Tally.csv")
    }
    try pack.mend()
    #expect(try pack.faults().contains("pack-manifest-entry: manifest.xml"))
  }
}

/// Packs of a lower level, changed by somebody who takes all digests again.
struct DisclosedForgeryTests {
  private let pack: ForgedPack

  init() throws { pack = try ForgedPack(try DisclosureTests.pack("auditor")) }

  private static let table = "data/commitments.csv"

  /// Commitments that are dropped, told twice, put elsewhere, or none at all.
  @Test(arguments: ["dropped", "twice", "swapped", "none"])
  func changedCommitmentsAreFound(how: String) throws {
    var rows = try pack.text(Self.table).split(separator: "\n").map(String.init)
    switch how {
    case "dropped": rows.remove(at: 1)
    case "twice": rows.insert(rows[1], at: 1)
    case "swapped": rows.swapAt(1, 2)
    default: rows[1] = String(rows[1].dropLast(64)) + String(repeating: "x", count: 64)
    }
    try pack.write(rows.joined(separator: "\n") + "\n", to: Self.table)
    try pack.list(Self.table) { $0.replacing(/rows="\d+"/, with: "rows=\"\(rows.count - 1)\"") }
    try pack.mend()
    #expect(try pack.faults().contains { $0.hasSuffix(": " + Self.table) })
  }

  @Test func aLedgerThatStatesAnotherNumberIsFound() throws {
    let ledger = try pack.text("evidence/redaction.xml").replacing(/\ commitments="\d+"/, with: " commitments=\"7\"")
    try pack.write(ledger, to: "evidence/redaction.xml")
    try pack.mend()
    #expect(try pack.faults().contains("pack-commitments: data/commitments.csv"))
  }

  @Test func anotherLevelIsFound() throws {
    try pack.replace(" level=\"auditor\"", " level=\"public\"", in: "manifest.xml")
    try pack.mend()
    #expect(try pack.faults().contains("pack-level: evidence/redaction.xml"))
  }

  @Test func anotherInternalPackIsFound() throws {
    let other = String(repeating: "0", count: 64)
    let manifest = try pack.text("manifest.xml").replacing(
      /internal-manifest="[0-9a-f]{64}"/, with: "internal-manifest=\"\(other)\"")
    try pack.write(manifest, to: "manifest.xml")
    try pack.mend()
    #expect(try pack.faults().contains("pack-level: evidence/redaction.xml"))
  }

  @Test(arguments: ["auditor", "public"])
  func deepMakesEveryFileOfIt(level: String) throws {
    #expect(try ForgedPack(try DisclosureTests.pack(level)).faults("--deep").isEmpty)
  }
}

/// A pack that names the one before it.
struct ForgedChainTests {
  @Test func aChainThatSaysOneThingHereAndAnotherThereIsFound() throws {
    let sample = Program.root + "/reports/sample"
    let pack = try ForgedPack(sample)
    let index = try pack.text("evidence/pack.xml")
    let before = try #require(index.firstMatch(of: /<earlier-pack [^>]*manifest-sha256="([0-9a-f]{64})"/)?.1)
    try pack.replace(String(before), String(repeating: "0", count: 64), in: "evidence/pack.xml")
    try pack.mend()
    #expect(try pack.faults().contains("pack-figures-differ: evidence/pack.xml"))
  }
}
