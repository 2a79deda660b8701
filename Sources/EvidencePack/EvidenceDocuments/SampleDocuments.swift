internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// The lists of what is drawn for testing by hand.
enum SampleList: String, CaseIterable {
  case attribute, stratified, boundary, strata

  /// Numbered from 1.
  func page(_ number: Int) -> String {
    number == 1 ? "d/sample-\(rawValue).html" : "d/sample-\(rawValue)-\(padded(number, 4)).html"
  }

  var title: String {
    switch self {
    case .attribute: "Attribute sample"
    case .stratified: "Stratified sample"
    case .boundary: "Decisions around changes"
    case .strata: "Strata"
    }
  }
}

extension DocumentContext {
  private static let pageSize = 200
  /// A policy of a thousand rules has tens of thousands of decisions around its changes; the table holds them all.
  private static let mostBoundaryItems = 4_000
  static let samplePage = "d/sample.html"

  /// The way into the samples, and their lists with the work paper.
  func sampleDocuments(_ samples: Samples, duplicates: Int, _ emit: (EvidenceDocument) throws -> Void) throws {
    let strata = strata(of: samples)
    try emit(samplePlan(samples, strata: strata.count, duplicates: duplicates))
    for (list, drawn) in [(SampleList.attribute, samples.attribute), (.stratified, samples.stratified)] {
      try samplePages(list, drawn.count, emit) { rows, xml in
        for index in rows { item(drawn[index], number: index + 1, list: list, in: &xml) }
      }
    }
    try boundaryPages(samples.boundary, emit)
    try samplePages(.strata, strata.count, emit) { rows, xml in
      for stratum in strata[rows] {
        xml.element(
          "stratum",
          [
            "rule": stratum.rule, "rule-page": layout.rule(stratum.rule), "class": stratum.decisionClass.name,
            "population": String(stratum.population), "drawn": String(stratum.drawn), "page": stratum.page,
          ])
      }
    }
  }

  // MARK: The plan

  private func samplePlan(_ samples: Samples, strata: Int, duplicates: Int) -> EvidenceDocument {
    let plan = pack.samplePlan
    let distinct = facts.judged - duplicates
    let drawn = samples.attribute.count
    return document(
      "sample-plan", page: Self.samplePage, stylesheet: "sample", id: "sample", title: "Sample",
      attributes: [
        [
          "seed": pack.settings.sampleSeed, "confidence-text": "\(plan.confidence) %",
          "tolerable-rate-text": "\(plan.tolerableRate) %", "expected-exceptions": String(plan.expectedExceptions),
          "size": String(plan.size), "stated": String(plan.isStated), "population": String(facts.judged),
          "distinct": String(distinct), "whole": String(drawn >= distinct),
          "per-stratum": String(pack.settings.sampleSize),
        ]
      ], crumbs: [(Self.samplePage, "Sample")]
    ) { xml in
      let boundary = samples.boundary
      let parts: [(list: SampleList, n: Int, of: Int, data: String)] = [
        (.attribute, drawn, distinct, "data/sample-attribute.csv"),
        (.stratified, samples.stratified.count, strata, "data/sample.csv"),
        (.boundary, boundary.items.count, boundary.changes.count, "data/sample-boundary.csv"),
      ]
      for part in parts {
        xml.element(
          "part",
          [
            "kind": part.list.rawValue, "n": String(part.n), "of": String(part.of), "page": part.list.page(1),
            "of-page": part.list == .stratified ? SampleList.strata.page(1) : nil,
            "decisions": part.list == .boundary ? String(boundary.decisions) : nil,
            "changes": part.list == .boundary ? String(boundary.changesWithItems) : nil,
            "shown": part.list == .boundary && part.n > Self.mostBoundaryItems ? String(Self.mostBoundaryItems) : nil,
            "data": part.data,
          ])
      }
      sizes(plan, in: &xml)
      if drawn < distinct { limits(plan, drawn: drawn, in: &xml) }
    }
  }

