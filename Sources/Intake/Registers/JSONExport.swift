internal import EvidenceModel

/// The records of an export in JSON: one object, an array, an API's envelope, or one object a line.
struct JSONExport {
  let file: WholeFile

  /// Members under which APIs hand out lists: SCIM, PagerDuty, Microsoft Graph, ServiceNow.
  private static let envelopes = ["Resources", "incidents", "value", "result", "records"]
  /// Bad lines that are named one by one.
  private static let mostNamed = 20

  static func isJSON(_ file: WholeFile) -> Bool {
    let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let first = file.bytes[start...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  typealias Body = (_ record: JSONNode, _ line: Int, _ byteOffset: Int) -> Void

  /// Calls `body` for each record, in the file's order.
  ///
  /// - Returns: what is wrong with single records, and whether the export is one page of several.
  func forEach(_ body: Body) throws(Diagnostic) -> [Diagnostic] {
    let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let padded = file.bytes[start...] + [UInt8](repeating: 0, count: JSONParser.padding)
    var result: Result<[Diagnostic], Diagnostic> = .success([])
    padded.withUnsafeBytes { bytes in
      let text = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - JSONParser.padding)])
      let whole = JSONParser()
      if let root = whole.parse(text).map({ JSONNode($0) }) {
        result = .success(document(root, whole, text, start, body))
      } else {
        result = lines(text, start, body)
      }
    }
    return try result.get()
  }

  private func document(
    _ root: JSONNode, _ whole: JSONParser, _ text: UnsafeRawBufferPointer, _ start: Int, _ body: Body
  ) -> [Diagnostic] {
    let envelope = Self.envelopes.first { root[named: $0].isArray }
    guard root.isArray || envelope != nil else {
      body(root, 1, start)
      return []
    }
    let elements = (envelope.map { root[named: $0] } ?? root).elements.count
    var problems = page(root, elements: elements)
    let rows = JSONParser()
    let ranges = rows.ranges(of: envelope.map { [$0, "*"] } ?? ["*"], in: text) ?? []
    if elements > ranges.count {
      problems.append(
        Diagnostic(
          id: "export-no-object", file: file.name,
          summary: "\(elements - ranges.count) elements of the list are no objects; they were left out",
          nextStep: "Export again; each element is an object."))
    }
    var line = 1
    var counted = 0
    for range in ranges {
      line += text[counted..<range.lowerBound].count { $0 == 0x0A }
      counted = range.lowerBound
      if let record = rows.parse(UnsafeRawBufferPointer(rebasing: text[range])) {
        body(JSONNode(record), line, start + range.lowerBound)
      }
    }
    return problems
  }

  /// An answer that says of itself that there is more.
  private func page(_ root: JSONNode, elements: Int) -> [Diagnostic] {
    let isPart =
      root["totalResults"].integer.map { $0 > Int64(elements) } ?? false || root["more"].boolean == true
      || root["@odata.nextLink"].string != nil
    guard isPart else { return [] }
    return [
      Diagnostic(
        id: "export-one-page", severity: .warning, file: file.name,
        summary: "the export says of itself that it is one page of several; what the others hold is not known",
        nextStep: "Export every page, and name each file.")
    ]
  }

  private func lines(_ text: UnsafeRawBufferPointer, _ start: Int, _ body: Body) -> Result<[Diagnostic], Diagnostic> {
    let parser = JSONParser()
    var problems: [Diagnostic] = []
    var (records, bad, line, from) = (0, 0, 0, 0)
    while from < text.count {
      let end = text[from...].firstIndex(of: 0x0A) ?? text.count
      defer { from = end + 1 }
      line += 1
      let bytes = UnsafeRawBufferPointer(rebasing: text[from..<end])
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      // The bytes behind the line are readable, so no copy is needed.
      if let record = parser.parse(bytes).map({ JSONNode($0) }), record.isObject {
        records += 1
        body(record, line, start + from)
        continue
      }
      guard records > 0 else { return .failure(notJSON) }
      bad += 1
      guard bad <= Self.mostNamed else { continue }
      problems.append(
        Diagnostic(
          id: "export-malformed", file: file.name, line: line, byteOffset: start + from,
          summary: "the line is no JSON object; it was left out",
          nextStep: "Export again; check whether it was cut short."
        ))
    }
    if bad > Self.mostNamed {
      problems.append(
        Diagnostic(
          id: "export-malformed", file: file.name,
          summary: "\(bad - Self.mostNamed) more lines are no JSON objects; they were left out",
          nextStep: "Export again; check whether it was cut short."))
    }
    return .success(problems)
  }

  private var notJSON: Diagnostic {
    Diagnostic(
      id: "export-not-json", file: file.name, line: 1, byteOffset: 0,
      summary: "the file begins like JSON and is neither one valid JSON text nor one object a line",
      nextStep: "Export again; check whether it was cut short.")
  }
}
