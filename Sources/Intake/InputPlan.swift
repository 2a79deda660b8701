package import EvidenceModel
internal import Foundation

/// What a run reads besides the routing logs. Names are as configured, relative to `directory`.
package struct InputPlan: Sendable {
  package var directory: String
  package var policy: [PolicySource]
  package var ownership: [OwnershipSource]
  /// Files of each kind of register, in the order in which the configuration names them.
  package var registers: [InputFile.Kind: [String]]
  /// Independent totals, each with the logs that it covers.
  package var controlTotals: [ControlTotalSource]
  /// By file: the day of an export that shows one moment only.
  package var exportDays: ByName<Instant>

  package struct ControlTotalSource: Sendable, Hashable {
    package var path: String
    package var covers: String?

    package init(path: String, covers: String?) {
      self.path = path
      self.covers = covers
    }
  }

  package init(
    directory: String, policy: [PolicySource], ownership: [OwnershipSource],
    registers: [InputFile.Kind: [String]] = [:], controlTotals: [ControlTotalSource] = [],
    exportDays: ByName<Instant> = [:]
  ) {
    self.directory = directory
    self.policy = policy
    self.ownership = ownership
    self.registers = registers
    self.controlTotals = controlTotals
    self.exportDays = exportDays
  }

  package func path(of name: String) -> String {
    name.hasPrefix("/") || name == "-" ? name : directory + "/" + name
  }

  /// Reads policy and registers. Trouble becomes diagnostics; what can be read is.
  package func read() async -> Records {
    var loader = Loader(plan: self)
    return await loader.load()
  }
}

private struct Loader {
  let plan: InputPlan
  var versions: [PolicyVersion] = []
  var owners: [OwnershipRecord] = []
  var inputs: [InputFile] = []
  var diagnostics: [Diagnostic] = []
  /// First-parent changes of each policy, by repository name.
  var policyChanges: [String: [[GitRepository.Change]]] = [:]
  var repositories: [String: GitRepository] = [:]

  init(plan: InputPlan) { self.plan = plan }

