import Assets
import Testing
import XMLDocuments

@testable import Disclosure

/// Every field of a pack has been decided about.
struct DisclosureTableTests {
  /// Types that any words may stand in, and addresses and digests, which are made of words.
  private static let open: Set<String> = ["xs:string", "path", "xs:ID", "sha256"]

  private struct Field: Hashable {
    var element, name: String
    var isOpen: Bool
  }

  private static func fields() throws -> Set<Field> {
    let schema = try #require(
      try XMLDocument(AssetLibrary.embedded.bytes("templates/evidence.xsd") ?? [], name: "evidence.xsd").root)
    var types: [String: XMLDocument.Element] = [:]
    var groups: [String: XMLDocument.Element] = [:]
    for child in schema.children where child.name != "element" && child.name != "annotation" {
      if child.name == "attributeGroup" {
        groups[child["name"] ?? ""] = child
      } else {
        types[child["name"] ?? ""] = child
      }
    }
    var fields = Set<Field>()
    func attributes(_ type: XMLDocument.Element, of element: String) {
      if type["mixed"] == "true" { fields.insert(Field(element: element, name: ".", isOpen: true)) }
      for child in type.children {
        switch child.name {
        case "attribute":
          let isOpen = child["type"].map { open.contains($0) } ?? false
          fields.insert(Field(element: element, name: child["name"] ?? "", isOpen: isOpen))
        case "attributeGroup": if let group = groups[child["ref"] ?? ""] { attributes(group, of: element) }
        case "simpleContent", "complexContent", "extension":
          if let base = child["base"].flatMap({ types[$0] }) { attributes(base, of: element) }
          attributes(child, of: element)
        default: break
        }
      }
    }
    func walk(_ node: XMLDocument.Element) {
      if node.name == "element", let name = node["name"] {
        if let type = node["type"] {
          if type == "xs:string" { fields.insert(Field(element: name, name: ".", isOpen: true)) }
          if let named = types[type] { attributes(named, of: name) }
        } else if let own = node.child("complexType") {
          attributes(own, of: name)
        }
      }
      for child in node.children { walk(child) }
    }
    walk(schema)
    return fields
  }

  @Test(arguments: DisclosureLevel.allCases)
  func everyFieldOfTheSchemaIsDecided(level: DisclosureLevel) throws {
    let table = try DisclosureTable(AssetLibrary.embedded.bytes("templates/disclosure.xml") ?? [], level: level)
    let fields = try Self.fields()
    #expect(fields.count > 1000)
    // What belongs to the manifest itself is written by whoever makes it.
    let undecided = fields.filter {
      $0.element != "manifest" && !table.isDecided($0.element, $0.name, isOpen: $0.isOpen)
    }
    #expect(undecided.isEmpty, "\(undecided.map { $0.element + "/" + $0.name }.sorted())")
  }

  @Test func aFieldThatNobodyDecidedAboutIsHidden() throws {
    let table = try DisclosureTable(AssetLibrary.embedded.bytes("templates/disclosure.xml") ?? [], level: .auditor)
    #expect(table.action("decision", "nickname") == .hide)
    #expect(!table.isDecided("decision", "nickname", isOpen: true))
  }

  @Test func anUnknownActionIsRefused() {
    let bytes = Array("<disclosure><fields of=\"a\" names=\"b\" all=\"show\"/></disclosure>".utf8)
    #expect(throws: XMLProblem.self) { try DisclosureTable(bytes, level: .auditor) }
  }
}
