import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct PrefixDigestsTests {
  private let text = Array("gateway-team decides, dana answers for it\n".utf8)

  /// The digests of a file of `text` at these lengths.
  private func digests(_ lengths: [Int], of bytes: [UInt8]? = nil) throws -> [Int: Digest] {
    try withTemporaryFolder { folder in
      let path = try folder.write(bytes ?? text, to: "log")
      return try PrefixDigests.of(path: path, lengths: lengths).mapValues { $0.finish() }
    }
  }

  @Test func ofNoBytesIsTheDigestOfNothing() throws {
    #expect(try digests([0]) == [0: Digest(of: "")])
    #expect(try digests([0], of: []) == [0: Digest(of: "")])
  }

  @Test func ofNoLengthsIsNothing() throws {
    #expect(try digests([]).isEmpty)
  }

  @Test func areOfTheFirstBytesAndNoMore() throws {
    #expect(try digests([7]) == [7: Digest(of: Array(text[..<7]))])
    #expect(try digests([text.count]) == [text.count: Digest(of: text)])
  }

  @Test func comeInAnyOrderAndOncePerLength() throws {
    let expected = [3: Digest(of: Array(text[..<3])), 9: Digest(of: Array(text[..<9])), 0: Digest(of: "")]
    #expect(try digests([9, 0, 3, 9, 3]) == expected)
  }

  @Test func areMissingPastTheEnd() throws {
    let length = text.count
    #expect(try digests([length + 1]).isEmpty)
    #expect(try digests([5, length, length + 1]).keys.sorted() == [5, length])
  }

  @Test func areTheSameOverSeveralBuffers() throws {
    let long = (0..<(5 << 19)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let lengths = [1, 1 << 20, 1 << 20 + 1, 2 << 20, long.count]
    for (length, digest) in try digests(lengths, of: long) {
      #expect(digest == Digest(of: Array(long[..<length])))
    }
  }

  @Test func canBeGoneOnWith() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(text, to: "log")
      let hashers = try PrefixDigests.of(path: path, lengths: [7, 12])
      var hasher = try #require(hashers[7])
      text[7...].withUnsafeBytes { hasher.update($0) }
      #expect(hasher.finish() == Digest(of: text))
      // What goes on with one leaves the others as they were.
      #expect(hashers[7]?.finish() == Digest(of: Array(text[..<7])))
      #expect(hashers[12]?.finish() == Digest(of: Array(text[..<12])))
    }
  }

  @Test func areOfTheStoredBytesOfACompressedFile() throws {
    let stored = try gzip(text)
    #expect(try digests([10], of: stored) == [10: Digest(of: Array(stored[..<10]))])
  }

  @Test func sayWhatIsNotThere() throws {
    try withTemporaryFolder { folder in
      _ = #expect { try PrefixDigests.of(path: folder.path("nothing"), lengths: [1]) } throws: {
        if case .cannotOpen = $0 as? SourceError { true } else { false }
      }
    }
  }
}
