internal import EvidenceModel
internal import EvidenceStore
internal import Intake

/// Logs that may be older ones under a new name: moved, rotated, compressed, and perhaps longer than they were.
struct Successors {
  struct Log {
    var name: String
    var path: String
    var firstLine: Digest
  }

  let logs: [Log]

  /// Whether one of them begins with what a log held.
  ///
  /// - Parameter name: that log's own name, which does not count.
  func contains(_ log: KnownLog, besides name: String) -> Bool {
    logs.contains { candidate in
      candidate.name != name && candidate.firstLine == log.firstLine && begins(candidate, with: log)
    }
  }

  private func begins(_ candidate: Log, with log: KnownLog) -> Bool {
    let stored = try? PrefixDigests.of(path: candidate.path, lengths: [log.storedBytes])
    if stored?[log.storedBytes]?.finish() == log.digest { return true }
    // What was plain may have been compressed since.
    guard log.compression == .none else { return false }
    return (try? PrefixDigests.ofText(path: candidate.path, length: log.storedBytes)) == log.digest
  }
}
