internal import EvidenceModel
internal import Replay

/// A value of an event.
enum EventValue: Encodable, Sendable {
  case whole(Int)
  case text(String)
  case flag(Bool)
  case list([EventValue])
  case members([String: EventValue])

  static func texts(_ all: [String]) -> EventValue { .list(all.map { .text($0) }) }

  /// An object in an event; members that are nil are left out.
  static func object(_ members: [String: EventValue?]) -> EventValue { .members(members.compactMapValues { $0 }) }

  /// Nil where there is nothing to say.
  static func stated(_ text: String) -> EventValue? { text.isEmpty ? nil : .text(text) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .whole(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .members(let values): try container.encode(values)
    }
  }
}

extension Diagnostic {
  var members: [String: EventValue?] {
    [
      "id": .text(id), "severity": .text(severity.rawValue), "file": .text(file), "line": line.map { .whole($0) },
      "byte_offset": byteOffset.map { .whole($0) }, "summary": .text(summary), "next_step": .text(nextStep),
    ]
  }
}

extension Period {
  /// The name of a period and its bounds; an open bound is left out.
  var members: [String: EventValue?] {
    [
      "period": .text(name), "period_from": from.map { .text($0.description) },
      "period_to": to.map { .text($0.description) },
    ]
  }
}

extension LineCounts {
  var members: [String: EventValue?] {
    [
      "lines": .whole(lines), "blank": .whole(blank), "malformed": .whole(malformed),
      "out_of_period": .whole(outOfPeriod), "judged": .whole(judged), "folded": .whole(folded), "other": .whole(other),
    ]
  }
}
