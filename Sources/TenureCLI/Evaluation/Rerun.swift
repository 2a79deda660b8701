internal import ArgumentParser
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Rendering
internal import XMLDocuments

/// Reads the inputs of a pack again, with a store of its own, and compares what comes of them with the pack's tables.
struct Rerun {
  let pack: String
  let config: String
  let assets: AssetLibrary

  init(of pack: String, config: String, assets: AssetLibrary) {
    self.pack = pack
    self.config = config
    self.assets = assets
  }

  /// A fault for each table of `data/` that is not the same, byte for byte. Documents are not compared: they also hold what
  /// earlier runs of the same store found.
  func differences() async throws -> [Diagnostic] {
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("tenure-rerun-\(UUID().uuidString)")
      .path
    try PackShelf.makeFolder(scratch, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let folder = try PackFolder(pack)
    let options = try InputOptions.parse(
      ["--config", config, "--period", try period(folder), "--store", scratch + "/store.sqlite"])
    let plan = try RunPlan(options, outFlag: scratch)
    let evaluation = try await Evaluation.run(plan, threads: ProcessInfo.processInfo.activeProcessorCount)
    let again = scratch + "/pack"
    try PackShelf.makeFolder(again)
    let assets = assets
    _ = try PackWriter.write(
      evaluation.facts, into: again, assets: assets, threads: ProcessInfo.processInfo.activeProcessorCount
    ) {
      let renderer = PageRenderer(assets)
      return { document, stylesheet, framework in
        try renderer.page(from: document, stylesheet: stylesheet, framework: framework)
      }
    }
    return try Self.differences(from: folder.digests(under: "data/"), to: PackFolder(again).digests(under: "data/"))
  }

  private static func differences(from stated: [String: Digest], to made: [String: Digest]) -> [Diagnostic] {
    Set(stated.keys).union(made.keys).sortedBytewise().filter { stated[$0] != made[$0] }.map { path in
      let summary =
        switch (stated[path], made[path]) {
        case (nil, _): "the pack has no such table, and the inputs give one"
        case (_, nil): "the inputs give no such table"
        default: "the inputs give other rows than the pack has"
        }
      return Diagnostic(
        id: "pack-rerun-differs", file: path, summary: summary,
        nextStep: "Set the inputs' digests on scope.html against the files that you hold, and the settings beside them."
      )
    }
  }

  private func period(_ folder: PackFolder) throws -> String {
    let index = try folder.document("evidence/pack.xml")
    defer { withExtendedLifetime(index) {} }
    return index.root?.child("context")?["period"] ?? "all"
  }
}
