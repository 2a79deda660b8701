internal import EvidenceModel

/// What a request may end at by way of several steps. LiteLLM hands a request that failed to the fallback group and lets that
/// group's own fallbacks apply in turn, up to `max_fallbacks` of them; an alias or a router as a target leads on as well.
struct LiteLLMChains {
  static let defaultMost = 5
  /// Steps looked at in one config; more are not followed.
  private static let mostSteps = 500_000
  /// No config needs longer chains; a larger `max_fallbacks` counts as this.
  private static let longest = 50

  enum Kind: Sendable { case fallback, alias, router }

  struct Chain: Sendable {
    var id: String
    var from: String
    var to: [String]
    var triggers: [String]
  }

  private var starts: [(kind: Kind, chain: Chain)] = []
  private var places: [[UInt8]: Int] = [:]
  private var fallbacks = Steps()
  /// Aliases and routers: a step that costs no fallback.
  private var stands = Steps()

  /// Where each name leads. The lists stand apart from their index, so that one can grow where it is.
  private struct Steps {
    private var places: ByName<Int> = [:]
    private var lists: [[String]] = []

    func from(_ name: String) -> [String] { places[name].map { lists[$0] } ?? [] }

    mutating func add(_ names: [String], from name: String) {
      if let place = places[name] {
        lists[place] += names
      } else {
        places[name] = lists.count
        lists.append(names)
      }
    }
  }

  mutating func add(_ kind: Kind, id: String, from: String, to names: [String], triggers: [String]) {
    if kind == .fallback { fallbacks.add(names, from: from) } else { stands.add(names, from: from) }
    if let place = places[Array(id.utf8)] {
      starts[place].chain.to += names
    } else {
      places[Array(id.utf8)] = starts.count
      starts.append((kind, Chain(id: id, from: from, to: names, triggers: triggers)))
    }
  }

  /// A rule for each permit that leads further than its own targets, and whether some were not followed to their end. Generic
  /// fallbacks are left out of later steps, since their permit covers every group already.
  func rules(most: Int) -> (chains: [Chain], isCut: Bool) {
    var budget = Self.mostSteps
    var found: [Chain] = []
    for (kind, start) in starts {
      var seen: ByName<Bool> = [start.from: true]
      var reached: [String] = []
      var layer = start.to
      for name in start.to { seen[name] = true }
      var used = kind == .fallback ? 1 : 0
      while !layer.isEmpty {
        // What stands for something else leads there without a fallback, so it joins the layer.
        var index = 0
        while index < layer.count {
          take(stands.from(layer[index]), &layer, &seen, &reached, &budget)
          index += 1
        }
        guard used < min(most, Self.longest) else { break }
        used += 1
        var next: [String] = []
        for name in layer { take(fallbacks.from(name), &next, &seen, &reached, &budget) }
        layer = next
        guard budget > 0 else { return (found, true) }
      }
      if !reached.isEmpty {
        let id = start.id.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let key = id.count == 2 ? ":\(id[1])" : ""
        found.append(Chain(id: "\(id[0])-chain\(key)", from: start.from, to: reached, triggers: start.triggers))
      }
    }
    return (found, budget <= 0)
  }

  private func take(
    _ names: [String], _ layer: inout [String], _ seen: inout ByName<Bool>, _ reached: inout [String],
    _ budget: inout Int
  ) {
    for name in names {
      budget -= 1
      guard budget > 0 else { return }
      guard seen[name] == nil else { continue }
      seen[name] = true
      reached.append(name)
      layer.append(name)
    }
  }
}
