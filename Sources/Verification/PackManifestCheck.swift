internal import Assets
internal import EvidenceModel
internal import XMLDocuments

/// The two lists of files, and what they say of each other.
extension PackVerifier {
  /// False where there is none that can be read.
  mutating func readManifest() -> Bool {
    guard let bytes = bytes("manifest.xml", limit: Self.largestDocument) else {
      fault(
        "pack-manifest-missing", "manifest.xml", "there is no manifest of a readable size", "Name the folder of a pack."
      )
      return false
    }
    report.manifestDigest = Digest(of: bytes)
    do throws(XMLProblem) {
      let document = try XMLDocument(bytes, name: "manifest.xml")
      if let problem = PackFormat.problem(of: document.root?["format"], file: "manifest.xml") {
        report.add(problem)
        return false
      }
      try EvidenceSchema(assets.bytes("templates/evidence.xsd") ?? []).validate(document)
      level = document.root.map {
        ($0["level"] ?? "", $0["internal-manifest"].flatMap { Digest(hexadecimal: $0) })
      }
      let suffix = level.map { $0.name == "internal" ? "" : "-" + $0.name } ?? ""
      report.packName = (document.root?["pack"]).map { $0 + suffix }.flatMap { name in
        PackPath.isSafe(name) && !name.contains("/") ? name : nil
      }
      var folded: [String: String] = [:]
      for file in document.root?.children(named: "file") ?? [] {
        guard let path = file["path"], PackPath.isSafe(path), let digest = Digest(hexadecimal: file["sha256"] ?? ""),
          let size = PackCount.read(file["bytes"])
        else {
          fault(
            "pack-manifest-entry", "manifest.xml", "an entry has no safe path, no digest or no size", line: file.line)
          continue
        }
        if let other = folded.updateValue(path, forKey: path.lowercased()) {
          fault(
            "pack-manifest-entry", "manifest.xml",
            other == path ? "\(path) stands twice" : "\(path) and \(other) are one file where case does not count",
            line: file.line)
        }
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

  mutating func checkSums() {
    guard let bytes = bytes("SHA256SUMS", limit: Self.largestDocument) else {
      fault("pack-sums-missing", "SHA256SUMS", "there is no list of sums of a readable size")
      return
    }
    var sums: [String: Digest] = [:]
    for (index, line) in bytes.split(separator: 0x0A).enumerated() {
      let path = String(decoding: line.dropFirst(66), as: UTF8.self)
      guard line.count > 66, let digest = Digest(hexadecimal: String(decoding: line.prefix(64), as: UTF8.self)),
        line.dropFirst(64).starts(with: [0x20, 0x20]), PackPath.isSafe(path)
      else {
        fault("pack-sums-line", "SHA256SUMS", "is no line of a digest and a path", line: index + 1)
        continue
      }
      if sums.updateValue(digest, forKey: path) != nil {
        fault("pack-sums-line", "SHA256SUMS", "\(path) stands twice", line: index + 1)
      }
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
}
