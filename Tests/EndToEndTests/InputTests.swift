import Foundation
import Testing

/// Inputs as they come: odd, damaged, hostile. The totals add up all the same, or no pack is published.
struct InputTests {
  private static let policy = """
    version: v1
    effective-from: 2026-01-01T00:00:00Z
    author: dana
    approved-by: [sam]
    approved-at: 2025-12-30T00:00:00Z
    rules:
      - {id: rest, priority: 90, action: allow}
    """

  private func decision(_ id: String, _ more: String = "") -> String {
    #"{"ts":"2026-07-01T10:00:00Z","request_id":\#(id),"requested_model":"a","served_model":"b","outcome":"success"\#(more)}"#
  }

  /// Writes a small set of inputs around one log, and runs it.
  private func run(
    log: Data, name: String = "log.jsonl", policy: [String: String] = ["policy/v1.yaml": InputTests.policy],
    ownership: String? = nil,
    config: String = "", input: Data? = nil, path: String? = nil
  ) throws -> (outcome: Program.Outcome, scratch: Scratch) {
    let scratch = try Scratch()
    try scratch.write(name, log)
    for (name, text) in policy { try scratch.write(name, text) }
    if let ownership { try scratch.write("ownership.csv", ownership) }
    try scratch.write(
      "tenure.yaml",
      """
      period: all
      frameworks: [owasp-asi-2026]
      reject-tolerance: 1
      routing-logs: [{path: "\(path ?? name)", format: native}]
      policy: [{folder: policy}]
      \(ownership == nil ? "" : "ownership: [{path: ownership.csv}]")
      \(config)
      """)
    return (
      try Program.tenure("run", "--config", scratch.path + "/tenure.yaml", in: scratch.path, input: input), scratch
    )
  }

