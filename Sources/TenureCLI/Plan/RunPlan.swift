internal import Assessment
internal import Assets
internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake
internal import Replay

/// What a run is to do: everything that was typed, checked and resolved.
struct RunPlan {
  var configuration: Configuration
  var organisation: String
  var period: Period
  /// As it was asked for: `previous-quarter` where the period is 2026-Q3.
  var periodAsked: String
  var time: TimeText
  var out: String
  /// Nil keeps the store in memory.
  var store: String?
  var settings: ReplaySettings
  var frameworks: [String]
  var rejectTolerance: Double
  var holeHours: Int
  var assets: AssetLibrary
  var library: MappingLibrary
  var checkParameters: CheckParameters
  var inputs: InputPlan
  var parameters: [PackFacts.Parameter]
  /// The folder of the pack to compare with.
  var previousPack: String?
  /// Where workers left what the logs came to; nil: the logs are scanned here.
  var partials: PartialFolder?

  /// Data classes that count as sensitive unless the configuration lists others.
  private static let sensitiveClasses = ["confidential", "restricted", "secret", "pii", "phi", "pci"]

  init(_ options: InputOptions, outFlag: String?, previousFlag: String? = nil, keepStore: Bool = true) throws {
    var flags: [String: String] = [:]
    flags["period"] = options.period
    flags["out"] = outFlag
    flags["previous-pack"] = previousFlag
    flags["store"] = options.store
    flags["mappings"] = options.mappings
    let environment = ProcessInfo.processInfo.environment
    configuration = try Configuration(path: options.config, flags: flags, environment: environment)
    let configuration = configuration

    var parameters: [PackFacts.Parameter] = []
    func value(_ key: String, default fallback: String) -> String {
      let found = configuration[key]
      parameters.append(
        .init(name: key, value: SecretRedaction.shown(found?.text ?? fallback), origin: Self.origin(found?.origin)))
      return found?.text ?? fallback
    }
    func problem(_ key: String, _ nextStep: String) -> Diagnostic {
      Diagnostic(
        id: "config-bad-value", file: configuration.file, summary: "\(key) is \(configuration[key]?.text ?? "missing")",
        nextStep: nextStep)
    }

    organisation = SecretRedaction.shown(value("organisation", default: "Unnamed organisation"))
    periodAsked = configuration["period"]?.text ?? "all"
    period = try Period(parsing: periodAsked, now: try Self.today(environment))
    parameters.append(.init(name: "period", value: period.name, origin: Self.origin(configuration["period"]?.origin)))
    guard let time = TimeText(zone: value("timezone", default: "UTC")) else {
      throw problem("timezone", "Write a name such as Europe/London.")
    }
    self.time = time
    let seed = value("sample-seed", default: period.name)
    guard let size = Int(value("sample-size", default: "5")), size >= 0 else {
      throw problem("sample-size", "Write a whole number.")
    }
    guard let tolerance = Double(value("reject-tolerance", default: "0.01")), tolerance >= 0 else {
      throw problem("reject-tolerance", "Write a share such as 0.01.")
    }
    rejectTolerance = tolerance
    guard let hours = Int(value("hole-hours", default: "24")), hours > 0 else {
      throw problem("hole-hours", "Write a number of hours.")
    }
    holeHours = hours

    let sample = configuration.samplePlan
    for (key, text) in sample.parameters {
      let isStated = configuration.sampleKeys.contains(key)
      parameters.append(
        .init(name: "sample: \(key)", value: text, origin: Self.origin(isStated ? configuration.file : nil)))
    }

    let assets = try options.assets(mappings: Self.path("mappings", configuration))
    self.assets = assets
    let frameworks = try ChosenFrameworks(configuration, assets)
    library = frameworks.library
    self.frameworks = frameworks.ids
    parameters += frameworks.parameters
    let sensitive = configuration.sensitiveClasses ?? Self.sensitiveClasses
    parameters.append(
      .init(
        name: "sensitive-classes", value: sensitive.joined(separator: ", "),
        origin: Self.origin(configuration.sensitiveClasses.map { _ in configuration.file })))
    if !configuration.dataClasses.isEmpty {
      parameters.append(
        .init(
          name: "data-classes", value: configuration.dataClasses.joined(separator: ", "),
          origin: Self.origin(configuration.file)))
    }
    let stated = try Self.checkParameters(configuration)
    checkParameters = CheckParameters(library.parameters).stating(stated)
    for (check, name, text) in stated {
      parameters.append(
        .init(name: "parameters: \(check): \(name)", value: text, origin: Self.origin(configuration.file)))
    }
    settings = ReplaySettings(
      period: period, sampleSeed: seed, sampleSize: size, sensitiveClasses: sensitive,
      maximumCostMicros: checkParameters.number("max-cost-usd", of: "RG-CON-02").flatMap {
        Int64(exactly: ($0 * 1e6).rounded())
      },
      secondsToSwitchOff: checkParameters.number("max-seconds-to-effect", of: "RG-KIL-01")
        .flatMap { Int(exactly: $0.rounded(.up)) } ?? 60, attributeSampleSize: sample.size)
    parameters.append(
      .init(
        name: "mappings digest", value: library.digest.description,
        origin: configuration["mappings"].map { Self.origin($0.origin) } ?? "part of the program"))

    let inputs = InputPlan(
      directory: configuration.directory, policy: configuration.policy, ownership: configuration.ownership,
      registers: configuration.registers,
      controlTotals: configuration.controlTotals,
      exportDays: configuration.exportDays)
    func resolved(_ key: String, default fallback: String) -> String {
      guard let found = configuration[key] else { return inputs.path(of: fallback) }
      return found.origin == configuration.file ? inputs.path(of: found.text) : found.text
    }
    let out = resolved("out", default: "reports")
    self.inputs = inputs
    self.out = (out as NSString).standardizingPath
    previousPack = Self.path("previous-pack", configuration)
    store =
      keepStore
      ? (configuration["store"] == nil ? out + "/tenure.sqlite" : resolved("store", default: "tenure.sqlite")) : nil
    parameters += Self.retentionParameters(configuration, period)
    self.parameters = parameters.sorted { $0.name.precedesBytewise($1.name) }
  }

