import Assessment
import EvidenceModel
import Replay
import TestSupport
import Testing

/// Whether something ever reached something else, and how far the logs can tell.
@Suite struct NegativeProofTests {
  private let world = records(
    [version("v1", from: "2026-01-01", [.allow("r")])], models: ["small": 1], aliases: ["minimax-fast": "mm-1"],
    deployments: [deployment("east", in: "eu")])

  private func proof(
    _ lines: [DecisionLine], _ subject: NegativeQuestion.Subject = .dataClass, _ name: String = "pci",
    _ target: NegativeQuestion.Target = .model, _ other: String = "minimax*"
  ) throws -> NegativeProof {
    NegativeProof(
      NegativeQuestion(subject: subject, NamePattern(name), target: target, NamePattern(other)),
      try facts(lines, world, then: ["", "no JSON"]))
  }

  private func pci(_ change: (inout DecisionLine) -> Void = { _ in }) -> DecisionLine {
    .with {
      $0.dataClass = "pci"
      change(&$0)
    }
  }

  @Test func nothingFoundIsSaidOfWhatWasLookedAt() throws {
    let proof = try proof([pci(), pci { $0.outcome = "blocked" }, DecisionLine.with { $0.served = "minimax-x" }])
    #expect(proof.answer == "No request of class pci reached a model that matches minimax*.")
    #expect(proof.found.isEmpty)
    #expect([proof.population, proof.judged] == [2, 3])
    #expect(proof.exclusions.prefix(2).map(\.n) == [1, 1])
  }

  @Test func aModelThatWasOnlyTriedWasReached() throws {
    let tried = pci {
      $0.escalatedFrom = "minimax-x"
      $0.ts = "2026-07-03T00:00:00Z"
    }
    let proof = try proof([tried, pci()])
    #expect(proof.answer == "1 request of class pci reached a model that matches minimax*.")
    #expect(proof.found.map(\.other) == ["minimax-x"])
    #expect(proof.found.map(\.first) == [at("2026-07-03")])
  }

  @Test func otherNamesOfAModelAreTheModel() throws {
    for served in ["minimax-fast", "mm-1"] {
      #expect(try proof([pci { $0.served = served }]).found.map(\.other) == ["mm-1"])
    }
  }

  @Test func requestsThatReachedSeveralCountWithEach() throws {
    let both = pci {
      $0.escalatedFrom = "minimax-x"
      $0.served = "minimax-y"
    }
    let proof = try proof([both])
    #expect(proof.found.map(\.n) == [1, 1])
    #expect(proof.answer.contains("reached a model that matches minimax*: 2, where a request counts with each pair"))
  }

  @Test func toolsAndAgentsAreAskedForPlacesAndProviders() throws {
    let line = DecisionLine.with {
      $0.tools = ["search"]
      $0.deployment = "east"
      $0.provider = "harbour"
    }
    #expect(try proof([line], .tool, "sea*", .jurisdiction, "eu").found.map(\.n) == [1])
    #expect(try proof([line], .agent, "agent-a", .provider, "harbour").found.map(\.n) == [1])
    #expect(try proof([line], .agent, "agent-a", .provider, "east").found.isEmpty)
  }

  @Test func blindSpotsHaveTheirFigures() throws {
    let lines = [
      pci(), pci { $0.served = "unlisted" }, DecisionLine.with { $0.dataClass = nil },
      pci { $0.deployment = "nowhere" },
      pci { $0.provider = "harbour" },
    ]
    func figure(_ id: String, _ target: NegativeQuestion.Target) throws -> Int? {
      try proof(lines, .dataClass, "pci", target, "x").blindSpots.first { $0.id == id }?.figure
    }
    #expect(try figure("no-data-class", .model) == 1)
    #expect(try figure("unlisted-models", .model) == 1)
    #expect(try figure("malformed", .model) == 1)
    #expect(try figure("no-place", .jurisdiction) == 4)
    #expect(try figure("no-provider", .provider) == 3)
  }

  @Test func whatCountsAsReachingNobodyIsABlindSpot() throws {
    let lines = [
      pci { $0.provider = "harbour" },
      pci {
        $0.escalatedFrom = "minimax-x"
        $0.provider = "harbour"
      },
      pci {
        $0.outcome = "blocked"
        $0.provider = "cove"
      },
      pci {
        $0.outcome = "error"
        $0.served = ""
      },
    ]
    for (target, other) in [(NegativeQuestion.Target.provider, "cove"), (.jurisdiction, "us")] {
      let proof = try proof(lines, .dataClass, "pci", target, other)
      #expect(proof.found.isEmpty)
      #expect(proof.blindSpots.first { $0.id == "no-model" }?.figure == 2)
      #expect(proof.blindSpots.first { $0.id == "other-models" }?.figure == 2)
    }
    let models = try proof(lines, .dataClass, "pci", .model, "other")
    #expect(models.blindSpots.first { $0.id == "no-model" }?.figure == 2)
    // Tried and never listed; `small` is.
    #expect(models.blindSpots.first { $0.id == "unlisted-models" }?.figure == 1)
  }

  @Test func aDecisionThatNamesAToolTwiceIsOne() throws {
    let line = DecisionLine.with { $0.tools = ["search", "search", "mail"] }
    #expect(try proof([line], .tool, "search").population == 1)
    let pattern = try proof([line], .tool, "*")
    #expect(pattern.population == 2)
    #expect(pattern.method.contains("once for each of its tools"))
  }

  @Test func noWordSaysThatItIsProved() throws {
    let proof = try proof([pci()])
    let words = [proof.question, proof.answer, proof.method] + proof.blindSpots.map(\.words)
    #expect(words.allSatisfy { !$0.contains("prove") && !$0.contains("proof") })
  }
}

/// What passes through a front-line model or a rule.
@Suite struct RouteDependenceTests {
  @Test func countsNamesAndTheirDecisions() throws {
    let rules = [Rule.allow("pci-rule", priority: 1, dataClass: "pci"), .allow("rest", priority: 9, agent: "agent-a")]
    let lines = [
      DecisionLine(), .with { $0.dataClass = "pci" },
      .with {
        $0.requested = "large"
        $0.served = "large"
        $0.tools = ["search"]
      }, .with { $0.agent = "agent-b" },
    ]
    let all = RouteDependence.all(try facts(lines, policy(rules)))
    #expect(all.map(\.name) == ["small", "large", "rest", "pci-rule"])
    let small = try #require(all.first)
    #expect([small.decisions, small.allDecisions] == [2, 3])
    #expect([small.dataClasses.names, small.dataClasses.allNames] == [2, 2])
    #expect([small.agents.decisions, small.agents.allDecisions] == [3, 4])
    #expect(small.tools.names == 0)
    let rest = try #require(all.first { $0.name == "rest" })
    #expect([rest.decisions, rest.agents.names, rest.agents.allNames, rest.tools.names] == [2, 1, 2, 1])
    #expect(
      rest.words
        == "2 of 3 decisions under a rule fall under rule rest: 1 of 2 data classes (2 of their 3 decisions), 1 of 2 agents (2 of their 3 decisions), 1 of 1 tools (1 of their 1 decisions)."
    )
  }
}