  @Test func anOwnerWhoCameBackIsDepartedInBetweenOnly() throws {
    let scratch = try Scratch()
    try scratch.write("log.jsonl", decision(#""a""#))
    try scratch.write("policy/v1.yaml", Self.policy)
    try scratch.write("ownership.csv", "rule_id,owner,from\nrest,@dana,2026-01-01\n")
    try scratch.write(
      "people.csv",
      "E-Mail;Eintritt;Austritt\ndana@example.org;01.01.2024;31.03.2026\ndana@example.org;01.05.2026;\n")
    try scratch.write("members.csv", "id,userPrincipalName,groupName\n1,dana@example.org,risk\n")
    try scratch.write("identities.csv", "alias,person\n@dana,dana@example.org\n")
    let config = """
      routing-logs: [log.jsonl]
      policy: [{folder: policy}]
      ownership: [{path: ownership.csv}]
      people: [people.csv, {path: members.csv, as-of: 2026-07-01}]
      identities: identities.csv
      """
    try scratch.write("tenure.yaml", config)
    for (day, status) in [("2026-03-31", 0), ("2026-04-01", 2), ("2026-05-01", 0)] {
      let outcome = try Program.tenure("owners", "rest", "--at", day, "--config", scratch.path + "/tenure.yaml")
      #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    }
    let run = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml", in: scratch.path)
    #expect(try Program.tenure("verify", run.lastLine).status == 0, "\(run.errors)")
    try scratch.write("bad.yaml", config.replacing("2026-07-01", with: "July"))
    let bad = try Program.tenure("owners", "rest", "--at", "2026-07-01", "--config", scratch.path + "/bad.yaml")
    #expect(bad.status == 1)
    #expect(bad.errors.contains("as-of is no date"))
  }

  @Test func aTeamsPageShowsItsMembersAndThatNobodyIsNamed() throws {
    let scratch = try Scratch()
    try scratch.write("log.jsonl", decision(#""a""#))
    try scratch.write("policy/v1.yaml", Self.policy)
    try scratch.write("ownership.csv", "rule_id,owner,from\nrest,risk,2026-01-01\n*,kim,2025-01-01\n")
    try scratch.write("members.csv", "id,userPrincipalName,groupName\n1,dana@example.org,risk\n")
    try scratch.write(
      "tenure.yaml",
      """
      routing-logs: [log.jsonl]
      policy: [{folder: policy}]
      ownership: [{path: ownership.csv}]
      people: [members.csv]
      """)
    let run = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml", in: scratch.path)
    let pack = try files(of: run.lastLine)
    let owner = try #require(pack["o/risk.html"].map { String(decoding: $0, as: UTF8.self) }, "\(run.errors)")
    #expect(owner.contains("dana@example.org"))
    #expect(owner.contains("on a day that the export does not state"))
    #expect(owner.contains("a team, no person named"))
    let rule = try #require(pack["evidence/r/rest.xml"].map { String(decoding: $0, as: UTF8.self) })
    #expect(rule.contains("basis=\"team-only\"") && rule.contains("basis=\"inherited\""))
    #expect(try Program.tenure("verify", run.lastLine).status == 0)
  }

  @Test func hostileIdsEndAsPlainText() throws {
    let ids = [
      #""<script>alert(1)</script>""#, #""]]><x/>""#, #""\"quotes' & <b>""#, #""\u202Egnp.exe""#,
      #""=HYPERLINK(\"x\")""#,
      #""../../etc/passwd""#, #""line\nfeed\r\ttab""#, #""nul\u0000char""#, #""\uFFFE\u0001""#, #""%s%n%x""#,
    ]
    let log = ids.map { decision($0, #","agent":\#($0),"data_class":\#($0)"#) + "\n" }.joined()
    let (outcome, scratch) = try run(log: Data(log.utf8))
    #expect(outcome.output.contains("10 = 0 blank + 0 malformed + 0 out of period + 10 judged"), "\(outcome.errors)")
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
    for (name, bytes) in try files(of: outcome.lastLine) where name.hasSuffix(".html") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!withoutSearch(text).contains("<script") && !text.contains("<x/>"), "\(name)")
    }
    withExtendedLifetime(scratch) {}
  }

  @Test func aRecordOfTwelveMegabytesIsJudgedAndShownShort() throws {
    let long = String(repeating: "x", count: 12_000_000)
    let (outcome, scratch) = try run(log: Data((decision("\"\(long)\"") + "\n" + decision("\"short\"") + "\n").utf8))
    #expect(outcome.output.contains("2 = 0 blank + 0 malformed + 0 out of period + 2 judged"), "\(outcome.errors)")
    let page = try String(contentsOfFile: outcome.lastLine + "/d/time-0001.html", encoding: .utf8)
    #expect(page.utf8.count < 1 << 20)
    #expect(page.contains("12000000 bytes in all"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: outcome.lastLine + "/data/exceptions.csv")).count > 12_000_000)
    withExtendedLifetime(scratch) {}
  }

  @Test func aLineOverTheLimitIsRejectedAndTheNextOneRead() throws {
    var log = Data((#"{"request_id":""#).utf8)
    log.append(Data(repeating: 0x78, count: 70 << 20))
    log.append(Data("\n\(decision("\"after\""))\n".utf8))
    let (outcome, scratch) = try run(log: log)
    #expect(outcome.output.contains("2 = 0 blank + 1 malformed + 0 out of period + 1 judged"), "\(outcome.errors)")
    #expect(try String(contentsOfFile: outcome.lastLine + "/data/rejects.csv", encoding: .utf8).contains("too-long"))
    withExtendedLifetime(scratch) {}
  }

  @Test func malformedLinesKeepTheirPlaceAndHarmNoOther() throws {
    let lines = [
      decision("\"one\""), "not json", "", "[1]", decision("\"two\""),
      #"{"ts":"2026-07-01","request_id":"x","outcome":"error"}"#,
    ]
    let (outcome, scratch) = try run(log: Data(lines.joined(separator: "\n").utf8))
    #expect(outcome.output.contains("6 = 1 blank + 3 malformed + 0 out of period + 2 judged"), "\(outcome.errors)")
    let rejects = try String(contentsOfFile: outcome.lastLine + "/data/rejects.csv", encoding: .utf8).split(
      separator: "\n")
    #expect(rejects.count == 4)
    #expect(rejects[1].hasPrefix("log.jsonl,2,\(lines[0].utf8.count + 1),8,not-json,"))
    #expect(rejects[2].contains(",4,") && rejects[2].contains("not-an-object"))
    #expect(rejects[3].contains("bad-instant"))
    withExtendedLifetime(scratch) {}
  }

  @Test func standardInputIsARoutingLog() throws {
    let (outcome, scratch) = try run(log: Data(), input: Data((decision("\"piped\"") + "\n").utf8), path: "-")
    #expect(outcome.output.contains("1 judged"), "\(outcome.errors)")
    withExtendedLifetime(scratch) {}
  }

  @Test func aFolderIsAllOfItsFiles() throws {
    let (_, scratch) = try run(log: Data((decision("\"a\"") + "\n").utf8), name: "logs/a.jsonl")
    try scratch.write("logs/b.jsonl", decision("\"b\"") + "\n")
    try scratch.write(
      "tenure.yaml", "period: all\nrouting-logs: [{path: logs, format: native}]\npolicy: [{folder: policy}]\n")
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml")
    #expect(outcome.output.contains("sources      2"))
  }

  @Test func aFileNamedInTwoWaysCountsOnce() throws {
    let (_, scratch) = try run(
      log: Data((decision("\"a\"") + "\n").utf8), ownership: "rule_id,owner,from,to\nrest,dana,2026-01-01,\n")
    try scratch.write(
      "tenure.yaml",
      """
      period: all
      routing-logs: [{path: log.jsonl}, {path: ./log.jsonl}, {path: "*.jsonl"}]
      policy: [{folder: policy}]
      ownership: [{path: ownership.csv}, {path: ownership.csv}]
      """)
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("1 = 0 blank + 0 malformed + 0 out of period + 1 judged"))
  }

  @Test func anEmptyLogIsALogWithoutRecords() throws {
    let (_, scratch) = try run(log: Data((decision("\"a\"") + "\n").utf8))
    try scratch.write("empty.jsonl", "")
    try scratch.write(
      "tenure.yaml", "period: all\nrouting-logs: [{path: log.jsonl}, {path: empty.jsonl}]\npolicy: [{folder: policy}]\n"
    )
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("sources      2"))
  }

  @Test func aMissingLogLeavesThePackIncomplete() throws {
    let (_, scratch) = try run(log: Data((decision("\"a\"") + "\n").utf8))
    try scratch.write(
      "tenure.yaml", "period: all\nrouting-logs: [{path: log.jsonl}, {path: gone.jsonl}]\npolicy: [{folder: policy}]\n")
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("gone.jsonl"))
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
  }

  @Test func aCutGzipFileKeepsWhatStandsBeforeTheDamage() throws {
    let scratch = try Scratch()
    let lines = (0..<20_000).map { decision("\"id-\($0)-\(UUID().uuidString)\"") }.joined(separator: "\n")
    let plain = try scratch.write("log.jsonl", lines)
    _ = try Program.tool("gzip", "-n", plain)
    let whole = try Data(contentsOf: URL(fileURLWithPath: plain + ".gz"))
    let (outcome, kept) = try run(log: whole.prefix(whole.count / 2), name: "log.jsonl.gz")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("damaged"))
    #expect(outcome.output.contains(" judged"))
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
    withExtendedLifetime(kept) {}
  }

  @Test func anUnreadablePolicyVersionStaysInForceAndIsSaid() throws {
    let (outcome, scratch) = try run(
      log: Data((decision("\"a\"") + "\n").utf8),
      policy: [
        "policy/2026-01-01-v1.yaml": InputTests.policy,
        "policy/2026-06-01-v2.yaml": "version: v2\nrules:\n  - id: x\n    action: [allow\n",
      ])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("policy/2026-06-01-v2.yaml:"))
    #expect(outcome.errors.contains("byte "))
    #expect(try String(contentsOfFile: outcome.lastLine + "/data/tally.csv", encoding: .utf8).contains(",no_rule,1,"))
    withExtendedLifetime(scratch) {}
  }

  @Test func everyFindingHasAPageOfItsOwn() throws {
    // A decision that no rule covers for sure, one under a version that cannot be read, and one register missing twice.
    let unclear = decision("\"a\"").replacingOccurrences(of: "2026-07-01", with: "2026-02-01")
    let (_, scratch) = try run(log: Data((unclear + "\n" + decision("\"b\"") + "\n").utf8))
    try scratch.write(
      "policy/v1.yaml", "version: v1\neffective-from: 2026-01-01\nrules:\n  - {id: x, agent: known, action: allow}\n")
    try scratch.write("policy/2026-06-01-v2.yaml", "rules: [\n")
    try scratch.write(
      "tenure.yaml",
      "period: all\nrouting-logs: [{path: log.jsonl}]\npolicy: [{folder: policy}]\nownership: [{path: no.csv}, {path: no.csv}]\n"
    )
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml")
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
  }

  @Test func aBadRegisterRowIsNamedAndTheOthersCount() throws {
    let (outcome, scratch) = try run(
      log: Data((decision("\"a\"") + "\n").utf8),
      ownership: "rule_id,owner,from,to\nrest,dana,2026-01-01,\nrest,sam,not-a-date,\n")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("ownership.csv:3 (byte 44)"), "\(outcome.errors)")
    #expect(try String(contentsOfFile: outcome.lastLine + "/data/tally.csv", encoding: .utf8).contains(",dana,owned,"))
    withExtendedLifetime(scratch) {}
  }

  @Test func anAcceptedExceptionIsOneAndNoPass() throws {
    let (_, scratch) = try run(log: Data((decision("\"a\"") + "\n").utf8))
    try scratch.write(
      "exceptions.csv", "check,subject,approver,reason,from,until\nRG-ESC-01,*,dana,known,2026-01-01,2027-01-01\n")
    try scratch.write(
      "tenure.yaml",
      "period: 2026-07\nhole-hours: 9999\nrouting-logs: [{path: log.jsonl}]\npolicy: [{folder: policy}]\nregisters: {exceptions: exceptions.csv}\n"
    )
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml")
    #expect(outcome.output.contains("1 exception "), "\(outcome.output) \(outcome.errors)")
  }

  @Test func aControlOutOfScopeNamesWhoDecided() throws {
    let (_, scratch) = try run(log: Data((decision("\"a\"") + "\n").utf8))
    try scratch.write(
      "tenure.yaml",
      "period: all\nrouting-logs: [{path: log.jsonl}]\npolicy: [{folder: policy}]\nout-of-scope: [{control: ASI02, decided-by: sam, why: no tools}]\n"
    )
    let outcome = try Program.tenure(
      "gaps", "--config", scratch.path + "/tenure.yaml", "--control", "ASI02", "--format", "csv")
    #expect(outcome.output.contains("out-of-scope"))
  }

  @Test func aHoleInTheLogLeavesThePackIncomplete() throws {
    let late = decision("\"b\"").replacingOccurrences(of: "2026-07-01", with: "2026-07-04")
    let (outcome, scratch) = try run(log: Data((decision("\"a\"") + "\n" + late + "\n").utf8))
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("1 hole of 24 hours"))
    withExtendedLifetime(scratch) {}
  }
}
