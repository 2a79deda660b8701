internal import EvidenceModel
internal import Foundation
internal import Intake

typealias PartialReader = SealedReader<PartialHeader>

/// What the first line of a sealed file says.
protocol SealedHeader: Sendable {
  /// What such a file is called, with the version of its form.
  static var kind: String { get }
  init?(_ line: [PartialValue])
}

/// Reads a file of lines that ends with their digest, and checks at its end that every line came as it was written.
final class SealedReader<Header: SealedHeader> {
  let path: String
  let header: Header
  private let chunks: ChunkReader
  private let chunk = LogChunk(capacity: 1 << 16)
  private var hasher = Hasher256()
  private var lines = 0
  /// The line at hand; nil after the last.
  private(set) var line: [UInt8]?
  /// Of the whole text, once the last line was read.
  private(set) var digest: Digest?

  init(path: String) throws(PartialError) {
    self.path = path
    do throws(SourceError) {
      chunks = ChunkReader(try ByteSource(path: path), shape: .lines)
    } catch {
      throw .cannotRead(path: path, reason: error.diagnostic(name: path).summary)
    }
    guard let first = try Self.nextLine(chunks, chunk, path: path) else {
      throw .notAPartial(path: path, reason: "it is empty")
    }
    guard let header = first.withUnsafeBytes({ PartialLine.decode($0) }).flatMap({ Header($0) }) else {
      throw .notAPartial(path: path, reason: "its first line is not that of \(Header.kind)")
    }
    self.header = header
    count(first)
    try advance()
  }

  private func count(_ line: [UInt8]) {
    line.withUnsafeBytes { hasher.update($0) }
    lines += 1
  }

  private static func nextLine(
    _ chunks: ChunkReader, _ chunk: LogChunk, path: String
  ) throws(PartialError) -> [UInt8]? {
    do throws(SourceError) {
      while true {
        if let (bytes, _) = chunk.next() { return Array(bytes) + [0x0A] }
        guard try chunks.next(into: chunk) else { return nil }
      }
    } catch {
      throw .cannotRead(path: path, reason: error.diagnostic(name: path).summary)
    }
  }

  /// Goes to the next line. At the last one it checks the file's digest.
  func advance() throws(PartialError) {
    guard let next = try Self.nextLine(chunks, chunk, path: path) else {
      throw .damaged(path: path, line: lines + 1, reason: "it ends without its last line")
    }
    if next.starts(with: #"["end","#.utf8) {
      let end = next.withUnsafeBytes { PartialLine.decode($0) }
      guard end == [.text("end"), .number(lines), .text(hasher.finish().description)] else {
        throw .damaged(path: path, line: lines + 1, reason: "its lines are not the ones that its last line names")
      }
      guard try Self.nextLine(chunks, chunk, path: path) == nil else {
        throw .damaged(path: path, line: lines + 2, reason: "something follows its last line")
      }
      next.withUnsafeBytes { hasher.update($0) }
      digest = hasher.finish()
      line = nil
      return
    }
    count(next)
    line = next
  }

  func damaged(_ reason: String) -> PartialError { .damaged(path: path, line: lines, reason: reason) }

  /// The values of the line at hand.
  func values() throws(PartialError) -> [PartialValue] {
    guard let line, let values = line.withUnsafeBytes({ PartialLine.decode($0) }) else {
      throw damaged("this line is no JSON array of texts and whole numbers")
    }
    return values
  }

  func stands(at kinds: String...) -> Bool {
    guard let line else { return false }
    return kinds.contains { line.starts(with: "[\"\($0)\",".utf8) }
  }
}

extension PartialReader {
  /// The place of the exception or reject at hand: its log, as it is written, and its byte offset.
  func place() throws(PartialError) -> RecordPlace {
    guard let line, let comma = line.firstIndex(of: 0x2C), comma + 1 < line.count, line[comma + 1] == 0x22 else {
      throw damaged("this line names no log")
    }
    var cursor = comma + 2
    while cursor < line.count, line[cursor] != 0x22 { cursor += line[cursor] == 0x5C ? 2 : 1 }
    let digits = line.dropFirst(cursor + 2).prefix { (0x30...0x39).contains($0) }
    guard cursor < line.count, let offset = Int(String(decoding: digits, as: UTF8.self)) else {
      throw damaged("this line names no byte offset")
    }
    return RecordPlace(log: line[(comma + 2)..<cursor], byteOffset: offset)
  }
}

struct RecordPlace: Comparable {
  var log: ArraySlice<UInt8>
  var byteOffset: Int

  static func < (left: RecordPlace, right: RecordPlace) -> Bool {
    left.log == right.log ? left.byteOffset < right.byteOffset : left.log.lexicographicallyPrecedes(right.log)
  }
}
