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
  package var manifestDigest: Digest?

  package var isSound: Bool { faults.isEmpty }
}

/// Checks a pack from the pack alone: digests, missing and extra files, schema, totals, links. It shares nothing with the
/// writing side but the model, and trusts no path, size or count of the pack before checking it.
package struct PackVerifier {
  private let root: String
  private let assets: AssetLibrary
  private var valid: Set<Digest> = []
  private var report = VerificationReport()
  private var listed: [String: Entry] = [:]
  /// Regular files that are there, with their sizes.
  private var present: [String: Int] = [:]

  private struct Entry {
    var digest: Digest
    var bytes: Int
    var role: String
    var rows: Int?
  }

  /// Files that the manifest does not list: itself and the sums.
  private static let unlisted: Set<String> = ["manifest.xml", "SHA256SUMS"]
  private static let largestDocument = 20 << 20

  /// - Parameter valid: digests of documents that this process held against the schema when it wrote them. The same bytes
  ///   against the same schema give the same answer, so they are not parsed a second time.
  package static func verify(_ path: String, assets: AssetLibrary, valid: Set<Digest> = []) -> VerificationReport {
    var verifier = PackVerifier(root: path, assets: assets)
    verifier.valid = valid
    verifier.run()
    return verifier.report
  }

  private init(root: String, assets: AssetLibrary) {
    self.root = root
    self.assets = assets
  }

  private mutating func fault(
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
    for path in present.keys.sortedBytewise() where listed[path] == nil && !Self.unlisted.contains(path) {
      fault("pack-file-extra", path, "this file is not on the manifest", "Remove it; nobody vouches for it.")
    }
    for path in listed.keys.sortedBytewise() where present[path] != nil { checkDigest(path) }
    checkDocuments()
    checkData()
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
  private func bytes(_ path: String, limit: Int) -> [UInt8]? {
    guard let size = present[path], size <= limit, let data = FileManager.default.contents(atPath: root + "/" + path),
      data.count <= limit
    else { return nil }
    return Array(data)
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
      for file in document.root?.children(named: "file") ?? [] {
        guard let path = file["path"], Self.isSafe(path), let digest = Digest(hexadecimal: file["sha256"] ?? ""),
          let size = Int(file["bytes"] ?? "")
        else {
          fault("pack-manifest-entry", "manifest.xml", "an entry has no safe path, no digest or no size")
          continue
        }
        if listed[path] != nil { fault("pack-manifest-entry", "manifest.xml", "\(path) stands twice") }
        listed[path] = Entry(
          digest: digest, bytes: size, role: file["role"] ?? "", rows: file["rows"].flatMap { Int($0) })
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

  // MARK: Documents

  private mutating func checkDocuments() {
    let schema: EvidenceSchema
    do throws(XMLProblem) {
      schema = try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? [])
    } catch {
      fault("pack-no-schema", "evidence.xsd", error.message, "Install Tenure again.")
      return
    }
    for (path, entry) in listed.sorted(by: { $0.key.precedesBytewise($1.key) }) where entry.role == "evidence" {
      if valid.contains(entry.digest), path != "evidence/pack.xml" {
        report.documentsChecked += 1
        continue
      }
      guard let bytes = bytes(path, limit: Self.largestDocument) else { continue }
      do throws(XMLProblem) {
        let document = try XMLDocument(bytes, name: path)
        try schema.validate(document)
        report.documentsChecked += 1
        if path == "evidence/pack.xml", let root = document.root { checkIndex(root) }
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
    for (path, entry) in listed where entry.role == "evidence" && path != "evidence/pack.xml" && !indexed.contains(path)
    {
      fault("pack-index-differs", "evidence/pack.xml", "it does not name \(path)")
    }
    let names = ["lines", "blank", "malformed", "out-of-period", "judged"]
    func numbers(_ element: XMLDocument.Element?) -> [Int] { names.map { Int(element?[$0] ?? "") ?? -1 } }
    let totals = numbers(pack.child("totals"))
    if totals[0] != totals[1...].reduce(0, +) {
      fault("pack-totals", "evidence/pack.xml", "its lines are not blank + malformed + out of period + judged")
    }
    let sources = pack.child("sources")
    if sources?["shown"] == sources?["of"] {
      var sums = [0, 0, 0, 0, 0]
      for source in sources?.children(named: "source-facts") ?? [] {
        let own = numbers(source)
        if own[0] != own[1...].reduce(0, +) {
          fault("pack-totals", "evidence/pack.xml", "the lines of \(source["name"] ?? "a source") do not add up")
        }
        for index in sums.indices { sums[index] += own[index] }
      }
      if sums != totals { fault("pack-totals", "evidence/pack.xml", "its sources do not add up to its totals") }
    }
    var classes: [String: Int] = [:]
    for count in pack.child("classes")?.children ?? [] { classes[count["class"] ?? ""] = Int(count["n"] ?? "") }
    func sampled(_ name: String) -> Int { Int(pack.child("sampling")?[name] ?? "") ?? -1 }
    stated = Stated(
      classes: classes, judged: totals[4], malformed: totals[2],
      exceptions: Int(pack.child("totals")?["exceptions"] ?? "") ?? -1,
      samples: [
        "data/sample.csv": sampled("rows"), "data/sample-attribute.csv": sampled("attribute-rows"),
        "data/sample-boundary.csv": sampled("boundary-rows"),
      ])
  }

  private struct Stated {
    var classes: [String: Int]
    var judged: Int
    var malformed: Int
    var exceptions: Int
    /// Rows of each table of a sample.
    var samples: [String: Int]
  }
  private var stated: Stated?

  // MARK: Data

  /// Adds the exact data up again and compares it with what the index states.
  private mutating func checkData() {
    guard let stated else { return }
    var tally: [String: Int] = [:]
    let tallyRows = eachRow("data/tally.csv", columns: 10) { fields in
      tally[fields[5], default: 0] += Int(fields[6]) ?? 0
    }
    var exceptions: [String: Int] = [:]
    let exceptionRows = eachRow("data/exceptions.csv", columns: 2) { fields in exceptions[fields[1], default: 0] += 1 }
    var details: [String: Int] = [:]
    let detailRows = eachRow("data/exceptions-detail.csv", columns: 27) { fields in
      if fields[0] != "at" { details[fields[2], default: 0] += 1 }
    }
    for (path, columns) in [
      ("data/sample.csv", 3), ("data/sample-attribute.csv", 24), ("data/sample-boundary.csv", 29),
    ] {
      let rows = eachRow(path, columns: columns) { _ in }.map { $0 - Self.headerRows(path) }
      if let rows, rows != stated.samples[path] {
        fault("pack-totals", path, "it has \(rows) rows, which is not what evidence/pack.xml states")
      }
    }
    if tallyRows != nil, tally != stated.classes {
      fault("pack-totals", "data/tally.csv", "its sums by class are not the ones that evidence/pack.xml states")
    }
    if tallyRows != nil, tally.values.reduce(0, +) != stated.judged + stated.malformed {
      fault("pack-totals", "data/tally.csv", "it does not add up to the decisions judged and the lines malformed")
    }
    let expected = stated.classes.filter { DecisionClass(name: $0.key)?.isException ?? true }
    if exceptionRows != nil, exceptions != expected {
      fault("pack-totals", "data/exceptions.csv", "its rows by class are not the ones that evidence/pack.xml states")
    }
    if detailRows != nil, details != expected {
      fault(
        "pack-totals", "data/exceptions-detail.csv", "its rows by class are not the ones that evidence/pack.xml states")
    }
    if expected.values.reduce(0, +) != stated.exceptions {
      fault("pack-totals", "evidence/pack.xml", "its exceptions are not the sum of its classes")
    }
  }

  private static func headerRows(_ path: String) -> Int {
    ["data/exceptions-detail.csv", "data/sample-attribute.csv", "data/sample-boundary.csv"].contains(path) ? 1 : 0
  }

  /// Reads a data file row by row; nil when it is not there. Rows with another number of fields, and row counts that the manifest does not state, are faults.
  private mutating func eachRow(_ path: String, columns: Int, _ body: ([String]) -> Void) -> Int? {
    guard let entry = listed[path], present[path] != nil, let handle = FileHandle(forReadingAtPath: root + "/" + path)
    else { return nil }
    defer { try? handle.close() }
    var reader = CSVRows()
    var rows = 0
    var bad = 0
    func take(_ fields: [String]) {
      rows += 1
      if fields.count == columns { body(fields) } else { bad += 1 }
    }
    while let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty { reader.take(chunk, take) }
    let isOpen = reader.isOpen
    if bad > 0 || isOpen {
      fault("pack-data-row", path, "\(bad) rows have another number of fields, or the last row is cut off")
    }
    let header = Self.headerRows(path)
    if let stated = entry.rows, stated != rows - header {
      fault("pack-data-rows", path, "it has \(rows - header) rows, the manifest states \(stated)")
    }
    return rows
  }

  // MARK: Links

  /// Every link and picture of every page leads to a file of the pack, and to an anchor that exists there.
  private mutating func checkLinks() {
    let pages = listed.keys.filter { listed[$0]?.role == "page" }.sortedBytewise()
    // Links and anchors are kept as hashes: a large pack has millions, and most links stand on many pages.
    var anchors = Set<Int>()
    var wanted = Set<Int>()
    var known = Set<Int>()
    var isWhole = true
    for page in pages {
      guard let bytes = bytes(page, limit: Self.largestDocument) else { continue }
      let folder = page.split(separator: "/").dropLast().joined(separator: "/") + "/"
      var twice: [String] = []
      var count = 0
      HTMLAttributes.forEach(in: bytes) { attribute, value in
        if attribute == .id {
          if !anchors.insert(Self.key(page, value)).inserted { twice.append(value) }
          return
        }
        count += 1
        guard known.insert(Self.key(value.hasPrefix("#") ? page : folder, value)).inserted else { return }
        switch destination(of: value, on: page) {
        case .nowhere: isWhole = false
        case .file: break
        case .anchor(let key): wanted.insert(key)
        }
      }
      report.linksChecked += count
      for id in twice { fault("pack-id-twice", page, "the id \(id) stands twice on the page") }
      if !anchors.contains(Self.key(page, "main")) {
        fault("pack-page-empty", page, "it has no main part, so it says nothing")
      }
    }
    if !isWhole || !wanted.isSubset(of: anchors) { nameDeadLinks(of: pages, anchors) }
  }

  /// Looks again where something was amiss, now for each link and its page.
  private mutating func nameDeadLinks(of pages: [String], _ anchors: Set<Int>) {
    for page in pages {
      guard let bytes = bytes(page, limit: Self.largestDocument) else { continue }
      var dead: [String] = []
      HTMLAttributes.forEach(in: bytes) { attribute, value in
        guard attribute != .id else { return }
        switch destination(of: value, on: page) {
        case .nowhere: dead.append(value)
        case .file: break
        case .anchor(let key): if !anchors.contains(key) { dead.append(value) }
        }
      }
      for link in dead { fault("pack-link-dead", page, "it links to \(link), which is not in the pack") }
    }
  }

  private static func key(_ page: String, _ id: String) -> Int {
    var hasher = Hasher()
    hasher.combine(page)
    hasher.combine(id)
    return hasher.finalize()
  }

  private enum Destination {
    case nowhere, file
    /// The key of the anchor.
    case anchor(Int)
  }

  private func destination(of link: String, on page: String) -> Destination {
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let target = parts[0].isEmpty ? page : Self.resolve(parts[0], from: page),
      listed[target] != nil || Self.unlisted.contains(target)
    else { return .nowhere }
    guard parts.count > 1, !parts[1].isEmpty, listed[target]?.role == "page" else { return .file }
    return .anchor(Self.key(target, parts[1]))
  }

  private static func resolve(_ href: String, from page: String) -> String? {
    var parts = page.split(separator: "/").dropLast().map(String.init)
    for part in href.split(separator: "/", omittingEmptySubsequences: false) {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else if part != "." {
        parts.append(String(part))
      }
    }
    let path = parts.joined(separator: "/")
    return isSafe(path) ? path : nil
  }
}

/// Reads CSV rows (RFC 4180) from chunks.
struct CSVRows {
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var quoted = false
  private var afterQuote = false
  /// Whether a row was begun and not ended.
  var isOpen: Bool { quoted || !field.isEmpty || !fields.isEmpty }

  mutating func take(_ chunk: Data, _ body: ([String]) -> Void) {
    for byte in chunk {
      if quoted {
        if byte == 0x22 {
          quoted = false
          afterQuote = true
        } else {
          field.append(byte)
        }
        continue
      }
      if byte == 0x22 {
        if afterQuote { field.append(byte) }
        quoted = true
        afterQuote = false
        continue
      }
      afterQuote = false
      if byte == 0x2C || byte == 0x0A {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll(keepingCapacity: true)
        if byte == 0x0A {
          body(fields)
          fields.removeAll(keepingCapacity: true)
        }
      } else {
        field.append(byte)
      }
    }
  }
}

/// Finds attributes in serialised HTML: enough to follow links in pages that libxslt wrote, where text never holds a bare `<`.
enum HTMLAttributes {
  enum Name { case id, href, src }

  static func forEach(in bytes: [UInt8], _ body: (_ name: Name, _ value: String) -> Void) {
    bytes.withUnsafeBufferPointer { forEach(in: $0, body) }
  }

  private static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (_ name: Name, _ value: String) -> Void) {
    var index = 0
    while let open = find(0x3C, in: bytes, from: index) {
      index = open + 1
      guard index < bytes.count, isLetter(bytes[index]) else { continue }
      while index < bytes.count, bytes[index] != 0x3E {
        guard bytes[index] == 0x20 || bytes[index] == 0x0A else {
          index += 1
          continue
        }
        index += 1
        let nameStart = index
        while index < bytes.count, isLetter(bytes[index]) || bytes[index] == 0x2D { index += 1 }
        guard index + 1 < bytes.count, bytes[index] == 0x3D, bytes[index + 1] == 0x22 else { continue }
        let valueStart = index + 2
        guard let valueEnd = find(0x22, in: bytes, from: valueStart) else { return }
        if let name = name(bytes[nameStart..<index]) {
          body(name, unescape(String(decoding: bytes[valueStart..<valueEnd], as: UTF8.self)))
        }
        index = valueEnd + 1
      }
    }
  }

  private static func name(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Name? {
    switch bytes.count {
    case 2 where bytes.elementsEqual("id".utf8): .id
    case 3 where bytes.elementsEqual("src".utf8): .src
    case 4 where bytes.elementsEqual("href".utf8): .href
    default: nil
    }
  }

  private static func find(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int? {
    guard let base = bytes.baseAddress, index < bytes.count,
      let found = memchr(base + index, Int32(byte), bytes.count - index)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) }

  private static func unescape(_ text: String) -> String {
    text.utf8.contains(0x26) ? text.replacing("&amp;", with: "&") : text
  }
}
