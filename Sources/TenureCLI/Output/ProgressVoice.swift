internal import EvidenceModel
internal import Foundation
internal import Glibc
internal import Replay

/// Says how far a scan has come: a line that renews itself on a terminal, events for a program, nothing in a pipe.
final class ProgressVoice: @unchecked Sendable {
  // All mutable state is guarded by `lock`.
  private let format: OutputFormat
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let started = Date()
  private let lock = NSLock()
  private var lastSaid: Date
  private var hasLine = false

  init(_ format: OutputFormat) {
    self.format = format
    // A program is told at once that something goes on; a person, once a rate means something.
    lastSaid = format == .json ? .distantPast : started
  }

  /// - Parameter total: stored bytes to read; compressed logs give more once they are unpacked.
  func report(_ progress: ScanProgress, of total: Int) {
    guard format == .json || isTerminal else { return }
    lock.withLock {
      let now = Date()
      guard now.timeIntervalSince(lastSaid) >= (format == .json ? 1 : 0.1) else { return }
      lastSaid = now
      let seconds = max(now.timeIntervalSince(started), 0.001)
      let rate = Double(progress.records) / seconds
      let left = progress.stored > 0 ? seconds * Double(total - progress.stored) / Double(progress.stored) : nil
      if format == .json {
        var fields: [String: EventValue] = [
          "bytes": .whole(progress.stored), "of_bytes": .whole(total), "records": .whole(progress.records),
          "records_per_second": .whole(Int(rate)),
        ]
        fields["seconds_left"] = left.map { .whole(Int($0.rounded(.up))) }
        Terminal.event("progress", fields)
      } else {
        let share = "\(ProgressWords.bytes(progress.stored)) of \(ProgressWords.bytes(total))"
        let time = left.map { ", \(ProgressWords.seconds($0)) left" } ?? ""
        show("  \(share), \(ProgressWords.grouped(Int(rate))) records/s\(time)")
      }
    }
  }

  /// Says something of the run that is not in its pack.
  func say(_ diagnostic: Diagnostic) {
    end()
    Terminal.diagnostics([diagnostic], as: format)
  }

  /// Takes the line away, before anything else is said.
  func end() {
    lock.withLock { if hasLine { show("") } }
  }

  private func show(_ text: String) {
    hasLine = !text.isEmpty
    Terminal.talk(bytes: Array("\r\u{1B}[K\(text)".utf8))
  }
}

/// Amounts as people read them.
enum ProgressWords {
  /// `1.2 GB`, in powers of ten.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var value = Double(count)
    var unit = 0
    while value >= 999.95, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(count) B" : "\(Int(value)).\(Int(value * 10) % 10) \(units[unit])"
  }

  static func grouped(_ count: Int) -> String {
    var digits = String(count)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3)[...], at: 0)
      digits = String(digits.dropLast(3))
    }
    return ([digits[...]] + groups).joined(separator: ",")
  }

  /// `3 s`, `2 min 5 s`, `1 h 4 min`.
  static func seconds(_ value: Double) -> String {
    let seconds = Int(value.rounded(.up))
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3600) h \(seconds / 60 % 60) min"
  }
}
