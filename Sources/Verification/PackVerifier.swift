package import Assets
package import EvidenceModel
internal import Foundation
internal import Glibc
internal import XMLDocuments

/// What verifying a pack came to: every fault, not the first.
package struct VerificationReport: Sendable {
  package var faults: [Diagnostic] = []
  package var filesChecked = 0
  package var documentsChecked = 0
  package var linksChecked = 0
  /// Pages that were made again from their documents.
  package var pagesMade = 0
  package var manifestDigest: Digest?

  package var isSound: Bool { faults.isEmpty }
}

/// Checks a pack from the pack alone: digests, missing and extra files, schema, totals, links. It shares nothing with the
/// writing side but the model, and trusts no path, size or count of the pack before checking it.
package struct PackVerifier {
  let root: String
  let assets: AssetLibrary
  var valid: Set<Digest> = []
  var report = VerificationReport()
  var listed: [String: Entry] = [:]
  /// Regular files that are there, with their sizes.
  var present: [String: Int] = [:]

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
  var stated: Stated?

  struct Stated {
    var classes: [String: Int]
    var judged: Int
    var malformed: Int
    var exceptions: Int
    var findings: Int
    /// Rows of other tables, by path.
    var rows: [String: Int]
  }

  /// For whom the pack is, by its manifest, and the digest of the pack it was made from.
  var level: (name: String, madeFrom: Digest?)?

  /// Files that the manifest does not list: itself and the sums.
  static let unlisted: Set<String> = ["manifest.xml", "SHA256SUMS"]
  /// Seals are made from the manifest's digest, so it cannot list them; whoever checks seals checks this folder too.
  private static let seals = "seal/"
  static let largestDocument = 20 << 20

  /// - Parameter valid: digests of documents that this process held against the schema when it wrote them. The same bytes
  ///   against the same schema give the same answer, so they are not parsed a second time.
  /// - Parameter render: where it is given, every page is made again from its document and compared.
  package static func verify(
    _ path: String, assets: AssetLibrary, valid: Set<Digest> = [], render: Renderer? = nil
  ) -> VerificationReport {
    var verifier = PackVerifier(root: path, assets: assets)
    verifier.valid = valid
    verifier.run()
    if let render { verifier.checkPages(render) }
    return verifier.report
  }

  private init(root: String, assets: AssetLibrary) {
    self.root = root
    self.assets = assets
  }

  mutating func fault(
    _ id: String, _ file: String, _ summary: String,
    _ nextStep: String = "Ask for the pack again from where it was made.", line: Int? = nil
  ) {
    report.faults.append(Diagnostic(id: id, file: file, line: line, summary: summary, nextStep: nextStep))
  }

  private mutating func run() {
    guard let present = walk() else { return }
    self.present = present
    guard readManifest() else { return }
    checkSums()
    for path in listed.keys.sortedBytewise() where present[path] == nil {
      fault("pack-file-missing", path, "the manifest lists this file, and it is not there")
    }
    for path in present.keys.sortedBytewise()
    where listed[path] == nil && !Self.unlisted.contains(path) && !path.hasPrefix(Self.seals) {
      fault("pack-file-extra", path, "this file is not on the manifest", "Remove it; nobody vouches for it.")
    }
    for path in listed.keys.sortedBytewise() where present[path] != nil { checkDigest(path) }
    checkDocuments()
    checkData()
    checkExchange()
    checkLevel()
    checkLinks()
  }

  // MARK: Files

  /// Regular files below the pack, by path; links and devices are faults and are never opened.
  private mutating func walk() -> [String: Int]? {
    var files: [String: Int] = [:]
    var pending = [""]
    var status = stat()
    guard lstat(root, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      fault("pack-not-a-folder", root, "is no folder", "Name the folder of a pack.")
      return nil
    }
    while let folder = pending.popLast() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)) ?? []
      for name in names.sortedBytewise() {
        let path = folder.isEmpty ? name : folder + "/" + name
        guard lstat(root + "/" + path, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFREG: files[path] = Int(status.st_size)
        case S_IFDIR: pending.append(path)
        default: fault("pack-special-file", path, "is neither a file nor a folder; it was not opened", "Remove it.")
        }
      }
    }
    return files
  }

  /// A file's bytes, if it is there as a regular file of a bearable size.
  func bytes(_ path: String, limit: Int) -> [UInt8]? {
    guard let size = present[path], size <= limit, let data = FileManager.default.contents(atPath: root + "/" + path),
      data.count <= limit
    else { return nil }
    return Array(data)
  }

  /// The bytes of a document or a page; a larger one than Tenure writes is a fault.
  mutating func readable(_ path: String) -> [UInt8]? {
    if let size = present[path], size > Self.largestDocument {
      fault("pack-too-large", path, "is larger than 20 MB; it was not read")
      return nil
    }
    return bytes(path, limit: Self.largestDocument)
  }

  /// Whether a path of the pack is short, plain and never leads out of it.
  static func isSafe(_ path: String) -> Bool {
    !path.isEmpty && path.utf8.count <= 200 && !path.hasPrefix("/")
      && path.utf8.allSatisfy {
        (0x2D...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
      }
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }

  private mutating func readManifest() -> Bool {
    guard present["manifest.xml"] != nil, let bytes = bytes("manifest.xml", limit: Self.largestDocument) else {
      fault(
        "pack-manifest-missing", "manifest.xml", "there is no manifest of a readable size", "Name the folder of a pack."
      )
      return false
    }
    report.manifestDigest = Digest(of: bytes)
    do throws(XMLProblem) {
      let document = try XMLDocument(bytes, name: "manifest.xml")
      try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? []).validate(document)
      level = document.root.map {
        ($0["level"] ?? "", $0["internal-manifest"].flatMap { Digest(hexadecimal: $0) })
      }
      for file in document.root?.children(named: "file") ?? [] {
        guard let path = file["path"], Self.isSafe(path), let digest = Digest(hexadecimal: file["sha256"] ?? ""),
          let size = Int(file["bytes"] ?? "")
        else {
          fault("pack-manifest-entry", "manifest.xml", "an entry has no safe path, no digest or no size")
          continue
        }
        if listed[path] != nil { fault("pack-manifest-entry", "manifest.xml", "\(path) stands twice") }
        listed[path] = Entry(
          digest: digest, bytes: size, role: file["role"] ?? "", rows: file["rows"].flatMap { Int($0) },
          document: file["document"], stylesheet: file["stylesheet"], framework: file["framework"])
      }
      return true
    } catch {
      fault("pack-manifest-invalid", "manifest.xml", error.message, line: error.line)
      return false
    }
  }

  private mutating func checkSums() {
    guard let bytes = bytes("SHA256SUMS", limit: Self.largestDocument) else {
      fault("pack-sums-missing", "SHA256SUMS", "there is no list of sums of a readable size")
      return
    }
    var sums: [String: Digest] = [:]
    for (index, line) in String(decoding: bytes, as: UTF8.self).split(separator: "\n").enumerated() {
      guard line.utf8.count > 66, let digest = Digest(hexadecimal: line.prefix(64)), line.dropFirst(64).hasPrefix("  ")
      else {
        fault("pack-sums-line", "SHA256SUMS", "is no line of a digest and a path", line: index + 1)
        continue
      }
      sums[String(line.dropFirst(66))] = digest
    }
    for (path, entry) in listed.sorted(by: { $0.key.precedesBytewise($1.key) }) where sums[path] != entry.digest {
      fault("pack-sums-differ", "SHA256SUMS", "its digest of \(path) is not the manifest's")
    }
    if sums["manifest.xml"] != report.manifestDigest {
      fault("pack-file-changed", "manifest.xml", "its bytes are not the ones that SHA256SUMS names")
    }
    for path in sums.keys.sortedBytewise() where listed[path] == nil && path != "manifest.xml" {
      fault("pack-sums-differ", "SHA256SUMS", "it names \(path), which the manifest does not list")
    }
  }

  private mutating func checkDigest(_ path: String) {
    guard let entry = listed[path], let handle = FileHandle(forReadingAtPath: root + "/" + path) else {
      fault("pack-file-unreadable", path, "cannot be opened", "Check its permissions.")
      return
    }
    defer { try? handle.close() }
    var hasher = Hasher256()
    var count = 0
    while let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      chunk.withUnsafeBytes { hasher.update($0) }
      count += chunk.count
    }
    report.filesChecked += 1
    if hasher.finish() != entry.digest || count != entry.bytes {
      fault(
        "pack-file-changed", path,
        "its bytes are not the ones that the manifest names (\(count) bytes, \(entry.bytes) expected)")
    }
  }
}
