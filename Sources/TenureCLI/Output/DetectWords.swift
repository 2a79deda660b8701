internal import EvidenceModel
internal import Foundation
internal import Intake

/// What `tenure detect` says of a file.
enum DetectWords {
  static func lines(_ file: String, _ survey: FileSurvey) -> [String] {
    [file] + facts(survey).map { "  " + $0.name.padding(toLength: 16, withPad: " ", startingAt: 0) + $0.value }
  }

  static func event(_ file: String, _ survey: FileSurvey) {
    var fields: [String: EventValue] = ["file": .text(file), "kind": .text(kind(survey))]
    switch survey.kind {
    case .routingLog(let log):
      fields["format"] = .text(log.format.format.name)
      fields["shape"] = .text(log.format.shapeName)
      fields["evidence"] = .text(log.format.evidence)
      fields["compression"] = .text(log.compression.rawValue)
      fields["decisions"] = .whole(log.decisions)
      fields["rejected"] = .whole(log.rejected)
      fields["blank"] = .whole(log.passed.blank)
      fields["folded"] = .whole(log.passed.folded)
      fields["other"] = .whole(log.passed.other)
      fields["zone_assumed"] = .whole(log.zoneAssumed)
      fields["first"] = log.first.map { .text($0.description) }
      fields["last"] = log.last.map { .text($0.description) }
      fields["never_filled"] = .text(log.neverFilled.map(\.rawValue).joined(separator: ","))
      fields["damage"] = log.damage.map { .text($0.diagnostic(name: file).summary) }
    case .policy(let format, let policy):
      fields["format"] = .text(format.rawValue)
      fields["rules"] = .whole(policy.rules.count)
      fields["schema"] = policy.schema.map { .text($0) }
    case .register(let kind, let rows):
      fields["register"] = .text(kind.rawValue)
      fields["rows"] = .whole(rows)
    case .controlTotals(let rows): fields["rows"] = .whole(rows)
    case .gitBundle: break
    case .codeowners(let lines): fields["rows"] = .whole(lines)
    case .ownershipFile(let kind): fields["what"] = .text(kind.rawValue)
    case .other(let what, let why):
      fields["what"] = .text(what)
      fields["why"] = .text(why)
    }
    Terminal.event("detected", fields)
  }

  private static func kind(_ survey: FileSurvey) -> String {
    switch survey.kind {
    case .routingLog: "routing-log"
    case .policy: "policy"
    case .register: "register"
    case .controlTotals: "control-totals"
    case .gitBundle: "git-bundle"
    case .codeowners: "codeowners"
    case .ownershipFile: "ownership-file"
    case .other: "other"
    }
  }

  private static func facts(_ survey: FileSurvey) -> [(name: String, value: String)] {
    switch survey.kind {
    case .routingLog(let log): facts(log)
    case .policy(let format, let policy): facts(format, policy)
    case .register(.policyVersions, let rows):
      [
        ("is", "a register: policy versions"), ("rows", "\(rows)"),
        ("next", "name it under versions beside a table of rules, or under deployed beside texts of a policy"),
      ]
    case .register(let kind, let rows):
      [("is", "a register: \(kind.rawValue)"), ("rows", "\(rows)")]
        + (kind.input.map { [("next", "name it under \(Configuration.place(of: $0))")] } ?? [])
    case .controlTotals(let rows): [("is", "an independent total, by day and model"), ("rows", "\(rows)")]
    case .gitBundle:
      [("is", "a git bundle"), ("next", "name it under policy as git, with the path of the policy in it")]
    case .codeowners(let lines):
      [
        ("is", "CODEOWNERS, \(lines) \(lines == 1 ? "line" : "lines")"),
        ("next", "it counts through the history of its repository: name that under ownership as codeowners"),
      ]
    case .ownershipFile(let kind):
      [
        ("is", kind.rawValue),
        ("next", next(kind)),
      ]
    case .other(let what, let why):
      // A reader's refusal may begin as a sentence does.
      [("is", what.hasPrefix("it is ") ? String(what.dropFirst(6)) : what), ("not read", why)]
    }
  }

