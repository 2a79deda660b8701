internal import EvidenceModel

/// One span of a record: what it says, where it stands, and the service that wrote it.
struct SpanPart {
  var node: JSONNode
  var bytes: UnsafeRawBufferPointer
  var position: SourcePosition
  var service: String
}

/// Takes records apart into spans. The containers are those of `docs/formats/otlp-genai.md`.
final class SpanContainers {
  private let resources = JSONParser()
  private let spans = JSONParser()
  private let texts = JSONTextParser()

  private static let outer: [[StaticString]] = [
    ["resourceSpans"], ["resource_spans"], ["batches"], ["trace", "resourceSpans"], ["trace", "batches"],
  ]
  private static let inner: [StaticString] = [
    "scopeSpans", "scope_spans", "instrumentationLibrarySpans", "instrumentation_library_spans",
  ]

  // MARK: Telling them

  static func recognises(_ record: JSONNode) -> String? {
    for path in outer {
      let groups = path.reduce(record) { $0[$1] }.elements
      // `batches` is a word that others use too.
      guard path.last?.description != "batches" || groups.contains(where: holdsSpans) else { continue }
      if !groups.isEmpty { return "has \(path.map(\.description).joined(separator: "."))" }
    }
    for kind: StaticString in ["resourceLogs", "resourceMetrics"] where record[kind].isArray {
      return "has \(kind), which the collector writes beside spans"
    }
    if isJaegerTrace(record) { return "has spans with spanID, as Jaeger writes traces" }
    return isSpan(record) ? "is a span by itself" : nil
  }

  private static func holdsSpans(_ group: JSONNode) -> Bool { inner.contains { group[$0].isArray } }

  private static func isJaegerTrace(_ record: JSONNode) -> Bool {
    record["spans"].isArray && (record["processes"].isObject || !record["traceID"].isMissing)
  }

  /// A span by itself: with an id and a start, or with a status and attributes as OTLP writes them, as test fixtures have it.
  private static func isSpan(_ node: JSONNode) -> Bool {
    if !node["context"]["trace_id"].isMissing { return !node["attributes"].isMissing && !node["start_time"].isMissing }
    guard !node["name"].isMissing || !node["operationName"].isMissing else { return false }
    let hasID = ["spanId", "span_id", "spanID"].contains { !node[$0].isMissing }
    let hasStart = ["startTimeUnixNano", "start_time_unix_nano", "startTime", "start_time"].contains {
      !node[$0].isMissing
    }
    if hasID, hasStart { return true }
    guard node["status"].isObject, let first = node["attributes"].elements.first else { return false }
    return !first["key"].text.isEmpty && first["value"].isObject
  }

  // MARK: Taking them apart

  /// Hands out every span of a record; one span's values live until the next one's.
  ///
  /// - Parameter root: the record, parsed by another parser.
  func forEachSpan(
    of root: JSONNode, in record: UnsafeRawBufferPointer, at position: SourcePosition, _ body: (SpanPart) -> Void
  ) {
    for path in Self.outer where path.reduce(root, { $0[$1] }).isArray {
      let ranges = resources.ranges(of: path.map(\.description) + ["*"], in: record) ?? []
      var places = PartPlaces(position, record)
      for range in ranges { open(places.part(range), body) }
    }
    if Self.isJaegerTrace(root) {
      openJaeger(root, Part(bytes: record, position: position), body)
    } else if Self.isSpan(root) {
      body(SpanPart(node: root, bytes: record, position: position, service: service(of: root)))
    }
  }

  private func open(_ group: Part, _ body: (SpanPart) -> Void) {
    guard let root = resources.parse(group.bytes).map({ JSONNode($0) }) else { return }
    let service = service(of: root)
    for name in Self.inner where root[name].isArray {
      forEach([name.description, "*", "spans", "*"], in: group) { span, part in
        body(SpanPart(node: span, bytes: part.bytes, position: part.position, service: service))
      }
    }
  }

  private func openJaeger(_ root: JSONNode, _ trace: Part, _ body: (SpanPart) -> Void) {
    var services = ByName<String>()
    for (name, process) in root["processes"].members { services[name.string] = process["serviceName"].string }
    forEach(["spans", "*"], in: trace) { span, part in
      let service = span["processID"].string.flatMap { services[$0] } ?? service(of: span)
      body(SpanPart(node: span, bytes: part.bytes, position: part.position, service: service))
    }
  }

  private func forEach(_ path: [String], in whole: Part, _ body: (JSONNode, Part) -> Void) {
    var places = PartPlaces(whole.position, whole.bytes)
    for range in spans.ranges(of: path, in: whole.bytes) ?? [] {
      let part = places.part(range)
      if let node = spans.parse(part.bytes) { body(JSONNode(node), part) }
    }
  }

  private func service(of node: JSONNode) -> String {
    SpanAttributes(node["resource"]["attributes"], texts: texts).text("service.name")
      ?? node["process"]["serviceName"].string ?? ""
  }
}

/// A part of a record, with its place in the log.
private struct Part {
  var bytes: UnsafeRawBufferPointer
  var position: SourcePosition
}

/// Finds the places of parts, which come in their order.
private struct PartPlaces {
  let position: SourcePosition
  let whole: UnsafeRawBufferPointer
  private var counted = 0
  private var lineFeeds = 0

  init(_ position: SourcePosition, _ whole: UnsafeRawBufferPointer) {
    self.position = position
    self.whole = whole
  }

  mutating func part(_ range: Range<Int>) -> Part {
    lineFeeds += whole[counted..<range.lowerBound].count { $0 == 0x0A }
    counted = range.lowerBound
    return Part(
      bytes: UnsafeRawBufferPointer(rebasing: whole[range]),
      position: SourcePosition(
        line: position.line + lineFeeds, byteOffset: position.byteOffset + range.lowerBound, bytes: range.count))
  }
}
