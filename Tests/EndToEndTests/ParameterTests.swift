import Foundation
import Testing

/// Numbers that checks compare with, as a configuration may state them.
struct ParameterTests {
  private func run(_ band: String, _ share: String) throws -> (Scratch, Program.Outcome) {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: Program.root + "/examples/quickstart", toPath: scratch.path + "/in")
    let path = scratch.path + "/in/tenure.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains("{band: 0.25, minimum-n: 20}"))
    try text.replacingOccurrences(
      of: "{band: 0.25, minimum-n: 20}", with: "{band: \(band), minimum-n: 20}\n  RG-CON-01: {max-share: \(share)}"
    ).write(toFile: path, atomically: true, encoding: .utf8)
    return (
      scratch,
      try Program.tenure(
        "run", "--config", path, "--out", scratch.path + "/out", "--store", scratch.path + "/s.sqlite")
    )
  }

  @Test(arguments: [("25", "70"), ("1e300", "1e300")])
  func aShareAboveAllGivesAPack(band: String, share: String) throws {
    let (scratch, outcome) = try run(band, share)
    #expect(outcome.status == 0, "\(outcome.errors)")
    withExtendedLifetime(scratch) {}
  }

  @Test(arguments: [("-5", "0.7"), ("0.25", "nan"), ("0.25", "much")])
  func whatIsNoNumberToCompareWithEndsTheRunAtOnce(band: String, share: String) throws {
    let (scratch, outcome) = try run(band, share)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("which is no number to compare with"), "\(outcome.errors)")
    withExtendedLifetime(scratch) {}
  }
}
