import Foundation
import Testing

/// The commands on `verify.html`, run as they stand there.
struct VerifyYourselfTests {
  /// What each command on the page must print to standard output; nil: anything, so long as it succeeds.
  private static let silent: [String: String?] = [
    "sha256sum -c": nil, "find evidence": "", "xsltproc": "", "sed -n": "", "python3 -c": nil, "tenure verify": nil,
  ]

  @Test func everyCommandOnThePageDoesWhatThePageSays() throws {
    let pack = try Quickstart.pack()
    let page = try String(contentsOfFile: pack + "/verify.html", encoding: .utf8)
    let commands = page.components(separatedBy: "<pre class=\"command\" tabindex=\"0\"><code>").dropFirst().map {
      $0.components(separatedBy: "</code>")[0].replacingOccurrences(of: "&lt;", with: "<")
        .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    }
    var seen = Set<String>()
    // The logs are not part of a pack, so the commands on them have nothing to read here. Seals have a test of their own.
    for command in commands
    where command != "sha256sum logs/*" && !command.hasPrefix("tail -c") && !command.contains("seal/NAME") {
      let kind = try #require(Self.silent.keys.first { command.hasPrefix($0) }, "\(command)")
      seen.insert(kind)
      let path = (Program.binary as NSString).deletingLastPathComponent + ":/usr/bin:/bin"
      let outcome = try Program.run(
        "/bin/bash", ["-o", "pipefail", "-c", command], in: pack, environment: ["PATH": path])
      #expect(outcome.status == 0, "\(command): \(outcome.errors.suffix(500))")
      if let expected = Self.silent[kind] ?? nil { #expect(outcome.output == expected, "\(command)") }
    }
    #expect(seen.count == Self.silent.count)
  }

  @Test func aPageThatWasChangedIsNamed() throws {
    let scratch = try Scratch()
    let pack = scratch.path + "/pack"
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: pack)
    let scope = try String(contentsOfFile: pack + "/scope.html", encoding: .utf8)
    try scratch.write("pack/scope.html", scope.replacingOccurrences(of: "</main>", with: "</mane>"))
    let page = try String(contentsOfFile: pack + "/verify.html", encoding: .utf8)
    let command = try #require(page.components(separatedBy: "<code>").first { $0.hasPrefix("sed -n") })
      .components(separatedBy: "</code>")[0].replacingOccurrences(of: "&lt;", with: "<")
      .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    let outcome = try Program.run("/bin/bash", ["-c", command], in: pack)
    let errors = outcome.output + outcome.errors
    #expect(errors.contains("scope.html"))
    #expect(errors.split(separator: "\n").count == 1)
  }
}
