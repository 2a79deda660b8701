import Testing

@testable import Exchange

@Suite struct SpreadsheetFormatTests {
  @Test(arguments: [
    ("=CMD()", "'=CMD()"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t'=1"),
    ("\r=1", "'\r'=1"), ("  =1", "'  =1"), ("\u{200B}\u{202E}=1", "'\u{200B}\u{202E}=1"), ("\u{FEFF}＝1", "'\u{FEFF}＝1"),
    ("a;=1", "a;'=1"), ("a\n =1", "a\n '=1"), ("a\",@b", "a\",'@b"), ("|calc", "'|calc"),
  ])
  func nothingBeginsLikeAFormula(value: String, cell: String) {
    #expect(SpreadsheetCell(value).text == cell)
    #expect(SpreadsheetCell(value).isDefused)
  }

  @Test(arguments: ["a-b", "1 = 1", "rule pii-to-trusted", "2026-07-01", "", "'=1", "a@b"])
  func otherValuesStayAsTheyAre(value: String) {
    #expect(SpreadsheetCell(value).text == value)
    #expect(!SpreadsheetCell(value).isDefused)
  }

  @Test func aCellHoldsNoMoreThanASpreadsheetTakes() {
    let cell = SpreadsheetCell(String(repeating: "=\u{1F600}", count: 40_000))
    #expect(cell.isCut)
    #expect(cell.text.utf16.count <= 32_767)
  }

  @Test func aRowSaysWhatWasChanged() throws {
    let text = String(
      decoding: try #require(try ExchangeFixture.files(SpreadsheetFormat())["spreadsheet/owners.csv"]), as: UTF8.self)
    #expect(text.hasPrefix("\u{FEFF}\"rule\",\"owner\""))
    #expect(text.contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\""))
    #expect(text.contains("\"rule: apostrophe\"\r\n"))
  }

  @Test func theTwinChangesNothing() throws {
    let text = String(
      decoding: try #require(try ExchangeFixture.files(SpreadsheetFormat())["exact/owners.csv"]), as: UTF8.self)
    #expect(text.hasPrefix("rule,owner,"))
    #expect(text.contains("\n\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",dana,"))
    #expect(text.contains("\n\t=1+1,dana,"))
  }
}
