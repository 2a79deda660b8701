internal import CZlib
internal import CZstd
package import EvidenceModel
internal import Glibc

/// Why a file could not be read, or not to its end.
package enum SourceError: Error, Sendable {
  case cannotOpen(path: String, reason: String)
  case notARegularFile(path: String)
  case cannotRead(path: String, reason: String)
  case damaged(path: String, compression: String, reason: String)
  /// Other bytes stood in it before it was read to its end, or another file in its place.
  case changed(path: String)

  package var isChange: Bool { if case .changed = self { true } else { false } }
}

/// By what a file is told to be the same one, unwritten since.
package struct FileIdentity: Equatable, Sendable {
  private var device: UInt
  private var number: UInt
  private var size: Int
  private var times: [Int]

  /// Nil for what is no regular file.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(_ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    (device, number, size) = (UInt(status.st_dev), UInt(status.st_ino), Int(status.st_size))
    times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
  }

  /// The same file, whatever was written to it since.
  func isSameFile(as other: FileIdentity) -> Bool { device == other.device && number == other.number }
}

/// Compressions that are recognised by their first bytes, never by a file's name.
package enum Compression: String, Sendable { case none, gzip, zstd }

/// The bytes of a file or of standard input, decompressed, as a stream. The digest is of the bytes as stored.
package final class ByteSource {
  package let path: String
  package private(set) var compression = Compression.none
  /// Bytes as stored, read or passed over so far.
  package private(set) var storedBytes: Int
  /// Where reading began.
  package let offset: Int

  private let descriptor: Int32
  private var hasher: Hasher256
  /// A reader that cuts the bytes puts them under the digest itself, up to its cut and no further.
  private var isDigestLeftToReader = false
  private var input = [UInt8](repeating: 0, count: 1 << 18)
  private var inputStart = 0
  private var inputEnd = 0
  private var atEnd = false
  private var inflater: (any Inflater)?
  /// Found behind what was handed out last.
  private var damage: String?

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - offset: where to begin; past the beginning, the bytes are read as they are stored. Standard input stands there
  ///     already.
  ///   - digest: of the bytes before `offset`, when the digest is to be of all.
  package init(path: String, offset: Int = 0, digest: Hasher256 = Hasher256()) throws(SourceError) {
    self.path = path
    self.offset = offset
    storedBytes = offset
    hasher = digest
    if path == "-" {
      descriptor = 0
    } else {
      // Not blocking, so that a pipe without a writer is refused below instead of waited for.
      descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
      }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        // `deinit` runs when a whole object's `init` throws, and closes the file.
        throw .notARegularFile(path: path)
      }
    }
    if offset > 0 {
      guard path == "-" || lseek(descriptor, offset, SEEK_SET) == offset else {
        throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
      }
      return
    }
    try fill()
    if inputEnd >= 2, input[0] == 0x1F, input[1] == 0x8B {
      compression = .gzip
      inflater = GzipInflater()
    } else if inputEnd >= 4, input[0] == 0x28, input[1] == 0xB5, input[2] == 0x2F, input[3] == 0xFD {
      compression = .zstd
      inflater = ZstdInflater()
    }
    if compression != .none { digestInput() }
  }

  /// Bytes of a file as stored, through any links; 0 for what is no file.
  package static func storedSize(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// The digest of the stored bytes, from the beginning to where they were read or, when a reader cuts them, to its cut.
  package var digest: Digest { hasher.finish() }
  package var digestSoFar: Hasher256 { hasher }

  /// From now on, `digestText` is told what to put under the digest. Compressed bytes go there as they are read.
  func leaveDigestToReader() { isDigestLeftToReader = true }

  func digestText(_ bytes: UnsafeRawBufferPointer) {
    if compression == .none { hasher.update(bytes) }
  }

  private func digestInput() {
    input.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<inputEnd])) }
  }

  private func fill() throws(SourceError) {
    var have = 0
    // A pipe may give less than the four bytes that name a compression.
    while have < 4 {
      let count = input.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress?.advanced(by: have), buffer.count - have)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .cannotRead(path: path, reason: readFailure)
      }
      if count == 0 {
        atEnd = true
        break
      }
      have += count
    }
    storedBytes += have
    inputStart = 0
    inputEnd = have
    if compression != .none { digestInput() }
  }

  /// What the system says of a read that failed, and how far the file was read until then.
  private var readFailure: String { "\(String(cString: strerror(errno))) after byte \(storedBytes)" }

  /// Ends a log that was read to its end, unless it is no longer what was looked at before: then nobody can tell which
  /// of its bytes stood there together.
  ///
  /// - Parameters:
  ///   - identity: what the file was before anything was read of it.
  ///   - range: stored bytes that `digest` is of.
  package func confirm(_ identity: FileIdentity, _ range: Range<Int>) throws(SourceError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, let now = FileIdentity(status), now.isSameFile(as: identity) else {
      throw .changed(path: path)
    }
    if now == identity { return }
    // It was written to. A log that only grew still holds what was read.
    var hasher = Hasher256()
    var position = range.lowerBound
    while position < range.upperBound {
      let count = input.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress, min(buffer.count, range.upperBound - position), position)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .changed(path: path) }
      input.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      position += count
    }
    if hasher.finish() != digest { throw .changed(path: path) }
  }

  /// Fills as much of `buffer` as is at hand; 0 only at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
    guard let inflater else { return try readStored(into: buffer) }
    while true {
      if let damage {
        try drain()
        throw .damaged(path: path, compression: compression.rawValue, reason: damage)
      }
      if inputStart == inputEnd, !atEnd { try fill() }
      let isDrained = inputStart == inputEnd && atEnd
      if isDrained, inflater.isComplete { return 0 }
      var consumed = 0
      var produced = 0
      // Without input too, of what ends too early: a decompressor may hold back what the buffer had no room for.
      let problem = input.withUnsafeBytes { bytes in
        inflater.inflate(
          UnsafeRawBufferPointer(rebasing: bytes[inputStart..<inputEnd]), into: buffer,
          consumed: &consumed, produced: &produced)
      }
      inputStart += consumed
      damage = problem ?? (isDrained && produced == 0 ? "it ends before its data does" : nil)
      if produced > 0 { return produced }
    }
  }

  private func readStored(into buffer: UnsafeMutableRawBufferPointer) throws(SourceError) -> Int {
    if inputStart == inputEnd {
      if atEnd { return 0 }
      // Straight into the caller's buffer: the log itself is never copied twice.
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw .cannotRead(path: path, reason: readFailure)
        }
        if count == 0 { atEnd = true }
        storedBytes += count
        if !isDigestLeftToReader {
          hasher.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
        }
        return count
      }
    }
    let count = min(buffer.count, inputEnd - inputStart)
    input.withUnsafeBytes { bytes in
      let piece = UnsafeRawBufferPointer(rebasing: bytes[inputStart..<inputStart + count])
      buffer.copyMemory(from: piece)
      if !isDigestLeftToReader { hasher.update(piece) }
    }
    inputStart += count
    return count
  }

  /// Reads to the end without decompressing, so that the digest names the whole file even when it is damaged.
  private func drain() throws(SourceError) {
    while !atEnd { try fill() }
    inputStart = inputEnd
  }
}

