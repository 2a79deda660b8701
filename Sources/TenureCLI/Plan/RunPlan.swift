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
    let configuration = try Configuration(path: options.config, flags: flags, environment: environment)
    var stated = StatedValues(configuration)
    self.configuration = configuration

    organisation = SecretRedaction.shown(stated.text("organisation", default: "Unnamed organisation"))
    periodAsked = configuration["period"]?.text ?? "all"
    period = try Period(parsing: periodAsked, now: try Self.today(environment))
    stated.keep("period", period.name, origin: configuration["period"]?.origin)
    guard let time = TimeText(zone: stated.text("timezone", default: "UTC")) else {
      throw stated.problem("timezone", next: "Write a name such as Europe/London.")
    }
    self.time = time
    let seed = stated.text("sample-seed", default: period.name)
    let size: Int = try stated.number(
      "sample-size", default: "5", where: { $0 >= 0 }, next: "Write a whole number.")
    rejectTolerance = try stated.number(
      "reject-tolerance", default: "0.01", where: { $0 >= 0 }, next: "Write a share such as 0.01.")
    holeHours = try stated.number("hole-hours", default: "24", where: { $0 > 0 }, next: "Write a number of hours.")
    let sample = configuration.samplePlan
    for (key, text) in sample.parameters {
      stated.keep(
        "sample: \(key)", text, origin: configuration.sampleKeys.contains(key) ? configuration.file : nil)
    }

    assets = try options.assets(mappings: Self.path("mappings", configuration))
    let frameworks = try ChosenFrameworks(configuration, assets)
    library = frameworks.library
    self.frameworks = frameworks.ids
    stated.keep(frameworks.parameters)
    let digest = library.digest.description
    let overlay = configuration["mappings"].map { StatedValues.origin($0.origin) }
    stated.keep([.init(name: "mappings digest", value: digest, origin: overlay ?? "part of the program")])
    let sensitive = configuration.sensitiveClasses ?? Self.sensitiveClasses
    stated.keep(
      "sensitive-classes", sensitive.joined(separator: ", "),
      origin: configuration.sensitiveClasses.map { _ in configuration.file })
    if !configuration.dataClasses.isEmpty {
      stated.keep("data-classes", configuration.dataClasses.joined(separator: ", "), origin: configuration.file)
    }
    let numbers = try Self.checkParameters(configuration)
    for (check, name, text) in numbers {
      stated.keep("parameters: \(check): \(name)", text, origin: configuration.file)
    }
    checkParameters = CheckParameters(library.parameters).stating(numbers)
    settings = ReplaySettings(
      period: period, sampleSeed: seed, sampleSize: size, sensitiveClasses: sensitive,
      maximumCostMicros: Self.maximumCostMicros(checkParameters),
      secondsToSwitchOff: Self.secondsToSwitchOff(checkParameters), attributeSampleSize: sample.size)

    inputs = InputPlan(
      directory: configuration.directory, policy: configuration.policy, ownership: configuration.ownership,
      registers: configuration.registers, controlTotals: configuration.controlTotals,
      exportDays: configuration.exportDays)
    let out = Self.path("out", configuration) ?? inputs.path(of: "reports")
    self.out = (out as NSString).standardizingPath
    previousPack = Self.path("previous-pack", configuration)
    store = keepStore ? Self.path("store", configuration) ?? out + "/tenure.sqlite" : nil
    stated.keep(Self.retentionParameters(configuration, period))
    parameters = stated.parameters
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

  private static func maximumCostMicros(_ parameters: CheckParameters) -> Int64? {
    parameters.number("max-cost-usd", of: "RG-CON-02").flatMap { Int64(exactly: ($0 * 1e6).rounded()) }
  }

  private static func secondsToSwitchOff(_ parameters: CheckParameters) -> Int {
    parameters.number("max-seconds-to-effect", of: "RG-KIL-01").flatMap { Int(exactly: $0.rounded(.up)) } ?? 60
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
}
