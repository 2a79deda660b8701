import Assets
import Foundation
import Rendering
import TestSupport
import Testing
import XMLDocuments

/// What pages say of a change, by small documents.
struct ChangeSentenceTests {
  private static let stylesheet = """
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1">
      <xsl:import href="../parts/frame.xsl"/>
      <xsl:import href="../parts/changes.xsl"/>
      <xsl:template match="/"><html><body><h1>Title</h1>
        <xsl:apply-templates select="*/e:changes/e:change | */e:facts" mode="story"/>
        <xsl:apply-templates select="*/e:changes/e:change" mode="why"/>
        <xsl:apply-templates select="*/e:changes/e:change" mode="radius"/>
      </body></html></xsl:template>
    </xsl:stylesheet>
    """

  /// The paragraphs of a class, as plain text.
  private func paragraphs(_ name: String, _ document: String) throws -> [String] {
    let page = try withTemporaryFolder { folder in
      try folder.write(Self.stylesheet, to: "pages/own.xsl")
      let renderer = PageRenderer(try AssetLibrary.embedded.overlaid("templates", with: folder.path))
      let parsed = try XMLDocument(Array(document.utf8), name: "own.xml")
      return String(decoding: try renderer.page(from: parsed, stylesheet: "templates/pages/own.xsl"), as: UTF8.self)
    }
    return page.components(separatedBy: "<p class=\"\(name)\">").dropFirst().map { part in
      let text = part.components(separatedBy: "</p>")[0].replacingOccurrences(
        of: "<[^>]*>", with: "", options: .regularExpression)
      return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private static let usual = [
    "rule": "large-context", "version": "v2", "version-page": "v/v2.html", "kind": "changed", "direction": "looser",
    "author": "priya", "approvers": "sam", "ticket": "CHG-7", "approval": "others", "approved-order": "before",
    "approved-apart": "1", "approved-unit": "day", "approved-date": "12 Jul 2026", "effect-order": "after",
    "effect-apart": "3", "effect-unit": "day", "effective-date": "13 Jul 2026", "in-period": "true",
    "counted": "decisions", "decisions": "1200", "decisions-page": "r/large-context.html#tally",
  ]

  private func document(_ attributes: [String: String?], _ content: String) -> String {
    var all: [String: String?] = Self.usual
    for (name, value) in attributes { all[name] = .some(value) }
    let text = all.sorted { $0.key < $1.key }.compactMap { name, value in value.map { "\(name)=\"\($0)\"" } }
    return """
      <rule xmlns="urn:tenure:evidence:1"><context page="r/large-context.html"/>
        <changes><change \(text.joined(separator: " "))>\(content)</change></changes></rule>
      """
  }

  private func field(_ name: String, _ before: String, _ after: String) -> String {
    "<field name=\"\(name)\" before=\"\(before)\" after=\"\(after)\"/>"
  }

  private func story(_ attributes: [String: String?] = [:], _ content: String? = nil) throws -> String {
    let content = content ?? field("min-tokens-in", "32000", "16000")
    return try #require(try paragraphs("story", document(attributes, content)).first)
  }

  @Test func aChangeIsToldInOneSentence() throws {
    #expect(
      try story()
        == "priya moved the threshold of large-context from 32,000 to 16,000 tokens; sam approved it on 12 Jul 2026; it took effect on 13 Jul 2026, 3 days after it was recorded; the ticket is CHG-7."
    )
  }

  @Test(arguments: [
    ("others", "unrecorded", "sam approved it, on a day that is not on record;"),
    ("others", "at", "sam approved it at the very moment it took effect;"),
    ("author-alone", "before", "nobody but the author approved it, on 12 Jul 2026;"),
    ("author-alone", "unrecorded", "nobody but the author approved it, on a day that is not on record;"),
    ("nobody", "unrecorded", "nobody is on record as having approved it;"),
    ("not-held", "unrecorded", "its source has no place for approvals, so it cannot tell who approved it;"),
  ])
  func approvalIsTold(approval: String, order: String, words: String) throws {
    #expect(try story(["approval": approval, "approved-order": order]).contains(words))
  }

  @Test func anApprovalThatCameLateStandsAfterTheEffect() throws {
    #expect(
      try story(["approved-order": "after"]).contains(
        "it took effect on 13 Jul 2026, 3 days after it was recorded; sam approved it only on 12 Jul 2026, one day later;"
      ))
  }

