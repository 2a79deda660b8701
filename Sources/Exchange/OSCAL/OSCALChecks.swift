package import XMLDocuments

/// What neither the schemas of OSCAL nor the tools that read it look at: references that lead nowhere, UUIDs that stand
/// twice, words outside of an enumeration, and ends before their beginnings.
package struct OSCALChecks {
  package struct Fault: Sendable, Hashable {
    package var line: Int
    package var message: String
  }

  private static let references: Set<String> = [
    "activity-uuid", "actor-uuid", "component-uuid", "finding-uuid", "observation-uuid", "risk-uuid", "subject-uuid",
    "task-uuid",
  ]
  /// By element and attribute, or by the element where it is its text.
  private static let words: [String: Set<String>] = [
    "finding/target/@type": ["statement-id", "objective-id"],
    "target/status/@state": ["satisfied", "not-satisfied"],
    "component/status/@state": ["under-development", "operational", "disposition", "other"],
    "risk/status": [
      "open", "investigating", "remediating", "deviation-requested", "deviation-approved", "closed",
    ],
    "metadata/party/@type": ["person", "organization"],
    "observation/method": ["EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"],
    "map/relationship": [
      "equivalent-to", "equal-to", "subset-of", "superset-of", "intersects-with", "no-relationship",
    ],
    "map/source/@type": ["control", "statement"], "map/target/@type": ["control", "statement"],
    "mapping-collection/provenance/@method": ["human", "automation", "hybrid"],
    "mapping-collection/provenance/@status": ["complete", "not-complete", "draft", "deprecated", "superseded"],
    "rlink/hash/@algorithm": [
      "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512",
    ],
  ]
  private static let elementsOfWords = Set(
    words.keys.map { $0.split(separator: "/").filter { !$0.hasPrefix("@") }.suffix(1).joined() })

  private var identifiers: [String: Int] = [:]
  private var wanted: [(uuid: String, line: Int)] = []
  private var faults: [Fault] = []

  /// - Returns: the first hundred faults, in the order of the document, dangling references last.
  package static func faults(in document: XMLDocument) -> [Fault] {
    guard let root = document.root else { return [] }
    var checks = OSCALChecks()
    var pending = [(root, "")]
    while let (element, parent) = pending.popLast() {
      checks.look(at: element, in: parent)
      pending.append(contentsOf: element.children.reversed().map { ($0, element.name) })
    }
    for (uuid, line) in checks.wanted where checks.identifiers[uuid] == nil {
      checks.faults.append(Fault(line: line, message: "nothing here has the UUID \(uuid)"))
    }
    return Array(checks.faults.prefix(100))
  }

  private mutating func look(at element: XMLDocument.Element, in parent: String) {
    let (name, line) = (element.name, element.line)
    for attribute in element.attributes {
      if attribute.name == "uuid" {
        if let before = identifiers.updateValue(line, forKey: attribute.value) {
          faults.append(Fault(line: line, message: "the UUID \(attribute.value) stands in line \(before) too"))
        }
      } else if Self.references.contains(attribute.name) {
        wanted.append((attribute.value, line))
      } else if attribute.name == "href", attribute.value.hasPrefix("#") {
        wanted.append((String(attribute.value.dropFirst()), line))
      }
    }
    if name == "party-uuid" { wanted.append((element.text, line)) }
    if Self.elementsOfWords.contains(name) { lookAtWords(of: element, in: parent) }
    lookAtTimes(of: element)
  }

  private mutating func lookAtWords(of element: XMLDocument.Element, in parent: String) {
    let path = parent + "/" + element.name
    func check(_ path: String, _ value: String) {
      guard let known = Self.words[path], !known.contains(value) else { return }
      faults.append(Fault(line: element.line, message: "\(path) is not \(known.sorted().joined(separator: ", "))"))
    }
    for attribute in element.attributes { check(path + "/@" + attribute.name, attribute.value) }
    if element.attributes.isEmpty { check(path, element.text) }
  }

  /// Instants are UTC with no or six digits, so that they compare as texts do once both have a fraction.
  private mutating func lookAtTimes(of element: XMLDocument.Element) {
    let start = element["start"] ?? element.child("start")?.text
    let end = element["end"] ?? element.child("end")?.text
    guard let start, let end, Self.comparable(end) < Self.comparable(start) else { return }
    faults.append(Fault(line: element.line, message: "\(element.name) ends at \(end), before its start at \(start)"))
  }

  private static func comparable(_ instant: String) -> String {
    instant.contains(".") ? instant : instant.replacing("Z", with: ".000000Z")
  }
}
