internal import ArgumentParser
internal import Assessment
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake
internal import Replay

/// The five joins of one decision, in words.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains one decision: version, rule, owner, class and controls, with the records behind each.",
    discussion: """
      Reads the routing logs until they end, and explains every line with this request id.

      Example:
        tenure explain req-0907-0003

      Exit status: 0 explained, 1 could not finish or no such request, 64 usage.
      """)

  @Argument(help: ArgumentHelp("The request's id, as the log has it.", valueName: "request-id"))
  var request: String

  @OptionGroup var inputs: InputOptions

  func run() async throws {
    try await finish {
      let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
      let records = await plan.inputs.read()
      let found = LogFinder(inputs: plan.inputs).find(plan.configuration.routingLogs)
      Terminal.diagnostics(records.diagnostics + found.diagnostics)
      let replay = ReplayPlan(records, settings: plan.settings)
      var count = 0
      for log in found.logs {
        do {
          let finder = DecisionFinder(replay)
          let decisions = try finder.find(request, in: log)
          for decision in decisions {
            if count > 0 { Terminal.result("") }
            explain(decision, in: log, records, plan)
            count += 1
          }
        } catch let error as SourceError {
          Terminal.diagnostic(error.diagnostic(name: log.name))
        }
      }
      guard count > 0 else {
        Terminal.talk(
          "error: No valid line has the request id \(request). Check the id, and the rejects of the pack's sources.")
        return .couldNotFinish
      }
      return .done
    }
  }

  private func explain(_ decision: JudgedDecision, in log: LogFinder.Log, _ records: Records, _ plan: RunPlan) {
    Terminal.result("Request \(decision.requestID)")
    Terminal.result(
      "  stands in \(log.name), line \(decision.position.line), byte \(decision.position.byteOffset), SHA-256 of the line \(decision.lineDigest)"
    )
    let agent = decision.agent.isEmpty ? "an agent that is not named" : decision.agent
    let dataClass = decision.dataClass.isEmpty ? "no data class" : "data class \(decision.dataClass)"
    Terminal.result(
      "  1. decision  At \(decision.at) \(agent) asked for \(decision.requestedModel.isEmpty ? "no named model" : decision.requestedModel) with \(dataClass), \(decision.tokensIn) tokens\(decision.tools.isEmpty ? "" : " and tools \(decision.tools.joined(separator: ", "))"); outcome \(decision.outcome.name)\(decision.servedModel.isEmpty ? "" : ", answered by \(decision.servedModel)")."
    )
    if !plan.period.contains(decision.at) {
      Terminal.result("               It lies outside the period \(plan.period.name), so the pack does not judge it.")
    }
    guard let version = records.history.versions.first(where: { $0.id == decision.version }) else {
      Terminal.result("  2. version   None was in force at that instant.")
      Terminal.result("  class        \(decision.decisionClass.name)")
      return
    }
    Terminal.result("  2. version   \(version.id) was in force, since \(version.effectiveFrom) (\(version.source)).")
    if let rule = version.rules.first(where: { $0.id == decision.rule }) {
      Terminal.result(
        "  3. rule      \(rule.id): \(rule.words)\(decision.claimedRule.isEmpty ? " The log names no rule." : decision.claimedRule == rule.id ? " The log names it too." : " The log names \(decision.claimedRule).")"
      )
    } else {
      Terminal.result("  3. rule      No rule of that version matches.")
    }
    switch decision.ownerStatus {
    case .notAsked: Terminal.result("  4. owner     Nobody to ask for, since no rule applied.")
    case .none: Terminal.result("  4. owner     Nobody owned the rule at that instant.")
    case .departed, .owned:
      let tenure = OwnershipHistory.deciding(among: records.ownership.tenures(of: decision.rule), at: decision.at)
      let record = tenure.map { " (\($0.record.source):\($0.record.line), since \($0.record.from))" } ?? ""
      Terminal.result(
        "  4. owner     \(decision.owner)\(record)\(decision.ownerStatus == .departed ? ", who had left by then" : "")."
      )
    }
    Terminal.result("  class        \(decision.decisionClass.name): \(decision.decisionClass.words)")
    if decision.indeterminate {
      Terminal.result(
        "               Agent or data class is empty, and a rule that goes first might have applied: no check counts it as certain."
      )
    }
    let checks = decision.checks
    let controls = plan.library.mappings.filter { checks.contains($0.check) && plan.frameworks.contains($0.framework) }
    if checks.isEmpty {
      Terminal.result("  5. controls  It is no exception to any check of this version.")
    } else {
      Terminal.result("  5. controls  It counts in \(checks.joined(separator: ", ")), which speak about:")
      for framework in plan.library.frameworks {
        guard controls.contains(where: { $0.framework == framework.id }) else { continue }
        Terminal.result(
          "               \(framework.shortTitle) (mapping: \(plan.library.review(of: framework.id).words)):")
        for control in framework.controls {
          let own = controls.filter { $0.framework == framework.id && $0.control == control.id }
          guard !own.isEmpty else { continue }
          let how = own.map { ([$0.check, $0.relation] + $0.effects).joined(separator: " ") }.joined(separator: "; ")
          Terminal.result("                 \(control.display) \(control.title) (\(how))")
        }
      }
    }
  }
}

