import Foundation
import Testing

/// What `make install` puts where. That the Debian package works in a Debian without Swift is `make package-test`.
struct InstallTests {
  /// Made anew in every test run, beside the built products.
  private static let installed = Result {
    let root = (Program.binary as NSString).deletingLastPathComponent + "/installed-for-tests"
    try? FileManager.default.removeItem(atPath: root)
    let outcome = try Program.run(
      Program.root + "/Scripts/install.sh", [Program.binary], environment: ["DESTDIR": root, "PREFIX": "/opt/tenure"])
    try #require(outcome.status == 0, "\(outcome.errors)")
    return root + "/opt/tenure"
  }

  private func prefix() throws -> String { try Self.installed.get() }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: prefix() + "/" + path, encoding: .utf8)
  }

  /// Folders that hold what the sources hold are not listed file by file.
  @Test func everyThingHasItsPlace() throws {
    let whole = ["share/man", "share/tenure/mappings/", "share/tenure/templates/"]
    let documents = "share/doc/tenure/"
    let lines = try FileManager.default.subpathsOfDirectory(atPath: prefix()).filter { path in
      !whole.contains { path.hasPrefix($0) } && !(path.hasPrefix(documents) && path.split(separator: "/").count > 4)
    }
    try expectGolden("install-layout.txt", lines.sorted().joined(separator: "\n") + "\n")
    for (ours, theirs) in [
      ("mappings", "share/tenure/mappings"), ("templates", "share/tenure/templates"), ("docs/man", "share/man/man1"),
    ] {
      let sources = (try? FileManager.default.subpathsOfDirectory(atPath: Program.root + "/" + ours)) ?? []
      let there = (try? FileManager.default.subpathsOfDirectory(atPath: prefix() + "/" + theirs)) ?? []
      #expect(Set(there) == Set(sources), "\(ours)")
    }
  }

  @Test func everyLinkOfTheDocumentationLeadsSomewhere() throws {
    let top = try prefix() + "/share/doc/tenure"
    var count = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: top) where name.hasSuffix(".md") {
      guard let page = try? String(contentsOfFile: top + "/" + name, encoding: .utf8) else { continue }
      let folder = (top + "/" + name as NSString).deletingLastPathComponent
      for match in page.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
        count += 1
        #expect(FileManager.default.fileExists(atPath: folder + "/" + match.1), "\(name): \(match.1)")
      }
    }
    #expect(count > 100)
  }

  @Test func theUnitNamesThePlacesOfItsPrefix() throws {
    let unit = try text("lib/systemd/system/tenure.service")
    #expect(unit.contains("\nExecStart=/opt/tenure/libexec/tenure/quarterly.sh\n"))
    #expect(unit.contains("file:///opt/tenure/share/doc/tenure/docs/pipelines.md\n"))
    #expect(!unit.contains("/usr/local/"))
    #expect(FileManager.default.isExecutableFile(atPath: try prefix() + "/libexec/tenure/quarterly.sh"))
  }

  @Test(arguments: [
    ("share/bash-completion/completions/tenure", "complete -o filenames -F _tenure tenure"),
    ("share/zsh/site-functions/_tenure", "#compdef tenure"),
    ("share/fish/vendor_completions.d/tenure.fish", "complete -c 'tenure'"),
  ])
  func completionsAreThoseOfTheProgram(path: String, line: String) throws {
    let script = try text(path)
    #expect(script.contains(line), "\(path)")
    #expect(script.contains("prove-none"))
  }

  @Test func aPrefixThatIsNoPathIsRefused() throws {
    let outcome = try Program.run(
      Program.root + "/Scripts/install.sh", [Program.binary], environment: ["PREFIX": "opt", "DESTDIR": "/dev/null"])
    #expect(outcome.status == 64)
    let missing = try Program.run(
      Program.root + "/Scripts/install.sh", ["/no/such/tenure"], environment: ["DESTDIR": "/dev/null"])
    #expect(missing.status == 1 && missing.errors.contains("make build"))
  }
}
