internal import EvidenceModel

/// Controls of several imports together, each id once.
struct OSCALMerge {
  private(set) var groups: [OSCALTree.Item] = []
  private(set) var controls: [OSCALTree.Item] = []
  /// Controls that came in again and were left out.
  private(set) var repeated = 0
  private var ids: ByName<Bool> = [:]

  mutating func add(_ groups: [OSCALTree.Item], _ controls: [OSCALTree.Item]) {
    Self.join(unique(groups: groups), into: &self.groups)
    self.controls += unique(controls: controls)
  }

  /// All controls one after another, each before those inside of it.
  var flat: [OSCALTree.Item] { Self.flat(groups, controls) }

  static func flat(_ groups: [OSCALTree.Item], _ controls: [OSCALTree.Item]) -> [OSCALTree.Item] {
    var all: [OSCALTree.Item] = []
    func add(_ groups: [OSCALTree.Item], _ controls: [OSCALTree.Item]) {
      for group in groups { add(group.groups, group.controls) }
      for var control in controls {
        let inside = control.controls
        control.controls = []
        all.append(control)
        add([], inside)
      }
    }
    add(groups, controls)
    return all
  }

  private mutating func unique(groups: [OSCALTree.Item]) -> [OSCALTree.Item] {
    groups.map { group in
      var group = group
      group.controls = unique(controls: group.controls)
      group.groups = unique(groups: group.groups)
      return group
    }
  }

  private mutating func unique(controls: [OSCALTree.Item]) -> [OSCALTree.Item] {
    var kept: [OSCALTree.Item] = []
    for var control in controls {
      let isNew = control.id.map { ids[$0] == nil } ?? true
      if let id = control.id { ids[id] = true }
      control.controls = unique(controls: control.controls)
      if isNew {
        kept.append(control)
      } else {
        repeated += 1
        kept += control.controls
      }
    }
    return kept
  }

  /// Groups of one id are one group.
  private static func join(_ added: [OSCALTree.Item], into groups: inout [OSCALTree.Item]) {
    var places: ByName<Int> = [:]
    for (place, group) in groups.enumerated() { if let id = group.id { places[id] = place } }
    for group in added {
      if let place = group.id.flatMap({ places[$0] }) {
        groups[place].controls += group.controls
        join(group.groups, into: &groups[place].groups)
      } else {
        if let id = group.id { places[id] = groups.count }
        groups.append(group)
      }
    }
  }
}

extension [OSCALTree.Item] {
  /// Applies the changes of a profile; those that found their control are taken out.
  mutating func change(by changes: inout ByName<[OSCALProfile.Change]>) {
    for place in indices {
      if let id = self[place].id, let found = changes[id] {
        for change in found { self[place].apply(change) }
        changes[id] = nil
      }
      self[place].groups.change(by: &changes)
      self[place].controls.change(by: &changes)
    }
  }
}

extension OSCALTree.Item {
  fileprivate mutating func apply(_ change: OSCALProfile.Change) {
    let removesIt = statementID.map { id in change.removedIDs.contains { $0.utf8.elementsEqual(id.utf8) } } ?? false
    if change.removesStatement || removesIt { statement = nil }
    if change.removesLabel { label = nil }
    title = change.title ?? title
    label = change.label ?? label
    isWithdrawn = isWithdrawn || change.isWithdrawn
    // Of two statements the first is shown.
    if statement == nil {
      statement = change.statement
      statementID = change.statementID ?? statementID
    }
  }
}
