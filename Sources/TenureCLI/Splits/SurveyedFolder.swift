internal import Dispatch
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Replay

/// The partials of a folder, each read once: which can be used, and why the others cannot.
struct SurveyedFolder {
  /// By log.
  private(set) var usable: ByName<[SurveyedPartial]> = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// Partials that hold what another one holds; each counts once.
  private(set) var repeated = 0

  init(_ folder: PartialFolder, _ plan: ReplayPlan) throws(Diagnostic) {
    let names = try folder.names()
    let surveys = Gathering<Result<SurveyedPartial, PartialError>>(count: names.count)
    DispatchQueue.concurrentPerform(iterations: names.count) { index in
      surveys.set(
        index,
        Result { () throws(PartialError) in try SurveyedPartial(path: folder.path + "/" + names[index]) })
    }
    let header = PartialHeader(plan)
    let logs = ByName(grouping: folder.manifest.logs.map(\.log)) { $0.name }
    var seen: Set<Digest> = []
    for (name, survey) in zip(names, surveys.all) {
      switch survey {
      case .failure(let error): diagnostics.append(Self.refusal(error, folder))
      case .success(let partial):
        if let reason = Self.reasonToRefuse(partial, header, logs) {
          diagnostics.append(Self.refusal(name, reason))
        } else if !seen.insert(partial.digest).inserted {
          // A worker that was thought dead may have finished: nothing is wrong.
          repeated += 1
        } else if let log = partial.ranges.first?.log {
          usable[log, default: []].append(partial)
        }
      }
    }
    for log in usable.keys.sortedBytewise() { leaveOutOverlaps(of: log) }
  }

  private static func reasonToRefuse(
    _ partial: SurveyedPartial, _ header: PartialHeader, _ logs: ByName<[SplitManifest.PlannedSplits]>
  ) -> String? {
    if let difference = header.difference(from: partial.header) { return "it was made with \(difference)" }
    guard let first = partial.ranges.first else { return "it names no log" }
    guard partial.ranges.allSatisfy({ $0.log.utf8.elementsEqual(first.log.utf8) }) else {
      return "it holds several logs, whose sums can no longer be told apart"
    }
    guard let log = logs[first.log]?.first else {
      return "the manifest has no log by the name \(FigureText.shortened(first.log, to: 80))"
    }
    let isAsPlanned = partial.ranges.allSatisfy {
      $0.format == log.format && $0.shape == log.shape && $0.compression == log.compression
    }
    return isAsPlanned ? nil : "it read \(log.name) as another format than was planned"
  }

  /// Two that hold the same bytes and are not the same: nobody can tell which of them is right.
  private mutating func leaveOutOverlaps(of log: String) {
    let partials = usable[log] ?? []
    let ranges = partials.indices.flatMap { index in partials[index].ranges.map { (range: $0.range, partial: index) } }
      .filter { !$0.range.isEmpty }.sorted { ($0.range.lowerBound, $0.partial) < ($1.range.lowerBound, $1.partial) }
    var overlapping: Set<Int> = []
    var last: (range: Range<Int>, partial: Int)?
    for next in ranges {
      if let before = last, next.range.lowerBound < before.range.upperBound {
        overlapping.formUnion([before.partial, next.partial])
        let name = (partials[before.partial].path as NSString).lastPathComponent
        let other = (partials[next.partial].path as NSString).lastPathComponent
        diagnostics.append(
          Self.refusal(
            name,
            "it and \(other) hold the same bytes of \(log), from \(next.range.lowerBound) on, and are not the same",
            nextStep: "Scan that split again, and remove whichever of the two differs from what comes of it."))
      }
      if next.range.upperBound > last?.range.upperBound ?? 0 { last = next }
    }
    usable[log] = partials.indices.filter { !overlapping.contains($0) }.map { partials[$0] }
  }

  private static func refusal(
    _ name: String, _ reason: String, line: Int? = nil, nextStep: String = "Scan its split again with the same inputs."
  ) -> Diagnostic {
    Diagnostic(id: "partial-refused", file: name, line: line, summary: reason, nextStep: nextStep)
  }

  static func refusal(_ error: PartialError, _ folder: PartialFolder) -> Diagnostic {
    func name(_ path: String) -> String { (path as NSString).lastPathComponent }
    return switch error {
    case .cannotRead(let path, let reason), .cannotWrite(let path, let reason), .notAPartial(let path, let reason):
      refusal(name(path), reason)
    case .damaged(let path, let line, let reason): refusal(name(path), reason, line: line)
    case .otherInputs(let path, let what): refusal(name(path), "it was made with \(what)")
    case .overlap(let log, _, _): refusal(name(folder.path), "two of its partials hold the same bytes of \(log)")
    }
  }
}
