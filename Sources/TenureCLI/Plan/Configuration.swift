internal import Assessment
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake

/// `tenure.yaml` and what overrides it, each value with its origin: flag, environment, file, default.
struct Configuration {
  struct Value {
    var text: String
    var origin: String
  }

  struct RoutingLog: Sendable {
    var path: String
    var format: RoutingLogFormat?
  }

  /// A catalog of the mappings by its id, or an OSCAL catalog or profile by its path.
  enum FrameworkSource: Sendable, Hashable {
    case catalog(String)
    case oscal(path: String, id: String)

    var id: String {
      switch self {
      case .catalog(let id), .oscal(_, let id): id
      }
    }
  }

  /// Paths in the file are relative to this folder.
  var directory: String
  /// Its name, without folders.
  var file: String
  private var values: [String: Value] = [:]
  private(set) var routingLogs: [RoutingLog] = []
  private(set) var policy: [PolicySource] = []
  private(set) var ownership: [OwnershipSource] = []
  private(set) var frameworks: [FrameworkSource]?
  private(set) var parameters: [String: [String: String]] = [:]
  private(set) var outOfScope: [ScopeDecision] = []
  private(set) var sensitiveClasses: [String]?
  private(set) var dataClasses: [String] = []
  /// Files of each kind of register.
  private(set) var registers: [InputFile.Kind: [String]] = [:]
  /// By file: the day of an export of people that shows one moment only.
  private(set) var exportDays: ByName<Instant> = [:]
  private(set) var controlTotals: [InputPlan.ControlTotalSource] = []
  private(set) var samplePlan = SamplePlan.standard
  /// Keys of `sample` that the file states.
  private(set) var sampleKeys: [String] = []
  /// Packs of lower levels to make beside the internal one.
  private(set) var disclosure: DisclosurePlan?
  /// How long packs, logs and stores are kept; what is not in it has no rule.
  private(set) var retention: [RetentionRule.Kind: RetentionRule] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  private static let textKeys = [
    "organisation", "period", "timezone", "out", "store", "mappings", "sample-seed", "sample-size", "reject-tolerance",
    "hole-hours", "previous-pack",
  ]
  /// Registers that decide how a line is judged stand at the top of the configuration, the others under `registers`. Each
  /// is a path or a list of paths.
  private static let recordKinds: [InputFile.Kind] = [
    .people, .identities, .models, .modelAliases, .deployments, .agents, .tools,
  ]
  static let registerKinds: [InputFile.Kind] = [
    .exceptions, .reviews, .triggers, .incidents, .changes, .writers, .credentials, .terms, .switchOffs, .escalations,
    .retention, .legalHolds, .logDigests, .tolerances,
  ]
  /// Where the configuration names files of a kind of register.
  static func place(of kind: InputFile.Kind) -> String {
    registerKinds.contains(kind) ? "registers, \(kind.rawValue)" : kind.rawValue
  }

  private static let otherKeys = [
    "routing-logs", "control-totals", "policy", "ownership", "frameworks", "parameters", "out-of-scope",
    "sensitive-classes",
    "data-classes", "registers", "sample", "disclosure", "retention",
  ]
  private static let allKeys = textKeys + otherKeys + recordKinds.map(\.rawValue)

  subscript(key: String) -> Value? { values[key] }

