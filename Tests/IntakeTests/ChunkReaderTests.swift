import EvidenceModel
import Intake
import TestSupport
import Testing

/// A record as the reader handed it out; no text where it was too long.
private struct Piece: Equatable {
  var text: String?
  var line: Int
  var offset: Int
}

/// Reads a log by chunks of at least this many bytes.
private func split(
  _ bytes: [UInt8], _ shape: LogShape, chunk size: Int, from offset: Int = 0, to end: Int? = nil
) throws -> (pieces: [Piece], damage: SourceError?, digest: Digest) {
  try withTemporaryFolder { folder in
    // A split's reader stands one byte before it, and passes over the record that began there.
    let source = try ByteSource(path: try folder.write(bytes, to: "log"), offset: max(0, offset - 1))
    let reader = ChunkReader(source, shape: shape, end: end)
    if offset > 0 { try reader.skipRecord() }
    let chunk = LogChunk(capacity: size)
    var pieces: [Piece] = []
    var line = 0
    do throws(SourceError) {
      while try reader.next(into: chunk) {
        if let overlong = chunk.overlong {
          pieces.append(Piece(text: nil, line: line + 1, offset: chunk.byteOffset))
          #expect(overlong.bytes >= ChunkReader.longestRecord)
        }
        while let (bytes, position) = chunk.next() {
          pieces.append(
            Piece(text: String(decoding: bytes, as: UTF8.self), line: line + position.line, offset: position.byteOffset)
          )
          #expect(position.bytes == bytes.count)
        }
        line += chunk.lineFeeds
      }
      return (pieces, nil, source.digest)
    } catch {
      return (pieces, error, source.digest)
    }
  }
}

private let chunks = [1, 2, 3, 7, 64, 4096]

@Suite struct LineSplittingTests {
  private func lines(_ text: String, chunk: Int) throws -> [Piece] {
    let result = try split(Array(text.utf8), .lines, chunk: chunk)
    #expect(result.digest == Digest(of: text))
    return result.pieces
  }

  @Test(arguments: chunks) func cutsAtLineFeeds(chunk: Int) throws {
    #expect(
      try lines("ab\nc\n\ndef\n", chunk: chunk) == [
        Piece(text: "ab", line: 1, offset: 0), Piece(text: "c", line: 2, offset: 3),
        Piece(text: "", line: 3, offset: 5),
        Piece(text: "def", line: 4, offset: 6),
      ])
  }

  @Test(arguments: chunks) func theLastLineNeedsNoLineFeed(chunk: Int) throws {
    #expect(
      try lines("ab\ncd", chunk: chunk) == [
        Piece(text: "ab", line: 1, offset: 0), Piece(text: "cd", line: 2, offset: 3),
      ])
    #expect(try lines("x", chunk: chunk) == [Piece(text: "x", line: 1, offset: 0)])
  }

  @Test(arguments: chunks) func aLineFeedAloneIsOneBlankLine(chunk: Int) throws {
    #expect(try lines("\n", chunk: chunk) == [Piece(text: "", line: 1, offset: 0)])
    #expect(try lines("", chunk: chunk).isEmpty)
  }

  @Test(arguments: chunks) func aCarriageReturnStaysWithItsLine(chunk: Int) throws {
    #expect(
      try lines("ab\r\n\r\nc\rd\r\n", chunk: chunk) == [
        Piece(text: "ab\r", line: 1, offset: 0), Piece(text: "\r", line: 2, offset: 4),
        Piece(text: "c\rd\r", line: 3, offset: 6),
      ])
  }

  @Test(arguments: chunks) func aByteOrderMarkIsNoPartOfTheFirstLine(chunk: Int) throws {
    let result = try split([0xEF, 0xBB, 0xBF] + Array("ab\ncd\n".utf8), .lines, chunk: chunk)
    #expect(result.pieces == [Piece(text: "ab", line: 1, offset: 3), Piece(text: "cd", line: 2, offset: 6)])
  }

  @Test(arguments: chunks) func halfAByteOrderMarkIsContent(chunk: Int) throws {
    let result = try split([0xEF, 0xBB], .lines, chunk: chunk)
    #expect(result.pieces.map(\.offset) == [0])
  }

  @Test(arguments: chunks) func linesMayBeLongerThanTheChunk(chunk: Int) throws {
    let long = String(repeating: "0123456789", count: 300)
    let pieces = try lines("a\n\(long)\nb\n\(long)", chunk: chunk)
    #expect(pieces.map(\.text) == ["a", long, "b", long])
    #expect(pieces.map(\.offset) == [0, 2, 3003, 3005])
  }

  @Test func aDamagedStreamHandsOutTheRestOfItsLastLine() throws {
    let cut = Array(try gzip("first\nsecond\nthird\n").dropLast(9))
    let result = try split(cut, .lines, chunk: 64)
    #expect(result.pieces.first == Piece(text: "first", line: 1, offset: 0))
    guard case .damaged(_, "gzip", _) = result.damage else {
      Issue.record("the damage was not reported")
      return
    }
  }
}

@Suite struct OverlongRecordTests {
  private let long = String(repeating: "x", count: ChunkReader.longestRecord + 5000)

