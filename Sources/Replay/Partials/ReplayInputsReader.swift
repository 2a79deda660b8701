package import EvidenceModel
internal import Intake

extension ReplayInputs {
  /// Reads the file that `write` made.
  ///
  /// - Returns: the inputs, and the plan that they make, which is the one that they were written from.
  package static func read(_ path: String) throws(Diagnostic) -> (inputs: ReplayInputs, plan: ReplayPlan) {
    do throws(PartialError) {
      let lines = try SealedReader<InputsHeader>(path: path)
      var reading = Reading()
      while lines.line != nil {
        guard reading.take(try lines.values()) else {
          throw lines.damaged("this line is none that such a file has here")
        }
        try lines.advance()
      }
      guard let inputs = reading.inputs else { throw lines.damaged("it states no settings") }
      let plan = ReplayPlan(inputs.records, settings: inputs.settings)
      guard InputsHeader(plan) == lines.header else {
        throw lines.damaged("this version of the program makes other judgements of it than the one that wrote it")
      }
      return (inputs, plan)
    } catch {
      let (line, reason): (Int?, String) =
        switch error {
        case .damaged(_, let line, let reason): (line, reason)
        case .cannotRead(_, let reason), .notAPartial(_, let reason), .cannotWrite(_, let reason): (nil, reason)
        case .otherInputs(_, let reason): (nil, reason)
        case .overlap(let log, _, _): (nil, log)
        }
      throw Diagnostic(
        id: "inputs-unusable", file: path, line: line, summary: reason,
        nextStep: "Take the file that tenure splits wrote with --inputs, and the program of the same version.")
    }
  }

  /// What was read so far.
  private struct Reading {
    private var settings: ReplaySettings?
    private var versions: [PolicyVersion] = []
    private var owners: [OwnershipRecord] = []
    private var absences: ByName<[People.Absence]> = [:]
    private var inventory = Inventory()
    private var switchOffs: [SwitchOff] = []
    private var formats: [RoutingLogFormat] = []
    private var logs: [PlannedLog] = []

    var inputs: ReplayInputs? {
      guard let settings else { return nil }
      var registers = Registers()
      registers.switchOffs = switchOffs
      let records = Records(
        history: PolicyHistory(versions),
        ownership: OwnershipHistory(records: owners, people: People(persons), hasPeopleRegister: !absences.isEmpty),
        inventory: inventory, acceptedExceptions: [], registers: registers, inputs: [], diagnostics: [])
      return ReplayInputs(settings: settings, records: records, logs: logs)
    }

    /// Rows of people who were there whenever they were not gone.
    private var persons: [Person] {
      absences.flatMap { owner, absences in
        var rows: [Person] = []
        var start: Instant?
        for absence in absences {
          rows.append(Person(owner: owner, team: "", joinedAt: start, leftAt: absence.from))
          start = absence.to
        }
        if let start { rows.append(Person(owner: owner, team: "", joinedAt: start, leftAt: nil)) }
        return rows
      }
    }

    /// False when the line is none of those that may stand here.
    mutating func take(_ line: [PartialValue]) -> Bool {
      switch (line.first?.text, line.count) {
      case ("settings", 10): takeSettings(line)
      case ("version", 5): takeVersion(line)
      case ("rule", 13): takeRule(line)
      case ("owner", 8): takeOwner(line)
      case ("absence", 4): takeAbsence(line)
      case ("model", 5), ("alias", 3), ("deployment", 7), ("register", 2), ("agent", 4), ("tool", 4):
        takeInventory(line)
      case ("switch-off", 5): takeSwitchOff(line)
      case ("field-map", 3): takeFieldMap(line)
      case ("log", 7): takeLog(line)
      default: false
      }
    }

    private mutating func takeSettings(_ line: [PartialValue]) -> Bool {
      guard settings == nil, let name = line[1].text, let from = line[2].instant, let to = line[3].instant,
        let seed = line[4].text, let size = line[5].number, let attributes = line[6].number, size >= 0, attributes >= 0,
        let sensitive = line[7].texts, let seconds = line[9].number
      else { return false }
      settings = ReplaySettings(
        period: Period(name: name, from: from, to: to), sampleSeed: seed, sampleSize: size, sensitiveClasses: sensitive,
        maximumCostMicros: line[8].number.map { Int64($0) }, secondsToSwitchOff: seconds,
        attributeSampleSize: attributes)
      return true
    }

    private mutating func takeVersion(_ line: [PartialValue]) -> Bool {
      guard let id = line[1].text, let from = line[2].instant ?? nil, let recorded = line[3].instant,
        let readable = line[4].number
      else { return false }
      versions.append(
        PolicyVersion(
          id: id, effectiveFrom: from, recordedAt: recorded, source: "", digest: Digest(of: ""),
          isReadable: readable == 1, rules: []))
      return true
    }

