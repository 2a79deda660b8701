import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// Real files that name owners, which lie beside the checkout where they lie at all.
@Suite(.enabled(if: AllSamples.arePresent, AllSamples.missing))
struct OwnershipSampleTests {
  private func text(_ name: String) throws -> String {
    try WholeFile(name: name, path: AllSamples.folder + "/" + name).text()
  }

  @Test func noLineOfARealFileOfGitHubIsSkipped() throws {
    let names = AllSamples.files.filter { $0.hasPrefix("ownership/codeowners-github/") }
    #expect(names.count == 7)
    for name in names {
      let text = try text(name)
      let file = Codeowners(text, dialect: .github)
      #expect(file.skipped == [], "\(name)")
      #expect(!file.sections[0].entries.isEmpty, "\(name)")
      #expect(!Codeowners.hasSections(text), "\(name)")
    }
  }

  @Test func theFileOfTheSemanticRouterNamesTheOwnersOfItsConfig() throws {
    let file = Codeowners(try text("ownership/codeowners-github/semantic-router.CODEOWNERS"), dialect: .github)
    #expect(file.deciding(for: "config/config.yaml").first?.entry.owners.count == 7)
    #expect(file.deciding(for: "README.md").first?.entry.owners == ["@rootfs", "@Xunzhuo"])
    #expect(file.claims(for: "config/config.yaml", file: "CODEOWNERS").count == 8)
  }

  @Test func theOWNERFilesSayTheSame() throws {
    let file = Codeowners(try text("ownership/codeowners-github/semantic-router.CODEOWNERS"), dialect: .github)
    let owner = OwnerFile(try text("ownership/owner-files/semantic-router/config/OWNER"))
    #expect(owner.skipped.isEmpty)
    #expect(owner.owners.map(\.owner) == file.deciding(for: "config/config.yaml").first?.entry.owners)
  }

  @Test func repeatedSectionsOfARealFileOfGitLabAreOne() throws {
    let text = try text("ownership/codeowners-gitlab/openrgb-excerpt.CODEOWNERS")
    #expect(Codeowners.hasSections(text))
    let file = Codeowners(text, dialect: .gitlab)
    #expect(file.skipped == [])
    #expect(file.sections.map(\.name) == [nil, "Controllers"])
    #expect(file.sections[1].entries.count == 9)
    let path = "Controllers/ASRockPolychromeSMBusController/ASRockPolychromeSMBusController.cpp"
    #expect(file.deciding(for: path).flatMap(\.entry.owners) == ["@Calcprogrammer1", "@TheRogueZeta"])
    #expect(
      file.deciding(for: "Controllers/AMDWraithPrismController/x.cpp").flatMap(\.entry.owners) == ["@Calcprogrammer1"])
  }

  @Test func realAndConstructedCatalogsNameTheirOwner() throws {
    let real = try BackstageCatalog(try text("ownership/backstage/catalog-info.yaml"), name: "catalog-info.yaml")
    #expect(try real.claim(nil, file: "catalog-info.yaml")?.owner == "group:default/cncf")
    let made = try BackstageCatalog(try text("constructed/ownership/catalog-info.yaml"), name: "catalog-info.yaml")
    let entity = BackstageCatalog.Reference("component:default/llm-router", kind: "component")
    #expect(try made.claim(entity, file: "catalog-info.yaml")?.owner == "group:default/ai-platform")
    #expect(made.entities.count == 3)
  }

  @Test func constructedOWNERSFilesNameTheirPeople() throws {
    let owners = try KubernetesOwners(try text("constructed/ownership/OWNERS.yaml"), name: "OWNERS")
    let aliases = try KubernetesOwners.aliases(try text("constructed/ownership/OWNERS_ALIASES.yaml"), name: "ALIASES")
    #expect(
      owners.people(for: "config.yaml", aliases: aliases).approvers.map(\.name) == ["ada", "jon", "policy-team"])
    #expect(owners.people(for: "README.md", aliases: aliases).approvers.map(\.name) == ["ada", "jon"])
  }

  @Test func aRealHistoryGivesTheOwnersOfItsDays() async throws {
    let bundle = "ownership/history/owasp-llm-top10-codeowners/owasp-codeowners.bundle"
    let records = await InputPlan(
      directory: AllSamples.folder, policy: [.git(bundle, path: "CODEOWNERS", format: nil)],
      ownership: [.codeowners(bundle)]
    ).read()
    let deciding = records.ownership.records.filter(\.isAccountable)
    #expect(records.inputs.last?.note?.hasPrefix("17 commits changed CODEOWNERS") == true)
    #expect(deciding.last?.owner == "@GangGreenTemperTatum @virtualsteve-star @rossja")
    #expect(deciding.last?.to == nil)
    #expect(deciding.allSatisfy { $0.recordedAt == $0.from })
  }

  @Test func aConstructedItemOfServiceNowHasItsHistory() async throws {
    func read(audit: String?, item: String) async -> Records {
      await InputPlan(
        directory: AllSamples.folder + "/constructed/ownership", policy: [],
        ownership: [.serviceNow("cmdb_ci_service.csv", audit: audit, item: item)]
      ).read()
    }
    let whole = await read(audit: "sys_audit.csv", item: "LLM Router (prod)")
    #expect(whole.diagnostics.isEmpty)
    #expect(stretches(whole) == ["Mia Berg 2025-11-03..2026-02-19", "Ada Okafor 2026-02-19.."])
    #expect(stretches(whole, role: "support-group") == ["AI Platform 2026-02-19.."])
    #expect(stretches(await read(audit: nil, item: "0b1f8a2c1b7d4010a1f2")) == ["Ada Okafor 2026-02-19.."])
    let group = await read(audit: nil, item: "Local inference (Qwen)")
    #expect(stretches(group, role: "support-group") == ["Inference SRE 2025-12-01.."])
    #expect(await read(audit: nil, item: "nothing").diagnostics.map(\.id) == ["servicenow-item-unclear"])
  }

  @Test func threeSourcesOfOneRealRepositoryAreReadBesideEachOther() async throws {
    let bundle = "policy-history/semantic-router/semantic-router-config.bundle"
    let records = await InputPlan(
      directory: AllSamples.folder, policy: [.git(bundle, path: "config/config.yaml", format: nil)],
      ownership: [.codeowners(bundle), .ownerFiles(bundle), .policyAnnotations]
    ).read()
    let deciding = records.ownership.records.filter(\.isAccountable)
    let team = "@FAUST-BENCHOU @shraderdm @drivebyer @ramkrishs @WUKUNTAI-0211 @AayushSaini101 @siloteemu"
    #expect(
      deciding.map(\.owner) == ["@rootfs @Xunzhuo", team, "@rootfs", "@rootfs @Xunzhuo", team, "routing-platform"])
    #expect(
      deciding.map(\.from) == [
        at("2026-08-03T04:47:33Z"), at("2026-08-10T07:54:44Z"), at("2025-08-22T13:48:39Z"), at("2025-11-02T15:16:39Z"),
        at("2026-06-18T14:44:52Z"), at("2026-08-04T07:51:51Z"),
      ])
    #expect(deciding.map(\.rulePattern) == ["*", "*", "*", "*", "*", "static_business_route"])
    #expect(records.diagnostics.allSatisfy { !$0.id.hasPrefix("codeowners") && !$0.id.hasPrefix("owner") })
  }
}
