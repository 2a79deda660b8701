import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

/// Real histories, which lie beside the checkout where they lie at all.
@Suite(.enabled(if: HistorySample.arePresent, HistorySample.missing))
struct PolicyHistorySampleTests {
  @Test(arguments: HistorySample.all)
  func versionsAreWhatGitLists(sample: HistorySample) async throws {
    let history = await sample.records().history
    let listed = try sample.listed()
    #expect(history.versions.count == sample.versions)
    #expect(history.versions.map(\.id).sorted() == listed.map { String($0[0].prefix(12)) }.sorted())
    for line in listed {
      let version = try #require(history.versions.first { line[0].hasPrefix($0.id) })
      #expect(version.recordedAt == Instant(microseconds: try #require(Int64(line[1])) * 1_000_000))
      #expect(version.authoredAt == Instant(microseconds: try #require(Int64(line[2])) * 1_000_000))
      #expect(version.note == line[6])
      #expect(version.isSigned == false)  // An export keeps no signatures.
      let isMerge = line[3].contains(" ")
      if isMerge, version.author != line[4] {
        #expect(version.committer == line[4])
      } else {
        #expect([version.author, version.committer] == [line[4], line[5]])
      }
    }
  }

  @Test func everySchemaGenerationIsRecognised() async throws {
    let records = await HistorySample.semanticRouter.records()
    #expect(
      records.history.schemaChanges.map(\.to) == [
        "categories with models", "categories with model scores", "categories with model scores and endpoints",
        "decisions", "routing.decisions", "recipes",
      ])
    // One version states keys twice, which the router's own parser refuses as well.
    #expect(records.diagnostics.map(\.id) == ["yaml-syntax"])
    #expect(records.history.versions.filter { !$0.isReadable }.map(\.id) == ["0d5a8525e834"])
    #expect(records.history.versions.last?.rules.contains { $0.id == "static_business_route" } == true)
  }

  @Test func aMergedChangeHasItsOwnAuthor() async throws {
    let versions = await HistorySample.semanticRouter.records().history.versions
    let merged = try #require(versions.first { $0.id == "dc88373cd909" })
    #expect([merged.author, merged.committer] == ["noalimoy", "Huamin Chen"])
  }

  /// Read off `git log -p` by hand.
  @Test(arguments: [
    ("11289d06aba0", ["changed default-model"]),
    ("4a66e9c231bb", ["created repeat_question_escalation"]),
    ("df27e686632b", ["changed health_ratings_route", "removed agentic_session_route"]),
    ("792a80819500", ["changed any-request", "created privacy_recipe_route", "schemaMigrated -"]),
    ("9c49d5094e89", ["changed general_decision"]),
  ])
  func changesOfTheSemanticRouter(version: String, expected: [String]) async {
    #expect(await HistorySample.semanticRouter.changes(of: version) == expected)
  }

  @Test(arguments: [
    ("90c8ba51b97d", ["changed serve:voyage-3"]),
    ("0e619cc30339", ["changed serve:claude-3.5-sonnet", "created serve:claude-3.5-sonnet-20240620"]),
    ("9749dc04e6ed", ["changed serve:claude-3.5-sonnet-20240620", "changed serve:gemini-1.5-pro"]),
  ])
  func changesOfLiteLLM(version: String, expected: [String]) async {
    #expect(await HistorySample.liteLLM.changes(of: version) == expected)
  }

  @Test(arguments: [
    ("9fafd60b7394", ["changed default/provider-fallback/us.meta.llama3-2-1b-instruct-v1:0"]),
    (
      "6f4d32b1de11",
      [
        "created default/provider-fallback/us.amazon.nova-micro-v1:0",
        "removed default/provider-fallback/us.meta.llama3-2-1b-instruct-v1:0",
      ]
    ),
  ])
  func changesOfEnvoy(version: String, expected: [String]) async {
    #expect(await HistorySample.envoy.changes(of: version) == expected)
  }

  @Test func anExportedPullRequestFindsItsVersion() async throws {
    let sample = HistorySample.semanticRouter
    let records = await InputPlan(
      directory: HistorySample.folder,
      policy: [
        .git(
          sample.bundle, path: sample.path, format: nil, pullRequests: "../constructed/git-hosting/gh-pr-view.json")
      ], ownership: []
    ).read()
    let approved = records.history.versions.filter(\.statesApprovals)
    #expect(approved.map(\.id) == ["ad826ff4e52d"])
    #expect(approved.map(\.approvedBy) == [["maintainer-b"]])
    #expect(approved.map(\.approvedAt) == [Instant(rfc3339: "2026-08-18T03:00:01Z")])
    #expect(records.diagnostics.map(\.id) == ["yaml-syntax", "pull-request-missing"])
  }

  @Test func everySampleConfigIsReadOrCalledWhatItIs() throws {
    for (folder, format) in [("vllm-semantic-router", PolicyFormat.semanticRouter), ("envoy-ai-gateway", .envoy)] {
      let root = HistorySample.folder + "/../" + folder
      let names = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
        .filter { $0.hasSuffix(".yaml") }
      #expect(!names.isEmpty)
      for name in names {
        let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
        do throws(Diagnostic) {
          let read = try PolicyFormat.read(text, name: name, stated: nil)
          #expect(read.format == format)
          #expect(read.policy.rules.count > 1, "\(name)")
          #expect(read.policy.diagnostics.isEmpty)
        } catch {
          #expect(["semantic-router-no-config", "envoy-no-route"].contains(error.id), "\(name): \(error.summary)")
        }
      }
    }
  }
}