/// Finds decisions by request id and judges them.
private struct DecisionFinder {
  private let judge: DecisionJudge
  private let names: NameTable

  init(_ plan: ReplayPlan) {
    judge = DecisionJudge(plan)
    names = NameTable(of: plan)
  }

  func find(_ request: String, in log: LogFinder.Log) throws -> [JudgedDecision] {
    guard
      let format = try log.path == "-"
        ? DetectedFormat(format: log.format ?? .native, shape: log.format?.statedShape ?? .lines)
        : RoutingLogFormat.detect(path: log.path, stated: log.format)
    else { return [] }
    var found: [JudgedDecision] = []
    let wanted = Array(request.utf8)
    let reader = LogReader(try ByteSource(path: log.path), format: format)
    _ = try reader.forEach(in: format.format) { entry in
      guard case .decision(let record, let position, let digest) = entry, record.requestID.raw.elementsEqual(wanted)
      else { return }
      found.append(
        JudgedDecision(
          record, judge.judge(record, names: names), names: names, position: position, lineDigest: digest))
    }
    return found
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

extension JudgedDecision {
  /// The checks in which this decision is an exception.
  fileprivate var checks: [String] {
    var checks: [String] =
      switch decisionClass {
      case .malformed: ["RG-LOG-02"]
      case .noPolicy: ["RG-POL-01"]
      case .noRule: outcome == .success ? ["RG-BLK-02"] : []
      case .blockedButServed: ["RG-BLK-01", "RG-POL-03"]
      case .overBlocked: ["RG-BLK-03", "RG-POL-03"]
      case .jurisdictionViolation: ["RG-DAT-01"]
      case .driftNotEscalated, .wrongTarget: ["RG-ESC-02"]
      case .implicitEscalation, .silentSubstitution, .unattributedEscalation: ["RG-ESC-01"]
      case .ruleMismatch: ["RG-POL-03"]
      case .notServed, .permittedFallback, .compliant: []
      }
    let isFailure = !["", "classifier", "affinity"].contains(trigger)
    let isOrdered = [.driftNotEscalated, .wrongTarget, .unattributedEscalation].contains(decisionClass)
    if isFailure || (!escalatedFrom.isEmpty && !isOrdered), FallbackIsWrittenDown.classes.contains(decisionClass) {
      checks.append("RG-ESC-05")
    }
    if ownerStatus == .none { checks.append("RG-OWN-01") }
    if ownerStatus == .departed { checks.append("RG-OWN-02") }
    if dataClass.isEmpty { checks.append("RG-DAT-02") }
    return checks
  }
}
