import Foundation
import Testing

/// `tenure fieldmap`, and the example of its documentation, followed word for word.
struct FieldmapTests {
  /// The indented blocks of a section of a page, in their order.
  private func blocks(of page: String, under heading: String) throws -> [String] {
    let text = try String(contentsOfFile: Program.root + "/" + page, encoding: .utf8)
    let section = try #require(
      text.components(separatedBy: "\n## \(heading)\n").last?.components(separatedBy: "\n## ").first)
    var blocks: [String] = []
    var isInside = false
    for line in section.components(separatedBy: "\n") {
      if line.hasPrefix("    ") {
        if !isInside { blocks.append("") }
        isInside = true
        blocks[blocks.count - 1] += line.dropFirst(4) + "\n"
      } else {
        isInside = false
      }
    }
    return blocks
  }

  private func example() throws -> (scratch: Scratch, blocks: [String]) {
    let blocks = try blocks(of: "docs/formats/field-map.md", under: "A map of your own")
    let scratch = try Scratch()
    try scratch.write("logs/my-gateway.jsonl", blocks[0])
    try scratch.write("maps/my-gateway.yaml", blocks[1])
    return (scratch, blocks)
  }

  @Test func theExampleOfTheDocumentationIsRight() throws {
    let (scratch, blocks) = try example()
    let words = blocks[2].split(separator: " ").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    let outcome = try Program.run(Program.binary, Array(words.dropFirst()), in: scratch.path)
    #expect(outcome.output == blocks[3], "\(outcome.output)")
    #expect(outcome.status == 2)
  }

  @Test func aMapThatTheConfigurationNamesIsUsedInARun() throws {
    let (scratch, blocks) = try example()
    try scratch.write(
      "policy/1.yaml",
      "version: '1'\neffective_from: 2026-01-01T00:00:00Z\nrules:\n  - {rule_id: any, priority: 1, action: allow}\n")
    try scratch.write("tenure.yaml", "policy: [{folder: policy}]\n" + blocks[4])
    let outcome = try Program.tenure("run", "--config", scratch.path + "/tenure.yaml", in: scratch.path)
    #expect(outcome.status == 3, "\(outcome.errors)")
    let pack = try files(of: outcome.lastLine)
    let pages = pack.filter { $0.key.hasPrefix("s/") && $0.key.hasSuffix(".html") }
      .map { String(decoding: $0.value, as: UTF8.self) }
    #expect(pages.contains { $0.contains("labels.* after data: (inferred)") })
    let again = try Program.tenure("scan", "--config", scratch.path + "/tenure.yaml", in: scratch.path)
    #expect(again.output.contains("1 remembered") || again.errors.contains("1 remembered"), "\(again.output)")
    try scratch.write("maps/my-gateway.yaml", blocks[1] + "# changed\n")
    let changed = try Program.tenure("scan", "--config", scratch.path + "/tenure.yaml", in: scratch.path)
    #expect(changed.output.contains("1 scanned") || changed.errors.contains("1 scanned"), "\(changed.output)")
  }

  @Test func aMapThatIsWrongIsSaidWithItsPlace() throws {
    let scratch = try Scratch()
    try scratch.write("my.yaml", "name: mine\nfields:\n  ts: a..b\n")
    try scratch.write("log", "{}\n")
    let outcome = try Program.tenure("fieldmap", "test", "my.yaml", "log", in: scratch.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("my.yaml:3 (byte 27)"), "\(outcome.errors)")
    try scratch.write("tenure.yaml", "routing-logs:\n  - {path: log, format: my.yaml}\n")
    let run = try Program.tenure("scan", "--config", "tenure.yaml", in: scratch.path)
    #expect(run.status == 1)
    #expect(run.errors.contains("my.yaml:3 (byte 27)"), "\(run.errors)")
  }

  @Test func aTrialAsEventsIsOneObjectALine() throws {
    let (scratch, blocks) = try example()
    _ = blocks
    let outcome = try Program.tenure(
      "fieldmap", "test", "maps/my-gateway.yaml", "logs/my-gateway.jsonl", "--format", "json", in: scratch.path)
    let events = try events(outcome.output)
    #expect(events.map { $0["event"] as? String } == ["decision", "decision", "reject", "tested", "ended"])
    #expect(events[3]["decisions"] as? Int == 2)
    #expect(events.first?["data_class_known"] as? String == "inferred")
  }

  @Test func presetsAreListedAndPrinted() throws {
    let list = try Program.tenure("fieldmap", "list")
    #expect(list.output.contains("\nportkey "))
    let printed = try Program.tenure("fieldmap", "show", "portkey")
    #expect(
      printed.output == (try String(contentsOfFile: Program.root + "/mappings/fieldmaps/portkey.yaml", encoding: .utf8))
    )
    #expect(try Program.tenure("fieldmap", "show", "no-such-map").status == 1)
  }

  @Test func nothingButRejectsIsNothingToEvaluate() throws {
    let scratch = try Scratch()
    try scratch.write("log", "{}\n")
    #expect(try Program.tenure("fieldmap", "test", "kong", "log", in: scratch.path).status == 5)
  }
}
