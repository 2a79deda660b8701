internal import Assessment
internal import EvidenceModel

/// Explains checks, the controls that they speak about, and the classes of decisions, from the program's own data.
struct CheckExplanation {
  let library: MappingLibrary
  let parameters: CheckParameters
  let format: OutputFormat

  /// What a check asks and of which records; false where there is no such check.
  func explainCheck(_ id: String) -> Bool {
    guard let check = Checks.all.map({ type(of: $0) }).first(where: { $0.definition.id == id }) else { return false }
    let definition = check.definition
    if format == .json {
      printEvent(check)
      printOverrides { $0.check == id }
      return true
    }
    Terminal.result("Check \(id): \(definition.title)")
    Terminal.result("  asks         \(definition.question)")
    Terminal.result("  method       \(definition.method)")
    Terminal.result("  population   \(definition.population)")
    Terminal.result("  cannot show  \(definition.cannotShow)")
    Terminal.result("  reads        \((Checks.inputs[id] ?? []).joined(separator: "; "))")
    for (name, value) in (parameters.values[id] ?? [:]).sorted(by: { $0.key < $1.key }) {
      Terminal.result("  parameter    \(name): \(value.text) (\(value.origin.rawValue))")
    }
    for decisionClass in check.classes {
      Terminal.result("  counts       decisions of class \(decisionClass.name)")
    }
    for decisionClass in check.classesInPart {
      Terminal.result("  counts       decisions of class \(decisionClass.name), where the method says so")
    }
    let mappings = library.mappings.filter { $0.check == id }
    Terminal.result(
      mappings.isEmpty
        ? "  evidence for no control of these frameworks"
        : "  evidence for (mapping in review state: \(library.review(of: mappings.map(\.framework))))")
    for mapping in mappings {
      guard let (framework, control) = find(mapping.control, in: mapping.framework) else { continue }
      Terminal.result(
        "    \(control.display) \(control.title) (\(framework.shortTitle)): \(words(of: mapping))")
    }
    printOverrides { $0.check == id }
    return true
  }

  /// What a control is and which checks speak about it; false where the citation names none.
  func explainControl(_ written: String) -> Bool {
    let (references, ruling) = library.resolve(written)
    if format == .json {
      if let ruling {
        Terminal.event(
          "citation-ruling", ["written": .text(written), "ruling": .text(ruling.ruling), "why": .text(ruling.why)])
      }
      for reference in references {
        if let (framework, control) = find(reference.control, in: reference.framework) {
          printEvent(control, of: framework)
          printOverrides { $0.framework == framework.id && $0.control == control.id }
        }
      }
      return ruling != nil || !references.isEmpty
    }
    if let ruling { Terminal.result("\(written): \(ruling.ruling). \(ruling.why)") }
    for reference in references {
      guard let (framework, control) = find(reference.control, in: reference.framework) else { continue }
      Terminal.result("Control \(control.display): \(control.title)")
      Terminal.result("  framework    \(framework.title), version \(framework.version)")
      if !control.summary.isEmpty { Terminal.result("  about        \(control.summary)") }
      if control.isGroup { Terminal.result("  heading      It is no control of its own; those below it are.") }
      if let reason = control.noCheckReason { Terminal.result("  no check     \(reason)") }
      let mappings = library.mappings.filter { $0.framework == framework.id && $0.control == control.id }
      if !mappings.isEmpty {
        Terminal.result("  checks       (mapping in review state: \(library.review(of: [framework.id])))")
      }
      for mapping in mappings {
        let title = Checks.definitions.first { $0.id == mapping.check }?.title ?? ""
        Terminal.result("    \(mapping.check) \(title): \(words(of: mapping))")
      }
      printOverrides { $0.framework == framework.id && $0.control == control.id }
    }
    return ruling != nil || !references.isEmpty
  }

  /// What a class of decisions says and which checks count it; false where there is none of that name.
  func explainClass(_ name: String) -> Bool {
    guard let decisionClass = DecisionClass(name: name) else { return false }
    if format == .json {
      printEvent(decisionClass)
      return true
    }
    Terminal.result("Class \(name): \(decisionClass.words)")
    Terminal.result(
      "  exception    \(decisionClass.isException ? "yes, each such decision is listed" : "no, such decisions are counted only")"
    )
    for check in Checks.all.map({ type(of: $0) }) {
      let isInPart = check.classesInPart.contains(decisionClass)
      guard isInPart || check.classes.contains(decisionClass) else { continue }
      Terminal.result(
        "  counts in    \(check.definition.id) \(check.definition.title)\(isInPart ? ", where its method says so" : "")"
      )
    }
    return true
  }

  /// What an organisation has overruled: a pair that was taken out stands nowhere else.
  private func printOverrides(where concerns: (MappingOverride) -> Bool) {
    for override in library.overrides where concerns(override) {
      if format == .json {
        Terminal.event("override", override.members)
      } else {
        Terminal.result("  overruled    \(override.words)")
      }
    }
  }

  func find(_ control: String, in framework: String) -> (Framework, Control)? {
    library.frameworks.first { $0.id == framework }.flatMap { framework in
      framework.controls.first { $0.id == control }.map { (framework, $0) }
    }
  }

  /// The relation, the effects, why, and under which condition.
  private func words(of mapping: Mapping) -> String {
    let relation = ([mapping.relation] + mapping.effects).joined(separator: ", ")
    return "\(relation). \(mapping.rationale)" + (mapping.condition.map { " Condition: \($0)" } ?? "")
  }
}

extension DecisionClass {
  /// What the class says, in one sentence.
  var words: String {
    switch self {
    case .malformed: "the line cannot be read as a decision."
    case .noPolicy: "no policy version was in force."
    case .noRule: "no rule of the version in force matches."
    case .notServed: "the request ended in an error, so nothing was served."
    case .blockedButServed: "the rule blocks, and the request was served."
    case .overBlocked: "the rule does not block, and the request was refused."
    case .jurisdictionViolation: "it was served in a place that the rule does not allow."
    case .driftNotEscalated: "the rule orders an escalation, and the request stayed where it was."
    case .permittedFallback: "another model answered, and a permit of the policy covers that."
    case .wrongTarget: "it was escalated, but to a model that neither the rule nor a permit names."
    case .unattributedEscalation: "it was escalated as ordered, and the log names no rule."
    case .implicitEscalation: "it reached a stronger or other model, and no rule ordered or permitted that."
    case .silentSubstitution: "another model answered than the one asked for, and no permit covers that."
    case .ruleMismatch: "the log names a rule that did not apply."
    case .compliant: "it went as the rule says."
    }
  }
}
