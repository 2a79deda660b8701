internal import EvidenceModel
package import XMLDocuments

extension ExchangeFacts {
  /// - Parameter document: valid against the schema of evidence.
  /// - Throws: for another kind of document, and for a value that the schema would have refused.
  package init(_ document: XMLDocument) throws(XMLProblem) {
    guard let root = document.root, root.name == "exchange", let context = root.child("context") else {
      throw XMLProblem(document: document.name, line: nil, message: "it is no exchange document")
    }
    let reader = Reader(document: document.name)
    var parts: [String: [XMLDocument.Element]] = [:]
    for child in root.children { parts[child.name, default: []].append(child) }
    func each<Value>(
      _ name: String, _ read: (XMLDocument.Element) throws(XMLProblem) -> Value
    ) throws(XMLProblem) -> [Value] {
      var values: [Value] = []
      for element in parts[name] ?? [] { values.append(try read(element)) }
      return values
    }
    id = try reader.text("id", of: root)
    title = try reader.text("title", of: root)
    organisation = try reader.text("organisation", of: context)
    period = try reader.text("period", of: context)
    periodText = try reader.text("period-text", of: context)
    level = try reader.text("level", of: context)
    toolVersion = try reader.text("tool-version", of: context)
    from = try reader.text("from", of: root)
    to = try reader.text("to", of: root)
    time = try reader.text("time", of: root)
    first = root["first"]
    last = root["last"]
    judged = try reader.count("judged", of: root)
    exceptions = try reader.count("exceptions", of: root)
    malformed = try reader.count("malformed", of: root)
    isComplete = try reader.flag("complete", of: root)
    parameters = try each("exchange-parameter", reader.parameter)
    inputs = try each("exchange-input", reader.input)
    dataFiles = try each("exchange-file", reader.dataFile)
    classes = try each("exchange-class", reader.classCount)
    parties = try each("exchange-party", reader.party)
    rules = try each("exchange-rule", reader.rule)
    versions = try each("exchange-version", reader.version)
    changes = try reader.cut(parts["exchange-changes"]?.first, reader.change)
    checks = try each("exchange-check", reader.check)
    observations = try reader.cut(parts["exchange-observations"]?.first, reader.observation)
    findings = try each("exchange-finding", reader.finding)
    frameworks = try each("exchange-framework", reader.framework)
    accepted = try each("exchange-accepted", reader.accepted)
    cuts = try each("exchange-cut", reader.cutList)
  }
}

private struct Reader {
  typealias Element = XMLDocument.Element
  typealias Facts = ExchangeFacts

  var document: String

  // MARK: Values

  func text(_ attribute: String, of element: Element) throws(XMLProblem) -> String {
    guard let value = element[attribute] else { throw problem(element, "\(attribute) is missing") }
    return value
  }

  func count(_ attribute: String, of element: Element) throws(XMLProblem) -> Int {
    guard let value = try optionalCount(attribute, of: element) else {
      throw problem(element, "\(attribute) is missing")
    }
    return value
  }

  func optionalCount(_ attribute: String, of element: Element) throws(XMLProblem) -> Int? {
    guard let text = element[attribute] else { return nil }
    guard let value = Int(text), value >= 0 else { throw problem(element, "\(attribute) is no count") }
    return value
  }

  func flag(_ attribute: String, of element: Element) throws(XMLProblem) -> Bool {
    switch element[attribute] {
    case "true", "1": true
    case "false", "0": false
    default: throw problem(element, "\(attribute) is neither true nor false")
    }
  }

  func result(of element: Element) throws(XMLProblem) -> CheckResult {
    guard let result = CheckResult(rawValue: try text("result", of: element)) else {
      throw problem(element, "it has a result that no check has")
    }
    return result
  }

  func problem(_ element: Element, _ message: String) -> XMLProblem {
    XMLProblem(document: document, line: element.line, message: "\(element.name): \(message)")
  }

  func each<Value>(
    _ name: String, in element: Element, _ read: (Element) throws(XMLProblem) -> Value
  ) throws(XMLProblem) -> [Value] {
    var values: [Value] = []
    for child in element.children(named: name) { values.append(try read(child)) }
    return values
  }

  func cut<Value: Sendable>(
    _ element: Element?, _ read: (Element) throws(XMLProblem) -> Value
  ) throws(XMLProblem) -> Facts.Cut<Value> {
    guard let element else { return Facts.Cut(shown: [], of: 0) }
    var shown: [Value] = []
    for child in element.children { shown.append(try read(child)) }
    return Facts.Cut(shown: shown, of: try count("of", of: element))
  }

  // MARK: Elements

  func parameter(_ e: Element) throws(XMLProblem) -> Facts.Parameter {
    Facts.Parameter(name: try text("name", of: e), value: try text("value", of: e), origin: try text("origin", of: e))
  }

  func input(_ e: Element) throws(XMLProblem) -> Facts.Input {
    Facts.Input(
      id: try text("id", of: e), kind: try text("kind", of: e), name: try text("name", of: e), format: e["format"],
      sha256: e["sha256"], bytes: try optionalCount("bytes", of: e), records: try optionalCount("records", of: e))
  }

  func dataFile(_ e: Element) throws(XMLProblem) -> Facts.DataFile {
    Facts.DataFile(
      path: try text("path", of: e), sha256: try text("sha256", of: e), bytes: try count("bytes", of: e),
      rows: try count("rows", of: e))
  }

  func classCount(_ e: Element) throws(XMLProblem) -> Facts.ClassCount {
    Facts.ClassCount(
      name: try text("class", of: e), n: try count("n", of: e), of: try count("of", of: e),
      isException: try flag("exception", of: e))
  }

