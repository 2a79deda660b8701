import EvidenceModel
import TestSupport
import Testing

@testable import Intake

/// No text may crash a reader of owners.
@Suite struct HostileOwnershipTests {
  /// Texts of the marks that mean something, in an order that a seed decides.
  private func text(seed: Int) -> String {
    let marks = [
      "[", "]", "^", "!", "@", "@@", "/", "**", "*", "?", "\\", "#", " ", "\t", "\n", "\r\n", "a", "owner", ":", "-",
      "{", "}",
      "'", ",", "(", ")", "+", "|", "$", ".", "\u{0}", "\u{301}", "é", "\"", "&x", "*x", "approvers: ", "kind: ",
    ]
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1
    return (0..<60).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return marks[Int((state >> 33) % UInt64(marks.count))]
    }.joined()
  }

  @Test func anyTextIsReadOrRefused() {
    for seed in 0..<3_000 {
      let text = text(seed: seed)
      for dialect in CodeownersDialect.allCases {
        _ = Codeowners(text, dialect: dialect).claims(for: "a/b/policy.yaml", file: "CODEOWNERS")
      }
      _ = Codeowners.hasSections(text)
      _ = OwnerFile(text).claims(file: "OWNER")
      if let owners = try? KubernetesOwners(text, name: "OWNERS") {
        _ = KubernetesOwners.claims([("OWNERS", owners)], path: "a", aliases: [:])
      }
      _ = try? PathExpression(text).matches("a/b/policy.yaml")
      _ = try? BackstageCatalog(text, name: "catalog.yaml").claim(nil, file: "catalog.yaml")
    }
  }
}
