import EvidenceModel
import Intake
import Testing

/// Whatever text is given for a map, it is a map or a diagnostic.
struct HostileMapTests {
  /// Whether the text is a map; a diagnostic of it has a place that exists.
  @discardableResult
  private func isMap(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try FieldMap(WholeFile(name: "mine.yaml", bytes: bytes))
      return true
    } catch {
      #expect((error.byteOffset ?? 0) <= bytes.count)
      #expect(!error.nextStep.isEmpty)
      return false
    }
  }

  @Test func presetsCutAndFlippedNeverCrash() throws {
    var state: UInt64 = 3
    func random(below limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    for map in FieldMap.presets {
      let bytes = Array(map.text.utf8)
      #expect(isMap(bytes))
      for _ in 0..<40 {
        isMap(Array(bytes[..<random(below: bytes.count)]))
        var flipped = bytes
        for _ in 0...random(below: 3) { flipped[random(below: bytes.count)] = UInt8(random(below: 256)) }
        isMap(flipped)
      }
    }
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func deepNestingIsADiagnostic(opening: String) {
    #expect(!isMap(Array(String(repeating: opening, count: 200_000).utf8)))
  }
}