  @Test(arguments: [
    ("before", "4", "day", "it is backdated: it took effect on 13 Jul 2026, 4 days before it was recorded;"),
    ("after", "1", "hour", "it took effect on 13 Jul 2026, one hour after it was recorded;"),
    ("after", "0", "second", "it took effect on 13 Jul 2026, less than a second after it was recorded;"),
    ("at", "0", "second", "it took effect on 13 Jul 2026, the moment it was recorded;"),
    ("unrecorded", "0", "second", "it took effect on 13 Jul 2026, and when it was recorded is not known;"),
  ])
  func theTwoClocksAreTold(order: String, n: String, unit: String, words: String) throws {
    #expect(try story(["effect-order": order, "effect-apart": n, "effect-unit": unit]).contains(words))
  }

  @Test func whatWasNeverInForceIsTold() throws {
    #expect(
      try story(["never-in-force": "true"]).contains(
        "it was to take effect on 13 Jul 2026, and another version took its place at that very instant;"))
  }

  @Test func whatIsMissingIsSaid() throws {
    #expect(
      try story(["author": nil, "ticket": nil]).hasPrefix("Somebody whom the source does not name moved the threshold"))
    #expect(try story(["ticket": nil]).hasSuffix("; no ticket is on record."))
  }

  @Test(arguments: [
    ("created", "priya added the rule large-context;"), ("removed", "priya removed the rule large-context;"),
    ("reinstated", "priya brought the rule large-context back;"),
  ])
  func whatIsNoFieldIsTold(kind: String, words: String) throws {
    #expect(try story(["kind": kind], "").hasPrefix(words))
  }

  @Test func aRenamedRuleIsToldByBothNames() throws {
    #expect(
      try story(["kind": "renamed", "former-rule": "long"], "").hasPrefix(
        "priya gave the rule long the name large-context,"))
  }

  @Test func aRuleOfTheFirstVersionWasNotAdded() throws {
    #expect(
      try story(["kind": "created"], "<reason kind=\"first-version\" direction=\"unknown\"/>").hasPrefix(
        "priya stated the rule large-context in the first version that is known;"))
  }

  @Test(arguments: [
    ("action", "block", "permit", "priya turned large-context from “block” into “permit fallback”;"),
    ("priority", "10", "20", "priya moved large-context from priority 10 to 20;"),
    (
      "order", "place 1 of 3", "place 3 of 3",
      "priya moved large-context among the rules, from place 1 of 3 to place 3 of 3;"
    ),
    ("agent", "*", "x", "priya changed the agent that large-context asks for from any to x;"),
    ("data-class", "pii", "*", "priya changed the data class that large-context asks for from pii to any;"),
    ("tool", "*", "web", "priya changed the tool that large-context asks for from any to web;"),
    ("escalate-to", "", "large", "priya changed the target of large-context from none to large;"),
    ("allowed-jurisdictions", "EU", "EU|UK", "priya changed the places that large-context allows from EU to EU, UK;"),
    ("from", "*", "small", "priya changed the model that large-context lets requests leave from any to small;"),
    ("triggers", "*", "error", "priya changed what sets large-context off from any to error;"),
    ("settings", "a=1", "a=2", "priya changed settings of large-context that replay cannot test;"),
    ("weather", "sun", "rain", "priya changed weather of large-context;"),
  ])
  func everyFieldHasItsWords(name: String, before: String, after: String, words: String) throws {
    #expect(try story([:], field(name, before, after)).hasPrefix(words))
  }

  @Test func severalFieldsAreNamed() throws {
    let fields = field("agent", "x", "y") + field("escalate-to", "a", "b") + field("triggers", "", "error")
    #expect(try story([:], fields).hasPrefix("priya changed the agent, the target and the triggers of large-context;"))
  }

  @Test func aValueThatLooksLikeAPlaceToFillStaysAsItIs() throws {
    #expect(try story(["author": "{1}{2}", "ticket": "{3}"]).hasPrefix("{1}{2} moved the threshold"))
  }

  // MARK: Direction

  private func why(_ direction: String, _ reasons: [(String, String)]) throws -> String {
    let content = reasons.map { "<reason kind=\"\($0.0)\" direction=\"\($0.1)\"/>" }.joined()
    return try #require(try paragraphs("why", document(["direction": direction], content)).first)
  }

  @Test func aDirectionSaysWhatItRestsOn() throws {
    #expect(
      try why("stricter", [("must-leave", "stricter"), ("fewer-places", "stricter")])
        == "▲ stricter: requests that could stay on the front-line model must leave it; requests may be served in fewer places."
    )
  }

  @Test func whatGoesBothWaysShowsBoth() throws {
    #expect(
      try why("unknown", [("may-stay", "looser"), ("fewer-places", "stricter")])
        == "? cannot be ordered: some requests gain room, others lose it – ▼ requests that had to leave the front-line model may stay on it; ▲ requests may be served in fewer places."
    )
  }

  // MARK: Blast radius

  private func radius(_ attributes: [String: String?], _ content: String = "") throws -> String {
    try #require(try paragraphs("radius", document(attributes, content)).first)
  }

  @Test func theBlastRadiusIsToldWithItsDenominator() throws {
    let impact = """
      <impact anchor="impact-1" judged-by="before" version="v2" version-page="v/v2.html" other="v1" n="1" of="5">
        <outcome class="compliant" rule="a" other-class="no_rule" other-rule="-" n="1"/></impact>
      """
    #expect(
      try radius([:], impact)
        == "While it stood, 1,200 decisions of the period were judged under the rule. Had v1 stayed, 1 of the 5 decisions under v2 would have been classed otherwise by this rule or for want of it."
    )
  }

  @Test func aChangeOfNoSingleRuleCountsForTheWholeVersion() throws {
    let impact = "<impact anchor=\"i\" judged-by=\"before\" version=\"v2\" other=\"v1\" n=\"1\" of=\"5\"/>"
    #expect(try radius(["rule": "-"], impact).hasSuffix("decisions under v2 would have been classed otherwise."))
  }

  @Test(arguments: [
    ("0", "1", "the 1 decision under v1 would not have been classed otherwise by this rule or for want of it"),
    ("0", "5", "none of the 5 decisions under v1"), ("0", "0", "There are no decisions under v1"),
  ])
  func nothingIsSaidInWords(n: String, of: String, words: String) throws {
    let impact = "<impact anchor=\"i\" judged-by=\"this\" version=\"v1\" other=\"v2\" n=\"\(n)\" of=\"\(of)\"/>"
    #expect(try radius(["decisions": "0"], impact).contains(words))
    #expect(try radius(["decisions": "0"], impact).hasPrefix("While it stood, no decision of the period"))
  }

  @Test(arguments: [
    ("no-version-before", "No version was in force before"), ("never-in-force", "It was never in force"),
    ("unreadable", "The version before could not be read"), ("several-permits", "The version changed several permits"),
  ])
  func whatCannotBeToldIsSaid(reason: String, words: String) throws {
    #expect(try radius(["impact-unknown": reason]).contains(words))
  }

  @Test func forgottenPartsOfLogsAreSaid() throws {
    #expect(
      try radius(["forgotten": "2"]).hasSuffix(
        "These numbers are too small: 2 parts of logs are gone that were judged beside other versions, and what these two would have said of them cannot be told."
      ))
  }

  // MARK: A version

  private func version(_ attributes: String) throws -> String {
    let text = """
      <version xmlns="urn:tenure:evidence:1"><context page="v/v2.html"/>
        <facts version="v2" author="priya" approval="nobody" approved-order="unrecorded" effect-order="at"
          effective-date="13 Jul 2026" \(attributes)/><changes of="3"/></version>
      """
    return try #require(try paragraphs("story", text).first)
  }

  @Test func aVersionIsToldByHowManyRulesItChanged() throws {
    #expect(try version("changes=\"3\"").hasPrefix("priya changed 3 rules with v2;"))
    #expect(try version("changes=\"0\"").hasPrefix("priya made v2, which changed no rule;"))
    #expect(try version("changes=\"0\" readable=\"false\"").hasPrefix("priya made v2, whose text could not be read;"))
    #expect(try version("changes=\"3\" first=\"true\"").hasPrefix("priya made v2, the first version that is known;"))
  }
}