    private mutating func takeRule(_ line: [PartialValue]) -> Bool {
      guard !versions.isEmpty, let id = line[1].text, let priority = line[2].number, let agent = line[3].text,
        let dataClass = line[4].text, let tool = line[5].text, let tokens = line[6].number,
        let action = line[7].text.flatMap({ Action(rawValue: $0) }), let targets = line[8].texts,
        let places = line[9].texts, let from = line[10].text, let triggers = line[11].texts, let claims = line[12].texts
      else { return false }
      versions[versions.count - 1].rules.append(
        Rule(
          id: id, priority: priority, agent: agent, dataClass: dataClass, tool: tool, minTokensIn: Int64(tokens),
          action: action, escalateTo: targets, allowedJurisdictions: places, fromModel: from, triggers: triggers,
          claims: claims))
      return true
    }

    private mutating func takeOwner(_ line: [PartialValue]) -> Bool {
      guard let pattern = line[1].text, let owner = line[2].text, let role = line[3].text,
        let from = line[4].instant ?? nil, let to = line[5].instant, let sequence = line[6].number,
        let recorded = line[7].instant
      else { return false }
      owners.append(
        OwnershipRecord(
          rulePattern: pattern, owner: owner, role: role, from: from, to: to, sequence: sequence, recordedAt: recorded,
          source: "", line: 0))
      return true
    }

    private mutating func takeAbsence(_ line: [PartialValue]) -> Bool {
      guard let owner = line[1].text, let from = line[2].instant ?? nil, let to = line[3].instant else { return false }
      absences[owner, default: []].append(.init(from: from, to: to))
      return true
    }

    private mutating func takeInventory(_ line: [PartialValue]) -> Bool {
      guard let kind = line[0].text, let name = line[1].text else { return false }
      switch kind {
      case "model":
        guard let tier = line[2].number, let from = line[3].instant, let retired = line[4].instant else { return false }
        inventory.models[name] = Model(name: name, tier: tier, approvedFrom: from, retiredAt: retired)
      case "alias":
        guard let model = line[2].text else { return false }
        inventory.aliases[name] = model
      case "deployment":
        guard let start = line[2].instant ?? nil, let own = line[3].text, let place = line[4].text,
          let retired = line[6].instant,
          inventory.deployments[name]?.starts.last.map({ $0 < start.microseconds }) ?? true
        else { return false }
        inventory.deployments[name, default: Timeline()].append(
          from: start,
          Deployment(
            name: own, provider: "", jurisdiction: place, effectiveFrom: start,
            hosting: line[5].text.flatMap { Hosting(name: $0) }, retiredAt: retired))
      case "register":
        if name == "agent" { inventory.agents = [:] } else { inventory.tools = [:] }
      default:
        guard let from = line[2].instant, let retired = line[3].instant else { return false }
        let entry = InventoryEntry(name: name, from: from, retiredAt: retired)
        if kind == "agent" { inventory.agents?[name] = entry } else { inventory.tools?[name] = entry }
      }
      return true
    }

    private mutating func takeSwitchOff(_ line: [PartialValue]) -> Bool {
      guard let kind = line[1].text.flatMap({ SwitchOff.SubjectKind(rawValue: $0) }), let subject = line[2].text,
        let at = line[3].instant ?? nil, let restored = line[4].instant
      else { return false }
      switchOffs.append(
        SwitchOff(
          subjectKind: kind, subject: subject, at: at, restoredAt: restored, isTrial: false, by: "",
          place: RegisterPlace(source: "", line: 0)))
      return true
    }

    private mutating func takeFieldMap(_ line: [PartialValue]) -> Bool {
      guard let name = line[1].text, let text = line[2].text,
        let map = try? FieldMap(WholeFile(name: name, bytes: Array(text.utf8)))
      else { return false }
      formats.append(.mapped(map))
      return true
    }

    private mutating func takeLog(_ line: [PartialValue]) -> Bool {
      guard let name = line[1].text, let bytes = line[2].number, bytes >= 0,
        let compression = line[3].text.flatMap({ Compression(rawValue: $0) }),
        let format = line[4].text.flatMap({ RoutingLogFormat(identity: $0, named: formats) }),
        let shape = line[5].text.flatMap({ LogShape(rawValue: $0) })
      else { return false }
      logs.append(
        PlannedLog(
          name: name, bytes: bytes, compression: compression,
          format: DetectedFormat(format: format, shape: shape, envelope: line[6].text)))
      return true
    }
  }
}
