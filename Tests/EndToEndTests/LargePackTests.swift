import Foundation
import Testing

/// A pack whose lists are too long for one page, small enough to be made in seconds.
enum LargePack {
  /// Made anew in every test run, beside the built products.
  private static let made = Result {
    let folder = (Program.binary as NSString).deletingLastPathComponent + "/large-pack-for-tests"
    try? FileManager.default.removeItem(atPath: folder)
    let workload = try Program.tool(
      "python3", "Benchmarks/rendering_workload.py", "--out", folder, "--rules", "30", "--versions", "4",
      "--exceptions",
      "2600")
    #expect(workload.status == 0, "\(workload.errors)")
    let outcome = try Program.tenure(
      "run", "--config", folder + "/tenure.yaml", "--out", folder + "/out", "--store", folder + "/out/s.sqlite")
    #expect(outcome.lastLine.hasSuffix("/all"), "\(outcome.errors)")
    return outcome.lastLine
  }

  static func pack() throws -> String { try made.get() }
  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: try pack() + "/" + name, encoding: .utf8)
  }
}

struct LargePackTests {
  /// What stands between two strings, each time they occur.
  private func between(_ start: String, _ end: String, in text: String) -> [String] {
    text.components(separatedBy: start).dropFirst().compactMap { $0.components(separatedBy: end).first }
  }

  /// The names in the first column of the first table.
  private func firstColumn(_ page: String) throws -> [String] {
    let table = try #require(between("<tbody>", "</tbody>", in: try LargePack.text(page)).first)
    return between("<th scope=\"row\">", "</th>", in: table).compactMap { cell in
      between(">", "<", in: cell).first { !$0.isEmpty }
    }
  }

