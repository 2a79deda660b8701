import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

@Suite struct ByteSourceTests {
  private struct Read {
    var text: String
    var compression: Compression
    var digest: Digest
    var storedBytes: Int
    var damage: SourceError?
  }

  private func read(_ bytes: [UInt8], buffer size: Int = 4096) throws -> Read {
    try withTemporaryFolder { folder in
      let source = try ByteSource(path: try folder.write(bytes, to: "file"))
      var content: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: size)
      var damage: SourceError?
      do {
        while true {
          let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
          if count == 0 { break }
          content += buffer[..<count]
        }
      } catch let error as SourceError {
        damage = error
      }
      return Read(
        text: String(decoding: content, as: UTF8.self), compression: source.compression, digest: source.digest,
        storedBytes: source.storedBytes, damage: damage)
    }
  }

  /// More than fits the source's own buffer.
  private let long = (0..<60_000).map { "line \($0 * 7919 % 100_003)\n" }.joined()

  @Test(arguments: ["", "a", "abc", "hello\n"])
  func readsPlainFiles(text: String) throws {
    let read = try read(Array(text.utf8))
    #expect(read.text == text)
    #expect(read.compression == .none)
    #expect(read.digest == Digest(of: text))
    #expect(read.storedBytes == text.utf8.count)
    #expect(read.damage == nil)
  }

  @Test(arguments: [100, 4096, 1 << 20]) func readsLongPlainFiles(buffer: Int) throws {
    let read = try read(Array(long.utf8), buffer: buffer)
    #expect(read.text == long)
    #expect(read.digest == Digest(of: long))
    #expect(read.storedBytes == long.utf8.count)
  }

  @Test(arguments: [1, 100, 1 << 20]) func readsGzip(buffer: Int) throws {
    let text = buffer == 1 ? String(long.prefix(3000)) : long
    let stored = try gzip(text)
    let read = try read(stored, buffer: buffer)
    #expect(read.text == text)
    #expect(read.compression == .gzip)
    #expect(read.digest == Digest(of: stored))
    #expect(read.storedBytes == stored.count)
    #expect(read.damage == nil)
  }

  @Test(arguments: [1, 3, 4096]) func readsGzipOfSeveralMembers(buffer: Int) throws {
    let stored = try gzip("one\n") + gzip("") + gzip("two\n")
    let read = try read(stored, buffer: buffer)
    #expect(read.text == "one\ntwo\n")
    #expect(read.damage == nil)
  }

  @Test func readsGzipOfNothing() throws {
    let read = try read(try gzip(""))
    #expect(read.text == "")
    #expect(read.damage == nil)
  }

  @Test(arguments: [1, 3, 4096]) func readsZstd(buffer: Int) throws {
    let stored = zstdFrame("one\n") + zstdFrame("two\n")
    let read = try read(stored, buffer: buffer)
    #expect(read.text == "one\ntwo\n")
    #expect(read.compression == .zstd)
    #expect(read.digest == Digest(of: stored))
    #expect(read.damage == nil)
  }

  @Test(arguments: [1, 8, 9, 100]) func reportsATruncatedGzip(missing: Int) throws {
    let cut = Array(try gzip(String(long.prefix(5000))).dropLast(missing))
    let read = try read(cut)
    guard case .damaged(_, "gzip", _) = read.damage else {
      Issue.record("the damage was not reported")
      return
    }
    #expect(long.hasPrefix(read.text))
    #expect(read.digest == Digest(of: cut))
  }

  /// A decompressor may hold back a run of bytes that the buffer has no room for, when the input has ended.
  @Test func whatATruncatedFileStillHoldsDoesNotDependOnTheBuffer() throws {
    let cut = Array(try gzip(String(repeating: "a", count: 100_000)).dropLast(12))
    let whole = try read(cut, buffer: 1 << 20)
    let pieces = try read(cut, buffer: 7)
    #expect(whole.text.utf8.count > 90_000)
    #expect(pieces.text == whole.text)
    #expect(pieces.damage != nil)
  }

  @Test func reportsATruncatedZstd() throws {
    let read = try read(Array(zstdFrame("one\n").dropLast(1)))
    guard case .damaged(_, "zstd", _) = read.damage else {
      Issue.record("the damage was not reported")
      return
    }
  }

  @Test func reportsDamageInTheMiddleAndNamesTheWholeFile() throws {
    var stored = try gzip(long)
    for index in stored.count / 2..<stored.count / 2 + 32 { stored[index] ^= 0xFF }
    let read = try read(stored)
    #expect(read.damage != nil)
    #expect(read.digest == Digest(of: stored))
    #expect(read.storedBytes == stored.count)
  }

  @Test func reportsWhatFollowsAGzipMember() throws {
    let read = try read(try gzip("one\n") + Array("trailing words".utf8))
    #expect(read.text == "one\n")
    #expect(read.damage != nil)
  }

  @Test func refusesAFolder() throws {
    try withTemporaryFolder { folder in
      _ = #expect { try ByteSource(path: folder.path) } throws: {
        if case .notARegularFile = $0 as? SourceError { true } else { false }
      }
    }
  }

  @Test func refusesAPipeWithoutWaiting() throws {
    try withTemporaryFolder { folder in
      try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
      _ = #expect { try ByteSource(path: folder.path("pipe")) } throws: {
        if case .notARegularFile = $0 as? SourceError { true } else { false }
      }
    }
  }

  @Test func saysWhatIsNotThere() throws {
    try withTemporaryFolder { folder in
      _ = #expect { try ByteSource(path: folder.path("nothing")) } throws: {
        if case .cannotOpen = $0 as? SourceError { true } else { false }
      }
    }
  }
}

@Suite struct WholeFileTests {
  @Test func readsCompressedFilesWithTheDigestOfTheirContent() throws {
    try withTemporaryFolder { folder in
      let file = try WholeFile(name: "f.csv", path: try folder.write(try gzip("a,b\n"), to: "f.csv.gz"))
      #expect(try file.text() == "a,b\n")
      #expect(file.name == "f.csv")
    }
  }

  @Test func leavesOutAByteOrderMark() throws {
    #expect(try WholeFile(name: "f", bytes: [0xEF, 0xBB, 0xBF, 0x61]).text() == "a")
  }

  @Test func saysWhereTheTextStopsBeingUTF8() throws {
    let file = WholeFile(name: "f", bytes: Array("ab\ncd\n".utf8) + [0x65, 0xFF, 0x66])
    let problem = try #require(throws: Diagnostic.self) { try file.text() }
    #expect(problem.id == "not-utf-8")
    #expect(problem.line == 3)
    #expect(problem.byteOffset == 7)
  }

  @Test(arguments: [("nothing", "file-unreadable"), ("", "not-a-file"), ("cut.gz", "source-damaged")])
  func turnsTroubleIntoADiagnostic(name: String, id: String) throws {
    try withTemporaryFolder { folder in
      _ = try folder.write(Array(try gzip("text").dropLast(4)), to: "cut.gz")
      let problem = try #require(throws: Diagnostic.self) { try WholeFile(name: "shown", path: folder.path(name)) }
      #expect(problem.id == id)
      #expect(problem.file == "shown")
    }
  }
}
