import EvidenceModel
import Testing

@testable import EvidencePack

@Suite struct DossierCapTests {
  private func findings(_ counts: [(check: String, count: Int)]) -> [Finding] {
    counts.flatMap { check, count in
      (0..<count).map {
        Finding(
          check: check, result: .fail, subjectKind: .rule, subject: "rule-\($0)", summary: "", count: 1, population: 1)
      }
    }
  }

  private func shares(_ findings: [Finding]) -> [String: Int] {
    Dictionary(grouping: findings, by: \.check).mapValues(\.count)
  }

  @Test func fewFindingsAreAllKept() {
    #expect(DossierCaps.fairShare(findings([("A", 3), ("B", 2)]), limit: 5).count == 5)
  }

  @Test func noCheckPushesAnotherOut() {
    let kept = DossierCaps.fairShare(findings([("A", 500), ("B", 3), ("C", 40)]), limit: 25)
    #expect(shares(kept) == ["A": 11, "B": 3, "C": 11])
    #expect(kept.first?.subject == "rule-0")
  }

  @Test func everyCheckKeepsOneWhereThereAreMoreThanTheLimit() {
    #expect(
      shares(DossierCaps.fairShare(findings([("A", 9), ("B", 9), ("C", 9)]), limit: 2)) == ["A": 1, "B": 1, "C": 1])
  }

  @Test func aDossierLiesBesideItsPage() {
    #expect(PackLayout.dossier(of: "r/a.html", "rule") == "r/print/a.html")
    #expect(PackLayout.dossier(of: "c/f-a.html", "control") == "c/print/f-a.html")
    #expect(PackLayout.dossier(of: "c/f.html", "framework") == nil)
  }
}
