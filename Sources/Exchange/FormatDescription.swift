/// What a reader of one format has to know. `docs/exchange.md` is written from these, and from nothing else.
package struct FormatDescription: Sendable {
  package struct File: Sendable {
    /// Below `exchange/`.
    package var path: String
    package var says: String
  }

  /// A field of the format, and what stands in it.
  package struct Field: Sendable {
    package var name: String
    package var holds: String
  }

  /// As the documentation calls it: `sarif`.
  package var name: String
  package var title: String
  /// The published format and its version.
  package var standard: String
  /// What it is validated with, and where that was had from.
  package var validated: String
  package var files: [File]
  /// What the five results of a check become, in the order fail, exception, cannot-tell, pass, not-applicable.
  package var results: [String] = []
  package var fields: [Field]
  /// Choices that a reader could have expected otherwise, with their reasons.
  package var notes: [String] = []
  package var cannotExpress: [String]
}

/// A format that is written here, and described beside it.
protocol DescribedFormat: ExchangeFormat {
  static var description: FormatDescription { get }
}

extension DescribedFormat {
  package var name: String { Self.description.name }
  package var title: String { Self.description.title }
  package var cannotExpress: [String] { Self.description.cannotExpress }
}

extension ExchangeFormats {
  /// Formats that are described by field: those written here, and those that stylesheets of `templates/exchange/` make.
  /// OSCAL has a page of its own.
  package static let descriptions: [FormatDescription] = [
    StylesheetFormats.junit, SARIFFormat.description, HDFFormat.description, OCSFFormat.description,
    StatementFormat.description, SpreadsheetFormat.description, SQLiteFormat.description, StylesheetFormats.summary,
  ]
}
