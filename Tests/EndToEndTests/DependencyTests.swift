import Foundation
import Testing

/// `docs/dependencies.md` names what is used, and nothing else.
struct DependencyTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Program.root + "/" + path, encoding: .utf8)
  }

  @Test func everyPackageHasItsReason() throws {
    let page = try text("docs/dependencies.md")
    let packages = try text("Package.swift").matches(of: /\.package\(url: "([^"]+)"/).map { String($0.1) }
    try #require(packages.count > 3)
    for url in packages { #expect(page.contains("](\(url))"), "\(url)") }
    for line in try text("Scripts/debian-packages.txt").split(separator: "\n") where !line.hasPrefix("#") {
      let name = try #require(line.split(separator: " ").last)
      #expect(page.contains("`\(name)`"), "\(name)")
    }
  }

  @Test func nothingIsNamedThatIsNotUsed() throws {
    let manifest = try text("Package.swift")
    for match in try text("docs/dependencies.md").matches(of: /^\| \[[^\]]+\]\(([^)]+)\)/.anchorsMatchLineEndings()) {
      #expect(manifest.contains(match.1), "\(match.1)")
    }
  }
}
