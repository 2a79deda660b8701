import EvidenceModel
import Intake
import Testing

@Suite struct YAMLTextTests {
  private func root(_ text: String) throws -> YAMLText.Node {
    try #require(try YAMLText(text, name: "f.yaml").root)
  }

  private func problem(_ text: String) throws -> Diagnostic {
    try #require(throws: Diagnostic.self) { try YAMLText(text, name: "f.yaml") }
  }

  @Test func readsScalarsListsAndMappings() throws {
    let root = try root("a: 1\nb: [x, 'y']\nc:\n  d: z\n")
    #expect(root["a"]?.text == "1")
    #expect(root["b"]?.items.map(\.text) == ["x", "y"])
    #expect(root["c"]?["d"]?.text == "z")
    #expect(root["e"] == nil)
    #expect(root.members.map(\.key) == ["a", "b", "c"])
  }

  @Test(arguments: ["a:", "a: null", "a: ~"]) func nullHasNoText(text: String) throws {
    #expect(try #require(try root(text)["a"]).text == nil)
  }

  @Test(arguments: [
    ("a: 'null'", "null"), ("a: \"\"", ""), ("a: \"~\"", "~"), ("a: yes", "yes"), ("a: 2026-07-01", "2026-07-01"),
  ])
  func otherScalarsKeepTheirText(text: String, value: String) throws {
    #expect(try root(text)["a"]?.text == value)
  }

  @Test func underscoresAndHyphensInKeysAreOne() throws {
    #expect(try root("model_list: 1")["model-list"]?.text == "1")
    #expect(try root("model-list: 1")["model-list"]?.text == "1")
  }

  @Test func aListMayBeOneTextWithBars() throws {
    #expect(try root("a: x | y|z")["a"]?.texts == ["x", "y", "z"])
    #expect(try root("a: [x|y, z]")["a"]?.texts == ["x|y", "z"])
    #expect(try root("a:")["a"]?.texts == [])
  }

  @Test func anEmptyTextHasNoRoot() throws {
    #expect(try YAMLText("", name: "f").root == nil)
    #expect(try YAMLText("# nothing\n", name: "f").root == nil)
  }

  @Test func readsJSON() throws {
    #expect(try root(#"{"a": ["b", {"c": "d"}]}"#)["a"]?.items.last?["c"]?.text == "d")
  }

  @Test func saysWhereTheSyntaxFails() throws {
    let problem = try problem("a: 1\nb: [x\nc: 2\n")
    #expect(problem.id == "yaml-syntax")
    #expect(problem.file == "f.yaml")
    #expect(problem.line == 3)
    #expect(try #require(problem.byteOffset) >= 10)
  }

  @Test func saysWhereATabStands() throws {
    let problem = try problem("a: 1\n\tb: 2\n")
    #expect(problem.line == 2)
    #expect(problem.byteOffset == 5)
  }

  @Test func aKeyMayNotStandTwice() throws {
    let problem = try problem("x: 0\na: 1\nb: 2\na: 3\n")
    #expect(problem.id == "yaml-syntax")
    #expect(problem.summary.contains("a"))
    #expect(problem.line != nil)
  }

  @Test func anAliasIsItsAnchor() throws {
    #expect(try root("a: &x [1, 2]\nb: *x\n")["b"]?.items.map(\.text) == ["1", "2"])
  }

  @Test func anAliasBombIsRefused() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<9 {
      text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
    }
    #expect(try problem(text).id == "yaml-too-many-nodes")
  }

  @Test func deepNestingIsRefused() throws {
    #expect(try problem("a: " + String(repeating: "[", count: 20_000)).id == "yaml-syntax")
  }

  @Test func anUnknownAliasIsRefused() throws {
    #expect(try problem("a: *nobody\n").id == "yaml-syntax")
  }

  @Test func placesAreCountedInScalarsAndGivenInBytes() {
    #expect(YAMLText.byteOffset(line: 1, column: 1, in: "abc") == 0)
    #expect(YAMLText.byteOffset(line: 2, column: 3, in: "é\nàbc\n") == 6)
    #expect(YAMLText.byteOffset(line: 9, column: 9, in: "a\n") == 2)
    #expect(YAMLText.byteOffset(line: 1, column: 9, in: "ab\nc") == 2)
  }
}
