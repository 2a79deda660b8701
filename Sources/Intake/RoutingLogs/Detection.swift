internal import CSimdJSON
internal import EvidenceModel

/// What the beginning of a log says about its format.
package struct DetectedFormat: Sendable, Hashable {
  package var format: RoutingLogFormat
  package var shape: LogShape
  /// The member of an API's answer whose elements are the records; nil where records stand by themselves.
  package var envelope: String?
  /// What showed it, in words.
  package var evidence: String

  package init(format: RoutingLogFormat, shape: LogShape, envelope: String? = nil, evidence: String = "") {
    self.format = format
    self.shape = shape
    self.envelope = envelope
    self.evidence = evidence
  }

  package init(format: RoutingLogFormat, isLines: Bool) {
    self.init(format: format, shape: isLines ? .lines : .documents)
  }

  /// The evidence of a log without a record, which is of any format.
  static let noRecord = "it holds no record"

  /// What a store calls the shape.
  package var shapeName: String { envelope.map { "\(shape.rawValue)/\($0)" } ?? shape.rawValue }

  /// Whether a scan may begin anywhere in the log: then it can go on where it ended, and be split.
  package var isSeekable: Bool { shape == .lines && !format.isGathered }
}

extension RoutingLogFormat {
  fileprivate var isMapped: Bool { if case .mapped = self { true } else { false } }

  /// The member that a field map names as the one that holds the records.
  fileprivate var envelope: String? { if case .mapped(let map) = self { map.rules.envelope } else { nil } }

  /// Members under which APIs put their records.
  private static let envelopes = ["data", "logs", "result", "results", "items", "records", "generations", "responses"]
  private static let looksAt = 64

