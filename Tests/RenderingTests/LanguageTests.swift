import Assets
import Foundation
import Testing
import XMLDocuments

/// Each file under `templates/strings` says the same things as the English one, in its own words.
@Suite struct LanguageTests {
  private static let folder = "templates/strings/"

  private static let others = AssetLibrary.embedded.paths(under: folder).map { String($0.dropFirst(folder.count)) }
    .filter { $0 != "en.xml" }

  private func strings(_ file: String) throws -> XMLDocument {
    try XMLDocument(try #require(AssetLibrary.embedded.bytes(Self.folder + file)), name: file)
  }

  /// What a language may not change, by kind and id: slots, marks, links, commands, columns, parts.
  private func shapes(_ file: String) throws -> [String: [String]] {
    var shapes: [String: [String]] = [:]
    let document = try strings(file)
    for element in try #require(document.root).children {
      let key = "\(element.name) \(element["id"] ?? "")"
      #expect(shapes.updateValue(shape(element), forKey: key) == nil, "\(key) stands twice in \(file)")
    }
    return shapes
  }

  private func shape(_ element: XMLDocument.Element) -> [String] {
    let name = [element.name, element["id"] ?? "", element["kind"] ?? ""].joined(separator: " ")
    if element.name == "run" || element["id"]?.hasPrefix("symbol.") == true { return [name, element.text] }
    if ["table", "prose", "part", "list", "steps", "entries", "entry"].contains(element.name) {
      return [name] + element.children.flatMap(shape)
    }
    let text = element.text
    let slots = (1...4).flatMap { slot in
      Array(repeating: "{\(slot)}", count: text.components(separatedBy: "{\(slot)}").count - 1)
    }
    let blanks = [text.hasPrefix(" "), text.hasSuffix(" ")].map { $0 ? "blank" : "" }
    return [name] + slots + blanks + marks(element).sorted()
  }

  private func marks(_ element: XMLDocument.Element) -> [String] {
    element.children.flatMap { mark in
      [[mark.name, mark["page"] ?? "", mark.name == "c" ? mark.text : ""].joined(separator: " ")] + marks(mark)
    }
  }

  @Test(arguments: others)
  func aLanguageHasExactlyTheStringsOfEnglish(file: String) throws {
    let english = try shapes("en.xml")
    let other = try shapes(file)
    #expect(english.keys.filter { other[$0] == nil }.sorted() == [], "\(file) lacks these")
    #expect(other.keys.filter { english[$0] == nil }.sorted() == [], "en.xml does not have these")
    for (key, shape) in english.sorted(by: { $0.key < $1.key }) {
      if let found = other[key] { #expect(found == shape, "\(key) in \(file)") }
    }
  }

  @Test(arguments: others)
  func aFileNamesItsLanguageAsPagesDo(file: String) throws {
    let text = String(decoding: try #require(AssetLibrary.embedded.bytes(Self.folder + file)), as: UTF8.self)
    #expect(text.contains("<strings xml:lang=\"\(file.dropLast(".xml".count))\">"))
  }

  @Test(arguments: ["konform", "zertifizier", "erfüllt"])
  func germanPromisesNoMoreThanEnglish(claim: String) throws {
    #expect(try strings("de.xml").root?.text.lowercased().contains(claim) == false)
  }
}
