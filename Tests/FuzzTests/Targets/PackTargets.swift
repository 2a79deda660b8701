internal import Foundation

@testable internal import Assets
@testable internal import Comparison
@testable internal import Disclosure
@testable internal import EvidenceModel
@testable internal import Exchange
@testable internal import PackArchive
@testable internal import Verification
@testable internal import XMLDocuments

/// What `verify`, `diff`, `gaps` and `disclose` read of a pack that anybody may have made.
let packTargets = [
  FuzzTarget("manifest") { (bytes) throws(BrokenPromise) in
    let (manifest, sums) = halves(bytes)
    try readPack(["manifest.xml": manifest, "SHA256SUMS": sums])
  },
  // A manifest that names the document, so that its digest is no obstacle.
  FuzzTarget("pack-index") { (bytes) throws(BrokenPromise) in
    try readPack(withManifest(["evidence/pack.xml": bytes]))
  },
  FuzzTarget("pack-document") { (bytes) throws(BrokenPromise) in
    let (index, document) = halves(bytes)
    try readPack(withManifest(["evidence/pack.xml": index, "evidence/m/a.xml": document]), verified: false)
  },
  FuzzTarget("pack-table") { (bytes) throws(BrokenPromise) in
    var (verified, disclosed): ([[String]], [[String]]) = ([], [])
    var verifier = CSVRows()
    var discloser = Disclosure.TableRows()
    let middle = bytes.count / 2
    for piece in [bytes[..<middle], bytes[middle...]] {
      piece.withUnsafeBytes { verifier.take($0) { row in verified.append((0..<row.count).map { row[$0] }) } }
      discloser.take(Data(piece)) { disclosed.append($0) }
    }
    if verifier.isEndless { return }
    try expect(verified == disclosed, "verify reads \(verified.count) rows, disclose \(disclosed.count), or others")
  },
  FuzzTarget("zip") { (bytes) throws(BrokenPromise) in
    let folder = FuzzFolder("zip")
    try folder.with(["pack.zip": bytes]) { () throws(BrokenPromise) in
      var faults: [Diagnostic] = []
      let pack = OpenedPack(folder.path + "/pack.zip", faults: &faults)
      defer { pack.close() }
      for path in FileManager.default.enumerator(atPath: pack.folder) ?? .init() {
        let file = "\(pack.folder)/\(path)"
        let kind = try? FileManager.default.attributesOfItem(atPath: file)[.type] as? FileAttributeType
        try expect(kind == .typeRegular || kind == .typeDirectory, "\(path) is neither a file nor a folder")
      }
    }
  },
  FuzzTarget("exchange-facts") { (bytes) throws(BrokenPromise) in
    guard let document = try? XMLDocument(bytes, name: "exchange.xml"), (try? ExchangeFacts(document)) != nil,
      (try? evidenceSchema?.validate(document)) != nil
    else { return }
    for format in ExchangeFormats.all {
      guard let files = try? format.files(of: document) else { continue }
      for file in files where file.path.hasSuffix(".json") {
        try expect(isJSON(file.bytes), "\(file.path) is no JSON")
      }
    }
  },
  FuzzTarget("disclosure-table") { (bytes) throws(BrokenPromise) in
    for level in DisclosureLevel.allCases { _ = try? DisclosureTable(bytes, level: level) }
  },
]

/// Whether a whole text is JSON.
func isJSON(_ bytes: [UInt8]) -> Bool {
  (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
}

/// - Parameter verified: whether the pack is verified too, which takes most of the time.
private func readPack(_ files: [String: [UInt8]], verified: Bool = true) throws(BrokenPromise) {
  let folder = FuzzFolder("pack")
  try folder.with(files) { () throws(BrokenPromise) in
    if verified {
      let report = PackVerifier.verify(folder.path, assets: .embedded)
      try expect(!report.faults.isEmpty, "a pack of \(files.count) files has no fault")
    }
    if let pack = try? PackFolder(folder.path) {
      _ = try? pack.summary()
      _ = try? pack.previousManifest()
      _ = try? pack.coverage()
    }
    if let pack = try? InternalPack(folder.path) {
      for entry in pack.entries { _ = try? pack.document(entry) }
    }
    _ = try? PackDossiers(of: folder.path)
  }
}

private func withManifest(_ documents: [String: [UInt8]]) -> [String: [UInt8]] {
  let entries = documents.map { path, bytes in
    let isData = path.hasPrefix("data/")
    return """
      <file path="\(path)" sha256="\(Digest(of: bytes))" bytes="\(bytes.count)" \
      role="\(isData ? "data" : "evidence")" \(isData ? "" : "document=\"pack\"")/>
      """
  }
  let manifest = """
    <manifest xmlns="urn:tenure:evidence:1" format="1.0.0" pack="2026q3" level="internal" tool-version="1">
    \(entries.sorted().joined(separator: "\n"))
    </manifest>
    """
  var files = documents
  files["manifest.xml"] = Array(manifest.utf8)
  files["SHA256SUMS"] = []
  return files
}
