/// Order and equality of texts by their UTF-8 bytes. Swift's own operators compare by canonical equivalence, which SEMANTICS §1 does not.
extension StringProtocol {
  package func precedesBytewise(_ other: some StringProtocol) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension Sequence where Element == String {
  package func sortedBytewise() -> [String] { sorted { $0.precedesBytewise($1) } }
}
