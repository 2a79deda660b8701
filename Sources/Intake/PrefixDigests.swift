package import EvidenceModel
internal import Glibc

/// Digests of a file's first bytes, as stored.
package enum PrefixDigests {
  /// Reads a file once, as far as the greatest of some lengths.
  ///
  /// - Returns: by length, what was hashed up to there; lengths past the file's end are missing.
  package static func of(path: String, lengths: some Sequence<Int>) throws(SourceError) -> [Int: Hasher256] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var hashers: [Int: Hasher256] = [:]
    var hasher = Hasher256()
    var position = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    for length in Set(lengths).sorted() {
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
