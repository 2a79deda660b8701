import EvidenceModel
import Foundation
import Intake
import Replay
import TestSupport
import Testing

/// A log of which every third decision is an exception, with rejects and a repeated id among them.
private let log: [UInt8] = {
  var text = ""
  for number in 0..<600 {
    text +=
      DecisionLine.with {
        $0.requestID = "r-\(number == 599 ? 3 : number)"
        $0.ts = "2026-07-\(10 + number % 20)T0\(number % 10):00:00Z"
        $0.agent = number % 7 == 0 ? "a\u{1}\"\\" : "agent-\(number % 4)"
        $0.served = number % 3 == 0 ? "other" : "small"
        $0.tools = number % 5 == 0 ? ["one", "two"] : []
      }.json.replacing("\u{1}", with: "\\u0001") + "\n"
    if number % 50 == 0 { text += "no JSON \(number)\n\n" }
  }
  return Array(text.utf8)
}()

private let records = TestSupport.records([version("v1", from: "2026-01-01", [.allow("r")])])
private let plan = ReplayPlan(records, settings: .test())
private let format = DetectedFormat(format: .native, isLines: true)

extension TemporaryFolder {
  /// Scans the log in splits at these bytes; the paths of their partials.
  fileprivate func partials(cutAt cuts: [Int], plan: ReplayPlan = plan, name: String = "log.jsonl") throws -> [String] {
    let log = try write(ReplayTests.log, to: name)
    return try zip([0] + cuts, cuts.map { Optional($0) } + [nil]).map { start, end in
      let path = path("\(name).\(start)-\(end ?? 0).partial")
      let split = LogSplit(name: name, path: log, format: format, start: start, end: end)
      _ = try split.scan(into: path, plan: plan, threads: 2)
      return path
    }
  }

  fileprivate func merged(_ paths: [String], as name: String) throws -> [UInt8] {
    _ = try PartialMerge.merge(paths, into: path(name))
    return try bytes(of: name)
  }
}

/// The lines of one kind, without what counts from a split's beginning.
private func lines(_ bytes: [UInt8], _ kind: String) -> [String] {
  String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("[\"\(kind)\",") }.map(
    String.init)
}

/// Rewrites lines of a partial, and names them anew in its last line, as a forger would.
private func forged(_ partial: [UInt8], _ change: (String) -> String) -> [UInt8] {
  let lines = String(decoding: partial, as: UTF8.self).split(separator: "\n").dropLast().map { change(String($0)) }
  let body = lines.map { $0 + "\n" }.joined()
  return Array("\(body)[\"end\",\(lines.count),\"\(Digest(of: body))\"]\n".utf8)
}

