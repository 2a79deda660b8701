import EvidenceModel
import EvidenceStore
import Foundation
import GRDB
import Intake
import Replay
import TestSupport

let july = Period(name: "2026-07", from: at("2026-07-01"), to: at("2026-08-01"))
let native = DetectedFormat(format: .native, isLines: true)

/// A plan whose one rule lets everything stay; what is served by another model is an exception.
func plan(period: Period = july, sampleSize: Int = 5) -> ReplayPlan {
  ReplayPlan(
    records([version("v1", from: "2026-01-01", [.allow("r")])]),
    settings: .test(period: period, sampleSize: sampleSize))
}

func text(_ lines: [DecisionLine]) -> [UInt8] { Array(lines.map { $0.json + "\n" }.joined().utf8) }

extension EvidenceStore {
  /// Scans these bytes and returns the partials they came to.
  func scan(
    _ bytes: [UInt8], _ plan: ReplayPlan, named name: String = "log", partSize: Int = ScanCrew.partSize
  ) throws -> [Int64] {
    try withTemporaryFolder { folder in
      let task = ScanTask(path: try folder.write(bytes, to: "log"), format: native)
      return try scan([LogToScan(name: name, task: task)], plan: plan, threads: 2, partSize: partSize)[0].partials
    }
  }

  func scan(_ lines: [DecisionLine], _ plan: ReplayPlan) throws -> [Int64] { try scan(text(lines), plan) }

  /// A run over these sources.
  func begin(_ sources: KeyValuePairs<String, [Int64]>, period: String = "2026-07") throws -> RunEvidence {
    try begin(
      RunRecord(
        period: period, plan: plan().binding.digest,
        sources: sources.map { SourceRecord(name: $0.key, partials: $0.value) }, versions: [],
        changes: [], tenures: []))
  }
}

/// The one value that a query of a database file gives.
func value<Value: DatabaseValueConvertible>(_ sql: String, in path: String) throws -> Value? {
  try DatabaseQueue(path: path).read { try Value.fetchOne($0, sql: sql) }
}
