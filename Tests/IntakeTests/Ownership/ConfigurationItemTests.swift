import EvidenceModel
import TestSupport
import Testing

@testable import Intake

@Suite struct ConfigurationItemTests {
  private let head = "sys_id,name,owned_by,support_group,managed_by,sys_created_on,sys_updated_on\n"
  private let auditHead = "tablename,documentkey,fieldname,oldvalue,newvalue,user,sys_created_on\n"

  private func read(_ row: String, audit: String? = nil, item: String = "1") throws -> OwnershipReading {
    try ConfigurationItem.reading(
      of: WholeFile(name: "cmdb.csv", bytes: Array((head + row).utf8)),
      audit: audit.map { WholeFile(name: "audit.csv", bytes: Array((auditHead + $0).utf8)) }, item: item)
  }

  private func accountable(_ reading: OwnershipReading) -> [String] {
    reading.records.filter(\.isAccountable).map { "\($0.owner) \($0.from)..\($0.to.map { "\($0)" } ?? "")" }
  }

  @Test func theAuditGivesEachOwnerAndWhen() throws {
    let reading = try read(
      "1,router,priya,,,2026-01-01 08:00:00,2026-03-01 08:00:00\n",
      audit:
        "cmdb_ci,1,owned_by,sam,priya,x,2026-03-01 08:00:00\ncmdb_ci,1,owned_by,dana,sam,x,2026-02-01 08:00:00\ncmdb_ci,2,owned_by,a,b,x,2026-02-02 08:00:00\n"
    )
    #expect(
      accountable(reading) == [
        "dana 2026-01-01T08:00:00Z..2026-02-01T08:00:00Z", "sam 2026-02-01T08:00:00Z..2026-03-01T08:00:00Z",
        "priya 2026-03-01T08:00:00Z..",
      ])
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.records.allSatisfy { $0.recordedAt == $0.from && $0.ownerKind == .person })
  }

  @Test func withoutAnAuditAValueIsKnownFromTheLastUpdateOn() throws {
    #expect(
      accountable(try read("1,router,priya,,,2026-01-01 08:00:00,2026-03-01 08:00:00\n")) == [
        "priya 2026-03-01T08:00:00Z.."
      ])
    #expect(
      accountable(try read("1,router,priya,,,2026-01-01 08:00:00,2026-01-01 08:00:00\n")) == [
        "priya 2026-01-01T08:00:00Z.."
      ])
  }

  @Test func anAuditThatEndsElsewhereIsTold() throws {
    let reading = try read(
      "1,router,priya,,,2026-01-01 08:00:00,2026-03-01 08:00:00\n",
      audit: "cmdb_ci,1,owned_by,dana,sam,x,2026-02-01 08:00:00\n")
    #expect(reading.diagnostics.map(\.id) == ["servicenow-audit-incomplete"])
    #expect(
      accountable(reading).last == "priya 2026-03-01T08:00:00Z.."
        && accountable(reading).dropLast().last == "sam 2026-02-01T08:00:00Z..2026-03-01T08:00:00Z")
  }

  @Test func groupsAndManagersAreShownAndDoNotDecide() throws {
    let reading = try read("1,router,,platform,dana,2026-01-01 08:00:00,2026-01-01 08:00:00\n", item: "router")
    #expect(reading.records.map(\.role) == ["support-group", "managed-by"])
    #expect(reading.records.map(\.ownerKind) == [.team, .person])
  }

  @Test func aTimeThatIsDisplayedIsRefused() {
    #expect(throws: Diagnostic.self) { try read("1,router,priya,,,01.01.2026 08:00:00,01.01.2026 08:00:00\n") }
  }
}