  @Test func aLineOfMoreThanTheLimitIsPassedOver() throws {
    let text = "a\n\(long)\nb\n"
    let result = try split(Array(text.utf8), .lines, chunk: 1 << 20)
    #expect(
      result.pieces == [
        Piece(text: "a", line: 1, offset: 0), Piece(text: nil, line: 2, offset: 2),
        Piece(text: "b", line: 3, offset: 3 + long.utf8.count),
      ])
    #expect(result.digest == Digest(of: text))
  }

  @Test func aLineAtTheLimitWithoutAnEndIsPassedOver() throws {
    let result = try split(Array(long.utf8), .lines, chunk: 1 << 20)
    #expect(result.pieces == [Piece(text: nil, line: 1, offset: 0)])
    #expect(result.digest == Digest(of: long))
  }

  @Test(arguments: [4096, 1 << 20]) func theLimitDoesNotDependOnWhatCameBefore(chunk: Int) throws {
    let before = String(repeating: "y", count: 2_200_000)
    let pieces = try split(Array("\(before)\n\(long)\nb\n".utf8), .lines, chunk: chunk).pieces
    #expect(pieces.map { $0.text?.utf8.count } == [before.utf8.count, nil, 1])
  }

  @Test func whatFollowsAnOverlongDocumentIsRead() throws {
    let text = "[{\"a\":1},{\"b\":\"\\\"{\(long)\"},\n{\"c\":3}]"
    let result = try split(Array(text.utf8), .documents, chunk: 1 << 20)
    #expect(result.pieces.map(\.text) == [#"{"a":1}"#, nil, #"{"c":3}"#])
    #expect(result.pieces.map(\.line) == [1, 1, 2])
    #expect(result.digest == Digest(of: text))
  }

  @Test func aLineJustBelowTheLimitIsRead() throws {
    let text = String(long.prefix(ChunkReader.longestRecord - 1))
    #expect(try split(Array((text + "\n").utf8), .lines, chunk: 1 << 20).pieces.map(\.text) == [text])
  }
}

@Suite struct SplitTests {
  private let text = "first\n\nthird line\nfourth"

  @Test(arguments: chunks) func everyRecordFallsInOneSplitWhereverTheCutIs(chunk: Int) throws {
    let bytes = Array(text.utf8)
    let whole = try split(bytes, .lines, chunk: chunk).pieces.map { "\($0.offset) \($0.text ?? "")" }
    for cut in 1..<bytes.count {
      let before = try split(bytes, .lines, chunk: chunk, to: cut).pieces
      let after = try split(bytes, .lines, chunk: chunk, from: cut).pieces
      #expect((before + after).map { "\($0.offset) \($0.text ?? "")" } == whole, "cut at \(cut)")
      #expect(before.allSatisfy { $0.offset < cut })
      #expect(after.allSatisfy { $0.offset >= cut })
    }
  }

  @Test func aSplitWithoutABeginningOfARecordIsEmpty() throws {
    #expect(try split(Array(text.utf8), .lines, chunk: 4096, from: 9, to: 12).pieces.isEmpty)
    #expect(try split(Array(text.utf8), .lines, chunk: 4096, from: 500).pieces.isEmpty)
  }
}

@Suite struct DocumentSplittingTests {
  private func texts(_ text: String, chunk: Int) throws -> [String?] {
    let result = try split(Array(text.utf8), .documents, chunk: chunk)
    #expect(result.digest == Digest(of: text))
    return result.pieces.map(\.text)
  }

  @Test(arguments: chunks) func readsOneArray(chunk: Int) throws {
    #expect(
      try texts(#"[{"a":1}, {"b":[1,2]},{"c":{}}]"#, chunk: chunk) == [#"{"a":1}"#, #"{"b":[1,2]}"#, #"{"c":{}}"#])
    #expect(try texts("[]", chunk: chunk) == [])
    #expect(try texts(" \n[\n]\n", chunk: chunk) == [])
  }

  @Test(arguments: chunks) func readsSeveralObjects(chunk: Int) throws {
    #expect(try texts(#"{"a":1}{"b":2} {"c":3}"#, chunk: chunk) == [#"{"a":1}"#, #"{"b":2}"#, #"{"c":3}"#])
    #expect(try texts("{\"a\":1}\n{\"b\":2}\r\n", chunk: chunk) == [#"{"a":1}"#, #"{"b":2}"#])
  }

  @Test(arguments: chunks) func readsPrettyPrintedObjects(chunk: Int) throws {
    let result = try split(
      Array("[\n  {\n    \"a\": 1\n  },\n  {\n    \"b\": 2\n  }\n]\n".utf8), .documents, chunk: chunk)
    #expect(
      result.pieces == [
        Piece(text: "{\n    \"a\": 1\n  }", line: 2, offset: 4),
        Piece(text: "{\n    \"b\": 2\n  }", line: 5, offset: 24),
      ])
  }

  @Test(arguments: chunks) func bracketsInTextsAreText(chunk: Int) throws {
    let tricky = #"{"a":"}]{[\"}\\","b":"\\"}"#
    #expect(try texts("[\(tricky),\(tricky)]", chunk: chunk) == [tricky, tricky])
  }

  @Test(arguments: chunks) func aByteOrderMarkIsNoRecord(chunk: Int) throws {
    let result = try split([0xEF, 0xBB, 0xBF] + Array("[{}]".utf8), .documents, chunk: chunk)
    #expect(result.pieces == [Piece(text: "{}", line: 1, offset: 4)])
  }

  @Test(arguments: chunks) func anUnfinishedObjectIsOneRecord(chunk: Int) throws {
    let made = try split(Array(#"{"a":1}{"b":"#.utf8), .documents, chunk: chunk).pieces
    #expect(made == [Piece(text: #"{"a":1}"#, line: 1, offset: 0), Piece(text: #"{"b":"#, line: 1, offset: 7)])
  }

  @Test(arguments: chunks) func textBetweenObjectsEndsWithItsLine(chunk: Int) throws {
    #expect(try texts("oops\n{\"a\":1}\n", chunk: chunk) == ["oops", #"{"a":1}"#])
  }
}
