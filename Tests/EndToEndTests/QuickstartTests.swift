import Foundation
import Testing

/// One pack of the quickstart, made once for the tests that only look at it.
enum Quickstart {
  static let config = Program.root + "/examples/quickstart/tenure.yaml"

  /// Made anew in every test run, beside the built products.
  static let outcome = Result {
    let out = (Program.binary as NSString).deletingLastPathComponent + "/quickstart-for-tests"
    try? FileManager.default.removeItem(atPath: out)
    return try Program.tenure("run", "--config", config, "--out", out, "--store", out + "/tenure.sqlite")
  }

  static func pack() throws -> String { try outcome.get().lastLine }
}

struct QuickstartTests {
  @Test func makesAPackAndNamesItInTheLastLine() throws {
    let outcome = try Quickstart.outcome.get()
    #expect(outcome.status == 0)
    #expect(outcome.lastLine.hasSuffix("/2026q3"))
    #expect(outcome.output.contains("355 = 2 blank + 6 malformed + 4 out of period + 343 judged"))
    #expect(FileManager.default.fileExists(atPath: try Quickstart.pack() + "/index.html"))
  }

  @Test(arguments: ["tally.csv", "exceptions.csv", "sample.csv"])
  func writesTheDataThatAnIndependentImplementationComputed(name: String) throws {
    let expected = try Data(contentsOf: URL(fileURLWithPath: Program.root + "/Tests/Fixtures/quickstart/" + name))
    #expect(try Data(contentsOf: URL(fileURLWithPath: try Quickstart.pack() + "/data/" + name)) == expected)
  }

  @Test func verifiesItsOwnPack() throws {
    let outcome = try Program.tenure("verify", try Quickstart.pack())
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("sound: "))
  }

  @Test func sumsAndSchemaHoldForPublicTools() throws {
    let pack = try Quickstart.pack()
    #expect(try Program.tool("sha256sum", "--check", "--quiet", "SHA256SUMS", in: pack).status == 0)
    let documents = try files(of: pack).keys.filter { $0.hasPrefix("evidence/") }.sorted()
    let outcome = try Program.run(
      "/usr/bin/env",
      ["xmllint", "--nonet", "--noout", "--schema", "templates/evidence.xsd"] + documents + ["manifest.xml"], in: pack)
    #expect(outcome.status == 0, "\(outcome.errors.suffix(2000))")
  }

  @Test func pagesCanBeMadeAgainFromThePackAlone() throws {
    let pack = try Quickstart.pack()
    let manifest = try String(contentsOfFile: pack + "/manifest.xml", encoding: .utf8)
    var seen = Set<String>()
    for line in manifest.split(separator: "\n") {
      func attribute(_ name: String) -> String? {
        line.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first
      }
      guard let stylesheet = attribute("stylesheet"), let document = attribute("document"),
        let page = attribute("path"), stylesheet.hasPrefix("templates/pages/"),
        seen.insert(stylesheet).inserted
      else { continue }
      let made = try Program.tool("xsltproc", "--nonet", stylesheet, document, in: pack)
      #expect(made.output == (try String(contentsOfFile: pack + "/" + page, encoding: .utf8)), "\(page)")
    }
    #expect(seen.count == 31)
  }

  @Test func pagesHoldNoScriptButTheSearchNoStyleAndNoOutsideAddress() throws {
    for (name, bytes) in try files(of: try Quickstart.pack()) where name.hasSuffix(".html") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!withoutSearch(text).contains("<script"), "\(name)")
      #expect(!text.contains(" style=\"") && !text.contains("<style"), "\(name)")
      #expect(!text.contains("href=\"http") && !text.contains("src=\"http"), "\(name)")
      #expect(!text.contains("xml-stylesheet"), "\(name)")
      #expect(bytes.count < 1 << 20, "\(name)")
    }
  }

  @Test func wordsOfTheProductAreItsOwn() throws {
    for (name, bytes) in try files(of: try Quickstart.pack()) where name.hasSuffix(".html") {
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      // `compliant` is the name of a class, and stands only as code.
      let rest = text.replacingOccurrences(of: "<code>compliant</code>", with: "").replacingOccurrences(
        of: "class-compliant", with: "")
      #expect(!rest.contains("compliant"), "\(name)")
      #expect(!text.contains("certified") && !text.contains("satisfies"), "\(name)")
    }
  }

  @Test func hostileTextStaysText() throws {
    let pack = try Quickstart.pack()
    let page = try String(contentsOfFile: pack + "/d/time-0001.html", encoding: .utf8)
    #expect(!page.contains("<script>alert"))
    let data = try String(contentsOfFile: pack + "/data/exceptions.csv", encoding: .utf8)
    #expect(data.contains("=HYPERLINK"))  // Exact, as SEMANTICS §8 asks.
    for name in try files(of: pack).keys {
      #expect(
        name.utf8.allSatisfy {
          (0x2D...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
        }, "\(name)")
      #expect(name.count <= 120, "\(name)")
    }
  }

  @Test func everyControlOfTheChosenFrameworksIsListed() throws {
    let outcome = try Program.tenure("gaps", try Quickstart.pack(), "--format", "csv")
    let rows = outcome.output.split(separator: "\n").dropFirst()
    #expect(rows.count == 10 + 72 + 24)
    #expect(outcome.status == 0)
  }
}
