internal import EvidenceModel
internal import Intake
internal import Replay

/// `FILE:START-END` as typed: the file by its name in the configuration.
struct SplitArgument: Sendable {
  var file: String
  var start: Int
  var end: Int?

  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return nil }
    let bounds = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2, let start = Int(bounds[0]), start >= 0 else { return nil }
    if !bounds[1].isEmpty {
      guard let end = Int(bounds[1]), end > start else { return nil }
      self.end = end
    }
    file = String(text[..<colon])
    self.start = start
  }

  /// The split of a log that the configuration names.
  func find(in finder: LogFinder, _ entries: [Configuration.RoutingLog]) throws -> LogSplit {
    let path = finder.path(of: file)
    guard let log = finder.find(entries).logs.first(where: { $0.path.utf8.elementsEqual(path.utf8) }), log.path != "-"
    else {
      throw Diagnostic(
        id: "split-unknown-log", file: file, summary: "the configuration names no such log",
        nextStep: "Write the file as routing-logs names it; paths are relative to the configuration.")
    }
    do throws(SourceError) {
      guard let format = try RoutingLogFormat.detect(path: log.path, stated: log.format) else {
        throw SourceError.cannotRead(path: path, reason: "none of its first records is of a format that is read")
      }
      let size = ByteSource.storedSize(of: log.path)
      guard start <= size else {
        throw SourceError.cannotRead(path: path, reason: "it has \(size) bytes, and the split begins at \(start)")
      }
      if try ByteSource(path: log.path).compression == .none, format.isSeekable {
        return LogSplit(name: log.name, path: log.path, format: format, start: start, end: end)
      }
      guard start == 0, end.map({ $0 >= size }) ?? true else {
        throw SourceError.cannotRead(
          path: path, reason: "a compressed log, or one of documents over several lines, is one split: \(log.name):0-")
      }
      return LogSplit(name: log.name, path: log.path, format: format, start: 0, end: nil)
    } catch {
      throw error.diagnostic(name: log.name)
    }
  }

  /// The split of a log that a file of inputs names.
  ///
  /// - Parameter path: where the log is to be read, `-` for standard input; nil: by its name, from the current folder.
  func find(in inputs: ReplayInputs, path: String?) throws(Diagnostic) -> LogSplit {
    guard let planned = inputs.logs.first(where: { $0.name.utf8.elementsEqual(file.utf8) }) else {
      throw Diagnostic(
        id: "split-unknown-log", file: file, summary: "the inputs name no such log",
        nextStep: "Write the split as the manifest that was made with these inputs has it.")
    }
    func different(_ summary: String) -> Diagnostic {
      Diagnostic(
        id: "split-not-as-planned", file: file, summary: summary,
        nextStep: "Give the log that was planned, or plan the splits again with tenure splits.")
    }
    guard start < max(planned.bytes, 1), end ?? 0 <= planned.bytes else {
      throw different("the split does not lie in the \(planned.bytes) bytes that were planned")
    }
    let isSeekable = planned.compression == .none && planned.format.isSeekable
    guard isSeekable || start == 0 && end ?? planned.bytes == planned.bytes else {
      throw different("a compressed log, or one of documents over several lines, is one split")
    }
    let path = path ?? planned.name
    if path != "-", ByteSource.storedSize(of: path) != planned.bytes {
      throw different(
        "at \(path) are \(ByteSource.storedSize(of: path)) bytes, and \(planned.bytes) were planned")
    }
    return LogSplit(
      name: planned.name, path: path, format: planned.format, start: start, end: isSeekable ? end : nil,
      planned: planned)
  }

  /// Bytes to read, for the progress.
  func size(of split: LogSplit) -> Int {
    let size = split.planned?.bytes ?? ByteSource.storedSize(of: split.path)
    return max(0, min(split.end ?? size, size) - split.start)
  }
}