  mutating func load() async -> Records {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("tenure-git-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    for source in plan.policy { await loadPolicy(source, scratch: scratch) }
    renameRepeatedVersions()
    // A register named twice is read once: its records would otherwise overlap themselves.
    var seen = Set<OwnershipSource>()
    let sources = plan.ownership.filter { $0 != .policyAnnotations && seen.insert($0).inserted }
    for source in sources { await loadOwnership(source, scratch: scratch) }
    // Last, so that of records that begin at one instant those of every other source decide.
    if plan.ownership.contains(.policyAnnotations) { await loadOwnership(.policyAnnotations, scratch: scratch) }
    let people = people()
    let models = registers(.models, readModelRegister)
    let aliases = registers(.modelAliases, readAliasRegister)
    let deployments = registers(.deployments, readDeploymentRegister)
    let exceptions = registers(.exceptions, readExceptionRegister)
    let totals = plan.controlTotals.compactMap { source in
      register(.controlTotals, source.path, readControlTotals).map {
        ControlTotals(name: source.path, covers: source.covers, rows: $0)
      }
    }
    var aliasTable: ByName<String> = [:]
    for entry in models ?? [] { for alias in entry.aliases { aliasTable[alias] = entry.model.name } }
    for entry in aliases ?? [] { aliasTable[entry.alias] = entry.model }
    let inventory = Inventory(
      models: (models ?? []).map(\.model), aliases: aliasTable, deployments: deployments ?? [],
      hasModels: models != nil, hasDeployments: deployments != nil,
      agents: registers(.agents) { (file) throws(Diagnostic) in try readInventoryRegister(file, of: "agent") },
      tools: registers(.tools) { (file) throws(Diagnostic) in try readInventoryRegister(file, of: "tool") })
    return Records(
      history: PolicyHistory(versions),
      ownership: OwnershipHistory(
        records: owners, people: people.people, hasPeopleRegister: people.statesLeaving),
      inventory: inventory, acceptedExceptions: exceptions ?? [], controlTotals: totals,
      registers: governanceRegisters(), inputs: inputs.map(\.withoutSecrets),
      diagnostics: diagnostics.map(\.withoutSecrets))
  }

  /// Everybody on record, and whether a file was read that can say that somebody left.
  private mutating func people() -> (people: People, statesLeaving: Bool) {
    let days = plan.exportDays
    let entries = registers(.people) { (file) throws(Diagnostic) in
      try readPeopleRegister(file, exportedOn: days[file.name])
    }
    let statesLeaving = inputs.contains { input in
      input.kind == .people && input.digest != nil && PeopleFormat(rawValue: input.format)?.statesLeaving ?? false
    }
    var persons: [Person] = []
    var memberships: [Membership] = []
    for entry in entries ?? [] {
      switch entry {
      case .person(let person): persons.append(person)
      case .membership(let membership): memberships.append(membership)
      }
    }
    let people = People(
      persons, memberships: memberships, identities: registers(.identities, readIdentityRegister) ?? [])
    for identity in people.contradictions {
      diagnostics.append(
        Diagnostic(
          id: "identity-two-persons", file: identity.place.source, line: identity.place.line,
          summary: "\(identity.alias) is given to a second person, \(identity.person); the row was left out",
          nextStep: "Give each alias to one person."))
    }
    return (people, statesLeaving)
  }

  private mutating func governanceRegisters() -> Registers {
    var all = Registers()
    all.reviews = registers(.reviews, readReviewRegister)
    all.triggers = registers(.triggers, readTriggerRegister)
    all.incidents = registers(.incidents, readIncidentRegister)
    all.changes = registers(.changes, readChangeRegister)
    all.writers = registers(.writers, readWriterRegister)
    all.credentials = registers(.credentials, readCredentialRegister)
    all.terms = registers(.terms, readTermsRegister)
    all.switchOffs = registers(.switchOffs, readSwitchOffRegister)
    all.escalations = registers(.escalations, readEscalationRegister)
    all.retention = registers(.retention, readRetentionRegister)
    all.legalHolds = registers(.legalHolds, readLegalHoldRegister)
    all.logDigests = registers(.logDigests, readLogDigestRegister)
    all.tolerances = registers(.tolerances, readToleranceRegister)
    return all
  }

  private mutating func repository(_ name: String, scratch: String) async throws(Diagnostic) -> GitRepository {
    if let known = repositories[name] { return known }
    let path = plan.path(of: name)
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    guard exists else {
      throw Diagnostic(
        id: "file-unreadable", file: name, summary: "there is no such repository or bundle",
        nextStep: "Check the path in the configuration.")
    }
    if !isDirectory.boolValue {
      try? FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    }
    let opened = try await GitRepository(
      name: name, path: path, isBundle: !isDirectory.boolValue, scratch: scratch)
    repositories[name] = opened
    return opened
  }

  private mutating func loadPolicy(_ source: PolicySource, scratch: String) async {
    var reading = PolicyReading()
    var changes: [GitRepository.Change] = []
    switch source {
    case .folder(let name, let format, let audit, _):
      reading = .folder(
        name, path: plan.path(of: name), format: format, audit: audit.map { ($0, plan.path(of: $0)) })
    case .presets(let name):
      reading = .presets(name, path: plan.path(of: name))
    case .table(let rules, let versions, _):
      reading = .table(rules: (rules, plan.path(of: rules)), versions: (versions, plan.path(of: versions)))
    case .git(let name, let path, let format, let pullRequests, _):
      do throws(Diagnostic) {
        let repository = try await repository(name, scratch: scratch)
        (reading, changes) = try await PolicyReading.git(repository, path: path, format: format)
        policyChanges[name, default: []].append(changes)
      } catch {
        reading.diagnostics.append(error)
        reading.inputs.append(
          InputFile(kind: .policy, name: "\(name):\(path)", format: "git", bytes: nil, digest: nil, records: 0))
      }
      if let pullRequests {
        addTo(&reading, pullRequests, format: "pull-requests") { (file, reading) throws(Diagnostic) in
          let export = try PullRequestExport(file)
          export.apply(to: &reading, changes: changes)
          return export.requests.count
        }
      }
    }
    if let deployed = source.deployed {
      addTo(&reading, deployed.file, format: "deployment-records") { (file, reading) throws(Diagnostic) in
        let records = try DeploymentRecords(file, environment: deployed.environment)
        records.apply(to: &reading, commits: changes.map(\.commit))
        return records.count
      }
    }
    versions += reading.versions.map(\.withoutSecrets)
    inputs += reading.inputs
    diagnostics += reading.diagnostics
  }

  /// Reads a file that says more about the versions of one source. The versions stand as they are when it cannot be read.
  private func addTo(
    _ reading: inout PolicyReading, _ name: String, format: String,
    _ body: (WholeFile, inout PolicyReading) throws(Diagnostic) -> Int
  ) {
    var input = InputFile(kind: .policy, name: name, format: format, bytes: nil, digest: nil, records: 0)
    do throws(Diagnostic) {
      let file = try WholeFile(name: name, path: plan.path(of: name))
      input.records = try body(file, &reading)
      input.bytes = file.bytes.count
      input.digest = file.digest
    } catch {
      reading.diagnostics.append(error)
    }
    reading.inputs.append(input)
  }

  /// Two versions of one id could not be told apart in a pack; the later ones get the digest of their text, and
  /// a number where that text stood under that id before.
  private mutating func renameRepeatedVersions() {
    var seen = Set<String>()
    var uses: ByName<Int> = [:]
    for index in versions.indices where !seen.insert(versions[index].id).inserted {
      let old = versions[index].id
      let new = "\(old)+\(versions[index].digest.prefix(8))"
      versions[index].id = new
      // One text may come back several times.
      while !seen.insert(versions[index].id).inserted {
        uses[new, default: 1] += 1
        versions[index].id = "\(new)@\(uses[new, default: 1])"
      }
      diagnostics.append(
        Diagnostic(
          id: "policy-version-twice", severity: .warning, file: versions[index].source,
          summary: "another version is called \(old) too; this one is shown as \(versions[index].id)",
          nextStep: "Give each version an id of its own."))
    }
  }

  private mutating func loadOwnership(_ source: OwnershipSource, scratch: String) async {
    var reading = OwnershipReading()
    do throws(Diagnostic) {
      switch source {
      case .register(let name):
        owners += register(.ownership, name, readOwnershipRegister) ?? []
      case .codeowners(let name, let dialect):
        let (repository, changes) = try await policyRepository(name, of: source, scratch: scratch)
        reading = try await Codeowners.history(in: repository, policyChanges: changes, stated: dialect)
      case .ownerFiles(let name):
        let (repository, changes) = try await policyRepository(name, of: source, scratch: scratch)
        reading = try await OwnerFilesHistory.reading(of: repository, policyChanges: changes)
      case .backstage(let name, let path, let entity, let from):
        reading = try await catalog(name, path: path, entity: entity, from: from, scratch: scratch)
      case .serviceNow(let name, let audit, let item):
        reading = try ConfigurationItem.reading(
          of: WholeFile(name: name, path: plan.path(of: name)),
          audit: audit.map { (name) throws(Diagnostic) in try WholeFile(name: name, path: plan.path(of: name)) },
          item: item)
      case .policyAnnotations:
        reading = PolicyAnnotations.reading(of: PolicyHistory(versions), before: owners.map(\.sequence).min() ?? 0)
      }
    } catch {
      reading.diagnostics.append(error)
      reading.inputs = [
        InputFile(
          kind: .ownership, name: source.inputName, format: source.format, bytes: nil, digest: nil, records: 0)
      ]
    }
    owners += reading.records.map(\.withoutSecrets)
    inputs += reading.inputs
    diagnostics += reading.diagnostics
  }

  /// A repository whose files name the owners of the one policy that is read from it, and that policy's changes.
  private mutating func policyRepository(
    _ name: String, of source: OwnershipSource, scratch: String
  ) async throws(Diagnostic) -> (GitRepository, [GitRepository.Change]) {
    let repository = try await repository(name, scratch: scratch)
    guard let policies = policyChanges[name], let changes = policies.first else {
      throw Diagnostic(
        id: "\(source.format)-without-policy", file: name,
        summary: "no policy is read from this repository, so its \(source.fileName) names no rule's owner",
        nextStep: "Name the same repository under policy, or use an ownership register.")
    }
    guard policies.count == 1 else {
      throw Diagnostic(
        id: "\(source.format)-two-policies", file: name,
        summary:
          "several policies are read from this repository, and its \(source.fileName) does not tell their rules apart",
        nextStep: "Read one policy from it, or name the owners in an ownership register.")
    }
    return (repository, changes)
  }

  private mutating func catalog(
    _ name: String, path: String?, entity: String?, from: Instant?, scratch: String
  ) async throws(Diagnostic) -> OwnershipReading {
    let reference = entity.map { BackstageCatalog.Reference($0, kind: "component") }
    if case .some(.none) = reference {
      throw Diagnostic(
        id: "backstage-bad-entity", file: name, summary: "the entity stated is no reference",
        nextStep: "Write entity: component:default/NAME beside backstage.")
    }
    var isDirectory: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: plan.path(of: name), isDirectory: &isDirectory)
    guard isDirectory.boolValue || path != nil else {
      let file = try WholeFile(name: name, path: plan.path(of: name))
      return try BackstageCatalog.single(file, entity: reference ?? nil, from: from)
    }
    return try await BackstageCatalog.history(
      in: repository(name, scratch: scratch), path: path ?? "catalog-info.yaml", entity: reference ?? nil)
  }

