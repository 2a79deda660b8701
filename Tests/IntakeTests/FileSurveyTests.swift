import EvidenceModel
import Foundation
import Intake
import TestSupport
import Testing

/// What a file is, by its content.
@Suite struct FileSurveyTests {
  /// The kind in a few words.
  static func words(_ survey: FileSurvey) -> String {
    switch survey.kind {
    case .routingLog(let log): "log \(log.format.format.name) \(log.decisions)"
    case .policy(let format, let policy): "policy \(format.rawValue) \(policy.rules.count)"
    case .register(let kind, let rows): "register \(kind.rawValue) \(rows)"
    case .controlTotals(let rows): "totals \(rows)"
    case .gitBundle: "bundle"
    case .codeowners(let lines): "codeowners \(lines)"
    case .ownershipFile(let kind): "owners \(kind.rawValue)"
    case .other(let what, _): "other \(what)"
    }
  }

  private func survey(_ text: String) throws -> String {
    try withTemporaryFolder { folder in
      Self.words(try FileSurvey(path: try folder.write(text, to: "file"), name: "file"))
    }
  }

  @Test func aLogIsKnownByItsRecords() throws {
    #expect(try survey(DecisionLine().json + "\n") == "log native 1")
  }

  @Test(arguments: [
    ("rule_id,owner,from,to\nr,dana,2026-01-01,\n", "register ownership 1"),
    ("model,tier\nsmall,1\nlarge,2\n", "register models 2"),
    ("deployment;jurisdiction\neast;us\n", "register deployments 1"),
    ("alias,person\n@dana,dana\n", "register aliases of people 1"),
    ("owner,team,left_at\ndana,,\n", "register people 1"),
    ("employee_id,email\n1,dana@example.org\n", "register people 1"),
    ("id,userPrincipalName\n1,dana@example.org\n", "register people 1"),
    ("agent,owner\na,dana\n", "register agents 1"), ("tool,owner\nt,dana\n", "register tools 1"),
    ("rule_id,reviewed_at,reviewer\nr,2026-07-01,dana\n", "register reviews 1"),
    ("id,kind,at\nt,incident,2026-07-01\n", "register review triggers 1"),
    ("id,owner,noticed_at\ni,dana,2026-07-01\n", "register incidents 1"),
    ("Issue key,Created\nGOV-1,02/Mar/26 8:20 AM\n", "register incidents 1"),
    ("version,reason\nv1,cost\n", "register records of changes 1"),
    ("identity,from\ndana,2026-01-01\n", "register who may change the policy 1"),
    ("credential,owner\nkey-1,dana\n", "register credentials 1"),
    ("provider,from,document\np,2026-01-01,terms.pdf\n", "register provider terms 1"),
    ("kind,subject,at,trial,by\nmodel,m,2026-01-01,yes,dana\n", "register switch-offs 1"),
    ("id,asked_at,requester\ne,2026-01-01,dana\n", "register human escalations 1"),
    ("log,oldest_at,checked_at,checked_by\n*,2026-01-01,2026-02-01,dana\n", "register log retention 1"),
    ("id,from,ordered_by,period\nH-1,2026-01-01,counsel,2026\n", "register legal holds 1"),
    ("file,sha256\na,00\n", "register digests of logs 1"),
    ("rule_id,band,from,set_by\na,0.1,2026-01-01,dana\n", "register tolerances of drift 1"),
    ("version,effective_from,reason\nv1,2026-01-01,new\n", "register policy versions 1"),
    (#"{"schemas":["g"],"displayName":"g","members":[]}"#, "register people 1"),
    (#"{"incidents":[{"incident_number":1,"created_at":"2026-03-02T08:12:00Z"}]}"#, "register incidents 1"),
    ("date,model,requests\n2026-07-01,small,3\n", "totals 1"),
  ])
  func aTableIsKnownByItsColumns(text: String, kind: String) throws { #expect(try survey(text) == kind) }

  @Test func aPolicyIsKnownByItsKeys() throws {
    #expect(try survey("rules:\n  - {id: r, action: allow}\n") == "policy native 1")
    #expect(
      try survey("model_list:\n  - {model_name: small, litellm_params: {model: p/small}}\n").hasPrefix("policy litellm")
    )
  }

  @Test(arguments: [
    ("", "other an empty file"), ("# v2 git bundle\nabc refs/heads/main\n", "bundle"),
    ("* @gateway-team\n/policy/ @dana\n", "codeowners 2"),
    ("[Policy][2] @gateway-team\n/policy/\n^[Notes] @@developers\n*.md # as they are @dana\n", "codeowners 4"),
    ("* @gateway-team\n/a @dana\n/b @dana\n/c @sam\n/d dana\n", "codeowners 5"),
    ("contact: dana@example.org\nreviewer: sam@example.org\n", "other a file of an unknown kind"),
    ("# Router\nAsk dana@example.org or @gateway-team.\n[Docs](docs) by @dana\n", "other a text of an unknown kind"),
    ("# owners\n@dana\n@gateway-team\n", "owners an OWNER file"),
    ("approvers: [dana]\nreviewers: [sam]\n", "owners a Kubernetes OWNERS file"),
    ("filters: {'.*': {approvers: [dana]}}\n", "owners a Kubernetes OWNERS file"),
    ("sys_id,name,owned_by\n1,router,dana\n", "owners a ServiceNow table of configuration items"),
    (
      "tablename,documentkey,fieldname,oldvalue,newvalue\ncmdb_ci,1,owned_by,dana,sam\n",
      "owners a ServiceNow audit export"
    ),
    ("aliases: {leads: [dana]}\n", "owners a Kubernetes OWNERS_ALIASES file"),
    (
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: router}\nspec: {owner: gateway-team}\n",
      "owners a Backstage catalog entry"
    ),
    (
      "commit 0123456789abcdef0123456789abcdef01234567\n\n{\"ts\":\"2026-07-01T00:00:00Z\",\"outcome\":\"success\"}\n",
      "other an export of git log"
    ),
    ("{\"mcpServers\":{}}", "other a list of MCP servers"), ("hello\n", "other a text of an unknown kind"),
    ("{\"a\":1}", "other a file of an unknown kind"),
  ])
  func whatIsNoInputIsNamedWhereItIsKnown(text: String, kind: String) throws { #expect(try survey(text) == kind) }

  @Test func bytesThatAreNoTextAreSaidToBeNone() throws {
    let words = try withTemporaryFolder { folder in
      Self.words(try FileSurvey(path: try folder.write([0xFF, 0xFE, 0x00, 0x80], to: "file"), name: "file"))
    }
    #expect(words == "other no text")
  }

  @Test func aFileThatIsNotThereIsADiagnostic() {
    #expect(throws: Diagnostic.self) { try FileSurvey(path: "/nowhere/at/all", name: "all") }
  }

  @Test func aSurveyCountsHowFieldsAreFilled() throws {
    let lines = [
      DecisionLine.with { $0.deployment = "east" },
      .with { line in
        line.agent = nil
        line.outcome = "error"
        line.ts = "2026-07-16T00:00:00Z"
      },
    ].map { $0.json + "\n" }
    try withTemporaryFolder { folder in
      let path = try folder.write(lines.joined() + "oops\n", to: "log")
      let log = try LogSurvey(path: path, format: DetectedFormat(format: .native, shape: .lines))
      #expect(log.decisions == 2)
      #expect(log.rejects[.notJSON]?.n == 1)
      #expect(log.rejects[.notJSON]?.first.line == 3)
      #expect([log.first, log.last] == [at("2026-07-15T12:00:00Z"), at("2026-07-16")])
      #expect(log.filled[.agent]?.n == 1)
      #expect(log.neverFilled == [.provider, .claimedRule, .escalatedFrom, .trigger, .tools])
    }
  }
}

/// Every real sample is read, or refused by what it is.
@Suite(.enabled(if: AllSamples.arePresent, AllSamples.missing))
struct EverySampleTests {
  @Test func everySampleIsReadOrNamed() throws {
    var unknown: [String] = []
    var count = 0
    for file in AllSamples.files {
      let survey = try FileSurvey(path: AllSamples.folder + "/" + file, name: file)
      count += 1
      let words = FileSurveyTests.words(survey)
      if words.hasPrefix("other a file of an unknown kind") || words.hasPrefix("other a text of an unknown kind") {
        unknown.append(file)
      }
    }
    #expect(count > 150)
    #expect(unknown == [])
  }
}

enum AllSamples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/reference/samples").standardizedFileURL.path
  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }
  static let missing: Comment = "the samples folder ../shared/reference/samples is not beside this checkout"

  static var files: [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { name in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isDirectory)
        && !isDirectory.boolValue && !name.hasSuffix("ORIGIN.md")
    }.sortedBytewise()
  }
}
