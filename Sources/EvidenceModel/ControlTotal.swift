/// What somebody else's books say of one model on one day: a figure to hold the log against.
package struct ControlTotal: Sendable, Hashable {
  /// Days since 1970-01-01, UTC.
  package var day: Int
  /// As the export writes it.
  package var model: String
  package var requests: Int64
  /// Nil where the export does not say.
  package var costMicros: Int64?
  package var tokensIn: Int64?
  package var tokensOut: Int64?
  /// Where the row stands in the export, counted from 1.
  package var line: Int

  package init(
    day: Int, model: String, requests: Int64, costMicros: Int64? = nil, tokensIn: Int64? = nil, tokensOut: Int64? = nil,
    line: Int
  ) {
    self.day = day
    self.model = model
    self.requests = requests
    self.costMicros = costMicros
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.line = line
  }
}
