import Foundation
import Synchronization
import Testing

/// Every folder of `examples/` that has a `tenure.yaml`, found when the tests run, so that a new one counts at once.
struct ExampleTests {
  static let folder = Program.root + "/examples"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/tenure.yaml") }

  /// What one run of an example said, and its pack.
  private struct Run {
    let outcome: Program.Outcome
    let events: [[String: Any]]

    init(_ outcome: Program.Outcome) throws {
      self.outcome = outcome
      events = try EndToEndTests.events(outcome.output)
    }

    /// A run with pack and store in a folder of its own.
    init(_ name: String, in folder: String) throws {
      try self.init(
        Program.tenure(
          "run", "--config", "\(ExampleTests.folder)/\(name)/tenure.yaml", "--out", folder + "/out", "--store",
          folder + "/store.sqlite", "--format", "json"))
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

  /// The run that several tests look at; it lies beside the built products.
  private final class SharedRun: Sendable {
    private let outcome = Mutex<Program.Outcome?>(nil)

    func get(_ name: String) throws -> Run {
      try outcome.withLock { outcome in
        if let outcome { return try Run(outcome) }
        let folder = (Program.binary as NSString).deletingLastPathComponent + "/example-for-tests/" + name
        try? FileManager.default.removeItem(atPath: folder)
        let run = try Run(name, in: folder)
        outcome = run.outcome
        return run
      }
    }
  }

  private static let shared = Dictionary(uniqueKeysWithValues: names.map { ($0, SharedRun()) })

  private func run(_ name: String) throws -> Run { try #require(Self.shared[name]).get(name) }

  @Test func thereAreExamples() { #expect(ExampleTests.names.contains("quickstart")) }

  @Test(arguments: names)
  func anExampleRunsAsItStandsAndItsPackIsSound(name: String) throws {
    let run = try run(name)
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
    let run = try run(name)
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
    let scratch = try Scratch()
    let (first, second) = (try run(name), try Run(name, in: scratch.path))
    #expect(try first.finished()["manifest_sha256"] as? String == second.finished()["manifest_sha256"] as? String)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: first.pack() + "/manifest.xml"))
        == Data(contentsOf: URL(fileURLWithPath: second.pack() + "/manifest.xml")))
    withExtendedLifetime(scratch) {}
  }
}
