import EvidenceModel
import TestSupport
import Testing

@testable import Intake

private func github(_ text: String) -> Codeowners { Codeowners(text, dialect: .github) }

private func gitlab(_ text: String) -> Codeowners { Codeowners(text, dialect: .gitlab) }

/// The owners that each section names, joined.
private func owners(_ file: Codeowners, _ path: String) -> [String] { file.deciding(for: path).flatMap(\.entry.owners) }

/// `role: owner` of every claim.
private func claims(_ file: Codeowners, _ path: String) -> [String] {
  file.claims(for: path, file: "CODEOWNERS").map { "\($0.role): \($0.owner)" }
}

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
    #expect(PathPattern(github: pattern).matches(path) == matches)
  }

  @Test func theLastMatchingLineDecides() {
    let file = github("* @all\n/policy/ @risk @ada\n*.md @docs\n")
    #expect(owners(file, "policy/p.yaml") == ["@risk", "@ada"])
    #expect(file.deciding(for: "policy/p.yaml").first?.entry.line == 2)
    #expect(owners(file, "policy/p.md") == ["@docs"])
    #expect(owners(file, "x") == ["@all"])
  }

  @Test func aLineWithoutOwnersRemovesThem() {
    #expect(owners(github("* @all\n/policy/\n"), "policy/p.yaml") == [])
  }

  @Test func nothingMatchesNothing() {
    #expect(owners(github("/a @all\n"), "b") == [])
    #expect(owners(github(""), "b") == [])
  }

  @Test func commentsAreLeftOut() {
    let file = github("# all\n\n  * @all # everyone\n/a #@nobody\n")
    #expect(
      file.sections[0].entries == [
        Codeowners.Entry(pattern: "*", owners: ["@all"], line: 3), Codeowners.Entry(pattern: "/a", owners: [], line: 4),
      ])
  }

  @Test(arguments: ["!a @x", "[ab] @x", "\\#a @x"]) func linesGitHubDoesNotKnowAreSkipped(line: String) {
    #expect(github(line).sections[0].entries.isEmpty)
  }

  @Test(arguments: ["/a ada", "/a @ada @", "/a @ada, bob", "/a @one/two/three", "/a @"])
  func aLineWithAnOwnerThatIsNoneIsSkippedAndTold(line: String) {
    let file = github("* @all\n\(line)\n")
    #expect(owners(file, "a") == ["@all"])
    #expect(file.skipped.map(\.line) == [2])
  }

  @Test func aBlankInAPathIsEscaped() {
    #expect(owners(github("/my\\ policy.yaml @ada\n"), "my policy.yaml") == ["@ada"])
  }

  @Test func aHostilePatternEndsInReasonableTime() {
    let stars = String(repeating: "*a", count: 200) + "b"
    let folders = String(repeating: "**/", count: 500) + "b"
    let path = String(repeating: "a/", count: 200) + String(repeating: "a", count: 250)
    for pattern in [PathPattern(github: stars), PathPattern(github: folders), PathPattern(gitlab: folders)] {
      let matches = pattern.matches(path)
      #expect(!matches)
    }
    #expect(github(String(repeating: "a", count: 5000) + " @ada").skipped.count == 1)
  }

  @Test func severalOwnersAreOneAccountableEntryAndEachIsFound() {
    #expect(
      claims(github("/a @risk @org/team\n"), "a") == [
        "accountable: @risk @org/team", "code-owner: @risk", "code-owner: @org/team",
      ])
    #expect(claims(github("/a @risk\n"), "a") == ["accountable: @risk"])
  }

  @Test func anOwnerIsAPersonOrATeamAsItsFormSays() {
    func kinds(_ file: Codeowners) -> [OwnerKind?] { file.claims(for: "a", file: "CODEOWNERS").map(\.kind) }
    #expect(kinds(github("/a @org/team\n")) == [.team])
    #expect(kinds(github("/a @ada\n")) == [.person])
    #expect(kinds(github("/a @ada bob@example.org\n")) == [.several, .person, .person])
    #expect(kinds(gitlab("/a @ada\n")) == [nil])
    #expect(kinds(gitlab("/a @@maintainer\n")) == [.role])
    #expect(kinds(gitlab("/a @group/one @group/two\n")) == [.team, .team, .team])
  }

  @Test func aByteOrderMarkIsNoPartOfAPattern() {
    for file in [github("\u{FEFF}/a @ada\n"), gitlab("\u{FEFF}/a @ada\n")] {
      #expect(file.claims(for: "a", file: "CODEOWNERS").map(\.owner) == ["@ada"])
    }
  }

  @Test(arguments: [("*", true), ("/**/*", true), ("**/*", true), ("/a", false), ("*a", false)])
  func aPatternOfNothingButStarsIsACatchAll(pattern: String, isCatchAll: Bool) {
    let claim = github("\(pattern) @ada\n").claims(for: "a", file: "CODEOWNERS").first
    #expect(claim?.provenance == (isCatchAll ? .inferred : .matched))
  }

  @Test func ownersMayBePeopleTeamsAndMails() {
    #expect(
      github("a\t@ada  @org/team\tada@example.org").sections[0].entries.map(\.owners) == [
        ["@ada", "@org/team", "ada@example.org"]
      ])
  }

  @Test func readsCRLF() {
    let file = github("* @all\r\n/policy/ @risk\r\n")
    #expect(
      file.sections[0].entries == [
        Codeowners.Entry(pattern: "*", owners: ["@all"], line: 1),
        Codeowners.Entry(pattern: "/policy/", owners: ["@risk"], line: 2),
      ])
  }
}

