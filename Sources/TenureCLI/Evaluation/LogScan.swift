internal import Dispatch
internal import EvidenceModel
internal import EvidenceStore
internal import Foundation
internal import Intake
internal import Replay

/// Brings the store up to date with the routing logs: only bytes that were not judged before under these records are
/// judged now.
struct LogScan: Sendable {
  let plan: ReplayPlan
  let period: Period
  let store: EvidenceStore
  let finder: LogFinder
  let entries: [Configuration.RoutingLog]
  let threads: Int
  let voice: ProgressVoice?

  struct Result {
    var sources: [SourceRecord] = []
    var diagnostics: [Diagnostic] = []
    /// Logs of which nothing could be read.
    var unread: [InputFile] = []
    var scanned = 0
    /// Logs that had grown since, and of which only the new bytes were scanned.
    var continued = 0
    var remembered = 0
    /// Partials that were there twice, where logs came as partials.
    var repeated = 0

    /// How many logs were scanned, gone on with, or known already.
    var words: String {
      let gone = sources.count { !$0.isPresent }
      return "\(scanned) scanned, " + (continued > 0 ? "\(continued) continued, " : "") + "\(remembered) remembered"
        + (gone > 0 ? ", \(gone) no longer present" : "")
        + (repeated > 0 ? ", \(repeated) \(repeated == 1 ? "partial" : "partials") there twice" : "")
    }
  }

  /// What is known of a log before it is scanned.
  private struct Prepared: Sendable {
    var partials: [Int64] = []
    /// What is left to do.
    var task: ScanTask?
    var storedBytes = 0
    var firstLine: Digest?
    /// What the log was once, and is no more.
    var alterations: [KnownLog] = []
  }

  func run() throws -> Result {
    let found = finder.find(entries)
    var result = Result()
    let prepared = prepare(found.logs)
    let total = prepared.reduce(0) { sum, log in
      guard case .success(let log) = log, let task = log.task else { return sum }
      return sum + log.storedBytes - task.offset
    }
    var toScan: [LogToScan] = []
    for (log, prepared) in zip(found.logs, prepared) {
      if case .success(let known) = prepared, let task = known.task { toScan.append(.init(name: log.name, task: task)) }
    }
    let report = voice.map { voice in { @Sendable (progress: ScanProgress) in voice.report(progress, of: total) } }
    let scanned = try store.scan(toScan, plan: plan, threads: threads, report: report)
    var next = 0
    for (log, prepared) in zip(found.logs, prepared) {
      switch prepared {
      case .failure(let diagnostic): unreadable(log, diagnostic, &result)
      case .success(let known):
        var partials = known.partials
        if let task = known.task {
          partials += scanned[next].partials
          if let problem = scanned[next].unreadable {
            if problem.isChange { partials = [] }
            unreadable(log, problem.diagnostic(name: log.name), &result)
          } else if task.offset > 0 {
            result.continued += 1
          } else {
            result.scanned += 1
          }
          next += 1
        } else {
          result.remembered += 1
        }
        if !partials.isEmpty {
          result.sources.append(SourceRecord(name: log.name, partials: partials, firstLine: known.firstLine))
        }
      }
    }
    let known = try store.knownLogs(ofPeriod: period.name)
    let candidates = zip(found.logs, prepared).compactMap { log, prepared -> Successors.Log? in
      guard case .success(let now) = prepared, let firstLine = now.firstLine else { return nil }
      let isNew = !known.contains { $0.name.utf8.elementsEqual(log.name.utf8) }
      return Successors.Log(
        name: log.name, path: log.path, firstLine: firstLine, isNew: isNew || !now.alterations.isEmpty,
        partials: result.sources.first { $0.name.utf8.elementsEqual(log.name.utf8) }?.partials ?? [])
    }
    let successors = Successors(store: store, logs: candidates)
    for (log, prepared) in zip(found.logs, prepared) {
      guard case .success(let now) = prepared else { continue }
      for before in now.alterations where !successors.holds(before, besides: log.name) {
        try store.keepAlteration(of: log.name, before: before, storedBytes: now.storedBytes)
      }
    }
    try keepGone(known, present: Set(found.logs.map { Array($0.name.utf8) }), successors, found.diagnostics, &result)
    try reportAlterations(&result)
    result.sources.sort { $0.name.precedesBytewise($1.name) }
    return result
  }

