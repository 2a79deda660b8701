internal import Assessment
internal import Assets
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake

/// The frameworks of a run, and the mappings that speak about them.
struct ChosenFrameworks {
  /// In the order in which they are shown, each once.
  var ids: [String]
  var library: MappingLibrary
  var parameters: [PackFacts.Parameter]

  init(_ configuration: Configuration, _ assets: AssetLibrary) throws {
    var sources: [Configuration.FrameworkSource] = []
    for source in configuration.frameworks ?? [] where !sources.contains(source) {
      if sources.contains(where: { Self.same($0.id, source.id) }) {
        throw Diagnostic(
          id: "config-framework-twice", file: configuration.file,
          summary: "two frameworks have the id \(source.id)",
          nextStep: "Give the OSCAL catalog another id: {path: …, id: …}.")
      }
      sources.append(source)
    }
    var catalogs: [OSCALCatalog] = []
    var named: [String] = []
    for source in sources {
      switch source {
      case .catalog(let id): named.append(id)
      case .oscal(let name, let id):
        catalogs.append(try OSCALCatalog(name, in: configuration.directory, id: id))
      }
    }
    library = MappingLibrary(
      assets, frameworks: configuration.frameworks == nil ? .core : .named(named), catalogs: catalogs)
    if let first = library.diagnostics.first(where: { $0.severity == .error && !Self.isOfCatalog($0) }) { throw first }
    let known = library.frameworks.map(\.id)
    ids = configuration.frameworks == nil ? known : sources.map(\.id)
    if let unknown = ids.first(where: { id in !known.contains { Self.same($0, id) } }) {
      let shipped = assets.paths(under: "mappings/frameworks/").map {
        (($0 as NSString).lastPathComponent as NSString).deletingPathExtension
      }
      throw Diagnostic(
        id: "config-unknown-framework", file: configuration.file, summary: "there is no catalog \(unknown)",
        nextStep: "Known catalogs: \(shipped.joined(separator: ", ")). An OSCAL catalog is named by its path.")
    }
    parameters = [
      .init(
        name: "frameworks", value: ids.joined(separator: ", "),
        origin: StatedValues.origin(configuration.frameworks.map { _ in configuration.file }))
    ]
    for catalog in catalogs {
      for (place, source) in catalog.sources.enumerated() {
        let what = place == 0 ? "digest" : "digest of \(source.name), which it imports"
        parameters.append(
          .init(
            name: "OSCAL catalog \(catalog.framework.id): \(what)", value: source.digest.description,
            origin: StatedValues.origin(configuration.file)))
      }
    }
  }

  private static func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

  /// What is wrong with single entries of a catalog leaves them out, and is told of in the pack.
  private static func isOfCatalog(_ diagnostic: Diagnostic) -> Bool { diagnostic.id.hasPrefix("oscal-") }
}
