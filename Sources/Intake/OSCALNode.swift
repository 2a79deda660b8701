internal import EvidenceModel
internal import XMLDocuments

/// The documents of OSCAL that are read, by the names of their roots.
enum OSCALModel: String {
  case catalog, profile
  case components = "component-definition"
  case results = "assessment-results"
}

/// A part of an OSCAL document in either notation.
///
/// OSCAL calls a member of JSON like the element or attribute of XML, but for lists: those have a name in the plural.
enum OSCALNode {
  case xml(XMLDocument.Element)
  case json(JSONNode)

  /// An attribute or an element of text alone, white space as one blank each; nil where it is empty or missing.
  func text(_ name: StaticString) -> String? {
    let text: String? =
      switch self {
      case .xml(let element): element["\(name)"] ?? element.child("\(name)").map { $0.textWithInsertions }
      case .json(let node): node[name].string
      }
    return text.map { SecretRedaction.shown($0.collapsed) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What the node itself holds, where that is text, white space as one blank each.
  var text: String {
    switch self {
    case .xml(let element): SecretRedaction.shown(element.textWithInsertions.collapsed)
    case .json(let node): SecretRedaction.shown(node.string?.collapsed ?? "")
    }
  }

  func child(_ name: StaticString) -> OSCALNode? {
    switch self {
    case .xml(let element): element.child("\(name)").map { .xml($0) }
    case .json(let node): node[name].isMissing ? nil : .json(node[name])
    }
  }

  /// The elements of a list, in their order.
  ///
  /// - Parameter plural: what JSON calls the list.
  func children(_ name: StaticString, _ plural: StaticString) -> [OSCALNode] {
    switch self {
    case .xml(let element): element.children(named: "\(name)").map { .xml($0) }
    case .json(let node): node[plural].elements.map { .json($0) }
    }
  }

  /// Of a text of several paragraphs, the first.
  ///
  /// - Parameter member: what JSON calls the text; in XML the paragraphs stand in the node itself.
  func firstParagraph(_ member: StaticString) -> String? {
    switch self {
    case .xml(let element): element.child("p")?.textWithInsertions.collapsed
    case .json(let node): node[member].string?.split(separator: "\n\n").first.map { String($0).collapsed }
    }
  }

  /// A property's value.
  ///
  /// - Parameter namespace: nil for properties of OSCAL itself, which have none.
  func property(_ name: String, namespace: String? = nil) -> String? {
    properties(name, namespace: namespace).first
  }

  func properties(_ name: String, namespace: String? = nil) -> [String] {
    children("prop", "props").filter { prop in
      let stated = prop.text("ns") ?? Self.namespace
      return stated.utf8.elementsEqual((namespace ?? Self.namespace).utf8)
        && (prop.text("name") ?? "").utf8.elementsEqual(name.utf8)
    }.compactMap { $0.text("value") }
  }

  /// Counted from 1; JSON has none.
  var line: Int? { if case .xml(let element) = self { element.line } else { nil } }

  /// What properties without a namespace belong to.
  private static let namespace = "http://csrc.nist.gov/ns/oscal"
}

extension XMLDocument.Element {
  /// All text inside, with parameters as JSON writes them: `{{ insert: param, days }}`.
  fileprivate var textWithInsertions: String {
    text(replacing: { element in
      guard element.name == "insert", let id = element["id-ref"] ?? element["param-id"] else { return nil }
      return "{{ insert: param, \(id) }}"
    })
  }
}

/// Opens OSCAL documents.
enum OSCALDocument {
  static let largest = 20 << 20
  private static let xmlNamespace = "http://csrc.nist.gov/ns/oscal/1.0"

  /// Hands the root of a document to `body`; what `body` keeps must be copies.
  ///
  /// - Parameter models: what is accepted. The first one names the document in messages.
  static func read<Result>(
    _ file: WholeFile, as models: [OSCALModel], _ body: (OSCALModel, OSCALNode) -> Result
  ) throws(Diagnostic) -> Result {
    guard file.bytes.count <= largest else {
      throw Diagnostic(
        id: "oscal-too-large", file: file.name,
        summary: "larger than 20 MB, which no \(words(models)) is",
        nextStep: "Name the document itself, without those that belong to it.")
    }
    return try file.isXML ? readXML(file, models, body) : readJSON(file, models, body)
  }

  /// Which document of OSCAL a file is; nil where it is none of those that are read.
  static func model(of file: WholeFile) -> OSCALModel? {
    let model = try? read(file, as: [.catalog, .profile, .components, .results]) { model, root in
      root.child("metadata") == nil ? nil : model
    }
    return model ?? nil
  }

  private static func readXML<Result>(
    _ file: WholeFile, _ models: [OSCALModel], _ body: (OSCALModel, OSCALNode) -> Result
  ) throws(Diagnostic) -> Result {
    let document: XMLDocument
    do {
      document = try XMLDocument(file.bytes, name: file.name)
    } catch {
      throw Diagnostic(
        id: "oscal-no-xml", file: file.name, line: error.line, summary: "it cannot be read as XML: \(error.message)",
        nextStep: "Name a well-formed document without a document type.")
    }
    guard let root = document.root, root.namespace == xmlNamespace,
      let model = models.first(where: { $0.rawValue == root.name })
    else {
      throw otherModel(
        file, models, line: 1, "its root is no \(words(models)) of the namespace \(xmlNamespace)")
    }
    return withExtendedLifetime(document) { body(model, .xml(root)) }
  }

  private static func readJSON<Result>(
    _ file: WholeFile, _ models: [OSCALModel], _ body: (OSCALModel, OSCALNode) -> Result
  ) throws(Diagnostic) -> Result {
    let bytes = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(file.bytes[3...]) : file.bytes
    let parser = JSONParser()
    var isJSON = false
    var result: Result?
    bytes.withUnsafeBytes { bytes in
      parser.parse(copying: bytes) { value in
        guard let root = value.map({ JSONNode($0) }) else { return }
        isJSON = true
        guard let model = models.first(where: { root[named: $0.rawValue].isObject }) else { return }
        result = body(model, .json(root[named: model.rawValue]))
      }
    }
    guard isJSON else {
      throw Diagnostic(
        id: "oscal-no-json", file: file.name, summary: "it is neither XML nor one valid JSON text",
        nextStep: "Name an OSCAL \(words(models)) in XML or JSON.")
    }
    guard let result else { throw otherModel(file, models, line: nil, "it has no member \(words(models)) at its top") }
    return result
  }

  /// The line at which each object of a list of a JSON document begins, counted from 1.
  static func lines(of path: [String], in file: WholeFile) -> [Int] {
    let padded = file.bytes + [UInt8](repeating: 0, count: JSONParser.padding)
    let start = padded.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return padded.withUnsafeBytes { bytes in
      let text = UnsafeRawBufferPointer(rebasing: bytes[start..<(bytes.count - JSONParser.padding)])
      var (line, counted) = (1, 0)
      return (JSONParser().ranges(of: path, in: text) ?? []).map { range in
        line += text[counted..<range.lowerBound].count { $0 == 0x0A }
        counted = range.lowerBound
        return line
      }
    }
  }

  private static func otherModel(_ file: WholeFile, _ models: [OSCALModel], line: Int?, _ summary: String) -> Diagnostic
  {
    Diagnostic(
      id: "oscal-no-\(models[0].rawValue)", file: file.name, line: line, summary: summary,
      nextStep: "Name an OSCAL \(words(models)); other documents of OSCAL are not read here.")
  }

  private static func words(_ models: [OSCALModel]) -> String { models.map(\.rawValue).joined(separator: " or ") }
}

extension String {
  /// White space as one blank each, as in running text.
  var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

extension WholeFile {
  /// Whether the first visible byte opens an element.
  var isXML: Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return bytes[start...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
  }
}
