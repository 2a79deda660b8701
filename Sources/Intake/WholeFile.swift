package import EvidenceModel

/// A register or a policy, read whole. Capped, since people keep these by hand.
package struct WholeFile: Sendable {
  /// As the configuration names it.
  package var name: String
  package var bytes: [UInt8]
  /// Of the bytes as stored, so that `sha256sum` gives the same.
  package var digest: Digest

  package static let largest = 256 << 20

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    digest = Digest(of: bytes)
  }

  /// Reads a file; its trouble comes as a diagnostic.
  package init(name: String, path: String) throws(Diagnostic) {
    do {
      let source = try ByteSource(path: path)
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = try chunk.withUnsafeMutableBytes { (buffer) throws(SourceError) in
          try source.read(into: buffer)
        }
        if count == 0 { break }
        bytes.append(contentsOf: chunk[..<count])
        if bytes.count > Self.largest {
          throw Diagnostic(
            id: "file-too-large", file: name, summary: "larger than 256 MiB, which no register is",
            nextStep: "Check that the configuration names the right file.")
        }
      }
      self.init(name: name, bytes: bytes)
      digest = source.digest
    } catch let problem as Diagnostic {
      throw problem
    } catch let problem as SourceError {
      throw problem.diagnostic(name: name)
    } catch {
      throw Diagnostic(
        id: "file-unreadable", file: name, summary: "cannot be read: \(error)",
        nextStep: "Check the file and its permissions.")
    }
  }

  /// The text, or where it stops being UTF-8.
  package func text() throws(Diagnostic) -> String {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    do {
      return String(copying: try UTF8Span(validating: body.span))
    } catch {
      let offset = body.startIndex + error.byteOffsets.lowerBound
      throw Diagnostic(
        id: "not-utf-8", file: name, line: bytes[..<offset].count(where: { $0 == 0x0A }) + 1,
        byteOffset: offset, summary: "the text is not UTF-8 from here on",
        nextStep: "Save the file as UTF-8.")
    }
  }
}

extension SourceError {
  package func diagnostic(name: String) -> Diagnostic {
    switch self {
    case .cannotOpen(_, let reason):
      Diagnostic(
        id: "file-unreadable", file: name, summary: "cannot be opened: \(reason)",
        nextStep: "Check the path in the configuration and the file's permissions.")
    case .notARegularFile:
      Diagnostic(
        id: "not-a-file", file: name, summary: "is no regular file",
        nextStep: "Name a file; use - for standard input.")
    case .cannotRead(_, let reason):
      Diagnostic(
        id: "file-unreadable", file: name, summary: "cannot be read to its end: \(reason)",
        nextStep: "Check the disk and run again; what was read before is kept.")
    case .changed:
      Diagnostic(
        id: "source-changed", file: name, summary: "was changed while it was read, so none of it counts",
        nextStep: "Run again when nothing writes to it but at its end, or read a copy.")
    case .damaged(_, let compression, let reason):
      Diagnostic(
        id: "source-damaged", file: name, summary: "the \(compression) data is damaged: \(reason)",
        nextStep: "Fetch the file again; records before the damage were read.")
    }
  }
}
