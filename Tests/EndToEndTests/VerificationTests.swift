import Foundation
import Testing

struct VerificationTests {
  private func packCopy() throws -> (Scratch, String) {
    let scratch = try Scratch()
    let pack = scratch.path + "/pack"
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: pack)
    return (scratch, pack)
  }

  @Test(
    arguments: [
      "data/tally.csv", "data/exceptions.csv", "data/sample.csv", "data/sample-attribute.csv", "evidence/pack.xml",
      "evidence/k/rg-own-01.xml",
      "index.html",
      "r/pii-to-trusted.html", "assets/pack.css", "templates/evidence.xsd", "manifest.xml", "SHA256SUMS",
    ])
  func namesAFileWithOneFlippedByte(name: String) throws {
    let (scratch, pack) = try packCopy()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: pack + "/" + name))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: pack + "/" + name))
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains(name), "\(outcome.output)")
    withExtendedLifetime(scratch) {}
  }

  @Test func deepMakesEveryPageAgainAndJudgesTheInputsAgain() throws {
    let outcome = try Program.tenure("verify", try Quickstart.pack(), "--deep", "--config", Quickstart.config)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(!outcome.output.contains(", 0 pages made again"))
  }

  /// A forger who changes a page and every digest of it.
  @Test func deepNamesAPageThatIsNotWhatItsDocumentSays() throws {
    let (scratch, pack) = try packCopy()
    try forge("scope.html", in: pack) { $0.replacingOccurrences(of: "</h1>", with: " and nothing else</h1>") }
    #expect(try Program.tenure("verify", pack).status == 0)
    let outcome = try Program.tenure("verify", pack, "--deep")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-page-differs: scope.html"))
    withExtendedLifetime(scratch) {}
  }

  /// A forger who also takes the page's source off the manifest, or calls the page something else.
  @Test(arguments: ["page", "asset"])
  func deepPassesOverNoPageWithoutASource(role: String) throws {
    let (scratch, pack) = try packCopy()
    try forge("manifest.xml", in: pack) { text in
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return lines.map { line -> String in
        guard line.contains("path=\"scope.html\"") else { return String(line) }
        let unsourced = String(line).replacing(/\ (document|stylesheet)="[^"]*"/, with: "")
        return unsourced.replacingOccurrences(of: "role=\"page\"", with: "role=\"\(role)\"")
      }.joined(separator: "\n")
    }
    let outcome = try Program.tenure("verify", pack, "--deep")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-page-unsourced: scope.html"), "\(outcome.output)")
    withExtendedLifetime(scratch) {}
  }

  @Test func deepRunsNoTemplateOfAStranger() throws {
    let (scratch, pack) = try packCopy()
    try forge("templates/pages/scope.xsl", in: pack) {
      $0.replacingOccurrences(of: "</xsl:stylesheet>", with: "<!-- another --></xsl:stylesheet>")
    }
    let outcome = try Program.tenure("verify", pack, "--deep")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-templates-other: templates/pages/scope.xsl"))
    withExtendedLifetime(scratch) {}
  }

  @Test func deepNamesATableThatTheInputsDoNotGive() throws {
    let (scratch, pack) = try packCopy()
    try forge("data/rejects.csv", in: pack) { $0.replacingOccurrences(of: "2026", with: "2025") }
    let outcome = try Program.tenure("verify", pack, "--deep", "--config", Quickstart.config)
    #expect(outcome.output.contains("pack-rerun-differs: data/rejects.csv"))
    withExtendedLifetime(scratch) {}
  }

  /// Changes a file, and writes its digest and size wherever they stand.
  private func forge(_ name: String, in pack: String, _ change: (String) -> String) throws {
    func sum(_ file: String) throws -> String {
      String(try Program.run("/usr/bin/sha256sum", [file], in: pack).output.prefix(64))
    }
    func replace(_ old: String, _ new: String, in file: String) throws {
      let text = try String(contentsOfFile: pack + "/" + file, encoding: .utf8)
      try #require(text.contains(old), "\(file) has no \(old)")
      try text.replacingOccurrences(of: old, with: new).write(
        toFile: pack + "/" + file, atomically: true, encoding: .utf8)
    }
    let before = (sum: try sum(name), manifest: try sum("manifest.xml"))
    let text = try String(contentsOfFile: pack + "/" + name, encoding: .utf8)
    let size = text.utf8.count
    let changed = change(text)
    try #require(changed != text)
    try changed.write(toFile: pack + "/" + name, atomically: true, encoding: .utf8)
    let after = try sum(name)
    if name == "manifest.xml" { return try replace(before.sum, after, in: "SHA256SUMS") }
    try replace(
      "sha256=\"\(before.sum)\" bytes=\"\(size)\"", "sha256=\"\(after)\" bytes=\"\(changed.utf8.count)\"",
      in: "manifest.xml")
    try replace(before.sum, after, in: "SHA256SUMS")
    try replace(before.manifest, try sum("manifest.xml"), in: "SHA256SUMS")
  }

  @Test func namesADroppedFile() throws {
    let (scratch, pack) = try packCopy()
    try FileManager.default.removeItem(atPath: pack + "/data/rejects.csv")
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-file-missing: data/rejects.csv"))
    withExtendedLifetime(scratch) {}
  }

  @Test func namesAnAddedFile() throws {
    let (scratch, pack) = try packCopy()
    try Data("more".utf8).write(to: URL(fileURLWithPath: pack + "/data/more.csv"))
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-file-extra: data/more.csv"))
    withExtendedLifetime(scratch) {}
  }

  /// Counts that no arithmetic holds, and tables without an end, come to faults.
  @Test func survivesNumbersAndRowsOutOfAllMeasure() throws {
    let (scratch, pack) = try packCopy()
    let largest = String(Int.max)
    for (name, old, new) in [
      ("data/tally.csv", ",1,", ",\(largest),"), ("evidence/pack.xml", " blank=\"0\"", " blank=\"\(largest)\""),
    ] {
      let url = URL(fileURLWithPath: pack + "/" + name)
      let text = try String(contentsOf: url, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacingOccurrences(of: old, with: new).write(to: url, atomically: true, encoding: .utf8)
    }
    try Data(repeating: 0x2C, count: 3 << 20).write(to: URL(fileURLWithPath: pack + "/data/exceptions.csv"))
    try Data(repeating: 0x20, count: 21 << 20).write(to: URL(fileURLWithPath: pack + "/r/pii-to-trusted.html"))
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4, "\(outcome.errors)")
    for fault in [
      "pack-totals: evidence/pack.xml", "pack-data-row: data/tally.csv", "pack-data-row: data/exceptions.csv",
      "pack-too-large: r/pii-to-trusted.html",
    ] {
      #expect(outcome.output.contains(fault), "\(outcome.output.prefix(4000))")
    }
    withExtendedLifetime(scratch) {}
  }

  @Test func namesATableThatTheManifestDoesNotList() throws {
    let (scratch, pack) = try packCopy()
    let url = URL(fileURLWithPath: pack + "/manifest.xml")
    let manifest = try String(contentsOf: url, encoding: .utf8)
    try manifest.split(separator: "\n").filter { !$0.contains("path=\"data/exceptions.csv\"") }
      .joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-data-missing: data/exceptions.csv"), "\(outcome.output)")
    withExtendedLifetime(scratch) {}
  }

  @Test func doesNotFollowALinkOutOfThePack() throws {
    let (scratch, pack) = try packCopy()
    try FileManager.default.removeItem(atPath: pack + "/data/rejects.csv")
    try FileManager.default.createSymbolicLink(atPath: pack + "/data/rejects.csv", withDestinationPath: "/etc/hostname")
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-special-file: data/rejects.csv"))
    withExtendedLifetime(scratch) {}
  }

  @Test func findsAForgedTotalEvenWhenTheDigestsWereMadeAgain() throws {
    let (scratch, pack) = try packCopy()
    // A forger who drops an exception and then mends every digest still leaves the totals apart.
    let path = pack + "/data/exceptions.csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    let forged = Data((lines.joined(separator: "\n") + "\n").utf8)
    let old = try Data(contentsOf: URL(fileURLWithPath: path))
    try forged.write(to: URL(fileURLWithPath: path))
    func digest(_ path: String) throws -> String { String(try Program.tool("sha256sum", path).output.prefix(64)) }
    let scratchFile = try Scratch().write("old", old)
    _ = scratchFile
    var manifest = try String(contentsOfFile: pack + "/manifest.xml", encoding: .utf8)
    let sums = try String(contentsOfFile: pack + "/SHA256SUMS", encoding: .utf8)
    let oldDigest = try #require(sums.split(separator: "\n").first { $0.hasSuffix("data/exceptions.csv") }).prefix(64)
    let oldManifest = try digest(pack + "/manifest.xml")
    manifest = manifest.replacingOccurrences(of: String(oldDigest), with: try digest(path))
      .replacingOccurrences(
        of: "bytes=\"\(old.count)\" role=\"data\" rows=\"44\"",
        with: "bytes=\"\(forged.count)\" role=\"data\" rows=\"43\"")
    try manifest.write(toFile: pack + "/manifest.xml", atomically: true, encoding: .utf8)
    try sums.replacingOccurrences(of: String(oldDigest), with: try digest(path))
      .replacingOccurrences(of: oldManifest, with: try digest(pack + "/manifest.xml"))
      .write(toFile: pack + "/SHA256SUMS", atomically: true, encoding: .utf8)
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-totals: data/exceptions.csv"), "\(outcome.output)")
    withExtendedLifetime(scratch) {}
  }

  @Test func saysSoWhenTheFolderIsNoPack() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure("verify", scratch.path)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("pack-manifest-missing"))
  }
}
