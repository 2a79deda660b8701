internal import Dispatch
internal import EvidenceModel
internal import Foundation
internal import Intake
internal import Replay

/// Plans the splits of the logs that the configuration names.
struct SplitPlan {
  let finder: LogFinder
  let entries: [Configuration.RoutingLog]
  let plan: ReplayPlan
  /// Bytes of a split, at most.
  let size: Int
  /// Whether each log is read whole, for its digest.
  let takesDigests: Bool
  /// Logs that lie elsewhere; nil: those that are found here.
  var listing: LogListing?

  /// Large enough that starting a worker costs little, small enough that one that is lost does too.
  static let usualSize = 512_000_000

  struct Result {
    var manifest = SplitManifest(splits: [], leftOut: [])
    var logs: [PlannedLog] = []
    var diagnostics: [Diagnostic] = []
  }

  typealias Planned = (log: PlannedLog, digest: Digest?)

  func make() throws -> Result {
    var result = Result()
    let logs = listing?.logs(finder, entries) ?? found(&result.diagnostics)
    let binding = plan.binding.digest.description
    var splits: [SplitManifest.Split] = []
    for (name, outcome) in logs {
      switch outcome {
      case .failure(let diagnostic):
        result.diagnostics.append(diagnostic)
        result.manifest.leftOut.append(.init(log: name, leftOut: diagnostic.summary, plan: binding))
      case .success((let log, let digest)):
        result.logs.append(log)
        let cuts = try cuts(of: log)
        for (start, end) in zip(cuts, cuts.dropFirst()) {
          splits.append(
            .init(
              split: splits.count + 1, splits: 0, log: log.name, start: start, end: end,
              argument: "\(log.name):\(start)-" + (end > start ? String(end) : ""), bytes: log.bytes,
              sha256: digest?.description, compression: log.compression.rawValue, format: log.format.format.identity,
              shape: log.format.shapeName, plan: binding))
        }
        guard splits.count <= SplitManifest.greatestCount else {
          throw CommandEnd.failed(
            "More than \(SplitManifest.greatestCount) splits. Ask for larger ones with --size, or for a shorter period."
          )
        }
      }
    }
    for index in splits.indices { splits[index].splits = splits.count }
    result.manifest.splits = splits
    return result
  }

  private func found(_ diagnostics: inout [Diagnostic]) -> [(name: String, outcome: Swift.Result<Planned, Diagnostic>)]
  {
    let found = finder.find(entries)
    diagnostics += found.diagnostics
    let outcomes = Gathering<Swift.Result<Planned, Diagnostic>>(count: found.logs.count)
    DispatchQueue.concurrentPerform(iterations: found.logs.count) { index in
      outcomes.set(index, Swift.Result { () throws(Diagnostic) in try planned(found.logs[index]) })
    }
    return zip(found.logs, outcomes.all).map { (name: $0.name, outcome: $1) }
  }

  /// Where splits begin, and where the last one ends. A log that can be read from its beginning only is one split.
  private func cuts(of log: PlannedLog) throws -> [Int] {
    guard log.format.isSeekable, log.compression == .none, log.bytes > size else { return [0, log.bytes] }
    let count = (log.bytes - 1) / size + 1
    guard count <= SplitManifest.greatestCount else { return Array(0...SplitManifest.greatestCount + 1) }
    // Of one size, so that none of them is a straggler.
    return (0...count).map { log.bytes / count * $0 + min($0, log.bytes % count) }
  }

  private func planned(_ log: LogFinder.Log) throws(Diagnostic) -> Planned {
    guard log.path != "-" else {
      throw Diagnostic(
        id: "split-standard-input", file: log.name, summary: "standard input cannot be split",
        nextStep: "Write the log to a file, and name that in routing-logs.")
    }
    do throws(SourceError) {
      guard let format = try RoutingLogFormat.detect(path: log.path, stated: log.format) else {
        throw SourceError.cannotRead(path: log.path, reason: "none of its first records is of a format that is read")
      }
      let compression = try ByteSource(path: log.path).compression
      let bytes = ByteSource.storedSize(of: log.path)
      let digest = takesDigests ? try PrefixDigests.of(path: log.path, lengths: [bytes])[bytes]?.finish() : nil
      return (PlannedLog(name: log.name, bytes: bytes, compression: compression, format: format), digest)
    } catch {
      throw error.diagnostic(name: log.name)
    }
  }
}

/// Values that several threads put side by side.
final class Gathering<Value: Sendable>: @unchecked Sendable {
  // `values` is guarded by `lock`.
  private let lock = NSLock()
  private var values: [Value?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  func set(_ index: Int, _ value: Value) { lock.withLock { values[index] = value } }

  var all: [Value] { lock.withLock { values.compactMap { $0 } } }
}
