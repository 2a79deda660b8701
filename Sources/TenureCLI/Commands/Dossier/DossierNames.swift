internal import Assessment
internal import Assets
internal import EvidenceModel
internal import Verification

/// Which dossiers of a pack a name stands for.
struct DossierNames {
  let dossiers: [PackDossiers.Dossier]
  let assets: AssetLibrary

  /// Tried in this order: a page, the id of a rule or of a control, another spelling of a control. How a spelling was
  /// read is said on the terminal.
  func find(_ written: String) throws(Diagnostic) -> [PackDossiers.Dossier] {
    let pages = dossiers.filter { $0.page == written }
    if !pages.isEmpty { return pages }
    let direct = dossiers.filter {
      $0.id.utf8.elementsEqual(written.utf8) || $0.display.utf8.elementsEqual(written.utf8)
    }
    if !direct.isEmpty { return direct }
    let (references, ruling) = MappingLibrary(assets).resolve(written)
    if let ruling { Terminal.talk("\(written): \(ruling.ruling). \(ruling.why)") }
    let cited = dossiers.filter { dossier in
      references.contains {
        dossier.kind == .control && $0.framework.utf8.elementsEqual(dossier.framework.utf8)
          && $0.control.utf8.elementsEqual(dossier.id.utf8)
      }
    }
    if !cited.isEmpty {
      Terminal.talk("reads as: \(cited.map { "\($0.framework) \($0.id)" }.joined(separator: ", "))")
      return cited
    }
    throw unknown(written, isElsewhere: !references.isEmpty)
  }

  private func unknown(_ written: String, isElsewhere: Bool) -> Diagnostic {
    if isElsewhere {
      return Diagnostic(
        id: "dossier-other-framework", file: written, summary: "this control's framework is not in the pack",
        nextStep: "Choose the framework under frameworks: in the configuration, and make the pack again.")
    }
    let names = NearNames(written).nearest(of: dossiers.flatMap { [$0.id, $0.display] })
    return Diagnostic(
      id: "dossier-unknown-name", file: written, summary: "no rule and no control of this pack has that name",
      nextStep: names.isEmpty
        ? "The lists of the pack, r/index.html and c/index.html, have all names."
        : "Near it: \(names.joined(separator: ", ")). The lists of the pack, r/index.html and c/index.html, have all names."
    )
  }
}

/// Names that a misspelt one may have meant.
struct NearNames {
  /// Long names are compared by their beginning, so that the work stays small whatever a pack holds.
  private static let longest = 64

  private let written: [UInt8]

  init(_ written: String) { self.written = Self.plain(written) }

  /// At most three, the nearest first; none that is another name altogether.
  func nearest(of names: [String]) -> [String] {
    var found: [(distance: Int, name: String)] = []
    var seen: Set<[UInt8]> = []
    for name in names where seen.insert(Array(name.utf8)).inserted {
      let distance = distance(to: Self.plain(name))
      if distance <= max(2, written.count / 3) { found.append((distance, name)) }
    }
    found.sort { $0.distance != $1.distance ? $0.distance < $1.distance : $0.name.precedesBytewise($1.name) }
    return found.prefix(3).map(\.name)
  }

  private static func plain(_ name: String) -> [UInt8] { Array(name.lowercased().utf8.prefix(longest)) }

  /// How many bytes must be added, dropped or changed.
  private func distance(to name: [UInt8]) -> Int {
    var row = Array(0...name.count)
    for (index, byte) in written.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in name.enumerated() {
        let above = row[column + 1]
        row[column + 1] = min(diagonal + (byte == other ? 0 : 1), above + 1, row[column] + 1)
        diagonal = above
      }
    }
    return row[name.count]
  }
}
