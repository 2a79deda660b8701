internal import Glibc

/// A regular expression over paths, as OWNERS files hold them, in the part that the system's own matcher shares with Go: it
/// matches in time bounded by the path's length, where a matcher that goes back could be made to hang.
final class PathExpression: @unchecked Sendable {
  struct Refusal: Error { var reason: String }

  static let longest = 512
  /// Each doubles what the system makes of the expression in the worst case.
  static let mostPlusses = 8

  // Written by `init` and `deinit` only; `regexec` may be called from any thread.
  private var compiled = regex_t()

  /// - Throws: what cannot be read: counts, groups with `(?`, references back and classes other than `\d`, `\w` and `\s`.
  init(_ text: String) throws(Refusal) {
    let translated = try Self.translated(text)
    guard regcomp(&compiled, translated, REG_EXTENDED | REG_NOSUB) == 0 else {
      throw Refusal(reason: "it is no regular expression")
    }
  }

  deinit { regfree(&compiled) }

  /// Whether some part of the path matches.
  func matches(_ path: String) -> Bool { regexec(&compiled, path, 0, nil, 0) == 0 }

  private static func translated(_ text: String) throws(Refusal) -> String {
    guard text.utf8.count <= longest else { throw Refusal(reason: "it is longer than \(longest) bytes") }
    var output = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    var isEscaped = false
    var isInSet = false
    var plusses = 0
    for scalar in text.unicodeScalars {
      guard scalar.value >= 0x20 else { throw Refusal(reason: "it holds a control character") }
      if isEscaped {
        isEscaped = false
        guard let words = try escape(scalar, isInSet: isInSet) else { continue }
        output.append(contentsOf: words.unicodeScalars)
        before = nil
        continue
      }
      switch scalar {
      case "\\":
        isEscaped = true
        continue
      case "[": isInSet = true
      case "]": isInSet = false
      case "{" where !isInSet: throw Refusal(reason: "it counts with { }")
      case "+" where !isInSet, "*" where !isInSet, "?" where !isInSet:
        if let before, ["(", "*", "+", "?"].contains(before) { throw Refusal(reason: "\(scalar) follows \(before)") }
        if scalar == "+" { plusses += 1 }
      default: break
      }
      output.append(scalar)
      before = scalar
    }
    guard plusses <= mostPlusses else { throw Refusal(reason: "it has more than \(mostPlusses) +") }
    guard !isEscaped else { throw Refusal(reason: "it ends with a backslash") }
    return String(output)
  }

  private static func escape(_ scalar: Unicode.Scalar, isInSet: Bool) throws(Refusal) -> String? {
    switch scalar {
    case "d": return isInSet ? "0-9" : "[0-9]"
    case "w": return isInSet ? "0-9A-Za-z_" : "[0-9A-Za-z_]"
    case "s": return isInSet ? " " : "[[:space:]]"
    case ".", "/", "-", "+", "*", "?", "(", ")", "|", "^", "$", "{", "}", "[", "]", "\\", "_":
      // In a set of the system's a backslash is a character of its own.
      if !isInSet { return scalar == "/" || scalar == "-" || scalar == "_" ? String(scalar) : "\\\(scalar)" }
      guard scalar != "]", scalar != "^", scalar != "\\" else { throw Refusal(reason: "it escapes \(scalar) in a set") }
      return String(scalar)
    default: throw Refusal(reason: "it has \\\(scalar)")
    }
  }
}
