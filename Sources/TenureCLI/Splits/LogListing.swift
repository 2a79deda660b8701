internal import EvidenceModel
internal import Foundation
internal import Intake
internal import Replay

/// Logs that lie where this machine cannot read them, as JSON lines. Its form is described in `docs/formats/splits.md`.
struct LogListing {
  private struct Line: Decodable {
    var log: String
    var bytes: Int
    var sha256: String?
    var compression: String?
    var format: String?
    var shape: String?
  }

  private let file: String
  private var lines: [Line] = []

  init(_ file: WholeFile) throws(Diagnostic) {
    self.file = file.name
    let decoder = JSONDecoder()
    var names = Set<[UInt8]>()
    for (index, line) in file.bytes.split(separator: 0x0A).enumerated() {
      guard let line = try? decoder.decode(Line.self, from: Data(line)), line.bytes >= 0,
        names.insert(Array(line.log.utf8)).inserted
      else {
        throw Diagnostic(
          id: "listing-unusable", file: file.name, line: index + 1,
          summary: "the line is no log with its bytes, or names one that stands above",
          nextStep: "Write one object a line: {\"log\":\"logs/july.jsonl\",\"bytes\":1000}.")
      }
      lines.append(line)
    }
    lines.sort { $0.log.precedesBytewise($1.log) }
  }

  /// Each log with what is known of it, or why no split of it can be planned.
  func logs(
    _ finder: LogFinder, _ entries: [Configuration.RoutingLog]
  ) -> [(name: String, outcome: Result<SplitPlan.Planned, Diagnostic>)] {
    let named = entries.compactMap(\.format)
    return lines.map { line in
      func refused(_ summary: String, _ nextStep: String) -> Result<SplitPlan.Planned, Diagnostic> {
        .failure(Diagnostic(id: "listing-bad-log", file: line.log, summary: summary, nextStep: nextStep))
      }
      guard let entry = entries.first(where: { finder.names(line.log, under: $0.path) }) else {
        return (line.log, refused("the configuration names no such log", "Name it under routing-logs as \(file) does."))
      }
      let stated = line.format.flatMap { name in (RoutingLogFormat.all + named).first { $0.name == name } }
      guard let format = stated ?? (line.format == nil ? entry.format : nil) else {
        return (
          line.log,
          refused("its format is not known", "State format under routing-logs or in \(file): it cannot be looked at.")
        )
      }
      let usual: Compression = line.log.hasSuffix(".gz") ? .gzip : line.log.hasSuffix(".zst") ? .zstd : .none
      let digest = line.sha256.flatMap { Digest(hexadecimal: $0) }
      guard let shape = line.shape.map({ LogShape(rawValue: $0) }) ?? format.statedShape,
        let compression = line.compression.map({ Compression(rawValue: $0) }) ?? usual,
        line.sha256 == nil || digest != nil
      else {
        return (line.log, refused("its shape, compression or SHA-256 is none", "Correct its line in \(file)."))
      }
      return (
        line.log,
        .success(
          (
            PlannedLog(
              name: line.log, bytes: line.bytes, compression: compression,
              format: DetectedFormat(format: format, shape: shape)), digest
          ))
      )
    }
  }
}
