import EvidenceModel
import Testing

@testable import Intake

@Suite struct JSON5Tests {
  private func root(_ text: String) throws -> YAMLText.Node { try JSON5Text.read(text, name: "f.json5") }

  private func problem(_ text: String) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { try JSON5Text.read(text, name: "f.json5") }
  }

  @Test func readsWhatJSONHasNot() throws {
    let root = try root(
      """
      // a comment
      {
        plain: 'single "quotes"', $odd_1: "a\\
      b", /* between */ "list": [1, 0x1F, +2, .5, 1., -Infinity, true, null,],
      }
      """)
    #expect(root["plain"]?.text == #"single "quotes""#)
    #expect(root["$odd_1"]?.text == "ab")
    #expect(root["list"]?.items.map(\.text) == ["1", "0x1F", "+2", ".5", "1.", "-Infinity", "true", nil])
    #expect(root.members.map(\.key) == ["plain", "$odd_1", "list"])
  }

  @Test(arguments: [
    (#""\u00e9""#, "é"), (#""\ud83d\ude00""#, "\u{1F600}"), (#""\ud83d""#, "\u{FFFD}"), (#"'\x41\n\'\"\/'"#, "A\n'\"/"),
    (#""\q""#, "q"), ("\"é\"", "é"),
  ])
  func readsEscapes(text: String, value: String) throws {
    #expect(try root(text).text == value)
  }

  @Test func numbersKeepTheirDigits() throws {
    #expect(
      try root("{a: 1.50, b: 12345678901234567890}").members.map(\.value.text) == ["1.50", "12345678901234567890"])
  }

  @Test func placesAreThoseOfTheText() throws {
    let root = try root("{\n  'é': 1, b: 2\n}")
    #expect(root["b"]?.mark.line == 2)
    #expect(root["b"]?.mark.column == 14)
  }

  @Test(arguments: [
    ("{a: 1\n b: 2}", 2, 7), ("{a: word}", 1, 8), ("{a: \"x\n\"}", 1, 6), ("{a: 1", 1, 5), ("{a 1}", 1, 3),
    ("[1 2]", 1, 3), ("{} {}", 1, 3), ("/* open", 1, 7), ("{a: 1, a: 2}", 1, 8), (#""\u12""#, 1, 3), ("", 1, 0),
    ("{,}", 1, 1), ("{a: 1.2.3}", 1, 9),
  ])
  func saysWhereTheSyntaxFails(text: String, line: Int, offset: Int) throws {
    let problem = try problem(text)
    #expect(problem.id == "json5-syntax")
    #expect(problem.line == line)
    #expect(problem.byteOffset == offset)
  }

  @Test func anErrorQuotesNothing() throws {
    let problem = try problem("{apiKey: wordlike}")
    #expect(!problem.summary.contains("wordlike"))
  }

  @Test func deepNestingIsRefused() throws {
    #expect(try problem(String(repeating: "[", count: 100_000)).id == "json5-too-deep")
    #expect(try problem(String(repeating: "{a:", count: 100_000)).id == "json5-too-deep")
  }

  @Test func aPolicyMayBeJSON5OrYAMLInFlowStyle() throws {
    for text in ["{rules: [{id: 'a', action: 'allow'}]}", "{rules: [{id: a, action: allow}]}"] {
      let policy = try PolicyFormat.read(text, name: "p", stated: nil).policy
      #expect(policy.rules.map(\.id) == ["a"])
    }
  }

  @Test func brokenJSON5WithACommentIsNotTakenForYAML() throws {
    let text = "{rules: [], // a comment\n version: v1, note: x}"
    let problem = try #require(throws: Diagnostic.self) { try PolicyFormat.read(text, name: "p", stated: nil) }
    #expect(problem.id == "json5-syntax")
    #expect(problem.line == 2)
  }
}
