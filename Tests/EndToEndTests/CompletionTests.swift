import Foundation
import Testing

/// What a shell offers when the tabulator is pressed.
@Suite struct CompletionTests {
  /// As the generated scripts ask: the words so far, and which of them is to be completed.
  private func complete(_ command: String, _ argument: String, _ words: [String]) throws -> [String] {
    let outcome = try Program.run(
      Program.binary,
      ["---completion", command, "--", argument, String(words.count - 1), String(words.last?.count ?? 0)] + words,
      environment: ["SAP_SHELL": "bash"])
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map(String.init)
  }

  @Test func explainOffersEveryKindOfName() throws {
    let names = try complete("explain", "positional@0", ["tenure", "explain", "--config", Quickstart.config, ""])
    for name in ["RG-OWN-01", "drift_not_escalated", "cannot-tell", "register-empty", "ASI02", "pii-to-trusted"] {
      #expect(names.contains { $0.hasPrefix(name) }, "\(name)")
    }
  }

  @Test func rulesComeFromThePolicyOfTheConfiguration() throws {
    let rules = try complete("owners", "positional@0", ["tenure", "owners", "--config=" + Quickstart.config, ""])
    #expect(rules.contains("pii-to-trusted") && !rules.contains("RG-OWN-01"))
  }

  @Test func withoutAConfigurationNothingIsOfferedAndNothingIsSaid() throws {
    #expect(try complete("owners", "positional@0", ["tenure", "owners", "--config", "/no/such.yaml", ""]) == [])
    let scratch = try Scratch()
    try scratch.write("tenure.yaml", "routing-logs: [a]\npolicy: [{folder: gone}, {git: gone, path: p.yaml}]\n")
    #expect(
      try complete("owners", "positional@0", ["tenure", "owners", "-c", scratch.path + "/tenure.yaml", ""]) == [])
  }

  @Test func aNameThatCouldSteerATerminalIsNotOffered() throws {
    let scratch = try Scratch()
    try scratch.write(
      "policy/2026-01-01.yaml", "rules: [{id: \"a\u{202E}b\", action: allow}, {id: d, action: allow}]\n")
    try scratch.write("tenure.yaml", "policy: [{folder: policy}]\n")
    #expect(
      try complete("owners", "positional@0", ["tenure", "owners", "-c", scratch.path + "/tenure.yaml", ""]) == ["d"])
  }

  /// Bash itself, with the script that it would load.
  @Test func bashCompletesACheckARuleAndAPath() throws {
    let scratch = try Scratch()
    let script = try Program.tenure("--generate-completion-script", "bash").output
    try scratch.write("tenure.bash", script)
    try FileManager.default.createSymbolicLink(atPath: scratch.path + "/tenure", withDestinationPath: Program.binary)
    func offered(_ words: String...) throws -> [String] {
      let quoted = words.map { "'\($0)'" }.joined(separator: " ")
      let line = words.joined(separator: " ")
      try scratch.write(
        "ask.bash",
        """
        source tenure.bash
        PATH="$PWD:$PATH"
        COMP_WORDS=(\(quoted)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
        _tenure tenure "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """)
      let outcome = try Program.run("/usr/bin/env", ["bash", "ask.bash"], in: scratch.path)
      return outcome.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(try offered("tenure", "explain", "RG-OWN-0") == ["RG-OWN-01", "RG-OWN-02", "RG-OWN-03"])
    #expect(try offered("tenure", "owners", "--config", Quickstart.config, "pii-") == ["pii-to-trusted"])
    #expect(try offered("tenure", "doc") == ["doctor"])
    #expect(try offered("tenure", "verify", "ask") == ["ask.bash"])
  }
}