  /// How many decisions the usual plans draw, and this one.
  private func sizes(_ plan: SamplePlan, in xml: inout XMLWriter) {
    let own = (confidence: plan.confidence, tolerableRate: plan.tolerableRate)
    let isUsual = SamplePlan.usualPairs.contains { $0 == own }
    for pair in SamplePlan.usualPairs + (isUsual ? [] : [own]) {
      xml.element(
        "size-line",
        [
          "confidence-text": "\(pair.confidence) %", "tolerable-rate-text": "\(pair.tolerableRate) %",
          "own": pair == own ? "true" : nil,
        ]
      ) { xml in
        for exceptions in 0...2 {
          let size = SamplePlan.size(
            confidence: pair.confidence, tolerableRate: pair.tolerableRate, expectedExceptions: exceptions)
          xml.element("size", ["expected-exceptions": String(exceptions), "n": size.map(String.init)])
        }
      }
    }
  }

  /// What the sample supports, for each number of exceptions that may be found in it.
  private func limits(_ plan: SamplePlan, drawn: Int, in xml: inout XMLWriter) {
    for exceptions in 0...min(drawn, plan.expectedExceptions + 5) {
      let limit = plan.upperLimit(exceptions: exceptions, in: drawn)
      xml.element(
        "limit-line",
        [
          "exceptions": String(exceptions), "of": String(drawn),
          "share-text": FigureText.share(exceptions, of: drawn),
          "limit-text": "\(limit / 100).\(padded(limit % 100, 2)) %",
          "supported": String(plan.supports(exceptions: exceptions, in: drawn)),
        ])
    }
  }

  // MARK: Lists

