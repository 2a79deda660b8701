internal import EvidenceModel

/// Checks and findings by result, as a reader of any format can add them up again.
struct ResultCounts: Encodable {
  struct Counts: Encodable {
    var fail = 0
    var exception = 0
    var cannotTell = 0
    var pass = 0
    var notApplicable = 0

    enum CodingKeys: String, CodingKey {
      case fail, exception, pass
      case cannotTell = "cannot-tell"
      case notApplicable = "not-applicable"
    }

    init(_ results: some Sequence<CheckResult>) {
      for result in results {
        switch result {
        case .fail: fail += 1
        case .exception: exception += 1
        case .cannotTell: cannotTell += 1
        case .pass: pass += 1
        case .notApplicable: notApplicable += 1
        }
      }
    }
  }

  var checks, findings: Counts
  /// Findings of the pack; those counted above may be the first of them.
  var findingsOf: Int

  init(_ facts: ExchangeFacts) {
    checks = Counts(facts.checks.lazy.map(\.result))
    findings = Counts(facts.findings.lazy.map(\.result))
    findingsOf = facts.findingsOf
  }
}
