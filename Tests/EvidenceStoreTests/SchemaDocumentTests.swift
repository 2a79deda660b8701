import EvidenceStore
import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct SchemaDocumentTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("docs/store.md").path

  /// The words that the page sets in code type, such as `rule_id`, by heading of the third level.
  private func documented() throws -> [String: Set<String>] {
    let text = try String(contentsOfFile: Self.path, encoding: .utf8)
    var sections: [String: Set<String>] = [:]
    for section in text.components(separatedBy: "\n### ").dropFirst() {
      let parts = section.components(separatedBy: "\n## ")[0].split(separator: "\n", maxSplits: 1)
      sections[String(parts[0])] = Self.code(in: String(parts.last ?? ""))
    }
    return sections
  }

  private static func code(in text: String) -> Set<String> {
    Set(
      text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
        .map { String($0.element) })
  }

  @Test func docsNameEveryTableAndColumn() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      let tables = try DatabaseQueue(path: path).read { database in
        try String.fetchAll(
          database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).map { table in
          (name: table, columns: try database.columns(in: table).map(\.name))
        }
      }
      #expect(tables.count >= 18)
      let sections = try documented()
      for table in tables {
        // A table has a section of its own, or a row of a section of several.
        let own = sections.filter { Self.code(in: $0.key).contains(table.name) }.values.first
        let shared = sections.values.first { $0.contains(table.name) && $0.isSuperset(of: table.columns) }
        let words = try #require(own ?? shared, "\(table.name) is not in docs/store.md")
        for column in table.columns { #expect(words.contains(column), "\(table.name).\(column)") }
      }
    }
  }

  @Test func docsNameNoOtherTables() throws {
    let headings = try documented().keys.flatMap { Self.code(in: $0) }
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      _ = try EvidenceStore(path: path)
      for table in headings {
        let n: Int? = try value("SELECT count(*) FROM sqlite_schema WHERE name = '\(table)'", in: path)
        #expect(n == 1, "\(table)")
      }
    }
  }
}
