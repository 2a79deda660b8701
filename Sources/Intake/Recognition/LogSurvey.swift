package import EvidenceModel

/// What a routing log holds, read whole and judged by nothing.
package struct LogSurvey: Sendable {
  package let format: DetectedFormat
  package let compression: Compression
  /// Decisions, whatever their period.
  package private(set) var decisions = 0
  package private(set) var passed = LogReader.Passed()
  package private(set) var rejects: [RejectReason: (n: Int, first: SourcePosition)] = [:]
  package private(set) var first: Instant?
  package private(set) var last: Instant?
  package private(set) var zoneAssumed = 0
  package private(set) var outcomes: [Outcome: Int] = [:]
  /// Decisions in which the field has a value; in how many of them it was inferred, or matched through a table.
  package private(set) var filled: [RoutingField: Fill] = [:]
  /// Why the log could not be read to its end.
  package private(set) var damage: SourceError?

  package struct Fill: Sendable, Hashable {
    package var n = 0
    package var inferred = 0
    package var matched = 0
  }

  /// Fields that a log itself can hold.
  package static let fields = RoutingField.allCases.filter { $0 != .jurisdiction && $0 != .hosting }

  package var rejected: Int { rejects.values.reduce(0) { $0 + $1.n } }

  /// Fields that no decision of the log fills.
  package var neverFilled: [RoutingField] { decisions == 0 ? [] : Self.fields.filter { filled[$0] == nil } }

  package init(path: String, format: DetectedFormat) throws(SourceError) {
    self.format = format
    let source = try ByteSource(path: path)
    compression = source.compression
    do {
      passed = try LogReader(source, format: format).forEach(in: format.format) { entry in
        switch entry {
        case .decision(let record, _, _): add(record)
        case .reject(let reject):
          let before = rejects[reject.reason]
          rejects[reject.reason] = (n: (before?.n ?? 0) + 1, first: before?.first ?? reject.position)
        }
      }
    } catch let error as SourceError {
      damage = error
    } catch {
      damage = .cannotRead(path: path, reason: "\(error)")
    }
  }

  private mutating func add(_ record: RoutingRecord) {
    decisions += 1
    first = min(first ?? record.at, record.at)
    last = max(last ?? record.at, record.at)
    if record.zoneAssumed { zoneAssumed += 1 }
    outcomes[record.outcome, default: 0] += 1
    let empty = record.empty
    for field in Self.fields where !empty.contains(RoutingFields(field)) {
      filled[field, default: Fill()].n += 1
      if record.inferred.contains(RoutingFields(field)) {
        filled[field]?.inferred += 1
      } else if record.matched.contains(RoutingFields(field)) {
        filled[field]?.matched += 1
      }
    }
  }
}
