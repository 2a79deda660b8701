internal import EvidenceModel
internal import Foundation
internal import Intake

/// The splits of a plan, as JSON lines. Their form is described in `docs/formats/splits.md`.
struct SplitManifest {
  /// One line: one split of one log.
  struct Split: Codable, Equatable {
    var version = 1
    /// From 1, of `splits`.
    var split: Int
    var splits: Int
    var log: String
    /// In bytes; records that begin here and before `end` belong to the split.
    var start: Int
    var end: Int
    /// As `tenure scan --split` takes it.
    var argument: String
    /// Of the whole log as stored, and its digest, where it was taken.
    var bytes: Int
    var sha256: String?
    var compression: String
    var format: String
    var shape: String
    /// Digest of settings, policy and registers.
    var plan: String
  }

  /// A log that no split could be planned for.
  struct LeftOut: Codable, Equatable {
    var version = 1
    var log: String
    var leftOut: String
    var plan: String

    enum CodingKeys: String, CodingKey {
      case version, log, plan
      case leftOut = "left_out"
    }
  }

  static let greatestCount = 500_000

  var splits: [Split] = []
  var leftOut: [LeftOut] = []

  /// The splits of each log, in the order of their place.
  var logs: [(log: PlannedSplits, splits: [Split])] {
    var logs: [(log: PlannedSplits, splits: [Split])] = []
    for split in splits {
      if let last = logs.last, last.log.name.utf8.elementsEqual(split.log.utf8) {
        logs[logs.count - 1].splits.append(split)
      } else {
        logs.append((PlannedSplits(split), [split]))
      }
    }
    return logs
  }

  /// What all splits of a log say of it.
  struct PlannedSplits: Equatable {
    var name: String
    var bytes: Int
    var sha256: String?
    var compression: String
    var format: String
    var shape: String

    init(_ split: Split) {
      (name, bytes, sha256) = (split.log, split.bytes, split.sha256)
      (compression, format, shape) = (split.compression, split.format, split.shape)
    }
  }

  var text: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      var text = Data()
      for split in splits { text += try encoder.encode(split) + [0x0A] }
      for log in leftOut { text += try encoder.encode(log) + [0x0A] }
      return text
    }
  }

  init(splits: [Split], leftOut: [LeftOut]) {
    self.splits = splits
    self.leftOut = leftOut
  }

  /// Reads a manifest; it is whole, or it is refused.
  init(_ file: WholeFile) throws(Diagnostic) {
    func refused(_ line: Int, _ summary: String) -> Diagnostic {
      Diagnostic(
        id: "splits-unusable", file: file.name, line: line, summary: summary,
        nextStep: "Take the file that tenure splits wrote, or plan the splits again.")
    }
    let decoder = JSONDecoder()
    let lines = file.bytes.split(separator: 0x0A)
    guard lines.count <= Self.greatestCount else { throw refused(1, "it has more than \(Self.greatestCount) lines") }
    for (index, line) in lines.enumerated() {
      if let split = try? decoder.decode(Split.self, from: Data(line)), split.version == 1 {
        splits.append(split)
      } else if let log = try? decoder.decode(LeftOut.self, from: Data(line)), log.version == 1 {
        leftOut.append(log)
      } else {
        throw refused(index + 1, "the line is no split that this version reads")
      }
    }
    for (index, split) in splits.enumerated() {
      guard split.split == index + 1, split.splits == splits.count else {
        throw refused(
          index + 1, "it is split \(split.split) of \(split.splits), and line \(index + 1) of \(splits.count)")
      }
    }
    var names = Set<[UInt8]>()
    for (log, splits) in logs {
      guard let first = splits.first, names.insert(Array(log.name.utf8)).inserted else {
        throw refused(1, "the splits of \(log.name) do not stand together")
      }
      let joins = zip(splits, splits.dropFirst()).allSatisfy { $0.end == $1.start && $0.start < $0.end }
      guard joins, first.start == 0, splits.last?.end == log.bytes, splits.allSatisfy({ PlannedSplits($0) == log }),
        Compression(rawValue: log.compression) != nil, log.sha256.map({ Digest(hexadecimal: $0) != nil }) ?? true
      else { throw refused(first.split, "the splits of \(log.name) do not make up the log") }
    }
    guard Set(splits.map(\.plan) + leftOut.map(\.plan)).count <= 1 else {
      throw refused(1, "its lines are of several plans")
    }
  }
}
