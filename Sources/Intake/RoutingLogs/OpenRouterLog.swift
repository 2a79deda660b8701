internal import EvidenceModel

/// OpenRouter's generation records and router metadata.
final class OpenRouterReader: RoutingLogReader {
  static let origins: [FieldOrigin] = []

  static func recognises(_ record: JSONNode) -> String? { nil }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason? { .notJSON }
}