struct HistorySample: Sendable, CustomTestStringConvertible {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/reference/samples/policy-history")
    .standardizedFileURL
    .path
  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }
  static let missing: Comment =
    "the samples folder ../shared/reference/samples/policy-history is not beside this checkout"

  static let semanticRouter = HistorySample(
    bundle: "semantic-router/semantic-router-config.bundle", path: "config/config.yaml", versions: 143)
  static let liteLLM = HistorySample(
    bundle: "julep-litellm/julep-litellm-config.bundle", path: "src/llm-proxy/litellm-config.yaml",
    olderPaths: ["modules/llm-proxy/litellm-config.yaml", "llm-proxy/litellm-config.yaml"], versions: 41)
  static let envoy = HistorySample(
    bundle: "envoy-ai-gateway-examples/envoy-ai-gateway-examples.bundle",
    path: "examples/provider_fallback/base.yaml", versions: 9)
  static let all = [semanticRouter, liteLLM, envoy]

  var bundle: String
  var path: String
  var olderPaths: [String] = []
  var versions: Int

  var testDescription: String { bundle }

  /// Read once for all tests: it is the larger part of their time.
  func records() async -> Records { await Readings.shared.records(of: self) }

  private actor Readings {
    static let shared = Readings()
    private var tasks: [String: Task<Records, Never>] = [:]

    func records(of sample: HistorySample) async -> Records {
      if let task = tasks[sample.bundle] { return await task.value }
      let task = Task {
        await InputPlan(
          directory: HistorySample.folder, policy: [.git(sample.bundle, path: sample.path, format: nil)], ownership: []
        ).read()
      }
      tasks[sample.bundle] = task
      return await task.value
    }
  }

  /// `created rule` and the like, sorted.
  func changes(of version: String) async -> [String] {
    await records().history.changes.filter { $0.version == version }.map { "\($0.kind) \($0.rule)" }.sorted()
  }

  /// Commit, committer's and author's seconds, parents, author, committer, subject of each first-parent commit, by git alone.
  func listed() throws -> [[String]] {
    try withTemporaryFolder { folder in
      _ = try output(of: ["clone", "--quiet", "--bare", Self.folder + "/" + bundle, folder.path("clone")])
      let text = try output(
        of: [
          "-C", folder.path("clone"), "log", "--first-parent", "--format=%H%x09%ct%x09%at%x09%P%x09%an%x09%cn%x09%s",
        ]
          + ["--", path] + olderPaths)
      return text.split(separator: "\n").map { $0.components(separatedBy: "\t") }
    }
  }

  private func output(of arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
