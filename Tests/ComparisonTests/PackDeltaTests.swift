import EvidenceModel
import Testing

@testable import Comparison

@Suite struct PackDeltaTests {
  private func delta(
    _ before: (inout PackSummary) -> Void, _ after: (inout PackSummary) -> Void, from: String = "2026-Q2",
    to: String = "2026-Q3"
  ) throws -> PackDelta {
    PackDelta(from: try pack(from, before), to: try pack(to, after))
  }

  // MARK: Checks

  @Test func checksAreSortedByWhatBecameOfThem() throws {
    let delta = try delta(
      {
        $0.checks = [check("a", .pass), check("b", .fail, 3), check("c", .fail), check("d", .pass), check("e", .pass)]
      },
      {
        $0.checks = [
          check("a", .fail, 1), check("b", .fail, 5), check("c", .pass), check("d", .cannotTell), check("e", .pass),
        ]
      })
    #expect(delta.checks.map(\.id) == ["a", "d", "b", "c"])
    #expect(delta.checks.map(\.kind) == [.newlyFailing, .newlyCannotTell, .stillFailing, .newlyPassing])
    #expect(delta.checks[2].before?.exceptions == 3)
    #expect(delta.checks[2].after?.exceptions == 5)
    #expect(delta.unchangedChecks == 1)
    #expect(delta.checksAsked == 5)
  }

  @Test func aCheckOfOnePackIsSaidToBeOfOnePack() throws {
    let delta = try delta(
      { $0.checks = [check("gone", .fail)] }, { $0.checks = [check("new", .pass), check("worse", .fail)] })
    #expect(delta.checks.map(\.id) == ["worse", "new", "gone"])
    #expect(delta.checks.map(\.kind) == [.newlyFailing, .added, .removed])
    #expect(delta.checks[2].earlierPage == "k/gone.html")
    #expect(delta.checks[2].page == nil)
  }

  // MARK: Controls

  @Test func controlsGainAndLoseEvidence() throws {
    let delta = try delta(
      {
        $0.frameworks = [
          framework(
            "f",
            [
              ("1", .noCheck), ("2", .evidenced), ("3", .cannotTell), ("4", .contradicted), ("5", .partial),
              ("6", .noCheck),
              ("7", .partial),
            ])
        ]
      },
      {
        $0.frameworks = [
          framework(
            "f",
            [
              ("1", .partial), ("2", .contradicted), ("3", .contradicted), ("4", .cannotTell), ("5", .evidenced),
              ("6", .noCheck),
              ("8", .noCheck),
            ])
        ]
      })
    let changes = try #require(delta.controls.first).changes
    #expect(changes.map(\.id) == ["2", "3", "1", "5", "4", "8", "7"])
    #expect(changes.map(\.kind) == [.lost, .contradicted, .gained, .gained, .cleared, .added, .removed])
    #expect(delta.controlsCompared == 6)
  }

  // MARK: Policy

  /// Both packs know the whole history, as packs from one folder of policies do.
  @Test func aVersionIsNewByTheTimeItCameIntoForce() throws {
    let versions = [version("v1", "2026-01-01"), version("v2", "2026-08-01"), version("v3", "2026-11-01")]
    let delta = try delta({ $0.versions = versions }, { $0.versions = versions })
    #expect(delta.versions.map(\.version.id) == ["v2"])
    #expect(delta.versions.map(\.kind) == [.cameIntoForce])
  }

  @Test func aVersionThatTheEarlierPackShouldHaveKnownIsToldApart() throws {
    let delta = try delta(
      { $0.versions = [version("v1", "2026-01-01"), version("lost", "2026-02-01"), version("moved", "2026-03-01")] },
      {
        $0.versions = [
          version("v1", "2026-01-01", text: "other"), version("late", "2026-05-01"), version("moved", "2026-04-01"),
        ]
      })
    #expect(delta.versions.map(\.kind) == [.textDiffers, .moved, .gone, .recordedLater])
    #expect(delta.versions.map(\.version.id) == ["v1", "moved", "lost", "late"])
    #expect(delta.versions[1].effectiveBefore == instant("2026-03-01"))
  }

  @Test func changesOfNewVersionsAloneAreListedLooserFirst() throws {
    func change(_ version: String, _ direction: RuleChange.Direction) -> PackSummary.Change {
      .init(
        version: version, versionPage: nil, kind: .changed, direction: direction, words: "",
        effective: instant("2026-08-01"),
        author: nil, approvers: nil, ticket: nil)
    }
    let delta = try delta(
      { $0.versions = [version("v1", "2026-01-01")] },
      {
        $0.versions = [version("v1", "2026-01-01"), version("v2", "2026-08-01")]
        $0.rules = [
          rule("a", changes: [change("v1", .looser), change("v2", .stricter)]),
          rule("b", changes: [change("v2", .looser)]),
        ]
      })
    #expect(delta.ruleChanges.map(\.rule) == ["b", "a"])
    #expect(delta.count(.looser) == 1)
  }

  @Test func rulesAreAddedAndRemovedByWhatIsInForceAtTheEnd() throws {
    let delta = try delta(
      { $0.rules = [rule("kept"), rule("ended"), rule("gone"), rule("later", from: "2026-08-01")] },
      { $0.rules = [rule("kept"), rule("ended", to: "2026-08-15"), rule("later", from: "2026-08-01")] })
    #expect(delta.rules.map(\.rule) == ["ended", "gone", "later"])
    #expect(delta.rules.map(\.kind) == [.removed, .removed, .added])
  }

  // MARK: Owners

