internal import EvidenceModel
internal import EvidenceStore
internal import Intake

/// Logs that may be older ones under a new name: moved, rotated, compressed or unpacked, and perhaps longer than they were.
struct Successors {
  struct Log {
    var name: String
    var path: String
    var firstLine: Digest
    /// No run knew it before, or not with these bytes.
    var isNew: Bool
    var partials: [Int64]
  }

  let store: EvidenceStore
  let logs: [Log]

  /// Whether one of them begins with the very bytes that a log held.
  ///
  /// - Parameter name: that log's own name, which does not count.
  func holds(_ log: KnownLog, besides name: String) -> Bool {
    candidates(log, besides: name).contains { begins($0, with: log) }
  }

  /// Whether a new one stands for a log that is gone: it begins with its bytes, or holds all its requests.
  ///
  /// - Parameter partials: what the log that is gone came to, if that was kept.
  func replace(_ log: KnownLog, _ partials: [Int64], besides name: String) throws(StoreError) -> Bool {
    for candidate in candidates(log, besides: name) where candidate.isNew {
      if begins(candidate, with: log) { return true }
      // Compressed anew, its bytes say nothing.
      if log.compression != .none, !partials.isEmpty, !candidate.partials.isEmpty,
        try store.requests(of: partials, areAmong: candidate.partials)
      {
        return true
      }
    }
    return false
  }

  private func candidates(_ log: KnownLog, besides name: String) -> [Log] {
    logs.filter { !$0.name.utf8.elementsEqual(name.utf8) && $0.firstLine == log.firstLine }
  }

  private func begins(_ candidate: Log, with log: KnownLog) -> Bool {
    let stored = try? PrefixDigests.of(path: candidate.path, lengths: [log.storedBytes])
    if stored?[log.storedBytes]?.finish() == log.digest { return true }
    // What was plain may have been compressed since.
    guard log.compression == .none else { return false }
    return (try? PrefixDigests.ofText(path: candidate.path, length: log.storedBytes)) == log.digest
  }
}
