import EvidenceModel
import Testing

@Suite struct PackFormatTests {
  @Test(arguments: ["1.0.0", "1.0.7"]) func aFormatUpToThisOneIsKnown(_ format: String) {
    #expect(PackFormat.problem(of: format, file: "manifest.xml") == nil)
  }

  @Test(arguments: ["0.9.0", "1.1.0", "2.0.0", "9223372036854775807.0.0"])
  func anotherFormatIsNamedWithTheNextStep(_ format: String) throws {
    let problem = try #require(PackFormat.problem(of: format, file: "manifest.xml"))
    #expect(problem.id == "pack-format-unknown")
    #expect(problem.summary == "the pack is of format \(format), and this program knows 1.0.0 to 1.0.0")
  }

  @Test(arguments: ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.-1", "1.0.0-beta", "1.+0.0", "9223372036854775808.0.0"])
  func whatIsNoNumberIsLeftToTheSchema(_ format: String) {
    #expect(PackFormat(format) == nil)
    #expect(PackFormat.problem(of: format, file: "manifest.xml") == nil)
  }
}
