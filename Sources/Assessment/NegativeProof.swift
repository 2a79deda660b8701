package import EvidenceModel
internal import EvidenceStore
package import Replay

/// Whether anything of one kind ever reached something of another, for a claim that it did not.
package struct NegativeQuestion: Sendable {
  package enum Subject: String, Sendable, CaseIterable {
    case dataClass = "data-class"
    case agent, tool

    package var words: String { self == .dataClass ? "data class" : rawValue }
  }

  package enum Target: String, Sendable, CaseIterable {
    case model, provider, jurisdiction
  }

  package var subject: Subject
  package var subjectPattern: NamePattern
  package var target: Target
  package var targetPattern: NamePattern

  package init(subject: Subject, _ subjectPattern: NamePattern, target: Target, _ targetPattern: NamePattern) {
    self.subject = subject
    self.subjectPattern = subjectPattern
    self.target = target
    self.targetPattern = targetPattern
  }

  fileprivate var subjectWords: String {
    let name = subjectPattern.isPattern ? "that matches \(subjectPattern)" : subjectPattern.text
    return switch subject {
    case .dataClass: "of \(subjectPattern.isPattern ? "a class" : "class") \(name)"
    case .agent: "of \(subjectPattern.isPattern ? "an agent" : "agent") \(name)"
    case .tool: "with \(subjectPattern.isPattern ? "a tool" : "tool") \(name)"
    }
  }

  fileprivate var targetWords: String {
    targetPattern.isPattern
      ? "a \(target.rawValue) that matches \(targetPattern)" : "\(target.rawValue) \(targetPattern)"
  }

  fileprivate var seenKind: SeenRow.Kind {
    switch subject {
    case .dataClass: .dataClass
    case .agent: .agent
    case .tool: .tool
    }
  }

  fileprivate var side: LinkRow.Side {
    switch subject {
    case .dataClass: .dataClass
    case .agent: .agent
    case .tool: .tool
    }
  }

  fileprivate var otherSide: LinkRow.Side {
    switch target {
    case .model: .reachedModel
    case .provider: .provider
    case .jurisdiction: .jurisdiction
    }
  }
}

