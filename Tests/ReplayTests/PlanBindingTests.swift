import EvidenceModel
import Replay
import TestSupport
import Testing

/// What a scan is bound to. In all of it, decisions were made from `first` to `last`.
@Suite struct PlanBindingTests {
  private static let first = at("2026-07-01T08:00:00Z")
  private static let last = at("2026-07-31T20:00:00Z")
  private static let earlier = "2026-06-30T00:00:00Z"
  private static let within = "2026-07-15T00:00:00Z"
  private static let justBefore = "2026-07-01T07:59:59.999999Z"
  private static let justAfter = "2026-07-31T20:00:00.000001Z"

  private struct World {
    var versions = [version("v1", from: "2026-01-01", [.allow("r")])]
    var owners = [owns("gateway-team", "r", from: "2026-01-01")]
    var people: [Person]? = [
      Person(owner: "gateway-team", team: "gateway", leftAt: nil), Person(owner: "dana", team: "risk", leftAt: nil),
    ]
    var identities: [Identity] = []
    var models = ["small": 1, "large": 2]
    var aliases: ByName<String> = ["tiny": "small"]
    var deployments = [deployment("east", in: "us")]
    var settings = ReplaySettings.test()
    var agents: [InventoryEntry]?
    var lifetime: (from: Instant?, retiredAt: Instant?) = (nil, nil)
    var switchOffs: [SwitchOff] = []

    func digest(from first: Instant? = PlanBindingTests.first, to last: Instant? = PlanBindingTests.last) -> Digest {
      var records = records(
        versions, owners: owners, people: people, models: models, aliases: aliases, deployments: deployments,
        identities: identities)
      records.inventory = Inventory(
        models: models.map {
          Model(name: $0.key, tier: $0.value, approvedFrom: lifetime.from, retiredAt: lifetime.retiredAt)
        }, aliases: aliases, deployments: deployments, hasModels: true, hasDeployments: true, agents: agents)
      records.registers.switchOffs = switchOffs
      return ReplayPlan(records, settings: settings).binding.digest(from: first, to: last)
    }
  }

  private func digest(_ change: (inout World) -> Void = { _ in }) -> Digest {
    var world = World()
    change(&world)
    return world.digest()
  }

  private func leaves(_ instant: String) -> (inout World) -> Void {
    { $0.people = [Person(owner: "gateway-team", team: "gateway", leftAt: at(instant))] }
  }

  @Test func isTheSameForTheSameRecords() {
    #expect(digest() == digest())
  }

  // MARK: Policy

  @Test func aVersionAfterTheRangeChangesNothing() {
    #expect(digest { $0.versions.append(version("v2", from: Self.justAfter, [.block("r")])) } == digest())
  }

