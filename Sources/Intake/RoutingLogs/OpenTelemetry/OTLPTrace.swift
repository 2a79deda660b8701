internal import EvidenceModel

/// What the spans of one trace say: which of them describe one call, and which calls are attempts of one request.
struct TraceReading {
  private let spans: [GenAISpan]
  private let tree: SpanTree
  /// For every span the nearest call at or above it that it is a part of; -1 where none is.
  private let enclosing: [Int]

  init(_ spans: [GenAISpan]) {
    self.spans = spans
    tree = SpanTree(spans)
    enclosing = tree.nearest { index in
      switch spans[index].role {
      case .call: .take
      // What an agent or a tool does inside a call is other calls.
      case .agent, .tool: .stop
      case .undated, .other: .pass
      }
    }
  }

  /// Every call ends as a decision, a reject, or folded into one of those.
  func decide(into gathered: inout Gathered) {
    var calls = spans.indices.filter { call($0) != nil }
    guard !calls.isEmpty else { return }
    let counted = calls.count
    calls.removeAll { isRepeated($0) }
    var wrappers = [Int](repeating: -1, count: spans.count)
    var isWrapper = [Bool](repeating: false, count: spans.count)
    for index in calls {
      wrappers[index] = tree.parents[index] < 0 ? -1 : enclosing[tree.parents[index]]
      if wrappers[index] >= 0 { isWrapper[wrappers[index]] = true }
    }
    let outermost = SpanTree(parents: wrappers).nearest { wrappers[$0] < 0 ? .take : .pass }
    var requests: [Int: [Int]] = [:]
    var order: [Int] = []
    for index in innermost(calls.filter { !isWrapper[$0] }) {
      let request = outermost[index]
      if requests[request] == nil { order.append(request) }
      requests[request, default: []].append(index)
    }
    let inherited = Inherited(self, tools: tools(outermost))
    var made = 0
    for request in order {
      let decisions = decisions(of: requests[request] ?? [], wrappers)
      for (index, decision) in decisions {
        gathered.add(inherited.fill(decision, of: index, request: request, isOnly: decisions.count == 1))
      }
      made += decisions.count
    }
    gathered.folded += counted - made
  }

  fileprivate func call(_ index: Int) -> ModelCall? {
    guard case .call(let call) = spans[index].role else { return nil }
    return call
  }

  /// Whether an export repeats a span. Two spans with one id are still two when their answers differ.
  private func isRepeated(_ index: Int) -> Bool {
    guard !spans[index].id.isEmpty, let first = tree.places[spans[index].id], first != index,
      let original = call(first), let copy = call(index)
    else { return false }
    return original.responseID.isEmpty || copy.responseID.isEmpty
      || original.responseID.utf8.elementsEqual(copy.responseID.utf8)
  }

  /// Without those that describe a call which another one describes too: the same answer at the same time. Of those the
  /// last to begin is kept. In the order of their beginnings.
  private func innermost(_ leaves: [Int]) -> [Int] {
    let ordered = leaves.compactMap { index in call(index).map { (index: index, call: $0) } }
      .sorted { ($0.call.decision.at, $0.index) < ($1.call.decision.at, $1.index) }
    var begins: [[UInt8]: Instant] = [:]
    var kept: [Int] = []
    for (index, call) in ordered.reversed() {
      let answer = Array(call.responseID.utf8)
      if !answer.isEmpty, let begin = begins[answer], begin <= call.end { continue }
      begins[answer] = call.decision.at
      kept.append(index)
    }
    return kept.reversed()
  }

  /// Names of tools whose spans stand inside a call, by the outermost span of that call.
  private func tools(_ outermost: [Int]) -> [Int: [String]] {
    var tools: [Int: [String]] = [:]
    for index in spans.indices {
      guard case .tool(let name) = spans[index].role, !name.isEmpty, tree.parents[index] >= 0 else { continue }
      let call = enclosing[tree.parents[index]]
      if call >= 0 { tools[outermost[call], default: []].append(name) }
    }
    return tools
  }

  // MARK: Attempts

  /// One decision for each run of attempts: calls inside one request that failed one after the other, and the one after
  /// them.
  private func decisions(of leaves: [Int], _ wrappers: [Int]) -> [(index: Int, decision: GatheredDecision)] {
    var decisions: [(Int, GatheredDecision)] = []
    var attempts: [ModelCall] = []
    var last = -1
    func end() {
      if let decision = decision(of: attempts) { decisions.append((last, decision)) }
      attempts.removeAll()
    }
    for index in leaves {
      guard let call = call(index) else { continue }
      if let before = attempts.last, before.end > call.decision.at || before.isEmbedding != call.isEmbedding { end() }
      attempts.append(call)
      last = index
      if call.failure.isEmpty { end() }
    }
    end()
    // A span around them may know of an answer that none of them gave.
    if !leaves.contains(where: { call($0).map { $0.failure.isEmpty && ($0.hasAnswer || leaves.count > 1) } ?? false }) {
      var outer = last < 0 ? -1 : wrappers[last]
      while outer >= 0 {
        if let call = call(outer), call.failure.isEmpty, call.hasAnswer { return [(outer, call.decision)] }
        outer = wrappers[outer]
      }
    }
    return decisions
  }

