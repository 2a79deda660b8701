import Foundation
import Testing

/// Packs and stores of every version that was released, as `Scripts/keep-release.sh` left them. See docs/versions.md.
struct ReleasedTests {
  static let folder = Program.root + "/Tests/Fixtures/released"
  static let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? []

  private func quickstart(_ scratch: Scratch, store: String) throws -> Program.Outcome {
    try Program.tenure(
      "run", "--config", "examples/quickstart/tenure.yaml", "--out", scratch.path + "/packs", "--store", store)
  }

  @Test func theVersionThatTheChangelogNamesIsKept() throws {
    let changelog = try String(contentsOfFile: Program.root + "/CHANGELOG.md", encoding: .utf8)
    let released = changelog.split(separator: "\n").filter { $0.hasPrefix("## ") && !$0.contains("Unreleased") }
      .compactMap { $0.dropFirst(3).split(separator: ",").first.map(String.init) }
    #expect(!released.isEmpty)
    #expect(released.sorted() == Self.versions)
  }

  @Test(arguments: versions) func aPackOfAReleasedVersionVerifies(_ version: String) throws {
    let pack = "\(Self.folder)/\(version)/quickstart.zip"
    let verified = try Program.tenure("verify", pack)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(try Program.tenure("gaps", pack).status == 0)
  }

  @Test(arguments: versions) func aPackOfAReleasedVersionIsComparedAndDisclosed(_ version: String) throws {
    let scratch = try Scratch()
    let pack = "\(Self.folder)/\(version)/quickstart.zip"
    let now = try quickstart(scratch, store: scratch.path + "/store.sqlite")
    let difference = try Program.tenure("diff", pack, now.lastLine)
    #expect(difference.status == 0, "\(difference.errors)")
    let key = scratch.path + "/key"
    #expect(try Program.tenure("disclose", "--new-key", key).status == 0)
    let disclosed = try Program.tenure(
      "disclose", pack, "--level", "auditor", "--key", key, "--out", scratch.path + "/disclosed")
    #expect(disclosed.status == 0, "\(disclosed.errors)")
    withExtendedLifetime(scratch) {}
  }

  @Test(arguments: versions) func aStoreOfAReleasedVersionGivesTheSamePackAsANewOne(_ version: String) throws {
    let scratch = try Scratch()
    let kept = scratch.path + "/kept.sqlite"
    try FileManager.default.copyItem(atPath: "\(Self.folder)/\(version)/store.sqlite", toPath: kept)
    func manifest(_ store: String) throws -> Data {
      let run = try quickstart(scratch, store: store)
      #expect(run.status == 0, "\(run.errors)")
      return try Data(contentsOf: URL(fileURLWithPath: run.lastLine + "/manifest.xml"))
    }
    #expect(try manifest(kept) == manifest(scratch.path + "/new.sqlite"))
    withExtendedLifetime(scratch) {}
  }

  @Test func aPackOfALaterFormatIsRefusedByItsNumber() throws {
    let forged = try ForgedPack(Program.root + "/reports/sample")
    try forged.replace("format=\"1.0.0\"", "format=\"1.1.0\"", in: "manifest.xml")
    try forged.mend()
    let words = "the pack is of format 1.1.0, and this program knows 1.0.0 to 1.0.0"
    let verified = try Program.tenure("verify", forged.path)
    #expect(verified.status == 4)
    #expect(verified.output.contains("pack-format-unknown: manifest.xml: \(words)"), "\(verified.output)")
    for arguments in [["gaps", forged.path], ["diff", forged.path, "reports/sample"]] {
      let refused = try Program.run(Program.binary, arguments)
      #expect(refused.status == 1 && refused.errors.contains(words), "\(arguments) \(refused)")
    }
  }
}
