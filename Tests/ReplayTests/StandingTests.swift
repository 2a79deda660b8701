import EvidenceModel
import Replay
import TestSupport
import Testing

/// What the registers say of the names that a decision holds, at its instant.
@Suite struct StandingTests {
  private static let place = RegisterPlace(source: "register.csv", line: 2)
  /// Decisions of one instant each, at noon of these days of July.
  private static let days = [1, 10, 20]

  private func seen(
    _ kind: SeenRow.Kind, settings: ReplaySettings = .test(), lines: [DecisionLine]? = nil,
    _ change: (inout Records) -> Void
  ) throws -> SeenRow? {
    var world = records([version("v1", from: "2026-01-01", [.allow("r")])])
    change(&world)
    let lines =
      lines
      ?? Self.days.map { day in
        .with {
          $0.ts = "2026-07-\(day < 10 ? "0" : "")\(day)T12:00:00Z"
          $0.deployment = "east"
          $0.provider = "harbour"
          $0.tools = ["search"]
        }
      }
    return try scan(lines, records: world, settings: settings).partial.seen.first { $0.kind == kind }
  }

  private func off(
    _ kind: SwitchOff.SubjectKind, _ subject: String, from: String, to: String? = nil
  ) -> SwitchOff {
    SwitchOff(
      subjectKind: kind, subject: subject, at: at(from), restoredAt: to.map { at($0) }, isTrial: false,
      by: "gateway-team", place: Self.place)
  }

  // MARK: Lifetimes

