package import EvidenceModel

/// A value that was hidden, bound so that it can be shown later and not be exchanged: SHA-256 of a salt and the value.
package struct Commitment: Sendable {
  package var record: String
  package var field: String
  package var value: String
  /// 32 hexadecimal digits, of the pack's key, the record and the field.
  package var salt: String

  /// Of the salt's digits and the value's bytes, one after another: `printf '%s%s' SALT VALUE | sha256sum`.
  package var commitment: Digest { Digest(of: salt + value) }
}

/// One commitment for each record and field.
struct Commitments {
  private var values: [String: Commitment] = [:]

  mutating func add(record: String, field: String, value: String, key: PackKey) {
    let id = record + "\u{0}" + field
    guard values[id] == nil, !value.isEmpty else { return }
    values[id] = Commitment(
      record: record, field: field, value: value, salt: key.code("salt", record, field).prefix(32))
  }

  var count: Int { values.count }

  var sorted: [Commitment] {
    values.sorted { $0.key.precedesBytewise($1.key) }.map(\.value)
  }

  subscript(record: String, field: String) -> Commitment? { values[record + "\u{0}" + field] }
}