@Suite struct GitLabCodeownersTests {
  @Test(arguments: [
    ("*", "policy.yaml", true), ("*", "a/b/policy.yaml", true), ("*.yaml", "a/b/policy.yaml", true),
    ("/policy.yaml", "policy.yaml", true), ("/policy.yaml", "a/policy.yaml", false),
    ("policy.yaml", "a/policy.yaml", true), ("a/policy.yaml", "x/a/policy.yaml", true),
    ("/a/", "a/b/c.yaml", true), ("a/", "b/a/c.yaml", true), ("/a", "a/b.yaml", false), ("/a/*", "a/b.yaml", true),
    ("/a/*", "a/b/c.yaml", false), ("/a/**/*.yaml", "a/c.yaml", true), ("/a/**/*.yaml", "a/b/c/d.yaml", true),
    ("/a/**", "a/b/c.yaml", false), ("/a/**", "a/b", true), ("/a/*/c.yaml", "a/b/c.yaml", true),
    ("/a/*/c.yaml", "a/c.yaml", false), ("/[ab].yaml", "b.yaml", true), ("/[!ab].yaml", "b.yaml", false),
    ("/[a-c]x", "bx", true), ("/[a-c]x", "dx", false), ("/[a", "a", false), ("/p?licy", "policy", true),
    ("/.hidden", ".hidden", true), ("/*", ".hidden", true), ("\\#a", "#a", true), ("/a\\*", "a*", true),
    ("/a\\*", "ab", false),
  ])
  func matchesLikeFnmatch(pattern: String, path: String, matches: Bool) {
    #expect(PathPattern(gitlab: pattern).matches(path) == matches)
  }

  @Test func everySectionCountsAndTheLastMatchOfEach() {
    let file = gitlab(
      "* @admin\n\n[README Owners]\nREADME.md @user1 @user2\ninternal/README.md @user4\n\n[README other owners]\nREADME.md @user3\n"
    )
    #expect(owners(file, "README.md") == ["@admin", "@user1", "@user2", "@user3"])
    #expect(owners(file, "internal/README.md") == ["@admin", "@user4", "@user3"])
    #expect(
      claims(file, "README.md") == [
        "accountable: @admin", "code-owner (README Owners): @user1", "code-owner (README Owners): @user2",
        "code-owner (README other owners): @user3",
      ])
  }

  @Test func sectionsOfOneNameAreOneWhateverTheirCase() {
    let file = gitlab("[Docs]\n*.yaml @docs\n[Data]\n*.yaml @data\n[DOCS]\n/p.yaml @risk\n")
    #expect(file.sections.compactMap(\.name) == ["Docs", "Data"])
    #expect(owners(file, "p.yaml") == ["@risk", "@data"])
  }

  @Test func aSectionsDefaultsHoldWhereALineNamesNobody() {
    let file = gitlab("[Docs][2] @docs @ada\n/a\n/b @risk\n[Data]\n/a\n")
    #expect(owners(file, "a") == ["@docs", "@ada"])
    #expect(owners(file, "b") == ["@risk"])
  }

  @Test func anOptionalSectionStandsBehindARequiredOne() {
    let file = gitlab("^[Docs] @docs\n/a\n[Risk] @risk\n/a\n/b\n^[Other] @other\n/c\n")
    #expect(claims(file, "a") == ["code-owner (Docs, optional): @docs", "accountable: @risk"])
    #expect(claims(file, "c") == ["accountable: @other"])
  }

  @Test func aSectionIsRequiredWhenOneOfItsHeadingsIs() {
    #expect(gitlab("^[Docs]\n[docs]\n").sections.last?.isOptional == false)
    #expect(gitlab("^[Docs]\n^[docs]\n").sections.last?.isOptional == true)
  }

  @Test func whatASectionExcludesStaysExcludedInItAlone() {
    let file = gitlab("* @admin\n[Ruby]\n*.rb @ruby\n!/config/**/*.rb\n/config/routes.rb @ops\n")
    #expect(owners(file, "a.rb") == ["@admin", "@ruby"])
    #expect(owners(file, "config/routes.rb") == ["@admin"])
  }

  @Test func wordsThatAreNoOwnersArePassedOverAndTold() {
    let file = gitlab("/a @group nobody @ada # ask @bob\n[Section name\n")
    #expect(owners(file, "a") == ["@group", "@ada", "@bob"])
    #expect(file.skipped.map(\.line) == [1, 2])
  }

  @Test func rolesAreThoseThatGitLabKnows() {
    let file = gitlab("/a @@maintainer @@owners @@guest\n")
    #expect(owners(file, "a") == ["@@maintainer", "@@owners"])
    #expect(file.skipped.count == 1)
  }

  @Test func headingsTellGitLabsFilesApart() {
    #expect(Codeowners.hasSections("* @all\n^[Docs][2] @docs\n"))
    #expect(!Codeowners.hasSections("* @all\n[ab].yaml @docs\n# [Docs]\n"))
  }
}
