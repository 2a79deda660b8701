import EvidenceModel
import Intake

/// One record as a reader of its format took it, copied.
struct ReadLine: Sendable {
  var reason: RejectReason?
  var at = Instant(microseconds: 0)
  var zoneAssumed = false
  var requestID = ""
  var agent = ""
  var dataClass = ""
  var requested = ""
  var served = ""
  var provider = ""
  var deployment = ""
  var credential = ""
  var claimedRule = ""
  var escalatedFrom = ""
  var trigger = ""
  var tools: [String] = []
  var outcome = Outcome.success
  var tokensIn: Int64 = 0
  var tokensOut: Int64 = 0
  var costMicros: Int64 = 0
  var inferred = RoutingFields()
  var matched = RoutingFields()

  init(_ bytes: [UInt8], _ format: RoutingLogFormat) {
    var record = RoutingRecord()
    guard let reader = format.makeReader() else { preconditionFailure("\(format.name) is read as a whole log") }
    // Readers may look some bytes past the end.
    let padded = bytes + [UInt8](repeating: 0, count: 128)
    padded.withUnsafeBytes { buffer in
      reason = reader.read(UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]), into: &record)
      guard reason == nil else { return }
      take(record)
    }
  }

  init(_ record: RoutingRecord) { take(record) }

  private mutating func take(_ record: RoutingRecord) {
    at = record.at
    zoneAssumed = record.zoneAssumed
    requestID = record.requestID.string
    agent = record.agent.string
    dataClass = record.dataClass.string
    requested = record.requestedModel.string
    served = record.servedModel.string
    provider = record.provider.string
    deployment = record.deployment.string
    credential = record.credential.string
    claimedRule = record.claimedRule.string
    escalatedFrom = record.escalatedFrom.string
    trigger = record.trigger.string
    tools = record.tools.map(\.string)
    outcome = record.outcome
    tokensIn = record.tokensIn
    tokensOut = record.tokensOut
    costMicros = record.costMicros
    inferred = record.inferred
    matched = record.matched
  }

  init(_ json: String, _ format: RoutingLogFormat = .native) { self.init(Array(json.utf8), format) }
}
