@testable internal import EvidenceModel
@testable internal import Intake

/// Files of repositories and catalogs that name owners.
let ownershipTargets = [
  FuzzTarget("codeowners") { (bytes) throws(BrokenPromise) in
    let text = text(bytes)
    for dialect in CodeownersDialect.allCases {
      let owners = Codeowners(text, dialect: dialect)
      for path in ["policy.yaml", "a/b/policy.yaml", ""] { _ = owners.claims(for: path, file: "CODEOWNERS") }
      let entries = owners.sections.flatMap(\.entries)
      let lines = Codeowners.lines(text).count
      try expect(entries.count <= lines && owners.skipped.count <= lines, "more entries than lines")
    }
  },
  FuzzTarget("owner-files") { (bytes) throws(BrokenPromise) in
    let (first, second) = (text(halves(bytes).first), text(halves(bytes).second))
    _ = OwnerFile(first).claims(file: "OWNER")
    let aliases = (try? KubernetesOwners.aliases(second, name: "OWNERS_ALIASES")) ?? [:]
    guard let owners = try? KubernetesOwners(first, name: "OWNERS") else { return }
    _ = KubernetesOwners.claims([(file: "a/OWNERS", owners: owners)], path: "a/policy.yaml", aliases: aliases)
  },
  FuzzTarget("backstage") { (bytes) throws(BrokenPromise) in
    let file = WholeFile(name: "catalog-info.yaml", bytes: bytes)
    for entity in [nil, "component:default/gateway", text(bytes.prefix(40))] {
      let reference = entity.flatMap { BackstageCatalog.Reference($0, kind: "component") }
      _ = try? BackstageCatalog.single(file, entity: reference, from: Instant(day: 20_000))
    }
  },
  FuzzTarget("servicenow") { (bytes) throws(BrokenPromise) in
    let (table, audit) = halves(bytes)
    let reading = try? ConfigurationItem.reading(
      of: WholeFile(name: "cmdb_ci.csv", bytes: table),
      audit: audit.isEmpty ? nil : WholeFile(name: "sys_audit.csv", bytes: audit), item: "gateway")
    for record in reading?.records ?? [] {
      try expect(record.to.map { record.from <= $0 } ?? true, "an owner from \(record.from) to earlier")
    }
  },
]