  /// Reads all files of one kind of register, each once; nil when none is named or none can be read.
  private mutating func registers<Entry>(
    _ kind: InputFile.Kind, _ read: (WholeFile) throws(Diagnostic) -> Register<Entry>
  ) -> [Entry]? {
    var all: [Entry]?
    var seen = Set<String>()
    for name in plan.registers[kind] ?? [] where seen.insert(name).inserted {
      if let entries = register(kind, name, read) { all = (all ?? []) + entries }
    }
    return all
  }

  /// Reads one register; nil when it cannot be read.
  private mutating func register<Entry>(
    _ kind: InputFile.Kind, _ name: String, _ read: (WholeFile) throws(Diagnostic) -> Register<Entry>
  ) -> [Entry]? {
    do throws(Diagnostic) {
      let file = try WholeFile(name: name, path: plan.path(of: name))
      let register = try read(file)
      diagnostics += register.diagnostics
      inputs.append(
        InputFile(
          kind: kind, name: name, format: register.format, bytes: file.bytes.count, digest: file.digest,
          records: register.entries.count, note: register.note))
      return register.entries
    } catch {
      diagnostics.append(error)
      inputs.append(InputFile(kind: kind, name: name, format: "csv", bytes: nil, digest: nil, records: 0))
      return nil
    }
  }
}
