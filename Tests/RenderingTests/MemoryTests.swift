import Foundation
import Testing
import XMLDocuments

/// What libxml2 does where the system has no memory left for it.
@Suite struct MemoryTests {
  /// Left to itself it would leave a piece out and go on: a page would be short and look whole.
  @Test func withoutMemoryTheProgramEndsAndSaysSo() async throws {
    let result = await #expect(processExitsWith: .exitCode(1), observing: [\.standardErrorContent]) {
      let bytes = Array("<r>\(String(repeating: "<a/>", count: 3 << 20))</r>".utf8)
      _ = try XMLDocument(Array("<r/>".utf8), name: "small.xml")
      // Nothing more than the process has by now.
      var limit = rlimit(rlim_cur: 1, rlim_max: 1)
      setrlimit(.init(RLIMIT_AS.rawValue), &limit)
      _ = try XMLDocument(bytes, name: "large.xml")
    }
    let errors = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(errors.contains("error: No memory was left for a page or an XML document."), "\(errors)")
  }
}