  /// - Parameters:
  ///   - flags: what the command line set; it wins.
  ///   - environment: `TENURE_PERIOD` for `period`, and so on; it lies between.
  init(path: String, flags: [String: String], environment: [String: String]) throws(Diagnostic) {
    file = (path as NSString).lastPathComponent
    let full = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    directory = (full as NSString).deletingLastPathComponent
    // What reaches a pack names the file, never where it lay on one machine.
    let path = (path as NSString).lastPathComponent
    let yamlFile = try WholeFile(name: path, path: full)
    let text = try yamlFile.text()
    let yaml = try YAMLText(text, name: path)
    guard let root = yaml.root, case .mapping(let members, _) = root else {
      throw Diagnostic(
        id: "config-empty", file: path, line: 1, byteOffset: 0, summary: "the configuration is no mapping of keys",
        nextStep: "Run tenure init in the folder of your records to write one.")
    }
    for member in members
    where !Self.allKeys.contains(member.key.replacingOccurrences(of: "_", with: "-")) {
      diagnostics.append(
        Diagnostic(
          id: "config-unknown-key", severity: .warning, file: path, line: member.value.mark.line,
          summary: "the key \(member.key) is not known and was passed over",
          nextStep: "Known keys: \(Self.allKeys.sorted().joined(separator: ", "))."))
    }
    for key in Self.textKeys { if let text = root[key]?.text { values[key] = Value(text: text, origin: path) } }
    try readInputs(root)
    readJudgement(root)
    if let sample = root["sample"] {
      samplePlan = try SamplePlan(sample, file: file, &diagnostics)
      sampleKeys = sample.members.map(\.key)
    }
    if let node = root["disclosure"] {
      disclosure = try DisclosurePlan(node, file: file, directory: directory, &diagnostics)
    }
    if let node = root["retention"] {
      retention = try RetentionConfiguration.rules(node, file: file, &diagnostics)
    }
    for key in Self.textKeys {
      let name = "TENURE_" + key.uppercased().replacingOccurrences(of: "-", with: "_")
      if let text = environment[name], !text.isEmpty { values[key] = Value(text: text, origin: "environment \(name)") }
      if let text = flags[key] { values[key] = Value(text: text, origin: "flag --\(key)") }
    }
    for kind in Self.recordKinds {
      if let text = environment["TENURE_" + kind.rawValue.uppercased()], !text.isEmpty { registers[kind] = [text] }
    }
  }

  private func problem(_ node: YAMLText.Node, _ summary: String, _ nextStep: String) -> Diagnostic {
    Diagnostic(id: "config-bad-value", file: file, line: node.mark.line, summary: summary, nextStep: nextStep)
  }

  /// A format by its name, or a field map by its path; nil where nothing is stated.
  private func routingLogFormat(_ node: YAMLText.Node) throws(Diagnostic) -> RoutingLogFormat? {
    guard let name = node.text else { return nil }
    if let known = RoutingLogFormat(name: name) { return known }
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else {
      throw problem(
        node, "\(name) is no routing log format of this version",
        "Write one of \(RoutingLogFormat.all.map(\.name).joined(separator: ", ")), the path of a field map, or leave format out."
      )
    }
    let path = name.hasPrefix("/") ? name : directory + "/" + name
    return .mapped(try FieldMap(WholeFile(name: name, path: path)))
  }

  private mutating func readInputs(_ root: YAMLText.Node) throws(Diagnostic) {
    for item in root["routing-logs"]?.items ?? [] {
      guard let path = item["path"]?.text ?? item.text else {
        throw problem(item, "a routing log has no path", "Write path: logs/*.jsonl.")
      }
      let format = try item["format"].flatMap { (node) throws(Diagnostic) in try routingLogFormat(node) }
      routingLogs.append(RoutingLog(path: path, format: format))
    }
    for item in root["policy"]?.items ?? [] {
      var format: PolicyFormat?
      if let node = item["format"], let name = node.text {
        guard let known = PolicyFormat(rawValue: name) else {
          throw problem(
            node, "\(name) is no policy format of this version",
            "Write one of \(PolicyFormat.allCases.map(\.rawValue).joined(separator: ", ")), or leave format out.")
        }
        format = known
      }
      if let node = item["pull-requests"], item["git"] == nil {
        throw problem(
          node, "pull requests belong to commits, and this policy is not read from git", "Remove pull-requests.")
      }
      let deployed = item["deployed"]?.text.map {
        DeploymentRecords.Place(file: $0, environment: item["environment"]?.text)
      }
      if let folder = item["folder"]?.text {
        policy.append(.folder(folder, format: format, audit: item["config-audit"]?.text, deployed: deployed))
      } else if let presets = item["presets"]?.text {
        policy.append(.presets(presets))
      } else if let repository = item["git"]?.text, let path = item["path"]?.text {
        policy.append(
          .git(repository, path: path, format: format, pullRequests: item["pull-requests"]?.text, deployed: deployed))
      } else if let rules = item["rules"]?.text, let versions = item["versions"]?.text {
        policy.append(.table(rules: rules, versions: versions, deployed: deployed))
      } else {
        throw problem(
          item, "a policy source is neither folder, nor git with path, nor rules with versions, nor presets",
          "Write one of the four.")
      }
    }
    for item in root["ownership"]?.items ?? [] { ownership.append(try OwnershipSource(item, file: file)) }
    for item in root["control-totals"]?.items ?? [] {
      guard let path = item["path"]?.text ?? item.text else {
        throw problem(item, "an independent total has no path", "Write path: activity.json.")
      }
      controlTotals.append(.init(path: path, covers: item["covers"]?.text))
    }
    func paths(_ node: YAMLText.Node?) -> [String]? {
      node.map { node in
        (node.items.isEmpty ? [node] : node.items).compactMap { $0["path"]?.text ?? $0.text }
      }
    }
    for kind in Self.recordKinds { registers[kind] = paths(root[kind.rawValue]) }
    try readExportDays(root["people"])
    for member in root["registers"]?.members ?? [] {
      if let kind = Self.registerKinds.first(where: { $0.rawValue == member.key }) {
        registers[kind] = paths(member.value)
      } else {
        diagnostics.append(
          Diagnostic(
            id: "config-unknown-key", severity: .warning, file: file, line: member.value.mark.line,
            summary: "the register \(member.key) is not known and was passed over",
            nextStep: "Known registers: \(Self.registerKinds.map(\.rawValue).sorted().joined(separator: ", "))."))
      }
    }
  }

