package import Assets
package import EvidenceModel
internal import XMLDocuments

/// Checks a pack from the pack alone: digests, missing and extra files, schema, figures, samples, sources of pages, links. It
/// shares nothing with the writing side but the model, and trusts no path, size or count of the pack before checking it.
package struct PackVerifier {
  let assets: AssetLibrary
  let files: PackFiles
  var valid: Set<Digest> = []
  var report = VerificationReport()
  var listed: [String: Entry] = [:]
  /// The name of the root element of each document that was read.
  var roots: [String: String] = [:]
  var figures = PackFigures()

  struct Entry {
    var digest: Digest
    var bytes: Int
    var role: String
    var rows: Int?
    /// Of a page: what it was made from, and by what.
    var document: String?
    var stylesheet: String?
    var framework: String?
  }

  /// What the index states, once it was read.
  var stated: PackStatement?
  var samplePlan: SamplePlanStatement?

  /// For whom the pack is, by its manifest, and the digest of the pack it was made from.
  var level: (name: String, madeFrom: Digest?)?

  /// Files that the manifest does not list: itself and the sums.
  static let unlisted: Set<String> = ["manifest.xml", "SHA256SUMS"]
  /// Seals are made from the manifest's digest, so it cannot list them; whoever checks seals checks this folder too.
  private static let seals = "seal"
  static let largestDocument = 20 << 20
  /// No table of a run is larger, in bytes.
  static let largestFile = 8 << 30

  /// - Parameter valid: digests of documents that this process held against the schema when it wrote them. The same bytes
  ///   against the same schema give the same answer, so they are not parsed a second time, nor are their figures compared.
  /// - Parameter render: where it is given, every page and every exchange file is made again and compared.
  package static func verify(
    _ path: String, assets: AssetLibrary, valid: Set<Digest> = [], render: Renderer? = nil
  ) -> VerificationReport {
    guard let files = PackFiles(path) else {
      var report = VerificationReport()
      report.add(
        Diagnostic(
          id: "pack-not-a-folder", file: path, summary: "is no folder",
          nextStep: "Name the folder of a pack, or a zip of one."))
      return report
    }
    var verifier = PackVerifier(assets: assets, files: files)
    verifier.valid = valid
    verifier.run(render)
    return verifier.report
  }

  private init(assets: AssetLibrary, files: PackFiles) {
    self.assets = assets
    self.files = files
  }

  mutating func fault(
    _ id: String, _ file: String, _ summary: String,
    _ nextStep: String = "Ask for the pack again from where it was made.", line: Int? = nil
  ) {
    report.add(
      Diagnostic(
        id: id, file: OneLine.text(file), line: line, summary: OneLine.text(summary), nextStep: nextStep))
  }

  private mutating func run(_ render: Renderer?) {
    guard nameOddities(), readManifest() else { return }
    checkSums()
    nameMissingAndExtra()
    for path in listed.keys.sortedBytewise() where files.sizes[path] != nil { checkDigest(path) }
    checkDocuments()
    checkData()
    checkExchange()
    checkLevel()
    checkLinks()
    if valid.isEmpty {
      checkSources()
      checkFigures()
    }
    if let render {
      checkPages(render)
      checkFormats()
    }
    for path in files.changed.sortedBytewise() {
      fault(
        "pack-file-changing", path, "it was changed while it was being read",
        "Copy the pack to where nobody writes, and verify the copy.")
    }
  }

  // MARK: Files

  /// False where nothing more can be said of the pack.
  private mutating func nameOddities() -> Bool {
    for oddity in files.find() {
      switch oddity.kind {
      case .special:
        fault("pack-special-file", oddity.path, "is neither a file nor a folder; it was not opened", "Remove it.")
      case .misnamed:
        fault(
          "pack-file-extra", oddity.path, "no file of a pack has such a name; it was not opened",
          "Remove it; nobody vouches for it.")
      case .unreadable: fault("pack-file-unreadable", oddity.path, "cannot be read", "Check its permissions.")
      case .tooMany:
        fault("pack-too-many-files", oddity.path, "more than \(PackFiles.mostFiles) files are there; none was read")
        return false
      case .tooLarge:
        fault("pack-too-large", oddity.path, "with it the files have more than 64 GB; none was read")
        return false
      }
    }
    return true
  }

  private mutating func nameMissingAndExtra() {
    for path in listed.keys.sortedBytewise() where files.sizes[path] == nil {
      fault("pack-file-missing", path, "the manifest lists this file, and it is not there")
    }
    let seals = Self.seals + "/"
    for path in files.sizes.keys.sortedBytewise()
    where listed[path] == nil && !Self.unlisted.contains(path) && !path.hasPrefix(seals) {
      fault("pack-file-extra", path, "this file is not on the manifest", "Remove it; nobody vouches for it.")
    }
    let needed = Set(listed.keys.flatMap(PackPath.folders))
    for path in files.folders.sortedBytewise() where !needed.contains(path) && path != Self.seals {
      fault("pack-file-extra", path, "no file of the manifest lies in this folder", "Remove it.")
    }
  }

  /// A file's bytes, if it is there as a regular file of a bearable size.
  func bytes(_ path: String, limit: Int) -> [UInt8]? {
    files.sizes[path] == nil ? nil : files.bytes(path, limit: limit)
  }

  /// The bytes of a document or a page; a larger one than Tenure writes is a fault.
  mutating func readable(_ path: String) -> [UInt8]? {
    if let size = files.sizes[path], size > Self.largestDocument {
      fault("pack-too-large", path, "is larger than 20 MB; it was not read")
      return nil
    }
    return bytes(path, limit: Self.largestDocument)
  }

  private mutating func checkDigest(_ path: String) {
    guard let entry = listed[path], let size = files.sizes[path] else { return }
    report.filesChecked += 1
    // Another size is another file, and may be one without an end.
    if size == entry.bytes {
      guard size <= Self.largestFile else {
        return fault("pack-too-large", path, "is larger than 8 GB; it was not read")
      }
      guard let reading = files.read(path, limit: size) else {
        return fault("pack-file-unreadable", path, "cannot be read", "Check its permissions.")
      }
      if reading.digest == entry.digest, reading.bytes == entry.bytes { return }
    }
    fault(
      "pack-file-changed", path,
      "its bytes are not the ones that the manifest names (\(size) bytes, \(entry.bytes) expected)")
  }
}
