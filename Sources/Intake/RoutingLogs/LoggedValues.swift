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

/// Why an attempt failed, in the words of SEMANTICS §1.
enum FailureTrigger {
  /// Of an HTTP status. Anything without a word of its own is an `error`.
  static func ofStatus(_ status: Int64) -> String {
    switch status {
    case 429, 529: "rate-limit"
    case 408, 504: "timeout"
    case 401, 403: "auth"
    case 402: "budget"
    default: "error"
    }
  }

  /// What an error's free text names; nil where nothing in its first 2,000 bytes is known.
  static func named(in message: BorrowedText) -> String? {
    let text = String(decoding: message.raw.prefix(2000), as: UTF8.self).lowercased()
    for (trigger, words) in phrases where words.contains(where: { text.contains($0) }) { return trigger }
    // A status stands alone: not inside a longer number, such as an id.
    let numbers = text.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
    for number in numbers {
      guard number.utf8.count == 3, let status = Int64(number) else { continue }
      let trigger = ofStatus(status)
      if trigger != "error" || (500...599).contains(status) { return trigger }
    }
    return nil
  }

  private static let phrases: [(String, [String])] = [
    (
      "context-window",
      [
        "context length", "context_length", "context window", "maximum context", "prompt is too long",
        "too many tokens",
      ]
    ),
    ("content-policy", ["content policy", "content_policy", "content filter", "content_filter", "content management"]),
    ("budget", ["billing", "insufficient_quota", "insufficient credit", "credit balance", "payment required"]),
    ("rate-limit", ["rate limit", "rate_limit", "ratelimit", "too many requests", "overloaded", "quota"]),
    ("timeout", ["timeout", "timed out", "etimedout", "deadline exceeded"]),
    ("auth", ["unauthorized", "unauthenticated", "authentication", "api key", "api_key", "forbidden", "permission"]),
  ]
}
