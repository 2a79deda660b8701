internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Intake

extension DocumentContext {
  func sourceDocuments(_ emit: (EvidenceDocument) throws -> Void) throws {
    let sources = facts.sources
    for (number, shown) in listPages(sources) {
      try emit(
        document(
          "sources-list", page: layout.list("s", page: number), stylesheet: "sources", id: "sources", title: "Sources"
        ) { xml in
          pages(
            number: number, count: max(1, (sources.count + 199) / 200), rows: sources.count, size: 200,
            title: { rangeTitle(sources.map(\.name), page: $0) }, page: { layout.list("s", page: $0) }, in: &xml)
          for source in shown { sourceFacts(source, element: "source-facts", in: &xml) }
        })
    }
    for (index, source) in sources.enumerated() {
      let empty = try pack.evidence.emptyFields(of: source)
      let reasons = try pack.evidence.rejectReasons(of: source)
      var rejects: [Reject] = []
      try pack.evidence.forEachReject(limit: 200, of: source) { rejects.append($1) }
      let hours = try pack.evidence.hours(of: source)
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
          for origin in RoutingLogFormat(rawValue: source.format)?.origins ?? [] {
            xml.element(
              "derived",
              [
                "field": origin.field.rawValue, "how": origin.provenance.rawValue, "from": origin.from,
                "empty": String(empty[origin.field] ?? 0),
              ])
          }
          days(hours, in: &xml)
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
}
