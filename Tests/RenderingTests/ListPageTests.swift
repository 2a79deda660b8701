import Assets
import Foundation
import Rendering
import Testing
import XMLDocuments

/// Pagers, orders and names, rendered from small documents that are valid against the schema.
struct ListPageTests {
  private func page(_ root: String, _ attributes: String, at path: String, stylesheet: String, _ body: String) throws
    -> String
  {
    let text = """
      <\(root) xmlns="urn:tenure:evidence:1" \(attributes)>
        <context organisation="Example Mutual" period="2026-Q3" period-text="1 Jul 2026 to 30 Sep 2026" level="internal"
          mapping-review="none" tool-version="0" page="\(path)" document="evidence/x.xml"/>
        \(body)
      </\(root)>
      """
    let document = try XMLDocument(Array(text.utf8), name: "own.xml")
    try EvidenceSchema(AssetLibrary.embedded.bytes("templates/evidence.xsd") ?? []).validate(document)
    let renderer = PageRenderer(.embedded)
    return String(
      decoding: try renderer.page(from: document, stylesheet: "templates/pages/\(stylesheet).xsl"), as: UTF8.self)
  }

  private let letters =
    (["a", "b"] as [String]).map {
      #"<letter id="\#($0)" n="800" page="a-z/\#($0).html" current="\#($0 == "a")"/>"#
    }.joined() + #"<letter id="0-9" n="0" current="false"/>"#

  @Test func aLetterNamesItsPagesByTheirNames() throws {
    let page = try page(
      "alphabet", #"id="a" title="A" n="800""#, at: "a-z/a-0002.html", stylesheet: "alphabet",
      letters + """
        <pages number="2" of="2" first-row="401" last-row="800" rows="800">
          <page-link page="a-z/a.html" title="aa – am" current="false"/>
          <page-link page="a-z/a-0002.html" title="an – az" current="true"/>
        </pages>
        <names letter="a">
          <named anchor="name-1" name="&lt;b&gt;" kind="rule" page="r/b.html"/>
          <named anchor="name-2" name="assistant" kind="agent" of="7"><reference page="r/b.html" title="b"/></named>
        </names>
        """)
    #expect(page.contains("<title>Names under A, an – az (page 2 of 2) · Example Mutual"))
    #expect(page.contains("<a href=\"../a-z/a-0002.html\" aria-current=\"page\"><bdi>an – az</bdi></a>"))
    #expect(page.contains("<a href=\"../r/b.html\"><bdi>&lt;b&gt;</bdi></a>"))
    #expect(page.contains("1 of 7 pages that name it"))
    #expect(page.contains("<span class=\"quiet\">0–9</span>"))
    #expect(!page.contains("<section"))
  }

  @Test func aFewNamesStandUnderTheirLettersOnOnePage() throws {
    let page = try page(
      "alphabet", #"id="a-z" title="A–Z" n="1""#, at: "a-z/index.html", stylesheet: "alphabet",
      letters + #"<names letter="a"><named anchor="name-1" name="alpha" kind="owner" page="o/alpha.html"/></names>"#)
    #expect(page.contains("<section id=\"letter-a\">") && page.contains("<h2>A</h2>"))
  }

  @Test func whereNamesAreManyTheirPagesAreListed() throws {
    let page = try page(
      "alphabet", #"id="a-z" title="A–Z" n="1600""#, at: "a-z/index.html", stylesheet: "alphabet",
      letters + #"<index-entry title="aa – am" page="a-z/a.html" n="400"/>"#)
    #expect(page.contains("<a href=\"../a-z/a.html\"><bdi>aa – am</bdi></a>"))
  }

  @Test func anOrderSaysWhichItIs() throws {
    let page = try page(
      "owners", #"id="owners" title="Owners""#, at: "o/by-exceptions.html", stylesheet: "owners",
      """
      <orders of="owners"><list-order by="name" page="o/index.html" current="false"/>
        <list-order by="exceptions" page="o/by-exceptions.html" current="true"/></orders>
      <pages number="20" of="40" first-row="1" last-row="0" rows="8000" index="o/by-exceptions-pages.html">
        <page-link page="o/by-exceptions.html" title="90 – 80" current="false"/>
        <page-link page="o/by-exceptions-0020.html" title="8 – 7" current="true" after-gap="true"/>
      </pages>
      """)
    #expect(page.contains("<title>Owners, by exceptions, most first, 8 – 7 (page 20 of 40)"))
    #expect(page.contains("<a href=\"../o/by-exceptions.html\" aria-current=\"page\">by exceptions, most first</a>"))
    #expect(page.contains("<li class=\"gap\" aria-hidden=\"true\">…</li>"))
    #expect(page.contains("<a href=\"../o/by-exceptions-pages.html\">all pages</a>"))
  }

  @Test func aListOfDaysLeadsToEach() throws {
    let page = try page(
      "page-index", #"id="day" title="Exceptions by time" by="day" n="12" shown="1" of="3""#, at: "d/days.html",
      stylesheet: "page-index",
      #"<index-entry anchor="day-2026-08-14" title="14 Aug 2026" page="d/time-0001.html#decision-1" n="12"/>"#)
    #expect(page.contains("<h1><bdi>Exceptions by time</bdi>, day by day</h1>"))
    #expect(page.contains("<tr id=\"day-2026-08-14\">"))
    #expect(page.contains("<a href=\"../d/time-0001.html#decision-1\">12</a>"))
    #expect(page.contains("1 of 3 are shown here."))
  }

  @Test func aPageNamesNoScriptButTheSearch() throws {
    let page = try page(
      "page-index", #"id="page" title="Rules" by="page" n="0" shown="0" of="0""#, at: "r/index-pages.html",
      stylesheet: "page-index", "")
    #expect(page.components(separatedBy: "<script").count == 2)
    #expect(page.contains("<script src=\"../assets/search.js\" defer></script>"))
  }
}
