internal import EvidenceModel
internal import XMLDocuments

/// What the index states of the whole pack. What is no count is left out, and so equals nothing that was counted.
struct PackStatement {
  struct Framework {
    var id, page: String
    var states: [(state: String, n: Int)]
  }

  var classes: [String: Int] = [:]
  var totals: [String: Int] = [:]
  /// Of tokens and costs, which may be below 0.
  var sums: [String: Int] = [:]
  /// Checks by result.
  var results: [String: Int] = [:]
  var frameworks: [Framework] = []
  /// Rows of tables, by path.
  var rows: [String: Int] = [:]
  var seed = ""
  var perStratum = 0

  var judged: Int { totals["judged"] ?? -1 }
  var exceptions: Int { totals["exceptions"] ?? -1 }
  var malformed: Int { totals["malformed"] ?? -1 }
  var findings: Int { totals["findings"] ?? -1 }

  var states: [(framework: String, state: String, n: Int)] {
    frameworks.flatMap { framework in framework.states.map { (framework.id, $0.state, $0.n) } }
  }

  init(_ pack: XMLDocument.Element) {
    for (name, value) in pack.child("totals")?.attributes ?? [] {
      totals[name] = PackCount.read(value)
      sums[name] = PackCount.readSigned(value)
    }
    for count in pack.child("classes")?.children ?? [] { classes[count["class"] ?? ""] = PackCount.read(count["n"]) }
    for count in pack.child("checks")?.children ?? [] { results[count["result"] ?? ""] = PackCount.read(count["n"]) }
    for framework in pack.child("coverage")?.children(named: "framework") ?? [] {
      frameworks.append(
        Framework(
          id: framework["id"] ?? "", page: framework["page"] ?? "",
          states: framework.children(named: "state-count").map { ($0["state"] ?? "", PackCount.read($0["n"]) ?? -1) }))
    }
    let sampling = pack.child("sampling")
    for (name, path) in [
      ("rows", "sample.csv"), ("attribute-rows", "sample-attribute.csv"), ("boundary-rows", "sample-boundary.csv"),
    ] {
      rows["data/" + path] = PackCount.read(sampling?[name]) ?? -1
    }
    rows["data/rejects.csv"] = malformed
    seed = sampling?["seed"] ?? ""
    perStratum = PackCount.read(sampling?["per-stratum"]) ?? 0
  }
}

/// What `evidence/d/sample.xml` says was drawn.
struct SamplePlanStatement {
  /// Asked for, of the sample of all decisions.
  var size: Int
  var population, distinct, perStratum: Int
  var seed: String
  /// Rows of tables, by path.
  var rows: [String: Int] = [:]

  init(_ plan: XMLDocument.Element) {
    func count(_ name: String) -> Int { PackCount.read(plan[name]) ?? -1 }
    (size, population, distinct) = (count("size"), count("population"), count("distinct"))
    (perStratum, seed) = (count("per-stratum"), plan["seed"] ?? "")
    for part in plan.children(named: "part") { rows[part["data"] ?? ""] = PackCount.read(part["n"]) ?? -1 }
  }
}

/// Counts that a pack states. It may state anything.
enum PackCount {
  /// More than any pack holds, and little enough to be added up.
  private static let largest = 1_000_000_000_000_000

  /// Nil for what is no count.
  static func read(_ text: String?) -> Int? {
    text.flatMap { Int($0) }.flatMap { (0...largest).contains($0) ? $0 : nil }
  }

  /// A sum that may be below 0.
  static func readSigned(_ text: String?) -> Int? {
    text.flatMap { Int($0) }.flatMap { (-largest...largest).contains($0) ? $0 : nil }
  }

  /// Stays at the largest number instead of going past it.
  static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, isOver) = left.addingReportingOverflow(right)
    return isOver ? .max : sum
  }

  static func words(_ count: Int?) -> String { count.map { $0 < 0 ? "no count" : String($0) } ?? "no count" }
}

/// Texts that documents show exactly as tables hold them.
enum PlainText {
  static func holds(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
