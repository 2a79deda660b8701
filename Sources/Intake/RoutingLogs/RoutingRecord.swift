internal import CSimdJSON
package import EvidenceModel

/// One line of a routing log in the terms of SEMANTICS §1. Its texts are borrowed from the reader until the next line.
package struct RoutingRecord {
  package var at = Instant(microseconds: 0)
  package var zoneAssumed = false
  package var requestID = BorrowedText.empty
  package var agent = BorrowedText.empty
  package var dataClass = BorrowedText.empty
  package var requestedModel = BorrowedText.empty
  package var servedModel = BorrowedText.empty
  package var provider = BorrowedText.empty
  package var deployment = BorrowedText.empty
  /// Name of the key that the request came with (`api_key_alias`), never the key: see `CredentialName`.
  package var credential = BorrowedText.empty
  package var claimedRule = BorrowedText.empty
  package var escalatedFrom = BorrowedText.empty
  package var trigger = BorrowedText.empty
  package var tools = UnsafeBufferPointer<BorrowedText>(start: nil, count: 0)
  package var outcome = Outcome.success
  package var tokensIn: Int64 = 0
  package var tokensOut: Int64 = 0
  package var costMicros: Int64 = 0
  /// Fields whose value is not what the log says word for word: concluded from other members of the record.
  package var inferred = RoutingFields()
  /// Fields whose value came by a table, such as a field map's value map.
  package var matched = RoutingFields()

  package init() {}

  /// Whether the request moved because something failed. A classifier's or an affinity's choice is no failure.
  package var isAfterFailure: Bool {
    !trigger.isEmpty && !trigger.equals("classifier") && !trigger.equals("affinity")
  }
}

extension RoutingRecord {
  /// Fields without a value.
  @inline(__always)
  package var empty: RoutingFields {
    var fields = RoutingFields()
    if agent.count == 0 { fields.insert(.agent) }
    if dataClass.count == 0 { fields.insert(.dataClass) }
    if requestedModel.count == 0 { fields.insert(.requestedModel) }
    if servedModel.count == 0 { fields.insert(.servedModel) }
    if provider.count == 0 { fields.insert(.provider) }
    if deployment.count == 0 { fields.insert(.deployment) }
    if claimedRule.count == 0 { fields.insert(.claimedRule) }
    if escalatedFrom.count == 0 { fields.insert(.escalatedFrom) }
    if trigger.count == 0 { fields.insert(.trigger) }
    if tools.count == 0 { fields.insert(.tools) }
    return fields
  }
}

/// Texts that a reader hands out together; their place is used again for the next record.
struct TextList: ~Copyable {
  private var texts = UnsafeMutablePointer<BorrowedText>.allocate(capacity: 16)
  private var values = UnsafeMutablePointer<json_value>.allocate(capacity: 16)
  private var capacity = 16
  private var count = 0

  deinit {
    texts.deallocate()
    values.deallocate()
  }

  /// The one text, or none when it is empty.
  mutating func fill(_ text: BorrowedText) {
    count = text.isEmpty ? 0 : 1
    texts.initialize(to: text)
  }

  mutating func fill(_ list: [BorrowedText]) {
    reserve(list.count)
    count = list.count
    for (index, text) in list.enumerated() { (texts + index).initialize(to: text) }
  }

  private mutating func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    texts.deallocate()
    values.deallocate()
    capacity = wanted
    texts = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
  }

  /// The strings of an array, in their order; other elements are passed over, and so is anything that is no array.
  mutating func fill(from array: UnsafePointer<json_value>) {
    count = 0
    guard array.pointee.kind == JSON_ARRAY else { return }
    count = json_strings(array, values, capacity)
    if count > capacity {
      reserve(count)
      count = json_strings(array, values, capacity)
    }
    for index in 0..<count { (texts + index).initialize(to: values[index].text) }
  }

  var all: UnsafeBufferPointer<BorrowedText> { UnsafeBufferPointer(start: texts, count: count) }
}
