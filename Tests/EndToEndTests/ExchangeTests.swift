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

  /// A check that one class answers has all decisions of that class, whatever their rule and version.
  @Test(arguments: [("RG-DAT-01", "jurisdiction_violation"), ("RG-BLK-01", "blocked_but_served")])
  func observationsAddUpToTheClass(check: String, decisionClass: String) throws {
    func numbers(_ element: String, _ attribute: String) throws -> Int {
      try text("evidence/exchange.xml").split(separator: "\n").filter { $0.contains(element) && $0.contains(attribute) }
        .compactMap {
          $0.components(separatedBy: " n=\"").last?.components(separatedBy: "\"").first.flatMap { Int($0) }
        }
        .reduce(0, +)
    }
    let ofClass = try numbers("<exchange-class ", "class=\"\(decisionClass)\"")
    #expect(ofClass > 0)
    #expect(try numbers("<exchange-observation ", "check=\"\(check)\"") == ofClass)
  }

  @Test func germanWordsMakeAGermanFile() throws {
    let outcome = try Program.run(
      "/usr/bin/env",
      [
        "xsltproc", "--nonet", "--stringparam", "language", "de", "templates/exchange/oscal-assessment-results.xsl",
        "evidence/exchange.xml",
      ], in: try Quickstart.pack())
    #expect(outcome.status == 0 && outcome.output.contains("<title>Prüfungsergebnisse: "), "\(outcome.errors)")
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
