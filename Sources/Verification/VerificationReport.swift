package import EvidenceModel

/// What verifying a pack came to: every fault, not the first.
package struct VerificationReport: Sendable {
  package var filesChecked = 0
  package var documentsChecked = 0
  package var linksChecked = 0
  /// Pages and exchange files that were made again from their documents.
  package var pagesMade = 0
  package var manifestDigest: Digest?
  /// The pack's own name, with its level where it is not internal; nil where the manifest has none that is a name.
  package var packName: String?
  /// Of all faults, those too that are not kept.
  package private(set) var faultCount = 0

  private var kept: [Diagnostic] = []
  private var counts: [String: Int] = [:]

  /// Faults of one kind that are kept. A pack could hold millions, and would flood whoever reads the answer.
  package static let mostOfAKind = 1000

  package init() {}

  package var isSound: Bool { faultCount == 0 }

  /// In the order in which they were found; at the end how many more there are of each kind.
  package var faults: [Diagnostic] {
    kept
      + counts.filter { $0.value > Self.mostOfAKind }.sorted { $0.key.precedesBytewise($1.key) }.map { id, count in
        Diagnostic(
          id: id, file: "…", summary: "\(count - Self.mostOfAKind) more faults of this kind are not listed",
          nextStep: "Ask for the pack again from where it was made.")
      }
  }

  package mutating func add(_ fault: Diagnostic) {
    faultCount += 1
    counts[fault.id, default: 0] += 1
    if counts[fault.id, default: 0] <= Self.mostOfAKind { kept.append(fault) }
  }

  package mutating func add(_ faults: [Diagnostic]) { for fault in faults { add(fault) } }
}

/// Texts of a pack inside a sentence: a line end in one could begin a sentence of its own.
package enum OneLine {
  package static func text(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(longest) {
      line.append(scalar.value < 0x20 ? UnicodeScalar(0x2400 + scalar.value) ?? "\u{FFFD}" : scalar)
    }
    return String(line) + (text.unicodeScalars.count > longest ? "…" : "")
  }

  /// In characters.
  private static let longest = 1000
}
