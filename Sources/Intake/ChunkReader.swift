internal import EvidenceModel
internal import Glibc

/// Cuts a log into chunks of whole records, without ever holding more than one chunk and the beginning of the next.
package final class ChunkReader {
  /// A longer record is not read, only counted and rejected.
  package static let longestRecord = 16 << 20
  /// Small enough that what was hashed is still in the cache when it is parsed.
  package static let chunkSize = 1 << 20

  package let source: ByteSource
  private let shape: LogShape
  /// Records that begin here or later are not read; of the decompressed bytes.
  private let end: Int?
  /// Offset of the next chunk in the decompressed bytes.
  package private(set) var byteOffset: Int
  private var carry: [UInt8] = []
  private var atEnd = false
  private var damage: SourceError?
  private var insideArray = false
  private var openDocument = OpenDocument()

  /// Reads a log from where `source` stands.
  ///
  /// - Parameter end: records that begin here or later are left to another split. For lines only.
  package init(_ source: ByteSource, shape: LogShape, end: Int? = nil) {
    self.source = source
    self.shape = shape
    self.end = end
    byteOffset = source.offset
    source.leaveDigestToReader()
  }

  /// Passes over the rest of a record that began before the split, when the source stands one byte before it.
  package func skipRecord() throws(SourceError) {
    let scratch = LogChunk()
    while true {
      scratch.count = 0
      let read = try fill(scratch)
      guard read > 0 else {
        atEnd = true
        return
      }
      if let feed = newline(in: scratch, from: 0) {
        carry = Array(scratch.storage[(feed + 1)..<scratch.count])
        byteOffset += feed + 1
        return
      }
      byteOffset += read
    }
  }

  /// Fills `chunk` with the next whole records; false at the end. What stands before damage is handed out first.
  package func next(into chunk: LogChunk) throws(SourceError) -> Bool {
    chunk.reset(shape, byteOffset: byteOffset)
    if let end, byteOffset >= end {
      atEnd = true
      carry.removeAll()
    }
    take(carry, into: chunk)
    carry.removeAll(keepingCapacity: true)
    while true {
      if !atEnd {
        do {
          while chunk.count < chunk.capacity {
            if try fill(chunk) == 0 {
              atEnd = true
              break
            }
          }
        } catch {
          damage = error
          atEnd = true
        }
      }
      if byteOffset == 0, chunk.count >= 3, chunk.storage.starts(with: [0xEF, 0xBB, 0xBF]) { chunk.start = 3 }
      if chunk.count == 0 {
        if let damage { throw damage }
        return false
      }
      let cut = shape == .lines ? lastLineEnd(chunk) : lastDocumentEnd(chunk)
      if let cut {
        finish(chunk, at: cut)
        return true
      }
      // Not one whole record in the buffer.
      if chunk.count >= Self.longestRecord {
        try passOver(chunk)
        return true
      }
      // Where the limit lies must not depend on how large this chunk happened to be.
      chunk.grow(to: min(chunk.capacity * 2, Self.longestRecord))
    }
  }

  private func take(_ bytes: [UInt8], into chunk: LogChunk) {
    if bytes.count > chunk.capacity { chunk.grow(to: bytes.count) }
    chunk.storage.copyBytes(from: bytes)
    chunk.count = bytes.count
  }

  private func fill(_ chunk: LogChunk) throws(SourceError) -> Int {
    let room = UnsafeMutableRawBufferPointer(rebasing: chunk.storage[chunk.count..<chunk.capacity])
    let read = try source.read(into: room)
    chunk.count += read
    return read
  }

  /// Keeps what follows the cut for the next chunk, and puts what the chunk holds under the digest.
  private func finish(_ chunk: LogChunk, at cut: Int) {
    carry.append(contentsOf: chunk.storage[cut..<chunk.count])
    chunk.count = cut
    byteOffset += cut
    source.digestText(UnsafeRawBufferPointer(rebasing: chunk.storage[..<cut]))
  }

  private func newline(in chunk: LogChunk, from index: Int) -> Int? {
    guard index < chunk.count, let front = chunk.storage.baseAddress,
      let found = memchr(front + index, 0x0A, chunk.count - index)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(front)
  }

  // MARK: Lines

  private func lastLineEnd(_ chunk: LogChunk) -> Int? {
    if let end, end - byteOffset <= chunk.count,
      let feed = newline(in: chunk, from: max(0, end - 1 - byteOffset))
    {
      // The record that holds the range's last byte is the last one; what follows is another split's.
      atEnd = true
      chunk.count = feed + 1
      return feed + 1
    }
    if let feed = chunk.storage[..<chunk.count].lastIndex(of: 0x0A) { return feed + 1 }
    guard atEnd else { return nil }
    chunk.isUnterminated = true
    return chunk.count
  }

  /// Passes over a record that is too long, hashing as it goes.
  private func passOver(_ chunk: LogChunk) throws(SourceError) {
    var hasher = Hasher256()
    var length = 0
    var lines = 0
    // What stands in the buffer has no end of a record.
    var end: Int?
    while true {
      let stop = end ?? chunk.count
      let piece = UnsafeRawBufferPointer(rebasing: chunk.storage[..<stop])
      hasher.update(piece)
      length += stop
      if shape == .documents { lines += piece.count { $0 == 0x0A } }
      // A line's own end is no part of it; a document ends with its last bracket.
      let passed = end == nil || shape == .documents ? stop : stop + 1
      source.digestText(UnsafeRawBufferPointer(rebasing: chunk.storage[..<passed]))
      byteOffset += passed
      if end != nil {
        carry = Array(chunk.storage[passed..<chunk.count])
        break
      }
      chunk.count = 0
      if try fill(chunk) == 0 {
        atEnd = true
        break
      }
      end = shape == .lines ? newline(in: chunk, from: 0) : documentEnd(in: chunk)
    }
    chunk.isUnterminated = end == nil
    chunk.lineFeeds = shape == .lines ? 1 : lines
    chunk.count = 0
    chunk.overlong = .init(bytes: length, digest: hasher.finish())
  }

  // MARK: Documents

  /// What is known of a document whose end was not reached.
  private struct OpenDocument {
    var depth = 0
    var inString = false
    var escaped = false

    /// Whether the document ends with this byte: where its brackets close, or, when it never opened any, with its line.
    mutating func closes(with byte: UInt8) -> Bool {
      if inString {
        if escaped {
          escaped = false
        } else if byte == 0x5C {
          escaped = true
        } else if byte == 0x22 {
          inString = false
        }
        return depth == 0 && byte == 0x0A
      }
      switch byte {
      case 0x22: inString = true
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        return depth <= 0
      case 0x0A: return depth == 0
      default: break
      }
      return false
    }
  }

  /// Finds the records of the chunk.
  private func lastDocumentEnd(_ chunk: LogChunk) -> Int? {
    chunk.places.removeAll(keepingCapacity: true)
    var isInsideArray = insideArray
    var line = 0
    var document = OpenDocument()
    var first: Int?
    var firstLine = 0
    var cut = (end: 0, line: 0, insideArray: insideArray)
    for cursor in chunk.start..<chunk.count {
      let byte = chunk.storage[cursor]
      if first == nil {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D, 0x2C: break
        case 0x5B where !isInsideArray: isInsideArray = true
        case 0x5D where isInsideArray: isInsideArray = false
        default: (first, firstLine, document) = (cursor, line, OpenDocument())
        }
      }
      if byte == 0x0A { line += 1 }
      if let start = first {
        guard document.closes(with: byte) else { continue }
        chunk.places.append(.init(start: start, end: byte == 0x0A ? cursor : cursor + 1, line: firstLine))
        first = nil
      }
      cut = (cursor + 1, line, isInsideArray)
    }
    if atEnd, let start = first {
      chunk.places.append(.init(start: start, end: chunk.count, line: firstLine))
      cut = (chunk.count, line, isInsideArray)
    }
    openDocument = document
    guard cut.end > 0 else { return nil }
    insideArray = cut.insideArray
    chunk.lineFeeds = cut.line
    return cut.end
  }

  /// Where the document that fills the chunk ends; nil when that is not in the chunk.
  private func documentEnd(in chunk: LogChunk) -> Int? {
    for cursor in 0..<chunk.count where openDocument.closes(with: chunk.storage[cursor]) { return cursor + 1 }
    return nil
  }
}
