internal import EvidenceModel
internal import Intake

extension SamplePlan {
  private static let keys = ["confidence", "tolerable-rate", "expected-exceptions", "size"]

  /// `sample` of the configuration. A key that is not known becomes a warning.
  init(_ node: YAMLText.Node, file: String, _ diagnostics: inout [Diagnostic]) throws(Diagnostic) {
    func problem(_ place: YAMLText.Node, _ summary: String, _ nextStep: String) -> Diagnostic {
      Diagnostic(
        id: "config-bad-value", file: file, line: place.mark.line, summary: summary, nextStep: nextStep)
    }
    guard case .mapping(let members, _) = node else {
      throw problem(node, "sample is no mapping", "Write sample: {confidence: 95, tolerable-rate: 5}.")
    }
    for member in members where !Self.keys.contains(member.key) {
      diagnostics.append(
        Diagnostic(
          id: "config-unknown-key", severity: .warning, file: file, line: member.value.mark.line,
          summary: "the key \(member.key) of sample is not known and was passed over",
          nextStep: "Known keys: \(Self.keys.joined(separator: ", "))."))
    }
    func percentage(_ key: String, default fallback: Percentage) throws(Diagnostic) -> Percentage {
      guard let value = node[key] else { return fallback }
      guard let percentage = value.text.flatMap({ Percentage($0) }) else {
        throw problem(
          value, "\(key) of sample is \(value.text ?? "no text")",
          "Write a percentage above 0 and below 100, such as 95 or 97.5.")
      }
      return percentage
    }
    func number(_ key: String, in range: ClosedRange<Int>) throws(Diagnostic) -> Int? {
      guard let value = node[key] else { return nil }
      guard let number = value.text.flatMap({ Int($0) }), range.contains(number) else {
        throw problem(
          value, "\(key) of sample is \(value.text ?? "no text")",
          "Write a whole number from \(range.lowerBound) to \(range.upperBound).")
      }
      return number
    }
    let standard = SamplePlan.standard
    let confidence = try percentage("confidence", default: standard.confidence)
    let rate = try percentage("tolerable-rate", default: standard.tolerableRate)
    let exceptions = try number("expected-exceptions", in: 0...Self.mostExceptions) ?? 0
    let size = try number("size", in: 1...Self.largest)
    guard
      let plan = SamplePlan(
        confidence: confidence, tolerableRate: rate, expectedExceptions: exceptions, size: size)
    else {
      throw problem(
        node,
        "confidence, tolerable-rate and expected-exceptions of sample ask for more than \(Self.largest) decisions",
        "Write a higher tolerable rate or a lower confidence, or state a size.")
    }
    self = plan
  }

  /// As a pack and `show config` list them, by key.
  var parameters: [(key: String, text: String)] {
    [
      ("confidence", "\(confidence) %"), ("tolerable-rate", "\(tolerableRate) %"),
      ("expected-exceptions", String(expectedExceptions)), ("size", String(size)),
    ]
  }
}
