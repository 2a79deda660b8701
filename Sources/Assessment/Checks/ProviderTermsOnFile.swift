internal import EvidenceModel
internal import Replay

/// Each outside route has terms on file.
struct ProviderTermsOnFile: Check {
  static let definition = CheckDefinition(
    id: "RG-DAT-03", title: "Each outside route has terms on file",
    question:
      "Were terms with every provider on file and in force when it was used, and do they allow the places and the data classes that went there?",
    method:
      "Each provider that the logs name is looked up in the register of provider terms at its first and its last use in the period. No terms, terms that had ended or not begun, a place or a data class that the terms leave out are exceptions. Terms that say nothing of data use, retention, place or incident notice cannot be told. A provider all of whose registered deployments are self-hosted is no outside route; without a deployment register it cannot be told whether one that has no terms is.",
    population: "providers with traffic",
    cannotShow: "Whether the provider keeps its terms; what data a request without a data class carried.")

  func assess(_ facts: AssessmentFacts) -> CheckOutcome {
    let own = selfHosted(facts.records.inventory)
    let used = facts.seen.filter { $0.kind == .provider && own[$0.name] != true }
    let unnamed = facts.traffic.reduce(0) { $0 + ($1.provider.isEmpty ? $1.n : 0) }
    let missing = unnamed > 0 ? ["the provider of every served decision"] : []
    guard let register = facts.records.registers.terms else {
      return conclude(
        population: used.count, exceptions: 0, cannotTell: used.count,
        missing: (used.isEmpty ? [] : [MissingRecord.terms.words]) + missing, whenEmpty: Self.whenEmpty)
    }
    var terms: ByName<[ProviderTerms]> = [:]
    for entry in register { terms[entry.provider, default: []].append(entry) }
    var places: ByName<ByName<Int>> = [:]
    for row in facts.traffic { places[row.provider, default: [:]][row.jurisdiction, default: 0] += row.n }
    var classes: ByName<ByName<Int>> = [:]
    for link in facts.links where link.side == .dataClass && link.otherSide == .provider {
      classes[link.other, default: [:]][link.name, default: 0] += link.n
    }
    let verdicts = used.map { row in
      verdict(
        on: row, terms: terms[row.name] ?? [], hasDeployments: facts.records.inventory.hasDeployments,
        places: places[row.name] ?? [:], classes: classes[row.name] ?? [:])
    }
    return concludeOverSubjects(verdicts, missing: missing, whenEmpty: Self.whenEmpty)
  }

  private static let whenEmpty = "No decision went to an outside provider."

  /// Providers all of whose deployments on the register are self-hosted.
  private func selfHosted(_ inventory: Inventory) -> ByName<Bool> {
    var own: ByName<Bool> = [:]
    for (_, steps) in inventory.deployments {
      for deployment in steps.values {
        own[deployment.provider] = (own[deployment.provider] ?? true) && deployment.hosting == .selfHosted
      }
    }
    return own
  }

  private func verdict(
    on row: SeenRow, terms: [ProviderTerms], hasDeployments: Bool, places: ByName<Int>, classes: ByName<Int>
  ) -> SubjectVerdict {
    var verdict = SubjectVerdict(.provider, row.name, decisions: row.n)
    verdict.details = ["First used \(row.first), last used \(row.last)."]
    guard !terms.isEmpty else {
      if hasDeployments {
        verdict.faults.append("has no terms on file")
      } else {
        verdict.doubt("whether it is an outside route, which would need terms", missing: "a deployment register")
      }
      return verdict
    }
    let relevant = terms.filter { entry in entry.from <= row.last && (entry.until.map { row.first < $0 } ?? true) }
      .sorted { $0.from < $1.from }
    verdict.details += relevant.map(words)
    func inForce(_ instant: Instant) -> Bool {
      relevant.contains { entry in entry.from <= instant && (entry.until.map { instant < $0 } ?? true) }
    }
    for instant in row.first == row.last ? [row.first] : [row.first, row.last] where !inForce(instant) {
      verdict.faults.append("was used at \(instant), when no terms were in force")
    }
    guard !relevant.isEmpty else { return verdict }
    if verdict.faults.isEmpty, let gap = gap(relevant, from: row.first, to: row.last) {
      verdict.doubt(
        "whether it was used from \(gap), when no terms were in force", missing: "terms without a gap between them")
    }
    judge(places, "place", in: relevant.map(\.jurisdictions), &verdict)
    judge(classes, "data class", in: relevant.map(\.dataClasses), &verdict)
    let clauses: [(String, (ProviderTerms) -> Bool)] = [
      ("data use", \.dataUse.isEmpty), ("retention", \.retention.isEmpty), ("place", \.jurisdictions.isEmpty),
      ("incident notice", \.incidentNotice.isEmpty),
    ]
    let silent = clauses.filter { relevant.contains(where: $0.1) }.map(\.0)
    if !silent.isEmpty {
      verdict.doubt(
        "what its terms say of \(silent.joined(separator: ", "))",
        missing: "provider terms that state data use, retention, place and incident notice")
    }
    return verdict
  }

  /// Whether the terms in force allow what went there. Terms that state nothing, or differ, leave it open.
  private func judge(_ used: ByName<Int>, _ what: String, in lists: [[String]], _ verdict: inout SubjectVerdict) {
    let stated = lists.count { !$0.isEmpty }
    guard stated > 0 else { return }
    // How many of the terms name each place or class; a list may name one twice.
    var allowing: ByName<Int> = [:]
    for list in lists {
      var names: ByName<Bool> = [:]
      for name in list { names[name] = true }
      for name in names.keys { allowing[name, default: 0] += 1 }
    }
    for name in used.keys.sortedBytewise() {
      let n = used[name] ?? 0
      let allowed = allowing[name] ?? 0
      if what == "place", name.isSameName(as: Inventory.unknownJurisdiction) {
        verdict.doubt(
          "in which place it served \(counted(n, "decision"))", missing: "the jurisdiction of every deployment")
      } else if allowed == 0, stated == lists.count {
        verdict.faults.append(
          what == "place"
            ? "served \(counted(n, "decision")) in \(name), a place that its terms leave out"
            : "was sent \(counted(n, "decision")) of \(what) \(name), which its terms leave out")
      } else if allowed < lists.count {
        verdict.doubt(
          "whether the terms in force at the time allow \(what) \(name)",
          missing: "provider terms that state every place and data class")
      }
    }
  }

  /// The first instant between two uses at which no terms hold; nil where there is none.
  private func gap(_ terms: [ProviderTerms], from first: Instant, to last: Instant) -> Instant? {
    var reach = first
    for entry in terms where entry.from <= reach {
      guard let until = entry.until else { return nil }
      reach = max(reach, until)
    }
    return reach <= last ? reach : nil
  }

  private func words(_ terms: ProviderTerms) -> String {
    let end = terms.until.map { " until \($0)" } ?? ""
    let document = terms.document.isEmpty ? "" : ", \(terms.document)"
    return "Terms from \(terms.from)\(end)\(document) (\(terms.place))."
  }
}