  /// The period's name, and in which words it was asked for where those were others.
  var periodWords: String { period.name == periodAsked ? period.name : "\(period.name) (\(periodAsked))" }

  /// What `previous-quarter` is counted from: the clock, unless the environment states a day.
  static func today(_ environment: [String: String]) throws(Diagnostic) -> Instant {
    guard let text = environment["TENURE_TODAY"], !text.isEmpty else {
      return Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    }
    guard let today = Instant(dateOrInstant: text) else {
      throw Diagnostic(
        id: "config-bad-value", file: "TENURE_TODAY", summary: "\(FigureText.shortened(text, to: 60)) is no day",
        nextStep: "Write a date such as 2026-10-01, or leave it out for the day of the clock.")
    }
    return today
  }

  /// Numbers of checks that the configuration states.
  private static func checkParameters(
    _ configuration: Configuration
  ) throws(Diagnostic) -> [(check: String, name: String, text: String)] {
    var all: [(check: String, name: String, text: String)] = []
    for (check, stated) in configuration.parameters.sorted(by: { $0.key.precedesBytewise($1.key) }) {
      for (name, text) in stated.sorted(by: { $0.key.precedesBytewise($1.key) }) {
        guard CheckParameters.number(text) != nil else {
          throw Diagnostic(
            id: "config-bad-value", file: configuration.file,
            summary: "\(name) of \(check) is \(FigureText.shortened(text, to: 60)), which is no number to compare with",
            nextStep: "Write a number that is not below 0, or leave it out for the mapping's own.")
        }
        all.append((check, name, text))
      }
    }
    return all
  }

  /// A path that the file states is relative to the file, any other one to the current folder.
  private static func path(_ key: String, _ configuration: Configuration) -> String? {
    guard let found = configuration[key] else { return nil }
    guard found.origin == configuration.file, !found.text.hasPrefix("/") else { return found.text }
    return configuration.directory + "/" + found.text
  }

  /// A configuration's own path says where it lay on one machine; its name is enough.
  static func origin(_ origin: String?) -> String {
    guard let origin else { return "default" }
    return origin.hasPrefix("flag") || origin.hasPrefix("environment") ? origin : (origin as NSString).lastPathComponent
  }
}
