package import EvidenceModel
internal import Glibc

/// Cuts a stream into records without ever holding more than one of them and a buffer.
///
/// `lines`: a record is what stands between two line feeds, so a damaged line never harms the next.
/// `documents`: a record is a JSON object, alone, one after another, or inside one array, over as many lines as it likes.
package struct RecordSplitter: ~Copyable {
  package enum Shape: Sendable { case lines, documents }

  /// A longer record is not read, only counted and rejected.
  package static let longestRecord = 64 << 20

  private let source: ByteSource
  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  /// Offset of `buffer[0]` in the decompressed stream.
  private var base = 0

  package init(source: ByteSource, chunk: Int = 4 << 20) {
    self.source = source
    buffer = .allocate(byteCount: chunk + JSONParser.padding, alignment: 64)
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { buffer.deallocate() }

  private var capacity: Int { buffer.count - JSONParser.padding }

  /// What `forEach` hands out: the record's bytes (with readable padding behind them), or nil when it was too long.
  package typealias Receiver = (
    _ bytes: UnsafeRawBufferPointer?, _ position: SourcePosition, _ digest: () -> Digest
  ) -> Void

  package mutating func forEach(_ shape: Shape, _ body: Receiver) throws(SourceError) {
    try skipByteOrderMark()
    switch shape {
    case .lines: try forEachLine(body)
    case .documents: try forEachDocument(body)
    }
  }

  /// Moves what is left to the front, makes room if there is none, and reads on. False at the end of the stream.
  private mutating func refill() throws(SourceError) -> Bool {
    if start > 0 {
      let left = end - start
      if left > 0, let front = buffer.baseAddress { memmove(front, front + start, left) }
      base += start
      end = left
      start = 0
    }
    if end == capacity {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: capacity * 2 + JSONParser.padding, alignment: 64)
      larger.initializeMemory(as: UInt8.self, repeating: 0)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
      buffer.deallocate()
      buffer = larger
    }
    let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end..<capacity]))
    end += count
    return count > 0
  }

  private mutating func skipByteOrderMark() throws(SourceError) {
    while end < 3, try refill() {}
    if end >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { start = 3 }
  }

  // MARK: Lines

  private mutating func forEachLine(_ body: Receiver) throws(SourceError) {
    var line = 0
    var searched = start
    while true {
      while let feed = newline(from: searched) {
        line += 1
        emit(from: start, to: feed, line: line, body)
        start = feed + 1
        searched = start
      }
      if end - start >= Self.longestRecord {
        line += 1
        guard try skipLongLine(line: line, body) else { return }
        searched = start
        continue
      }
      let scanned = end - start
      let more: Bool
      do {
        more = try refill()
      } catch {
        // The stream broke off: what is left of the last line is handed out, then the damage is reported.
        if start < end { emit(from: start, to: end, line: line + 1, body) }
        throw error
      }
      searched = start + scanned
      if !more { break }
    }
    if start < end { emit(from: start, to: end, line: line + 1, body) }
  }

  private func newline(from index: Int) -> Int? {
    guard index < end, let front = buffer.baseAddress,
      let found = memchr(front + index, 0x0A, end - index)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(front)
  }

  private func emit(from first: Int, to last: Int, line: Int, _ body: Receiver) {
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[first..<last])
    body(bytes, SourcePosition(line: line, byteOffset: base + first, bytes: bytes.count)) {
      Digest(of: bytes)
    }
  }

  /// Passes over a line that is too long, hashing as it goes. False when the stream ended with it.
  private mutating func skipLongLine(line: Int, _ body: Receiver) throws(SourceError) -> Bool {
    let offset = base + start
    var hasher = Hasher256()
    var length = 0
    while true {
      let feed = newline(from: start)
      let stop = feed ?? end
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[start..<stop]))
      length += stop - start
      start = feed.map { $0 + 1 } ?? end
      var more = true
      if feed == nil { more = try refill() }
      if feed != nil || !more {
        body(nil, SourcePosition(line: line, byteOffset: offset, bytes: length)) { hasher.finish() }
        return more
      }
    }
  }

  // MARK: Documents

  private mutating func forEachDocument(_ body: Receiver) throws(SourceError) {
    var line = 1
    var recordLine = 1
    var depth = 0
    var inString = false
    var escaped = false
    var insideArray = false
    var recordStart: Int?
    var cursor = start
    var failure: SourceError?
    while true {
      while cursor < end {
        let byte = buffer[cursor]
        if byte == 0x0A { line += 1 }
        if recordStart == nil {
          switch byte {
          case 0x20, 0x09, 0x0A, 0x0D, 0x2C: break
          case 0x5B where !insideArray: insideArray = true
          case 0x5D where insideArray: insideArray = false
          default:
            recordStart = cursor
            recordLine = line
            depth = 0
            inString = false
            escaped = false
          }
        }
        if let first = recordStart {
          if inString {
            if escaped {
              escaped = false
            } else if byte == 0x5C {
              escaped = true
            } else if byte == 0x22 {
              inString = false
            }
          } else if byte == 0x22 {
            inString = true
          } else if byte == 0x7B || byte == 0x5B {
            depth += 1
          } else if byte == 0x7D || byte == 0x5D {
            depth -= 1
          }
          // A record ends where its brackets close; one that never opened any ends with its line.
          let closed = depth <= 0 && (byte == 0x7D || byte == 0x5D)
          if (closed && !inString) || (depth == 0 && byte == 0x0A) {
            emit(from: first, to: closed ? cursor + 1 : cursor, line: recordLine, body)
            recordStart = nil
          }
        }
        cursor += 1
      }
      start = recordStart ?? cursor
      if end - start >= Self.longestRecord {
        let (offset, length) = (base + start, end - start)
        body(nil, SourcePosition(line: recordLine, byteOffset: offset, bytes: length)) {
          Digest(of: UnsafeRawBufferPointer(rebasing: buffer[start..<end]))
        }
        start = end
        recordStart = nil
      }
      let kept = cursor - start
      var more = false
      do {
        more = try refill()
      } catch {
        failure = error
      }
      // What is left has moved to the front, whether or not anything follows it.
      cursor = start + kept
      if recordStart != nil { recordStart = start }
      if !more { break }
    }
    if let first = recordStart, first < end { emit(from: first, to: end, line: recordLine, body) }
    if let failure { throw failure }
  }
}
