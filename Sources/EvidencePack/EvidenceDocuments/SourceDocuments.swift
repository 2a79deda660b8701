internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Intake
internal import Replay

extension DocumentContext {
  func sourceDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let sources = facts.sources
    let orders = [
      ListOrder(name: "name", items: sources) { $0.name },
      ListOrder(
        name: "time", items: sources.sorted { $0.first?.microseconds ?? .max < $1.first?.microseconds ?? .max }
      ) { source in source.first.map { time.day(time.dayNumber($0)) } ?? "–" },
    ]
    let list = ListKind(folder: "s", root: "sources-list", stylesheet: "sources", title: "Sources")
    try listDocuments(list, orders, emit: emit) { source, xml in
      self.sourceFacts(source, element: "source-facts", in: &xml)
    }
    for (index, source) in sources.enumerated() {
      let counts = try pack.evidence.fieldCounts(of: source)
      let reasons = try pack.evidence.rejectReasons(of: source)
      var rejects: [Reject] = []
      try pack.evidence.forEachReject(limit: 200, of: source) { rejects.append($1) }
      let hours = try pack.evidence.hours(of: source)
      let dayCounts = try pack.evidence.days(of: source)
      let neighbour = { (other: Int) -> (String, String)? in
        sources.indices.contains(other) ? (layout.source(sources[other].name), sources[other].name) : nil
      }
      try emit(
        document(
          "source", page: layout.source(source.name), stylesheet: "source", id: source.name,
          title: "Source \(source.name)",
          crumbs: [("s/index.html", "Sources")], previous: neighbour(index - 1), next: neighbour(index + 1)
        ) { xml in
          sourceFacts(source, element: "facts", in: &xml)
          fields(of: source, counts, in: &xml)
          logStrip(of: source, hours, in: &xml)
          days(ofSource: dayCounts, in: &xml)
          xml.element("rejects", ["shown": String(rejects.count), "of": String(source.malformed)]) { xml in
            for (reason, n) in reasons {
              xml.element("reason", ["id": reason.rawValue, "words": reason.words, "n": String(n)])
            }
            for reject in rejects {
              xml.element(
                "reject",
                [
                  "anchor": anchor("reject", source.name, String(reject.position.byteOffset)),
                  "line": String(reject.position.line),
                  "byte-offset": String(reject.position.byteOffset), "bytes": String(reject.position.bytes),
                  "reason": reject.reason.words + ". " + reject.reason.nextStep,
                  "line-sha256": reject.lineDigest.description,
                ])
            }
          }
        })
    }
  }
  /// How each field came by its values: by the format's own words, and counted.
  private func fields(of source: ScannedSource, _ counts: FieldCounts, in xml: inout XMLWriter) {
    let format = RoutingLogFormat(identity: source.format, named: pack.namedFormats)
    let origins = Dictionary(
      ((format?.origins ?? []) + RoutingField.foundByReplay).map { ($0.field, $0.from) },
      uniquingKeysWith: { first, _ in first })
    for field in RoutingField.allCases {
      let sums = counts[field]
      let logged = source.judged - sums.empty - sums.inferred - sums.matched
      xml.element(
        "derived",
        [
          "field": field.rawValue, "from": origins[field] ?? "-", "logged": String(logged),
          "matched": String(sums.matched), "inferred": String(sums.inferred), "empty": String(sums.empty),
          "share-text": FigureText.share(source.judged - sums.empty, of: source.judged),
        ])
    }
  }
}

extension RoutingField {
  /// Fields that no log holds: replay finds them by the deployment.
  fileprivate static let foundByReplay = [
    FieldOrigin(
      field: .jurisdiction, provenance: .matched,
      from: "register of deployments by deployment; inferred where only the endpoint's host is listed"),
    FieldOrigin(
      field: .hosting, provenance: .matched, from: "register of deployments; inferred from the endpoint's host"),
  ]
}
