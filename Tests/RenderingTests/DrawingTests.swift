import Assets
import Foundation
import Rendering
import Testing
import XMLDocuments

/// Drawings of small documents, read back out of the page.
struct DrawingTests {
  private func page(_ stylesheet: String, _ root: String, _ attributes: String = "", _ body: String) throws -> String {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <\(root) xmlns="urn:tenure:evidence:1" id="own" title="own" \(attributes)>
      <context organisation="Example" period="2026-Q3" period-text="1 Jul 2026 to 30 Sep 2026" level="internal"
               mapping-review="draft" tool-version="0" page="x/own.html" document="evidence/x/own.xml"/>
      \(body)
      </\(root)>
      """
    let document = try XMLDocument(Array(text.utf8), name: "own.xml")
    return String(
      decoding: try PageRenderer(.embedded).page(from: document, stylesheet: "templates/pages/\(stylesheet).xsl"),
      as: UTF8.self)
  }

  /// The first drawing of a class, with nothing around it.
  private func drawing(_ name: String, in page: String) throws -> String {
    let start = try #require(page.range(of: "<svg class=\"\(name)\""))
    let end = try #require(page.range(of: "</svg>", range: start.lowerBound..<page.endIndex))
    return String(page[start.lowerBound..<end.upperBound])
  }

  /// Every element of a name: its attributes, and its text where it has nothing else in it.
  private func elements(_ name: String, in drawing: String) throws -> [(attributes: [String: String], text: String)] {
    let element = try Regex("<\(name)((?: [a-z0-9-]+=\"[^\"]*\")*)>([^<]*)", as: (Substring, Substring, Substring).self)
    let attribute = try Regex(" ([a-z0-9-]+)=\"([^\"]*)\"", as: (Substring, Substring, Substring).self)
    return drawing.matches(of: element).map { match in
      let attributes = match.output.1.matches(of: attribute).map { (String($0.output.1), String($0.output.2)) }
      return (Dictionary(attributes, uniquingKeysWith: { first, _ in first }), String(match.output.2))
    }
  }

  private func number(_ text: String?) throws -> Double { try #require(text.flatMap(Double.init)) }

  // MARK: Timelines

  private func timeline(_ lanes: String, ticks: String = "") throws -> String {
    try page(
      "owner", "owner", "",
      """
      <timeline from="2026-06-15T00:00:00Z" from-text="a" to="2026-10-06T00:00:00Z" to-text="b" period-x="140" period-width="800">
      \(ticks)\(lanes)</timeline>
      """)
  }

  private func lane(_ bars: String, rows: Int = 1, of: Int = 1) -> String {
    "<lane kind=\"tenures\" title=\"Accountable for\" rows=\"\(rows)\" shown=\"1\" of=\"\(of)\">\(bars)</lane>"
  }

  private func bar(_ x: Int, _ width: Int, _ label: String, kind: String = "tenure", more: String = "") -> String {
    "<bar x=\"\(x)\" width=\"\(width)\" row=\"0\" kind=\"\(kind)\" label=\"\(label)\" title=\"\(label)\" \(more)/>"
  }

  @Test func namesOfBarsStandInsideTheirBars() throws {
    let widths = [3, 20, 40, 61, 80, 90, 120, 150, 180, 200]
    var x = 0
    var bars = ""
    for (index, width) in widths.enumerated() {
      bars += bar(x, width, "rule-\(index)")
      x += width
    }
    let drawing = try drawing("timeline", in: timeline(lane(bars)))
    let names = try elements("text", in: drawing).filter { $0.attributes["class"] == "bar-label" }
    #expect(names.map(\.text) == ["rule-4", "rule-5", "rule-6", "rule-7", "rule-8", "rule-9"])
    for name in names {
      let index = try #require(Int(name.text.dropFirst(5)))
      let start = Double(widths.prefix(index).reduce(0, +))
      let left = try number(name.attributes["x"])
      #expect(left >= start && left + 8 * Double(name.text.count) <= start + Double(widths[index]))
    }
  }

  @Test func aNameGivesWayToTheCrossOfALeaver() throws {
    func place(_ left: String) throws -> String? {
      let drawing = try drawing("timeline", in: timeline(lane(bar(100, 300, "rule-1", more: "left-x=\"\(left)\""))))
      return try elements("text", in: drawing).first { $0.attributes["class"] == "bar-label" }?.attributes["x"]
    }
    #expect(try place("350") == "110")
    #expect(try place("120") == "132")
    let narrow = try timeline(lane(bar(100, 90, "rule-1", more: "left-x=\"140\"")))
    #expect(!narrow.contains("class=\"bar-label\""))
  }

  @Test(arguments: ["gap", "overlap", "departed"])
  func troubleHasAPatternOfItsOwn(kind: String) throws {
    let drawing = try drawing("timeline", in: timeline(lane(bar(100, 300, "trouble", kind: kind))))
    #expect(drawing.contains("<pattern id=\"hatch-\(kind)\""))
    #expect(drawing.contains("fill=\"url(#hatch-\(kind))\""))
  }

  @Test func aLaneThatIsCutSaysSo() throws {
    #expect(try timeline(lane(bar(0, 10, "a"), of: 700)).contains("1 of 700 are drawn"))
    #expect(try !timeline(lane(bar(0, 10, "a"))).contains("are drawn"))
  }

  @Test func noLineCrossesTheTitleOfALane() throws {
    let ticks = "<tick x=\"200\" kind=\"month\" label=\"Jul 2026\"/>"
    let drawing = try drawing("timeline", in: timeline(lane(bar(0, 500, "a")), ticks: ticks))
    // A lane's own ground begins below its title.
    #expect(drawing.contains("class=\"lane-title\" y=\"17\""))
    #expect(drawing.contains("translate(0 24)"))
    for line in try elements("line", in: drawing) where line.attributes["class"] != "axis" {
      let top = try number(line.attributes["y1"])
      #expect(line.attributes["class"] == "tick" ? top == 0 || top == 118 : top == 0, "\(line)")
    }
  }

  @Test func markupInANameStaysText() throws {
    let drawing = try drawing("timeline", in: timeline(lane(bar(0, 900, "&lt;script&gt;x&lt;/script&gt;"))))
    #expect(!drawing.contains("<script"))
    #expect(drawing.contains("&lt;script&gt;"))
  }

  // MARK: Days

  private let days = """
    <days unit="day" drawn="day" shown="4" of="4" judged="9" exceptions="3">
    <day date="2026-07-01" judged="4" exceptions="1" page="d/time-0001.html"><part class="wrong_target" n="1"/></day>
    <day date="2026-07-02" judged="5" exceptions="2" page="d/time-0001.html"><part class="wrong_target" n="1"/><part class="no_rule" n="1"/></day>
    <day date="2026-07-03" judged="0" exceptions="0" state="empty"/>
    <day date="2026-07-04" judged="0" exceptions="0" state="no-log"/>
    <tick x="0" kind="day" label="1 Jul 2026"/>
    <slot date="2026-07-01" judged="4" exceptions="1" x="0" width="250" height="800" exception-height="200"/>
    <slot date="2026-07-02" judged="5" exceptions="2" x="250" width="250" height="1000" exception-height="400" most="true"/>
    <slot date="2026-07-03" judged="0" exceptions="0" x="500" width="250" height="0" exception-height="0" state="empty"/>
    <slot date="2026-07-04" judged="0" exceptions="0" x="750" width="250" height="0" exception-height="0" state="no-log"/>
    <strip class="no_rule" n="1" most="1" slots="1"><bar x="250" width="250" height="1000"/></strip>
    <strip class="wrong_target" n="2" most="1" slots="2"><bar x="0" width="250" height="1000"/><bar x="250" width="250" height="1000"/></strip>
    </days>
    """

  @Test func theDrawingOfDaysAndTheirTableSayTheSame() throws {
    let page = try page(
      "rule", "rule", "in-force=\"true\" words=\"w\" owner=\"dana\"", "<definition action=\"allow\"/>\(days)")
    let drawing = try drawing("days", in: page)
    let said = try elements("title", in: drawing).map(\.text)
    #expect(
      said == [
        "2026-07-01: 4 judged, of these exceptions: 1", "2026-07-02: 5 judged, of these exceptions: 2",
      ])
    for day in ["2026-07-01", "2026-07-02", "2026-07-03", "2026-07-04"] {
      #expect(page.contains("<time datetime=\"\(day)\">"))
    }
    #expect(
      page.contains("1 × no rule matched; 1 × escalated to another target")
        || page.contains("1 × escalated to another target; 1 × no rule matched"))
    #expect(page.contains("<a href=\"../d/time-0001.html\">2</a>"))
  }

  @Test func aDayWithoutALogIsMarkedApartFromAQuietOne() throws {
    let page = try page(
      "rule", "rule", "in-force=\"true\" words=\"w\" owner=\"dana\"", "<definition action=\"allow\"/>\(days)")
    let drawing = try drawing("days", in: page)
    let hatched = try elements("rect", in: drawing).filter { $0.attributes["fill"] == "url(#hatch-hole)" }
    #expect(hatched.map { $0.attributes["x"] } == ["750"])
    let rings = try elements("circle", in: drawing).filter { $0.attributes["class"] == "day-empty" }
    #expect(rings.map { $0.attributes["cx"] } == ["625"])
    #expect(page.contains("no log reaches this day"))
  }

  @Test func eachClassHasAStripWithABarForEachOfItsDays() throws {
    let page = try page(
      "rule", "rule", "in-force=\"true\" words=\"w\" owner=\"dana\"", "<definition action=\"allow\"/>\(days)")
    let drawing = try drawing("days", in: page)
    let paths = try elements("path", in: drawing).filter { $0.attributes["class"] == "strip-bars" }
    #expect(paths.map { $0.attributes["d"]?.filter { $0 == "M" }.count } == [1, 2])
    let titles = try elements("text", in: drawing).filter { $0.attributes["class"] == "strip-title" }
    #expect(
      titles.map(\.text) == ["no rule matched: 1, all on one day", "escalated to another target: 2, at most 1 a day"])
  }

  // MARK: Drift

  private let drift = """
    <drift compared="1" outside="1" shown="3" of="3">
    <week date="2026-07-06" version="v1" n="20" state="baseline" band="0.25" band-height="250" x="0" width="250" band-named="true"/>
    <week date="2026-07-13" version="v1" n="20" state="outside" distance="0.4" height="400" band="0.25" band-height="250" x="250" width="250"/>
    <week date="2026-07-27" version="v1" n="2" state="too-few" band="0.25" band-height="250" x="750" width="250"/>
    <quiet-week date="2026-07-20" x="500" width="250"/>
    </drift>
    """

  @Test func aWeekOfDriftHasASignAndTheBandItsName() throws {
    let page = try page(
      "rule", "rule", "in-force=\"true\" words=\"w\" owner=\"dana\"", "<definition action=\"allow\"/>\(drift)")
    let drawing = try drawing("days", in: page)
    let texts = try elements("text", in: drawing)
    let signs = texts.filter { $0.attributes["class"]?.hasPrefix("sign-") == true }
    #expect(signs.map(\.text) == ["◇", "✕", "?"])
    #expect(texts.filter { $0.attributes["class"] == "band-name" }.map(\.text) == ["band 0.25"])
    #expect(
      try elements("rect", in: drawing).contains {
        $0.attributes["class"] == "day-apart" && $0.attributes["x"] == "500"
      })
    #expect(page.contains("too few decisions: cannot tell") && page.contains("2026-07-20"))
  }

  // MARK: Logs

  private func strips(_ strips: String) throws -> String {
    try page(
      "source", "source", "",
      """
      <facts name="a.jsonl" lines="3" blank="0" malformed="0" out-of-period="0" judged="3" exceptions="0" page="s/a.html"/>
      <log-strips from="2026-07-01T00:00:00Z" from-text="a" to="2026-10-01T00:00:00Z" to-text="b" hours-tolerated="23"
                  shown="1" of="1" page="s/index.html">\(strips)</log-strips><days unit="day" drawn="day" shown="0" of="0"/><rejects/>
      """)
  }

  @Test func aHoleIsHatchedAndListed() throws {
    let page = try strips(
      """
      <log-strip name="a.jsonl" label="a.jsonl" page="s/a.html" x="0" width="600" judged="3" shown="2" of="9" hours="300">
      <gap from="2026-07-05T00:00:00Z" from-text="5 Jul" to="2026-07-15T00:00:00Z" to-text="15 Jul" hours="240" length-text="10 days" x="40" width="200"/>
      <gap from="2026-08-01T00:00:00Z" from-text="1 Aug" to="2026-08-02T00:00:00Z" to-text="2 Aug" hours="24" length-text="1 day" x="340" width="10"/>
      </log-strip>
      """)
    let drawing = try drawing("log-strips", in: page)
    #expect(try elements("rect", in: drawing).count { $0.attributes["fill"] == "url(#hatch-silence)" } == 2)
    // Only the long one has room for its length.
    let names = try elements("text", in: drawing).filter { $0.attributes["class"] == "bar-label" }
    #expect(names.map(\.text) == ["10 days"])
    #expect(page.contains(">240<") && page.contains(">24<"))
    #expect(page.contains("the 2 longest of 9 holes"))
  }

  // MARK: Concentration

  @Test func aShareAboveTheLineSaysSoInWords() throws {
    let page = try page(
      "check", "check", "result=\"fail\" why=\"w\" question=\"q\" method=\"m\" population-text=\"p\" cannot-show=\"c\"",
      """
      <concentration n="10" limit="0.700" limit-x="700" set-by="default" check="RG-CON-01" check-page="k/rg-con-01.html" result="fail">
      <shares kind="model" shown="2" of="2">
      <share name="large"><slice kind="all" n="8" of="10" share-text="80.0 %" width="800" above="true"/></share>
      <share name="small"><slice kind="all" n="2" of="10" share-text="20.0 %" width="200" above="false"/></share>
      </shares>
      <ranking kind="decisions" heads="1" rules="3" n="10" shown="1" of="1">
      <rank rule="r" page="r/r.html" n="10" of="10" cumulative="10" share-text="100.0 %" x="0" width="1000"/>
      </ranking>
      </concentration>
      """)
    #expect(page.components(separatedBy: "above the line").count == 2)
    #expect(page.contains("The line stands at 70 %"))
    #expect(page.contains("One of 3 rules decides at least 90 % of 10 decisions"))
    #expect(page.contains("<a href=\"../r/r.html#tally\">10</a>"))
    #expect(page.contains("class=\"share-exception\" width=\"160\""))
  }

  // MARK: Coverage

  @Test func everyControlHasASquareUnderItsHeading() throws {
    func row(_ id: String, _ state: String, _ category: String) -> String {
      """
      <row anchor="row-\(id)" id="\(id)" display="\(id)" title="t" page="c/\(id).html" state="\(state)" gap="g" record="–" category="\(category)"><cell/></row>
      """
    }
    let page = try page(
      "coverage", "coverage-matrix", "framework=\"f\" framework-page=\"c/f.html\"",
      """
      <category id="g1" display="G 1" title="One" depth="0" page="c/f.html"/>
      <category id="g2" display="G 2" title="Two" depth="0" page="c/f.html"/>
      <category id="g3" display="G 3" title="Nothing below" depth="0" page="c/f.html"/>
      <column check="RG-OWN-01" title="t" page="k/x.html" result="pass"/>
      \(row("a", "evidenced", "g1"))\(row("b", "no-check", "g1"))\(row("c", "cannot-tell", "g2"))
      """)
    #expect(page.components(separatedBy: "<a class=\"square ").count == 4)
    #expect(page.contains("<bdi>c</bdi>: cannot tell"))
    #expect(page.components(separatedBy: "<th scope=\"rowgroup\"").count == 3)
    let second = try #require(page.range(of: "<th scope=\"rowgroup\"", options: .backwards))
    #expect(page[second.lowerBound...].contains("row-c") && !page[second.lowerBound...].contains("row-a"))
  }
}
