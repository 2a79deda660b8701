package import XMLDocuments

/// A file for a tool that is not ours; `path` is below `exchange/` in the pack.
package struct ExchangeFile: Sendable {
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A format of another tool, written from `evidence/exchange.xml` alone.
package protocol ExchangeFormat: Sendable {
  /// As the documentation calls it: `sarif`.
  var name: String { get }
  var title: String { get }
  /// What a pack says and this format has no place for, a sentence each.
  var cannotExpress: [String] { get }
  /// - Parameter exchange: an `exchange` document that is valid against the schema of evidence.
  func files(of exchange: XMLDocument) throws -> [ExchangeFile]
}

/// Every format that a pack carries beside those that stylesheets of `templates/exchange/` make.
package enum ExchangeFormats {
  package static let all: [any ExchangeFormat] = [
    SARIFFormat(), HDFFormat(), OCSFFormat(), StatementFormat(), SpreadsheetFormat(), SQLiteFormat(),
  ]
}
