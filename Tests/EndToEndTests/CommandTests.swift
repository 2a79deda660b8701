import Foundation
import Testing

/// What people read on the terminal, kept as goldens.
struct CommandTests {
  @Test(
    arguments: [
      [], ["run"], ["detect"], ["scan"], ["splits"], ["merge"], ["verify"], ["seal"], ["zip"], ["diff"], ["gaps"],
      ["owners"], ["explain"],
      ["prove-none"], ["dossier"], ["disclose"], ["reveal"], ["summary"], ["retention"],
      ["init"], ["doctor"], ["show"],
      ["show", "config"], ["mappings"],
      ["mappings", "lint"], ["mappings", "list"], ["fieldmap"], ["fieldmap", "test"], ["fieldmap", "list"],
      ["fieldmap", "show"],
    ])
  func helpSaysWhatThereIs(command: [String]) throws {
    let outcome = try Program.run(Program.binary, command + ["--help"])
    #expect(outcome.status == 0)
    try expectGolden("help/\((["tenure"] + command).joined(separator: "-")).txt", outcome.output)
  }

  /// What was typed wrong is said with the usage alone.
  @Test func anUnknownOptionIsToldWithTheUsage() throws {
    let outcome = try Program.tenure("run", "--no-such")
    #expect(outcome.status == 64 && outcome.output == "" && outcome.errors.contains("Usage: tenure run"))
    #expect(try Program.tenure("help", "run").output == (try Program.tenure("run", "--help").output))
    #expect(try Program.tenure("--version").output == "0.1.0\n")
  }

  @Test func gapsOfAPackAsATable() throws {
    try expectGolden("gaps.txt", try Program.tenure("gaps", try Quickstart.pack()).output)
  }

  @Test func gapsAsJSONAreOneObjectALine() throws {
    let outcome = try Program.tenure("gaps", try Quickstart.pack(), "--format", "json")
    for event in try events(outcome.output).dropLast() {
      #expect(event["control"] is String && event["state"] is String && event["record"] is String)
    }
  }

