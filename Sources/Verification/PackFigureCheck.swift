internal import Assets
internal import EvidenceModel
internal import XMLDocuments

/// Figures that stand in more than one document.
extension PackVerifier {
  mutating func takeFigures(_ root: XMLDocument.Element, at path: String) {
    if root.name == "sample-plan" { samplePlan = SamplePlanStatement(root) }
    for difference in figures.read(root, at: path) {
      fault(
        "pack-figures-differ", path,
        "its \(difference.figure) of \(difference.page) is \(difference.value), and \(difference.otherPath) says \(difference.otherValue)"
      )
    }
  }

  /// What the index counts, against what there is.
  mutating func checkFigures() {
    if let path = figures.overflow {
      fault("pack-too-large", path, "so many figures stand in the documents that those from here on were not compared")
    }
    guard let stated else { return }
    let pack = "evidence/pack.xml"
    for (kind, counted) in [
      ("rules", "rule"), ("versions", "version"), ("owners", "owner"), ("findings", "finding"), ("sources", "source"),
    ] where stated.totals[kind] != figures.counts[counted, default: 0] {
      fault(
        "pack-figures-differ", pack,
        "its \(kind) are \(PackCount.words(stated.totals[kind])), and \(figures.counts[counted, default: 0]) documents are there"
      )
    }
    for (result, n) in stated.results.sorted(by: { $0.key.precedesBytewise($1.key) })
    where n != figures.counts["check " + result, default: 0] {
      fault(
        "pack-figures-differ", pack,
        "\(PackCount.words(n)) checks are \(result) in it, and \(figures.counts["check " + result, default: 0]) documents say so"
      )
    }
    for (framework, state, n) in stated.states where n != figures.counts["control \(framework) \(state)", default: 0] {
      fault(
        "pack-figures-differ", pack,
        "\(PackCount.words(n)) controls of \(framework) are \(state) in it, and \(figures.counts["control \(framework) \(state)", default: 0]) documents say so"
      )
    }
    checkSamplePlan(stated)
    checkFrontPage(stated)
  }

  private mutating func checkSamplePlan(_ stated: PackStatement) {
    let path = "evidence/d/sample.xml"
    guard let plan = samplePlan else {
      return fault("pack-sample-differs", path, "no document says how the samples were drawn")
    }
    let rows = plan.rows["data/sample-attribute.csv"]
    if plan.population != stated.judged
      || plan.distinct != stated.judged - (stated.totals["duplicate-request-ids"] ?? 0)
      || rows != min(plan.size, plan.distinct)
    {
      fault("pack-sample-differs", path, "its sample of all decisions is not as large as it says it has to be")
    }
    if plan.seed != stated.seed || plan.perStratum != stated.perStratum
      || plan.rows.contains(where: { stated.rows[$0.key] != $0.value })
    {
      fault(
        "pack-figures-differ", path, "its seed, its sizes or its rows are not the ones that evidence/pack.xml states")
    }
  }

  /// The figures at the top of the first page, which many readers see and no other. A template of one's own may leave one out.
  private mutating func checkFrontPage(_ stated: PackStatement) {
    var expected: [(address: String, n: Int?)] = [
      ("reconciliation.html", stated.totals["judged"]), ("v/index.html", stated.totals["versions"]),
      ("d/index.html", stated.totals["exceptions"]), ("f/index.html", stated.totals["findings"]),
    ]
    expected += stated.results.sorted { $0.key.precedesBytewise($1.key) }.map {
      ("k/index.html#result-" + $0.key, $0.value)
    }
    expected += stated.frameworks.flatMap { framework in
      framework.states.map { ("\(framework.page)#state-\($0.state)", $0.n) }
    }
    guard let bytes = bytes("index.html", limit: Self.largestDocument) else { return }
    let shown = HTMLAttributes.linkedNumbers(in: bytes)
    for (address, n) in expected {
      // Nothing leads to what counts nothing.
      guard let number = shown[address] ?? (n == 0 || hasOtherTemplates ? n : nil) else {
        fault("pack-figures-differ", "index.html", "it does not show the \(PackCount.words(n)) that \(address) counts")
        continue
      }
      if number != n {
        fault(
          "pack-figures-differ", "index.html",
          "it shows \(number) for \(address), and evidence/pack.xml says \(PackCount.words(n))")
      }
    }
  }

  private var hasOtherTemplates: Bool { !otherTemplates.isEmpty }

  /// Templates of the pack that are not this program's.
  var otherTemplates: [String] {
    listed.keys.filter { path in
      listed[path]?.role == "template" && assets.bytes(path).map { Digest(of: $0) } != listed[path]?.digest
    }.sortedBytewise()
  }

  /// The sums of `data/tally.csv`, and the rows of other tables, against what documents say of a rule, an owner, a version or a source.
  mutating func checkDrillDowns(_ sums: TableSums) {
    if sums.isCut {
      fault("pack-too-large", "data/tally.csv", "it has so many names that their sums were not compared")
      return
    }
    for (kind, figure, table) in TableSums.comparisons {
      for (id, page) in (figures.subjects[kind] ?? [:]).sorted(by: { $0.key.precedesBytewise($1.key) }) {
        guard let said = figures.figure(figure, of: page) else { continue }
        let n = sums[kind, figure, id]
        if PackCount.read(said.value) != n {
          fault(
            "pack-figures-differ", said.path,
            "its \(figure) of \(page) is \(said.value), and \(table) comes to \(n)")
        }
      }
    }
  }
}
