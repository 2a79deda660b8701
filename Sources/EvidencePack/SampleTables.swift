internal import EvidenceModel
internal import EvidenceStore

/// The exact tables of what is drawn for testing by hand, as far as columns go.
enum SampleTables {
  static let attributeColumns = ["item", "draw_sha256", "source"] + JudgedDecision.detailColumns
  static let boundaryColumns =
    ["change", "changed_at", "changed_rule", "before", "after", "side", "draw_sha256", "source"]
    + JudgedDecision.detailColumns

  static func fields(of change: BoundarySample.Change, _ side: BoundarySample.Side) -> [String] {
    [
      change.kind.rawValue, change.at.description, change.rule ?? "", change.before ?? "", change.after ?? "",
      side.rawValue,
    ]
  }

  /// A line with its LF: what the table says of the item, then of the decision.
  static func line(_ fields: [String], _ drawn: SampledDecision) -> [UInt8] {
    CanonicalCSV.line(fields + [drawn.digest.description, drawn.located.source.name]).dropLast() + [0x2C]
      + drawn.canonical
  }
}
