import EvidenceModel
import TestSupport
import Testing

@Suite struct EvidenceCanBeMadeAgainTests {
  @Test func cannotTellEvenWhenEveryInputHasADigest() throws {
    let outcome = try ask("RG-EVD-01", [DecisionLine()], policy([.allow("r")]).reading(.policy, .ownership))
    expect(outcome, .cannotTell, of: 3)
    #expect(
      outcome.missingRecords == ["a second run from the same inputs, and its SHA256SUMS to compare with"])
  }

  @Test func failsForAnInputThatCouldNotBeRead() throws {
    var records = policy([.allow("r")]).reading(.policy, .people)
    records.inputs[1].digest = nil
    let outcome = try ask("RG-EVD-01", [DecisionLine()], records)
    expect(outcome, .fail, of: 3, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .input)
    #expect(finding.summary == "The people input people.csv could not be read, so no digest names it.")
  }

  @Test func failsForALogThatWasNotOpened() throws {
    var records = policy([.allow("r")]).reading(.policy, .routingLog)
    records.inputs[1].digest = nil
    expect(try ask("RG-EVD-01", [DecisionLine()], records), .fail, of: 3, exceptions: 1)
  }

  @Test func failsForALogThatEndsEarly() throws {
    let damaged = try gzip(DecisionLine().json + "\n").dropLast(9)
    let outcome = try ask("RG-EVD-01", facts(bytes: Array(damaged), policy([.allow("r")]).reading(.policy)))
    expect(outcome, .fail, of: 2, exceptions: 1)
    let finding = try #require(outcome.findings.first)
    #expect(finding.subjectKind == .source)
    #expect(finding.subject == "log.jsonl")
    #expect(finding.summary.hasPrefix("The routing log log.jsonl could not be read to its end: "))
  }
}
