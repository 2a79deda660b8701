internal import EvidenceModel
internal import Glibc

/// A zip as a file of bytes. Each part is read where it stands, so nothing of it is in memory but what is asked for.
final class ZipFile {
  let path: String
  /// In bytes.
  let size: Int
  private let descriptor: Int32

  /// Offsets beyond this take fields that packs do without.
  static let largest = 0xFFFF_FFFE

  init(_ path: String) throws(Diagnostic) {
    self.path = path
    // Without waiting: a pipe may stand there.
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) <= Self.largest
    else {
      if descriptor >= 0 { close(descriptor) }
      throw Diagnostic(
        id: "zip-unreadable", file: path, summary: "is neither a folder nor a zip of at most 4 GB that can be read",
        nextStep: "Name the folder of a pack, or a zip of one.")
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func fault(_ id: String, _ summary: String) -> Diagnostic {
    Diagnostic(
      id: id, file: path, summary: summary,
      nextStep: "Ask for the pack again from where it was made, as a folder or as tenure zip makes it.")
  }

  /// Nil where the file does not hold them all.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= size - count else { return nil }
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while got < count {
        let n = pread(descriptor, buffer.baseAddress.map { $0 + got }, count - got, off_t(offset + got))
        if n < 0, errno == EINTR { continue }
        if n <= 0 { break }
        got += n
      }
      used = got
    }
    return got == count ? bytes : nil
  }

  func tail(_ count: Int) -> [UInt8]? { bytes(at: size - count, count: count) }

  /// A name of unknown origin inside a sentence.
  static func shown(_ name: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in name.unicodeScalars.prefix(200) {
      shown.append(scalar.value < 0x20 ? UnicodeScalar(0x2400 + scalar.value) ?? "\u{FFFD}" : scalar)
    }
    return "“" + String(shown) + "”"
  }
}
