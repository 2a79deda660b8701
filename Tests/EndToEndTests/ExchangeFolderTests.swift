import Foundation
import Testing

/// `exchange/` of a pack, as `docs/exchange.md` describes it.
struct ExchangeFolderTests {
  @Test func everyDescribedFileIsThereAndListed() throws {
    let pack = try Months.august()
    let manifest = try String(contentsOfFile: pack + "/manifest.xml", encoding: .utf8)
    let docs = try String(contentsOfFile: Program.root + "/docs/exchange.md", encoding: .utf8)
    let described = docs.components(separatedBy: "\n| `exchange/").dropFirst().map {
      "exchange/" + $0.prefix { $0 != "`" }
    }
    #expect(described.count == 9)
    let tables = ["checks", "findings", "controls", "changes", "owners"]
    for path in described.flatMap({ path in
      path.contains("*") ? tables.map { path.replacingOccurrences(of: "*", with: $0) } : [path]
    }) {
      #expect(FileManager.default.fileExists(atPath: pack + "/" + path), "\(path)")
      let line = manifest.split(separator: "\n").first { $0.contains("path=\"\(path)\"") }
      #expect(line?.contains("role=\"exchange\"") == true, "\(path)")
    }
  }

  @Test(arguments: [("junit.xsl", "junit.xml"), ("summary.xsl", "summary.md")])
  func anAuditorMakesTheSameFile(stylesheet: String, file: String) throws {
    let pack = try Months.august()
    let outcome = try Program.tool(
      "xsltproc", "--nonet", "templates/exchange/" + stylesheet, "evidence/exchange.xml", in: pack)
    #expect(outcome.status == 0)
    #expect(try outcome.output == String(contentsOfFile: pack + "/exchange/" + file, encoding: .utf8))
  }
}
