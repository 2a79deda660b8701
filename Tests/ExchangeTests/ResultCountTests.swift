import EvidenceModel
import Foundation
import GRDB
import Testing
import XMLDocuments

@testable import Exchange

/// Counts in are counts out: what the document says of checks and findings, every format says too, so far as it carries it.
@Suite struct ResultCountTests {
  private let facts: ExchangeFacts
  private let checks: [String: Int]
  private let findings: [String: Int]

  init() throws {
    facts = try ExchangeFixture.facts()
    checks = ExchangeFixture.tally(facts.checks.map(\.result.rawValue))
    findings = ExchangeFixture.tally(facts.findings.map(\.result.rawValue))
  }

  @Test func theFixtureHasEveryResult() {
    #expect(checks.count == CheckResult.allCases.count)
    #expect(findings.count == CheckResult.allCases.count)
  }

  @Test func sarifCountsAllAndListsWhatHasAPlace() throws {
    let log = try ExchangeFixture.json(ExchangeFixture.files(SARIFFormat())["findings.sarif"])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let properties = try #require(run["properties"] as? [String: Any])
    #expect(properties["checks"] as? [String: Int] == checks)
    #expect(properties["findings"] as? [String: Int] == findings)
    #expect(properties["findingsOf"] as? Int == facts.findings.count)
    let results = try #require(run["results"] as? [[String: Any]])
    let placed = facts.findings.filter { !$0.places.isEmpty }
    #expect(
      results.compactMap { ($0["partialFingerprints"] as? [String: String])?["tenureFinding/v1"] } == placed.map(\.id))
    let said = results.compactMap { $0["properties"] as? [String: Any] }
    #expect(said.compactMap { $0["n"] as? Int } == placed.map(\.n))
    #expect(said.compactMap { $0["of"] as? Int } == placed.map(\.of))
  }

  @Test func hdfHasAControlForEachCheckAndAResultForEachFinding() throws {
    let report = try ExchangeFixture.json(ExchangeFixture.files(HDFFormat())["hdf.json"])
    let profile = try #require((report["profiles"] as? [[String: Any]])?.first)
    let controls = try #require(profile["controls"] as? [[String: Any]])
    #expect(ExchangeFixture.tally(controls.map { ($0["tags"] as? [String: Any])?["result"] as? String }) == checks)
    let results = controls.flatMap { ($0["results"] as? [[String: Any]] ?? []).dropFirst() }
    let words = results.map { ($0["message"] ?? $0["skip_message"]) as? String }
    #expect(ExchangeFixture.tally(words.map { $0?.prefix { $0 != ":" }.description }) == findings)
    for finding in facts.findings {
      #expect(words.contains { $0?.hasSuffix("\(finding.summary) (\(finding.n) of \(finding.of))") == true })
    }
  }

  @Test func ocsfHasALineForEachFindingAndForEachCheckWithoutOne() throws {
    let bytes = try #require(try ExchangeFixture.files(OCSFFormat())["ocsf.jsonl"])
    let lines = try bytes.split(separator: 0x0A).map { try ExchangeFixture.json(Array($0)) }
    let unmapped = lines.compactMap { $0["unmapped"] as? [String: Any] }
    let withFindings = Set(facts.findings.map(\.check))
    #expect(lines.count == facts.findings.count + facts.checks.count { !withFindings.contains($0.id) })
    let byCheck = Dictionary(unmapped.map { ($0["check"] as? String, $0["check_result"] as? String) }) { first, _ in
      first
    }
    #expect(ExchangeFixture.tally(byCheck.values) == checks)
    let own = unmapped.filter { withFindings.contains($0["check"] as? String ?? "") }
    #expect(ExchangeFixture.tally(own.map { $0["result"] as? String }) == findings)
    #expect(own.compactMap { $0["n"] as? Int }.reduce(0, +) == facts.findings.map(\.n).reduce(0, +))
    #expect(own.compactMap { $0["of"] as? Int }.reduce(0, +) == facts.findings.map(\.of).reduce(0, +))
  }

  @Test func aStatementNamesEveryCheckThatWasMadeOnce() throws {
    let statement = try ExchangeFixture.json(ExchangeFixture.files(StatementFormat())["statement.json"])
    let predicate = try #require(statement["predicate"] as? [String: Any])
    func count(_ list: String) -> Int? { (predicate[list] as? [String])?.count }
    #expect(count("failedTests") == checks["fail"])
    #expect(count("passedTests") == checks["pass"])
    #expect(count("warnedTests") == (checks["exception"] ?? 0) + (checks["cannot-tell"] ?? 0))
    #expect(predicate["result"] as? String == "FAILED")
    let subjects = try #require(statement["subject"] as? [[String: Any]]).compactMap { $0["name"] as? String }
    #expect(subjects.count == facts.inputs.count { $0.sha256 != nil })
    #expect(Set(subjects).count == subjects.count)
  }

  private var rowCounts: [String: Int] {
    let controls = facts.frameworks.flatMap(\.controls)
    var counts = [
      "rules": facts.rules.count, "versions": facts.versions.count, "changes": facts.changes.shown.count,
      "observations": facts.observations.shown.count, "parameters": facts.parameters.count,
    ]
    counts["tenures"] = facts.rules.flatMap(\.tenures).count
    counts["inputs"] = facts.inputs.count
    counts["classes"] = facts.classes.count
    counts["parties"] = facts.parties.count
    counts["places"] = facts.findings.flatMap(\.places).count
    counts["stretches"] = facts.findings.flatMap(\.stretches).count
    counts["frameworks"] = facts.frameworks.count
    counts["controls"] = controls.count
    counts["mappings"] = controls.flatMap(\.mapped).count
    counts["accepted_exceptions"] = facts.accepted.count
    counts["data_files"] = facts.dataFiles.count
    return counts
  }

  @Test func sqliteHasEveryRow() throws {
    let database = try SQLiteFixture.open()
    try database.read { database in
      func tally(_ kind: String) throws -> [String: Int] {
        let rows = try Row.fetchAll(database, sql: "SELECT result, n FROM results WHERE kind = ?", arguments: [kind])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["result"], $0["n"]) })
      }
      let (foundChecks, foundFindings) = (try tally("check"), try tally("finding"))
      #expect(foundChecks == checks)
      #expect(foundFindings == findings)
      for (table, count) in rowCounts {
        let found = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)")
        #expect(found == count, "\(table)")
      }
      let sum = try Int.fetchOne(database, sql: "SELECT sum(n) FROM findings")
      #expect(sum == facts.findings.map(\.n).reduce(0, +))
      let subjects = try String.fetchAll(database, sql: "SELECT subject FROM findings")
      #expect(subjects == facts.findings.map(\.subject))
    }
  }

  @Test func tablesHaveEveryRow() throws {
    let tables = Dictionary(uniqueKeysWithValues: facts.tables.map { ($0.name, $0) })
    func column(_ table: String, _ name: String) -> [String] {
      guard let table = tables[table], let index = table.columns.firstIndex(of: name) else { return [] }
      return table.rows.map { $0[index] }
    }
    #expect(ExchangeFixture.tally(column("checks", "result")) == checks)
    #expect(ExchangeFixture.tally(column("findings", "result")) == findings)
    #expect(column("findings", "n") == facts.findings.map { String($0.n) })
    #expect(column("findings", "of") == facts.findings.map { String($0.of) })
    #expect(column("controls", "state") == facts.frameworks.flatMap(\.controls).map(\.state))
    #expect(column("owners", "owner") == facts.rules.flatMap(\.tenures).map(\.owner))
    #expect(tables.values.allSatisfy { table in table.rows.allSatisfy { $0.count == table.columns.count } })
  }

  @Test func junitHasATestCaseForEachCheck() throws {
    let document = try XMLDocument(ExchangeFixture.transformed("junit.xsl"), name: "junit.xml")
    let suite = try #require(document.root?.child("testsuite"))
    let cases = suite.children(named: "testcase")
    let results = cases.map { ($0.child("failure") ?? $0.child("skipped"))?["type"] ?? "pass" }
    #expect(ExchangeFixture.tally(results) == checks)
    #expect(suite["tests"] == String(facts.checks.count))
    #expect(suite["failures"] == String(cases.count { $0.child("failure") != nil }))
    #expect(suite["skipped"] == String(cases.count { $0.child("skipped") != nil }))
    let properties = suite.child("properties")?.children ?? []
    let values = Dictionary(uniqueKeysWithValues: properties.map { ($0["name"] ?? "", $0["value"] ?? "") })
    for (result, count) in findings { #expect(values["findings.\(result)"] == String(count)) }
    for finding in facts.findings {
      #expect(cases.contains { $0.child("system-out")?.text.contains(finding.summary) == true })
    }
  }

  @Test func aSummaryCountsBothByResult() throws {
    let text = String(decoding: try ExchangeFixture.transformed("summary.xsl"), as: UTF8.self)
    for (result, words) in [
      ("fail", "✕ fail"), ("exception", "◆ accepted exception"), ("cannot-tell", "? cannot tell"), ("pass", "✓ pass"),
      ("not-applicable", "– not applicable"),
    ] {
      #expect(text.contains("| \(words) | \(checks[result] ?? 0) | \(findings[result] ?? 0) |\n"))
    }
  }
}