  func party(_ e: Element) throws(XMLProblem) -> Facts.Party {
    Facts.Party(id: try text("id", of: e), kind: try text("kind", of: e), page: e["page"])
  }

  func rule(_ e: Element) throws(XMLProblem) -> Facts.Rule {
    Facts.Rule(
      id: try text("id", of: e), words: e["words"], page: e["page"], decisions: try count("decisions", of: e),
      exceptions: try count("exceptions", of: e), tenures: try each("exchange-tenure", in: e, tenure))
  }

  func tenure(_ e: Element) throws(XMLProblem) -> Facts.Tenure {
    Facts.Tenure(owner: try text("owner", of: e), from: e["from"], to: e["to"])
  }

  func version(_ e: Element) throws(XMLProblem) -> Facts.Version {
    Facts.Version(
      id: try text("id", of: e), source: try text("source", of: e), sha256: try text("sha256", of: e),
      from: try text("from", of: e), to: e["to"], page: e["page"])
  }

  func change(_ e: Element) throws(XMLProblem) -> Facts.Change {
    Facts.Change(
      id: try text("id", of: e), rule: try text("rule", of: e), version: try text("version", of: e),
      kind: try text("kind", of: e), direction: try text("direction", of: e), effective: try text("effective", of: e),
      words: e["words"], recorded: e["recorded"], approved: e["approved"], author: e["author"],
      approvers: e["approvers"], ticket: e["ticket"], page: e["page"], decisions: try count("decisions", of: e))
  }

  func check(_ e: Element) throws(XMLProblem) -> Facts.Check {
    Facts.Check(
      id: try text("id", of: e), title: try text("title", of: e), question: try text("question", of: e),
      method: try text("method", of: e), populationText: try text("population-text", of: e),
      cannotShow: try text("cannot-show", of: e), why: try text("why", of: e), page: try text("page", of: e),
      result: try result(of: e), population: try count("population", of: e), passed: try count("passed", of: e),
      exceptions: try count("exceptions", of: e), accepted: try count("accepted", of: e),
      cannotTell: try count("cannot-tell", of: e), findings: try count("findings", of: e),
      missing: try each("missing", in: e, missing))
  }

  func missing(_ e: Element) throws(XMLProblem) -> String { try text("record", of: e) }

  func observation(_ e: Element) throws(XMLProblem) -> Facts.Observation {
    Facts.Observation(
      id: try text("id", of: e), check: try text("check", of: e), rule: e["rule"], version: e["version"],
      page: e["page"], rest: try optionalCount("rest", of: e), n: try count("n", of: e), of: try count("of", of: e))
  }

  func finding(_ e: Element) throws(XMLProblem) -> Facts.Finding {
    Facts.Finding(
      id: try text("id", of: e), check: try text("check", of: e), subjectKind: try text("subject-kind", of: e),
      subject: try text("subject", of: e), summary: try text("summary", of: e), page: try text("page", of: e),
      result: try result(of: e), n: try count("n", of: e), of: try count("of", of: e),
      populationText: e["population-text"], first: e["first"], last: e["last"],
      paragraphs: e.children(named: "p").map(\.text), stretches: try each("exchange-stretch", in: e, stretch),
      missing: try each("missing", in: e, missing), places: try each("exchange-place", in: e, place))
  }

  func stretch(_ e: Element) throws(XMLProblem) -> Facts.Stretch {
    Facts.Stretch(kind: try text("kind", of: e), from: try text("from", of: e), to: try text("to", of: e))
  }

  func place(_ e: Element) throws(XMLProblem) -> Facts.Place {
    Facts.Place(
      source: try text("source", of: e), line: try count("line", of: e), byteOffset: try count("byte-offset", of: e),
      bytes: try count("bytes", of: e), sha256: e["sha256"])
  }

  func framework(_ e: Element) throws(XMLProblem) -> Facts.Framework {
    Facts.Framework(
      id: try text("id", of: e), title: try text("title", of: e), version: try text("version", of: e),
      publisher: try text("publisher", of: e), licence: try text("licence", of: e),
      mappingVersion: try text("mapping-version", of: e), review: try text("review", of: e),
      page: try text("page", of: e), groups: try each("exchange-group", in: e, group),
      controls: try each("exchange-control", in: e, control))
  }

  func group(_ e: Element) throws(XMLProblem) -> Facts.Group {
    Facts.Group(id: try text("id", of: e), title: try text("title", of: e), parent: e["parent"])
  }

  func control(_ e: Element) throws(XMLProblem) -> Facts.Control {
    Facts.Control(
      id: try text("id", of: e), display: try text("display", of: e), title: try text("title", of: e),
      titleOrigin: try text("title-origin", of: e), summary: try text("summary", of: e),
      state: try text("state", of: e), why: try text("why", of: e), gap: try text("gap", of: e),
      page: try text("page", of: e), group: e["group"], mapped: try each("exchange-mapped", in: e, mapped))
  }

  func mapped(_ e: Element) throws(XMLProblem) -> Facts.Mapped {
    Facts.Mapped(
      check: try text("check", of: e), relation: try text("relation", of: e), rationale: try text("rationale", of: e),
      effect: e["effect"], condition: e["condition"])
  }

  func accepted(_ e: Element) throws(XMLProblem) -> Facts.Accepted {
    Facts.Accepted(
      id: try text("id", of: e), check: try text("check", of: e), subject: try text("subject", of: e),
      acceptedBy: e["accepted-by"], reason: e["reason"],
      from: e["from"], to: e["to"], source: e["source"], line: try optionalCount("line", of: e))
  }

  func cutList(_ e: Element) throws(XMLProblem) -> Facts.CutList {
    Facts.CutList(list: try text("list", of: e), shown: try count("shown", of: e), of: try count("of", of: e))
  }
}
