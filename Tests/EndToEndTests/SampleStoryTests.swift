import Foundation
import Testing

/// The story of `examples/story`, from which `reports/sample` is made. Its README tells what happens and which page shows it; the same
/// stands in its `answer.json`.
struct SampleStoryTests {
  struct Answer: Decodable {
    struct Owner: Decodable {
      var rule: String
      var at: String
      var known: String?
      var owner: String
      var status: Int32
    }

    struct Event: Decodable {
      var event: String
      var page: String
      var document: String
      /// The element of the document that states the event, and attributes that it has; of a table, columns of a row.
      var element: String?
      var attributes: [String: String]
    }

    var totals: String
    /// Decisions by class of exception.
    var exceptions: [String: Int]
    var owners: [Owner]
    /// Results by check; all of them.
    var checks: [String: String]
    /// States that some control has.
    var states: [String]
    var events: [Event]
  }

  static let folder = Program.root + "/examples/story"
  static let answer = Result {
    try JSONDecoder().decode(Answer.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/answer.json")))
  }

  /// Both quarters, made once for all tests, beside the built products; over one store, so that the later pack names the earlier period.
  private static let made = Result {
    let out = (Program.binary as NSString).deletingLastPathComponent + "/story-for-tests"
    try? FileManager.default.removeItem(atPath: out)
    func quarter(_ name: String, _ more: String...) throws -> Program.Outcome {
      try Program.run(
        Program.binary,
        ["run", "--config", "\(folder)/\(name).yaml", "--out", out, "--store", out + "/tenure.sqlite"] + more)
    }
    let before = try quarter("q2")
    return [before, try quarter("tenure", "--previous-pack", before.lastLine)]
  }

  private func pack() throws -> String { try Self.made.get()[1].lastLine }

  @Test func theStoryRunsToItsEndAndSaysWhatIsMissing() throws {
    let outcome = try Self.made.get()[1]
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("1 hole of 24 hours or more"), "\(outcome.errors)")
    #expect(outcome.output.contains(try Self.answer.get().totals))
    #expect(try Program.tenure("verify", try pack()).status == 0)
  }

  /// The bound allows for three frameworks, each control of which has a page, a dossier and a document; it keeps the sample readable in the repository.
  @Test func theSamplePackIsTheOneThatTheStoryGives() throws {
    #expect(try differences(try pack(), Program.root + "/reports/sample") == [], "make accept makes it anew")
    let size = try files(of: Program.root + "/reports/sample").values.reduce(0) { $0 + $1.count }
    #expect(size < 16_000_000)
  }

  @Test func everyCheckComesToTheResultThatTheAnswerStates() throws {
    let expected = try Self.answer.get().checks
    #expect(Set(expected.values) == ["pass", "fail", "exception", "cannot-tell", "not-applicable"])
    let names = try files(of: try pack() + "/evidence/k").keys.filter { !["index.xml", "by-id.xml"].contains($0) }
    #expect(names.count == expected.count)
    for (check, result) in expected.sorted(by: { $0.key < $1.key }) {
      let found = try elements("check", in: "evidence/k/\(check.lowercased()).xml").first
      #expect(found?["result"] == result, "\(check): \(found?["why"] ?? "")")
    }
  }

  @Test func everyEventOfTheStoryIsInThePack() throws {
    for event in try Self.answer.get().events {
      let found = try event.element.map { try elements($0, in: event.document) } ?? rows(of: event.document)
      #expect(
        found.contains { element in event.attributes.allSatisfy { element[$0.key] == $0.value } },
        "\(event.event) \(event.attributes) is not in \(event.document)")
      #expect(FileManager.default.fileExists(atPath: try pack() + "/" + event.page), "\(event.page)")
    }
  }

  @Test func theTableOfTheReadmeNamesTheEventsOfTheAnswerInOrder() throws {
    let text = try String(contentsOfFile: Self.folder + "/README.md", encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") && $0.contains("](../../reports/sample/") }
    let events = try Self.answer.get().events
    #expect(rows.count == events.count)
    for (row, event) in zip(rows, events) {
      let plain = row.replacingOccurrences(of: "`", with: "")
      #expect(plain.contains("| \(event.event) |") && plain.contains("[\(event.page)]"), "\(row)")
    }
  }

  @Test func exceptionsAreThoseOfTheStory() throws {
    let lines = try String(contentsOfFile: try pack() + "/data/exceptions.csv", encoding: .utf8).split(separator: "\n")
    let classes = lines.compactMap { $0.split(separator: ",").last.map(String.init) }
    #expect(Dictionary(classes.map { ($0, 1) }, uniquingKeysWith: +) == (try Self.answer.get().exceptions))
  }

  @Test func everyStateOfAControlOccurs() throws {
    var states = Set<String>()
    for name in try files(of: try pack() + "/evidence/c").keys {
      for control in try elements("control", in: "evidence/c/" + name) { states.formUnion([control["state"] ?? ""]) }
    }
    #expect(states.subtracting([""]) == Set(try Self.answer.get().states))
  }

  @Test func ownersAreThoseOfTheStoryAsEffectiveAndAsKnown() throws {
    for question in try Self.answer.get().owners {
      let known = question.known.map { ["--as-known-at", $0] } ?? []
      let outcome = try Program.run(
        Program.binary,
        ["owners", question.rule, "--at", question.at, "--config", Self.folder + "/tenure.yaml"] + known)
      #expect(outcome.status == question.status, "\(question)")
      #expect(outcome.output.contains(question.owner), "\(question): \(outcome.output)")
    }
  }

  @Test func theQuarterBeforeIsCalm() throws {
    let outcome = try Self.made.get()[0]
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("exceptions   0 of 145"), "\(outcome.output)")
    let failed = try files(of: outcome.lastLine + "/evidence/f").values.compactMap { finding in
      String(decoding: finding, as: UTF8.self).firstMatch(of: /<finding [^>]*result="fail" check="([^"]+)"/).map {
        String($0.1)
      }
    }
    #expect(Set(failed) == ["RG-CON-01", "RG-KIL-01", "RG-NHI-01", "RG-NHI-03"])
  }

  @Test func theLogsAreThoseThatTheScriptWrites() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: Self.folder, toPath: scratch.path + "/story")
    for (name, bytes) in try files(of: Self.folder + "/logs") where !bytes.isEmpty {
      try FileManager.default.removeItem(atPath: scratch.path + "/story/logs/" + name)
    }
    #expect(try Program.tool("python3", scratch.path + "/story/make_logs.py").status == 0)
    for (name, bytes) in try files(of: Self.folder) where !name.hasSuffix(".gz") {
      #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/story/" + name)) == bytes, "\(name)")
    }
  }

  /// No value of this story is quoted.
  private func rows(of table: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: try pack() + "/" + table, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(zip(lines[0], $0), uniquingKeysWith: { first, _ in first }) }
  }

  /// The pack's own writer puts every tag on one line.
  private func elements(_ name: String, in document: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: try pack() + "/" + document, encoding: .utf8)
    return text.components(separatedBy: "<\(name) ").dropFirst().map { part in
      var attributes: [String: String] = [:]
      for match in part.prefix(while: { $0 != ">" }).matches(of: /([a-z-]+)="([^"]*)"/) {
        attributes[String(match.1)] = String(match.2)
      }
      return attributes
    }
  }
}
