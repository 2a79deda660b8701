internal import EvidenceModel

/// A SARIF log of one run; fields are named as in SARIF 2.1.0.
struct SARIFLog: Encodable {
  var schema = "https://json.schemastore.org/sarif-2.1.0.json"
  var version = "2.1.0"
  var runs: [SARIFRun]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  init(_ facts: ExchangeFacts) { runs = [SARIFRun(facts)] }
}

struct SARIFMessage: Encodable {
  var text: String

  init(_ text: String) { self.text = text }

  /// A message that holds text of others. `[text](target)` would be a link, and `{0}` a slot (SARIF 2.1.0 §3.11.5, §3.11.6).
  init(foreign text: String) {
    var safe = text
    if text.contains("](") {
      safe = safe.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
    }
    if text.contains("{") { safe = safe.replacing("{", with: "{{").replacing("}", with: "}}") }
    self.text = safe
  }
}

struct SARIFRun: Encodable {
  var tool: Tool
  var automationDetails: AutomationDetails
  var artifacts: [Artifact]
  var results: [SARIFResult]
  var invocations: [Invocation]
  var properties: ResultCounts
  var columnKind = "unicodeCodePoints"

  struct Tool: Encodable { var driver: Driver }
  struct AutomationDetails: Encodable { var id: String }
  struct Driver: Encodable {
    var name = "Tenure"
    var version: String
    var rules: [Rule]
  }
  struct Rule: Encodable {
    var id: String
    var shortDescription, fullDescription, help: SARIFMessage
    var properties: RuleProperties
  }
  struct RuleProperties: Encodable {
    var result, why, page: String
    var population, passed, exceptions, accepted, cannotTell, findings: Int
  }
  struct Artifact: Encodable {
    var location: ArtifactLocation
    var description: SARIFMessage
    var hashes: [String: String]?
    var length: Int?
  }
  struct ArtifactLocation: Encodable {
    var uri: String
    var index: Int?
  }
  struct Invocation: Encodable {
    var executionSuccessful: Bool
    var toolExecutionNotifications: [Notification]
  }
  struct Notification: Encodable {
    var level = "note"
    var message: SARIFMessage
  }

  init(_ facts: ExchangeFacts) {
    let index = SARIFArtifacts(facts)
    let placed = facts.findings.filter { !$0.places.isEmpty }
    tool = Tool(driver: Driver(version: facts.toolVersion, rules: facts.checks.map(Self.rule)))
    automationDetails = AutomationDetails(id: "tenure/\(facts.period)")
    artifacts = index.artifacts
    results = placed.map { SARIFResult($0, index) }
    let rest = facts.findingsOf - placed.count
    let notifications =
      rest == 0
      ? []
      : [
        Notification(
          message: SARIFMessage(
            "\(rest) of \(facts.findingsOf) findings are not listed, as they have no place in a file."))
      ]
    invocations = [Invocation(executionSuccessful: facts.isComplete, toolExecutionNotifications: notifications)]
    properties = ResultCounts(facts)
  }

  private static func rule(_ check: ExchangeFacts.Check) -> Rule {
    Rule(
      id: check.id, shortDescription: SARIFMessage(foreign: check.title),
      fullDescription: SARIFMessage(foreign: check.question),
      help: SARIFMessage(foreign: "\(check.method) It cannot show: \(check.cannotShow)"),
      properties: RuleProperties(
        result: check.result.rawValue, why: check.why, page: check.page, population: check.population,
        passed: check.passed, exceptions: check.exceptions, accepted: check.accepted, cannotTell: check.cannotTell,
        findings: check.findings))
  }
}

/// The files that places stand in, each once.
struct SARIFArtifacts {
  private(set) var artifacts: [SARIFRun.Artifact] = []
  private var indexes: ByName<Int> = [:]

