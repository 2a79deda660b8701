internal import EvidenceModel

/// Owners that the rules of a policy name themselves: `annotations.owner` of the Semantic Router, labels and annotations of a
/// Kubernetes route. Described in `docs/formats/policy-annotations.md`.
enum PolicyAnnotations {
  /// The settings by which the readers of policies keep annotations and labels: `annotation owner`, `label team`.
  static func settingName(_ kind: String, _ key: String) -> String { "\(kind) \(key)" }

  private static let team = "team"

  /// Whether a key names an owner or a team: `owner`, `example.org/owner`, and `team` alike.
  static func isOwnerKey(_ key: String) -> Bool {
    let name = key.split(separator: "/").last ?? ""
    return name == "owner" || name == "team"
  }

  /// What a Kubernetes resource says of its owner, as settings of its rules.
  static func settings(of resource: YAMLText.Node) -> [Rule.Setting] {
    var settings: [Rule.Setting] = []
    for (member, kind) in [("annotations", "annotation"), ("labels", "label")] {
      for (key, value) in resource["metadata"]?[member]?.members ?? [] where RuleList.isName(key) && isOwnerKey(key) {
        settings.add(settingName(kind, key), value.text)
      }
    }
    return settings
  }

  /// One record a stretch of versions in which a rule names the same owner, from the first of them in force.
  ///
  /// - Parameter least: the least sequence of other sources. Of records that begin at one instant those decide, since whoever
  ///   writes the policy writes these.
  static func reading(of history: PolicyHistory, before least: Int) -> OwnershipReading {
    var records: [OwnershipRecord] = []
    var open: [[UInt8]: Int] = [:]
    for (start, index) in zip(history.inForce.starts, history.inForce.values) {
      let version = history.versions[index]
      let now = Instant(microseconds: start)
      var stated: [[UInt8]: OwnershipRecord] = [:]
      var order: [[UInt8]] = []
      for rule in version.rules {
        for claim in claims(of: rule) {
          let record = OwnershipRecord(
            rulePattern: rule.id, owner: claim.owner, role: claim.role, from: now, to: nil, sequence: 0,
            recordedAt: version.recordedAt, source: version.source, line: 0, ownerKind: claim.kind)
          let key = [rule.id, claim.role, claim.owner].map { Array($0.utf8) }.joined(separator: [0])
          if stated.updateValue(record, forKey: Array(key)) == nil { order.append(Array(key)) }
        }
      }
      for (key, place) in open where stated[key] == nil {
        records[place].to = now
        open[key] = nil
      }
      for key in order where open[key] == nil {
        guard var record = stated[key] else { continue }
        record.sequence = least - 1
        open[key] = records.count
        records.append(record)
      }
    }
    var hasher = Hasher256()
    for record in records {
      var line = "\(record.rulePattern) \(record.role) \(record.owner) \(record.from)\n"
      line.withUTF8 { hasher.update(UnsafeRawBufferPointer($0)) }
    }
    var reading = OwnershipReading(records: records)
    reading.inputs = [
      InputFile(
        kind: .ownership, name: "annotations of the policy", format: "policy-annotations", bytes: nil,
        digest: hasher.finish(), records: records.count,
        note: "read out of the policy's versions; the digest is of a line RULE ROLE OWNER FROM for each record")
    ]
    return reading
  }

  /// The owner of a rule, and its team where it names both. An annotation goes before a label, the shorter key before the longer.
  private static func claims(of rule: Rule) -> [(owner: String, role: String, kind: OwnerKind?)] {
    var owners: [(rank: Int, value: String)] = []
    var teams: [(rank: Int, value: String)] = []
    for setting in rule.settings {
      let words = setting.name.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let kind = ["annotation", "label"].firstIndex(of: words[0]), isOwnerKey(String(words[1])),
        RuleList.isName(setting.value)
      else { continue }
      let entry = (rank: kind * 1024 + words[1].utf8.count, value: setting.value)
      if words[1].hasSuffix(team) { teams.append(entry) } else { owners.append(entry) }
    }
    let owner = owners.min { $0.rank < $1.rank }?.value
    let group = teams.min { $0.rank < $1.rank }?.value
    if let owner {
      return [(owner, OwnershipRecord.accountable, nil)] + (group.map { [($0, team, .team)] } ?? [])
    }
    return group.map { [($0, OwnershipRecord.accountable, .team)] } ?? []
  }
}
