internal import Assets
internal import EvidenceModel
internal import XMLDocuments

/// Explains words of the product that no record holds: states of checks and controls, and ids of diagnostics.
struct WordExplanation {
  let assets: AssetLibrary
  let format: OutputFormat

  /// A state in the sentences of a pack's glossary; false where there is none of that name.
  func explainState(_ name: String) throws(XMLProblem) -> Bool {
    let isResult = CheckResult(rawValue: name) != nil
    let isState = ControlState(rawValue: name) != nil
    guard isResult || isState else { return false }
    let strings = try PageStrings(assets)
    let ofCheck = isResult ? strings["explain.result.\(name)"] : nil
    let ofControl = isState ? strings["explain.state.\(name)"] : nil
    if format == .json {
      Terminal.event(
        "state-explained",
        ["state": .text(name), "of_check": ofCheck.map { .text($0) }, "of_control": ofControl.map { .text($0) }])
      return true
    }
    Terminal.result("State \(name)")
    if let ofCheck { Terminal.result("  of a check    \(ofCheck)") }
    if let ofControl { Terminal.result("  of a control  \(ofControl)") }
    return true
  }

  /// What the id of a diagnostic means; false where the program prints none of that id.
  func explainDiagnostic(_ id: String) -> Bool {
    guard let explanation = DiagnosticExplanation.of(id) else { return false }
    if format == .json {
      Terminal.event(
        "diagnostic-explained",
        ["id": .text(id), "meaning": .text(explanation.meaning), "next_step": .text(explanation.nextStep)])
      return true
    }
    Terminal.result("Diagnostic \(id)")
    Terminal.result("  means      \(explanation.meaning)")
    Terminal.result("  next step  \(explanation.nextStep)")
    return true
  }
}

/// The sentences of pages in English, by id.
struct PageStrings {
  private let strings: [String: String]

  init(_ assets: AssetLibrary) throws(XMLProblem) {
    let name = "templates/strings/en.xml"
    let document = try XMLDocument(assets.bytes(name) ?? [], name: name)
    strings = Dictionary(
      (document.root?.children(named: "s") ?? []).compactMap { string in string["id"].map { ($0, string.text) } },
      uniquingKeysWith: { first, _ in first })
  }

  subscript(id: String) -> String? { strings[id] }
}
