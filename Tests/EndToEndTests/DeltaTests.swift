import Foundation
import Testing

/// Three packs of the quickstart, a month each: July, August compared with July, September compared with July.
enum Months {
  static let packs = Result {
    let out = (Program.binary as NSString).deletingLastPathComponent + "/months-for-tests"
    try? FileManager.default.removeItem(atPath: out)
    func pack(_ period: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(
        Program.binary,
        ["run", "--config", Quickstart.config, "--period", period, "--out", out, "--store", out + "/tenure.sqlite"]
          + more)
    }
    let july = try pack("2026-07").lastLine
    return (
      july: july, august: try pack("2026-08", "--previous-pack", july),
      september: try pack("2026-09", "--previous-pack", july)
    )
  }

  static func july() throws -> String { try packs.get().july }
  static func august() throws -> String { try packs.get().august.lastLine }
  static func september() throws -> String { try packs.get().september.lastLine }
}

struct DeltaTests {
  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func withoutDigests(_ text: String) -> String {
    text.replacingOccurrences(of: "[0-9a-f]{64}", with: "DIGEST", options: .regularExpression)
  }

  // MARK: The command

  /// Arithmetic on what another's pack states must hold whatever that is.
  @Test func countsOutOfAllMeasureGiveAPage() throws {
    let scratch = try Scratch()
    let pack = scratch.path + "/july"
    try FileManager.default.copyItem(atPath: try Months.july(), toPath: pack)
    func digest(_ path: String) throws -> String { String(try Program.tool("sha256sum", path).output.prefix(64)) }
    let (index, manifest) = (pack + "/evidence/pack.xml", pack + "/manifest.xml")
    let before = (digest: try digest(index), bytes: try Data(contentsOf: URL(fileURLWithPath: index)).count)
    let forged = try text(index).replacingOccurrences(
      of: "(judged|exceptions|n)=\"[1-9][0-9]*\"", with: "$1=\"9223372036854775807\"", options: .regularExpression)
    try forged.write(toFile: index, atomically: true, encoding: .utf8)
    try text(manifest).replacingOccurrences(
      of: "\(before.digest)\" bytes=\"\(before.bytes)\"", with: "\(try digest(index))\" bytes=\"\(forged.utf8.count)\""
    ).write(toFile: manifest, atomically: true, encoding: .utf8)
    let outcome = try Program.tenure("diff", pack, try Months.august(), "--out", scratch.path + "/delta")
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func saysWhatChangedInWords() throws {
    let outcome = try Program.tenure("diff", try Months.july(), try Months.august())
    #expect(outcome.status == 0)
    try expectGolden("diff.txt", withoutDigests(outcome.output))
  }

  @Test func saysWhatChangedAsEvents() throws {
    let outcome = try Program.tenure("diff", try Months.july(), try Months.august(), "--format", "json")
    let events = try events(outcome.output)
    let last = try #require(events.last { $0["event"] as? String == "compared" })
    let failing = events.filter { $0["kind"] as? String == "newly-failing" }.compactMap { $0["id"] as? String }
    #expect(failing == ["RG-BLK-01", "RG-CHG-01", "RG-OWN-01", "RG-OWN-02"])
    #expect(last["newly_failing"] as? Int == failing.count)
    #expect(last["before_manifest_sha256"] as? String != last["after_manifest_sha256"] as? String)
  }

  @Test(arguments: [("newly-failing", 2), ("lost", 2), ("never", 0)])
  func endsWithTwoWhereAskedTo(level: String, status: Int) throws {
    #expect(
      try Program.tenure("diff", try Months.july(), try Months.august(), "--fail-on", level).status == Int32(status))
    #expect(try Program.tenure("diff", try Months.july(), try Months.july(), "--fail-on", level).status == 0)
  }

