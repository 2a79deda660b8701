/// Why an attempt failed, in the words of SEMANTICS §1, from what gateways and providers write.
enum FailureWord {
  /// Text beyond this many bytes is not looked at: error messages may quote whole prompts.
  private static let longest = 2000

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

  /// From the name of an error or a message, such as `RateLimitError` or `503 Service Unavailable`; nil where nothing in it is
  /// known.
  static func named(in message: String) -> StaticString? {
    let text = String(decoding: message.utf8.prefix(longest), as: UTF8.self).lowercased()
    let letters = text.filter { $0.isLetter }
    if let known = words.first(where: { letters.contains($0.part) }) { return known.word }
    // A status stands alone: not inside a longer number, such as an id.
    let numbers = text.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
    for number in numbers where number.utf8.count == 3 {
      guard let status = Int64(number), let word = of(status: status) else { continue }
      if word.description != "error" || status >= 500 { return word }
    }
    return nil
  }

  /// The more special first: a spent quota often arrives as a rate limit.
  private static let words: [(part: String, word: StaticString)] = [
    ("contextwindow", "context-window"), ("contextlength", "context-window"), ("maximumcontext", "context-window"),
    ("promptistoolong", "context-window"), ("toomanytokens", "context-window"),
    ("contentpolicy", "content-policy"), ("contentfilter", "content-policy"), ("contentmanagement", "content-policy"),
    ("guardrail", "content-policy"), ("moderation", "content-policy"),
    ("budget", "budget"), ("insufficientquota", "budget"), ("insufficientcredit", "budget"),
    ("creditbalance", "budget"), ("billing", "budget"), ("paymentrequired", "budget"),
    ("ratelimit", "rate-limit"), ("throttl", "rate-limit"), ("overloaded", "rate-limit"),
    ("resourceexhausted", "rate-limit"), ("toomanyrequests", "rate-limit"), ("quota", "rate-limit"),
    ("timeout", "timeout"), ("timedout", "timeout"), ("deadline", "timeout"),
    ("authentication", "auth"), ("unauthenticated", "auth"), ("unauthorized", "auth"), ("apikey", "auth"),
    ("permission", "auth"), ("forbidden", "auth"),
  ]
}
