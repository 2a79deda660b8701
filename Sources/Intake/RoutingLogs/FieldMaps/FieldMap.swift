package import EvidenceModel

/// How the records of some format become decisions: which member or column fills which field.
package final class FieldMap: Sendable, Hashable {
  package let name: String
  package let digest: Digest
  package let origins: [FieldOrigin] = []

  init(name: String, digest: Digest) {
    self.name = name
    self.digest = digest
  }

  /// The maps that come with the program.
  package static let presets: [FieldMap] = []

  package static func == (left: FieldMap, right: FieldMap) -> Bool { left.digest == right.digest }
  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  func makeReader() -> (any RoutingLogReader)? { nil }
  func makeGatherer() -> (any RecordGatherer)? { nil }
  func recognises(_ record: JSONNode) -> String? { nil }

  /// What shows that a table is of this format; nil when nothing does.
  func recognises(header: [String]) -> String? { nil }
}
