internal import CZlib
package import EvidenceModel
internal import Foundation
internal import Glibc

/// Writes a pack as one zip. The same pack gives the same bytes: files in the order of their bytes, no time, no user, one way of packing.
package struct ZipWriter {
  /// A file to write: where it lies below the pack's folder, and the digest that its bytes must have, where one is known.
  package struct File: Sendable {
    package var path: String
    package var digest: Digest?

    package init(path: String, digest: Digest?) {
      self.path = path
      self.digest = digest
    }
  }

  private struct Entry {
    var name: String
    var crc: UInt32 = 0
    var packed = 0
    var unpacked = 0
    var header: Int
  }

  private let target: String
  private let descriptor: Int32
  private var size = 0
  private var entries: [Entry] = []

  private static let pieceSize = 1 << 18
  /// Of deflate: its own middle between time and size.
  private static let level: Int32 = 6
  /// 1 January 1980, 0:00, the first instant that a zip can name.
  private static let date = 0x0021
  /// A regular file that everybody may read and its owner write.
  private static let mode = 0o100644

  /// - Parameters:
  ///   - folder: of the pack.
  ///   - name: of the folder that the zip unpacks into.
  ///   - target: a new file.
  ///   - mostInShortEnd: files that the short end of a zip can count; it has two bytes for them.
  /// - Returns: how many bytes the zip has.
  package static func write(
    _ files: [File], of folder: String, as name: String, to target: String, mostInShortEnd: Int = 0xFFFE
  ) throws(Diagnostic) -> Int {
    var writer = try ZipWriter(target)
    defer { close(writer.descriptor) }
    for file in files.sorted(by: { $0.path.precedesBytewise($1.path) }) {
      try writer.add(file, of: folder, as: name + "/" + file.path)
    }
    try writer.finish(mostInShortEnd)
    // What this program would refuse to read is not handed out.
    if let fault = ZipDirectory(try ZipFile(target)).faults.first { throw fault }
    return writer.size
  }

  private init(_ target: String) throws(Diagnostic) {
    self.target = target
    descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw unwritable }
  }

  private var unwritable: Diagnostic {
    Diagnostic(
      id: "zip-write", file: target, summary: "cannot be written",
      nextStep: "Check the folder and the disk, or name another file with --out.")
  }

  // MARK: Files

  private mutating func add(_ file: File, of folder: String, as name: String) throws(Diagnostic) {
    let source = open(folder + "/" + file.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    defer { if source >= 0 { close(source) } }
    var status = stat()
    guard source >= 0, fstat(source, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw changed(file)
    }
    var entry = Entry(name: name, header: size)
    // Written again once the sizes are known.
    try put(Self.localHeader(entry))
    var hasher = Hasher256()
    try deflate(source, file, &entry, &hasher)
    if let digest = file.digest, hasher.finish() != digest { throw changed(file) }
    guard entry.unpacked < 0xFFFF_FFFF, size <= ZipFile.largest, entries.count < ZipDirectory.mostEntries else {
      throw Diagnostic(
        id: "zip-too-large", file: target, summary: "a zip of this pack would have 4 GB or more, or too many files",
        nextStep: "Hand it over as a folder, or in an archive of another kind.")
    }
    try put(Self.localHeader(entry), at: entry.header)
    entries.append(entry)
  }

  private func changed(_ file: File) -> Diagnostic {
    Diagnostic(
      id: "pack-file-changed", file: file.path, summary: "its bytes are not the ones that were verified",
      nextStep: "Copy the pack to where nobody writes, and make the zip of the copy.")
  }

  private mutating func deflate(
    _ source: Int32, _ file: File, _ entry: inout Entry, _ hasher: inout Hasher256
  ) throws(Diagnostic) {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, Self.level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw unwritable }
    defer { deflateEnd(&stream) }
    var input = [UInt8](repeating: 0, count: Self.pieceSize)
    var output = [UInt8](repeating: 0, count: Self.pieceSize)
    var isDone = false
    while !isDone {
      let got = input.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
      guard got >= 0 else { throw changed(file) }
      input.withUnsafeBytes { buffer in
        let piece = UnsafeRawBufferPointer(rebasing: buffer[..<got])
        hasher.update(piece)
        entry.crc = UInt32(
          truncatingIfNeeded: crc32(UInt(entry.crc), piece.bindMemory(to: UInt8.self).baseAddress, UInt32(got)))
      }
      entry.unpacked += got
      var taken = 0
      repeat {
        let made = input.withUnsafeMutableBufferPointer { from in
          output.withUnsafeMutableBufferPointer { to in
            stream.next_in = from.baseAddress.map { $0 + taken }
            stream.avail_in = UInt32(got - taken)
            stream.next_out = to.baseAddress
            stream.avail_out = UInt32(to.count)
            isDone = CZlib.deflate(&stream, got == 0 ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_END
            taken = got - Int(stream.avail_in)
            return to.count - Int(stream.avail_out)
          }
        }
        entry.packed += made
        try put(Array(output[..<made]))
      } while stream.avail_out == 0 && !isDone
    }
  }

  // MARK: Headers

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// From the version that is needed on: the same in front of the bytes and in the directory.
  private static func common(_ entry: Entry) -> [UInt8] {
    number(20, 2) + number(0, 2) + number(8, 2) + number(0, 2) + number(date, 2) + number(Int(entry.crc), 4)
      + number(entry.packed, 4) + number(entry.unpacked, 4) + number(entry.name.utf8.count, 2) + number(0, 2)
  }

  private static func localHeader(_ entry: Entry) -> [UInt8] {
    number(0x0403_4B50, 4) + common(entry) + Array(entry.name.utf8)
  }

  private mutating func finish(_ mostInShortEnd: Int) throws(Diagnostic) {
    let start = size
    for entry in entries {
      try put(
        Self.number(0x0201_4B50, 4) + Self.number(3 << 8 | 20, 2) + Self.common(entry) + Self.number(0, 6)
          + Self.number(Self.mode << 16, 4) + Self.number(entry.header, 4) + Array(entry.name.utf8))
    }
    let length = size - start
    let isLarge = entries.count > mostInShortEnd
    if isLarge {
      let at = size
      let counts = Self.number(entries.count, 8) + Self.number(entries.count, 8)
      try put(
        Self.number(0x0606_4B50, 4) + Self.number(44, 8) + Self.number(3 << 8 | 45, 2) + Self.number(45, 2)
          + Self.number(0, 8) + counts + Self.number(length, 8) + Self.number(start, 8))
      try put(Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(at, 8) + Self.number(1, 4))
    }
    let count = Self.number(isLarge ? 0xFFFF : entries.count, 2)
    try put(
      Self.number(0x0605_4B50, 4) + Self.number(0, 4) + count + count + Self.number(length, 4) + Self.number(start, 4)
        + Self.number(0, 2))
  }

  private mutating func put(_ bytes: [UInt8]) throws(Diagnostic) {
    try put(bytes, at: size)
    size += bytes.count
  }

  private func put(_ bytes: [UInt8], at offset: Int) throws(Diagnostic) {
    var done = 0
    while done < bytes.count {
      let n = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
      }
      if n < 0, errno == EINTR { continue }
      guard n > 0 else { throw unwritable }
      done += n
    }
  }
}
