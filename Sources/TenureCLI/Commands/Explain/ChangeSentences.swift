internal import Assets
internal import EvidenceModel
internal import EvidencePack
internal import XMLDocuments

/// Changes in the sentences that pages use: the same patterns of the same strings file, as plain text.
struct ChangeSentences {
  let people: People
  let time: TimeText
  private let strings: PageStrings

  init(_ assets: AssetLibrary, people: People, time: TimeText) throws(XMLProblem) {
    self.people = people
    self.time = time
    strings = try PageStrings(assets)
  }

  /// Who did what, who approved it, when it took effect, and under which ticket.
  ///
  /// - Parameter wasInForce: false where another version took its place at the same instant.
  func story(_ change: RuleChange, _ version: PolicyVersion, wasInForce: Bool) -> String {
    let story = RecordStory(version, people: people, time: time)
    let isNamed = story.approval == .others || story.approval == .authorAlone
    return say(
      isNamed && story.approved == .after ? "story.late" : "story",
      [
        did(change, by: version.author ?? say("story.somebody")),
        say(
          "approved.\(story.approval.rawValue)" + (isNamed ? ".\(story.approved.rawValue)" : ""),
          [
            version.approvedBy.joined(separator: say("list.comma")), version.approvedAt.map(time.date) ?? "",
            apart(story.approvedApart),
          ]),
        say(
          wasInForce ? "took-effect.\(story.effect.rawValue)" : "took-effect.never",
          [time.date(version.effectiveFrom), apart(story.effectApart)]),
        version.ticket.map { say("story.ticket", [$0]) } ?? say("story.no-ticket"),
      ])
  }

  /// The direction, and what it rests on.
  func why(_ change: RuleChange) -> String {
    let reasons = change.reasons.map { say("why.\($0.rawValue)") }.joined(separator: "; ")
    let directions = Set(change.reasons.map(\.direction))
    let both = directions.contains(.looser) && directions.contains(.stricter)
    return "\(say("direction.\(change.direction.rawValue)")): \(both ? say("why.both", [reasons]) : reasons)."
  }

  private func did(_ change: RuleChange, by who: String) -> String {
    guard change.kind == .changed || change.kind == .reordered else {
      let id = change.reasons == [.firstVersion] ? "did.first" : "did.\(change.kind.rawValue)"
      let field = change.fields.first
      return say(
        id, [who, change.rule, change.formerRule ?? words(field?.before, field), words(field?.after, field)])
    }
    if change.fields.count == 1, let field = change.fields.first, strings["did.field.\(field.name)"] != nil {
      return say("did.field.\(field.name)", [who, change.rule, words(field.before, field), words(field.after, field)])
    }
    let nouns = change.fields.map { strings["noun.\($0.name)"] ?? $0.name }
    let named = nouns.dropLast().joined(separator: say("list.comma"))
    return say(
      "did.fields", [who, change.rule, nouns.count < 2 ? nouns.joined() : named + say("list.and") + (nouns.last ?? "")])
  }

  private func words(_ value: String?, _ field: RuleChange.Field?) -> String {
    switch (value ?? "", field?.name) {
    case ("*", _): say("value.any")
    case ("", _): say("value.none")
    case (let action, "action"): strings["action.\(action)"] ?? action
    case (let tokens, "min-tokens-in"): Int(tokens).map(ProgressWords.grouped) ?? tokens
    case (let list, _): list.split(separator: "|").joined(separator: say("list.comma"))
    }
  }

  private func apart(_ distance: RecordStory.Distance?) -> String {
    guard let distance else { return "" }
    if distance.n == 0 { return say("apart.moment") }
    return say("apart.\(distance.unit.rawValue)" + (distance.n == 1 ? ".one" : ""), [String(distance.n)])
  }

  /// A pattern with its places filled; what is filled in is never scanned again.
  private func say(_ id: String, _ fillings: [String] = []) -> String {
    var rest = (strings[id] ?? id)[...]
    var said = ""
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      said += rest[..<open]
      let slot = Int(rest[rest.index(after: open)..<close]) ?? 0
      if fillings.indices.contains(slot - 1) { said += fillings[slot - 1] }
      rest = rest[rest.index(after: close)...]
    }
    return said + rest
  }
}
