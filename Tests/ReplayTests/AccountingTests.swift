import EvidenceModel
import Intake
import Replay
import TestSupport
import Testing

@Suite struct AccountingTests {
  private let policy = records(
    [version("v1", from: "2026-01-01", [.allow("r")])], owners: [owns("ada", "r", from: "2026-01-01")])

  @Test func everyLineIsAccountedFor() throws {
    let july = try Period(parsing: "2026-07", now: at("2026-11-01"))
    let scanned = try scan(
      lines: [
        DecisionLine().json, "", " \t ", "\r", "{", "null", DecisionLine.with { $0.ts = "2026-08-01T00:00:00Z" }.json,
        DecisionLine.with { $0.ts = "2026-06-30T23:59:59.999999Z" }.json,
        DecisionLine.with { $0.ts = "2026-07-31T23:59:59.999999Z" }.json,
        DecisionLine.with { $0.ts = "2026-07-01T00:00:00Z" }.json,
      ],
      records: policy, settings: .test(period: july))
    let partial = scanned.partial
    #expect(
      [
        partial.counts.lines, partial.counts.blank, partial.counts.malformed, partial.counts.outOfPeriod,
        partial.counts.judged,
      ] == [10, 3, 2, 2, 3])
    #expect(partial.counts.first == at("2026-07-01T00:00:00Z"))
    #expect(partial.counts.last == at("2026-07-31T23:59:59.999999Z"))
  }

  @Test func anEmptyLogHasNoLines() throws {
    let partial = try scan(text: "", records: policy).partial
    #expect(
      [partial.counts.lines, partial.counts.blank, partial.counts.malformed, partial.counts.judged] == [0, 0, 0, 0])
    #expect(partial.tally.isEmpty)
    #expect(partial.counts.first == nil)
  }

  @Test func malformedLinesAreOneRowOfDashes() throws {
    let scanned = try scan(lines: ["x", "[]", DecisionLine.with { $0.requestID = "" }.json], records: policy)
    #expect(scanned.tally == ["-,-,-,-,-,malformed,3,0,0,0"])
    #expect(scanned.partial.tally.map(\.day) == [nil])
    #expect(scanned.rejects.map(\.reason) == [.notJSON, .notAnObject, .emptyRequestID])
  }

  @Test func rejectsKnowTheirPlace() throws {
    let first = DecisionLine().json
    let scanned = try scan(text: "\(first)\r\n\noops\n", records: policy)
    let reject = try #require(scanned.rejects.first)
    #expect(reject.position == SourcePosition(line: 3, byteOffset: first.utf8.count + 3, bytes: 4))
    #expect(reject.lineDigest == Digest(of: "oops"))
  }

  @Test func aMalformedLineOutsideThePeriodIsMalformed() throws {
    let line = DecisionLine.with { line in
      line.ts = "2020-01-01T00:00:00Z"
      line.outcome = "maybe"
    }
    let partial = try scan(
      [line], records: policy, settings: .test(period: Period(name: "p", from: at("2026-01-01"), to: nil))
    ).partial
    #expect([partial.counts.malformed, partial.counts.outOfPeriod] == [1, 0])
  }

  @Test func sumsPerKey() throws {
    let lines = [
      DecisionLine.with { $0.cost = "0.000001" }, .with { $0.tokensIn = 5 },
      .with { $0.ts = "2026-07-16T00:30:00+01:00" }, .with { $0.ts = "2026-07-16T00:30:00Z" },
    ]
    #expect(
      try scan(lines, records: policy).tally == [
        "2026-07-15,r,v1,ada,owned,compliant,3,205,30,2001", "2026-07-16,r,v1,ada,owned,compliant,1,100,10,1000",
      ])
  }

  @Test func repeatedRequestsAreEachADecision() throws {
    let scanned = try scan([DecisionLine(), DecisionLine(), .with { $0.requestID = "r-2" }], records: policy)
    #expect(scanned.partial.counts.judged == 3)
    #expect(scanned.requestDigests.count == 3)
    #expect(Set(scanned.requestDigests).count == 2)
  }

  @Test func countsEmptyFields() throws {
    let bare = DecisionLine.with { line in
      line.agent = nil
      line.dataClass = ""
    }
    let full = DecisionLine.with { line in
      line.provider = "p"
      line.deployment = "d"
      line.ruleID = "r"
      line.tools = ["t"]
    }
    let fields = try scan([bare, full], records: policy).partial.counts.fields
    for field in [RoutingField.agent, .dataClass, .provider, .deployment, .claimedRule, .tools] {
      #expect(fields[field].empty == 1, "\(field)")
    }
    #expect(fields[.requestedModel].empty == 0)
    #expect(fields[.jurisdiction].empty == 2)
  }

  @Test func daysBeforeTheEpochKeepTheirDate() throws {
    let scanned = try scan(
      [.with { $0.ts = "1969-12-31T23:59:59Z" }], records: records([version("v1", from: "1960-01-01", [.allow("r")])]))
    #expect(scanned.tally == ["1969-12-31,r,v1,-,none,compliant,1,100,10,1000"])
    #expect(scanned.partial.routed.map(\.week) == [CivilDay.parse("1969-12-29")])
  }

  @Test func countsSensitiveTrafficAndWhereItWent() throws {
    let lines = [
      DecisionLine.with { line in
        line.dataClass = "secret"
        line.deployment = "d"
      }, .with { $0.dataClass = "secret" },
      .with { line in
        line.dataClass = "secret"
        line.outcome = "error"
      }, DecisionLine(),
    ]
    let scanned = try scan(
      lines,
      records: records([version("v1", from: "2026-01-01", [.allow("r")])], deployments: [deployment("d", in: "eu")]))
    #expect(scanned.partial.tally.reduce(0) { $0 + $1.sums.sensitiveServed } == 2)
    #expect(scanned.partial.tally.reduce(0) { $0 + $1.sums.sensitiveUnplaced } == 1)
    #expect(scanned.partial.traffic.reduce(0) { $0 + $1.n } == 3)
  }

  @Test func sawEveryKindOfName() throws {
    let line = DecisionLine.with { line in
      line.provider = "acme"
      line.deployment = "d"
      line.tools = ["t1", "t2"]
    }
    let scanned = try scan(
      [line, line], records: records([version("v1", from: "2026-01-01", [.allow("r")])], models: ["small": 1]))
    let seen = Dictionary(grouping: scanned.partial.seen, by: \.kind).mapValues { $0.map(\.name).sortedBytewise() }
    #expect(
      seen == [
        .model: ["small"], .deployment: ["d"], .agent: ["agent-a"], .tool: ["t1", "t2"], .provider: ["acme"],
        .dataClass: ["public"],
      ])
    #expect(scanned.partial.seen.allSatisfy { $0.n == 2 })
    #expect(scanned.partial.seen.filter { $0.unlisted > 0 }.map(\.kind) == [.deployment])
  }

  @Test func splitsOfALogAddUpToTheWhole() throws {
    let lines = (0..<60).map { index in
      DecisionLine.with { line in
        line.requestID = "r-\(index)"
        line.ts = "2026-07-\(padded(1 + index % 20, 2))T\(padded(index % 24, 2)):00:00Z"
        line.served = index % 7 == 0 ? "large" : "small"
        line.outcome = index % 11 == 0 ? "error" : "success"
      }.json
    }
    let whole = try scan(lines: lines, records: policy)
    let parts = try [lines[40...], lines[..<13], lines[13..<40]].map { try scan(lines: Array($0), records: policy) }
    func sums(_ scans: [Scanned]) -> [String: Int] {
      Dictionary(
        scans.flatMap { $0.partial.tally }.map {
          ("\($0.day ?? 0) \($0.rule) \($0.version) \($0.owner) \($0.decisionClass.name)", $0.sums.n)
        }, uniquingKeysWith: +)
    }
    #expect(sums(parts) == sums([whole]))
    #expect(parts.reduce(0) { $0 + $1.partial.counts.judged } == whole.partial.counts.judged)
    let hours = parts.reduce(into: [Int: Int]()) { all, part in
      for (hour, counts) in part.partial.hours { all[hour, default: 0] += counts.judged }
    }
    #expect(hours == whole.partial.hours.mapValues(\.judged))
  }

  @Test func aTruncatedLogKeepsWhatCameBefore() throws {
    let text = (0..<2000).map { index in
      DecisionLine.with { $0.requestID = "r-\(index)-\(index * 7919 % 10007)" }.json + "\n"
    }.joined()
    let whole = try gzip(text)
    let cut = Array(whole.prefix(whole.count * 2 / 3))
    let scanned = try scan(bytes: cut, records: policy)
    let outcome = scanned.outcome
    guard case .damaged = outcome.damage else {
      Issue.record("no damage was reported")
      return
    }
    #expect(scanned.counts.judged > 100)
    #expect(scanned.counts.judged < 2000)
    #expect(outcome.digest == Digest(of: cut))
    #expect(outcome.storedBytes == cut.count)
  }

  @Test(arguments: [1, 2, 4]) func whatTheSinkThrowsEndsTheScan(threads: Int) throws {
    struct Full: Error {}
    final class FullSink: ScanSink {
      func receive(_ findings: ChunkFindings, from part: ScannedPart) throws { throw Full() }
      func receive(requestDigests: [UInt64], bucket: Int, from part: ScannedPart) {}
      func finish(_ part: ScannedPart, _ outcome: PartOutcome) throws {}
      func finish(task: Int, _ outcome: LogOutcome) throws {}
    }
    try withTemporaryFolder { folder in
      let path = try folder.write("x\n", to: "log")
      let task = ScanTask(path: path, format: DetectedFormat(format: .native, isLines: true))
      let plan = ReplayPlan(policy, settings: .test())
      #expect(throws: Full.self) {
        try ScanCrew.scan(Array(repeating: task, count: 5), plan: plan, threads: threads, sink: FullSink())
      }
    }
  }

  @Test func assumedZonesAreCounted() throws {
    let row = #"{"request_id":"a","startTime":"2026-07-15 12:00:00","spend":0,"model_group":"g"}"#
    let zoned = #"{"request_id":"b","startTime":"2026-07-15T12:00:00Z","spend":0,"model_group":"g"}"#
    let scanned = try scan(
      lines: [row, zoned], records: policy, stated: .litellm)
    #expect([scanned.partial.counts.judged, scanned.partial.counts.zoneAssumed] == [2, 1])
  }
}

