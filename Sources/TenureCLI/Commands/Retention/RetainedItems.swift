internal import Comparison
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import PackArchive
internal import XMLDocuments

/// Finds what retention rules are about: packs in folders, the logs that the store knows, the store.
struct RetainedItems {
  private let plan: RunPlan

  init(_ plan: RunPlan) { self.plan = plan }

  /// Packs by their names, then logs, then the store.
  func all(inFolders folders: [String]) throws -> [RetainedItem] {
    var items = try folders.flatMap { try packs(in: $0) }
    guard let path = plan.store, FileManager.default.fileExists(atPath: path) else { return items }
    let store = try EvidenceStore(path: path)
    let logs = try store.logsOfRuns()
    items += logs.map { log in
      let periods = log.periods.compactMap { period($0) }
      let isKnown = periods.count == log.periods.count && log.isWhollyInPeriods
      return RetainedItem(
        kind: .logs, name: log.name, periods: periods,
        doubt: isKnown ? nil : "it may hold records of other times than the periods that it was run for")
    }
    let names = try store.periodsOfRuns()
    let periods = names.compactMap { period($0) }
    items.append(
      RetainedItem(
        kind: .stores, name: path, periods: periods,
        doubt: periods.count == names.count ? nil : "it holds a period of a name that says no time"))
    return items
  }

  private func packs(in folder: String) throws -> [RetainedItem] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      guard folder != plan.out else { return [] }
      throw Diagnostic(
        id: "folder-unreadable", file: folder, summary: "is no folder that can be read",
        nextStep: "Name a folder that holds packs.")
    }
    return names.sortedBytewise().compactMap { pack($0, in: folder) }
  }

  private func pack(_ name: String, in folder: String) -> RetainedItem? {
    let path = folder + "/" + name
    if name.hasPrefix(".") { return nil }
    if let match = name.wholeMatch(of: /([0-9]{4})q([1-4])\.tar\.gz/) {
      let period = period("\(match.1)-Q\(match.2)")
      return RetainedItem(kind: .packs, name: path, periods: period.map { [$0] } ?? [])
    }
    guard name.hasSuffix(".zip") || FileManager.default.fileExists(atPath: path + "/manifest.xml") else { return nil }
    do {
      return RetainedItem(kind: .packs, name: path, periods: [try Self.period(ofPack: path)])
    } catch {
      return RetainedItem(kind: .packs, name: path, periods: [], doubt: "it cannot be read: \(error.summary)")
    }
  }

  /// What a pack's own index states, once its bytes are known to be the listed ones.
  private static func period(ofPack path: String) throws(Diagnostic) -> Period {
    let pack = try OpenedPack(path)
    defer { pack.close() }
    let index = try PackFolder(pack.folder).document("evidence/pack.xml")
    defer { withExtendedLifetime(index) {} }
    let root = index.root
    return Period(
      name: root?.child("context")?["period"] ?? "", from: root?["from"].flatMap { Instant(rfc3339: $0) },
      to: root?["to"].flatMap { Instant(rfc3339: $0) })
  }

  private func period(_ name: String) -> Period? { try? Period(parsing: name, now: Instant(microseconds: 0)) }
}
