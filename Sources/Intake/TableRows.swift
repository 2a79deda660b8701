/// Rows of a delimited table (RFC 4180; `,`, `;` or tab), as bytes come.
struct TableRows {
  /// The column names of a table; nil where the first row is none.
  static func header(of bytes: [UInt8]) -> [String]? { nil }
}