@Suite struct PartialFileTests {
  @Test(arguments: [
    (",5,59,", ",-1,59,"), (",5,59,", ",5,-1,"), (",5,59,", ",5,9223372036854775807,"),
  ])
  func aSizeOfASampleThatNoneHasIsRefused(known: String, forgery: String) throws {
    try withTemporaryFolder { folder in
      _ = try folder.partials(cutAt: [])
      let bytes = try folder.bytes(of: "log.jsonl.0-0.partial")
      let path = try folder.write(
        forged(bytes) { $0.replacing(known, with: forgery, maxReplacements: 1) }, to: "forged")
      _ = #expect { try folder.merged([path], as: "merged") } throws: {
        if case .notAPartial = $0 as? PartialError { true } else { false }
      }
    }
  }

  /// Whoever writes a partial may write any number; a sum of two stays a number.
  @Test func theLargestNumbersCanBeAddedUp() throws {
    try withTemporaryFolder { folder in
      let splits = try folder.partials(cutAt: [20_000])
      let most = "9223372036854775807"
      let paths = try splits.enumerated().map { index, path in
        let name = String(path.dropFirst(folder.path.count + 1))
        return try folder.write(
          forged(folder.bytes(of: name)) { line in
            let field = "[\"field\",\"log.jsonl\",\"agent\",\(most),\(most),\(most)]"
            return line.hasPrefix("[\"field\",\"log.jsonl\",\"agent\"")
              ? field : line.hasPrefix("[\"tenure\"") ? "[\"tenure\",\"r\",-9223372036854775808,1,0]" : line
          }, to: "forged-\(index)")
      }
      #expect(try !folder.merged(paths, as: "merged").isEmpty)
    }
  }

  @Test func theSameSplitGivesTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let path = try folder.partials(cutAt: [])[0]
      let first = try Data(contentsOf: URL(fileURLWithPath: path))
      _ = try folder.partials(cutAt: [])
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    }
  }

  @Test func everyOrderAndGroupingMergesToTheSameBytes() throws {
    try withTemporaryFolder { folder in
      let parts = try folder.partials(cutAt: [1, 20_000, 20_001, 90_000])
      let all = try folder.merged(parts, as: "all")
      #expect(try folder.merged(parts.reversed(), as: "reversed") == all)
      _ = try folder.merged([parts[3], parts[0]], as: "left")
      _ = try folder.merged([parts[4], parts[2], parts[1]], as: "right")
      #expect(try folder.merged([folder.path("right"), folder.path("left")], as: "grouped") == all)
      #expect(try folder.merged([folder.path("all")], as: "again") == all)
    }
  }

  @Test(arguments: 2...6) func howManyAreOpenAtATimeLeavesNoTrace(count: Int) throws {
    try withTemporaryFolder { folder in
      // Before the first record, within one record, and behind the last: some ranges hold nothing.
      let parts = try folder.partials(cutAt: [1, 2, 20_000, 20_001, 20_002, 60_000, 90_000, log.count - 1])
      let all = try folder.merged(parts, as: "all")
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).count
      _ = try PartialMerge.merge(parts, into: folder.path("few"), atOnce: count)
      #expect(try folder.bytes(of: "few") == all)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == before + 1)
    }
  }

  @Test func aMergeInGroupsNamesThePartialThatIsDamagedAndLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let parts = try folder.partials(cutAt: [20_000, 40_000, 60_000, 90_000])
      let last = String(parts[4].dropFirst(folder.path.count + 1))
      try folder.write(Array(folder.bytes(of: last).dropLast(100)), to: last)
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).count
      let error = try #require(throws: PartialError.self) {
        try PartialMerge.merge(parts, into: folder.path("few"), atOnce: 2)
      }
      guard case .damaged(parts[4], _, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == before)
    }
  }

  @Test func theNextMergeClearsUpAfterOneThatWasKilled() throws {
    try withTemporaryFolder { folder in
      let parts = try folder.partials(cutAt: [20_000])
      // No process has such a number.
      for name in ["all.4194305.unfinished", "all.4194305.7.unfinished"] { try folder.write("left", to: name) }
      _ = try folder.merged(parts, as: "all")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.filter { $0.hasSuffix(".unfinished") } == [])
    }
  }

  @Test func partialsAreForTheirOwnerAlone() throws {
    try withTemporaryFolder { folder in
      let parts = try folder.partials(cutAt: [20_000, 40_000])
      _ = try folder.merged(parts, as: "all")
      for path in parts + [folder.path("all")] {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(path)")
      }
    }
  }

  @Test(arguments: [[100], [1, 2, 3], [50_000, 50_001], [10_000, 20_000, 30_000]])
  func splitsSumUpToTheWhole(cuts: [Int]) throws {
    try withTemporaryFolder { folder in
      let whole = try folder.merged(try folder.partials(cutAt: []), as: "whole")
      let merged = try folder.merged(try folder.partials(cutAt: cuts), as: "merged")
      for kind in ["tally", "seen", "traffic", "routed", "link", "tenure", "hour", "empty", "requests"] {
        #expect(lines(merged, kind) == lines(whole, kind), "\(kind)")
      }
      for kind in ["exception", "reject", "sample"] {
        #expect(lines(merged, kind).count == lines(whole, kind).count, "\(kind)")
      }
      #expect(lines(whole, "exception").count == 200)
      #expect(lines(whole, "reject").count == 12)
    }
  }

  @Test func theSamePartialTwiceCountsOnce() throws {
    try withTemporaryFolder { folder in
      let parts = try folder.partials(cutAt: [40_000])
      let once = try folder.merged(parts, as: "once")
      try FileManager.default.copyItem(atPath: parts[0], toPath: folder.path("copy"))
      let summary = try PartialMerge.merge([parts[0], parts[1], folder.path("copy")], into: folder.path("twice"))
      #expect(summary.repeated == [folder.path("copy")])
      #expect(try folder.bytes(of: "twice") == once)
    }
  }

  @Test func overlappingSplitsAreRefused() throws {
    try withTemporaryFolder { folder in
      let whole = try folder.partials(cutAt: [])
      let parts = try folder.partials(cutAt: [40_000])
      let error = try #require(throws: PartialError.self) { try folder.merged(whole + [parts[1]], as: "x") }
      guard case .overlap("log.jsonl", _, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path("x")))
    }
  }

  @Test func partialsOfOtherInputsAreRefusedWithTheReason() throws {
    let other = TestSupport.records([version("v1", from: "2026-01-01", [.block("r")])])
    let owned = TestSupport.records(
      [version("v1", from: "2026-01-01", [.allow("r")])], owners: [owns("dana", "r", from: "2026-01-01")])
    let plans = [
      ("another policy", ReplayPlan(other, settings: .test())),
      ("other registers", ReplayPlan(owned, settings: .test())),
      (
        "another period, sample, list of sensitive classes or bound on cost",
        ReplayPlan(records, settings: .test(sampleSize: 4))
      ),
    ]
    try withTemporaryFolder { folder in
      let mine = try folder.partials(cutAt: [])
      for (reason, plan) in plans {
        let theirs = try folder.partials(cutAt: [], plan: plan, name: "other.jsonl")
        let error = try #require(throws: PartialError.self) { try folder.merged(mine + theirs, as: "x") }
        guard case .otherInputs(theirs[0], reason) = error else {
          Issue.record("\(reason): \(error)")
          continue
        }
      }
    }
  }

  @Test func namesThatOnlyLookAlikeStayApartWhateverTheOrder() throws {
    try withTemporaryFolder { folder in
      // One letter with an accent, a letter and an accent, and a text that begins with a byte order mark.
      let agents = ["caf\u{e9}", "cafe\u{301}", "\u{feff}cafe"]
      let partials = try agents.enumerated().map { index, agent in
        let line = DecisionLine.with {
          $0.agent = agent
          $0.requestID = "r-\(index)"
          $0.served = "other"
        }
        let path = try folder.write(line.json + "\n", to: "\(index).jsonl")
        let split = LogSplit(name: "\(index).jsonl", path: path, format: format, start: 0, end: nil)
        _ = try split.scan(into: folder.path("\(index).partial"), plan: plan, threads: 1)
        return folder.path("\(index).partial")
      }
      let all = try folder.merged(partials, as: "all")
      #expect(lines(all, "seen").count { $0.hasPrefix("[\"seen\",\"agent\",") } == 3)
      #expect(try folder.merged(partials.reversed(), as: "reversed") == all)
      for path in partials {
        _ = try PartialMerge.merge([path], into: folder.path("same"))
        #expect(try folder.bytes(of: "same") == Array(try Data(contentsOf: URL(fileURLWithPath: path))))
      }
    }
  }

  @Test func aLogIsScannedInOnePieceWhenItIsCompressed() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(try gzip(log), to: "log.gz")
      let range = try LogSplit(name: "log.gz", path: path, format: format, start: 0, end: nil).scan(
        into: folder.path("p"), plan: plan, threads: 2)
      #expect(range.range == 0..<log.count)
      #expect(range.compression == "gzip")
      #expect(range.sha256 == Digest(of: try gzip(log)).description)
    }
  }

  @Test func theDigestOfARangeIsThatOfItsBytes() throws {
    try withTemporaryFolder { folder in
      _ = try folder.partials(cutAt: [50_000])
      let split = LogSplit(name: "log.jsonl", path: folder.path("log.jsonl"), format: format, start: 50_000, end: nil)
      let range = try split.scan(into: folder.path("p"), plan: plan, threads: 1)
      #expect(range.range.upperBound == log.count)
      #expect(range.sha256 == Digest(of: Array(log[range.range])).description)
    }
  }

  @Test func aChangedByteAnywhereIsFound() throws {
    try withTemporaryFolder { folder in
      let path = try folder.partials(cutAt: [])[0]
      let sound = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      for place in stride(from: 0, to: sound.count, by: sound.count / 60) {
        var bytes = sound
        bytes[place] ^= 0x01
        let changed = try folder.write(bytes, to: "changed")
        #expect(throws: PartialError.self, "byte \(place)") { try folder.merged([changed], as: "x") }
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path("x")))
    }
  }

  @Test func aPartialCutShortIsFound() throws {
    try withTemporaryFolder { folder in
      let path = try folder.partials(cutAt: [])[0]
      let sound = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      for length in [0, 1, 100, sound.count / 2, sound.count - 1] where length < sound.count - 1 {
        let cut = try folder.write(Array(sound.prefix(length)), to: "cut")
        #expect(throws: PartialError.self, "\(length) bytes") { try folder.merged([cut], as: "x") }
      }
    }
  }

  @Test(arguments: [
    "", "[]\n", "{}\n", "[\"tenure-partial\",2,\"1\",\"all\",5,\"\",\"\",\"\"]\n", "no partial\n", "\u{0}\n",
    "[\"tenure-partial\",99999999999999999999,\"1\",\"all\",5,\"\",\"\",\"\"]\n",
  ])
  func whatIsNoPartialIsRefused(text: String) throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(text, to: "p")
      #expect(throws: PartialError.self) { try folder.merged([path], as: "x") }
    }
  }

  /// Someone who writes a partial by hand can seal it with a right digest; its lines are checked all the same.
  @Test(arguments: [
    #"["exception","log",-1]"#, #"["exception",5,1]"#, #"["tally","2026-02-30","r","v","o","owned","compliant"]"#,
    #"["source","l","native","lines","none",5,1,0,"",0,0,0,0,0,0,null,null,null]"#,
    #"["source","l","native","lines","none",0,1,0,"",9223372036854775807,0,0,0,0,0,null,null,null]"#,
    #"["requests","AAAA"]"#, #"["requests",""]"#, #"["unknown",1]"#, #"["sample","l",1,"x"]"#, #"{"a":1}"#,
    "[[[[[[[]]]]]]]",
    #"["hour","l",1,true,{}]"#,
  ])
  func aLineOutOfPlaceIsRefused(line: String) throws {
    try withTemporaryFolder { folder in
      let path = try folder.partials(cutAt: [])[0]
      let header = try String(contentsOfFile: path, encoding: .utf8).prefix { $0 != "\n" }
      let body = "\(header)\n\(line)\n"
      let sealed = body + "[\"end\",2,\"\(Digest(of: body))\"]\n"
      let forged = try folder.write(sealed, to: "forged")
      #expect(throws: PartialError.self) { try folder.merged([forged], as: "x") }
    }
  }
}
