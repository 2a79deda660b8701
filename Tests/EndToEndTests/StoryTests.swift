import Foundation
import Testing

/// Stories of ownership and change. Each folder of `Tests/Fixtures/stories` holds inputs, the answer reasoned out in its
/// README, and the same answer in `answer.json`.
struct StoryTests {
  /// The answer to a story; what is left out is not asked.
  struct Answer: Decodable {
    struct Owner: Decodable {
      var rule: String
      var at: String
      var known: String?
      var owner: String
      var status: Int32
    }

    struct Redecided: Decodable {
      var rule: String
      var owner: String
      var n: Int
    }

    /// Lines of `data/tally.csv`.
    var tally: [String]
    /// Lines of `data/exceptions.csv`.
    var exceptions: [String]?
    var owners: [Owner]
    /// Results by check.
    var checks: [String: String]
    /// Population and exceptions by check.
    var figures: [String: [Int]]?
    /// `check result subject` of findings that must be there.
    var findings: [String]
    /// Attributes that some change of the pack has, each as written here.
    var changes: [[String: String]]?
    var redecided: Redecided?
    /// By rule: how its accountable tenure is based.
    var basis: [String: String]?
  }

  static let folder = Program.root + "/Tests/Fixtures/stories"
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  @Test(arguments: names)
  func theAnswerIsTheOneThatTheReadmeReasonsOut(name: String) throws {
    let story = Self.folder + "/" + name
    let answer = try JSONDecoder().decode(
      Answer.self, from: Data(contentsOf: URL(fileURLWithPath: story + "/answer.json")))
    let scratch = try Scratch()
    let run = try Program.tenure(
      "run", "--config", story + "/tenure.yaml", "--out", scratch.path, "--store", scratch.path + "/tenure.sqlite")
    try #require(run.status == 0, "\(run.errors)")
    let pack = run.lastLine
    #expect(try Program.tenure("verify", pack).status == 0)
    #expect(try lines(pack + "/data/tally.csv") == answer.tally)
    if let exceptions = answer.exceptions { #expect(try lines(pack + "/data/exceptions.csv") == exceptions) }
    try expectOwners(answer, in: story)
    try expectChecks(answer, in: pack)
    try expectRecords(answer, in: pack)
  }

  private func expectOwners(_ answer: Answer, in story: String) throws {
    for question in answer.owners {
      let known = question.known.map { ["--as-known-at", $0] } ?? []
      let outcome = try Program.run(
        Program.binary, ["owners", question.rule, "--at", question.at, "--config", story + "/tenure.yaml"] + known)
      #expect(outcome.status == question.status, "\(question): \(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains(question.owner), "\(question): \(outcome.output)")
    }
  }

  private func expectChecks(_ answer: Answer, in pack: String) throws {
    for (check, result) in answer.checks.sorted(by: { $0.key < $1.key }) {
      let document = try elements("check", in: pack + "/evidence/k/\(check.lowercased()).xml")
      #expect(document.first?["result"] == result, "\(check): \(document.first?["why"] ?? "")")
      guard let figures = answer.figures?[check] else { continue }
      #expect(document.first?["population"] == String(figures[0]), "\(check)")
      #expect(document.first?["exceptions"] == String(figures[1]), "\(check)")
    }
    var found = Set<String>()
    for name in try files(of: pack + "/evidence/f").keys where name != "index.xml" {
      for finding in try elements("finding", in: pack + "/evidence/f/" + name) {
        found.insert(
          [finding["check"], finding["result"], finding["subject"]].compactMap(\.self).joined(separator: " "))
      }
    }
    for finding in answer.findings { #expect(found.contains(finding), "\(finding) is not among \(found.sorted())") }
  }

  private func expectRecords(_ answer: Answer, in pack: String) throws {
    let rules = try files(of: pack + "/evidence/r").keys.sorted().map { pack + "/evidence/r/" + $0 }
    let changes = try rules.flatMap { try elements("change", in: $0) }
    for expected in answer.changes ?? [] {
      #expect(
        changes.contains { change in expected.allSatisfy { change[$0.key] == $0.value } },
        "\(expected) is not among \(changes.filter { $0["rule"] == expected["rule"] })")
    }
    let tenures = try rules.flatMap { try elements("tenure", in: $0) }
    if let redecided = answer.redecided {
      let tenure = tenures.first { $0["rule"] == redecided.rule && $0["owner"] == redecided.owner }
      #expect(tenure?["redecided"] == String(redecided.n))
    }
    for (rule, basis) in answer.basis ?? [:] {
      let bases = tenures.filter { $0["rule"] == rule && $0["role"] == "accountable" }.compactMap { $0["basis"] }
      #expect(bases.contains(basis), "\(rule): \(bases)")
    }
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// The attributes of each element of this name; the pack's own writer puts every tag on one line.
  private func elements(_ name: String, in path: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.components(separatedBy: "<\(name) ").dropFirst().map { part in
      var attributes: [String: String] = [:]
      let tag = part.prefix { $0 != ">" }
      for match in tag.matches(of: /([a-z-]+)="([^"]*)"/) { attributes[String(match.1)] = String(match.2) }
      return attributes
    }
  }
}
