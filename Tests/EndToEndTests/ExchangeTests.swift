import Foundation
import Testing

/// The files of `exchange/` say what the evidence says, and anyone can make them again.
@Suite struct ExchangeTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: try Quickstart.pack() + "/" + path, encoding: .utf8)
  }

  private func count(_ needle: String, in text: String) -> Int { text.components(separatedBy: needle).count - 1 }

  @Test func everyFindingIsOneFindingOfTheResults() throws {
    let exchange = try text("evidence/exchange.xml")
    let findings = count("<exchange-finding ", in: exchange)
    #expect(findings > 0)
    let controls = try text("exchange/oscal/assessment-results.xml")
    #expect(count("<finding ", in: controls) == findings + count("name=\"evidence-state\"", in: controls))
    #expect(count("\"objective-id\"", in: try text("exchange/oscal/assessment-results.json")) == findings)
    let open = count(" result=\"fail\"", in: exchange.components(separatedBy: "</exchange-observations>").last ?? "")
    #expect(count("<poam-item ", in: try text("exchange/oscal/poam.xml")) == open)
  }

  @Test func everyControlIsMappedOrAGap() throws {
    let exchange = try text("evidence/exchange.xml")
    let mapping = try text("exchange/oscal/mapping-collection.xml")
    #expect(count("<map ", in: mapping) == count("<exchange-mapped ", in: exchange))
    #expect(count("<with-id>", in: mapping) == count("state=\"no-check\"", in: exchange))
    #expect(mapping.contains("status=\"draft\""))
  }

  @Test func stylesheetsMakeTheSameFilesAgain() throws {
    let pack = try Quickstart.pack()
    let manifest = try text("manifest.xml")
    var made = 0
    for line in manifest.split(separator: "\n") where line.contains("role=\"exchange\"") {
      func attribute(_ name: String) -> String? {
        line.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first
      }
      guard let path = attribute("path"), let stylesheet = attribute("stylesheet"),
        let document = attribute("document")
      else { continue }
      let framework = attribute("framework").map { ["--stringparam", "framework", $0] } ?? []
      let outcome = try Program.run(
        "/usr/bin/env", ["xsltproc", "--nonet"] + framework + [stylesheet, document], in: pack)
      #expect(outcome.output == (try text(path)), "\(path): \(outcome.errors)")
      made += 1
    }
    #expect(made >= 8)
  }

  @Test(arguments: [
    ("exchange/oscal/assessment-results.json", "\"fail\"", "\"pass\""),
    ("exchange/oscal/assessment-results.xml", "<import-ap href=\"#", "<import-ap href=\"#0"),
    ("evidence/exchange.xml", " judged=\"", " judged=\"1"),
  ])
  func aFileThatSaysOtherwiseIsFound(path: String, before: String, after: String) throws {
    let scratch = try Scratch()
    let copy = scratch.path + "/pack"
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: copy)
    let changed = try text(path).replacingOccurrences(of: before, with: after)
    try changed.write(toFile: copy + "/" + path, atomically: true, encoding: .utf8)
    let outcome = try Program.tenure("verify", copy)
    #expect(outcome.status == 4)
    let id = path.hasPrefix("evidence") ? "pack-totals" : "pack-oscal"
    #expect((outcome.output + outcome.errors).contains(id), "\(outcome.output)\(outcome.errors)")
    withExtendedLifetime(scratch) {}
  }
}
