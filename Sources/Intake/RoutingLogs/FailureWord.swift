/// Why a model could not answer, in the words of SEMANTICS §1, from what gateways and providers write.
enum FailureWord {
  /// Text beyond this many bytes is not looked at: error messages may quote whole prompts.
  private static let longest = 512

  /// From an HTTP status; nil for one that is no failure.
  static func of(status: Int64) -> StaticString? {
    switch status {
    case 429, 529: "rate-limit"
    case 408, 504: "timeout"
    case 401, 403: "auth"
    case 402: "budget"
    case 400...599: "error"
    default: nil
    }
  }

  /// From the name of an error or a message, such as `RateLimitError` or `Deadline exceeded`; `error` where it says no more.
  static func of(text: String) -> StaticString {
    if let status = Int64(text), let word = of(status: status) { return word }
    let letters = String(decoding: text.utf8.prefix(longest), as: UTF8.self).lowercased()
      .filter { $0.isLetter }
    return words.first { letters.contains($0.part) }?.word ?? "error"
  }

  /// The more special first: a spent quota often arrives as a rate limit.
  private static let words: [(part: String, word: StaticString)] = [
    ("contextwindow", "context-window"), ("contextlength", "context-window"), ("maximumcontext", "context-window"),
    ("contentpolicy", "content-policy"), ("contentfilter", "content-policy"), ("guardrail", "content-policy"),
    ("moderation", "content-policy"),
    ("budget", "budget"), ("insufficientquota", "budget"), ("insufficientcredit", "budget"), ("billing", "budget"),
    ("paymentrequired", "budget"),
    ("ratelimit", "rate-limit"), ("throttl", "rate-limit"), ("overloaded", "rate-limit"),
    ("resourceexhausted", "rate-limit"), ("toomanyrequests", "rate-limit"),
    ("timeout", "timeout"), ("timedout", "timeout"), ("deadline", "timeout"),
    ("authentication", "auth"), ("unauthorized", "auth"), ("permission", "auth"), ("forbidden", "auth"),
  ]
}
