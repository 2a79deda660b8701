import EvidenceModel
import Testing

@Suite struct NameBasedUUIDTests {
  /// Python's `uuid.uuid5` with the same namespace gives this too.
  @Test func itIsTheVersionFiveOfTheStandard() {
    #expect(NameBasedUUID.text("finding", "Example Mutual", "rg-own-01") == "1fe0d9c8-f939-54f1-88ef-0292ca9d815e")
  }

  @Test func partsAreNotRunTogether() {
    #expect(NameBasedUUID.text("a", "bc") != NameBasedUUID.text("ab", "c"))
    #expect(NameBasedUUID.text("caf\u{e9}") != NameBasedUUID.text("cafe\u{301}"))
  }
}
