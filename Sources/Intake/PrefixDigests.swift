package import EvidenceModel
internal import Glibc

/// Digests of a file's first bytes, as stored.
package enum PrefixDigests {
  /// Of the first bytes after decompression; nil when there are fewer.
  package static func ofText(path: String, length: Int) throws(SourceError) -> Digest? {
    var hasher = Hasher256()
    var left = length
    try readText(path: path) { bytes in
      let piece = UnsafeRawBufferPointer(rebasing: bytes.prefix(left))
      hasher.update(piece)
      left -= piece.count
      return left > 0
    }
    return left == 0 ? hasher.finish() : nil
  }

  /// Of the first line after decompression, or of its first 64 KiB.
  package static func ofFirstLine(path: String) throws(SourceError) -> Digest {
    var line: [UInt8] = []
    try readText(path: path) { bytes in
      let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
      line += bytes[..<end].prefix((1 << 16) - line.count)
      return end == bytes.count && line.count < 1 << 16
    }
    return Digest(of: line)
  }

  private static func readText(
    path: String, _ body: (UnsafeRawBufferPointer) -> Bool
  ) throws(SourceError) {
    let source = try ByteSource(path: path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = try source.read(into: buffer)
      if count == 0 || !body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])) { return }
    }
  }

  /// Reads a file once, as far as the greatest of some lengths.
  ///
  /// - Returns: by length, what was hashed up to there; lengths past the file's end are missing.
  package static func of(path: String, lengths: some Sequence<Int>) throws(SourceError) -> [Int: Hasher256] {
    let lengths = Set(lengths).sorted()
    if lengths.isEmpty { return [:] }
    // Not blocking, so that a pipe without a writer is refused below instead of waited for.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .notARegularFile(path: path)
    }
    var hashers: [Int: Hasher256] = [:]
    var hasher = Hasher256()
    var position = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    for length in lengths {
      while position < length {
        let count = Glibc.read(descriptor, buffer.baseAddress, min(buffer.count, length - position))
        if count < 0 {
          if errno == EINTR { continue }
          throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        if count == 0 { return hashers }
        hasher.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
        position += count
      }
      hashers[length] = hasher
    }
    return hashers
  }
}
