import Foundation
import Testing
import XMLDocuments

@testable import Exchange

/// Text of others is text in every format, however long it is.
@Suite struct HostileTextTests {
  private func results() throws -> [[String: Any]] {
    let log = try ExchangeFixture.json(ExchangeFixture.files(SARIFFormat())["findings.sarif"])
    return (log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]] ?? []
  }

  @Test func noAddressLeadsOutOfItsFolder() throws {
    let bytes = try #require(try ExchangeFixture.files(SARIFFormat())["findings.sarif"])
    let text = String(decoding: bytes, as: UTF8.self)
    let addresses = text.components(separatedBy: "\"uri\" : \"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(addresses) == ["logs/gateway.jsonl", "etc/pass%20wd%25.jsonl", "not-an-input%3A%20x"])
  }

  @Test func noMessageHasALinkOrASlot() throws {
    let messages = try results().compactMap { ($0["message"] as? [String: Any])?["text"] as? String }
    #expect(!messages.isEmpty)
    for message in messages {
      #expect(!message.contains("[x](") && !message.contains("_{0}"))
    }
  }

  @Test func onlyAcceptedFindingsAreSuppressed() throws {
    for result in try results() {
      let said = (result["properties"] as? [String: Any])?["result"] as? String
      #expect((result["suppressions"] as? [Any])?.isEmpty == (said != "exception"))
    }
  }

  @Test func aSummaryHoldsNoMarkupOfOthers() throws {
    let text = String(decoding: try ExchangeFixture.transformed("summary.xsl"), as: UTF8.self)
    for markup in ["<", "`", "*", "[", "]", "_", "\u{202E}", "@", "://"] {
      #expect(!text.contains(markup), "\(markup)")
    }
    // Every row has as many bars as its table has columns.
    for block in text.components(separatedBy: "\n\n") where block.hasPrefix("|") {
      #expect(Set(block.split(separator: "\n").map { $0.count { $0 == "|" } }).count == 1)
    }
  }

  /// libxml2 takes no text of more than ten million bytes, so no document holds one.
  @Test func nineMegabytesOfTextPassThroughEveryFormat() throws {
    let long = String(repeating: "=*@[é]", count: 1_285_714)
    let text = try ExchangeFixture.text().replacing(
      "subject=\"pii-to-trusted\"", with: "subject=\"\(long)\"", maxReplacements: 1)
    let document = try XMLDocument(Array(text.utf8), name: "long.xml")
    for format in ExchangeFormats.all {
      let files = try format.files(of: document)
      #expect(files.allSatisfy { !$0.bytes.isEmpty })
      if ["sarif", "hdf", "ocsf", "sqlite", "spreadsheet"].contains(format.name) {
        #expect(files.contains { $0.bytes.count > long.utf8.count }, "\(format.name)")
      }
    }
    #expect(try ExchangeFixture.transformed("junit.xsl", of: text).count > long.utf8.count)
    #expect(try ExchangeFixture.transformed("summary.xsl", of: text).count < 100_000)
  }

  @Test func anotherDocumentIsRefused() throws {
    let other = try XMLDocument(Array("<pack xmlns=\"urn:tenure:evidence:1\"/>".utf8), name: "pack.xml")
    for format in ExchangeFormats.all {
      #expect(throws: XMLProblem.self) { try format.files(of: other) }
    }
  }

  @Test func sameFactsAreSameBytesInEveryFormat() throws {
    for format in ExchangeFormats.all {
      let first = try ExchangeFixture.files(format)
      #expect(try ExchangeFixture.files(format) == first, "\(format.name)")
    }
  }
}
