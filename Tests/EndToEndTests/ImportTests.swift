import Foundation
import Testing

/// Owners and accepted exceptions out of an OSCAL component definition.
struct ImportTests {
  private let components = """
    {"component-definition": {"uuid": "6a2a4a7e-5d39-4ef2-8a4c-111111111111",
      "metadata": {"title": "Owners", "last-modified": "2026-08-20T00:00:00Z", "version": "1", "oscal-version": "1.2.0",
        "parties": [{"uuid": "6a2a4a7e-5d39-4ef2-8a4c-222222222222", "type": "person", "name": "dana"}]},
      "components": [
        {"uuid": "6a2a4a7e-5d39-4ef2-8a4c-333333333333", "type": "policy", "title": "pii-to-trusted", "description": "A rule.",
         "props": [{"name": "rule", "ns": "urn:tenure:oscal:1", "value": "pii-to-trusted"}],
         "responsible-roles": [{"role-id": "owner", "party-uuids": ["6a2a4a7e-5d39-4ef2-8a4c-222222222222"], "props": [
           {"name": "owner-from", "ns": "urn:tenure:oscal:1", "value": "2026-08-10"},
           {"name": "owner-to", "ns": "urn:tenure:oscal:1", "value": "2026-08-24"}]}],
         "control-implementations": [{"uuid": "6a2a4a7e-5d39-4ef2-8a4c-444444444444", "source": "catalog-checks.json",
           "description": "Accepted.", "implemented-requirements": [{"uuid": "6a2a4a7e-5d39-4ef2-8a4c-555555555555",
             "control-id": "RG-OWN-02", "description": "Accepted.", "remarks": "The successor was named late.", "props": [
               {"name": "accepted-exception", "ns": "urn:tenure:oscal:1", "value": "*"},
               {"name": "approver", "ns": "urn:tenure:oscal:1", "value": "noor"},
               {"name": "accepted-from", "ns": "urn:tenure:oscal:1", "value": "2026-07-01"},
               {"name": "accepted-until", "ns": "urn:tenure:oscal:1", "value": "2026-10-01"}]}]}]}]}}
    """

  private func quickstart() throws -> Scratch {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: Program.root + "/examples/quickstart", toPath: scratch.path + "/in")
    try scratch.write("in/owners.json", components)
    let path = scratch.path + "/in/tenure.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacingOccurrences(of: "  - path: ownership.csv\n", with: "  - path: ownership.csv\n  - path: owners.json\n")
    try (text + "\nregisters: {exceptions: owners.json}\n").write(toFile: path, atomically: true, encoding: .utf8)
    return scratch
  }

  @Test func theOwnerOfAComponentIsTheOwnerOn14August() throws {
    let scratch = try quickstart()
    let answer = try Program.tenure(
      "owners", "pii-to-trusted", "--at", "2026-08-14", "--config", scratch.path + "/in/tenure.yaml")
    #expect(
      answer.status == 0 && answer.output.contains("owner     dana (person)\n"), "\(answer.output)\(answer.errors)")
    #expect(answer.output.contains("owners.json:5"), "\(answer.output)")
    let after = try Program.tenure(
      "owners", "pii-to-trusted", "--at", "2026-08-24", "--config", scratch.path + "/in/tenure.yaml")
    #expect(after.output.contains("owner     noor"))
  }

  @Test func whatAComponentAcceptsIsAcceptedInThePack() throws {
    let scratch = try quickstart()
    let outcome = try Program.tenure(
      "run", "--config", scratch.path + "/in/tenure.yaml", "--out", scratch.path + "/out", "--store",
      scratch.path + "/s.sqlite")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let pack = outcome.lastLine
    #expect(try Program.tenure("verify", pack).status == 0)
    func read(_ path: String) throws -> String { try String(contentsOfFile: pack + "/" + path, encoding: .utf8) }
    #expect(try read("r/pii-to-trusted.html").contains("owners.json"))
    #expect(
      try read("evidence/k/rg-own-02.xml").contains("result=\"exception\" why=\"All 1 exceptions were accepted.\""))
    let finding = try #require(
      try FileManager.default.contentsOfDirectory(atPath: pack + "/f").first { $0.hasPrefix("rg-own-02-") })
    #expect(try read("f/" + finding).contains("Accepted by noor until 2026-10-01"))
    #expect(try read("f/" + finding).contains("The successor was named late."))
    #expect(try read("evidence/pack.xml").contains("oscal-component"))
  }
}