  @Test func aVersionAfterTheRangeWithARuleOfItsOwnChangesNothing() {
    // The pattern covers the new rule from the beginning, but no decision of the range can be the new rule's.
    let change: (inout World) -> Void = { $0.owners = [owns("gateway-team", "*", from: "2026-01-01")] }
    let before = digest(change)
    #expect(
      digest {
        change(&$0)
        $0.versions.append(version("v2", from: Self.justAfter, [.allow("r"), .block("s", priority: 5)]))
      } == before)
  }

  @Test(arguments: [
    "2026-07-01T08:00:00Z", PlanBindingTests.within, "2026-07-31T20:00:00Z", PlanBindingTests.earlier,
  ])
  func aVersionThatHoldsInTheRangeChangesIt(from: String) {
    #expect(digest { $0.versions.append(version("v2", from: from, [.block("r")])) } != digest())
  }

  @Test func aVersionThatEndedWhenTheRangeBeginsIsNotAsked() {
    func digest(_ rule: Rule) -> Digest {
      self.digest {
        $0.versions = [
          version("v1", from: "2026-01-01", [rule]), version("v2", from: "2026-07-01T08:00:00Z", [.allow("r")]),
        ]
      }
    }
    #expect(digest(.allow("r")) == digest(.block("r")))
  }

  @Test func aVersionThatEndsWithinTheRangeMatters() {
    func digest(_ rule: Rule) -> Digest {
      self.digest {
        $0.versions = [
          version("v1", from: "2026-01-01", [rule]), version("v2", from: "2026-07-01T08:00:00.000001Z", [.allow("r")]),
        ]
      }
    }
    #expect(digest(.allow("r")) != digest(.block("r")))
  }

  @Test func whenAVersionThatStillHoldsBeganIsNotAsked() {
    #expect(digest { $0.versions = [version("v1", from: Self.earlier, [.allow("r")])] } == digest())
    #expect(digest { $0.versions = [version("v1", from: Self.justBefore, [.allow("r")])] } == digest())
    #expect(digest { $0.versions = [version("v1", from: "2026-07-01T08:00:00Z", [.allow("r")])] } == digest())
    #expect(digest { $0.versions = [version("v1", from: "2026-07-01T08:00:00.000001Z", [.allow("r")])] } != digest())
  }

  @Test func anotherNameForAVersionIsAnotherDigest() {
    #expect(digest { $0.versions = [version("v0", from: "2026-01-01", [.allow("r")])] } != digest())
  }

  @Test(arguments: [
    Rule.allow("r", priority: 11), .allow("r", agent: "a"), .allow("r", dataClass: "pii"), .allow("r", tool: "search"),
    .allow("r", minTokensIn: 1), .allow("r", places: ["us"]), .block("r"), .escalate("r"), .escalate("r", to: "small"),
    .permit("r", to: ["large"]), .permit("r", to: ["large", "small"]), .permit("r", from: "small", to: ["large"]),
    .permit("r", to: ["large"], triggers: ["error"]), .permit("r", to: ["large"], triggers: ["error", "budget"]),
    .permit("r", to: ["large"], triggers: ["error,budget"]),
  ])
  func everyFieldOfARuleCounts(rule: Rule) {
    func digest(_ rule: Rule) -> Digest {
      self.digest { $0.versions = [version("v1", from: "2026-01-01", [rule])] }
    }
    #expect(digest(rule) == digest(rule))
    #expect(digest(rule) != self.digest())
  }

  @Test func ofOtherVersionsOnlyTheNeighboursAreAskedWhatTheyWouldHaveSaid() {
    func neighbours(_ before: [Rule], _ after: [[Rule]], readable: Bool = true) -> Digest {
      let instants = [Self.justAfter, "2026-09-01T00:00:00Z"]
      var versions = [
        version("v0", from: "2025-01-01", before), version("v1", from: "2025-06-01", before),
        version("v2", from: "2026-01-01", [.allow("r")]),
      ]
      for (index, rules) in after.enumerated() {
        versions.append(version("v\(3 + index)", from: instants[index], readable: readable, rules))
      }
      return ReplayPlan(records(versions), settings: .test()).binding.neighboursDigest(from: Self.first, to: Self.last)
    }
    let (allow, block) = ([Rule.allow("r")], [Rule.block("r")])
    #expect(neighbours(allow, []) != neighbours(block, []))
    #expect(neighbours(allow, [block]) != neighbours(allow, []))
    #expect(neighbours(allow, [block]) != neighbours(allow, [allow]))
    #expect(neighbours(allow, [block, allow]) == neighbours(allow, [block]))
    #expect(neighbours(allow, [[]], readable: false) == neighbours(allow, []))
  }

  @Test func aVersionRecordedOnlyInTheRangeChangesIt() {
    let backdated = digest {
      $0.versions = [version("v1", from: "2026-01-01", recorded: Self.within, [.allow("r")])]
    }
    #expect(backdated != digest())
  }

  @Test func aVersionRecordedBeforeTheRangeChangesNothing() {
    let backdated = digest {
      $0.versions = [version("v1", from: "2026-01-01", recorded: Self.justBefore, [.allow("r")])]
    }
    #expect(backdated == digest())
  }

  // MARK: Owners

  @Test func anOwnerAfterTheRangeChangesNothing() {
    #expect(digest { $0.owners.append(owns("dana", "r", from: Self.justAfter, seq: 2)) } == digest())
  }

  @Test(arguments: ["2026-07-01T08:00:00Z", PlanBindingTests.within, "2026-07-31T20:00:00Z", PlanBindingTests.earlier])
  func anOwnerWhoHoldsInTheRangeChangesIt(from: String) {
    #expect(digest { $0.owners.append(owns("dana", "r", from: from, seq: 2)) } != digest())
  }

  @Test func anOwnerWhoseTimeIsOverBeforeTheRangeChangesNothing() {
    let over = owns("dana", "r", from: "2026-02-01", to: "2026-07-01T08:00:00Z", seq: 2)
    #expect(digest { $0.owners.append(over) } == digest())
  }

  @Test func anOwnerWhoEndsAfterTheRangeIsTheSameOwner() {
    #expect(digest { $0.owners = [owns("gateway-team", "r", from: "2026-01-01", to: Self.justAfter)] } == digest())
    #expect(digest { $0.owners = [owns("gateway-team", "r", from: "2026-01-01", to: Self.within)] } != digest())
  }

  @Test func anOwnerOfARuleThatNoVersionHasChangesNothing() {
    #expect(digest { $0.owners.append(owns("dana", "other", from: Self.within, seq: 2)) } == digest())
  }

  @Test func aRoleThatIsNotAccountableChangesNothing() {
    #expect(digest { $0.owners.append(owns("dana", "r", from: Self.within, seq: 2, role: "consulted")) } == digest())
  }

  // MARK: Leavers

  @Test func aLeaverAfterTheRangeChangesNothing() {
    #expect(digest(leaves(Self.justAfter)) == digest())
  }

  @Test(arguments: ["2026-07-01T08:00:00Z", PlanBindingTests.within, "2026-07-31T20:00:00Z", PlanBindingTests.earlier])
  func aLeaverInTheRangeOrBeforeChangesIt(instant: String) {
    #expect(digest(leaves(instant)) != digest())
  }

  @Test func whenALeaverLeftBeforeTheRangeIsNotAsked() {
    #expect(digest(leaves(Self.earlier)) == digest(leaves(Self.justBefore)))
    #expect(digest(leaves(Self.within)) != digest(leaves(Self.justBefore)))
  }

  @Test func aReturnInTheRangeChangesIt() {
    func spells(_ back: String) -> (inout World) -> Void {
      {
        $0.people = [
          Person(owner: "gateway-team", team: "gateway", joinedAt: at("2025-01-01"), leftAt: at(Self.earlier)),
          Person(owner: "gateway-team", team: "gateway", joinedAt: at(back), leftAt: nil),
        ]
      }
    }
    #expect(digest(spells(Self.within)) != digest(leaves(Self.earlier)))
    #expect(digest(spells(Self.justAfter)) == digest(leaves(Self.earlier)))
    #expect(digest(spells(Self.justBefore)) == digest())
  }

  @Test func anIdentityThatGivesTheOwnerALeavingDateChangesTheRange() {
    let before = digest { $0.people?.append(Person(owner: "gateway@example.org", team: "", leftAt: at(Self.within))) }
    let after = digest {
      $0.people?.append(Person(owner: "gateway@example.org", team: "", leftAt: at(Self.within)))
      $0.identities = [
        Identity(
          alias: "gateway-team", person: "gateway@example.org", place: RegisterPlace(source: "identities.csv", line: 2))
      ]
    }
    #expect(before == digest())
    #expect(after != before)
  }

  @Test func aLeaverWhoOwnsNothingInTheRangeChangesNothing() {
    let before = digest { $0.owners.append(owns("dana", "r", from: Self.justAfter, seq: 2)) }
    let after = digest {
      $0.owners.append(owns("dana", "r", from: Self.justAfter, seq: 2))
      $0.people?[1].leftAt = at(Self.within)
    }
    #expect(before == after)
  }

  // MARK: Inventory

  @Test func aDeploymentThatMovesAfterTheRangeChangesNothing() {
    #expect(digest { $0.deployments.append(deployment("east", in: "eu", from: Self.justAfter)) } == digest())
    #expect(digest { $0.deployments.append(deployment("west", in: "eu", from: Self.justAfter)) } == digest())
  }

  @Test(arguments: ["2026-07-01T08:00:00Z", PlanBindingTests.within, "2026-07-31T20:00:00Z", PlanBindingTests.earlier])
  func aDeploymentThatMovesInTheRangeChangesIt(from: String) {
    #expect(digest { $0.deployments.append(deployment("east", in: "eu", from: from)) } != digest())
  }

  @Test func modelsAndAliasesChangeEveryRange() {
    let changes: [(inout World) -> Void] = [
      { $0.models["small"] = 3 }, { $0.models["middle"] = 2 }, { $0.models["large"] = nil },
      { $0.aliases["tiny"] = "large" }, { $0.aliases["wee"] = "small" }, { $0.aliases = [:] },
    ]
    let all = changes.map { digest($0) } + [digest()]
    #expect(Set(all).count == all.count)
  }

  // MARK: Lifetimes and switch-offs

  @Test func aLifetimeThatEndsAfterTheRangeChangesNothing() {
    #expect(digest { $0.lifetime.retiredAt = at(Self.justAfter) } == digest())
    #expect(digest { $0.lifetime.from = at(Self.earlier) } == digest())
    #expect(digest { $0.lifetime.retiredAt = at(Self.within) } != digest())
    #expect(digest { $0.lifetime.from = at(Self.within) } != digest())
  }

  @Test func anAgentsRegisterCountsByWhatItSaysOfTheRange() {
    func digest(_ from: String?) -> Digest {
      self.digest { $0.agents = [InventoryEntry(name: "agent-a", from: from.map { at($0) })] }
    }
    #expect(self.digest { $0.agents = [] } != self.digest())
    #expect(digest(Self.earlier) == digest(nil))
    #expect(digest(Self.within) != digest(nil))
    #expect(digest(Self.within) != digest(Self.justAfter))
  }

  @Test func aSwitchOffCountsWhereItHoldsInTheRange() {
    func digest(_ from: String, _ to: String?) -> Digest {
      self.digest {
        $0.switchOffs = [
          SwitchOff(
            subjectKind: .model, subject: "small", at: at(from), restoredAt: to.map { at($0) }, isTrial: true,
            by: "gateway-team", place: RegisterPlace(source: "switch-offs.csv", line: 2))
        ]
      }
    }
    #expect(digest(Self.earlier, "2026-07-01T08:00:00Z") == self.digest())
    #expect(digest(Self.justAfter, nil) == self.digest())
    #expect(digest(Self.earlier, Self.within) != self.digest())
    #expect(digest(Self.within, nil) != digest(Self.earlier, nil))
  }

  // MARK: Settings

  @Test func settingsChangeEveryRange() {
    let changes: [(inout World) -> Void] = [
      { $0.settings.period = Period(name: "all", from: at("2026-01-01"), to: nil) },
      { $0.settings.period = Period(name: "all", from: nil, to: at("2027-01-01")) },
      { $0.settings.sampleSeed = "another" }, { $0.settings.sampleSize = 6 },
      { $0.settings.sensitiveClasses = ["secret", "pii"] }, { $0.settings.sensitiveClasses = [] },
      { $0.settings.maximumCostMicros = 1 },
    ]
    let all = changes.map { digest($0) } + [digest()]
    #expect(Set(all).count == all.count)
    let none = changes.map { change in
      var world = World()
      change(&world)
      return world.digest(from: nil, to: nil)
    }
    #expect(Set(none + [World().digest(from: nil, to: nil)]).count == all.count)
  }

  @Test func theOrderOfSensitiveClassesAndAPeriodsNameAreNotAsked() {
    #expect(
      digest { $0.settings.sensitiveClasses = ["secret", "pii"] }
        == digest { $0.settings.sensitiveClasses = ["pii", "secret"] })
    #expect(digest { $0.settings.period = Period(name: "everything", from: nil, to: nil) } == digest())
  }

  @Test func withoutADecisionOnlySettingsAreAsked() {
    var world = World()
    let digest = world.digest(from: nil, to: nil)
    #expect(digest != world.digest())
    world.versions = [version("v9", from: Self.within, [.block("q")])]
    world.owners = []
    world.people = nil
    world.models = [:]
    world.aliases = [:]
    world.deployments = []
    #expect(world.digest(from: nil, to: nil) == digest)
  }

  @Test func anInstantIsARange() {
    var world = World()
    let noon = at("2026-07-10T12:00:00Z")
    let before = world.digest(from: noon, to: noon)
    world.versions.append(version("v2", from: "2026-07-10T12:00:00.000001Z", [.block("r")]))
    #expect(world.digest(from: noon, to: noon) == before)
    world.versions[1].effectiveFrom = noon
    #expect(world.digest(from: noon, to: noon) != before)
  }
}
