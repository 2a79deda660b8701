import Foundation
import Testing

private enum Browser {
  static let isPresent = (try? Program.tool("chromium", "--version").status) == 0
  static let missing: Comment = "chromium is not installed, so the search was not tried"
}

/// The search, as a browser runs it on pages opened from a disk. Skipped where Debian's chromium is missing.
@Suite(.enabled(if: Browser.isPresent, Browser.missing))
struct SearchTests {
  /// The page's DOM once its scripts ran.
  private func page(_ path: String, of pack: String? = nil) throws -> String {
    let profile = try Scratch()
    return try withExtendedLifetime(profile) {
      try Program.tool(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + profile.path, "--dump-dom",
        "--virtual-time-budget=4000", "file://" + (try pack ?? LargePack.pack()) + "/" + path
      ).output
    }
  }

  private func results(_ page: String) -> [String] {
    let list =
      page.components(separatedBy: "<div class=\"results\">").last?.components(separatedBy: "</div>").first ?? ""
    return list.components(separatedBy: "<a href=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
  }

  @Test func aNameIsFoundFromAnyPage() throws {
    #expect(try results(page("index.html#q=p002")) == ["o/p002.html"])
    #expect(try results(page("r/r00001.html#q=rg-own-01")).first == "../k/rg-own-01.html")
  }

  @Test func aRequestIDLeadsToItsRow() throws {
    let row = try #require(try LargePack.text("data/exceptions-detail.csv").split(separator: "\n").dropFirst(450).first)
    let id = String(row.split(separator: ",")[1])
    let found = try results(page("d/index.html#q=\(id.uppercased())"))
    #expect(found.count == 1 && found.first?.hasPrefix("../d/time-0003.html#decision-") == true, "\(found)")
  }

  @Test func whatIsNotThereIsSaid() throws {
    let dom = try page("index.html#q=zzzqqq")
    #expect(results(dom).isEmpty)
    #expect(dom.contains("Nothing has that name."))
  }

  @Test func aFilterHidesRowsAndCountsThem() throws {
    let dom = try page("r/index.html#filter=r0001")
    #expect(dom.contains("10 of 30 rows on this page"))
    #expect(dom.components(separatedBy: "class=\"unmatched\"").count - 1 == 20)
  }

  @Test func anAnchorIsNoQuery() throws {
    let dom = try page("d/days.html#day-2026-08-14")
    #expect(results(dom).isEmpty && !dom.contains("class=\"unmatched\""))
  }

  @Test func hostileNamesStayText() throws {
    let dom = try page("index.html#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", of: try Quickstart.pack())
    #expect(!dom.contains("<img"))
    for (name, bytes) in try files(of: try Quickstart.pack()) where name.hasPrefix("assets/search/") {
      #expect(!bytes.contains(UInt8(ascii: "<")), "\(name)")
    }
  }

  @Test func withoutTheScriptThereIsNoEmptyBox() throws {
    for (name, bytes) in try files(of: try LargePack.pack()) where name.hasSuffix(".html") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("<input"), "\(name)")
    }
  }

  @Test func anIndexThatIsMissingCostsNothing() throws {
    let scratch = try Scratch()
    let copy = scratch.path + "/pack"
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: copy)
    try FileManager.default.removeItem(atPath: copy + "/assets/search/index.js")
    let dom = try page("index.html#q=dana", of: copy)
    #expect(!dom.contains("<input") && dom.contains("<h1>"))
    withExtendedLifetime(scratch) {}
  }
}