  @Test func aModelCountsAsUnlistedUntilItIsApprovedAndAsRetiredFromThen() throws {
    let row = try #require(
      try seen(.model) {
        $0.inventory = Inventory(
          models: [
            Model(
              name: "small", tier: 1, approvedFrom: at("2026-07-10T12:00:00Z"), retiredAt: at("2026-07-20T12:00:00Z"))
          ], hasModels: true)
      })
    #expect([row.n, row.unlisted, row.retired, row.switchedOff] == [3, 1, 1, 0])
  }

  @Test func aModelThatNobodyListsIsUnlisted() throws {
    let row = try #require(try seen(.model) { _ in })
    #expect([row.n, row.unlisted, row.retired] == [3, 3, 0])
  }

  @Test func aDeploymentIsRetiredWhileTheRowInForceSaysSo() throws {
    func row(_ from: String, retired: String? = nil) -> Deployment {
      Deployment(
        name: "east", provider: "harbour", jurisdiction: "eu", effectiveFrom: at(from), endpoint: "models.example",
        retiredAt: retired.map { at($0) })
    }
    let rows = [row("2026-01-01", retired: "2026-07-05"), row("2026-07-15")]
    let byName = try #require(try seen(.deployment) { $0.inventory = Inventory(deployments: rows) })
    #expect([byName.n, byName.unlisted, byName.retired] == [3, 0, 1])
    let lines = Self.days.map { day in
      DecisionLine.with {
        $0.ts = "2026-07-\(day < 10 ? "0" : "")\(day)T12:00:00Z"
        $0.deployment = "https://models.example/v1"
      }
    }
    let byEndpoint = try #require(try seen(.deployment, lines: lines) { $0.inventory = Inventory(deployments: rows) })
    #expect([byEndpoint.n, byEndpoint.unlisted, byEndpoint.retired] == [3, 0, 1])
  }

  @Test func agentsAndToolsAreUnlistedOnlyWhereARegisterOfThemWasGiven() throws {
    for kind in [SeenRow.Kind.agent, .tool] {
      let none = try #require(try seen(kind) { _ in })
      #expect(none.unlisted == 0)
      let empty = try #require(try seen(kind) { $0.inventory = Inventory(agents: [], tools: []) })
      #expect(empty.unlisted == 3)
      let entries = ["agent-a", "search"].map {
        InventoryEntry(name: $0, from: at("2026-07-10T12:00:00Z"), retiredAt: at("2026-07-20"))
      }
      let listed = try #require(try seen(kind) { $0.inventory = Inventory(agents: entries, tools: entries) })
      #expect([listed.n, listed.unlisted, listed.retired] == [3, 1, 1])
    }
  }

  // MARK: Switch-offs

  @Test(arguments: [
    (SeenRow.Kind.model, SwitchOff.SubjectKind.model, "small"), (.deployment, .deployment, "east"),
    (.provider, .provider, "harbour"),
  ])
  func whatAnswersWhileSwitchedOffIsCounted(kind: SeenRow.Kind, subject: SwitchOff.SubjectKind, name: String) throws {
    let row = try #require(
      try seen(kind) {
        $0.registers.switchOffs = [
          off(subject, name, from: "2026-07-09", to: "2026-07-11"),
          off(subject, name, from: "2026-07-10", to: "2026-07-12"),
          off(subject, "another", from: "2026-01-01"),
        ]
      })
    #expect([row.n, row.switchedOff] == [3, 1])
  }

  @Test func aRouteMayStillAnswerForTheSecondsAllowed() throws {
    func switchedOff(seconds: Int, until: String? = nil) throws -> Int? {
      var settings = ReplaySettings.test()
      settings.secondsToSwitchOff = seconds
      return try seen(.model, settings: settings) {
        $0.registers.switchOffs = [off(.model, "small", from: "2026-07-10T11:59:00Z", to: until)]
      }?.switchedOff
    }
    #expect(try switchedOff(seconds: 61) == 1)
    #expect(try switchedOff(seconds: 60) == 2)
    #expect(try switchedOff(seconds: 60, until: "2026-07-10T12:00:00.000001Z") == 1)
    #expect(try switchedOff(seconds: 60, until: "2026-07-10T12:00:00Z") == 0)
    #expect(try switchedOff(seconds: .max) == 0)
  }

  @Test func onlyAnAnswerCountsAgainstASwitchOff() throws {
    let lines = ["success", "blocked", "error"].map { outcome in DecisionLine.with { $0.outcome = outcome } }
    let row = try #require(
      try seen(.model, lines: lines) { $0.registers.switchOffs = [off(.model, "small", from: "2026-07-01")] })
    #expect([row.n, row.switchedOff] == [3, 1])
  }

  @Test func aSwitchOffMayNameAnAliasOrADeploymentWhoseEndpointIsLogged() throws {
    let model = try #require(
      try seen(.model) {
        $0.inventory = Inventory(aliases: ["tiny": "small"])
        $0.registers.switchOffs = [off(.model, "tiny", from: "2026-07-05")]
      })
    #expect(model.switchedOff == 2)
    let line = DecisionLine.with { $0.deployment = "https://models.example/v1" }
    let deployment = try #require(
      try seen(.deployment, lines: [line]) {
        $0.inventory = Inventory(deployments: [
          Deployment(
            name: "east", provider: "", jurisdiction: "eu", effectiveFrom: at("2026-01-01"), endpoint: "models.example")
        ])
        $0.registers.switchOffs = [off(.deployment, "east", from: "2026-07-05")]
      })
    #expect([deployment.unlisted, deployment.switchedOff] == [0, 1])
  }

  // MARK: Credentials, cost and round trips

  @Test func credentialsAreSeen() throws {
    let lines = ["claims-key", "claims-key", nil].map { name in DecisionLine.with { $0.credential = name } }
    let rows = try scan(lines, records: records([])).partial.seen.filter { $0.kind == .credential }
    #expect(rows.map(\.name) == ["claims-key"])
    #expect(rows.map(\.n) == [2])
  }

  @Test func aCostAboveTheBoundIsCounted() throws {
    let lines = ["2", "2.000001", "0"].map { cost in DecisionLine.with { $0.cost = cost } }
    func over(_ bound: Int64?) throws -> Int {
      var settings = ReplaySettings.test()
      settings.maximumCostMicros = bound
      return try scan(lines, records: records([]), settings: settings).partial.tally.reduce(0) { $0 + $1.sums.overCost }
    }
    #expect(try over(2_000_000) == 1)
    #expect(try over(nil) == 0)
  }

  @Test func aRequestThatCameBackToTheModelFirstTriedIsCounted() throws {
    let lines = [("tiny", "success"), ("small", "success"), ("small", "error"), ("large", "success")].map {
      tried, outcome in
      DecisionLine.with {
        $0.escalatedFrom = tried
        $0.outcome = outcome
      }
    }
    let scanned = try scan(lines + [DecisionLine()], records: records([], aliases: ["tiny": "small"]))
    #expect(scanned.partial.tally.reduce(0) { $0 + $1.sums.returned } == 2)
  }
}
