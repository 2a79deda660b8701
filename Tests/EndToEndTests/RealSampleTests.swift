import Foundation
import Testing

/// Real histories and logs, and generated workloads, where the folder with them stands beside the project.
struct RealSampleTests {
  static let samples = Program.root + "/../shared/reference/samples"
  static let generator = Program.root + "/../shared/bench/gen_workload.py"
  static let hasSamples = FileManager.default.fileExists(atPath: samples)
  static let hasGenerator = FileManager.default.fileExists(atPath: generator)

  private func runJulep() throws -> (Program.Outcome, Scratch) {
    let scratch = try Scratch()
    let bundle = RealSampleTests.samples + "/policy-history/julep-litellm/julep-litellm-config.bundle"
    try FileManager.default.copyItem(atPath: bundle, toPath: scratch.path + "/config.bundle")
    try FileManager.default.createDirectory(atPath: scratch.path + "/logs", withIntermediateDirectories: true)
    for name in ["constructed/spend_logs_api.jsonl", "logs/spend_logs_payload.json"] {
      try FileManager.default.copyItem(
        atPath: RealSampleTests.samples + "/litellm/" + name,
        toPath: scratch.path + "/logs/" + (name as NSString).lastPathComponent)
    }
    try scratch.write(
      "tenure.yaml",
      """
      period: all
      frameworks: [owasp-asi-2026]
      routing-logs: [{path: logs}]
      policy: [{git: config.bundle, path: src/llm-proxy/litellm-config.yaml}]
      ownership: [{codeowners: config.bundle}]
      """)
    return (try Program.tenure("run", "--config", scratch.path + "/tenure.yaml"), scratch)
  }

  @Test(.enabled(if: hasSamples, "the folder with real samples is not here"))
  func versionsAuthorsAndTimesAreThoseOfGit() throws {
    let (outcome, scratch) = try runJulep()
    #expect(outcome.output.contains("6 = 0 blank + 0 malformed + 0 out of period + 6 judged"), "\(outcome.errors)")
    let stored = try Program.tool(
      "sqlite3", "-separator", " ", scratch.path + "/reports/tenure.sqlite",
      "SELECT version, effective_from / 1000000, author FROM policy_version ORDER BY effective_from, ordinal")
    let clone = scratch.path + "/clone"
    _ = try Program.tool("git", "clone", "--quiet", scratch.path + "/config.bundle", clone)
    // The bundle holds nothing but this file under its three names, so every first-parent commit is a version.
    let git = try Program.tool(
      "git", "log", "--first-parent", "--reverse", "--abbrev=12", "--format=%h %ct %an", in: clone)
    let expected = git.output.split(separator: "\n").map(String.init)
    #expect(expected.count == 41)
    #expect(Set(stored.output.split(separator: "\n").map(String.init)) == Set(expected))
    #expect(stored.output.split(separator: "\n").count == 41)
  }

  @Test(.enabled(if: hasSamples, "the folder with real samples is not here"))
  func theRealVersionThatIsNoYAMLIsNamedWithItsPlace() throws {
    let (outcome, scratch) = try runJulep()
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("@f5f4d84fd20c:271 (byte 6881): no valid YAML"), "\(outcome.errors)")
    #expect(try Program.tenure("verify", outcome.lastLine).status == 0)
    withExtendedLifetime(scratch) {}
  }

  @Test(.enabled(if: hasSamples, "the folder with real samples is not here"))
  func changesOfARealVersionAreThoseOfItsText() throws {
    let (outcome, scratch) = try runJulep()
    // 9f529e9 added one model; 9342689 removed one.
    let changes = try Program.tool(
      "sqlite3", "-separator", " ", scratch.path + "/reports/tenure.sqlite",
      "SELECT version, kind, rule_id FROM rule_change WHERE version IN ('9f529e946f7f', '9342689ed807') ORDER BY ordinal"
    )
    let rows = changes.output.split(separator: "\n").map(String.init)
    #expect(rows.count == 2, "\(rows)")
    #expect(rows.contains { $0.hasPrefix("9f529e946f7f created serve:claude-haiku-4-5") }, "\(rows)")
    #expect(rows.contains { $0.hasPrefix("9342689ed807 removed serve:claude-3-sonnet") }, "\(rows)")
    withExtendedLifetime((outcome, scratch)) {}
  }

  @Test(.enabled(if: hasGenerator, "the workload generator is not here"), arguments: [1, 7])
  func aGeneratedWorkloadGivesThePlantedAnswer(seed: Int) throws {
    let scratch = try Scratch()
    let input = scratch.path + "/in"
    // The python3 on the path may be another than Debian's, and lack numpy.
    let hasNumpy = try Program.tool("python3", "-c", "import numpy").status == 0
    let made = try Program.tool(
      hasNumpy ? "python3" : "/usr/bin/python3", RealSampleTests.generator, "--records", "6000", "--seed", "\(seed)",
      "--rules", "60", "--versions",
      "6", "--files", "2",
      "--out", input)
    #expect(made.status == 0, "\(made.errors)")
    let expected = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: input + "/expected.json")))
        as? [String: Any])
    let outcome = try Program.tenure(
      "run", "--config", input + "/tenure.yaml", "--period", "all", "--out", scratch.path + "/out")
    for (key, name) in [("aggregate", "tally"), ("exceptions", "exceptions"), ("sample", "sample")] {
      let digest = try Program.tool("sha256sum", outcome.lastLine + "/data/\(name).csv").output.prefix(64)
      #expect(String(digest) == expected[key + "_sha256"] as? String, "\(name)")
    }
    let duplicates = try #require(expected["duplicate_request_ids"] as? Int)
    #expect(outcome.output.contains("duplicates   \(duplicates) request ids"))
  }
}
