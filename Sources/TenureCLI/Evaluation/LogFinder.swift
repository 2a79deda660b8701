internal import EvidenceModel
internal import Foundation
internal import Glibc
internal import Intake

/// Finds the files that a routing log entry names: a file, a glob, a folder, or standard input.
struct LogFinder: Sendable {
  let inputs: InputPlan

  struct Log: Hashable, Sendable {
    /// As shown: relative to the configuration.
    var name: String
    var path: String
    var format: RoutingLogFormat?
  }

  /// In the order of their names' bytes; a file that two entries name is taken once.
  func find(_ entries: [Configuration.RoutingLog]) -> (logs: [Log], diagnostics: [Diagnostic]) {
    var logs: [Log] = []
    var diagnostics: [Diagnostic] = []
    for entry in entries {
      let names = entry.path == "-" ? ["-"] : names(of: entry.path)
      if names.isEmpty {
        diagnostics.append(
          Diagnostic(
            id: "routing-log-missing", file: entry.path, summary: "no file is found there",
            nextStep: "Check routing-logs in the configuration; paths are relative to it."))
      }
      for name in names {
        // `a.jsonl` and `./a.jsonl` are one file, and its decisions count once.
        let path = path(of: name)
        guard !logs.contains(where: { $0.path.utf8.elementsEqual(path.utf8) }) else { continue }
        logs.append(Log(name: name, path: path, format: entry.format))
      }
    }
    return (logs.sorted { $0.name.precedesBytewise($1.name) }, diagnostics)
  }

  func path(of name: String) -> String { (inputs.path(of: name) as NSString).standardizingPath }

  /// Whether an entry would find a log of this name, were it there.
  func names(_ name: String, in entries: [Configuration.RoutingLog]) -> Bool {
    entries.contains { names(name, under: $0.path) }
  }

  func names(_ name: String, under pattern: String) -> Bool {
    if name == pattern { return true }
    let folder = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
    if let slash = name.lastIndex(of: "/"), name[..<slash] == folder { return true }
    return fnmatch(pattern, name, FNM_PERIOD | FNM_PATHNAME) == 0
  }

  private func names(of pattern: String) -> [String] {
    let path = inputs.path(of: pattern)
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      guard isDirectory.boolValue else { return [pattern] }
      let folder = pattern.hasSuffix("/") ? String(pattern.dropLast()) : pattern
      return entries(of: path).filter { isFile(path + "/" + $0) }.map { folder + "/" + $0 }
    }
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return expand(parts[...], below: pattern.hasPrefix("/") ? "" : nil)
  }

  /// Names that match a pattern, part by part; `*`, `?` and `[…]` never cross a `/` and never match a leading dot.
  private func expand(_ parts: ArraySlice<String>, below base: String?) -> [String] {
    guard let part = parts.first else { return base.map { [$0] } ?? [] }
    if part.isEmpty { return expand(parts.dropFirst(), below: base ?? "") }
    let folder = base.map { inputs.path(of: $0.isEmpty ? "/" : $0) } ?? inputs.directory
    let matches =
      part.contains { "*?[".contains($0) }
      ? entries(of: folder).filter { fnmatch(part, $0, FNM_PERIOD) == 0 } : [part]
    return matches.flatMap { name -> [String] in
      let joined = base.map { $0 + "/" + name } ?? name
      let isLast = parts.count == 1
      guard FileManager.default.fileExists(atPath: inputs.path(of: joined)) else { return [] }
      if isLast { return isFile(inputs.path(of: joined)) ? [joined] : [] }
      return expand(parts.dropFirst(), below: joined)
    }
  }

  private func entries(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix(".") }
      .sortedBytewise()
  }

  private func isFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
  }
}