  /// - Parameter of: how many there are, where only the first `rows` of them stand on pages.
  private func samplePages(
    _ list: SampleList, _ rows: Int, of all: Int? = nil, _ emit: (EvidenceDocument) throws -> Void,
    _ body: (Range<Int>, inout XMLWriter) throws -> Void
  ) throws {
    let count = max(1, (rows + Self.pageSize - 1) / Self.pageSize)
    for number in 1...count {
      var failure: (any Error)?
      let range = (number - 1) * Self.pageSize..<min(rows, number * Self.pageSize)
      let page = document(
        "sample-items", page: list.page(number), stylesheet: "sample-items", id: "sample \(list.rawValue) \(number)",
        title: list.title,
        attributes: [["kind": list.rawValue, "shown": all.map { _ in String(rows) }, "of": all.map(String.init)]],
        crumbs: [(Self.samplePage, "Sample"), (list.page(1), list.title)],
        previous: number > 1 ? (list.page(number - 1), "page \(number - 1)") : nil,
        next: number < count ? (list.page(number + 1), "page \(number + 1)") : nil
      ) { xml in
        pages(
          number: number, count: count, rows: rows, size: Self.pageSize, title: { "page \($0)" }, page: list.page,
          in: &xml)
        do {
          try body(range, &xml)
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      try emit(page)
    }
  }

  /// A change that goes on from the page before is named again.
  private func boundaryPages(_ sample: BoundarySample, _ emit: (EvidenceDocument) throws -> Void) throws {
    let all = sample.items.count
    let shown = min(all, Self.mostBoundaryItems)
    try samplePages(.boundary, shown, of: shown < all ? all : nil, emit) { rows, xml in
      var start = rows.lowerBound
      while start < rows.upperBound {
        let number = sample.items[start].change
        var end = start
        while end < rows.upperBound, sample.items[end].change == number { end += 1 }
        var drawn: [(index: Int, decision: SampledDecision)] = []
        for index in start..<end {
          if let decision = try pack.evidence.boundaryDecision(sample.items[index].place) {
            drawn.append((index, decision))
          }
        }
        let isContinued = start > 0 && sample.items[start - 1].change == number
        change(sample.changes[number], isContinued: isContinued, in: &xml) { xml in
          for (index, decision) in drawn {
            let item = sample.items[index]
            self.item(
              decision, number: index + 1, list: .boundary, side: item.side, about: String(number), in: &xml)
          }
        }
        start = end
      }
    }
  }

  private func change(
    _ change: BoundarySample.Change, isContinued: Bool, in xml: inout XMLWriter, body: (inout XMLWriter) -> Void
  ) {
    let isVersion = change.kind == .version
    xml.element(
      "turn",
      [
        "kind": change.kind.rawValue, "at": change.at.description, "at-text": time.text(change.at),
        "before": change.before.map { FigureText.shortened($0) },
        "before-page": change.before.flatMap { isVersion ? layout.version($0) : layout.owner($0) },
        "after": change.after.map { FigureText.shortened($0) },
        "after-page": change.after.flatMap { isVersion ? layout.version($0) : layout.owner($0) },
        "rule": change.rule, "rule-page": change.rule.flatMap { layout.rule($0) },
        "continued": isContinued ? "true" : nil,
      ], body: body)
  }

  private func item(
    _ drawn: SampledDecision, number: Int, list: SampleList, side: BoundarySample.Side? = nil,
    about change: String = "",
    in xml: inout XMLWriter
  ) {
    let decision = drawn.decision
    let text = { (value: String) in FigureText.shortened(value) }
    xml.element(
      "item",
      [
        "n": String(number), "anchor": itemAnchor(drawn, list, side, change), "side": side?.rawValue,
        "request-id": text(decision.requestID), "at": decision.at.description, "at-text": time.text(decision.at),
        "rule": decision.rule, "rule-page": layout.rule(decision.rule), "version": decision.version,
        "version-page": layout.version(decision.version), "owner": text(decision.owner),
        "owner-page": layout.owner(decision.owner), "owner-status": decision.ownerStatus.name,
        "class": decision.decisionClass.name, "requested-model": text(decision.requestedModel),
        "served-model": text(decision.servedModel), "outcome": decision.outcome.name,
        "deployment": text(decision.deployment), "jurisdiction": text(decision.jurisdiction),
        "source": drawn.located.source.name, "source-page": layout.source(drawn.located.source.name),
        "line": String(decision.position.line), "byte-offset": String(decision.position.byteOffset),
        "bytes": String(decision.position.bytes), "line-sha256": decision.lineDigest.description,
        "draw-sha256": drawn.digest.description,
      ])
  }

  private func itemAnchor(
    _ drawn: SampledDecision, _ list: SampleList, _ side: BoundarySample.Side? = nil, _ change: String = ""
  ) -> String {
    anchor("item", decisionAnchor(drawn.located), list.rawValue, side?.rawValue ?? "", change)
  }

  // MARK: Strata

  private struct Stratum {
    var rule: String
    var decisionClass: DecisionClass
    var population: Int
    var drawn = 0
    /// Where its first item stands.
    var page: String?
  }

  /// Rule by rule, classes in their order.
  private func strata(of samples: Samples) -> [Stratum] {
    var strata: [[UInt8]: Stratum] = [:]
    func key(_ rule: String, _ decisionClass: DecisionClass) -> [UInt8] {
      Array(rule.utf8) + [0, decisionClass.rawValue]
    }
    for row in tally where row.rule != "-" {
      strata[
        key(row.rule, row.decisionClass),
        default: Stratum(rule: row.rule, decisionClass: row.decisionClass, population: 0)
      ].population += row.sums.n
    }
    for (index, drawn) in samples.stratified.enumerated() {
      let key = key(drawn.decision.rule, drawn.decision.decisionClass)
      strata[key]?.drawn += 1
      if strata[key]?.page == nil {
        strata[key]?.page =
          SampleList.stratified.page(index / Self.pageSize + 1) + "#" + itemAnchor(drawn, .stratified)
      }
    }
    return strata.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }
}
