internal import EvidenceModel
internal import Exchange
internal import XMLDocuments

/// The files of `exchange/` against what they are made from, and against what schemas of theirs do not look at.
extension PackVerifier {
  mutating func checkExchange() {
    for path in listed.keys.sortedBytewise() where listed[path]?.role == "exchange" && OSCALFile.isXML(path) {
      guard let bytes = bytes(path, limit: OSCALFile.largest) else {
        if files.sizes[path] != nil { fault("pack-too-large", path, "is larger than 64 MB; it was not read") }
        continue
      }
      do throws(XMLProblem) {
        let document = try OSCALFile.document(bytes, name: path)
        for found in OSCALChecks.faults(in: document) {
          fault("pack-oscal", path, found.message, line: found.line)
        }
        let twin = OSCALFile.twin(of: path)
        // JSON has more marks than XML.
        if self.bytes(twin, limit: 2 * OSCALFile.largest) != (try OSCALFile.json(document)) {
          fault("pack-oscal", twin, "it does not say what \(path) says")
        }
      } catch {
        fault("pack-oscal", path, error.message, line: error.line)
      }
    }
  }

  /// The totals of `evidence/exchange.xml` against those of the index.
  mutating func checkTotals(ofExchange exchange: XMLDocument.Element) {
    guard let stated else { return }
    let path = "evidence/exchange.xml"
    func count(_ name: String) -> Int { PackCount.read(exchange[name]) ?? -1 }
    if count("judged") != stated.judged || count("exceptions") != stated.exceptions
      || count("malformed") != stated.malformed
    {
      fault("pack-totals", path, "its totals are not the ones that evidence/pack.xml states")
    }
    var classes: [String: Int] = [:]
    for entry in exchange.children(named: "exchange-class") {
      classes[entry["class"] ?? ""] = PackCount.read(entry["n"])
    }
    if classes != stated.classes {
      fault("pack-totals", path, "its decisions by class are not the ones that evidence/pack.xml states")
    }
    // It was made before the manifest, of the same tables.
    for file in exchange.children(named: "exchange-file") {
      let entry = listed[file["path"] ?? ""]
      if file["sha256"] != entry?.digest.description || PackCount.read(file["bytes"]) != entry?.bytes
        || PackCount.read(file["rows"]) != entry?.rows
      {
        fault("pack-figures-differ", path, "what it says of \(file["path"] ?? "a table") is not what the manifest says")
      }
    }
    let findings = exchange.children(named: "exchange-finding").count
    let cut = exchange.children(named: "exchange-cut").first { $0["list"] == "findings" }
    if PackCount.read(cut?["of"]) ?? findings != stated.findings {
      fault("pack-totals", path, "its findings are not as many as evidence/pack.xml states")
    }
  }
}
