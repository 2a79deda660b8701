internal import EvidenceModel
internal import Foundation
internal import XMLDocuments

/// What was tested and what came of it, for those who gather attestations. It carries no signature.
struct StatementFormat: DescribedFormat {
  static let description = FormatDescription(
    name: "statement", title: "in-toto: statement of test results",
    standard: "in-toto Statement v1 with predicate test-result v0.1",
    validated: "the protocol buffers of the package in-toto-attestation, which accept no field that they do not know",
    files: [.init(path: "statement.json", says: "the inputs by digest, the settings, and the checks by outcome")],
    results: [
      "`failedTests`", "`warnedTests`", "`warnedTests`", "`passedTests`", "in no list, as no test was made",
    ],
    fields: [
      .init(name: "_type", holds: "`https://in-toto.io/Statement/v1`"),
      .init(
        name: "subject[]",
        holds:
          "each input that has a digest: its name, and the SHA-256; a name that stands twice is followed by `#` and the id of the input"
      ),
      .init(name: "predicateType", holds: "`https://in-toto.io/attestation/test-result/v0.1`"),
      .init(
        name: "predicate.result",
        holds: "`FAILED` if a check failed; else `WARNED` if one is in `warnedTests`; else `PASSED`"),
      .init(
        name: "predicate.configuration[0]",
        holds:
          "`tenure-run`: the period, the settings of the run and the versions of the mappings as JSON in `content`, and its SHA-256"
      ),
      .init(name: "predicate.passedTests, .warnedTests, .failedTests", holds: "ids of checks"),
    ],
    notes: ["The statement is not signed and does not name the pack: a seal over the manifest does."],
    cannotExpress: [
      "An accepted exception and a check that cannot tell are both a warning.",
      "Findings, populations and counts have no field.",
      "Inputs without a digest are left out.",
    ])

  func files(of exchange: XMLDocument) throws -> [ExchangeFile] {
    let facts = try ExchangeFacts(exchange)
    return [ExchangeFile(path: "statement.json", bytes: try ExchangeJSON.document(try Statement(facts)))]
  }
}

private struct Statement: Encodable {
  var type = "https://in-toto.io/Statement/v1"
  var subject: [Resource]
  var predicateType = "https://in-toto.io/attestation/test-result/v0.1"
  var predicate: Predicate

  enum CodingKeys: String, CodingKey {
    case type = "_type"
    case subject, predicateType, predicate
  }

  struct Resource: Encodable {
    var name: String
    var digest: [String: String]
    var content, mediaType: String?
  }
  struct Predicate: Encodable {
    var result: String
    var configuration: [Resource]
    var passedTests, warnedTests, failedTests: [String]
  }
  struct Configuration: Encodable {
    var period, from, to: String
    var parameters: [Parameter]
    var mappings: [Mapping]
  }
  struct Parameter: Encodable { var name, value, origin: String }
  struct Mapping: Encodable { var framework, version, review: String }

  init(_ facts: ExchangeFacts) throws {
    subject = Self.subjects(facts.inputs)
    func tests(_ results: Set<CheckResult>) -> [String] {
      facts.checks.filter { results.contains($0.result) }.map(\.id)
    }
    let (passed, warned, failed) = (tests([.pass]), tests([.exception, .cannotTell]), tests([.fail]))
    let content = try ExchangeJSON.line(
      Configuration(
        period: facts.period, from: facts.from, to: facts.to,
        parameters: facts.parameters.map { Parameter(name: $0.name, value: $0.value, origin: $0.origin) },
        mappings: facts.frameworks.map { Mapping(framework: $0.id, version: $0.mappingVersion, review: $0.review) }))
    let configuration = Resource(
      name: "tenure-run", digest: ["sha256": Digest(of: content).description],
      content: Data(content).base64EncodedString(), mediaType: "application/json")
    predicate = Predicate(
      result: !failed.isEmpty ? "FAILED" : !warned.isEmpty ? "WARNED" : "PASSED", configuration: [configuration],
      passedTests: passed, warnedTests: warned, failedTests: failed)
  }

  /// Names are not empty and no two are the same.
  private static func subjects(_ inputs: [ExchangeFacts.Input]) -> [Resource] {
    let byName = ByName(grouping: inputs, by: \.name)
    return inputs.compactMap { input in
      guard let digest = input.sha256 else { return nil }
      let isUnique = !input.name.isEmpty && byName[input.name]?.count == 1
      return Resource(name: isUnique ? input.name : "\(input.name)#\(input.id)", digest: ["sha256": digest])
    }
  }
}
