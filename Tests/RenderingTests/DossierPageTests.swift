import Assets
import Foundation
import Rendering
import Testing
import XMLDocuments

extension StylesheetTests {
  /// Dossiers made of small documents, each valid against the schema.
  @Suite struct DossierPages {
    // MARK: Rules

    @Test func aRuleHasEverythingOnOnePage() throws {
      let page = try DossierDocument.page(of: DossierDocument.rule(), "rule-dossier")
      for part in [
        "<title>Dossier of rule to-trusted · Example, 1 Jul to 30 Sep 2026</title>",
        "<body class=\"page-rule-dossier dossier\">",
        "href=\"../../assets/pack.css\"", "<a href=\"../../r/to-trusted.html\"><bdi>Rule to-trusted</bdi></a>",
        "<svg class=\"timeline\"", "is the question asked?", "how it is asked", "what it cannot show",
        "seen 1 of finding 1",
        "<li id=\"stretch-1-1\">", "a missing record", "req-1", "templates/pages/rule-dossier.xsl", "Prepared by",
        "SHA-256 of manifest.xml",
      ] { #expect(page.contains(part), "\(part)") }
      #expect(!page.contains("stand here; all of them on"))
    }

    @Test func aFindingPastTheCapStandsInShort() throws {
      let page = try DossierDocument.page(of: DossierDocument.rule(findings: 3, inFull: 2), "rule-dossier")
      #expect(page.contains("seen 1 of finding 2") && !page.contains("seen 1 of finding 3"))
      #expect(page.contains("summary of finding 3"))
    }

    @Test(arguments: ["../../f/finding-1.html", "The first 5 of 17 stand here; all of them on "])
    func whatAFindingLeavesOutIsCounted(part: String) throws {
      #expect(try DossierDocument.page(of: DossierDocument.rule(paragraphsInAll: 17), "rule-dossier").contains(part))
    }

    @Test func aLongListIsCutAndSaysSo() throws {
      for stylesheet in ["rule", "rule-dossier"] {
        let page = try DossierDocument.page(of: DossierDocument.rule(tenuresInAll: 17), stylesheet)
        #expect(page.contains("1 of 17 are shown here."))
      }
      let page = try DossierDocument.page(of: DossierDocument.rule(controls: 201), "rule-dossier")
      #expect(
        page.contains("The first 200 of 201 stand here; all of them on <a href=\"../../r/to-trusted.html\">"))
      #expect(
        try DossierDocument.page(of: DossierDocument.rule(definitions: 51), "rule-dossier").contains(
          "The last 50 of 51 stand here; each version has its own on <a href=\"../../v/index.html\">"))
    }

    @Test func itSaysWhoOwnsTheRuleAndSinceWhen() throws {
      for stylesheet in ["rule", "rule-dossier"] {
        let page = try DossierDocument.page(of: DossierDocument.rule(), stylesheet)
        #expect(page.contains("<section id=\"owner-now\">") && page.contains("On record: since <time"))
      }
    }

    @Test func sumsOverAllVersionsSaySo() throws {
      for stylesheet in ["rule", "rule-dossier"] {
        let page = try DossierDocument.page(of: DossierDocument.rule(sumsVersions: true), stylesheet)
        #expect(page.contains("all versions, added up"))
      }
    }

    @Test func theLargestDossierStaysUnderAMegabyte() throws {
      let document = DossierDocument.rule(
        findings: 100, inFull: 25, tenures: 150, changes: 30, sums: 300, controls: 1000, exceptions: 50,
        definitions: 100,
        words: String(repeating: "a long value &amp; ", count: 20))
      #expect(try DossierDocument.page(of: document, "rule-dossier").utf8.count < 1 << 20)
    }

    @Test func idsStandOnce() throws {
      let page = try DossierDocument.page(of: DossierDocument.rule(findings: 4, inFull: 4, tenures: 3), "rule-dossier")
      let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
      #expect(Set(ids).count == ids.count)
    }

    @Test func theRulesOwnPageLeadsToIt() throws {
      let page = try DossierDocument.page(of: DossierDocument.rule(), "rule")
      #expect(page.contains("<a href=\"../r/print/to-trusted.html\">"))
      #expect(!page.contains("seen 1 of finding 1"))
    }

    // MARK: Controls

