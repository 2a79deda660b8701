/// Something wrong with an input: what, where, and the next step. The terminal, JSON lines and the pack's pages render the same value.
package struct Diagnostic: Hashable, Sendable, Error {
  package enum Severity: String, Sendable { case warning, error }

  /// Stable, in kebab case: `ownership-bad-instant`.
  package var id: String
  package var severity: Severity
  package var file: String
  /// Counted from 1.
  package var line: Int?
  /// Counted from 0, from the start of the file (after decompression).
  package var byteOffset: Int?
  package var summary: String
  package var nextStep: String

  package init(
    id: String, severity: Severity = .error, file: String, line: Int? = nil, byteOffset: Int? = nil,
    summary: String, nextStep: String
  ) {
    self.id = id
    self.severity = severity
    self.file = file
    self.line = line
    self.byteOffset = byteOffset
    self.summary = summary
    self.nextStep = nextStep
  }

  /// `ownership.csv:7 (byte 312): …`
  package var place: String {
    var text = file
    if let line { text += ":\(line)" }
    if let byteOffset { text += " (byte \(byteOffset))" }
    return text
  }
}
