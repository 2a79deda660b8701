/// The number of a pack's format, which its manifest states (`docs/versions.md`). By Semantic Versioning: the first part is
/// that of the namespace `urn:tenure:evidence:1` and rises when something is taken away or changes its meaning; the second
/// rises when something is added; the third when words alone change.
package struct PackFormat: Sendable, Equatable, CustomStringConvertible {
  package static let current = PackFormat(major: 1, minor: 0, patch: 0)

  package let major, minor, patch: Int
  package var description: String { "\(major).\(minor).\(patch)" }

  private init(major: Int, minor: Int, patch: Int) {
    (self.major, self.minor, self.patch) = (major, minor, patch)
  }

  /// Nil unless the text is three whole numbers with dots between them, none with a leading zero.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard parts.count == 3, parts.allSatisfy({ $0 >= 0 }) else { return nil }
    self.init(major: parts[0], minor: parts[1], patch: parts[2])
    guard description == text else { return nil }
  }

  /// What is wrong where this program does not know all that a pack of this format may hold; nil where it does.
  package static func problem(of manifest: String?, file: String) -> Diagnostic? {
    // A format that is no number is the schema's to refuse.
    guard let format = manifest.flatMap({ PackFormat($0) }) else { return nil }
    if format.major == current.major, format.minor <= current.minor { return nil }
    return Diagnostic(
      id: "pack-format-unknown", file: file,
      summary: "the pack is of format \(format), and this program knows \(current.major).0.0 to \(current)",
      nextStep: "Use a later Tenure; every release says in its changelog which formats it knows.")
  }
}