  @Test func handOversAreBetweenTheEndsOfTheTwoPeriods() throws {
    let delta = try delta(
      { $0.rules = [rule("a", owner: "dana"), rule("b", owner: "dana"), rule("c", owner: "-"), rule("d")] },
      { $0.rules = [rule("a", owner: "sam"), rule("b", owner: "-"), rule("c", owner: "sam"), rule("d"), rule("e")] })
    #expect(delta.handOvers.map(\.rule) == ["b", "a", "c"])
    #expect(delta.handOvers.map(\.kind) == [.lost, .handedOver, .assigned])
  }

  @Test func namesAreComparedAsBytes() throws {
    let delta = try delta(
      { $0.rules = [rule("a", owner: "caf\u{E9}")] }, { $0.rules = [rule("a", owner: "cafe\u{301}")] })
    #expect(delta.handOvers.count == 1)
  }

  @Test func gapsOpenAndClose() throws {
    let delta = try delta(
      {
        $0.rules = [
          rule("closes", gaps: [("gap", "2026-06-01", "2026-07-01")]),
          rule("stays", gaps: [("gap", "2026-06-01", "2026-07-01")]),
          rule("ended", gaps: [("departed", "2026-06-01", "2026-07-01")]),
          rule("before", gaps: [("gap", "2026-05-01", "2026-06-01")]),
        ]
      },
      {
        $0.rules = [
          rule("closes", gaps: [("gap", "2026-07-01", "2026-07-09")]),
          rule("stays", gaps: [("gap", "2026-07-01", "2026-10-01")]),
          rule("ended"), rule("before"), rule("opens", gaps: [("gap", "2026-09-01", "2026-10-01")]),
          rule("within", gaps: [("gap", "2026-08-01", "2026-08-02")]),
        ]
      })
    #expect(delta.gaps.map(\.rule) == ["opens", "stays", "within", "closes", "ended"])
    #expect(delta.gaps.map(\.kind) == [.opened, .stillOpen, .openedAndClosed, .closed, .closed])
    #expect(delta.gaps[1].from == instant("2026-06-01"))
    #expect(delta.gaps[1].to == nil)
    #expect(delta.gaps[3].to == instant("2026-07-09"))
  }

  // MARK: Findings

  @Test func findingsAreNewAndGoneByTheirIDs() throws {
    let delta = try delta(
      { $0.findings = [finding("k", "a"), finding("k", "b"), finding("k", "c"), finding("k", "p", .pass)] },
      { $0.findings = [finding("k", "a"), finding("k", "b", .cannotTell), finding("k", "d", count: 7)] })
    #expect(delta.findings.map(\.finding.subject) == ["d", "b", "c"])
    #expect(delta.findings.map(\.kind) == [.new, .new, .gone])
    #expect(delta.findings[1].otherResult == .fail)
    #expect(delta.findingsInBoth == 1)
  }

  @Test func aFindingAboutThePeriodIsTheSameInTheNext() throws {
    let delta = try delta(
      { $0.findings = [finding("k", "2026-Q2", kind: "period")] },
      { $0.findings = [finding("k", "2026-Q3", kind: "period")] })
    #expect(delta.findings.isEmpty)
    #expect(delta.findingsInBoth == 1)
  }

  // MARK: What they are measured by

  @Test func anotherRulerIsSaid() throws {
    let delta = try delta(
      { $0.parameters = ["period": "2026-Q2", "sample-seed": "2026-Q2", "hole-hours": "24"] },
      {
        $0.parameters = ["period": "2026-Q3", "sample-seed": "2026-Q3", "hole-hours": "48", "mappings digest": "x"]
        $0.identity.toolVersion = "2"
      })
    #expect(delta.rulers.map(\.name) == ["tenure", "hole-hours", "mappings digest"])
    #expect(delta.rulers[2].before == nil)
    #expect(delta.remarks.map(\.kind) == [.otherRuler])
  }

  @Test func packsThatDoNotCompareAreSaidToBeSo() throws {
    let delta = try delta({ _ in }, { $0.identity.organisation = "Other" }, from: "2026-01", to: "2026-Q3")
    #expect(delta.remarks.map(\.kind) == [.missing, .otherOrganisation, .otherLength])
    #expect(try self.delta({ _ in }, { _ in }).remarks.isEmpty)
    #expect(try self.delta({ _ in }, { _ in }, to: "2026-Q2").remarks.map(\.kind) == [.samePack, .wrongOrder])
  }

  @Test func theChainGoesBackThroughWhatEachPackTells() throws {
    func earlier(_ period: String) throws -> EarlierPack {
      let own = try pack(period).identity
      return EarlierPack(
        period: own.period, periodText: period, manifest: Digest(of: period), toolVersion: "1", judged: 1, exceptions: 0
      )
    }
    let told = [try earlier("2026-Q1"), try earlier("2025-Q3")]
    let delta = try delta({ $0.earlier = told }, { _ in })
    #expect(delta.chain.entries.map(\.pack.period.name) == ["2026-Q2", "2026-Q1", "2025-Q3"])
    #expect(delta.chain.entries.map(\.link.missing) == [nil, nil, "2025-Q4"])
    #expect(delta.chain.entries[0].pack.manifest == Digest(of: "2026-Q2"))
  }

  @Test func aLongChainIsCutAndSaysSo() throws {
    let many = try (0..<50).map { index in
      EarlierPack(
        period: try pack("2026-Q1").identity.period, periodText: "", manifest: Digest(of: "\(index)"), toolVersion: "",
        judged: 0, exceptions: 0)
    }
    let delta = try delta({ $0.earlier = many }, { _ in })
    #expect(delta.chain.entries.count == PackChain.longest)
    #expect(delta.chain.isCut)
  }
}