  /// Looks at the first records of a log.
  ///
  /// - Parameter stated: the format that the configuration names, if any; then only the shape is looked for.
  /// - Returns: nil when no record of a known format stands among the first ones.
  package static func detect(path: String, stated: RoutingLogFormat?) throws(SourceError) -> DetectedFormat? {
    if stated == .native {
      return DetectedFormat(format: .native, shape: .lines, evidence: "the configuration says so")
    }
    var head = try firstBytes(of: path, count: 1 << 20)
    // A log without a record is of any format.
    if head.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      return DetectedFormat(format: stated ?? .native, shape: .lines, evidence: DetectedFormat.noRecord)
    }
    let detector = Detector(stated.map { [$0] } ?? all)
    if let found = detector.records(head) ?? detector.longAnswer(head) ?? detector.table(head) { return found }
    // The first record may be longer than that, as an export of a whole trace is.
    if head.count == 1 << 20, detector.firstRecordIsLonger(than: head) {
      head = try firstBytes(of: path, count: ChunkReader.longestRecord)
      if let found = detector.records(head) { return found }
    }
    return stated.map { format in
      DetectedFormat(
        format: format, shape: format.isMapped ? detector.shape(head, of: format) : .lines,
        evidence: "the configuration says so")
    }
  }

  private struct Detector {
    let formats: [RoutingLogFormat]
    let parser = JSONParser()

    init(_ formats: [RoutingLogFormat]) { self.formats = formats }

    /// Lines before documents. A line inside a document that is one itself is no record, though it may look like one.
    func records(_ head: [UInt8]) -> DetectedFormat? {
      guard let line = lines(head) else { return documents(head)?.found }
      guard line.start > 0, let document = documents(head), document.range.lowerBound < line.start,
        document.range.contains(line.start)
      else { return line.found }
      return document.found
    }

    private func lines(_ head: [UInt8]) -> (found: DetectedFormat, start: Int)? {
      head.withUnsafeBytes { bytes in
        var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        // Inside an array each object may stand on a line of its own; the array is still no lines.
        guard bytes[lineStart...].first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) != 0x5B else { return nil }
        for _ in 0..<RoutingLogFormat.looksAt where lineStart < bytes.count {
          let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.count
          if var found = self.format(of: UnsafeRawBufferPointer(rebasing: bytes[lineStart..<lineEnd])) {
            found.shape = found.envelope == nil ? .lines : .documents
            return (found, lineStart)
          }
          lineStart = lineEnd + 1
        }
        return nil
      }
    }

    /// Not one record a line: objects over several lines, or inside an array.
    private func documents(_ head: [UInt8]) -> (found: DetectedFormat, range: Range<Int>)? {
      head.withUnsafeBytes { bytes in
        var document = OpenDocument()
        var start: Int?
        var insideArray = false
        for (index, byte) in bytes.enumerated() {
          if start == nil {
            if byte == 0x5B, !insideArray {
              insideArray = true
            } else if byte == 0x7B {
              (start, document) = (index, .init())
            }
          }
          guard let first = start, document.closes(with: byte) else { continue }
          if let found = self.format(of: UnsafeRawBufferPointer(rebasing: bytes[first...index])) {
            return (found, first..<index + 1)
          }
          start = nil
        }
        return nil
      }
    }

    /// An API's answer that is longer than what is looked at: its first element shows the format.
    func longAnswer(_ head: [UInt8]) -> DetectedFormat? {
      guard head.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == 0x7B else { return nil }
      for envelope in RoutingLogFormat.envelopes + formats.compactMap(\.envelope) {
        guard let opening = head.firstRange(of: Array("\"\(envelope)\"".utf8)) else { continue }
        let rest = head[opening.upperBound...].drop { [0x20, 0x09, 0x0A, 0x0D, 0x3A, 0x5B].contains($0) }
        var document = OpenDocument()
        guard rest.first == 0x7B, let end = rest.firstIndex(where: { document.closes(with: $0) }) else { continue }
        let element = rest[rest.startIndex...end].withUnsafeBytes { format(of: $0) }
        if let element, element.envelope == nil {
          return DetectedFormat(
            format: element.format, shape: .documents, envelope: envelope,
            evidence: "under \(envelope): \(element.evidence)")
        }
      }
      return nil
    }

    /// Whether the record that begins a log goes on behind what is looked at.
    func firstRecordIsLonger(than head: [UInt8]) -> Bool {
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let text = head[(head.starts(with: mark) ? 3 : 0)...].drop { [0x20, 0x09, 0x0A, 0x0D, 0x5B].contains($0) }
      guard text.first == 0x7B else { return false }
      var document = OpenDocument()
      return !text.contains { document.closes(with: $0) }
    }

    /// The shape of a log whose records a stated field map does not know by their members.
    func shape(_ head: [UInt8], of format: RoutingLogFormat) -> LogShape {
      guard format.statedShape == .lines else { return format.statedShape }
      guard let first = head.firstIndex(where: { $0 == 0x7B || $0 == 0x5B }) else { return .lines }
      let lineEnd = head[first...].firstIndex(of: 0x0A) ?? head.count
      var isObject = false
      head[first..<lineEnd].withUnsafeBytes { line in
        parser.parse(copying: line) { isObject = $0?.kind == JSON_OBJECT }
      }
      return isObject ? .lines : .documents
    }

    /// A table whose first row names its columns.
    func table(_ head: [UInt8]) -> DetectedFormat? {
      guard let header = TableRows.header(of: head) else { return nil }
      for format in formats {
        guard case .mapped(let map) = format, let evidence = map.recognises(header: header) else { continue }
        return DetectedFormat(format: format, shape: .rows, evidence: evidence)
      }
      return nil
    }

    private func format(of bytes: UnsafeRawBufferPointer) -> DetectedFormat? {
      var found: DetectedFormat?
      parser.parse(copying: bytes) { root in
        guard let root, root.kind == JSON_OBJECT else { return }
        found = format(of: JSONNode(root))
      }
      return found
    }

    private func format(of record: JSONNode) -> DetectedFormat? {
      for format in formats {
        if let evidence = format.recognises(record) {
          return DetectedFormat(format: format, shape: .documents, evidence: evidence)
        }
      }
      for envelope in RoutingLogFormat.envelopes + formats.compactMap(\.envelope) {
        for element in record[named: envelope].elements.prefix(RoutingLogFormat.looksAt) {
          for format in formats {
            guard let evidence = format.recognises(element) else { continue }
            return DetectedFormat(
              format: format, shape: .documents, envelope: envelope, evidence: "under \(envelope): \(evidence)")
          }
        }
      }
      return nil
    }
  }

  private static func firstBytes(of path: String, count: Int) throws(SourceError) -> [UInt8] {
    let source = try ByteSource(path: path)
    var bytes = [UInt8](repeating: 0, count: count)
    var have = 0
    while have < count {
      var read = 0
      var failure: SourceError?
      bytes.withUnsafeMutableBytes { buffer in
        do throws(SourceError) {
          read = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[have...]))
        } catch { failure = error }
      }
      // A damaged end is reported when the log itself is read.
      if read == 0 || failure != nil { break }
      have += read
    }
    return Array(bytes[..<have])
  }
}
