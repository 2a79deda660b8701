import EvidenceModel
import EvidenceStore
import GRDB
import Replay
import TestSupport
import Testing

@Suite struct RunTests {
  private func lines(_ ids: ClosedRange<Int>) -> [DecisionLine] {
    ids.map { id in .with { $0.requestID = "r-\(id)" } }
  }

  @Test func theSampleOfTwoSourcesIsTheSampleOfAllTheirLines() throws {
    let store = try EvidenceStore(path: nil)
    let whole = try store.begin(["all": try store.scan(lines(1...40), plan())], period: "whole")
    let split = try store.begin(
      [
        "b": try store.scan(lines(21...40), plan()), "a": try store.scan(lines(1...20), plan()),
        "again": try store.scan(lines(15...25), plan()),
      ], period: "split")
    let expected = try whole.sample(size: 5).map { String(decoding: $0.canonical, as: UTF8.self) }
    #expect(expected.count == 5)
    #expect(expected == expected.sortedBytewise())
    #expect(try split.sample(size: 5).map { String(decoding: $0.canonical, as: UTF8.self) } == expected)
    #expect(try split.sample(size: 2).count == 2)
  }

  @Test func theTallyOfTwoSourcesIsTheirSum() throws {
    let store = try EvidenceStore(path: nil)
    let whole = try store.begin(["all": try store.scan(lines(1...9), plan())], period: "whole")
    let split = try store.begin(
      ["a": try store.scan(lines(1...4), plan()), "b": try store.scan(lines(5...9), plan())], period: "split")
    #expect(try split.tally(byDay: true) == whole.tally(byDay: true))
    #expect(try split.tally(byDay: false).map(\.sums.n) == [9])
  }

  @Test func aRunReplacesTheOneBeforeForItsPeriod() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      let store = try EvidenceStore(path: path)
      _ = try store.begin(["old": try store.scan(lines(1...2), plan())])
      _ = try store.begin(["other": try store.scan(lines(1...2), plan())], period: "2026-08")
      let evidence = try store.begin(["new": try store.scan(lines(1...3), plan())])
      #expect(try evidence.sources().map(\.name) == ["new"])
      #expect(try value("SELECT count(*) FROM run", in: path) == 2)
      #expect(try value("SELECT count(*) FROM source", in: path) == 2)
    }
  }

  @Test func partialsThatNoRunNeedsAreDropped() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      let store = try EvidenceStore(path: path)
      let kept = try store.begin(["kept": try store.scan(lines(1...2), plan())], period: "2026-06")
      _ = try store.begin(["old": try store.scan(lines(1...5), plan())])
      let evidence = try store.begin(["new": try store.scan(lines(1...3), plan())])
      #expect(try value("SELECT count(*) FROM partial", in: path) == 3)
      try evidence.keep([])
      #expect(try value("SELECT count(*) FROM partial", in: path) == 2)
      #expect(try value("SELECT sum(n) FROM tally", in: path) == 5)
      #expect(try kept.sources().map(\.judged) == [2])
    }
  }

  @Test func findingsAreKeptWithTheirRun() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      let store = try EvidenceStore(path: path)
      let evidence = try store.begin(["a": try store.scan(lines(1...1), plan())])
      let finding = Finding(
        check: "RG-BLK-01", result: .fail, subjectKind: .rule, subject: "r", summary: "Words.", count: 1, population: 2)
      try evidence.keep([finding])
      #expect(try value("SELECT id FROM finding", in: path) == finding.id)
      _ = try store.begin(["a": try store.scan(lines(1...1), plan())])
      #expect(try value("SELECT count(*) FROM finding", in: path) == 0)
    }
  }

  @Test func aRunKeepsVersionsChangesAndTenures() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("s.sqlite")
      let store = try EvidenceStore(path: path)
      let kept = records(
        [version("v1", from: "2026-01-01", [.allow("r")])], owners: [owns("ada", "*", from: "2026-01-01")])
      _ = try store.begin(
        RunRecord(
          period: "2026-07", plan: plan().binding.digest, sources: [], versions: kept.history.versions,
          changes: kept.history.changes, tenures: kept.ownership.tenures(of: "r")))
      #expect(try value("SELECT version FROM policy_version", in: path) == "v1")
      #expect(try value("SELECT rule_id || ' ' || kind FROM rule_change", in: path) == "r created")
      #expect(try value("SELECT rule_id || ' ' || owner FROM tenure", in: path) == "r ada")
    }
  }
}
