internal import Comparison
internal import EvidenceModel

/// `evidence/delta.xml`: what changed from an earlier pack to this one. It is made of the two packs' own documents alone,
/// so that the pack and `tenure diff` say the same.
struct DeltaDocument {
  let delta: PackDelta
  /// Whether it stands in a folder of its own, with no pages to lead to.
  let isAlone: Bool
  let time: TimeText?

  static let page = "delta.html"

  init(_ delta: PackDelta, isAlone: Bool) {
    self.delta = delta
    self.isAlone = isAlone
    // The later pack's own zone; UTC where this program does not know it.
    time = TimeText(zone: delta.after.zone) ?? TimeText(zone: nil)
  }

  func document() -> EvidenceDocument {
    var writer = XMLWriter()
    let after = delta.after
    writer.root(
      "delta",
      [
        [
          "id": FigureText.shortened(after.period.name), "title": FigureText.shortened(delta.before.periodText),
          "alone": isAlone ? "true" : nil,
        ], counts,
      ]
    ) { xml in
      xml.element(
        "context",
        [
          "organisation": FigureText.shortened(after.organisation), "period": FigureText.shortened(after.period.name),
          "period-text": FigureText.shortened(after.periodText), "level": "internal",
          "mapping-review": ["draft", "reviewed", "mixed"].contains(after.mappingReview) ? after.mappingReview : "none",
          "tool-version": FigureText.shortened(after.toolVersion), "page": Self.page,
          "document": PackLayout.document(of: Self.page),
        ]
      ) { xml in
        if !isAlone { xml.element("crumb", ["page": "index.html", "title": "Start"]) }
      }
      side(delta.before, element: "before", in: &xml)
      side(delta.after, element: "after", in: &xml)
      chain(in: &xml)
      for remark in delta.remarks {
        xml.element(
          "remark",
          [
            "kind": remark.kind.rawValue, "before": FigureText.shortened(remark.before),
            "after": FigureText.shortened(remark.after),
          ])
      }
      checks(in: &xml)
      controls(in: &xml)
      versions(in: &xml)
      rules(in: &xml)
      findings(in: &xml)
      sums(in: &xml)
      rulers(in: &xml)
    }
    return EvidenceDocument(page: Self.page, kind: "delta", stylesheet: "delta", bytes: writer.bytes)
  }

  /// The headline's figures; `evidence/pack.xml` carries them too.
  var counts: XMLWriter.Attributes {
    [
      "checks": String(delta.checksAsked), "newly-failing": String(delta.count(.newlyFailing)),
      "newly-cannot-tell": String(delta.count(.newlyCannotTell)), "still-failing": String(delta.count(.stillFailing)),
      "newly-passing": String(delta.count(.newlyPassing)), "controls": String(delta.controlsCompared),
      "lost": String(delta.count(.lost)), "contradicted": String(delta.count(.contradicted)),
      "gained": String(delta.count(.gained)), "versions-new": String(delta.versionsNew),
      "looser": String(delta.count(.looser)), "stricter": String(delta.count(.stricter)),
      "rule-changes": String(delta.ruleChanges.count), "hand-overs": String(delta.handOvers.count),
      "gaps-opened": String(delta.count(.opened) + delta.count(.openedAndClosed)),
      "gaps-closed": String(delta.count(.closed)), "rules-added": String(delta.rulesAdded),
      "rules-removed": String(delta.rulesRemoved), "findings-new": String(delta.count(.new)),
      "findings-gone": String(delta.count(.gone)), "rulers": String(delta.rulers.count),
    ]
  }

  private func side(_ side: PackSummary.Identity, element: String, in xml: inout XMLWriter) {
    xml.element(
      element,
      [
        [
          "organisation": FigureText.shortened(side.organisation), "period": FigureText.shortened(side.period.name),
          "period-text": FigureText.shortened(side.periodText), "tool-version": FigureText.shortened(side.toolVersion),
          "manifest-sha256": side.manifest?.description,
        ],
        ["judged": String(side.judged), "exceptions": String(side.exceptions)],
      ])
  }

  /// The packs before, each with how it stands to the one after it. Heights are in thousandths of the largest share.
  func chain(in xml: inout XMLWriter) {
    func tenths(_ judged: Int, _ exceptions: Int) -> Int {
      judged > 0 ? min(10_000, exceptions * 10_000 / judged) : 0
    }
    let own = delta.after
    let highest = max(
      1,
      ([tenths(own.judged, own.exceptions)]
        + delta.chain.entries.map { tenths($0.pack.judged, $0.pack.exceptions) }).max() ?? 1)
    xml.element(
      "chain",
      [
        "cut": String(delta.chain.isCut), "share-text": FigureText.share(own.exceptions, of: own.judged),
        "height": Permille.text(tenths(own.judged, own.exceptions), of: highest),
      ]
    ) { xml in
      for entry in delta.chain.entries { earlierPack(entry, tenths, highest, in: &xml) }
    }
  }

  private func earlierPack(
    _ entry: PackChain.Entry, _ tenths: (Int, Int) -> Int, _ highest: Int, in xml: inout XMLWriter
  ) {
    let pack = entry.pack
    xml.element(
      "earlier-pack",
      [
        [
          "period": FigureText.shortened(pack.period.name), "period-text": FigureText.shortened(pack.periodText),
          "from": pack.period.from?.description, "to": pack.period.to?.description,
          "manifest-sha256": pack.manifest.description, "tool-version": FigureText.shortened(pack.toolVersion),
        ],
        [
          "judged": String(pack.judged), "exceptions": String(pack.exceptions),
          "share-text": FigureText.share(pack.exceptions, of: pack.judged),
          "height": Permille.text(tenths(pack.judged, pack.exceptions), of: highest), "link": entry.link.name,
          "missing": entry.link.missing,
        ],
      ])
  }
}
