import EvidenceModel
import Intake
import TestSupport
import Testing

private func file(_ text: String) -> WholeFile { WholeFile(name: "f.csv", bytes: Array(text.utf8)) }

@Suite struct CSVTableTests {
  private func table(_ text: String, required: [String] = []) throws -> CSVTable {
    try CSVTable(file(text), required: required)
  }

  @Test func readsRowsByColumn() throws {
    let table = try table("b,a\n1,2\n3,4\n")
    #expect(table.rows.map { $0["a"] } == ["2", "4"])
    #expect(table.rows.map { $0["b"] } == ["1", "3"])
    #expect(table.rows.map { $0["c"] } == ["", ""])
    #expect(table.rows.map(\.line) == [2, 3])
    #expect(table.rows.map(\.byteOffset) == [4, 8])
  }

  @Test func readsQuotedFields() throws {
    let table = try table("a,b\n\"x,y\",\"say \"\"so\"\"\"\n\"two\nlines\",\"\"\nlast,row\n")
    #expect(table.rows.map { $0["a"] } == ["x,y", "two\nlines", "last"])
    #expect(table.rows.map { $0["b"] } == ["say \"so\"", "", "row"])
    #expect(table.rows.map(\.line) == [2, 3, 5])
    #expect(table.rows.map(\.byteOffset) == [4, 23, 38])
  }

  @Test func aQuoteInsideAnUnquotedFieldIsText() throws {
    #expect(try table("a,b\n5\" pipe,x\n").rows.map { $0["a"] } == ["5\" pipe"])
  }

  @Test func readsSemicolons() throws {
    let table = try table("a;b\n1,5;2\n")
    #expect(table.rows.map { $0["a"] } == ["1,5"])
    #expect(table.rows.map { $0["b"] } == ["2"])
  }

  @Test func oneColumnNeedsNoSeparator() throws {
    #expect(try table("a\n1\n2").rows.map { $0["a"] } == ["1", "2"])
  }

  @Test func readsCRLFAndBlankLines() throws {
    let table = try table("a,b\r\n1,2\r\n\r\n\n3,4")
    #expect(table.rows.map { $0["b"] } == ["2", "4"])
    #expect(table.rows.map(\.line) == [2, 5])
  }

  @Test func aCarriageReturnInQuotesIsTheFields() throws {
    let rows = try table("a,b\r\n1,\"x\r\"\r\n2,\"y\"\r\n").rows
    #expect(rows.map { $0["b"] } == ["x\r", "y"])
  }

  @Test func aByteOrderMarkCountsInOffsetsOnly() throws {
    let table = try CSVTable(
      WholeFile(name: "f.csv", bytes: [0xEF, 0xBB, 0xBF] + Array("a,b\n1,2\n".utf8)), required: ["a"])
    #expect(table.rows.map(\.byteOffset) == [7])
    #expect(table.rows.map { $0["a"] } == ["1"])
  }