  /// `as-of` beside the path of a file of people.
  private mutating func readExportDays(_ people: YAMLText.Node?) throws(Diagnostic) {
    guard let people else { return }
    for item in people.items.isEmpty ? [people] : people.items {
      guard let path = item["path"]?.text, let day = item["as-of"] else { continue }
      guard let number = day.text.flatMap({ CivilDay.parse($0) }) else {
        throw problem(day, "as-of is no date", "Write the day of the export: as-of: 2026-07-01.")
      }
      exportDays[path] = Instant(day: number)
    }
  }

  private mutating func readJudgement(_ root: YAMLText.Node) {
    frameworks = root["frameworks"].map { node in
      node.items.isEmpty ? node.texts.map { Self.framework($0, id: nil) } : node.items.compactMap(Self.framework)
    }
    sensitiveClasses = root["sensitive-classes"].map(\.texts)
    dataClasses = root["data-classes"]?.texts ?? []
    for check in root["parameters"]?.members ?? [] {
      for parameter in check.value.members { parameters[check.key, default: [:]][parameter.key] = parameter.value.text }
    }
    outOfScope = (root["out-of-scope"]?.items ?? []).compactMap { scopeDecision($0) }
  }

  private static func framework(_ item: YAMLText.Node) -> FrameworkSource? {
    guard let text = item["path"]?.text ?? item.text else { return nil }
    return framework(text, id: item["id"]?.text)
  }

  /// An OSCAL document is called like its file unless it is given an id.
  private static func framework(_ text: String, id: String?) -> FrameworkSource {
    let name = (text as NSString).lastPathComponent as NSString
    guard id != nil || ["xml", "json"].contains(name.pathExtension.lowercased()) else { return .catalog(text) }
    return .oscal(path: text, id: id ?? name.deletingPathExtension)
  }

  private mutating func scopeDecision(_ item: YAMLText.Node) -> ScopeDecision? {
    func note(_ id: String, _ severity: Diagnostic.Severity, _ summary: String, _ nextStep: String) {
      diagnostics.append(
        Diagnostic(
          id: id, severity: severity, file: file, line: item.mark.line, summary: summary, nextStep: nextStep))
    }
    guard let control = item["control"]?.text, let decidedBy = item["decided-by"]?.text else {
      note(
        "scope-decision-incomplete", .error, "a decision on scope lacks control or decided-by and was passed over",
        "Write control, decided-by, why and until.")
      return nil
    }
    var bounds: [String: Instant] = [:]
    for key in ["from", "until"] {
      guard let text = item[key]?.text else { continue }
      guard let instant = Instant(dateOrInstant: text) else {
        note(
          "scope-bad-date", .error,
          "\(key) of the decision on \(control) is \(text), which is no date; it was passed over",
          "Write a date such as 2027-01-01.")
        return nil
      }
      bounds[key] = instant
    }
    if bounds["until"] == nil {
      note(
        "scope-without-end", .warning, "the decision of \(decidedBy) on \(control) has no end; it was applied",
        "Add until, the first day on which it no longer holds.")
    }
    return ScopeDecision(
      control: control, decidedBy: SecretRedaction.shown(decidedBy),
      why: SecretRedaction.redact(item["why"]?.text ?? "no reason given"), from: bounds["from"],
      until: bounds["until"], place: RegisterPlace(source: file, line: item.mark.line))
  }
}
