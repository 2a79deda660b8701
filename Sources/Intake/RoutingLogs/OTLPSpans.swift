internal import EvidenceModel

/// OpenTelemetry's `gen_ai.*` spans in OTLP/JSON and its relatives.
final class OTLPGatherer: RecordGatherer {
  static let origins: [FieldOrigin] = []

  static func recognises(_ record: JSONNode) -> String? { nil }

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {}

  func finish(into gathered: inout Gathered) {}
}