  private static func next(_ kind: FileSurvey.OwnershipFileKind) -> String {
    switch kind {
    case .owner, .kubernetesOwners, .kubernetesAliases:
      "it counts through the history of its repository: name that under ownership as owner-files"
    case .backstage: "name it, or better its repository, under ownership as backstage"
    case .serviceNow: "name it under ownership as servicenow, with the item that stands for the policy"
    case .serviceNowAudit: "name it under audit, beside the table of its items under ownership"
    }
  }

  private static func facts(_ format: PolicyFormat, _ policy: PolicyText) -> [(name: String, value: String)] {
    let actions = Action.allCases.compactMap { action in
      let n = policy.rules.count { $0.action == action }
      return n > 0 ? "\(n) \(action.rawValue)" : nil
    }
    var facts = [("is", "a routing policy (\(format.rawValue))")]
    if let schema = policy.schema { facts.append(("schema", schema)) }
    facts.append(("rules", "\(policy.rules.count)" + (actions.isEmpty ? "" : ": " + actions.joined(separator: ", "))))
    facts.append(
      ("in force", policy.effectiveFrom.map { "from \($0)" } ?? "its history or its file's name has to say since when"))
    return facts.map { (name: $0.0, value: $0.1) }
  }

  private static func facts(_ log: LogSurvey) -> [(name: String, value: String)] {
    var facts: [(String, String)] = [
      ("is", "a routing log (\(log.format.format.name))"),
      ("shown by", log.format.evidence),
      ("form", log.format.shapeName + (log.compression == .none ? "" : ", \(log.compression.rawValue)")),
      ("decisions", decisions(log)),
    ]
    if log.passed.folded + log.passed.other > 0 {
      facts.append(
        ("besides", "\(log.passed.folded) records that are part of a decision, \(log.passed.other) of another kind"))
    }
    for (reason, found) in log.rejects.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      facts.append(
        (
          "rejected",
          "\(found.n): \(reason.words); first at line \(found.first.line), byte \(found.first.byteOffset). \(reason.nextStep)"
        ))
    }
    if let first = log.first, let last = log.last { facts.append(("from, to", "\(first) to \(last)")) }
    if log.zoneAssumed > 0 { facts.append(("time zone", "assumed to be UTC in \(log.zoneAssumed)")) }
    for field in LogSurvey.fields {
      guard let fill = log.filled[field] else { continue }
      let how = [
        fill.inferred > 0 ? "\(fill.inferred) inferred" : nil, fill.matched > 0 ? "\(fill.matched) matched" : nil,
      ]
      .compactMap { $0 }
      facts.append((field.rawValue, "\(fill.n)" + (how.isEmpty ? "" : ", of these " + how.joined(separator: ", "))))
    }
    for field in log.neverFilled { facts.append(("never filled", "\(field.rawValue): \(consequence(of: field))")) }
    if let damage = log.damage { facts.append(("damaged", damage.diagnostic(name: "").summary)) }
    return facts.map { (name: $0.0, value: $0.1) }
  }

  private static func decisions(_ log: LogSurvey) -> String {
    let outcomes = Outcome.allCases.compactMap { outcome in log.outcomes[outcome].map { "\($0) \(outcome.name)" } }
    return outcomes.isEmpty ? "0" : "\(log.decisions): " + outcomes.joined(separator: ", ")
  }

  /// What follows for the checks when a log never fills a field.
  private static func consequence(of field: RoutingField) -> String {
    switch field {
    case .agent: "rules that name an agent never match; RG-LOG-02 counts it, and such decisions are indeterminate"
    case .dataClass: "rules that name a data class never match; RG-DAT-01 and RG-DAT-02 cannot tell"
    case .requestedModel, .servedModel: "no decision can be replayed"
    case .provider: "RG-CON-01 knows models only"
    case .deployment: "no place is known: RG-DAT-01 cannot tell, and rules with allowed places count violations"
    case .claimedRule: "the log names no rule: ordered escalations are unattributed (RG-ESC-01), RG-LOG-02 counts it"
    case .escalatedFrom: "an escalation shows by the models' tiers alone (RG-ESC-01, RG-ESC-05)"
    case .trigger: "permits that name triggers cover nothing; RG-ESC-05 sees no fallback after a failure"
    case .tools: "rules that name a tool never match; RG-ESC-04 has nothing to ask"
    case .outcome, .jurisdiction, .hosting: "it is found otherwise"
    }
  }
}