/// A streaming decompressor. `inflate` returns a reason when the data is damaged.
private protocol Inflater: AnyObject {
  var isComplete: Bool { get }
  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    consumed: inout Int, produced: inout Int
  ) -> String?
}

private final class GzipInflater: Inflater {
  private var stream = z_stream()
  private(set) var isComplete = false

  init() {
    // 15 + 32: the largest window; gzip and zlib headers are both understood.
    inflateInit2_(&stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit { inflateEnd(&stream) }

  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    consumed: inout Int, produced: inout Int
  ) -> String? {
    if isComplete {
      inflateReset(&stream)  // Another member follows.
      isComplete = false
    }
    stream.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(input.count)
    stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(clamping: output.count)
    let room = Int(stream.avail_out)
    let status = CZlib.inflate(&stream, Z_NO_FLUSH)
    consumed = input.count - Int(stream.avail_in)
    produced = room - Int(stream.avail_out)
    if status == Z_STREAM_END { isComplete = true }
    guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
      return stream.msg.map { String(cString: $0) } ?? "error \(status)"
    }
    return nil
  }
}

private final class ZstdInflater: Inflater {
  private let context = ZSTD_createDCtx()
  private(set) var isComplete = false

  init() {
    // 128 MiB of window at most, whatever the frame asks for.
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27)
  }

  deinit { ZSTD_freeDCtx(context) }

  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    consumed: inout Int, produced: inout Int
  ) -> String? {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = ZSTD_decompressStream(context, &target, &source)
    consumed = source.pos
    produced = target.pos
    if ZSTD_isError(status) != 0 { return String(cString: ZSTD_getErrorName(status)) }
    isComplete = status == 0
    return nil
  }
}