  @Test func writesAFolderThatStandsAlone() throws {
    let scratch = try Scratch()
    let out = scratch.path + "/delta"
    let outcome = try Program.tenure("diff", try Months.july(), try Months.august(), "--out", out)
    #expect(outcome.lastLine == out + "/delta.html")
    #expect(try Program.tool("sha256sum", "--check", "--quiet", "SHA256SUMS", in: out).status == 0)
    let valid = try Program.tool(
      "xmllint", "--nonet", "--noout", "--schema", "templates/evidence.xsd", "evidence/delta.xml", in: out)
    #expect(valid.status == 0, "\(valid.errors)")
    let page = try text(out + "/delta.html")
    let again = try Program.tool(
      "xsltproc", "--nonet", "templates/pages/delta.xsl", "evidence/delta.xml", in: out)
    #expect(again.output == page, "\(again.errors)")
    for link in page.matches(of: /href="([^"#]*)(?:#([^"]*))?"/) {
      if !link.1.isEmpty { #expect(FileManager.default.fileExists(atPath: out + "/" + link.1), "\(link.0)") }
      if let anchor = link.2 { #expect(page.contains("id=\"\(anchor)\""), "\(link.0)") }
    }
    #expect(try Program.tenure("diff", try Months.july(), try Months.august(), "--out", out).status == 1)
  }

  @Test func isTheSameOnASecondTime() throws {
    let scratch = try Scratch()
    for name in ["a", "b"] {
      _ = try Program.tenure("diff", try Months.july(), try Months.august(), "--out", scratch.path + "/" + name)
    }
    #expect(try differences(scratch.path + "/a", scratch.path + "/b").isEmpty)
  }

  @Test func aPackWhoseDigestsDoNotHoldIsRefused() throws {
    let scratch = try Scratch()
    let copy = scratch.path + "/copy"
    try FileManager.default.copyItem(atPath: try Months.july(), toPath: copy)
    let file = copy + "/evidence/k/index.xml"
    try Data(try text(file).replacing("result=\"fail\"", with: "result=\"pass\"").utf8).write(
      to: URL(fileURLWithPath: file))
    let outcome = try Program.tenure("diff", copy, try Months.august())
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("evidence/k/index.xml"))
    #expect(outcome.errors.contains("Run tenure verify"))
    let run = try Program.tenure(
      "run", "--config", Quickstart.config, "--out", scratch.path + "/out", "--previous-pack", copy)
    #expect(run.status == 1)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out"))
  }

  // MARK: The pack

  @Test func aPackWithoutOneBeforeItSaysSo() throws {
    let july = try Months.july()
    #expect(!FileManager.default.fileExists(atPath: july + "/delta.html"))
    #expect(try text(july + "/index.html").contains("No previous pack was given"))
    #expect(!(try text(july + "/verify.html").contains("id=\"chain\"")))
  }

  @Test func aPackNamesTheOneBeforeItByDigest() throws {
    let august = try Months.packs.get().august
    #expect(august.status == 0, "\(august.errors)")
    #expect(august.output.contains("since        2026-07: 40 checks: 4 newly failing"))
    let pack = august.lastLine
    let manifest = try Program.tool("sha256sum", "manifest.xml", in: try Months.july()).output.prefix(64)
    for page in ["evidence/pack.xml", "evidence/delta.xml", "delta.html", "verify.html"] {
      #expect(try text(pack + "/" + page).contains(manifest), "\(page)")
    }
    #expect(try text(pack + "/index.html").contains("id=\"since\""))
    #expect(!(try text(pack + "/index.html").contains("No previous pack was given")))
    #expect(try Program.tenure("verify", pack, "--previous", try Months.july()).status == 0)
  }

  @Test func aBrokenChainShowsOnVerifying() throws {
    let wrong = try Program.tenure("verify", try Months.september(), "--previous", try Months.august())
    #expect(wrong.status == 4)
    #expect(wrong.output.contains("pack-chain-broken"))
    #expect(
      try Program.tenure("verify", try Months.july(), "--previous", try Months.august()).output.contains(
        "it names no pack before it"))
  }

  @Test func aMissingMonthShows() throws {
    let september = try Months.packs.get().september
    #expect(september.output.contains("missing      2026-08"))
    let pack = september.lastLine
    #expect(try text(pack + "/index.html").contains("Between the two, <bdi>2026-08</bdi> is missing."))
    #expect(try text(pack + "/delta.html").contains("The chain has a hole"))
    #expect(try text(pack + "/evidence/delta.xml").contains("link=\"missing\" missing=\"2026-08\""))
  }

  /// August names July; a pack after August tells of both.
  @Test func theChainGrows() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "run", "--config", Quickstart.config, "--period", "2026-09", "--out", scratch.path, "--store",
      scratch.path + "/tenure.sqlite", environment: ["TENURE_PREVIOUS_PACK": try Months.august()])
    let index = try text(outcome.lastLine + "/evidence/pack.xml")
    let packs = index.split(separator: "\n").filter { $0.contains("<earlier-pack ") }
    #expect(packs.count == 2)
    #expect(packs.first?.contains("period=\"2026-08\"") == true)
    #expect(packs.last?.contains("period=\"2026-07\"") == true)
    #expect(packs.allSatisfy { $0.contains("link=\"adjoins\"") })
  }

  @Test func theTrendOfStatesIsDrawnOnceThereAreEarlierPeriods() throws {
    #expect(try text(try Months.august() + "/m/nist-ai-rmf-1.0.html").contains("class=\"trend\""))
    #expect(!(try text(try Months.july() + "/m/nist-ai-rmf-1.0.html").contains("class=\"trend\"")))
  }

  @Test func theSameInputsAndPacksGiveTheSameBytes() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "run", "--config", Quickstart.config, "--period", "2026-09", "--out", scratch.path, "--previous-pack",
      try Months.july())
    let store = try Program.tenure(
      "run", "--config", Quickstart.config, "--period", "2026-09", "--out", scratch.path + "/again", "--previous-pack",
      try Months.july())
    #expect(try differences(outcome.lastLine, store.lastLine).isEmpty)
  }
}
