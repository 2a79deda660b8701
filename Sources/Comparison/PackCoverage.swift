package import EvidenceModel
internal import XMLDocuments

/// One control of a pack's coverage.
package struct CoverageRow: Sendable, Hashable {
  package var framework, control, display, title, state, gap, record: String
  /// The id of the nearest heading above; empty where there is none.
  package var category: String
  /// How far people have read the framework's mapping: `draft`, `reviewed` or `none`.
  package var review: String
  /// Under which circumstances the mappings used speak about anyone; empty where they state none.
  package var condition: String

  package init(
    framework: String, control: String, display: String, title: String, state: String, gap: String, record: String,
    category: String, review: String, condition: String
  ) {
    self.framework = framework
    self.control = control
    self.display = display
    self.title = title
    self.state = state
    self.gap = gap
    self.record = record
    self.category = category
    self.review = review
    self.condition = condition
  }
}

/// What a pack's coverage pages say.
package struct PackCoverage: Sendable {
  package var rows: [CoverageRow]
  /// Of each framework: what one more kind of record would do.
  package var unlocks: [(record: String, settles: Int, helps: Int)]

  package init(rows: [CoverageRow] = [], unlocks: [(record: String, settles: Int, helps: Int)] = []) {
    self.rows = rows
    self.unlocks = unlocks
  }
}

extension PackFolder {
  /// Every control of every framework of a pack, from its coverage matrices.
  package func coverage() throws(Diagnostic) -> PackCoverage {
    var coverage = PackCoverage()
    for name in digests(under: "evidence/m/").keys.sortedBytewise() {
      let document = try document(name)
      // Elements live no longer than their document.
      defer { withExtendedLifetime(document) {} }
      let framework = document.root?["framework"] ?? ""
      let review = document.root?.child("review")?["status"] ?? ""
      for unlock in document.root?.children(named: "unlock") ?? [] {
        coverage.unlocks.append(
          (unlock["record"] ?? "", Int(unlock["settles"] ?? "") ?? 0, Int(unlock["helps"] ?? "") ?? 0))
      }
      for row in document.root?.children(named: "row") ?? [] {
        coverage.rows.append(
          CoverageRow(
            framework: framework, control: row["id"] ?? "", display: row["display"] ?? "", title: row["title"] ?? "",
            state: row["state"] ?? "",
            gap: row["gap"] ?? "", record: row["record"] ?? "", category: row["category"] ?? "",
            review: review, condition: row["condition"] ?? ""))
      }
    }
    return coverage
  }
}
