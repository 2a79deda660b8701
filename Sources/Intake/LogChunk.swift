package import EvidenceModel
internal import Glibc

/// Whether a record of a log is a line, or a JSON object over as many lines as it likes.
package enum LogShape: String, Sendable {
  /// A record is what stands between two line feeds, so a damaged line never harms the next.
  case lines
  /// A record is a JSON object: alone, one after another, or inside one array.
  case documents
  /// A record is a row of a table, whose quoted fields may hold line feeds.
  case rows
}

/// A stretch of a log that holds whole records. Its memory is used again for the next stretch.
package final class LogChunk {
  /// A record too long to be read; it is the only one of its chunk.
  package struct Overlong: Sendable {
    package var bytes: Int
    package var digest: Digest
  }

  /// Where a record stands in a chunk of documents or rows.
  struct Place {
    var start, end: Int
    /// Line feeds before it in the chunk.
    var line: Int
  }

  var storage: UnsafeMutableRawBufferPointer
  /// Bytes of the log in `storage`; a few more are readable behind them.
  package internal(set) var count = 0
  /// A byte order mark at the very beginning is no part of a record.
  var start = 0
  /// Of `storage[0]`, after decompression.
  package internal(set) var byteOffset = 0
  package internal(set) var overlong: Overlong?
  /// The log ended without a line feed, so its last record may go on one day.
  package internal(set) var isUnterminated = false
  var shape = LogShape.lines
  var places: [Place] = []
  var nextPlace = 0
  private var cursor = 0
  /// Line feeds passed so far; all those of the chunk once `next` has returned nil.
  package internal(set) var lineFeeds = 0
  /// What a gatherer made of the chunk's records, where the log's format needs one.
  package var gathered: Gathered?

  package init(capacity: Int = ChunkReader.chunkSize) {
    storage = .allocate(byteCount: capacity + JSONParser.padding, alignment: 64)
    storage.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { storage.deallocate() }

  /// All of it.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

  var capacity: Int { storage.count - JSONParser.padding }

  func reset(_ shape: LogShape, byteOffset: Int) {
    self.shape = shape
    self.byteOffset = byteOffset
    (count, start, cursor, lineFeeds, nextPlace) = (0, 0, 0, 0, 0)
    overlong = nil
    isUnterminated = false
    gathered = nil
    places.removeAll(keepingCapacity: true)
    // One record far above the usual must not hold its memory for the rest of the scan.
    if capacity > 4 * ChunkReader.chunkSize {
      storage.deallocate()
      storage = .allocate(byteCount: ChunkReader.chunkSize + JSONParser.padding, alignment: 64)
      storage.initializeMemory(as: UInt8.self, repeating: 0)
    }
  }

  func grow(to capacity: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity + JSONParser.padding, alignment: 64)
    larger.initializeMemory(as: UInt8.self, repeating: 0)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
    storage.deallocate()
    storage = larger
  }

  /// A record of this chunk as a reader takes it, for later, when the chunk holds others.
  package func copy(ofRecordAt position: SourcePosition) -> [UInt8] {
    let first = position.byteOffset - byteOffset
    var copy: [UInt8] = []
    copy.reserveCapacity(position.bytes + JSONParser.padding)
    copy.append(contentsOf: storage[first..<(first + position.bytes)])
    copy.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    return copy
  }

  /// The next record's bytes, and its place with the line counted from 1 at the chunk's beginning.
  package func next() -> (bytes: UnsafeRawBufferPointer, position: SourcePosition)? {
    shape == .lines ? nextLine() : nextPlaced()
  }

  private func nextLine() -> (bytes: UnsafeRawBufferPointer, position: SourcePosition)? {
    if cursor < start { cursor = start }
    guard cursor < count, let front = storage.baseAddress else { return nil }
    let first = cursor
    var last = count
    if let found = memchr(front + first, 0x0A, count - first) {
      last = UnsafeRawPointer(found) - UnsafeRawPointer(front)
      cursor = last + 1
    } else {
      cursor = count
    }
    lineFeeds += 1
    return record(first, last, line: lineFeeds)
  }

  private func nextPlaced() -> (bytes: UnsafeRawBufferPointer, position: SourcePosition)? {
    guard nextPlace < places.count else { return nil }
    let place = places[nextPlace]
    nextPlace += 1
    return record(place.start, place.end, line: place.line + 1)
  }

  private func record(
    _ first: Int, _ last: Int, line: Int
  ) -> (bytes: UnsafeRawBufferPointer, position: SourcePosition) {
    let bytes = UnsafeRawBufferPointer(start: storage.baseAddress.map { $0 + first }, count: last - first)
    return (bytes, SourcePosition(line: line, byteOffset: byteOffset + first, bytes: last - first))
  }
}
