internal import CSimdJSON
package import EvidenceModel

/// One line of a routing log in the terms of SEMANTICS §1. Its texts are borrowed from the reader until the next line.
package struct RoutingRecord {
  package var at = Instant(microseconds: 0)
  package var zoneAssumed = false
  package var requestID = BorrowedText.empty
  package var agent = BorrowedText.empty
  package var dataClass = BorrowedText.empty
  package var requestedModel = BorrowedText.empty
  package var servedModel = BorrowedText.empty
  package var provider = BorrowedText.empty
  package var deployment = BorrowedText.empty
  package var claimedRule = BorrowedText.empty
  package var escalatedFrom = BorrowedText.empty
  package var trigger = BorrowedText.empty
  package var tools = UnsafeBufferPointer<BorrowedText>(start: nil, count: 0)
  package var outcome = Outcome.success
  package var tokensIn: Int64 = 0
  package var tokensOut: Int64 = 0
  package var costMicros: Int64 = 0

  package init() {}

  /// Whether the request moved because something failed. A classifier's or an affinity's choice is no failure.
  package var isAfterFailure: Bool {
    !trigger.isEmpty && !trigger.equals("classifier") && !trigger.equals("affinity")
  }
}

/// Texts that a reader hands out together; their place is used again for the next record.
struct TextList: ~Copyable {
  private var texts = UnsafeMutablePointer<BorrowedText>.allocate(capacity: 16)
  private var values = UnsafeMutablePointer<json_value>.allocate(capacity: 16)
  private var capacity = 16
  private var count = 0

  deinit {
    texts.deallocate()
    values.deallocate()
  }

  /// The one text, or none when it is empty.
  mutating func fill(_ text: BorrowedText) {
    count = text.isEmpty ? 0 : 1
    texts.initialize(to: text)
  }

  /// The strings of an array, in their order; other elements are passed over, and so is anything that is no array.
  mutating func fill(from array: UnsafePointer<json_value>) {
    count = 0
    guard array.pointee.kind == JSON_ARRAY else { return }
    count = json_strings(array, values, capacity)
    if count > capacity {
      texts.deallocate()
      values.deallocate()
      capacity = count
      texts = .allocate(capacity: capacity)
      values = .allocate(capacity: capacity)
      count = json_strings(array, values, capacity)
    }
    for index in 0..<count { (texts + index).initialize(to: values[index].text) }
  }

  var all: UnsafeBufferPointer<BorrowedText> { UnsafeBufferPointer(start: texts, count: count) }
}

/// Puts the records of one format into SEMANTICS' terms. Not thread-safe: one a thread.
package protocol RoutingLogReader: AnyObject {
  /// Reads one record; a reason means that it is malformed (SEMANTICS §2).
  ///
  /// - Parameter bytes: readable for some bytes past their end.
  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason?
}

/// How a format fills one field, for the source's page.
package struct FieldOrigin: Sendable, Hashable {
  package var field: RoutingField
  package var provenance: Provenance
  /// Where the value stands in the log, in the format's own words.
  package var from: String
}

/// The optional fields whose absence is counted.
package enum RoutingField: String, Sendable, CaseIterable {
  case agent, dataClass = "data_class", provider, deployment, claimedRule = "rule_id", tools
}

/// The routing log formats that Tenure reads.
package enum RoutingLogFormat: String, Sendable, CaseIterable {
  case native, litellm

  package func makeReader() -> any RoutingLogReader {
    switch self {
    case .native: NativeLogReader()
    case .litellm: LiteLLMSpendLogReader()
    }
  }

  package var origins: [FieldOrigin] {
    switch self {
    case .native: NativeLogReader.origins
    case .litellm: LiteLLMSpendLogReader.origins
    }
  }
}

/// What the beginning of a log says about its format.
package struct DetectedFormat: Sendable, Hashable {
  package var format: RoutingLogFormat
  package var isLines: Bool

  package init(format: RoutingLogFormat, isLines: Bool) {
    self.format = format
    self.isLines = isLines
  }

  package var shape: LogShape { isLines ? .lines : .documents }
}

extension RoutingLogFormat {
  /// Looks at the first records of a log.
  ///
  /// - Parameter stated: the format that the configuration names, if any; then only the shape is looked for.
  /// - Returns: nil when no record of a known format stands among the first ones.
  package static func detect(path: String, stated: RoutingLogFormat?) throws(SourceError) -> DetectedFormat? {
    if stated == .native { return DetectedFormat(format: .native, isLines: true) }
    let head = try firstBytes(of: path, count: 1 << 20)
    // A log without a record is of any format.
    if head.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
      return DetectedFormat(format: stated ?? .native, isLines: true)
    }
    let parser = JSONParser()
    let keys = JSONKeys(["ts", "request_id", "outcome", "startTime", "spend", "response_cost", "id"])
    let values = keys.makeValues()
    defer { values.deallocate() }

    func format(of bytes: UnsafeRawBufferPointer) -> RoutingLogFormat? {
      var found: RoutingLogFormat?
      parser.parse(copying: bytes) { root in
        guard let root else { return }
        keys.select(from: root, into: values)
        if !values[0].isMissing, !values[2].isMissing {
          found = .native
        } else if !values[3].isMissing,
          (!values[1].isMissing && !values[4].isMissing) || (!values[6].isMissing && !values[5].isMissing)
        {
          found = .litellm
        }
      }
      return found
    }

    return head.withUnsafeBytes { bytes -> DetectedFormat? in
      var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      // Inside an array each object may stand on a line of its own; the array is still no lines.
      let isArray = bytes[lineStart...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == 0x5B
      for _ in 0..<64 where lineStart < bytes.count && !isArray {
        let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.count
        if let found = format(of: UnsafeRawBufferPointer(rebasing: bytes[lineStart..<lineEnd])),
          stated == nil || stated == found
        {
          return DetectedFormat(format: found, isLines: true)
        }
        lineStart = lineEnd + 1
      }
      // Not one record a line: objects over several lines, or inside an array.
      var depth = 0
      var inString = false
      var escaped = false
      var objectStart: Int?
      for (index, byte) in bytes.enumerated() {
        if inString {
          if escaped {
            escaped = false
          } else if byte == 0x5C {
            escaped = true
          } else if byte == 0x22 {
            inString = false
          }
          continue
        }
        switch byte {
        case 0x22: inString = true
        case 0x7B:
          if depth == 0 { objectStart = index }
          depth += 1
        case 0x7D:
          depth -= 1
          if depth == 0, let objectStart,
            let found = format(of: UnsafeRawBufferPointer(rebasing: bytes[objectStart...index])),
            stated == nil || stated == found
          {
            return DetectedFormat(format: found, isLines: false)
          }
          if depth <= 0 { depth = 0 }
        default: break
        }
      }
      return stated.map { DetectedFormat(format: $0, isLines: true) }
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
