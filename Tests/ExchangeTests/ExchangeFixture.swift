import Foundation
import XMLDocuments

@testable import Exchange

/// `Tests/Fixtures/exchange/hostile.xml`: every result, every kind of list, and text that means harm.
enum ExchangeFixture {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text() throws -> String {
    try String(contentsOf: root.appendingPathComponent("Tests/Fixtures/exchange/hostile.xml"), encoding: .utf8)
  }

  static func document() throws -> XMLDocument { try XMLDocument(Array(try text().utf8), name: "hostile.xml") }

  static func facts() throws -> ExchangeFacts { try ExchangeFacts(document()) }

  /// The files that a format makes, by path.
  static func files(_ format: some ExchangeFormat) throws -> [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: try format.files(of: document()).map { ($0.path, $0.bytes) })
  }

  static func json(_ bytes: [UInt8]?) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(bytes ?? [])) as? [String: Any] ?? [:]
  }

  /// How often each word stands in a list.
  static func tally(_ words: some Sequence<String?>) -> [String: Int] {
    words.reduce(into: [:]) { $0[$1 ?? "nothing", default: 0] += 1 }
  }

  /// What a stylesheet of `templates/exchange/` makes of the fixture, as an auditor would make it.
  static func transformed(_ stylesheet: String, of text: String? = nil) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, target) = (folder.appendingPathComponent("exchange.xml"), folder.appendingPathComponent("out"))
    try Data((text ?? Self.text()).utf8).write(to: source)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/xsltproc")
    process.arguments = [
      "--nonet", "-o", target.path, root.appendingPathComponent("templates/exchange/\(stylesheet)").path, source.path,
    ]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: target))
  }
}