  @Test func columnNamesAreForgiving() throws {
    #expect(
      try table(" Rule-ID ,Left At\nr,x\n", required: ["rule_id", "left_at"]).rows.map { $0["rule_id"] } == ["r"])
  }

  @Test func shortRowsHaveEmptyFields() throws {
    #expect(try table("a,b,c\n1\n").rows.map { [$0["a"], $0["b"], $0["c"]] } == [["1", "", ""]])
  }

  @Test func aRowThatIsTooLongIsLeftOut() throws {
    let table = try table("a,b\n1,2,3\n4,5\n")
    #expect(table.rows.map { $0["a"] } == ["4"])
    let problem = try #require(table.diagnostics.first)
    #expect(problem.id == "register-row-too-long")
    #expect(problem.place == "f.csv:2 (byte 4)")
  }

  @Test func aQuoteThatNeverEndsStopsTheReading() throws {
    let table = try table("a,b\n1,2\n\"3,4\n5,6\n")
    #expect(table.rows.map { $0["a"] } == ["1"])
    let problem = try #require(table.diagnostics.first)
    #expect(problem.id == "register-quote-unclosed")
    #expect(problem.place == "f.csv:3 (byte 8)")
  }

  @Test func missingColumnsAreNamed() throws {
    let problem = try #require(throws: Diagnostic.self) { try table("a,b\n", required: ["a", "c", "d"]) }
    #expect(problem.id == "register-columns-missing")
    #expect(problem.summary.contains("c, d"))
  }

  /// The same table as a spreadsheet saves it in UTF-16.
  @Test(arguments: [false, true])
  func readsUTF16(isLittle: Bool) throws {
    let text = "owner,n\nJürgen 🦆,1\neve,2\nada,x,y\n"
    let units = [0xFEFF] + Array(text.utf16)
    let bytes = units.flatMap { unit -> [UInt8] in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isLittle ? pair.reversed() : pair
    }
    let table = try CSVTable(WholeFile(name: "f.csv", bytes: bytes), required: ["owner"])
    #expect(table.rows.map { $0["owner"] } == ["Jürgen 🦆", "eve"])
    #expect(table.rows.map(\.byteOffset) == [18, 42])
    #expect(table.diagnostics.map(\.byteOffset) == [54])
  }

  @Test func bytesThatAreNeitherUTF8NorUTF16AreSaidToBe() throws {
    let windows = try #require(throws: Diagnostic.self) {
      try CSVTable(WholeFile(name: "f.csv", bytes: Array("owner\nJ".utf8) + [0xFC]), required: [])
    }
    #expect(windows.id == "not-utf-8")
    #expect(windows.nextStep.contains("CSV UTF-8"))
    let broken = try #require(throws: Diagnostic.self) {
      try CSVTable(WholeFile(name: "f.csv", bytes: [0xFF, 0xFE, 0x00, 0xD8]), required: [])
    }
    #expect(broken.id == "not-utf-16")
  }

  @Test func anEmptyFileIsNoRegister() throws {
    #expect(try #require(throws: Diagnostic.self) { try table("", required: ["a"]) }.id == "register-empty")
  }
}

@Suite struct RegisterTests {
  @Test func readsOwnership() throws {
    let register = try readOwnershipRegister(
      file(
        "rule_id,owner,from,to,seq,role,recorded_at\nr,ada,2026-07-01,2026-08-01,7,accountable,2026-07-02\n"
          + "a*,bob,2026-07-01T09:00:00+02:00,,,,\n"))
    #expect(register.diagnostics.isEmpty)
    let first = try #require(register.entries.first)
    #expect([first.rulePattern, first.owner, first.role] == ["r", "ada", "accountable"])
    #expect(first.from == at("2026-07-01"))
    #expect(first.to == at("2026-08-01"))
    #expect(first.recordedAt == at("2026-07-02"))
    #expect([first.sequence, first.line] == [7, 2])
    #expect(first.provenance == .matched)
    let last = try #require(register.entries.last)
    #expect(last.from == at("2026-07-01T07:00:00Z"))
    #expect(last.to == nil)
    #expect(last.recordedAt == nil)
    #expect([last.sequence, last.line] == [3, 3])
    #expect(last.isAccountable)
    #expect(last.provenance == .inferred)
  }

  @Test(arguments: [
    (",ada,2026-07-01,", "register-cell-empty"), ("r,,2026-07-01,", "register-cell-empty"),
    ("r,ada,,", "register-cell-empty"),
    ("r,ada,1/7/2026,", "register-date-order-unknown"), ("r,ada,2026-07-01,soon", "register-bad-instant"),
    ("r\u{7},ada,2026-07-01,", "register-control-character"), ("r,ada,2026-02-30,", "register-bad-instant"),
  ])
  func leavesOutABadRowAndSaysWhere(row: String, id: String) throws {
    let register = try readOwnershipRegister(
      file("rule_id,owner,from,to\nx,eve,2026-01-01,\n\(row)\ny,eve,2026-01-01,\n"))
    #expect(register.entries.map(\.rulePattern) == ["x", "y"])
    let problem = try #require(register.diagnostics.first)
    #expect(problem.id == id)
    #expect(problem.place == "f.csv:3 (byte 40)")
  }

