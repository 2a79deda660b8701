import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct DetectionTests {
  private let spend = #"{"request_id":"i","startTime":"2026-03-02T08:00:01Z","spend":0,"model_group":"g"}"#
  private let payload = #"{"id":"i","startTime":1772438401.1,"response_cost":0,"model":"m"}"#
  private let pretty = """
    {
      "request_id": "i",
      "startTime": "2026-03-02T08:00:01Z",
      "spend": 0,
      "model_group": "g"
    }
    """

  /// `format,shape`; nil where no record of a known format was found.
  private func detect(_ bytes: [UInt8], stated: RoutingLogFormat? = nil) throws -> String? {
    try withTemporaryFolder { folder in
      let found = try RoutingLogFormat.detect(path: try folder.write(bytes, to: "log"), stated: stated)
      return found.map { "\($0.format.name),\($0.shape.rawValue)" }
    }
  }

  private func detect(_ text: String, stated: RoutingLogFormat? = nil) throws -> String? {
    try detect(Array(text.utf8), stated: stated)
  }

  @Test func tellsFormatsByTheirFields() throws {
    #expect(try detect(DecisionLine().json + "\n") == "native,lines")
    #expect(try detect(spend + "\n") == "litellm,lines")
    #expect(try detect(payload) == "litellm,lines")
    #expect(try detect(#"{"a":1}"#) == nil)
    #expect(try detect("") == "native,lines")
    #expect(try detect("a,b,c\n1,2,3\n") == nil)
  }

  @Test func looksPastBlankAndDamagedLines() throws {
    #expect(try detect("\n\noops\n" + DecisionLine().json + "\n") == "native,lines")
  }

  @Test func looksPastAByteOrderMark() throws {
    let found = try detect([0xEF, 0xBB, 0xBF] + Array(spend.utf8))
    #expect(found == "litellm,lines")
    #expect(try detect([0xEF, 0xBB, 0xBF] + Array("\(spend)\n\(spend)\n".utf8)) == "litellm,lines")
    #expect(try detect([0xEF, 0xBB, 0xBF] + Array("[\(spend)]".utf8)) == "litellm,documents")
  }

  @Test func tellsDocumentsFromLines() throws {
    #expect(try detect(pretty) == "litellm,documents")
    #expect(try detect("[\(spend),\(spend)]") == "litellm,documents")
    #expect(try detect("[\n\(pretty),\n\(pretty)\n]\n") == "litellm,documents")
    #expect(try detect(pretty + "\n" + pretty) == "litellm,documents")
  }

  @Test func anArrayWithOneObjectALineIsDocuments() throws {
    let found = try detect("[\n\(spend),\n\(spend)\n]\n")
    #expect(found == "litellm,documents")
  }

  @Test func anAnswerWithOneObjectALineIsDocuments() throws {
    let found = try detect("{\n  \"data\": [\n\(spend),\n\(spend)\n]\n}\n")
    #expect(found == "litellm,documents")
    #expect(try detect("{\"data\":[\n\(spend)\n") == "litellm,lines")
  }

  @Test func aFirstRecordOfSomeMiBShowsItsFormat() throws {
    let padding = String(repeating: "x", count: 2 << 20)
    let long = String(spend.dropLast()) + #","messages":"\#(padding)"}"#
    #expect(try detect("\(long)\n\(spend)\n") == "litellm,lines")
    #expect(try detect(long.replacing(",", with: ",\n"), stated: .litellm) == "litellm,documents")
    #expect(try detect("[\(long),\n\(spend)]") == "litellm,documents")
  }

  @Test func looksInsideCompressedLogs() throws {
    #expect(try detect(try gzip(spend + "\n")) == "litellm,lines")
    #expect(try detect(zstdFrame(spend + "\n")) == "litellm,lines")
  }

  @Test func aStatedFormatOnlyLeavesTheShapeOpen() throws {
    #expect(try detect("oops", stated: .native) == "native,lines")
    #expect(try detect("oops", stated: .litellm) == "litellm,lines")
    #expect(try detect(pretty, stated: .litellm) == "litellm,documents")
  }

  @Test func everyFormatSaysWhereItsFieldsComeFrom() {
    let ofLogs = RoutingField.allCases.filter { $0 != .jurisdiction && $0 != .hosting }
    for format in RoutingLogFormat.all {
      #expect(format.origins.map(\.field) == ofLogs, "\(format.name)")
    }
  }
}
