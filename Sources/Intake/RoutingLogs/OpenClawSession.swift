internal import EvidenceModel

/// OpenClaw's session transcripts.
final class OpenClawSessionGatherer: RecordGatherer {
  static let origins: [FieldOrigin] = []

  static func recognises(_ record: JSONNode) -> String? { nil }

  func take(_ record: UnsafeRawBufferPointer, at position: SourcePosition, into gathered: inout Gathered) {}

  func finish(into gathered: inout Gathered) {}
}