  @Test func gapsFromInputsAreTheGapsOfThePack() throws {
    let fromInputs = try Program.tenure("gaps", "--config", Quickstart.config, "--format", "csv").output
    #expect(
      fromInputs
        == (try Program.tenure("gaps", try Quickstart.pack(), "--format", "csv").output.sortedByFramework(
          like: fromInputs)))
  }

  @Test func citationsThatNameNothingAreReadAndSaidSo() throws {
    let outcome = try Program.tenure("gaps", try Quickstart.pack(), "--control", "OWASP Agentic AI Top 10 | A2")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("reads as: owasp-asi-2026 ASI02"))
    #expect(outcome.output.contains("ASI02"))
    let rejected = try Program.tenure("gaps", try Quickstart.pack(), "--control", "ASI11")
    #expect(rejected.status == 1)
    #expect(rejected.errors.contains("not-an-id"))
  }

  @Test(arguments: [
    ("ASI02", "contradicted", 2), ("ASI01", "contradicted", 0), ("ASI01", "partial", 0), ("ASI01", "no-check", 2),
    ("MEASURE 3.1", "contradicted", 0), ("MEASURE 3.1", "cannot-tell", 2), ("MEASURE 3.1", "partial", 2),
    ("ASI02", "never", 0),
  ])
  func gapsEndWithTwoWhereAskedTo(control: String, level: String, status: Int) throws {
    let outcome = try Program.tenure("gaps", try Quickstart.pack(), "--control", control, "--fail-on", level)
    #expect(outcome.status == Int32(status), "\(outcome.output)")
  }

  @Test func gapsSayWhatOneMoreRecordWouldDo() throws {
    let table = try Program.tenure("gaps", try Quickstart.pack(), "--unlock").output
    #expect(table.contains(" would settle "))
    #expect(try Program.tenure("gaps", try Quickstart.pack()).output.hasSuffix(table))
    let rows = try Program.tenure("gaps", "--config", Quickstart.config, "--unlock", "--format", "csv").output
    #expect(rows.hasPrefix("record,settles,helps\n"))
    #expect(rows == (try Program.tenure("gaps", try Quickstart.pack(), "--unlock", "--format", "csv").output))
    let json = try Program.tenure("gaps", try Quickstart.pack(), "--unlock", "--format", "json").output
    #expect(try events(json).dropLast().allSatisfy { $0["event"] as? String == "unlock" })
  }

  @Test(arguments: ["2026-08-09T23:59:59.999999Z", "2026-08-10", "2026-08-23T23:59:59.999999Z", "2026-08-24T00:00:00Z"])
  func ownersAtTheEdgesOfAGap(instant: String) throws {
    let outcome = try Program.tenure("owners", "pii-to-trusted", "--at", instant, "--config", Quickstart.config)
    try expectGolden("owners-\(instant.replacingOccurrences(of: ":", with: "")).txt", outcome.output)
    #expect(outcome.status == (instant == "2026-08-10" || instant.hasPrefix("2026-08-23") ? 2 : 0))
  }

  @Test(arguments: ["table", "json"])
  func ownersAsKnownBeforeARecordWasAdded(format: String) throws {
    let outcome = try Program.tenure(
      "owners", "confidential-to-harbour", "--at", "2026-09-03", "--as-known-at", "2026-09-05", "--format", format,
      "--config", Quickstart.config)
    #expect(outcome.status == 0)
    try expectGolden("owners-as-known.\(format == "json" ? "json" : "txt")", outcome.output)
  }

  @Test func ownersAsKnownAtAnInstantThatIsNone() throws {
    let outcome = try Program.tenure("owners", "r", "--at", "2026-09-03", "--as-known-at", "then")
    #expect(outcome.status == 64)
  }

  /// A repository whose CODEOWNERS, OWNER file and catalog each name somebody, beside annotations of the policy.
  @Test func everySourceOfOwnershipIsNamedInTheConfiguration() throws {
    let scratch = try Scratch()
    let repository = scratch.path + "/repository"
    _ = try Program.tool("git", "init", "--quiet", "--initial-branch=main", repository)
    try scratch.write("repository/router/policy.yaml", "rules: [{id: a, action: allow}]\n")
    try scratch.write("repository/.gitlab/CODEOWNERS", "[Risk] @risk/leads\n/router/\n")
    try scratch.write("repository/router/OWNER", "@sam\n")
    try scratch.write(
      "repository/catalog-info.yaml",
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: router}\nspec: {owner: platform}\n")
    try scratch.write(
      "catalog.yaml",
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: router}\nspec: {owner: user:dana}\n")
    _ = try Program.tool("git", "add", "--all", in: repository)
    _ = try Program.tool(
      "git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message", "Begin",
      in: repository)
    func owners(_ source: String, at instant: String = "2090-01-01") throws -> Program.Outcome {
      try scratch.write(
        "tenure.yaml",
        "policy: [{git: repository, path: router/policy.yaml}]\nownership:\n  - {\(source)}\n")
      return try Program.tenure("owners", "a", "--at", instant, "--config", scratch.path + "/tenure.yaml")
    }
    #expect(try owners("codeowners: repository").output.contains("owner     @risk/leads (team)\n"))
    #expect(try owners("codeowners: repository, dialect: github").output.contains("nobody on record"))
    #expect(try owners("owner-files: repository").output.contains("owner     @sam\n"))
    #expect(try owners("backstage: repository").output.contains("owner     group:default/platform (team)\n"))
    let single = try owners("backstage: catalog.yaml, entity: router, from: 2026-07-01")
    #expect(single.output.contains("owner     user:default/dana (person)\n"), "\(single.output)")
    #expect(single.output.contains("basis     inherited\nsince     2026-07-01T00:00:00Z\n"), "\(single.output)")
    #expect(try owners("policy-annotations: true").output.contains("nobody on record"))
    #expect(try owners("codeowners: repository, dialect: svn").errors.contains("Write github or gitlab"))
    #expect(try owners("backstage: catalog.yaml, from: someday").status == 1)
    #expect(try owners("people: x").errors.contains("policy-annotations: true"))
  }

  @Test func ownersOfARuleThatNoVersionHas() throws {
    let outcome = try Program.tenure("owners", "no-such-rule", "--at", "2026-08-10", "--config", Quickstart.config)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("Known rules: "))
  }

  @Test(arguments: ["req-0702-0005", "req-0703-0004", "req-0910-0008"])
  func explainsADecisionInWords(request: String) throws {
    let outcome = try Program.tenure("explain", request, "--config", Quickstart.config)
    #expect(outcome.status == 0)
    try expectGolden("explain-\(request).txt", outcome.output)
  }

  @Test func explainsThatThereIsNoSuchRequest() throws {
    #expect(try Program.tenure("explain", "req-none", "--config", Quickstart.config).status == 1)
  }

  @Test func showConfigSaysWhereEachValueCameFrom() throws {
    let outcome = try Program.tenure(
      "show", "config", "--config", Quickstart.config, "--period", "2026-07", environment: ["TENURE_SAMPLE_SIZE": "3"])
    #expect(outcome.output.contains("2026-07  (flag --period)"))
    #expect(outcome.output.contains("3  (environment TENURE_SAMPLE_SIZE)"))
    #expect(outcome.output.contains("Example Mutual  (tenure.yaml)"))
  }

  @Test(arguments: [("previous-quarter", "2026-Q3"), ("previous-month", "2026-09")])
  func aPeriodCountedFromTodayIsSaidByItsName(asked: String, name: String) throws {
    let scratch = try Scratch()
    func scan(_ arguments: String..., today: String = "2026-10-01") throws -> Program.Outcome {
      try Program.run(
        Program.binary,
        ["scan", "--config", Quickstart.config, "--store", scratch.path + "/s.sqlite", "--period", asked] + arguments,
        environment: ["TENURE_TODAY": today])
    }
    #expect(try scan().output.hasPrefix("period       \(name) (\(asked))\n"))
    let scanned = try #require(
      try events(scan("--format", "json").output).first { $0["event"] as? String == "scanned" })
    #expect(scanned["period"] as? String == name)
    #expect(scanned["period_to"] as? String == "2026-10-01T00:00:00Z")
    #expect(try scan(today: "soon").errors.contains("TENURE_TODAY: soon is no day"))
  }

  @Test func asJSONTheLastLineSaysWhyACommandCouldNotFinish() throws {
    let outcome = try Program.tenure("show", "config", "--config", "no-such.yaml", "--format", "json")
    #expect(outcome.status == 1)
    let events = try events(outcome.output)
    #expect(events.map { $0["event"] as? String } == ["diagnostic", "ended"])
    #expect(events[1]["status"] as? String == "could-not-finish")
    #expect(outcome.errors == "error: \(try #require(events[1]["reason"] as? String))\n")
  }

  @Test func mappingsLintFindsNothing() throws {
    let outcome = try Program.tenure("mappings", "lint")
    #expect(outcome.status == 0)
    try expectGolden("mappings-lint.txt", outcome.output)
  }

  @Test func mappingsLintNamesABrokenMapping() throws {
    let scratch = try Scratch()
    try scratch.write(
      "checks/ours.yaml",
      "framework: owasp-asi-2026\nchecks:\n  - check: RG-NONE-01\n    controls:\n      - {control: ASI99, relation: equals, rationale: r}\n"
    )
    let outcome = try Program.tenure("mappings", "lint", "--mappings", scratch.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("RG-NONE-01 is no check of this version"))
    #expect(outcome.errors.contains("has no control ASI99"))
    #expect(outcome.errors.contains("equals is no relation"))
    #expect(outcome.errors.contains("error: mappings/checks/ours.yaml:5: "))
  }

  @Test func mappingsListNamesEveryFramework() throws {
    let outcome = try Program.tenure("mappings", "list")
    #expect(outcome.status == 0)
    try expectGolden("mappings-list.txt", outcome.output)
  }

  @Test(arguments: [
    (
      ["--data-class", "pii", "--model", "harbour*"], 2,
      "6 requests of class pii reached a model that matches harbour*."
    ),
    (
      ["--data-class", "pii", "--model", "minimax*"], 0,
      "No request of class pii reached a model that matches minimax*."
    ),
    (
      ["--agent", "policy-search", "--jurisdiction", "us"], 0,
      "No request of agent policy-search reached jurisdiction us."
    ),
  ])
  func proveNoneAnswersFromTheLogs(question: [String], status: Int32, answer: String) throws {
    let scratch = try Scratch()
    let shared = ["--config", Quickstart.config, "--store", scratch.path + "/s.sqlite"]
    let outcome = try Program.run(Program.binary, ["prove-none"] + shared + question)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.output.contains("answer       \(answer)\n"))
    #expect(outcome.output.contains("left out     2 blank, 6 malformed, 4 out of period"))
    let again = try Program.run(Program.binary, ["prove-none", "--format", "json"] + shared + question)
    #expect(again.status == status)
    let object = try #require(try events(again.output).last { $0["event"] as? String == "negative-proof" })
    #expect(object["answer"] as? String == answer)
    #expect(object["exit_status"] as? Int32 == status)
  }

  @Test func proveNoneSaysWhatWeakensItsAnswer() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1) + "no JSON\nno JSON\n")
    func ask(_ arguments: String...) throws -> Program.Outcome {
      try Program.run(Program.binary, ["prove-none", "--config", folder.path + "/tenure.yaml"] + arguments)
    }
    let outcome = try ask("--agent", "agent-*", "--model", "minimax*")
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.output.contains("weakened by  2 of 26 records are malformed"))
    #expect(try ask("--agent", "agent-*", "--model", "small").status == 2)
    let none = try ask("--agent", "nobody", "--model", "small")
    #expect(none.status == 5)
    #expect(none.errors.contains("The logs hold: agent-0, agent-1, agent-2."))
    for wrong in [
      [], ["--agent", "a"], ["--agent", "a", "--tool", "b", "--model", "c"], ["--agent", "", "--model", "c"],
    ] {
      #expect(try Program.run(Program.binary, ["prove-none"] + wrong).status == 64)
    }
  }

  @Test func initWritesAConfigurationThatRuns() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: Program.root + "/examples/quickstart", toPath: scratch.path + "/in")
    try FileManager.default.removeItem(atPath: scratch.path + "/in/tenure.yaml")
    let outcome = try Program.tenure("init", scratch.path + "/in")
    #expect(outcome.status == 0, "\(outcome.errors)")
    try expectGolden(
      "init-quickstart.yaml", try String(contentsOfFile: scratch.path + "/in/tenure.yaml", encoding: .utf8))
    let run = try Program.tenure("run", "--config", scratch.path + "/in/tenure.yaml", "--period", "2026-Q3")
    #expect(run.output.contains("343 judged"), "\(run.errors)")
    #expect(try Program.tenure("init", scratch.path + "/in").status == 1)
  }

  @Test(arguments: ["litellm", "openrouter"])
  func initFindsDeploymentsOfThePolicyAndIndependentTotals(example: String) throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/in"
    try FileManager.default.copyItem(atPath: Program.root + "/examples/" + example, toPath: folder)
    try FileManager.default.removeItem(atPath: folder + "/tenure.yaml")
    #expect(try Program.tenure("init", folder).status == 0)
    func judge(_ config: String, _ store: String) throws -> String {
      let lines = try Program.tenure(
        "run", "--config", config, "--period", "2026-Q3", "--out", scratch.path + "/" + store, "--store",
        scratch.path + "/\(store).sqlite"
      ).output.split(separator: "\n")
      return lines.filter { $0.hasPrefix("lines") || $0.hasPrefix("exceptions") }.joined(separator: "\n")
    }
    let stated = try judge(Program.root + "/examples/\(example)/tenure.yaml", "stated")
    #expect(stated.contains("exceptions"))
    #expect(try judge(folder + "/tenure.yaml", "found") == stated)
    let text = try String(contentsOfFile: folder + "/tenure.yaml", encoding: .utf8)
    #expect(
      text.contains(
        example == "litellm" ? "    deployed: \"deployed.csv\"" : "control-totals:\n  - path: \"activity.json\"\n"))
  }

  @Test func initDoesNotGuessWhichOfSeveralPoliciesWasDeployed() throws {
    let scratch = try Scratch()
    let policy = Program.root + "/examples/otlp/policy"
    for folder in ["/one", "/two"] { try FileManager.default.copyItem(atPath: policy, toPath: scratch.path + folder) }
    try "version,effective_from\nv1,2026-07-01\n".write(
      toFile: scratch.path + "/deployed.csv", atomically: true, encoding: .utf8)
    #expect(try Program.tenure("init", scratch.path).status == 0)
    let text = try String(contentsOfFile: scratch.path + "/tenure.yaml", encoding: .utf8)
    #expect(text.contains("    # deployed: \"deployed.csv\"") && !text.contains("    deployed:"), "\(text)")
  }

  @Test func detectSaysEachThingInWholeWords() throws {
    let scratch = try Scratch()
    try "/policy/ @gateway-team\n".write(toFile: scratch.path + "/CODEOWNERS", atomically: true, encoding: .utf8)
    try "routing:\n  signals:\n    keywords: []\n".write(
      toFile: scratch.path + "/fragment.yaml", atomically: true, encoding: .utf8)
    try "version,effective_from\nv1,2026-07-01\n".write(
      toFile: scratch.path + "/deployed.csv", atomically: true, encoding: .utf8)
    let output = try Program.tenure("detect", scratch.path).output
    #expect(output.contains("is              CODEOWNERS, 1 line\n"), "\(output)")
    #expect(output.contains("or under deployed beside texts of a policy"), "\(output)")
    #expect(output.contains("is              a fragment of a Semantic Router config"), "\(output)")
  }

  @Test func unknownOptionsAreUsage() throws {
    #expect(try Program.tenure("run", "--no-such-option").status == 64)
    #expect(try Program.tenure("owners", "r", "--at", "yesterday").status == 64)
  }

  @Test func aMissingConfigurationEndsWithTheNextStep() throws {
    let outcome = try Program.tenure("run", "--config", "/no/such/tenure.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("Check the path"))
  }

  @Test func nothingInThePeriodIsNothingToEvaluate() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "run", "--config", Quickstart.config, "--period", "2031", "--out", scratch.path, "--store",
      scratch.path + "/s.sqlite")
    #expect(outcome.status == 5)
    #expect(!FileManager.default.fileExists(atPath: scratch.path + "/2031"))
  }

  @Test func findingsEndWithTwoWhereAskedTo() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure(
      "run", "--config", Quickstart.config, "--out", scratch.path, "--store", scratch.path + "/s.sqlite", "--fail-on",
      "fail")
    #expect(outcome.status == 2)
  }

  @Test(
    arguments: [
      ("2026-07", "202607"), ("2026", "2026"), ("all", "all"), ("2026-07-01/2026-08-01", "20260701-20260801"),
      ("2026-07-01T00:00:00Z/2026-07-02T12:00:00+02:00", "20260701-20260702t100000z"),
    ])
  func everyFormOfPeriodNamesItsFolder(period: String, folder: String) throws {
    let logs = try LogFolder()
    try logs.write("logs/1.jsonl", LogFolder.day(1))
    let outcome = try logs.run("--period", period)
    #expect(outcome.lastLine.hasSuffix("/" + folder), "\(outcome.errors)")
  }

  @Test func aFolderThatIsNoPackIsNotOverwritten() throws {
    let scratch = try Scratch()
    try scratch.write("2026q3/mine.txt", "mine")
    let outcome = try Program.tenure(
      "run", "--config", Quickstart.config, "--out", scratch.path, "--store", scratch.path + "/s.sqlite")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is no pack"))
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/2026q3/mine.txt"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).filter { $0.hasPrefix(".2026q3") } == [])
  }
}

extension String {
  /// A pack lists its matrices by file name, the inputs by the configuration's order; the rows of each framework are the same.
  fileprivate func sortedByFramework(like other: String) -> String {
    func blocks(_ text: String) -> [String: [Substring]] {
      Dictionary(grouping: text.split(separator: "\n").dropFirst()) { String($0.prefix { $0 != "," }) }
    }
    var order: [String] = []
    for line in other.split(separator: "\n").dropFirst() {
      let framework = String(line.prefix { $0 != "," })
      if !order.contains(framework) { order.append(framework) }
    }
    let header = split(separator: "\n").first.map(String.init) ?? ""
    return ([header] + order.flatMap { framework in (blocks(self)[framework] ?? []).map(String.init) }).joined(
      separator: "\n") + "\n"
  }
}
