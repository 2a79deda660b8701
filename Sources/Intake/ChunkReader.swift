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
  private let envelope: String?
  private let parser = JSONParser()
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
  /// - Parameters:
  ///   - envelope: a member of each document whose elements are the records.
  ///   - end: records that begin here or later are left to another split. For lines only.
  package init(_ source: ByteSource, shape: LogShape, envelope: String? = nil, end: Int? = nil) {
    self.source = source
    self.shape = shape
    self.envelope = envelope
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
    // Up to here no line ends.
    var searched = 0
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
      let cut =
        switch shape {
        case .lines: lastLineEnd(chunk, from: searched)
        case .documents: lastDocumentEnd(chunk)
        case .rows: lastRowEnd(chunk)
        }
      if let cut {
        if let envelope { open(envelope, in: chunk) }
        finish(chunk, at: cut)
        return true
      }
      // Not one whole record in the buffer.
      searched = chunk.count
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

  private func lastNewline(in chunk: LogChunk, from first: Int) -> Int? {
    guard let front = chunk.storage.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    var index = chunk.count
    while index > first {
      index -= 1
      if front[index] == 0x0A { return index }
    }
    return nil
  }

  // MARK: Lines

  private func lastLineEnd(_ chunk: LogChunk, from first: Int) -> Int? {
    if let end, end - byteOffset <= chunk.count,
      let feed = newline(in: chunk, from: max(0, end - 1 - byteOffset))
    {
      // The record that holds the range's last byte is the last one; what follows is another split's.
      atEnd = true
      chunk.count = feed + 1
      return feed + 1
    }
    if let feed = lastNewline(in: chunk, from: first) { return feed + 1 }
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
      end = shape == .documents ? documentEnd(in: chunk) : newline(in: chunk, from: 0)
    }
    chunk.isUnterminated = end == nil
    chunk.lineFeeds = shape == .documents ? lines : 1
    chunk.count = 0
    chunk.overlong = .init(bytes: length, digest: hasher.finish())
  }

  // MARK: Rows

  /// A row ends at a line feed outside quotation marks. A mark inside a field is written twice, so marks come in pairs.
  private func lastRowEnd(_ chunk: LogChunk) -> Int? {
    chunk.places.removeAll(keepingCapacity: true)
    var isQuoted = false
    var line = 0
    var place = LogChunk.Place(start: chunk.start, end: chunk.start, line: 0)
    var cut = (end: 0, line: 0)
    for cursor in chunk.start..<chunk.count {
      switch chunk.storage[cursor] {
      case 0x22: isQuoted.toggle()
      case 0x0A:
        line += 1
        guard !isQuoted else { break }
        place.end = cursor
        chunk.places.append(place)
        place = .init(start: cursor + 1, end: cursor + 1, line: line)
        cut = (cursor + 1, line)
      default: break
      }
    }
    if atEnd, place.start < chunk.count {
      place.end = chunk.count
      chunk.places.append(place)
      cut = (chunk.count, line)
    }
    guard cut.end > 0 else { return nil }
    chunk.lineFeeds = cut.line
    return cut.end
  }

  // MARK: Documents

  /// Puts the elements of an API's answers in the place of the answers. A document that is no such answer stays a record.
  private func open(_ envelope: String, in chunk: LogChunk) {
    var opened: [LogChunk.Place] = []
    for place in chunk.places {
      let bytes = UnsafeRawBufferPointer(rebasing: chunk.storage[place.start..<place.end])
      guard let elements = parser.elementRanges(of: envelope, in: bytes) else {
        opened.append(place)
        continue
      }
      var (line, counted) = (place.line, place.start)
      for element in elements {
        let start = place.start + element.lowerBound
        line += chunk.storage[counted..<start].count { $0 == 0x0A }
        counted = start
        opened.append(.init(start: start, end: place.start + element.upperBound, line: line))
      }
    }
    chunk.places = opened
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
