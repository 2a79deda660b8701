import Foundation
import Testing

/// A copy of a pack whose maker changes it and takes every digest again, as a forger would.
final class ForgedPack {
  let scratch: Scratch
  let path: String
  private var changed: Set<String> = []

  init(_ pack: String) throws {
    scratch = try Scratch()
    path = scratch.path + "/pack"
    try FileManager.default.copyItem(atPath: pack, toPath: path)
  }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  /// Replaces the first place where a text stands.
  func replace(_ old: String, _ new: String, in name: String) throws {
    let text = try text(name)
    let range = try #require(text.range(of: old), "\(name) has no \(old)")
    try write(text.replacingCharacters(in: range, with: new), to: name)
  }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(fileURLWithPath: path + "/" + name))
    changed.insert(name)
  }

  /// Changes what the manifest says of a file.
  func list(_ name: String, _ change: (String) -> String) throws {
    let lines = try text("manifest.xml").components(separatedBy: "\n")
    try #require(lines.contains { $0.contains("path=\"\(name)\"") })
    try write(
      lines.map { $0.contains("path=\"\(name)\"") ? change($0) : $0 }.joined(separator: "\n"), to: "manifest.xml")
  }

  private func sum(_ name: String) throws -> String {
    String(try Program.run("/usr/bin/sha256sum", [name], in: path).output.prefix(64))
  }

  /// Takes the digests again: in the index, in the manifest, in the sums.
  func mend() throws {
    let documents = changed.filter { $0.hasPrefix("evidence/") && $0 != "evidence/pack.xml" }
    for name in documents.sorted() {
      let sum = try sum(name)
      let index = try text("evidence/pack.xml").replacing(
        try Regex("(<document path=\"\(NSRegularExpression.escapedPattern(for: name))\"[^>]* sha256=\")[0-9a-f]{64}"),
        with: { String($0.output[1].substring ?? "") + sum })
      try write(index, to: "evidence/pack.xml")
    }
    for name in changed.sorted() where name != "manifest.xml" {
      let (sum, size) = (try sum(name), try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)).count)
      try list(name) { line in
        line.replacing(/sha256="[0-9a-f]{64}" bytes="\d+"/, with: "sha256=\"\(sum)\" bytes=\"\(size)\"")
      }
    }
    var sums: [String] = ["\(try sum("manifest.xml"))  manifest.xml"]
    for line in try text("manifest.xml").split(separator: "\n") {
      guard let file = line.firstMatch(of: /<file path="([^"]*)" sha256="([0-9a-f]{64})"/) else { continue }
      sums.append("\(file.2)  \(file.1)")
    }
    try write(sums.sorted().joined(separator: "\n") + "\n", to: "SHA256SUMS")
    changed = []
  }

  /// The faults that `tenure verify` finds: `id: file`.
  func faults(_ arguments: String...) throws -> [String] {
    let outcome = try Program.run(Program.binary, ["verify", path, "--format", "json"] + arguments)
    let events = try events(outcome.output)
    let faults = events.filter { $0["event"] as? String == "fault" }
    #expect(outcome.status == (faults.isEmpty ? 0 : 4))
    #expect(events.contains { $0["event"] as? String == "verified" && $0["faults"] as? Int == faults.count })
    return faults.map { "\($0["id"] as? String ?? ""): \($0["file"] as? String ?? "")" }
  }
}
