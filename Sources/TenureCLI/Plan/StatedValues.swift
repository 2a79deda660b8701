internal import EvidenceModel
internal import EvidencePack
internal import Foundation
internal import Intake

/// The values by which a run goes, read from the configuration, each kept for the pack with where it comes from.
struct StatedValues {
  let configuration: Configuration
  private var kept: [PackFacts.Parameter] = []

  init(_ configuration: Configuration) { self.configuration = configuration }

  /// In the order of their names.
  var parameters: [PackFacts.Parameter] { kept.sorted { $0.name.precedesBytewise($1.name) } }

  mutating func text(_ key: String, default fallback: String) -> String {
    let text = configuration[key]?.text ?? fallback
    keep(key, SecretRedaction.shown(text), origin: configuration[key]?.origin)
    return text
  }

  /// - Throws: `config-bad-value` with the next step where the text does not read as one that may be.
  mutating func number<Number: LosslessStringConvertible>(
    _ key: String, default fallback: String, where isPossible: (Number) -> Bool, next: String
  ) throws(Diagnostic) -> Number {
    guard let number = Number(text(key, default: fallback)), isPossible(number) else { throw problem(key, next: next) }
    return number
  }

  /// - Parameter origin: nil where nobody stated it.
  mutating func keep(_ name: String, _ value: String, origin: String?) {
    kept.append(.init(name: name, value: value, origin: Self.origin(origin)))
  }

  mutating func keep(_ parameters: [PackFacts.Parameter]) { kept += parameters }

  func problem(_ key: String, next: String) -> Diagnostic {
    Diagnostic(
      id: "config-bad-value", file: configuration.file, summary: "\(key) is \(configuration[key]?.text ?? "missing")",
      nextStep: next)
  }

  /// A configuration's own path says where it lay on one machine; its name is enough.
  static func origin(_ origin: String?) -> String {
    guard let origin else { return "default" }
    return origin.hasPrefix("flag") || origin.hasPrefix("environment") ? origin : (origin as NSString).lastPathComponent
  }
}