  @Test func everyFileKeepsItsBounds() throws {
    for (name, bytes) in try files(of: try LargePack.pack()) {
      #expect(name.utf8.count <= 120, "\(name)")
      if name.hasSuffix(".html") { #expect(bytes.count < 1_000_000, "\(name)") }
      if name.hasSuffix(".xml") { #expect(bytes.count < 2_000_000, "\(name)") }
      if name.hasPrefix("assets/search/") { #expect(bytes.count < 200_000, "\(name)") }
      if name == "index.html" { #expect(bytes.count < 200_000) }
    }
  }

  @Test func everyTitleIsItsOwn() throws {
    var pages: [String: String] = [:]
    for (name, bytes) in try files(of: try LargePack.pack()) where name.hasSuffix(".html") {
      let title = try #require(between("<title>", "</title>", in: String(decoding: bytes, as: UTF8.self)).first)
      if let other = pages.updateValue(name, forKey: title) { Issue.record("\(name) and \(other) are called \(title)") }
    }
  }

  @Test func aPagerNamesWhatItsPagesHoldAndLeadsToAllOfThem() throws {
    let page = try LargePack.text("d/time-0007.html")
    let links = between("<li>", "</li>", in: try #require(between("<div class=\"pager\">", "</div>", in: page).first))
    #expect(links.count == 8)
    #expect(links.dropLast().allSatisfy { $0.contains(" Aug ") || $0.contains(" Jul ") || $0.contains(" Sep ") })
    #expect(links.last?.contains("href=\"../d/days.html\"") == true)
    #expect(page.contains("<h1><bdi>Exceptions by time, "))
    let evidence = try LargePack.text("evidence/d/time-0007.xml")
    #expect(between("<page-link ", "/>", in: evidence).count == 7)
  }

  @Test func theExceptionsOfADayAreTwoClicksFromTheExceptions() throws {
    #expect(try LargePack.text("d/index.html").contains("href=\"../d/days.html\""))
    let row = try #require(between("<tr id=\"day-2026-08-14\">", "</tr>", in: try LargePack.text("d/days.html")).first)
    #expect(row.contains("14 Aug 2026"))
    let link = try #require(between("href=\"../", "\"", in: row).first).components(separatedBy: "#")
    let first = try #require(between("<tr id=\"\(link[1])\">", "</tr>", in: try LargePack.text(link[0])).first)
    #expect(first.contains("datetime=\"2026-08-14T"))
    let counts = between(" n=\"", "\"", in: try LargePack.text("evidence/d/days.xml")).compactMap { Int($0) }
    #expect(counts.first == 2600 && counts.dropFirst().reduce(0, +) == 2600)
  }

  @Test(arguments: [
    ("r/index.html", ["r/by-exceptions.html", "r/by-change.html", "r/by-owner.html"]),
    ("o/index.html", ["o/by-exceptions.html"]), ("k/by-id.html", ["k/by-id.html"]),
    ("f/index.html", ["f/by-result.html", "f/by-subject.html"]),
  ])
  func everyOrderHoldsTheSameRows(index: String, others: [String]) throws {
    let names = try firstColumn(index)
    #expect(names.count > 20 && Set(names).count == names.count)
    for other in others {
      #expect(try Set(firstColumn(other)) == Set(names), "\(other)")
      #expect(try LargePack.text(index).contains("href=\"../\(other)\""))
    }
  }

  @Test func rulesCanBeReadByTheirExceptions() throws {
    let counts = between(" exceptions=\"", "\"", in: try LargePack.text("evidence/r/by-exceptions.xml")).compactMap {
      Int($0)
    }
    #expect(counts.count == 30 && counts == counts.sorted(by: >))
  }

  @Test func everyNameStandsFromAToZ() throws {
    var names = Set<String>()
    for (name, bytes) in try files(of: try LargePack.pack()) where name.hasPrefix("evidence/a-z/") {
      names.formUnion(
        between("<named anchor=", " kind=", in: String(decoding: bytes, as: UTF8.self)).compactMap {
          between(" name=\"", "\"", in: $0).first
        })
    }
    for name in [
      "R00001", "R00030", "v03", "p002", "RG-OWN-01", "GOVERN 1.6", "routing.jsonl", "agent-00007", "large-a",
    ] {
      #expect(names.contains(name), "\(name)")
    }
    let findings = try firstColumn("f/index.html")
    #expect(names.isSuperset(of: findings))
  }

  @Test func everyRequestIDLeadsToItsRow() throws {
    var rows: [String: (page: Int, anchor: String)] = [:]
    for (name, bytes) in try files(of: try LargePack.pack()) where name.hasPrefix("assets/search/ids-") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("<"))
      let array = text[try #require(text.firstIndex(of: "["))...(try #require(text.lastIndex(of: "]")))]
      for row in try #require(try JSONSerialization.jsonObject(with: Data(array.utf8)) as? [[Any]]) {
        rows[try #require(row[0] as? String)] = (try #require(row[1] as? Int), try #require(row[2] as? String))
      }
    }
    #expect(rows.count == 2600)
    for (number, own) in Dictionary(grouping: rows, by: \.value.page) {
      let page = try LargePack.text("d/time-\(String(format: "%04d", number)).html")
      let anchors = Set(between("<tr id=\"", "\"", in: page))
      #expect(own.count == 200 && own.allSatisfy { anchors.contains($0.value.anchor) })
    }
  }

  @Test func aLargePackIsSound() throws {
    let outcome = try Program.tenure("verify", try LargePack.pack())
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test func aRuleOfVeryManyVersionsKeepsToItsPage() throws {
    let scratch = try Scratch()
    let workload = try Program.tool(
      "python3", "Benchmarks/rendering_workload.py", "--out", scratch.path, "--rules", "3", "--versions", "230",
      "--exceptions", "30")
    #expect(workload.status == 0, "\(workload.errors)")
    let outcome = try Program.tenure(
      "run", "--config", scratch.path + "/tenure.yaml", "--out", scratch.path, "--store", scratch.path + "/s.sqlite")
    let page = try String(contentsOfFile: outcome.lastLine + "/r/r00001.html", encoding: .utf8)
    #expect(page.utf8.count < 1_000_000)
    #expect(page.components(separatedBy: "<article class=\"change\"").count == 13)
    #expect(page.contains("<p class=\"shown\">162 of 230 are shown here.</p>"))
    #expect(page.contains("100 of <a href=\"../v/index.html\">230</a> are shown here."))
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
    withExtendedLifetime(scratch) {}
  }
}
