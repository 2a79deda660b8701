import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct CodeownersTests {
  @Test(arguments: [
    ("*", "policy.yaml", true), ("*", "a/b/policy.yaml", true), ("*.yaml", "policy.yaml", true),
    ("*.yaml", "a/b/policy.yaml", true),
    ("*.yaml", "policy.yml", false), ("policy.yaml", "a/policy.yaml", true), ("policy.yaml", "a/my-policy.yaml", false),
    ("/policy.yaml", "policy.yaml", true), ("/policy.yaml", "a/policy.yaml", false), ("/*", "policy.yaml", true),
    ("/*", "a/policy.yaml", false), ("a", "a/policy.yaml", true), ("a", "b/a/c/policy.yaml", true),
    ("a/", "a/policy.yaml", true),
    ("a/", "b/a/c.yaml", true), ("a/", "a", false), ("/a/", "a/b/c.yaml", true), ("/a/", "b/a/c.yaml", false),
    ("/a", "a/b/c.yaml", true), ("a/b", "a/b/c.yaml", true), ("a/b", "x/a/b/c.yaml", false), ("a/*", "a/c.yaml", true),
    ("a/*", "a/b/c.yaml", false), ("/a/*", "a/b/c.yaml", false), ("a/**", "a/b/c.yaml", true),
    ("a/**", "b/c.yaml", false),
    ("**/b", "b", true), ("**/b", "a/x/b", true), ("**/b", "a/b/c.yaml", true), ("a/**/c.yaml", "a/c.yaml", true),
    ("a/**/c.yaml", "a/x/y/c.yaml", true), ("a/**/c.yaml", "a/x/y/d.yaml", false), ("a*c.yaml", "abc.yaml", true),
    ("a*c.yaml", "a/c.yaml", false), ("p?licy.yaml", "policy.yaml", true), ("p?licy.yaml", "p/licy.yaml", false),
    ("Policy.yaml", "policy.yaml", false), ("**", "a/b", true), ("/**", "a/b", true),
    ("a/b/*.yaml", "a/b/c.yaml", true),
    ("a/b/*.yaml", "a/b/x/c.yaml", false),
  ])
  func matchesLikeGitHub(pattern: String, path: String, matches: Bool) {
    #expect(Codeowners.matches(pattern: pattern, path: path) == matches)
  }

  @Test func theLastMatchingLineDecides() {
    let file = Codeowners("* @all\n/policy/ @risk @ada\n*.md @docs\n")
    #expect(file.deciding(for: "policy/p.yaml")?.owners == ["@risk", "@ada"])
    #expect(file.deciding(for: "policy/p.yaml")?.line == 2)
    #expect(file.deciding(for: "policy/p.md")?.owners == ["@docs"])
    #expect(file.deciding(for: "x")?.owners == ["@all"])
  }

  @Test func aLineWithoutOwnersRemovesThem() {
    #expect(Codeowners("* @all\n/policy/\n").deciding(for: "policy/p.yaml")?.owners == [])
  }

  @Test func nothingMatchesNothing() {
    #expect(Codeowners("/a @all\n").deciding(for: "b") == nil)
    #expect(Codeowners("").deciding(for: "b") == nil)
  }

  @Test func commentsAreLeftOut() {
    let file = Codeowners("# all\n\n  * @all # everyone\n/a #@nobody\n")
    #expect(
      file.entries == [
        Codeowners.Entry(pattern: "*", owners: ["@all"], line: 3), Codeowners.Entry(pattern: "/a", owners: [], line: 4),
      ])
  }

  @Test(arguments: ["!a @x", "[ab] @x", "\\#a @x"]) func linesGitHubDoesNotKnowAreSkipped(line: String) {
    #expect(Codeowners(line).entries.isEmpty)
  }

  @Test func ownersMayBePeopleTeamsAndMails() {
    #expect(
      Codeowners("a\t@ada  @org/team\tada@example.org").entries.map(\.owners) == [
        ["@ada", "@org/team", "ada@example.org"]
      ])
  }

  @Test func readsCRLF() {
    let file = Codeowners("* @all\r\n/policy/ @risk\r\n")
    #expect(
      file.entries == [
        Codeowners.Entry(pattern: "*", owners: ["@all"], line: 1),
        Codeowners.Entry(pattern: "/policy/", owners: ["@risk"], line: 2),
      ])
  }
}
