internal import EvidenceModel
internal import Foundation
package import XMLDocuments

/// One control of a pack's coverage.
package struct CoverageRow: Sendable, Hashable {
  package var framework, control, display, title, state, gap, record: String

  package init(
    framework: String, control: String, display: String, title: String, state: String, gap: String, record: String
  ) {
    self.framework = framework
    self.control = control
    self.display = display
    self.title = title
    self.state = state
    self.gap = gap
    self.record = record
  }
}

/// Reads what a pack says, from its evidence documents.
package enum PackReader {
  /// Every control of every framework of a pack, from its coverage matrices.
  package static func coverage(of pack: String) throws(XMLProblem) -> [CoverageRow] {
    let folder = pack + "/evidence/m"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".xml") }
      .sortedBytewise()
    guard !names.isEmpty else {
      throw XMLProblem(document: pack, line: nil, message: "no coverage is found there. Name the folder of a pack.")
    }
    var rows: [CoverageRow] = []
    for name in names {
      let bytes = FileManager.default.contents(atPath: folder + "/" + name).map { Array($0) } ?? []
      let document = try XMLDocument(bytes, name: name)
      let framework = document.root?["framework"] ?? ""
      for row in document.root?.children(named: "row") ?? [] {
        rows.append(
          CoverageRow(
            framework: framework, control: row["id"] ?? "", display: row["display"] ?? "", title: row["title"] ?? "",
            state: row["state"] ?? "",
            gap: row["gap"] ?? "", record: row["record"] ?? ""))
      }
    }
    return rows
  }
}
