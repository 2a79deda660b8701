import Foundation
import Testing

/// Every folder of `examples/` that has a `tenure.yaml`, found when the tests run, so that a new one counts at once.
struct ExampleTests {
  static let folder = Program.root + "/examples"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/tenure.yaml") }

  /// One run of an example, with its pack and its store in a folder of its own.
  private struct Run {
    let scratch: Scratch
    let outcome: Program.Outcome
    let events: [[String: Any]]

    init(_ name: String) throws {
      scratch = try Scratch()
      outcome = try Program.tenure(
        "run", "--config", "\(ExampleTests.folder)/\(name)/tenure.yaml", "--out", scratch.path + "/out", "--store",
        scratch.path + "/store.sqlite", "--format", "json")
      events = try EndToEndTests.events(outcome.output)
    }

    func finished() throws -> [String: Any] {
      try #require(events.last { $0["event"] as? String == "finished" }, "no pack: \(outcome.errors)")
    }

    func pack() throws -> String { try #require(try finished()["pack"] as? String) }

    func count(_ member: String) throws -> Int { try #require(try finished()[member] as? Int, "\(member)") }

    func rows(_ file: String) throws -> [Substring] {
      try String(contentsOfFile: try pack() + "/data/" + file, encoding: .utf8).split(separator: "\n")
    }
  }

  @Test func thereAreExamples() { #expect(ExampleTests.names.contains("quickstart")) }

  @Test(arguments: names)
  func anExampleRunsAsItStandsAndItsPackIsSound(name: String) throws {
    let run = try Run(name)
    let readme = try String(contentsOfFile: "\(ExampleTests.folder)/\(name)/README.md", encoding: .utf8)
    let endsWith3 = readme.contains("This run ends with 3")
    #expect(endsWith3 ? run.outcome.status == 3 : [0, 3].contains(run.outcome.status), "\(run.outcome.errors)")
    let errors = run.events.filter { $0["event"] as? String == "diagnostic" && $0["severity"] as? String == "error" }
    #expect(endsWith3 || errors.isEmpty, "\(errors)")
    let verified = try Program.tenure("verify", try run.pack())
    #expect(verified.status == 0, "\(verified.output)")
  }

  @Test(arguments: names)
  func theTotalsOfAnExampleAddUp(name: String) throws {
    let run = try Run(name)
    let (malformed, judged) = (try run.count("malformed"), try run.count("judged"))
    #expect(judged > 0)
    #expect(try run.count("lines") == run.count("blank") + malformed + run.count("out_of_period") + judged)
    // Counted from the right, since a name may hold a comma: n and three sums are the last four columns.
    let tally = try run.rows("tally.csv").map { line in
      let columns = line.split(separator: ",").suffix(4)
      return try #require(Int(columns.first ?? ""))
    }
    #expect(tally.reduce(0, +) == malformed + judged)
    #expect(try run.rows("exceptions.csv").count == run.count("exceptions"))
  }

  @Test(arguments: names)
  func anExampleRunTwiceGivesTheSameManifest(name: String) throws {
    let (first, second) = (try Run(name), try Run(name))
    #expect(try first.finished()["manifest_sha256"] as? String == second.finished()["manifest_sha256"] as? String)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: first.pack() + "/manifest.xml"))
        == Data(contentsOf: URL(fileURLWithPath: second.pack() + "/manifest.xml")))
  }
}
