internal import EvidenceModel

/// The vLLM Semantic Router's replay records and log lines.
final class SemanticRouterGatherer: RecordGatherer {
  static let origins: [FieldOrigin] = []

  static func recognises(_ record: JSONNode) -> String? { nil }

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {}

  func finish(into gathered: inout Gathered) {}
}
