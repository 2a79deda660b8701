internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

extension DocumentContext {
  private typealias OwnerTenures = ByName<[(tenure: Tenure, basis: OwnershipBasis)]>

  func ownerDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let ownership = facts.records.ownership
    var tenures: OwnerTenures = [:]
    for rule in ruleIDs {
      var bases = TenureBases(ownership, rule: rule)
      for tenure in ownership.tenures(of: rule) {
        tenures[tenure.record.owner, default: []].append((tenure, basis(of: tenure, among: &bases)))
      }
    }
    let tallyByOwner = ByName(grouping: tally, by: \.owner)
    let findings = ByName(
      grouping: pack.assessment.findings.filter { $0.subjectKind == .owner }, by: \.subject)
    try ownerList(tenures, tallyByOwner, emit)
    for (index, owner) in owners.enumerated() {
      guard let page = layout.owner(owner) else { continue }
      try emit(
        ownerDocument(
          index, page, tenures: tenures[owner] ?? [], tally: tallyByOwner[owner] ?? [],
          findings: findings[owner] ?? []))
    }
  }

  private func ownerList(
    _ tenures: OwnerTenures, _ tallyByOwner: ByName<[TallyRow]>, _ emit: (EvidenceDocument) throws -> Void
  ) throws {
    var exceptions: ByName<Int> = [:]
    for row in tally where row.decisionClass.isException { exceptions[row.owner, default: 0] += row.sums.n }
    let orders = [
      ListOrder(name: "name", items: owners) { $0 },
      ListOrder(name: "exceptions", items: owners.sorted { exceptions[$0] ?? 0 > exceptions[$1] ?? 0 }) {
        FigureText.grouped(exceptions[$0] ?? 0)
      },
    ]
    let list = ListKind(folder: "o", root: "owners", stylesheet: "owners", title: "Owners")
    try listDocuments(list, orders, emit: emit) { owner, xml in
      let rows = tallyByOwner[owner] ?? []
      let person = facts.records.ownership.people.person(for: owner)
      xml.element(
        "owner-line",
        [
          "anchor": anchor("owner", owner), "owner": FigureText.shortened(owner), "page": layout.owner(owner),
          "team": person?.team, "left": person?.leftAt?.description, "left-text": person?.leftAt.map(time.text),
          "tenures": String(tenures[owner]?.count ?? 0),
          "rules": String(ByName(grouping: tenures[owner] ?? [], by: \.tenure.rule).count),
          "decisions": String(rows.reduce(0) { $0 + $1.sums.n }), "exceptions": String(exceptions[owner] ?? 0),
        ])
    }
  }

  private func ownerDocument(
    _ index: Int, _ page: String, tenures: [(tenure: Tenure, basis: OwnershipBasis)], tally rows: [TallyRow],
    findings: [Finding]
  ) throws -> EvidenceDocument {
    let owner = owners[index]
    let ownership = facts.records.ownership
    let hasExceptions = rows.contains { $0.decisionClass.isException }
    let exceptionsPage = hasExceptions ? layout.decisions(.owner, owner, page: 1) : nil
    let person = ownership.people.person(for: owner)
    let neighbour = { (other: Int) -> (String, String)? in
      guard owners.indices.contains(other), let page = layout.owner(owners[other]) else { return nil }
      return (page, owners[other])
    }
    let limit = 500
    return document(
      "owner", page: page, stylesheet: "owner", id: owner, title: "Owner \(owner)",
      attributes: [
        [
          "team": person?.team, "left": person?.leftAt?.description, "left-text": person?.leftAt.map(time.text),
          "on-register": ownership.hasPeopleRegister ? String(person != nil) : nil,
          "exceptions-page": exceptionsPage,
        ]
      ],
      crumbs: [("o/index.html", "Owners")], previous: neighbour(index - 1), next: neighbour(index + 1)
    ) { xml in
      timeline(ofOwner: tenures.map(\.tenure), left: person?.leftAt, in: &xml)
      xml.element("tenures", ["shown": String(min(limit, tenures.count)), "of": String(tenures.count)]) { xml in
        for (tenure, basis) in tenures.prefix(limit) { self.tenure(tenure, basis: basis, in: &xml) }
      }
      members(of: owner, in: &xml)
      classes(rows, in: &xml) { _ in exceptionsPage }
      tally(rows, limit: 800, exceptionsPage: exceptionsPage, in: &xml)
      self.findings(findings, in: &xml, page: nil)
    }
  }

  private func members(of team: String, in xml: inout XMLWriter) {
    let memberships = facts.records.ownership.people.memberships(of: team)
    guard !memberships.isEmpty else { return }
    let limit = 500
    xml.element("members", ["shown": String(min(limit, memberships.count)), "of": String(memberships.count)]) { xml in
      for membership in memberships.prefix(limit) {
        xml.element(
          "member",
          [
            ["person": FigureText.shortened(membership.person), "dated": String(membership.isDated)],
            span(membership.from, membership.to),
            ["source": membership.place?.source, "line": membership.place.map { String($0.line) }],
          ])
      }
    }
  }
}
