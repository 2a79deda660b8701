internal import Assets
internal import EvidenceModel
internal import XMLDocuments

/// Documents against the schema, the index against the manifest, and the totals against each other.
extension PackVerifier {
  mutating func checkDocuments() {
    // It stands before the index, whose totals it is held against.
    var exchange: XMLDocument?
    defer { if let root = exchange?.root { checkTotals(ofExchange: root) } }
    let schema: EvidenceSchema
    do throws(XMLProblem) {
      schema = try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? [])
    } catch {
      fault("pack-no-schema", "evidence.xsd", error.message, "Install Tenure again.")
      return
    }
    for (path, entry) in listed.sorted(by: { $0.key.precedesBytewise($1.key) }) where entry.role == "evidence" {
      if valid.contains(entry.digest), path != "evidence/pack.xml", path != "evidence/exchange.xml" {
        report.documentsChecked += 1
        continue
      }
      guard let bytes = readable(path) else { continue }
      do throws(XMLProblem) {
        let document = try XMLDocument(bytes, name: path)
        try schema.validate(document)
        report.documentsChecked += 1
        guard let root = document.root else { continue }
        roots[path] = root.name
        if path == "evidence/pack.xml" { checkIndex(root) }
        if path == "evidence/exchange.xml" { exchange = document }
        if let context = root.child("context"), context["document"] != path {
          fault("pack-document-misplaced", path, "it says that it is another document")
        }
        takeFigures(root, at: path)
      } catch {
        fault("pack-document-invalid", path, error.message, line: error.line)
      }
    }
  }

  private mutating func checkIndex(_ pack: XMLDocument.Element) {
    var indexed = Set<String>()
    for document in pack.child("documents")?.children(named: "document") ?? [] {
      guard let path = document["path"] else { continue }
      indexed.insert(path)
      if document["sha256"] != listed[path]?.digest.description {
        fault("pack-index-differs", "evidence/pack.xml", "its digest of \(path) is not the manifest's")
      }
    }
    for path in listed.keys.sortedBytewise() where listed[path]?.role == "evidence" {
      if path != "evidence/pack.xml", !indexed.contains(path) {
        fault("pack-index-differs", "evidence/pack.xml", "it does not name \(path)")
      }
    }
    checkTotals(pack)
  }

  private mutating func checkTotals(_ pack: XMLDocument.Element) {
    let names = ["lines", "blank", "malformed", "out-of-period", "judged"]
    // What is no count equals nothing that was added up.
    func numbers(_ element: XMLDocument.Element?) -> [Int] { names.map { PackCount.read(element?[$0]) ?? -1 } }
    func addsUp(_ numbers: [Int]) -> Bool { numbers[0] == numbers[1...].reduce(0, PackCount.sum) }
    let totals = numbers(pack.child("totals"))
    if !addsUp(totals) {
      fault("pack-totals", "evidence/pack.xml", "its lines are not blank + malformed + out of period + judged")
    }
    let sources = pack.child("sources")
    if sources?["shown"] == sources?["of"] {
      var sums = [0, 0, 0, 0, 0]
      for source in sources?.children(named: "source-facts") ?? [] {
        let own = numbers(source)
        if !addsUp(own) {
          fault("pack-totals", "evidence/pack.xml", "the lines of \(source["name"] ?? "a source") do not add up")
        }
        sums = zip(sums, own).map(PackCount.sum)
      }
      if sums != totals { fault("pack-totals", "evidence/pack.xml", "its sources do not add up to its totals") }
    }
    stated = PackStatement(pack)
  }
}