  private func decision(of attempts: [ModelCall]) -> GatheredDecision? {
    guard let first = attempts.first, var decision = attempts.last?.decision else { return nil }
    let asked = first.decision.requestedModel
    if attempts.count > 1, !asked.isEmpty, !asked.utf8.elementsEqual(decision.requestedModel.utf8) {
      decision.requestedModel = asked
      decision.escalatedFrom = asked
      decision.trigger = first.failure
      decision.inferred.formUnion([.requestedModel, .escalatedFrom])
      decision.matched.insert(.trigger)
    }
    return decision
  }

  /// What a call takes from the spans around it.
  private struct Inherited {
    let trace: TraceReading
    let tools: [Int: [String]]
    let agents: [Int]
    let classes: [Int]

    init(_ trace: TraceReading, tools: [Int: [String]]) {
      self.trace = trace
      self.tools = tools
      let spans = trace.spans
      agents = trace.tree.nearest { spans[$0].agent.isEmpty ? .pass : .take }
      classes = trace.tree.nearest { index in
        switch spans[index].role {
        case .call(let call): call.decision.dataClass.isEmpty ? .pass : .take
        case .agent, .tool: .stop
        case .undated, .other: .pass
        }
      }
    }

    func fill(_ decision: GatheredDecision, of index: Int, request: Int, isOnly: Bool) -> GatheredDecision {
      var decision = decision
      if decision.agent.isEmpty {
        decision.agent = agents[index] >= 0 ? trace.spans[agents[index]].agent : trace.call(index)?.service ?? ""
        // OpenRouter's broadcast has one service for everybody.
        if decision.agent == "openrouter" { decision.agent = "" }
        if !decision.agent.isEmpty { decision.inferred.insert(.agent) }
      }
      if decision.dataClass.isEmpty, classes[index] >= 0, let outer = trace.call(classes[index]) {
        decision.dataClass = outer.decision.dataClass
        decision.inferred.insert(.dataClass)
      }
      if decision.tools.isEmpty, isOnly, let names = tools[request] {
        var seen = Set<[UInt8]>()
        decision.tools = names.filter { seen.insert(Array($0.utf8)).inserted }
        decision.inferred.insert(.tools)
      }
      return decision
    }
  }
}

/// Which span stands inside which.
struct SpanTree {
  /// Of every span the index of its parent; -1 where that is unknown.
  let parents: [Int]
  /// The first span of each id.
  let places: [[UInt8]: Int]

  init(_ spans: [GenAISpan]) {
    var places: [[UInt8]: Int] = [:]
    for (index, span) in spans.enumerated() where !span.id.isEmpty && places[span.id] == nil { places[span.id] = index }
    self.places = places
    parents = Self.withoutCircles(spans.map { $0.parent.isEmpty ? -1 : places[$0.parent] ?? -1 })
  }

  init(parents: [Int]) {
    self.parents = parents
    places = [:]
  }

  enum Step { case take, pass, stop }

  /// For every span the nearest one at or above it that is taken, passing over others; -1 where there is none.
  func nearest(_ step: (Int) -> Step) -> [Int] {
    let unknown = -2
    var found = [Int](repeating: unknown, count: parents.count)
    var path: [Int] = []
    for start in parents.indices {
      var at = start
      while at >= 0, found[at] == unknown {
        switch step(at) {
        case .take: found[at] = at
        case .stop: found[at] = -1
        case .pass:
          path.append(at)
          at = parents[at]
        }
      }
      for passed in path { found[passed] = at < 0 ? -1 : found[at] }
      path.removeAll(keepingCapacity: true)
    }
    return found
  }

  /// Wrong ids may name each other as parents.
  private static func withoutCircles(_ parents: [Int]) -> [Int] {
    var parents = parents
    var walk = [Int](repeating: -1, count: parents.count)
    for start in parents.indices {
      var at = start
      var last = -1
      while at >= 0, walk[at] < 0 {
        walk[at] = start
        last = at
        at = parents[at]
      }
      if at >= 0, last >= 0, walk[at] == start { parents[last] = -1 }
    }
    return parents
  }
}
