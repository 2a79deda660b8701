internal import XMLDocuments

/// Turns OSCAL XML into OSCAL JSON: attributes and elements become keys, repeated elements lists, markup Markdown.
struct OSCALConverter {
  /// Of the document, for messages.
  let name: String

  /// Deeper than any of ours; a catalog that somebody nested without end must not end the program.
  private static let deepest = 64

  func write(_ element: XMLDocument.Element, to json: inout JSONText, depth: Int = 0) throws(XMLProblem) {
    guard depth < Self.deepest else { throw problem(element, "it is nested too deep") }
    json.open("{")
    for attribute in element.attributes {
      json.key(attribute.name)
      json.string(attribute.value)
    }
    if OSCALNames.valued.contains(element.name) {
      json.key(OSCALNames.value)
      json.string(element.text)
    } else {
      try writeChildren(of: element, to: &json, depth: depth)
    }
    json.close("}")
  }

  private func writeChildren(
    of element: XMLDocument.Element, to json: inout JSONText, depth: Int
  ) throws(XMLProblem) {
    // Elements of one name stand together, as the schema of OSCAL has it.
    let children = element.children
    var place = 0
    while place < children.count {
      let first = children[place]
      var end = place + 1
      while end < children.count, children[end].name == first.name { end += 1 }
      let run = children[place..<end]
      place = end
      if first.name == "p" {
        json.key(OSCALNames.prose)
        json.string(run.map { Markdown.escaped($0.text) }.joined(separator: "\n\n"))
      } else if let list = OSCALNames.list(of: first.name, in: element.name) {
        json.key(list)
        json.open("[")
        for child in run { try writeValue(child, in: element.name, to: &json, depth: depth) }
        json.close("]")
      } else {
        guard run.count == 1 else { throw problem(first, "it stands more than once") }
        json.key(first.name)
        try writeValue(first, in: element.name, to: &json, depth: depth)
      }
    }
  }

  private func writeValue(
    _ element: XMLDocument.Element, in parent: String, to json: inout JSONText, depth: Int
  ) throws(XMLProblem) {
    if OSCALNames.isText(element.name, in: parent) {
      json.string(element.text)
    } else if OSCALNames.lines.contains(element.name) {
      json.string(Markdown.escaped(element.text))
    } else if OSCALNames.paragraphs.contains(element.name) {
      json.string(element.children.map { Markdown.escaped($0.text) }.joined(separator: "\n\n"))
    } else if OSCALNames.list(of: element.name, in: parent) != nil || OSCALNames.isSingle(element.name, in: parent) {
      try write(element, to: &json, depth: depth + 1)
    } else {
      throw problem(element, "no form in JSON is known")
    }
  }

  private func problem(_ element: XMLDocument.Element, _ message: String) -> XMLProblem {
    XMLProblem(document: name, line: element.line, message: "\(element.name): \(message)")
  }
}

/// Plain text as Markdown.
enum Markdown {
  private static let special: Set<Unicode.Scalar> = [
    "\\", "`", "*", "_", "~", "^", "[", "]", "<", "{", "}", "\"", "|", "!",
  ]

  /// What Markdown would take for markup is escaped, at the beginning of a line too.
  static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let isAtStart = index == 0 && ["#", "+", "-", ">", "="].contains(scalar)
      if special.contains(scalar) || isAtStart { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}
