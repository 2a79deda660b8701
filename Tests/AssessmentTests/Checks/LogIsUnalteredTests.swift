import Assessment
import EvidenceModel
import EvidenceStore
import TestSupport
import Testing

@Suite struct LogIsUnalteredTests {
  private let bytes = Array((DecisionLine().json + "\n").utf8)

  private func entry(_ name: String, _ digest: Digest) -> LogDigest {
    LogDigest(name: name, digest: digest, recordedAt: at("2026-08-02"), signedBy: "archive", place: place)
  }

  private func ask(
    _ register: [LogDigest]?, zoneAssumed: Int = 0, name: String = "logs/july.jsonl"
  ) throws -> CheckOutcome {
    var facts = try facts(bytes: bytes, policy([.allow("r")]).with { $0.logDigests = register })
    facts.sources[0].name = name
    facts.sources[0].zoneAssumed = zoneAssumed
    return try AssessmentTests.ask("RG-LOG-03", facts)
  }

  @Test(arguments: ["logs/july.jsonl", "july.jsonl", "/archive/2026/july.jsonl"])
  func passesWithTheDigestFromWhenItWasPutAway(name: String) throws {
    expect(try ask([entry(name, Digest(of: bytes))]), .pass, of: 1)
  }

  @Test func failsForAnotherDigest() throws {
    let outcome = try ask([entry("july.jsonl", Digest(of: "other"))])
    expect(outcome, .fail, of: 1, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.summary == "Source logs/july.jsonl differs from what was put away.")
    #expect(finding.details.first == "Its digest is \(Digest(of: bytes)).")
  }

  @Test func theWholeNameGoesBeforeTheLastPart() throws {
    let entries = [entry("july.jsonl", Digest(of: bytes)), entry("logs/july.jsonl", Digest(of: "other"))]
    expect(try ask(entries), .fail, of: 1, exceptions: 1)
  }

  @Test func oneOfSeveralDigestsSuffices() throws {
    expect(try ask([entry("july.jsonl", Digest(of: "other")), entry("july.jsonl", Digest(of: bytes))]), .pass, of: 1)
  }

  @Test func cannotTellOfALogThatTheRegisterLacks() throws {
    for register in [nil, [], [entry("june.jsonl", Digest(of: bytes))]] {
      let outcome = try ask(register)
      expect(outcome, .cannotTell, of: 1, cannotTell: 1)
      #expect(outcome.missingRecords == ["the digests of the logs from when they were put away"])
    }
  }

  @Test func failsForTimesWithoutAnOffset() throws {
    let outcome = try ask([entry("july.jsonl", Digest(of: bytes))], zoneAssumed: 1)
    expect(outcome, .fail, of: 1, exceptions: 1)
    #expect(
      outcome.findings.first?.summary
        == "Source logs/july.jsonl has 1 decision whose time carries no offset; it was taken as UTC.")
    expect(try ask(nil, zoneAssumed: 1), .fail, of: 1, exceptions: 1)
  }

  @Test func aLogThatWasNotReadToItsEndCannotBeTold() throws {
    var facts = try facts(
      bytes: bytes, policy([.allow("r")]).with { $0.logDigests = [entry("log.jsonl", Digest(of: "other"))] })
    facts.sources[0].damage = "the compressed data ends too early"
    expect(try AssessmentTests.ask("RG-LOG-03", facts), .cannotTell, of: 1, cannotTell: 1)
  }

  @Test(arguments: ["", "/", "-"])
  func oddNamesAreNamesToo(name: String) throws {
    expect(try ask([entry(name, Digest(of: bytes))], name: name), .pass, of: 1)
  }

  @Test func doesNotApplyWithoutLogs() throws {
    var facts = try facts([], policy([.allow("r")]))
    facts.sources = []
    expect(try AssessmentTests.ask("RG-LOG-03", facts), .notApplicable, of: 0)
  }
}
