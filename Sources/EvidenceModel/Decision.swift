/// How a request ended (SEMANTICS §1).
package enum Outcome: UInt8, Sendable, CaseIterable {
  case success, blocked, error

  package var name: String {
    switch self {
    case .success: "success"
    case .blocked: "blocked"
    case .error: "error"
    }
  }

  package init?(name: String) {
    guard let match = Outcome.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

/// What replaying the policy says of one line (SEMANTICS §5), in the order of that page.
package enum DecisionClass: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case malformed, noPolicy, noRule, notServed, blockedButServed, overBlocked
  case jurisdictionViolation, driftNotEscalated, permittedFallback, wrongTarget
  case unattributedEscalation, implicitEscalation, silentSubstitution, ruleMismatch, compliant

  /// The name in SEMANTICS, in `data/` and in the evidence documents.
  package var name: String { Self.names[Int(rawValue)] }

  package init?(name: String) {
    guard let index = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: UInt8(index))
  }

  private static let names = [
    "malformed", "no_policy", "no_rule", "not_served", "blocked_but_served", "over_blocked",
    "jurisdiction_violation", "drift_not_escalated", "permitted_fallback", "wrong_target",
    "unattributed_escalation", "implicit_escalation", "silent_substitution", "rule_mismatch",
    "compliant",
  ]

  /// SEMANTICS §5, last paragraph but one.
  package var isException: Bool {
    switch self {
    case .compliant, .permittedFallback, .notServed, .malformed: false
    default: true
    }
  }
}

/// Who answered for a rule at an instant (SEMANTICS §3).
package enum OwnerStatus: UInt8, Sendable, BitwiseCopyable {
  case notAsked, none, departed, owned

  /// `-` where no rule applied, so that there was nobody to ask for.
  package var name: String {
    switch self {
    case .notAsked: "-"
    case .none: "none"
    case .departed: "departed"
    case .owned: "owned"
    }
  }

  package init?(name: String) {
    switch name {
    case "-": self = .notAsked
    case "none": self = .none
    case "departed": self = .departed
    case "owned": self = .owned
    default: return nil
    }
  }
}

/// Where a line stands in a routing log.
package struct SourcePosition: Hashable, Sendable {
  /// Counted from 1.
  package var line: Int
  /// Counted from 0, after decompression.
  package var byteOffset: Int
  /// Length of the line without its line end.
  package var bytes: Int

  package init(line: Int, byteOffset: Int, bytes: Int) {
    self.line = line
    self.byteOffset = byteOffset
    self.bytes = bytes
  }
}

/// One decision after replay, with everything that a reader of the pack may ask about it.
package struct JudgedDecision: Sendable {
  package var position: SourcePosition
  package var lineDigest: Digest
  package var at: Instant
  package var requestID: String
  package var agent: String
  package var dataClass: String
  package var requestedModel: String
  package var servedModel: String
  package var provider: String
  package var deployment: String
  package var claimedRule: String
  package var escalatedFrom: String
  package var trigger: String
  package var tools: [String]
  package var outcome: Outcome
  package var tokensIn: Int64
  package var tokensOut: Int64
  package var costMicros: Int64
  /// `-` where none was in force.
  package var version: String
  /// `-` where none applied.
  package var rule: String
  package var owner: String
  package var ownerStatus: OwnerStatus
  package var jurisdiction: String
  package var decisionClass: DecisionClass
  package var indeterminate: Bool

  package init(
    position: SourcePosition, lineDigest: Digest, at: Instant, requestID: String, agent: String,
    dataClass: String, requestedModel: String, servedModel: String, provider: String,
    deployment: String, claimedRule: String, escalatedFrom: String, trigger: String,
    tools: [String], outcome: Outcome, tokensIn: Int64, tokensOut: Int64, costMicros: Int64,
    version: String, rule: String, owner: String, ownerStatus: OwnerStatus, jurisdiction: String,
    decisionClass: DecisionClass, indeterminate: Bool
  ) {
    self.position = position
    self.lineDigest = lineDigest
    self.at = at
    self.requestID = requestID
    self.agent = agent
    self.dataClass = dataClass
    self.requestedModel = requestedModel
    self.servedModel = servedModel
    self.provider = provider
    self.deployment = deployment
    self.claimedRule = claimedRule
    self.escalatedFrom = escalatedFrom
    self.trigger = trigger
    self.tools = tools
    self.outcome = outcome
    self.tokensIn = tokensIn
    self.tokensOut = tokensOut
    self.costMicros = costMicros
    self.version = version
    self.rule = rule
    self.owner = owner
    self.ownerStatus = ownerStatus
    self.jurisdiction = jurisdiction
    self.decisionClass = decisionClass
    self.indeterminate = indeterminate
  }
}

/// Why a line is malformed (SEMANTICS §2).
package enum RejectReason: String, Sendable, CaseIterable {
  case notJSON = "not-json"
  case notAnObject = "not-an-object"
  case badInstant = "bad-instant"
  case emptyRequestID = "empty-request-id"
  case unknownOutcome = "unknown-outcome"
  case emptyModel = "empty-model"
  case tooLong = "too-long"
  case wrongColumns = "wrong-columns"

  package var words: String {
    switch self {
    case .notJSON: "not one valid JSON value"
    case .notAnObject: "not a JSON object"
    case .badInstant: "the time is missing, or is no instant as this format writes them"
    case .emptyRequestID: "the request id is empty"
    case .unknownOutcome: "the outcome is none of success, blocked, error"
    case .emptyModel: "a success without requested or served model"
    case .tooLong: "longer than 16 MiB, so it was not read"
    case .wrongColumns: "a row whose fields do not fit the table's columns"
    }
  }

  package var nextStep: String {
    switch self {
    case .notJSON, .notAnObject:
      "Look at the bytes of this line in the log; ask the log's writer whether it was cut short."
    case .badInstant: "Have the gateway write RFC 3339 times, such as 2026-07-01T00:00:00Z."
    case .emptyRequestID: "Have the gateway write its request id with every decision."
    case .unknownOutcome: "Name the outcome success, blocked or error."
    case .emptyModel: "Have the gateway write which model was asked for and which one answered."
    case .wrongColumns: "Look for a separator or a quotation mark that is not quoted, or a row that was cut short."
    case .tooLong: "Check whether a payload is logged with each decision; Tenure needs none."
    }
  }
}

/// A malformed line, kept with its place and reason; its text never leaves the log.
package struct Reject: Sendable, Hashable {
  package var position: SourcePosition
  package var lineDigest: Digest
  package var reason: RejectReason

  package init(position: SourcePosition, lineDigest: Digest, reason: RejectReason) {
    self.position = position
    self.lineDigest = lineDigest
    self.reason = reason
  }
}