  private func unreadable(_ log: LogFinder.Log, _ diagnostic: Diagnostic, _ result: inout Result) {
    result.diagnostics.append(diagnostic)
    result.unread.append(
      InputFile(
        kind: .routingLog, name: log.name, format: log.format?.name ?? "unknown", bytes: nil, digest: nil,
        records: 0))
  }

  // MARK: What is known already

  private func prepare(_ logs: [LogFinder.Log]) -> [Swift.Result<Prepared, Diagnostic>] {
    let results = Results(count: logs.count)
    DispatchQueue.concurrentPerform(iterations: logs.count) { index in
      results.set(index, Swift.Result { () throws(Diagnostic) in try prepare(logs[index]) })
    }
    return results.all
  }

  /// Filled by several threads.
  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Swift.Result<Prepared, Diagnostic>?]

    init(count: Int) { values = Array(repeating: nil, count: count) }

    func set(_ index: Int, _ value: Swift.Result<Prepared, Diagnostic>) { lock.withLock { values[index] = value } }

    var all: [Swift.Result<Prepared, Diagnostic>] { values.compactMap { $0 } }
  }

  private func prepare(_ log: LogFinder.Log) throws(Diagnostic) -> Prepared {
    do {
      guard log.path != "-" else {
        // Standard input cannot be looked at twice.
        let format = DetectedFormat(format: log.format ?? .native, shape: log.format?.statedShape ?? .lines)
        return Prepared(task: ScanTask(path: "-", format: format))
      }
      let identity = FileIdentity(path: log.path)
      guard let format = try RoutingLogFormat.detect(path: log.path, stated: log.format) else {
        throw Diagnostic(
          id: "routing-log-unknown-format", file: log.name, line: 1, byteOffset: 0,
          summary: "none of its first records is of a format that this version reads",
          nextStep: "Name the format in the configuration, or take the file out of routing-logs.")
      }
      let size = ByteSource.storedSize(of: log.path)
      let kept = try store.keptParts(named: log.name, storedBytes: size, format: format)
      let known = try store.knownLogs(named: log.name)
      let lengths = (kept.map(\.storedBytes) + known.map(\.storedBytes)).filter { $0 <= size }
      let prefixes = try PrefixDigests.of(path: log.path, lengths: lengths)
      var prepared = Prepared(storedBytes: size)
      prepared.firstLine = try? PrefixDigests.ofFirstLine(path: log.path)
      prepared.alterations = known.filter { prefixes[$0.storedBytes]?.finish() != $0.digest }
      goOn(log, format, kept, size, prefixes, &prepared)
      prepared.task?.identity = identity
      return prepared
    } catch let error as SourceError {
      throw error.diagnostic(name: log.name)
    } catch let error as Diagnostic {
      throw error
    } catch {
      throw Diagnostic(
        id: "scan-failed", file: log.name, summary: Terminal.failure(error),
        nextStep: "Check the disk and the store, and run again.")
    }
  }

  /// Takes the parts whose bytes are still there and were judged under these records, and finds what is left to scan.
  private func goOn(
    _ log: LogFinder.Log, _ format: DetectedFormat, _ kept: [KeptPart], _ size: Int, _ prefixes: [Int: Hasher256],
    _ prepared: inout Prepared
  ) {
    let usable = kept.filter { part in
      prefixes[part.storedBytes]?.finish() == part.digest && isValid(part)
        && hasSameNeighbours(part) && (part.storedBytes == size || !part.isUnterminated)
    }
    var task = ScanTask(path: log.path, format: format)
    var position = 0
    // The longest of several, as when a log had grown more than once.
    while let part = usable.filter({ $0.range.lowerBound == position && ($0.range.count > 0 || size == 0) })
      .max(by: { $0.range.upperBound < $1.range.upperBound })
    {
      prepared.partials.append(part.partial)
      task.line += part.lines
      position = part.range.upperBound
      if part.compression != .none || !format.isSeekable {
        // Such a log cannot be gone on with, so it counts when all of it is there.
        guard part.storedBytes == size else { break }
        if part.isEnd { return }
      } else if part.storedBytes == size {
        return
      } else {
        task.offset = position
      }
      if part.range.isEmpty { break }
    }
    if task.offset > 0, let digest = prefixes[task.offset] {
      task.digest = digest
    } else {
      prepared.partials = []
      task = ScanTask(path: log.path, format: format)
    }
    prepared.task = task
  }

  private func isValid(_ part: KeptPart) -> Bool {
    plan.binding.digest(from: part.first, to: part.last) == part.plan
  }

  private func hasSameNeighbours(_ part: KeptPart) -> Bool {
    plan.binding.neighboursDigest(from: part.first, to: part.last) == part.neighbours
  }

  /// The parts that make up a log as it was; none when one is missing. Of two alike the newer counts.
  private func chain(of log: KnownLog, among parts: [KeptPart]) -> [KeptPart] {
    var chain: [KeptPart] = []
    let own = parts.filter { log.compression == .none ? $0.compression == .none : $0.digest == log.digest }
    while let next = own.last(where: {
      $0.range.lowerBound == chain.last?.range.upperBound ?? 0 && $0.isNext(in: chain)
    }) {
      chain.append(next)
      if next.digest == log.digest, next.storedBytes == log.storedBytes, next.isEnd || log.compression == .none {
        return chain
      }
    }
    return []
  }

  // MARK: What is no longer as it was

  /// Logs that the configuration still names and that are no longer there: what they came to is kept.
  private func keepGone(
    _ known: [(name: String, log: KnownLog)], present: Set<[UInt8]>, _ successors: Successors, _ missing: [Diagnostic],
    _ result: inout Result
  ) throws {
    var kept = Set<String>()
    for (name, log) in known where !present.contains(Array(name.utf8)) && name != "-" && finder.names(name, in: entries)
    {
      let parts = chain(of: log, among: try store.keptParts(named: name))
      if try successors.replace(log, parts.map(\.partial), besides: name) {
        try store.forgetLog(name, ofPeriod: period.name)
        continue
      }
      // Of parts that are alike the last one counts, so those whose neighbours are the same come last.
      let valid = parts.filter(isValid)
      let inOrder = valid.filter { !hasSameNeighbours($0) } + valid.filter(hasSameNeighbours)
      let source = (name: name, parts: chain(of: log, among: inOrder))
      if !source.parts.isEmpty {
        result.sources.append(
          SourceRecord(name: source.name, partials: source.parts.map(\.partial), isPresent: false))
        result.diagnostics.append(
          Diagnostic(
            id: "log-gone", severity: .warning, file: source.name,
            summary: "the source is no longer present; what it came to when it was scanned is kept",
            nextStep: "Keep logs as long as a pack may be questioned: without it nobody can replay its decisions."))
        let outdated = source.parts.filter { !hasSameNeighbours($0) }
        if !outdated.isEmpty {
          try store.forgetNeighbours(of: outdated.map(\.partial))
          result.diagnostics.append(
            Diagnostic(
              id: "log-gone-before-a-version", severity: .warning, file: source.name,
              summary:
                "the versions next to those that judged it have changed since it was scanned, so what they would have said of its decisions is not counted",
              nextStep: "Fetch the log again to have it counted; what its own versions said of it stands."))
        }
        kept.insert(source.name)
      } else {
        result.diagnostics.append(
          Diagnostic(
            id: "log-gone", file: source.name,
            summary: "the source is no longer present, and records that judged it have changed since it was scanned",
            nextStep: "Fetch the log again; its decisions are missing from this pack."))
        result.unread.append(
          InputFile(kind: .routingLog, name: source.name, format: "unknown", bytes: nil, digest: nil, records: 0))
      }
    }
    // An entry under which nothing is found is no trouble when all that it named is kept.
    for diagnostic in missing where !kept.contains(where: { finder.names($0, under: diagnostic.file) }) {
      result.diagnostics.append(diagnostic)
      result.unread.append(
        InputFile(kind: .routingLog, name: diagnostic.file, format: "unknown", bytes: nil, digest: nil, records: 0))
    }
  }

  private func reportAlterations(_ result: inout Result) throws {
    let names = Set(result.sources.map(\.name))
    for alteration in try store.alterations() where names.contains(alteration.name) {
      let before = "\(alteration.before.storedBytes) bytes with SHA-256 \(alteration.before.digest)"
      let change =
        alteration.storedBytes < alteration.before.storedBytes
        ? "is shorter than when it was scanned before" : "does not begin with what was scanned before"
      result.diagnostics.append(
        Diagnostic(
          id: "log-altered", severity: .warning, file: alteration.name,
          summary: "it was altered: it \(change), then \(before)",
          nextStep: "Ask who changed the log, and compare it with a copy; the pack shows what it holds now."))
    }
  }
}

extension KeptPart {
  /// An empty part is a whole log, and never one of several.
  fileprivate func isNext(in chain: [KeptPart]) -> Bool { range.count > 0 || chain.isEmpty && storedBytes == 0 }
}