/// What the logs of a period say on a negative question: what was found, of how many decisions, and what the logs cannot
/// tell. It is evidence as far as the logs go, and says how far that is.
package struct NegativeProof: Sendable {
  /// Something that makes the answer weaker, with its figure where there is one.
  package struct BlindSpot: Sendable, Hashable {
    package var id: String
    package var words: String
    package var figure: Int?
  }

  package var question: String
  package var answer: String
  /// What was asked of each decision.
  package var method: String
  /// Links between the two, by name.
  package var found: [LinkRow]
  /// Decisions that the question is about, of all that were judged.
  package var population: Int
  package var judged: Int
  /// Records that no answer is about, by what became of them.
  package var exclusions: [(name: String, n: Int)]
  package var blindSpots: [BlindSpot]
  /// Names that the period holds where the subject is looked for; what a misspelt one is compared with.
  package var seenNames: [String]

  /// - Parameter unread: logs of which nothing could be read.
  package init(_ question: NegativeQuestion, _ facts: AssessmentFacts, unread: Int = 0) {
    let aliases = facts.records.inventory.aliases
    var targets: ByName<Bool> = [:]
    if question.target == .model {
      for (alias, model) in aliases where question.targetPattern.matches(alias) { targets[model] = true }
    }
    func isTarget(_ name: String) -> Bool { question.targetPattern.matches(name) || targets[name] != nil }
    let links = facts.links.filter { $0.side == question.side && question.subjectPattern.matches($0.name) }
    found = links.filter { $0.otherSide == question.otherSide && isTarget($0.other) }
    let seen = facts.seen.filter { $0.kind == question.seenKind }
    seenNames = seen.map(\.name).sortedBytewise()
    population = seen.filter { question.subjectPattern.matches($0.name) }.reduce(0) { $0 + $1.n }
    judged = facts.judged
    self.question = "Did a request \(question.subjectWords) reach \(question.targetWords)?"
    answer = Self.answer(question, found)
    method = Self.method(question)
    func sum(_ value: (ScannedSource) -> Int) -> Int { facts.sources.reduce(0) { $0 + value($1) } }
    exclusions = [
      ("blank", sum(\.blank)), ("malformed", sum(\.malformed)), ("out of period", sum(\.outOfPeriod)),
      ("folded into other decisions", sum(\.folded)), ("of another kind", sum(\.other)),
    ]
    blindSpots =
      Self.blindSpots(of: question, facts, links, population) + Self.blindSpots(ofTheLogs: facts, unread)
      + Self.outsideTheLogs
  }

  private static func answer(_ question: NegativeQuestion, _ found: [LinkRow]) -> String {
    let decisions = found.reduce(0) { $0 + $1.n }
    switch found.count {
    case 0: return "No request \(question.subjectWords) reached \(question.targetWords)."
    case 1:
      return
        "\(decisions) \(decisions == 1 ? "request" : "requests") \(question.subjectWords) reached \(question.targetWords)."
    default:
      return
        "Requests \(question.subjectWords) reached \(question.targetWords): \(decisions), where a request counts with each pair of names below that it holds."
    }
  }

  private static func method(_ question: NegativeQuestion) -> String {
    let target =
      switch question.target {
      case .model:
        "the model first tried and the model named as the one that answered, whatever the outcome, by their names in the inventory"
      case .provider: "the provider that the log names, where a model was reached and the request was not blocked"
      case .jurisdiction:
        "the place of the deployment by the register at that instant, where a model was reached and the request was not blocked"
      }
    let each =
      question.subject == .tool && question.subjectPattern.isPattern
      ? " A decision counts once for each of its tools that matches." : ""
    return
      "Of every judged decision of the period, its \(question.subject.words) was compared with \(question.subjectPattern), and with \(question.targetPattern) \(target). Names are compared as bytes; * stands for any text.\(each)"
  }

  // MARK: Blind spots

  private static func blindSpots(
    of question: NegativeQuestion, _ facts: AssessmentFacts, _ links: [LinkRow], _ population: Int
  ) -> [BlindSpot] {
    func count(_ side: LinkRow.Side, _ holds: (LinkRow) -> Bool = { _ in true }) -> Int {
      links.filter { $0.otherSide == side && holds($0) }.reduce(0) { $0 + $1.n }
    }
    let subject = unnamed(question.subject, facts)
    // Whoever reached a model has a place, known or not.
    let reached = count(.jurisdiction)
    let notReached = population - reached
    // One more for each model that was tried first, and for each that a blocked request names.
    let otherModels = BlindSpot(
      id: "other-models",
      words:
        "of the decisions asked about: models that were tried first, or that a blocked request names; the log does not say whose they are or where they stood",
      figure: count(.reachedModel) - reached)
    switch question.target {
    case .model:
      var unlisted: ByName<Bool> = [:]
      for link in links where link.otherSide == .reachedModel && facts.records.inventory.models[link.other] == nil {
        unlisted[link.other] = true
      }
      return [
        subject,
        BlindSpot(
          id: "no-model",
          words:
            "of the decisions asked about: blocked, or without a model that was tried or answered; the model that they asked for counts only where the log names it as one of these",
          figure: notReached),
        BlindSpot(
          id: "unlisted-models",
          words:
            "models that the decisions asked about reached under no name of the inventory, so that any of them may be another one",
          figure: unlisted.count),
      ]
    case .provider:
      return [
        subject, notReaching("provider", notReached), otherModels,
        BlindSpot(
          id: "no-provider", words: "of the decisions asked about: reached a model, and the log names no provider",
          figure: reached - count(.provider)),
      ]
    case .jurisdiction:
      return [
        subject, notReaching("place", notReached), otherModels,
        BlindSpot(
          id: "no-place", words: "of the decisions asked about: reached a model, and no register says where it stood",
          figure: count(.jurisdiction) { $0.other.utf8.elementsEqual(Inventory.unknownJurisdiction.utf8) }),
      ]
    }
  }

  /// Decisions of which the log does not say what the question is about.
  private static func unnamed(_ subject: NegativeQuestion.Subject, _ facts: AssessmentFacts) -> BlindSpot {
    func tallied(_ value: (TallySums) -> Int) -> Int {
      facts.tally.filter { $0.decisionClass != .malformed }.reduce(0) { $0 + value($1.sums) }
    }
    switch subject {
    case .dataClass:
      return BlindSpot(
        id: "no-data-class", words: "decisions without a data class, of which nobody can say what they carried",
        figure: tallied(\.unclassified))
    case .agent:
      return BlindSpot(
        id: "no-agent", words: "decisions without an agent",
        figure: facts.judged - facts.seen.filter { $0.kind == .agent }.reduce(0) { $0 + $1.n })
    case .tool:
      return BlindSpot(
        id: "no-tool", words: "decisions that name no tool, because there was none or because it was not logged",
        figure: facts.judged - tallied(\.withTools))
    }
  }

  private static func notReaching(_ what: String, _ figure: Int) -> BlindSpot {
    BlindSpot(
      id: "no-model",
      words:
        "of the decisions asked about: blocked, or without a model that was tried or answered; they count as having reached no \(what)",
      figure: figure)
  }

  private static func blindSpots(ofTheLogs facts: AssessmentFacts, _ unread: Int) -> [BlindSpot] {
    [
      BlindSpot(
        id: "malformed", words: "malformed lines, of which nothing is known",
        figure: facts.sources.reduce(0) { $0 + $1.malformed }),
      BlindSpot(
        id: "holes", words: "holes of \(facts.holeHours) hours or more without a record", figure: facts.holes.count),
      BlindSpot(
        id: "damaged", words: "logs that are damaged, so that their end is missing",
        figure: facts.sources.count { $0.damage != nil }),
      BlindSpot(
        id: "gone", words: "logs that are gone, and count as they were scanned",
        figure: facts.sources.count { !$0.isPresent }),
      BlindSpot(id: "unread", words: "logs of which nothing could be read", figure: unread),
    ]
  }

  private static let outsideTheLogs = [
    BlindSpot(id: "around-the-gateway", words: "traffic that never passed the gateway is in no log of it"),
    BlindSpot(
      id: "behind-the-provider", words: "a provider may route on by itself, and its answer need not say so"),
    BlindSpot(id: "as-logged", words: "names and classes are what the gateway wrote; nobody looked at what was sent"),
  ]
}
