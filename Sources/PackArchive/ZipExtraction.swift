internal import CZlib
internal import EvidenceModel
internal import Foundation
internal import Glibc

/// Writes one file of a zip, and no byte more than the zip said it has.
enum ZipExtraction {
  private static let pieceSize = 1 << 18

  static func write(_ entry: ZipDirectory.Entry, of file: ZipFile, into scratch: String) throws(Diagnostic) {
    let path = scratch + "/" + entry.name
    do {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw unwritable(file, entry)
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(file, entry) }
    defer { close(descriptor) }
    do throws(Diagnostic) {
      var sink = Sink(descriptor: descriptor, limit: entry.unpacked)
      let isWhole = entry.isDeflated ? inflate(entry, of: file, into: &sink) : copy(entry, of: file, into: &sink)
      if sink.isFull { throw unwritable(file, entry) }
      guard isWhole, sink.count == entry.unpacked, sink.crc == UInt(entry.crc) else {
        throw file.fault(
          "zip-damaged", "\(ZipFile.shown(entry.name)) does not come out as the zip describes it; it was left out")
      }
    } catch {
      unlink(path)
      throw error
    }
  }

  private static func unwritable(_ file: ZipFile, _ entry: ZipDirectory.Entry) -> Diagnostic {
    Diagnostic(
      id: "zip-scratch", file: file.path, summary: "\(ZipFile.shown(entry.name)) cannot be unpacked",
      nextStep: "Check the room on the disk of the temporary folder, or name another one with TMPDIR.")
  }

  /// Takes bytes up to a limit, and adds up what came.
  private struct Sink {
    let descriptor: Int32
    let limit: Int
    var count = 0
    var crc: UInt = 0
    /// Whether the disk took no more.
    var isFull = false

    /// False where more came than was said, or the disk took no more.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
      guard bytes.count <= limit - count else { return false }
      crc = crc32(crc, bytes.bindMemory(to: UInt8.self).baseAddress, UInt32(bytes.count))
      count += bytes.count
      var rest = bytes
      while !rest.isEmpty {
        let n = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if n < 0, errno == EINTR { continue }
        guard n > 0 else {
          isFull = true
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[n...])
      }
      return true
    }
  }

  private static func copy(_ entry: ZipDirectory.Entry, of file: ZipFile, into sink: inout Sink) -> Bool {
    forEachPiece(entry, of: file) { piece in piece.withUnsafeBytes { sink.take($0) } }
  }

  /// False where a piece cannot be read, or `body` wants no more.
  private static func forEachPiece(
    _ entry: ZipDirectory.Entry, of file: ZipFile, _ body: ([UInt8]) -> Bool
  ) -> Bool {
    var done = 0
    while done < entry.packed {
      guard let piece = file.bytes(at: entry.data + done, count: min(pieceSize, entry.packed - done)), body(piece)
      else { return false }
      done += piece.count
    }
    return true
  }

  private static func inflate(_ entry: ZipDirectory.Entry, of file: ZipFile, into sink: inout Sink) -> Bool {
    var stream = z_stream()
    // Below 0: bare deflate, without a head of zlib's own.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return false }
    defer { inflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: pieceSize)
    var isEnded = false
    let isRead = forEachPiece(entry, of: file) { piece in
      var piece = piece
      return piece.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        while stream.avail_in > 0 {
          // Bytes after the end of the stream belong to nothing.
          guard !isEnded else { return false }
          let made = output.withUnsafeMutableBufferPointer { buffer -> Int? in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(buffer.count)
            let status = CZlib.inflate(&stream, Z_NO_FLUSH)
            guard status == Z_OK || status == Z_STREAM_END else { return nil }
            isEnded = status == Z_STREAM_END
            return buffer.count - Int(stream.avail_out)
          }
          guard let made, output.withUnsafeBytes({ sink.take(UnsafeRawBufferPointer(rebasing: $0[..<made])) }) else {
            return false
          }
          // Neither taken nor given: it waits for what will not come.
          if made == 0, stream.avail_in > 0, !isEnded { return false }
        }
        return true
      }
    }
    return isRead && isEnded
  }
}
