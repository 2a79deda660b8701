@testable internal import Assessment
@testable internal import Assets
@testable internal import EvidenceModel
@testable internal import Exchange
@testable internal import Intake
@testable internal import XMLDocuments

/// Catalogs, mappings and other documents of frameworks.
let frameworkTargets = [
  FuzzTarget("oscal-catalog") { (bytes) throws(BrokenPromise) in
    let folder = FuzzFolder("catalog")
    let (profile, catalog) = halves(bytes)
    folder.with(["profile": profile, "catalog": catalog]) {
      guard let catalog = try? OSCALCatalog("profile", in: folder.path, id: "house") else { return }
      _ = MappingLibrary(.embedded, frameworks: .named([]), catalogs: [catalog])
    }
  },
  FuzzTarget("oscal-components") { (bytes) throws(BrokenPromise) in
    guard let definition = try? ComponentDefinition(WholeFile(name: "components", bytes: bytes)) else { return }
    _ = (definition.owners, definition.exceptions)
  },
  FuzzTarget("oscal-results") { (bytes) throws(BrokenPromise) in
    guard let document = try? OSCALFile.document(bytes, name: "assessment-results.xml") else { return }
    _ = OSCALChecks.faults(in: document)
    guard let json = try? OSCALFile.json(document) else { return }
    try expect(isJSON(json), "what is made of the XML is no JSON")
  },
  FuzzTarget("mapping") { (bytes) throws(BrokenPromise) in
    let (mapping, catalog) = halves(bytes)
    let folder = FuzzFolder("mapping")
    folder.with(["checks/fuzz.yaml": mapping, "frameworks/fuzz.yaml": catalog]) {
      guard let assets = try? AssetLibrary.embedded.overlaid("mappings", with: folder.path) else { return }
      _ = MappingLibrary(assets, frameworks: .named(["fuzz"]))
    }
  },
  FuzzTarget("xml") { (bytes) throws(BrokenPromise) in
    guard let document = try? XMLDocument(bytes, name: "input.xml") else { return }
    // Elements live no longer than their document.
    defer { withExtendedLifetime(document) {} }
    func walk(_ element: XMLDocument.Element) {
      _ = (element.name, element.attributes, element.nodes, element.namespace, element.line)
      for child in element.children { walk(child) }
    }
    if let root = document.root {
      walk(root)
      _ = (root.text, root.text { $0.name == "a" ? "" : nil })
    }
    try? evidenceSchema?.validate(document)
  },
]

/// Made once and only read from then on.
nonisolated(unsafe) let evidenceSchema = AssetLibrary.embedded.bytes("templates/evidence.xsd").flatMap {
  try? EvidenceSchema($0)
}
