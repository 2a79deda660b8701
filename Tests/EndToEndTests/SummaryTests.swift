import Foundation
import Testing

/// A pack in the few lines that a scheduled job mails.
struct SummaryTests {
  /// Without the path, which is another one in each run.
  private func told(_ pack: String, _ arguments: String...) throws -> String {
    let outcome = try Program.run(Program.binary, ["summary", pack] + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.replacingOccurrences(of: pack, with: "PACK")
  }

  @Test func aPackFitsIntoAMail() throws {
    let text = try told(try Quickstart.pack(), "--mail")
    try expectGolden("summary.txt", text)
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count < 998 })
    let body = try #require(text.range(of: "\n\n")).upperBound
    #expect(try told(try Quickstart.pack()) == String(text[body...]))
  }

  @Test func theSummarySaysWhatTheRunSaid() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1) + "no JSON\n")
    let run = try folder.run("--format", "json")
    let finished = try #require(try events(run.output).last { $0["event"] as? String == "finished" })
    let pack = try #require(finished["pack"] as? String)
    let summary = try #require(try events(try told(pack, "--format", "json")).first)
    #expect(summary["event"] as? String == "summary")
    for member in [
      "judged", "exceptions", "malformed", "checks_pass", "checks_fail", "checks_exception", "checks_cannot_tell",
      "checks_not_applicable",
    ] { #expect(summary[member] as? Int == finished[member] as? Int, "\(member)") }
    #expect(summary["manifest_sha256"] as? String == finished["manifest_sha256"] as? String)
    #expect(run.status == 3 && summary["complete"] as? Bool == false)
    #expect((summary["next_step"] as? String)?.contains("scope.html") == true)
    #expect((summary["subject"] as? String)?.contains("incomplete") == true)
  }

  /// The organisation comes from the configuration; nothing of it may become a line of a mail's head.
  @Test func noNameBecomesALineOfTheHead() throws {
    let folder = try LogFolder()
    try folder.write("logs/1.jsonl", LogFolder.day(1))
    let config = try String(contentsOfFile: folder.path + "/tenure.yaml", encoding: .utf8)
    try folder.write("tenure.yaml", config + "\norganisation: \"Example\\r\\nBcc: dana@example.org\\r\\n\\u202e\"\n")
    let text = try told(try folder.run().lastLine, "--mail")
    let head = try #require(text.components(separatedBy: "\n\n").first)
    #expect(head.split(separator: "\n").count == 5)
    #expect(!head.contains("Bcc") && !text.contains("\nBcc") && !text.contains("\r") && !text.contains("\u{202E}"))
  }

  @Test func whereNoCheckFailsTheNextStepIsTheRecordThatIsMissing() throws {
    let folder = try LogFolder()
    let lines = (0..<24).map { hour in
      let (time, model) = (String(format: "2026-07-01T%02d:00:00Z", hour), "model-\(hour % 4)")
      return #"{"ts":"\#(time)","request_id":"r-\#(hour)","agent":"agent-1","data_class":"public","rule_id":"rest","#
        + #""requested_model":"\#(model)","served_model":"\#(model)","provider":"of-\#(model)","#
        + #""deployment":"at-\#(model)","outcome":"success"}"# + "\n"
    }
    try folder.write("logs/1.jsonl", lines.joined())
    let text = try told(try folder.run().lastLine, "--mail")
    #expect(text.contains("checks fail, ") && text.contains(": 0 of "), "\(text)")
    #expect(
      text.contains("Next: Keep the first record above that is missing: no check fails, but not every check could"))
    #expect(!text.contains("seal"))
  }

  @Test func aPackWhoseDocumentWasChangedIsRefused() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: scratch.path + "/pack")
    let document = scratch.path + "/pack/evidence/exchange.xml"
    try (String(contentsOfFile: document, encoding: .utf8).replacingOccurrences(of: "343", with: "344"))
      .write(toFile: document, atomically: true, encoding: .utf8)
    let outcome = try Program.tenure("summary", scratch.path + "/pack")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("its bytes are not the ones that the manifest names"), "\(outcome.errors)")
  }
}