  init(_ facts: ExchangeFacts) {
    var inputs: ByName<ExchangeFacts.Input> = [:]
    for input in facts.inputs {
      inputs[input.name] = inputs[input.name] ?? input
      inputs[input.id] = input
    }
    for place in facts.findings.lazy.flatMap(\.places) where indexes[place.source] == nil {
      let input = inputs[place.source]
      indexes[place.source] = artifacts.count
      artifacts.append(
        SARIFRun.Artifact(
          location: SARIFRun.ArtifactLocation(uri: Self.address(input?.name ?? place.source)),
          description: SARIFMessage(foreign: input?.name ?? place.source),
          hashes: input?.sha256.map { ["sha-256": $0] }, length: input?.bytes))
    }
  }

  func location(of source: String) -> SARIFRun.ArtifactLocation {
    let index = indexes[source]
    return SARIFRun.ArtifactLocation(
      uri: index.map { artifacts[$0].location.uri } ?? Self.address(source), index: index)
  }

  /// A relative reference that stays where it is read.
  private static func address(_ name: String) -> String {
    let segments = name.utf8.split(separator: 0x2F).filter { $0.contains { $0 != 0x2E } }
    let encoded = segments.map { segment in
      segment.map { byte in
        let scalar = Unicode.Scalar(byte)
        let isPlain = scalar.isASCII && scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
        return isPlain || "-._~".unicodeScalars.contains(scalar) ? String(scalar) : percent(byte)
      }.joined()
    }
    return encoded.isEmpty ? "unnamed" : encoded.joined(separator: "/")
  }

  private static func percent(_ byte: UInt8) -> String {
    "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}

struct SARIFResult: Encodable {
  var ruleId, kind, level: String
  var message: SARIFMessage
  var locations, relatedLocations: [Location]
  var partialFingerprints: [String: String]
  var suppressions: [Suppression]
  var occurrenceCount: Int?
  var properties: Properties

  struct Location: Encodable {
    var physicalLocation: PhysicalLocation
    var properties: PlaceProperties
  }
  struct PlaceProperties: Encodable { var lineSha256: String? }
  struct PhysicalLocation: Encodable {
    var artifactLocation: SARIFRun.ArtifactLocation
    var region: Region
  }
  struct Region: Encodable {
    var startLine: Int?
    var byteOffset, byteLength: Int
  }
  struct Suppression: Encodable {
    var kind = "external"
    var justification: String
  }
  struct Properties: Encodable {
    var result, subjectKind, subject, page: String
    var n, of: Int
    var counted, first, last: String?
    var missingRecords: [String]
  }

  init(_ finding: ExchangeFacts.Finding, _ artifacts: SARIFArtifacts) {
    ruleId = finding.check
    (kind, level) =
      switch finding.result {
      case .fail: ("fail", "error")
      case .exception: ("fail", "warning")
      case .cannotTell: ("open", "none")
      case .pass: ("pass", "none")
      case .notApplicable: ("notApplicable", "none")
      }
    message = SARIFMessage(foreign: finding.summary)
    let places = finding.places.map { place in
      Location(
        physicalLocation: PhysicalLocation(
          artifactLocation: artifacts.location(of: place.source),
          // Lines count from 1 here; a record of a table or a database has none.
          region: Region(
            startLine: place.line > 0 ? place.line : nil, byteOffset: place.byteOffset, byteLength: place.bytes)),
        properties: PlaceProperties(lineSha256: place.sha256))
    }
    locations = Array(places.prefix(1))
    relatedLocations = Array(places.dropFirst())
    partialFingerprints = ["tenureFinding/v1": finding.id]
    // All results have a list as soon as one has, even when it is empty (SARIF 2.1.0 §3.27.23).
    suppressions = finding.result == .exception ? [Suppression(justification: finding.summary)] : []
    occurrenceCount = finding.n > 0 ? finding.n : nil
    properties = Properties(
      result: finding.result.rawValue, subjectKind: finding.subjectKind, subject: finding.subject, page: finding.page,
      n: finding.n, of: finding.of, counted: finding.populationText, first: finding.first, last: finding.last,
      missingRecords: finding.missing)
  }
}
