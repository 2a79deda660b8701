internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Who owned a rule at an instant.
struct OwnersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "owners", abstract: "Says who owned a rule at an instant, and by which record.",
    discussion: """
      Example:
        tenure owners pii-to-trusted --at 2026-08-12T09:30:00Z

      Exit status: 0 somebody owned it, 1 could not finish, 2 nobody owned it, or the owner had left, 64 usage.
      """)

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"))
  var rule: String

  @Option(help: ArgumentHelp("An RFC 3339 instant, or a date, which means 00:00:00 UTC.", valueName: "instant"))
  var at: String

  @OptionGroup var inputs: InputOptions

  func validate() throws {
    guard Instant(dateOrInstant: at) != nil else {
      throw ValidationError(
        "\(at) is neither a date nor an RFC 3339 instant. Write 2026-08-12 or 2026-08-12T09:30:00Z.")
    }
  }

  func run() async throws {
    try await finish {
      guard let instant = Instant(dateOrInstant: at) else { return .couldNotFinish }
      let plan = try RunPlan(inputs, outFlag: nil, keepStore: false)
      let records = await plan.inputs.read()
      Terminal.diagnostics(records.diagnostics)
      guard records.history.ruleIDs.contains(rule) else {
        Terminal.talk(
          "error: No version of the policy has a rule \(rule). Known rules: \(records.history.ruleIDs.sortedBytewise().prefix(20).joined(separator: ", "))."
        )
        return .couldNotFinish
      }
      let ownership = records.ownership
      let tenures = ownership.tenures(of: rule)
      let version = records.history.inForce.value(at: instant.microseconds).map { records.history.versions[$0] }
      Terminal.result("rule      \(rule)")
      Terminal.result("at        \(instant)")
      Terminal.result(
        "version   \(version?.id ?? "none in force")\(version.map { $0.rules.contains { $0.id == rule } ? "" : ", which does not have the rule" } ?? "")"
      )
      guard let tenure = OwnershipHistory.deciding(among: tenures, at: instant) else {
        Terminal.result("owner     nobody on record")
        return .findings
      }
      let status = ownership.status(of: tenure.record.owner, at: instant)
      let left = ownership.people.absences(of: tenure.record.owner).first { $0.covers(instant) }?.from
      Terminal.result("owner     \(tenure.record.owner)")
      Terminal.result("status    \(status.name)\(status == .departed ? left.map { ", left at \($0)" } ?? "" : "")")
      Terminal.result("since     \(tenure.record.from)\(tenure.record.to.map { ", until \($0)" } ?? "")")
      Terminal.result("record    \(tenure.record.source):\(tenure.record.line), \(tenure.record.provenance.rawValue)")
      if let recorded = tenure.record.recordedAt {
        Terminal.result("recorded  \(recorded)\(tenure.record.isBackdated ? ", later than it took effect" : "")")
      }
      for other in tenures where other != tenure && other.record.covers(instant) {
        Terminal.result(
          "also      \(other.record.owner), \(other.record.role), since \(other.record.from) (\(other.record.source):\(other.record.line))"
        )
      }
      return status == .departed ? .findings : .done
    }
  }
}
