internal import CSimdJSON
internal import EvidenceModel

extension JSONNode {
  /// Whether the member is there at all, be it null.
  var isPresent: Bool { value.kind != JSON_ABSENT }

  /// The text of a string; empty where there is none, or one of the words that loggers write for none.
  var logged: String {
    let text = self.text
    if text.isEmpty || text.equals("-") || text.equals("None") || text.equals("N/A") || text.equals("null") {
      return ""
    }
    return text.string
  }

  /// The first member of these that says something.
  func logged(_ names: StaticString...) -> String {
    for name in names {
      let text = self[name].logged
      if !text.isEmpty { return text }
    }
    return ""
  }

  /// A number of tokens, also one written as text; 0 for anything that is none.
  var tokens: Int64 {
    guard let count = integer, count.magnitude <= 1 << 40 else { return 0 }
    return count
  }

  /// The strings of an array.
  var loggedElements: [String] { elements.map(\.logged).filter { !$0.isEmpty } }

  /// A time as gateways write it: a blank for the `T`, no zone (then UTC is assumed), or an offset of two or four digits
  /// without a colon, as databases and Jira write them.
  var loggedInstant: (at: Instant, zoneAssumed: Bool)? {
    let written = text
    if let read = Instant.parseLenient(written.raw) { return (read.instant, read.zoneAssumed) }
    guard (22...40).contains(written.count) else { return nil }
    var bytes = Array(written.raw)
    let signs: [UInt8] = [0x2B, 0x2D]
    if signs.contains(bytes[bytes.count - 3]) {
      bytes += [0x3A, 0x30, 0x30]
    } else if signs.contains(bytes[bytes.count - 5]) {
      bytes.insert(0x3A, at: bytes.count - 2)
    }
    return bytes.withUnsafeBytes { Instant.parseLenient($0) }.map { ($0.instant, $0.zoneAssumed) }
  }
}

extension GatheredDecision {
  /// Adds to the cost, which stays at the largest number rather than run over.
  mutating func addCost(_ micros: Int64) {
    let (sum, overflow) = costMicros.addingReportingOverflow(micros)
    costMicros = overflow ? (micros > 0 ? .max : .min) : sum
  }
}

/// A model with its provider, as the configs of OpenClaw and Bifrost name it.
enum QualifiedModel {
  /// `provider/model`. A model that already begins with its provider stays as it is.
  static func name(provider: String, model: String) -> String {
    if provider.isEmpty || model.isEmpty || model.utf8.starts(with: (provider + "/").utf8) { return model }
    return provider + "/" + model
  }
}