    @Test func aControlHasItsChecksWithWhatTheyFound() throws {
      let page = try DossierDocument.page(of: DossierDocument.control(), "control-dossier")
      for part in [
        "Dossier of control C-1: A control", "the statement of the catalog", "why it bears on it", "its condition",
        "is the question asked?", "seen 1 of finding 1", "lies inside the control", "what is not settled",
        "A publisher",
        "../../k/rg-own-01.html",
        "The first 1 of 9 stand here; all of them on <a href=\"../../k/rg-own-01.html#findings\">",
        "2026-Q2", "a missing record", "Reviewed by",
      ] { #expect(page.contains(part), "\(part)") }
    }

    @Test func aControlWithoutACheckSaysSo() throws {
      let page = try DossierDocument.page(of: DossierDocument.control(hasCheck: false), "control-dossier")
      #expect(page.contains("No check maps to this control."))
    }

    @Test func textOfTheInputsStaysText() throws {
      let hostile = "&lt;script&gt;alert(1)&lt;/script&gt;"
      for (document, stylesheet) in [
        (DossierDocument.rule(words: hostile), "rule-dossier"),
        (DossierDocument.control(words: hostile), "control-dossier"),
      ] {
        let page = try DossierDocument.page(of: document, stylesheet)
        #expect(page.contains(hostile) && !page.contains("<script>"))
      }
    }
  }
}

