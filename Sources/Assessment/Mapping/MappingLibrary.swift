package import Assets
package import EvidenceModel
package import Intake

/// The catalogs, the mapping of checks to controls, and the rulings on citations: the data under `mappings/`.
package struct MappingLibrary: Sendable {
  package var frameworks: [Framework] = []
  package var mappings: [Mapping] = []
  package var id = ""
  package var version = ""
  package var note = ""
  /// One for each mapping file read.
  package var reviews: [MappingReview] = []
  package var overrides: [MappingOverride] = []
  /// Why a check has nothing to say about a framework that it could be expected to speak about.
  package var unmapped: [UnmappedCheck] = []
  package var citations: [Citation] = []
  package var spellings: [Spelling] = []
  /// Defaults of check parameters.
  package var parameters: [String: [String: String]] = [:]
  /// What is wrong with the data that was read. An error leaves something out, or makes a state wrong.
  package var diagnostics: [Diagnostic] = []
  /// One digest over all files read.
  package var digest = Digest(of: "")

  /// Which frameworks to read.
  package enum Selection: Sendable {
    case all
    /// Those whose catalogs say `core: true`.
    case core
    case named([String])
  }

  package struct UnmappedCheck: Sendable, Hashable {
    package var check: String
    package var framework: String
    package var why: String
    package var place: RegisterPlace
  }

  /// - Parameter catalogs: frameworks from outside of `mappings/`, taken whatever the selection.
  package init(_ assets: AssetLibrary, frameworks: Selection = .all, catalogs: [OSCALCatalog] = []) {
    var reader = MappingReader(assets)
    self = reader.read(frameworks, catalogs)
    diagnostics += MappingLint.faults(self)
  }

  init() {}

  /// How far people have read the mapping of a framework.
  package func review(of framework: String) -> MappingReview {
    reviews.first { $0.framework.isSame(as: framework) }
      ?? MappingReview(framework: framework, version: "", status: .none, reviewers: [])
  }

  /// The review states of some frameworks' mappings in one word: theirs where they share one, else `mixed`.
  package func review(of frameworks: [String]) -> String {
    let states = Set(frameworks.map { review(of: $0).status }.filter { $0 != .none })
    return states.count > 1 ? "mixed" : (states.first ?? .none).rawValue
  }

  /// `draft`, `reviewed`, `none` or `mixed`, over all that was read.
  package var review: String { review(of: reviews.map(\.framework)) }
}

extension String {
  /// Equal by bytes, as names are (SEMANTICS §1).
  func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// A control's name among those of all frameworks.
  static func pair(_ framework: String, _ control: String) -> String { framework + "\u{0}" + control }
}
