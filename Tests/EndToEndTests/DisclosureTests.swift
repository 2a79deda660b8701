import Foundation
import Testing

/// Packs for auditors and the public, made from an internal one, as a user makes them.
struct DisclosureTests {
  /// Made once: the quickstart's pack at both levels.
  private static let made = Result {
    let out = (Program.binary as NSString).deletingLastPathComponent + "/disclosed-for-tests"
    try? FileManager.default.removeItem(atPath: out)
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    _ = try Program.tenure("disclose", "--new-key", out + "/key")
    for level in ["auditor", "public"] {
      let outcome = try Program.tenure(
        "disclose", try Quickstart.pack(), "--level", level, "--key", out + "/key", "--out", out)
      guard outcome.status == 0 else { throw Failure(text: outcome.errors) }
    }
    return out
  }

  private struct Failure: Error { var text: String }

  static func pack(_ level: String) throws -> String { try made.get() + "/2026q3-" + level }

  private static func rows(_ path: String) throws -> [[String]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// Whether a word stands in the text, by itself.
  private static func holds(_ text: String, _ word: String) -> Bool {
    var rest = text[...]
    func isWord(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } ?? false
    }
    while let found = rest.range(of: word, options: .literal) {
      let before = found.lowerBound == text.startIndex ? nil : text[text.index(before: found.lowerBound)]
      if !isWord(before), !isWord(rest[found.upperBound...].first) { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }

  @Test(arguments: ["auditor", "public"])
  func isSoundAndSaysItsLevelOnEveryPage(level: String) throws {
    let pack = try Self.pack(level)
    let outcome = try Program.tenure("verify", pack)
    #expect(outcome.status == 0, "\(outcome.output.suffix(2000))")
    let word = level == "auditor" ? "Level: for auditors" : "Level: for the public"
    for (path, bytes) in try files(of: pack) where path.hasSuffix(".html") {
      #expect(String(decoding: bytes, as: UTF8.self).contains(word), "\(path)")
    }
  }

  @Test(arguments: ["auditor", "public"])
  func noPersonTeamAgentOrRequestIsLeftInAnyByte(level: String) throws {
    let inner = try Quickstart.pack()
    var hidden: Set<String> = [
      "dana", "lee", "sam", "noor", "priya", "alex", "risk-team", "gateway-team", "claims-team",
    ]
    for row in try Self.rows(inner + "/data/exceptions-detail.csv").dropFirst() where row.count == 27 {
      hidden.formUnion([row[1], row[8]])
    }
    for row in try Self.rows(inner + "/data/sample-attribute.csv").dropFirst() where row.count == 24 {
      hidden.formUnion([row[3], row[11]])
    }
    hidden = hidden.filter { $0.count > 2 && !$0.contains("\"") && $0.contains(where: \.isLetter) }
    #expect(hidden.count > 80)
    for (path, bytes) in try files(of: try Self.pack(level)) {
      let text = String(decoding: bytes, as: UTF8.self)
      for word in hidden where text.contains(word) && Self.holds(text, word) {
        Issue.record("\(word) stands in \(path)")
      }
      #expect(!path.contains("dana") && !path.contains("priya"))
    }
  }

  @Test func countsVerdictsAndSelfApprovalsAreThoseOfTheInternalPack() throws {
    let (inner, outer) = (try Quickstart.pack(), try Self.pack("auditor"))
    func attributes(_ pack: String, _ document: String, _ expression: String) throws -> String {
      try Program.tool("xmllint", "--xpath", expression, pack + "/evidence/" + document).output
    }
    for expression in ["//*[local-name()='totals']", "//*[local-name()='classes']", "//*[local-name()='checks']"] {
      let original = try attributes(inner, "pack.xml", expression)
      #expect(!original.isEmpty)
      #expect(original == (try attributes(outer, "pack.xml", expression)))
    }
    #expect(try attributes(inner, "k/index.xml", "//@result") == (try attributes(outer, "k/index.xml", "//@result")))
    for name in try FileManager.default.contentsOfDirectory(atPath: inner + "/evidence/v") where name != "index.xml" {
      let alone = "//*[local-name()='facts']/@approval"
      #expect(try attributes(inner, "v/" + name, alone) == (try attributes(outer, "v/" + name, alone)))
      let both = "string(//*[local-name()='facts']/@author = //*[local-name()='facts']/@approvers)"
      #expect(try attributes(inner, "v/" + name, both) == (try attributes(outer, "v/" + name, both)))
    }
    let places = { (pack: String) in
      try Self.rows(pack + "/data/exceptions-detail.csv").map {
        [$0[0], $0[2], $0[3], $0.suffix(4).joined(separator: ",")]
      }
    }
    #expect(try places(inner) == (try places(outer)))
  }

  @Test func tallyKeepsItsFormAndItsSums() throws {
    func sums(_ pack: String) throws -> [String: Int] {
      var sums: [String: Int] = [:]
      for row in try Self.rows(pack + "/data/tally.csv") { sums[row[1] + row[5], default: 0] += Int(row[6]) ?? 0 }
      return sums
    }
    #expect(try sums(try Quickstart.pack()) == (try sums(try Self.pack("public"))))
    let lines = try String(contentsOfFile: try Self.pack("public") + "/data/tally.csv", encoding: .utf8).split(
      separator: "\n")
    #expect(lines.map(String.init) == lines.map(String.init).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func aSecondTimeGivesTheSameBytes() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "disclose", try Quickstart.pack(), "--level", "auditor", "--key", try Self.made.get() + "/key", "--out",
      scratch.path)
    #expect(try files(of: outcome.lastLine) == (try files(of: try Self.pack("auditor"))))
  }

  @Test func anotherLevelGivesOtherPseudonyms() throws {
    func owners(_ level: String) throws -> Set<String> {
      Set(try Self.rows(try Self.pack(level) + "/data/tally.csv").map { $0[3] }.filter { $0.hasPrefix("person-") })
    }
    #expect(try owners("auditor").count > 3)
    #expect(try owners("auditor").isDisjoint(with: try owners("public")))
  }

  @Test func oneValueIsRevealedAndCheckedWithPublicTools() throws {
    let pack = try Self.pack("auditor")
    let row = try #require(try Self.rows(pack + "/data/commitments.csv").first { $0[1] == "request-id" })
    let outcome = try Program.tenure(
      "reveal", pack, "--key", try Self.made.get() + "/key", "--internal", try Quickstart.pack(), "--record", row[0],
      "--field", row[1])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let words = outcome.output.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1).map(String.init) }
    let value = words[0][1].trimmingCharacters(in: .whitespaces)
    let salt = words[1][1].trimmingCharacters(in: .whitespaces)
    let check = try Program.run(
      "/bin/bash", ["-c", "printf '%s%s' \"$1\" \"$2\" | sha256sum", "-", salt, value])
    #expect(check.output.hasPrefix(row[2]))
    let other = try Program.run(
      "/bin/bash", ["-c", "printf '%s%s' \"$1\" \"$2\" | sha256sum", "-", salt, value + "x"])
    #expect(!other.output.hasPrefix(row[2]))
  }

  @Test func aKeyThatOthersMayReadOrThatLiesInAPackIsRefused() throws {
    let scratch = try Scratch()
    let key = try scratch.write("key", String(repeating: "k", count: 40))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    func disclose(_ key: String) throws -> Program.Outcome {
      try Program.tenure("disclose", try Quickstart.pack(), "--level", "auditor", "--key", key, "--out", scratch.path)
    }
    let open = try disclose(key)
    #expect(open.status == 1 && open.errors.contains("chmod 600"))
    let short = try scratch.write("short", "k")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: short)
    #expect(try disclose(short).errors.contains("only 1 bytes"))
  }

  @Test func theSampleStoryHasNobodyInItForAuditors() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "disclose", Program.root + "/reports/sample", "--level", "auditor", "--key", try Self.made.get() + "/key",
      "--out", scratch.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let people = try Self.rows(SampleStoryTests.folder + "/people.csv").dropFirst().flatMap { [$0[0], $0[1]] }
    #expect(people.count > 8)
    for (path, bytes) in try files(of: outcome.lastLine) {
      let text = String(decoding: bytes, as: UTF8.self)
      for name in people where text.contains(name) && Self.holds(text, name) {
        Issue.record("\(name) stands in \(path)")
      }
    }
  }

  @Test func aPackThatIsNotInternalIsRefused() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "disclose", try Self.pack("auditor"), "--level", "public", "--key", try Self.made.get() + "/key", "--out",
      scratch.path)
    #expect(outcome.status == 1 && outcome.errors.contains("of level auditor"))
  }
}

