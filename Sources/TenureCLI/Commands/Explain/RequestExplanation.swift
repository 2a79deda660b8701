internal import Assessment
internal import EvidenceModel
internal import Intake
internal import Replay

/// Explains decisions: the five joins of each, in words.
struct RequestExplanation {
  let records: Records
  let plan: RunPlan
  let format: OutputFormat

  /// Explains every line with this request id; false where no log has one.
  func explain(_ request: String) -> Bool {
    let found = LogFinder(inputs: plan.inputs).find(plan.configuration.routingLogs)
    Terminal.diagnostics(found.diagnostics, as: format)
    let replay = ReplayPlan(records, settings: plan.settings)
    var count = 0
    for log in found.logs {
      do {
        for decision in try DecisionFinder(replay).find(request, in: log) {
          count += 1
          if format == .json {
            printEvent(decision, in: log)
            continue
          }
          if count > 1 { Terminal.result("") }
          explain(decision, in: log)
        }
      } catch let error as SourceError {
        Terminal.diagnostics([error.diagnostic(name: log.name)], as: format)
      } catch {
        Terminal.talk("error: \(log.name): \(error)")
      }
    }
    return count > 0
  }

  private func explain(_ decision: JudgedDecision, in log: LogFinder.Log) {
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
          let how = own.map { mapping in
            ([mapping.check, mapping.relation] + mapping.effects).joined(separator: " ")
              + (mapping.condition.map { ", condition: \($0)" } ?? "")
          }.joined(separator: "; ")
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

extension JudgedDecision {
  /// The checks in which this decision is an exception, in the order of the checks.
  var checks: [String] {
    let isFailure = !["", "classifier", "affinity"].contains(trigger)
    let isOrdered = [.driftNotEscalated, .wrongTarget, .unattributedEscalation].contains(decisionClass)
    var further: Set<String> = []
    if isFailure || (!escalatedFrom.isEmpty && !isOrdered) { further.insert("RG-ESC-05") }
    if outcome == .success { further.insert("RG-BLK-02") }
    var checks: Set<String> = []
    for check in Checks.all.map({ type(of: $0) }) {
      let id = check.definition.id
      let isCounted =
        check.classes.contains(decisionClass)
        || (check.classesInPart.contains(decisionClass) && further.contains(id))
      if isCounted { checks.insert(id) }
    }
    if ownerStatus == .none { checks.insert("RG-OWN-01") }
    if ownerStatus == .departed { checks.insert("RG-OWN-02") }
    if dataClass.isEmpty { checks.insert("RG-DAT-02") }
    return Checks.definitions.map(\.id).filter(checks.contains)
  }
}
