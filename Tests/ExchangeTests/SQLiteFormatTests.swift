import Foundation
import GRDB
import Testing

@testable import Exchange

enum SQLiteFixture {
  /// The database of the fixture; its file is gone as soon as it is open.
  static func open() throws -> DatabaseQueue {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try Data(try ExchangeFixture.files(SQLiteFormat())["evidence.sqlite"] ?? []).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration)
  }
}

@Suite struct SQLiteFormatTests {
  @Test func theSameFactsAreTheSameBytes() throws {
    let first = try ExchangeFixture.files(SQLiteFormat())
    #expect(try ExchangeFixture.files(SQLiteFormat()) == first)
  }

  @Test func theDatabaseIsWhole() throws {
    try SQLiteFixture.open().read { database in
      let answer = try String.fetchAll(database, sql: "PRAGMA integrity_check")
      #expect(answer == ["ok"])
    }
  }

  @Test func everyViewAnswers() throws {
    try SQLiteFixture.open().read { database in
      for view in SQLiteTables.views {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(view.name)")
        #expect(!rows.isEmpty, "\(view.name)")
      }
    }
  }

  @Test func everyColumnIsDescribed() throws {
    try SQLiteFixture.open().read { database in
      let missing = try String.fetchAll(
        database,
        sql: """
          SELECT m.name || '.' || c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
          AND NOT EXISTS (SELECT 1 FROM description d WHERE d.object = m.name AND d."column" = c.name)
          """)
      #expect(missing == [])
    }
  }

  @Test func ownersOfARuleChangeAtTheInstant() throws {
    try SQLiteFixture.open().read { database in
      for (instant, owner) in [
        ("2026-08-09T23:59:59.999999Z", "dana"), ("2026-08-10T00:00:00.000000Z", "gateway-team"),
      ] {
        let found = try String.fetchAll(
          database,
          sql: "SELECT owner FROM owner_of_rule WHERE rule = 'pii-to-trusted' AND starts <= ? AND ? < ends",
          arguments: [instant, instant])
        #expect(found == [owner])
      }
    }
  }
}