/// Documents of a rule and of a control, as long as a test wants them.
private enum DossierDocument {
  static func page(of document: String, _ stylesheet: String) throws -> String {
    let parsed = try XMLDocument(Array(document.utf8), name: "own.xml")
    try EvidenceSchema(try #require(AssetLibrary.embedded.bytes("templates/evidence.xsd"))).validate(parsed)
    let page = try PageRenderer(.embedded).page(from: parsed, stylesheet: "templates/pages/\(stylesheet).xsl")
    return String(decoding: page, as: UTF8.self)
  }

  private static func context(_ page: String, _ dossier: String) -> String {
    """
    <context organisation="Example" period="2026-Q3" period-text="1 Jul to 30 Sep 2026" level="internal" mapping-review="draft"
     tool-version="0" page="\(page)" document="evidence/own.xml" dossier="\(dossier)"><crumb page="index.html" title="Start"/></context>
    """
  }

  private static func each(_ count: Int, _ one: (Int) -> String) -> String {
    (0..<count).map { one($0 + 1) }.joined(separator: "\n")
  }

  private static let time = "effective=\"2026-07-01T00:00:00Z\" effective-text=\"1 Jul 2026\""

  private static let story =
    "approval=\"nobody\" approved-order=\"unrecorded\" effect-order=\"at\" effective-date=\"1 Jul 2026\""

  private static func finding(_ number: Int, isFull: Bool, paragraphsInAll: Int, words: String) -> String {
    let reference = """
      <finding-ref anchor="ref-\(number)" id="finding-\(number)" page="f/finding-\(number).html" check="RG-OWN-01" check-page="k/rg-own-01.html"
       check-title="A check" result="fail" subject-kind="rule" subject="to-trusted" subject-page="r/to-trusted.html"
       summary="summary of finding \(number) \(words)" n="1" of="2"
      """
    guard isFull else { return reference + "/>" }
    return reference + " paragraphs=\"\(paragraphsInAll)\" stretches=\"1\">"
      + each(5) { "<p>seen \($0) of finding \(number) \(words)</p>" } + stretch("\(number)-1")
      + "<missing record=\"a missing record\"/></finding-ref>"
  }

  private static func stretch(_ id: String) -> String {
    """
    <stretch anchor="stretch-\(id)" kind="gap" from="2026-07-01T00:00:00Z" from-text="1 Jul" to="2026-07-02T00:00:00Z" to-text="2 Jul"
     length-text="1 day" owners=""/>
    """
  }

  static func rule(
    findings: Int = 1, inFull: Int = 1, paragraphsInAll: Int = 5, tenures: Int = 1, tenuresInAll: Int = 1,
    changes: Int = 1,
    sums: Int = 1, sumsVersions: Bool = false, controls: Int = 1, exceptions: Int = 1, definitions: Int = 1,
    words: String = "words"
  ) -> String {
    let definition = """
      priority="1" agent="*" data-class="pii" tool="*" min-tokens-in="0" action="escalate" escalate-to="large" allowed-jurisdictions="*" how="explicit"
      """
    return """
      <rule xmlns="urn:tenure:evidence:1" id="to-trusted" title="Rule to-trusted" in-force="true" words="\(words)" owner="dana" owner-tenure="tenure-1">
      \(context("r/to-trusted.html", "r/print/to-trusted.html"))
      <definition rule="to-trusted" version="v1" version-page="v/v1.html" \(definition)/>
      <timeline period-x="0" period-width="1000"><lane kind="version" title="Versions" rows="1" shown="1" of="1"><bar x="0" width="1000" row="0" kind="version" label="v1" title="v1"/></lane></timeline>
      <tenures shown="\(tenures)" of="\(tenuresInAll)">\(each(tenures) { """
        <tenure anchor="tenure-\($0)" rule="to-trusted" owner="dana" owner-page="o/dana.html" role="accountable" from="2026-01-01T00:00:00Z" from-text="1 Jan" backdated="false" how="explicit" basis="explicit" source="o.csv" line="\($0)" decisions="1"/>
        """ })</tenures>
      <stretches shown="0" of="0"/>
      <definitions shown="\(definitions)" of="\(definitions)">\(each(definitions) { """
        <definition anchor="definition-\($0)" rule="to-trusted" version="v1" version-page="v/v1.html" \(definition)/>
        """ })</definitions>
      <changes shown="\(changes)" of="\(changes)" looser="\(changes)" stricter="0" neutral="0" unknown="0">\(each(changes) { """
        <change anchor="change-\($0)" rule="to-trusted" rule-page="r/to-trusted.html" version="v\($0)" version-page="v/v1.html" kind="changed" direction="looser" words="\(words)" \(time) in-period="true" decisions="1" counted="decisions" \(story)>
        \(each(10) { "<field name=\"field \($0)\" before=\"\(words)\" after=\"\(words)\"/>" })</change>
        """ })</changes>
      <classes><class-count class="drift_not_escalated" n="1" of="2" share-text="50 %" exception="true"/></classes>
      <tally n="2">\(each(sums) { """
        <tally-row anchor="tally-\($0)" rule="to-trusted" version="v1" \(sumsVersions ? "all-versions=\"true\"" : "version-page=\"v/v1.html\"") owner="dana" owner-status="owned" class="drift_not_escalated" exception="true" n="1" indeterminate="0" tokens-in="1" tokens-out="1" cost-micros="1" cost-text="0 USD"/>
        """ })</tally>
      <findings shown="\(findings)" of="\(findings)">\(each(findings) {
        finding($0, isFull: $0 <= inFull, paragraphsInAll: paragraphsInAll, words: words) })</findings>
      <controls>\(each(controls) { """
        <control-ref framework="f" framework-title="A framework" id="c-\($0)" display="C-\($0)" title="A control" page="c/f-c-1.html" state="contradicted" relation="subset-of" rationale="\(words)" review="draft"/>
        """ })</controls>
      <examples of="1"/>
      <check-words id="RG-OWN-01" title="A check" page="k/rg-own-01.html" question="is the question asked?" method="how it is asked" population-text="rules" cannot-show="what it cannot show"/>
      <exceptions shown="\(exceptions)" of="\(exceptions)" page="d/rule-to-trusted-0001.html">\(each(exceptions) { """
        <exception at="2026-07-01T00:00:00Z" at-text="1 Jul" request-id="req-\($0)" class="drift_not_escalated" version="v1" owner="dana" requested-model="small" served-model="small" source="log.jsonl" line="\($0)"/>
        """ })</exceptions>
      <source-digests shown="1" of="1"><source-digest kind="policy" name="p.yaml" sha256="\(String(repeating: "0", count: 64))" version="v1" version-page="v/v1.html"/></source-digests>
      </rule>
      """
  }

  static func control(hasCheck: Bool = true, words: String = "words") -> String {
    let check = """
      <check-ref anchor="check-1" id="RG-OWN-01" title="A check" page="k/rg-own-01.html" result="fail" why="\(words)" population="9" passed="0" exceptions="9" accepted="0"
       cannot-tell="0" findings="9" relation="subset-of" rationale="why it bears on it" condition="its condition" question="is the question asked?"
       method="how it is asked" population-text="rules" cannot-show="what it cannot show"/>
      """
    return """
      <control xmlns="urn:tenure:evidence:1" id="C-1" title="A control" framework="f" framework-title="A framework" framework-version="1" publisher="A publisher"
       licence="A licence" display="C-1" summary="the statement of the catalog \(words)" title-origin="official" state="contradicted" why="why" gap="what is not settled">
      \(context("c/f-c-1.html", "c/print/f-c-1.html"))
      <review framework="f" title="A framework" version="1" status="draft" page="c/f.html"/>
      <missing record="a missing record"/>
      \(hasCheck ? check : "")
      <earlier period="2026-Q2" state="partial"/>
      <findings shown="1" of="9" page="f/index.html">\(finding(1, isFull: true, paragraphsInAll: 5, words: words))</findings>
      </control>
      """
  }
}
