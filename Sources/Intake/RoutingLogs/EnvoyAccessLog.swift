internal import EvidenceModel

/// Envoy AI Gateway's access log.
final class EnvoyAccessLogReader: RoutingLogReader {
  static let origins: [FieldOrigin] = []

  static func recognises(_ record: JSONNode) -> String? { nil }

  func read(_ bytes: UnsafeRawBufferPointer, into record: inout RoutingRecord) -> RejectReason? { .notJSON }
}
