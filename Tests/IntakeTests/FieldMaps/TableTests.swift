import EvidenceModel
import Intake
import Testing

struct TableTests {
  private let header = "ts,request_id,outcome,requested_model,served_model,tools"

  private func row(_ id: String, tools: String = "") -> String {
    "2026-07-01T00:00:00Z,\(id),success,a,b,\(tools)"
  }

  @Test func readsRowsWithTheirPlaces() throws {
    let log = try ReadLog("\(header)\n\(row("r-1", tools: "x|y"))\n\(row("r-2"))\n")
    #expect(log.format.format.name == "native-csv")
    #expect(log.format.shape == .rows)
    #expect(log.decisions.map(\.line.requestID) == ["r-1", "r-2"])
    #expect(log.decisions.map(\.line.tools) == [["x", "y"], []])
    #expect(log.decisions.map(\.position.line) == [2, 3])
    let first = header.utf8.count + 1
    #expect(log.decisions.map(\.position.byteOffset) == [first, first + row("r-1").utf8.count + 4])
    #expect(log.passed.other == 1)
  }

  @Test(arguments: [";", "\t"])
  func readsOtherSeparators(separator: String) throws {
    let text = "\(header)\n\(row("r-1"))\n".replacing(",", with: separator)
    #expect(try ReadLog(text).decisions.map(\.line.requestID) == ["r-1"])
  }

  @Test func readsPastAByteOrderMarkAndCarriageReturns() throws {
    let log = try ReadLog([0xEF, 0xBB, 0xBF] + Array("\(header)\r\n\(row("r-1", tools: "x"))\r\n".utf8))
    #expect(log.decisions.map(\.line.tools) == [["x"]])
    #expect(log.decisions.map(\.position.byteOffset) == [3 + header.utf8.count + 2])
  }

  @Test func aQuotedFieldMayHoldSeparatorsMarksAndLineFeeds() throws {
    let log = try ReadLog("\(header)\n\(row("\"r,\"\"1\"\"\n2\""))\n\(row("r-2"))\n")
    #expect(log.decisions.map(\.line.requestID) == ["r,\"1\"\n2", "r-2"])
    #expect(log.decisions.map(\.position.line) == [2, 4])
  }

  @Test func aRowWithAnotherNumberOfFieldsIsRejected() throws {
    let log = try ReadLog("\(header)\n2026-07-01T00:00:00Z,r-1\n\(row("r-2")),more\n\(row("r-3"))\n")
    #expect(log.rejects.map(\.reason) == [.wrongColumns, .wrongColumns])
    #expect(log.rejects.map(\.position.line) == [2, 3])
    #expect(log.decisions.map(\.line.requestID) == ["r-3"])
  }

  @Test func aMarkInsideAFieldHarmsNoOtherRow() throws {
    let log = try ReadLog("\(header)\n\(row("5\" disk"))\n\(row("r-2"))\n\(row("r-3"))\n")
    #expect(log.decisions.map(\.line.requestID) == ["5\" disk", "r-2", "r-3"])
    #expect(log.decisions.map(\.position.line) == [2, 3, 4])
  }

  @Test func aHeaderThatComesAgainIsNoDecision() throws {
    let log = try ReadLog("\(header)\n\(row("r-1"))\n\n\(header)\n\(row("r-2"))\n")
    #expect(log.decisions.count == 2)
    #expect(log.passed.other == 2)
    #expect(log.passed.blank == 1)
  }

  @Test func aTableWithTooManyColumnsIsRejectedRowByRow() throws {
    let wide = (0...10_000).map { "c\($0)" }.joined(separator: ",")
    let map = try #require(RoutingLogFormat(name: "native-csv"))
    let log = try ReadLog("\(wide)\n\(wide)\na,b\n", map)
    #expect(log.rejects.map(\.reason) == [.wrongColumns, .wrongColumns, .wrongColumns])
  }

  @Test func missingColumnsAreEmptyFields() throws {
    let log = try ReadLog("\(header)\n\(row("r-1"))\n")
    #expect(log.decisions.map(\.line.agent) == [""])
  }

  @Test func aStatedTableIsReadWithoutItsColumns() throws {
    let map = try #require(RoutingLogFormat(name: "native-csv"))
    let log = try ReadLog("a,b\n1,2\n", map)
    #expect(log.format.shape == .rows)
    #expect(log.rejects.map(\.reason) == [.badInstant])
  }

  @Test(arguments: ["a,b,a\n", "a\n", "a,,b\n", "\"a,b\n", "{\"a\":1}\n"])
  func aFirstRowThatNamesNoColumnsIsNoHeader(text: String) throws {
    #expect(throws: ReadLog.FormatUnknown.self) { try ReadLog(text) }
  }
}