/// The levels that a configuration asks for, made by a run.
struct DisclosureConfigurationTests {
  private func run(_ scratch: Scratch, _ disclosure: String) throws -> Program.Outcome {
    let folder = scratch.path + "/quickstart"
    if !FileManager.default.fileExists(atPath: folder) {
      try FileManager.default.copyItem(atPath: Program.root + "/examples/quickstart", toPath: folder)
    }
    let text = try String(contentsOfFile: Quickstart.config, encoding: .utf8)
    _ = try scratch.write("quickstart/tenure.yaml", text + "\n" + disclosure + "\n")
    return try Program.tenure("run", "--config", folder + "/tenure.yaml", "--out", scratch.path + "/out")
  }

  @Test func aRunMakesTheLevelsThatTheConfigurationNames() throws {
    let scratch = try Scratch()
    _ = try Program.tenure("disclose", "--new-key", scratch.path + "/key")
    let outcome = try run(scratch, "disclosure: {levels: [auditor], key: ../key}")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("disclosed    auditor: manifest "))
    #expect(outcome.lastLine.hasSuffix("/out/2026q3"))
    #expect(try Program.tenure("verify", scratch.path + "/out/2026q3-auditor").status == 0)
  }

  @Test func aKeyThatIsMissingEndsARunBeforeItsLogsAreRead() throws {
    let scratch = try Scratch()
    let outcome = try run(scratch, "disclosure: {levels: [public], key: none}")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("--new-key"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/out/2026q3"))
  }

  @Test(arguments: ["{levels: [secret], key: k}", "{levels: [auditor]}", "{key: k}", "auditor"])
  func whatIsNoDisclosureIsRefused(text: String) throws {
    let scratch = try Scratch()
    let outcome = try run(scratch, "disclosure: \(text)")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("Write disclosure: {levels: [auditor, public], key: PATH}."))
  }
}
