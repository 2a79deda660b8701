import Testing

@testable import Exchange

@Suite struct ExchangeFormatTests {
  @Test func everyFormatHasItsOwnName() {
    let names = ExchangeFormats.all.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