@Suite struct PlanDigestTests {
  private func digest(_ records: Records, _ settings: ReplaySettings = .test()) -> Digest {
    ReplayPlan(records, settings: settings).binding.digest
  }

  private let base = records(
    [version("v1", from: "2026-01-01", [.allow("r")])], owners: [owns("ada", "r", from: "2026-01-01")],
    models: ["a": 1, "b": 2, "c": 3], aliases: ["x": "a", "y": "b"])

  @Test func isTheSameForTheSameRecords() {
    let again = records(
      [version("v1", from: "2026-01-01", [.allow("r")])], owners: [owns("ada", "r", from: "2026-01-01")],
      models: ["c": 3, "b": 2, "a": 1], aliases: ["y": "b", "x": "a"])
    #expect(digest(base) == digest(again))
  }

  @Test func changesWithWhatDecides() {
    var changed: [Digest] = [digest(base)]
    changed.append(digest(base, .test(sampleSize: 6)))
    changed.append(digest(base, .test(period: Period(name: "p", from: at("2026-01-01"), to: nil))))
    changed.append(digest(records([version("v1", from: "2026-01-02", [.allow("r")])])))
    changed.append(digest(records([version("v1", from: "2026-01-02", [.block("r")])])))
    changed.append(digest(records([version("v1", from: "2026-01-02", [.allow("r", places: ["eu"])])])))
    changed.append(digest(records([version("v1", from: "2026-01-02", [.allow("r")])], models: ["a": 2])))
    changed.append(
      digest(records([version("v1", from: "2026-01-02", [.allow("r")])], deployments: [deployment("d", in: "eu")])))
    #expect(Set(changed).count == changed.count)
  }
}