  @Test func aShareMayHaveACommaWhereSemicolonsSeparate() throws {
    let header = "rule_id;band;from;set_by\n"
    let register = try readToleranceRegister(file(header + "r;0,25;2026-07-01;ada\nr;0.5;2026-07-01;ada\n"))
    #expect(register.entries.map(\.band) == [0.25, 0.5])
    let other = try readToleranceRegister(file("rule_id,band,from,set_by\nr,\"0,25\",2026-07-01,ada\n"))
    #expect(other.diagnostics.map(\.id) == ["register-bad-share"])
  }

  @Test func aBadSequenceIsABadRow() throws {
    // The greatest number would overflow where records of several sources are put in order.
    let register = try readOwnershipRegister(
      file("rule_id,owner,from,seq\nr,ada,2026-07-01,first\nr,ada,2026-07-01,9223372036854775807\n"))
    #expect(register.entries.isEmpty)
    #expect(register.diagnostics.map(\.id) == ["register-bad-number", "register-bad-number"])
  }

  @Test func warnsOfAnIntervalThatEndsBeforeItBegins() throws {
    let register = try readOwnershipRegister(file("rule_id,owner,from,to\nr,ada,2026-07-02,2026-07-02\n"))
    #expect(register.entries.count == 1)
    #expect(register.diagnostics.map(\.id) == ["ownership-ends-before-it-begins"])
    #expect(register.diagnostics.map(\.severity) == [.warning])
  }

  @Test func readsIdentities() throws {
    let register = try readIdentityRegister(file("alias,person\n@dana,dana@example.org\n,dana\n"))
    #expect(
      register.entries == [
        Identity(alias: "@dana", person: "dana@example.org", place: RegisterPlace(source: "f.csv", line: 2))
      ])
    #expect(register.diagnostics.map(\.id) == ["register-cell-empty"])
  }

  @Test func readsModelsWithTheirAliases() throws {
    let register = try readModelRegister(file("model,tier,aliases\nsmall,1,s | small-latest\nlarge,,\nbad,high,\n"))
    #expect(register.entries.map(\.model) == [Model(name: "small", tier: 1), Model(name: "large", tier: 0)])
    #expect(register.entries.map(\.aliases) == [["s", "small-latest"], []])
    #expect(register.diagnostics.map(\.id) == ["register-bad-number"])
  }

  @Test func readsAliases() throws {
    let register = try readAliasRegister(file("alias,model\ns,small\n,small\n"))
    #expect(register.entries.map(\.alias) == ["s"])
    #expect(register.diagnostics.map(\.id) == ["register-cell-empty"])
  }

  @Test func aDeploymentWithoutADateHasAlwaysStoodThere() throws {
    let register = try readDeploymentRegister(
      file("deployment,provider,jurisdiction,effective_from\nd,acme,eu,\nd,acme,us,2026-07-01\n"))
    let inventory = Inventory(deployments: register.entries)
    let steps = try #require(inventory.deployments["d"])
    #expect(steps.value(at: at("1900-01-01").microseconds)?.jurisdiction == "eu")
    #expect(steps.value(at: at("2026-07-01").microseconds)?.jurisdiction == "us")
  }

  @Test func readsAcceptedExceptionsAndKeepsWhatLacksAPart() throws {
    let register = try readExceptionRegister(
      file(
        "check,subject,approver,reason,from,until,requested_by\nC-1,*,ada,\"known, small\",2026-07-01,2026-08-01,bob\n"
          + "C-2,r,,x,2026-07-01,,\nC-3,r,ada,x,,2026-08-01,\n"
      ))
    #expect(
      register.entries == [
        AcceptedException(
          check: "C-1", subject: "*", approver: "ada", reason: "known, small", from: at("2026-07-01"),
          until: at("2026-08-01"), requestedBy: "bob", place: RegisterPlace(source: "f.csv", line: 2)),
        AcceptedException(
          check: "C-2", subject: "r", approver: "", reason: "x", from: at("2026-07-01"), until: nil,
          place: RegisterPlace(source: "f.csv", line: 3)),
      ])
    #expect(register.entries.map(\.isWhole) == [true, false])
    #expect(register.diagnostics.map(\.id) == ["register-cell-empty"])
  }
}
