/// One way in which a field map finds a field's value. Of several the first that finds one counts.
struct MappedValue: Sendable {
  enum Source: Sendable {
    case path(FieldPath)
    /// Values joined by a separator; none of them may be missing.
    case join([FieldPath], separator: String)
    case constant(String)
  }

  /// How a time is written.
  enum TimeForm: String, Sendable, CaseIterable {
    case rfc3339
    case epochSeconds = "epoch-s"
    case epochMilliseconds = "epoch-ms"
    case epochMicroseconds = "epoch-us"
    case epochNanoseconds = "epoch-ns"
    /// Without a zone; taken as UTC and counted as such.
    case isoNoZone = "iso-no-zone"
    /// With or without a zone, `T` or a blank between date and time.
    case lenient
  }

  enum CostUnit: String, Sendable, CaseIterable {
    case usd, cents, micros

    var microsPerUnit: Double {
      switch self {
      case .usd: 1_000_000
      case .cents: 10_000
      case .micros: 1
      }
    }
  }

  /// A value that the record must have, or must not have, for the whole to count.
  struct Condition: Sendable {
    var path: FieldPath
    var patterns: [TextPattern]
    /// False for `unless`.
    var mustHold: Bool
  }

  /// A word of the log and the word of SEMANTICS §1 for it.
  struct Word: Sendable {
    var pattern: TextPattern
    var word: String
  }

  var source: Source
  /// Nil where the value is taken as it stands.
  var words: [Word]?
  /// A beginning that the value must have and that is no part of it.
  var after: [UInt8] = []
  var conditions: [Condition] = []
  var isInferred = false
  var time = TimeForm.rfc3339
  var unit = CostUnit.usd
  /// What stands between the tools of one text.
  var separator: UInt8?

  init(_ source: Source) { self.source = source }

  /// For people, in the map's own words.
  var place: String {
    let found =
      switch source {
      case .path(let path): path.text
      case .join(let paths, let separator): paths.map(\.text).joined(separator: " \(separator) ")
      case .constant(let text): "always \(text)"
      }
    let condition = conditions.isEmpty ? "" : " on a condition"
    let beginning = after.isEmpty ? "" : " after \(String(decoding: after, as: UTF8.self))"
    return found + beginning + (words == nil ? "" : " through a table of words") + condition
      + (isInferred ? " (inferred)" : "")
  }
}

/// A field of a decision as SEMANTICS §1 names it, and so does a field map.
enum MappedField: String, Sendable, CaseIterable {
  case at = "ts"
  case requestID = "request_id"
  case agent
  case requestedModel = "requested_model"
  case servedModel = "served_model"
  case provider, deployment
  case claimedRule = "rule_id"
  case escalatedFrom = "escalated_from"
  case trigger
  case dataClass = "data_class"
  case tools, outcome
  case tokensIn = "tokens_in"
  case tokensOut = "tokens_out"
  case cost = "cost_usd"
  case credential = "api_key_alias"
}
