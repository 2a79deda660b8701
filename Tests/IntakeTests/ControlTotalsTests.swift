import EvidenceModel
import Foundation
import Intake
import Testing

@Suite struct ControlTotalsTests {
  private func read(_ text: String) throws -> Register<ControlTotal> {
    try readControlTotals(WholeFile(name: "totals", bytes: Array(text.utf8)))
  }

  private let day = CivilDay.parse("2026-03-02")

  @Test func readsTheActivityOfOpenRouter() throws {
    let totals = try read(
      """
      {"data": [
        {"date": "2026-03-02", "model": "openai/m", "model_permaslug": "openai/m-2026-01-01", "usage": 0.0154321,
         "requests": 5, "prompt_tokens": 50, "completion_tokens": 125, "provider_name": "OpenAI"},
        {"date": "2026-03-02 00:00:00", "model": "openai/m", "usage": 1, "requests": 3}
      ]}
      """)
    #expect(totals.diagnostics.isEmpty)
    #expect(
      totals.entries == [
        ControlTotal(
          day: try #require(day), model: "openai/m", requests: 5, costMicros: 15_432, tokensIn: 50, tokensOut: 125,
          line: 2),
        ControlTotal(day: try #require(day), model: "openai/m", requests: 3, costMicros: 1_000_000, line: 4),
      ])
  }

  @Test func readsATableAsAGermanSpreadsheetWritesIt() throws {
    let totals = try read(
      "Date;Model;Requests;Cost\n02.03.2026;m;5;1.234,56\n02.03.2026;n;6;1.000\n02.03.2026;o;7;0,5\n")
    #expect(totals.diagnostics.isEmpty)
    #expect(totals.entries.map(\.day) == [day, day, day])
    #expect(totals.entries.map(\.costMicros) == [1_234_560_000, 1_000_000_000, 500_000])
  }

  @Test func withoutACommaInItsColumnAPointIsAPoint() throws {
    #expect(try read("Date;Model;Requests;Cost\n2026-03-02;m;5;1.5\n").entries.map(\.costMicros) == [1_500_000])
    #expect(try read("Date;Model;Requests;Cost\n2026-03-02;m;5;1.2,5\n").entries.isEmpty)
  }

  @Test(arguments: [",", ";"])
  func readsATable(separator: String) throws {
    let totals = try read(
      "\u{FEFF}Date,Model,Requests,Cost USD,prompt_tokens\n2026-03-02,m,5,0.5,7\n2026-03-02T23:59:59Z,n,6,,\n"
        .replacing(",", with: separator))
    #expect(totals.diagnostics.isEmpty)
    #expect(totals.entries.map(\.day) == [day, day])
    #expect(totals.entries.map(\.model) == ["m", "n"])
    #expect(totals.entries.map(\.requests) == [5, 6])
    #expect(totals.entries.map(\.costMicros) == [500_000, nil])
    #expect(totals.entries.map(\.tokensIn) == [7, nil])
    #expect(totals.entries.map(\.line) == [2, 3])
  }

  @Test func aBadRowIsLeftOutWithItsPlace() throws {
    let head = "date,model,requests,usage\n"
    for (row, id) in [
      ("02/03/2026,m,1,", "control-totals-bad-date"), ("2026-02-30,m,1,", "control-totals-bad-date"),
      ("2026-03-02,,1,", "control-totals-no-model"), ("2026-03-02,m,,", "control-totals-bad-number"),
      ("2026-03-02,m,-1,", "control-totals-bad-number"), ("2026-03-02,m,1.5,", "control-totals-bad-number"),
      ("2026-03-02,m,99999999999999999999,", "control-totals-bad-number"),
      ("2026-03-02,m,1,\"0,5\"", "control-totals-bad-number"), ("2026-03-02,m,1,nan", "control-totals-bad-number"),
    ] {
      let totals = try read(head + row + "\n2026-03-02,m,1,\n")
      #expect(totals.entries.count == 1)
      let diagnostic = try #require(totals.diagnostics.first)
      #expect(diagnostic.id == id)
      #expect(diagnostic.place == "totals:2 (byte \(head.utf8.count))")
    }
    let json = try read(
      #"[{"date":"2026-03-02","model":["m"],"requests":true},{"date":"2026-03-02","model":"m","requests":1}]"#)
    #expect(json.entries.count == 1)
    #expect(json.diagnostics.map(\.byteOffset) == [1])
  }

  @Test func elementsThatAreNoObjectsAreCounted() throws {
    let totals = try read(#"[1,{"date":"2026-03-02","model":"m","requests":1},"x"]"#)
    #expect(totals.entries.count == 1)
    #expect(totals.diagnostics.map(\.summary) == ["2 elements of the list are no objects; they were left out"])
  }

  @Test func readsTheExamplesActivity() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("examples/openrouter/activity.json").path
    let totals = try readControlTotals(WholeFile(name: "activity.json", path: path))
    #expect(totals.diagnostics.isEmpty)
    #expect(totals.entries.map(\.line).first == 2)
    // The log has 30 requests that an endpoint billed, and lacks 2.
    #expect(totals.entries.reduce(0) { $0 + $1.requests } == 32)
  }

  @Test func whatIsNoTotalIsRefused() {
    func id(_ text: String) -> String? {
      do { _ = try read(text) } catch { return (error as? Diagnostic)?.id }
      return nil
    }
    #expect(id(#"{"data":[{"date""#) == "control-totals-not-json")
    #expect(id(#"{"rows":[]}"#) == "control-totals-no-rows")
    #expect(id("a,b\n1,2\n") == "register-columns-missing")
    #expect(id("") == "register-empty")
    #expect(id(#"{"data":[]}"#) == nil)
  }
}
