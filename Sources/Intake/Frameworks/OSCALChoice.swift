internal import EvidenceModel

/// Which controls of a document are taken, as a profile says it.
struct OSCALChoice {
  /// Controls by their ids; whether those inside of them come with them.
  struct Selector {
    var ids: ByName<Bool> = [:]
    var patterns: [(pattern: String, withChildren: Bool)] = []

    init(_ nodes: [OSCALNode]) {
      for node in nodes {
        let withChildren = node.text("with-child-controls") == "yes"
        for id in node.children("with-id", "with-ids").map(\.text) { ids[id] = withChildren || ids[id] == true }
        for pattern in node.children("matching", "matching").compactMap({ $0.text("pattern") }) {
          patterns.append((pattern, withChildren))
        }
      }
    }
  }

  /// Nil: all. Without either of its two forms OSCAL takes all too.
  var included: Selector?
  var excluded: Selector

  init(_ node: OSCALNode) {
    let includes = node.children("include-controls", "include-controls")
    included = includes.isEmpty || node.child("include-all") != nil ? nil : Selector(includes)
    excluded = Selector(node.children("exclude-controls", "exclude-controls"))
  }

  /// How much comparing of ids and patterns a whole profile may ask for: about one step a byte.
  static let mostSteps = 50_000_000
}

/// Takes the controls of a choice out of groups and controls. What contains them stays around groups; a control whose own
/// parent is not chosen moves up to where that parent stood.
struct OSCALChooser {
  let choice: OSCALChoice
  /// Ids that the choice names and no control has.
  private(set) var unknown: [String] = []
  private(set) var steps: Int
  /// Whether controls were passed over, since choosing takes too long.
  private(set) var isExhausted = false
  private var seen: ByName<Bool> = [:]

  init(_ choice: OSCALChoice, steps: Int) {
    self.choice = choice
    self.steps = steps
  }

  /// Whether a control is chosen by itself, and whether those inside of it are.
  private struct Match {
    var isChosen = false
    var withChildren = false
  }

  mutating func chosen(
    _ groups: [OSCALTree.Item], _ controls: [OSCALTree.Item]
  ) -> (groups: [OSCALTree.Item], controls: [OSCALTree.Item]) {
    let chosen = (self.groups(groups), self.controls(controls, included: false, excluded: false))
    unknown = (choice.included?.ids.keys ?? []).filter { seen[$0] == nil }.sortedBytewise()
    return chosen
  }

  private mutating func groups(_ groups: [OSCALTree.Item]) -> [OSCALTree.Item] {
    var kept: [OSCALTree.Item] = []
    for var group in groups {
      group.groups = self.groups(group.groups)
      group.controls = controls(group.controls, included: false, excluded: false)
      if !group.groups.isEmpty || !group.controls.isEmpty { kept.append(group) }
    }
    return kept
  }

  /// - Parameters:
  ///   - included: whether they come with the control that they stand in.
  ///   - excluded: whether they are left out with it.
  private mutating func controls(_ items: [OSCALTree.Item], included: Bool, excluded: Bool) -> [OSCALTree.Item] {
    var kept: [OSCALTree.Item] = []
    for var item in items {
      let id = item.id ?? ""
      if choice.included?.ids[id] != nil { seen[id] = true }
      let taken = choice.included.map { match(id, $0) } ?? Match(isChosen: true, withChildren: false)
      let left = match(id, choice.excluded)
      item.controls = controls(
        item.controls, included: included || taken.withChildren, excluded: excluded || left.withChildren)
      if (included || taken.isChosen) && !(excluded || left.isChosen) {
        kept.append(item)
      } else {
        kept += item.controls
      }
    }
    return kept
  }

  private mutating func match(_ id: String, _ selector: OSCALChoice.Selector) -> Match {
    var match = Match()
    steps -= 1
    if let withChildren = selector.ids[id] { match = Match(isChosen: true, withChildren: withChildren) }
    for (pattern, withChildren) in selector.patterns where !match.isChosen || (withChildren && !match.withChildren) {
      steps -= (pattern.utf8.count + 1) * (id.utf8.count + 1)
      guard steps > 0 else {
        isExhausted = true
        return match
      }
      if Self.matches(Array(pattern.unicodeScalars), Array(id.unicodeScalars)) {
        match.isChosen = true
        match.withChildren = match.withChildren || withChildren
      }
    }
    return match
  }

  /// `*` stands for any run of characters, `?` for one.
  static func matches(_ pattern: [Unicode.Scalar], _ id: [Unicode.Scalar]) -> Bool {
    var (place, index) = (0, 0)
    var lastRun: Int?
    var resume = 0
    while index < id.count {
      if place < pattern.count, pattern[place] == "*" {
        lastRun = place
        place += 1
        resume = index
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == id[index] {
        place += 1
        index += 1
      } else if let run = lastRun {
        place = run + 1
        resume += 1
        index = resume
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}
