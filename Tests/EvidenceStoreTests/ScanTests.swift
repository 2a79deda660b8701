import EvidenceModel
import EvidenceStore
import Intake
import Replay
import TestSupport
import Testing

@Suite struct ScanTests {
  private let drifted = DecisionLine.with {
    $0.requestID = "r-2"
    $0.served = "other"
  }

  @Test func aScanKeepsItsFigures() throws {
    let store = try EvidenceStore(path: nil)
    let outside = DecisionLine.with { $0.ts = "2026-08-01T00:00:00Z" }
    let bytes = text([DecisionLine(), drifted, outside]) + Array("\nno JSON\n".utf8)
    let evidence = try store.begin(["a.jsonl": try store.scan(bytes, plan())])
    let source = try #require(try evidence.sources().first)
    #expect(source.name == "a.jsonl")
    #expect(
      [source.lines, source.blank, source.malformed, source.outOfPeriod, source.judged] == [5, 1, 1, 1, 2])
    #expect(source.exceptions == 1)
    #expect(source.storedBytes == bytes.count)
    #expect(source.digest == Digest(of: bytes))
    #expect(source.compression == "none")
    #expect(source.damage == nil)
    #expect(source.first == at("2026-07-15T12:00:00Z"))
  }

  @Test func aScanIsKeptWithWhatItIsBoundTo() throws {
    let store = try EvidenceStore(path: nil)
    let bytes = text([DecisionLine()])
    #expect(try store.keptParts(named: "log", storedBytes: bytes.count, format: native).isEmpty)
    let partials = try store.scan(bytes, plan())
    let part = try #require(try store.keptParts(named: "log", storedBytes: 0, format: native).first)
    #expect([part.partial] == partials)
    #expect(part.digest == Digest(of: bytes))
    #expect(part.storedBytes == bytes.count)
    #expect(part.range == 0..<bytes.count)
    #expect(part.plan == plan().binding.digest(from: part.first, to: part.last))
    #expect(part.isEnd && !part.isUnterminated)
  }

  @Test func theSameScanAgainIsTheSamePartial() throws {
    let store = try EvidenceStore(path: nil)
    let partials = try store.scan([DecisionLine()], plan())
    #expect(try store.scan([DecisionLine()], plan()) == partials)
  }

  @Test func aLogOfThatLengthIsFoundUnderAnyName() throws {
    let store = try EvidenceStore(path: nil)
    let bytes = text([DecisionLine()])
    _ = try store.scan(bytes, plan())
    #expect(try store.keptParts(named: "moved", storedBytes: bytes.count, format: native).count == 1)
    #expect(try store.keptParts(named: "moved", storedBytes: bytes.count + 1, format: native).isEmpty)
  }

  @Test func anotherFormatOrShapeIsAnotherScan() throws {
    let store = try EvidenceStore(path: nil)
    _ = try store.scan([DecisionLine()], plan())
    for other in [
      DetectedFormat(format: .litellm, isLines: true), DetectedFormat(format: .native, isLines: false),
    ] {
      #expect(try store.keptParts(named: "log", storedBytes: 0, format: other).isEmpty)
    }
  }

  @Test func aLogOfSeveralPartsIsOneSource() throws {
    let store = try EvidenceStore(path: nil)
    let lines = (0..<40_000).map { number in DecisionLine.with { $0.requestID = "r-\(number)" } }
    let bytes = text(lines)
    let partials = try store.scan(bytes, plan(), partSize: 1 << 20)
    #expect(partials.count > 5)
    let source = try #require(try store.begin(["log": partials]).sources().first)
    #expect(source.lines == 40_000)
    #expect(source.judged == 40_000)
    #expect(source.digest == Digest(of: bytes))
    #expect(source.storedBytes == bytes.count)
  }

  @Test func theSameBytesUnderTwoNamesCountTwice() throws {
    let store = try EvidenceStore(path: nil)
    let partial = try store.scan([DecisionLine(), drifted], plan())
    let evidence = try store.begin(["a.jsonl": partial, "b.jsonl": partial])
    #expect(try evidence.sources().map(\.name) == ["a.jsonl", "b.jsonl"])
    #expect(try evidence.tally(byDay: true).map(\.sums.n) == [2, 2])
    #expect(try evidence.exceptionCount() == 2)
    #expect(try evidence.hours().map(\.judged) == [4])
    #expect(try evidence.days().map(\.n) == [2, 2])
    #expect(try evidence.days().map(\.day) == [at("2026-07-15").day, at("2026-07-15").day])
    #expect(try evidence.days(of: evidence.sources()[0]).map(\.n) == [1, 1])
    #expect(try evidence.seen().first { $0.kind == .agent }?.n == 4)
    #expect(try evidence.traffic().reduce(0) { $0 + $1.n } == 4)
    #expect(try evidence.duplicateRequestIDs() == 2)
    var lines: [String] = []
    try evidence.forEachCanonicalException { lines.append(String(decoding: $0, as: UTF8.self)) }
    #expect(lines == ["r-2,silent_substitution\n", "r-2,silent_substitution\n"])
  }

  @Test func aDamagedSourceIsKeptWithItsDamage() throws {
    let store = try EvidenceStore(path: nil)
    let partial = try store.scan(Array(try gzip(text([DecisionLine()])).dropLast(9)), plan())
    let source = try #require(try store.begin(["a.gz": partial]).sources().first)
    #expect(source.compression == "gzip")
    let damage = try #require(source.damage)
    #expect(!damage.isEmpty)
    #expect(source.lines == source.blank + source.malformed + source.outOfPeriod + source.judged)
  }

  @Test func rejectsKeepTheirPlaceAndReason() throws {
    let store = try EvidenceStore(path: nil)
    let bytes = text([DecisionLine()]) + Array("no JSON\n[]\n".utf8)
    let evidence = try store.begin(["a.jsonl": try store.scan(bytes, plan())])
    var rejects: [String] = []
    try evidence.forEachReject { rejects.append("\($0.name) \($1.position.line) \($1.reason.rawValue)") }
    #expect(rejects == ["a.jsonl 2 not-json", "a.jsonl 3 not-an-object"])
    let source = try #require(try evidence.sources().first)
    #expect(try evidence.rejectReasons(of: source).map(\.n) == [1, 1])
    var limited = 0
    try evidence.forEachReject(limit: 1) { _, _ in limited += 1 }
    #expect(limited == 1)
  }

  @Test func duplicatesAreCountedAcrossSources() throws {
    let store = try EvidenceStore(path: nil)
    func lines(_ ids: [String]) -> [DecisionLine] { ids.map { id in .with { $0.requestID = id } } }
    let evidence = try store.begin([
      "a.jsonl": try store.scan(lines(["1", "2", "2"]), plan()),
      "b.jsonl": try store.scan(lines(["2", "3", "1"]), plan()),
    ])
    #expect(try evidence.duplicateRequestIDs() == 3)
    #expect(try evidence.requestRepeats().map { [$0.decisions, $0.ids] } == [[2, 1], [3, 1]])
  }

  @Test func exceptionsAreFoundByFilterInTimeOrder() throws {
    let store = try EvidenceStore(path: nil)
    let lines = ["2026-07-20", "2026-07-10"].map { day in
      DecisionLine.with {
        $0.ts = day + "T00:00:00Z"
        $0.requestID = day
        $0.served = "other"
        $0.tools = ["a", "b c"]
      }
    }
    let evidence = try store.begin(["a.jsonl": try store.scan(lines, plan())])
    #expect(try evidence.exceptions(limit: 5).map(\.decision.requestID) == ["2026-07-10", "2026-07-20"])
    #expect(try evidence.exceptions(limit: 1).map(\.decision.requestID) == ["2026-07-10"])
    #expect(try evidence.exceptions(limit: 1).map(\.decision.tools) == [["a", "b c"]])
    #expect(try evidence.exceptionCount(DecisionFilter(rule: "r", classes: [.silentSubstitution])) == 2)
    #expect(try evidence.exceptionCount(DecisionFilter(rule: "R")) == 0)
    #expect(try evidence.exceptionCount(DecisionFilter(classes: [.noRule, .ruleMismatch])) == 0)
  }

  @Test func aNameWithNULIsShownByItsPictureAndExactInTheCanonicalLine() throws {
    let store = try EvidenceStore(path: nil)
    let json = drifted.json.replacing("r-2", with: "r\\u00002")
    let evidence = try store.begin(["a.jsonl": try store.scan(Array((json + "\n").utf8), plan())])
    #expect(try evidence.exceptions(limit: 1).map(\.decision.requestID) == ["r\u{2400}2"])
    try evidence.forEachCanonicalException {
      #expect($0 == Array("r\u{0}2,silent_substitution\n".utf8))
    }
  }
}
