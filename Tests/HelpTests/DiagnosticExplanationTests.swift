import EvidenceModel
import Foundation
import TenureCLI
import Testing

/// Every id of a diagnostic is explained, and nothing else is.
@Suite struct DiagnosticExplanationTests {
  private static let explained = DiagnosticArea.all.flatMap(\.explanations)

  @Test func everyIdOfTheSourcesIsExplained() throws {
    let ids = Set(Self.explained.map(\.id))
    let found = try Self.idsInSources()
    #expect(found.plain.count > 300)
    #expect(
      found.plain.subtracting(ids).sorted() == [], "ids that are not explained: see Sources/TenureCLI/Diagnostics")
    let made = found.patterns.map { pattern in ids.filter { $0.wholeMatch(of: pattern) != nil } }
    #expect(made.allSatisfy { !$0.isEmpty }, "an id that is put together, and no explanation is of such a one")
    let known = found.plain.union(made.flatMap(\.self)).union(RejectReason.allCases.map(\.rawValue))
    #expect(ids.subtracting(known).sorted() == [], "explanations of ids that the program does not print")
  }

  @Test func explanationsAreInOrderAndWholeSentences() {
    for area in DiagnosticArea.all {
      let ids = area.explanations.map(\.id)
      #expect(ids == ids.sorted(), "\(area.title)")
    }
    #expect(Set(Self.explained.map(\.id)).count == Self.explained.count)
    for one in Self.explained {
      #expect(one.meaning.hasSuffix(".") && one.meaning.count < 260, "\(one.id)")
      #expect(!one.nextStep.isEmpty && one.nextStep.count < 200, "\(one.id)")
    }
  }

  @Test func theDocumentListsThem() throws {
    let difference = try GeneratedFile.difference("docs/diagnostics.md", DiagnosticsDocument.text)
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// Ids as the sources write them: after `id:` of a diagnostic, or first in a call of a function that makes one. An id
  /// with something put in is a pattern.
  private static func idsInSources() throws -> (plain: Set<String>, patterns: [Regex<AnyRegexOutput>]) {
    let root = GeneratedFile.root + "/Sources"
    // Not of Swift's own kind, which takes seconds for as much text.
    let calls = try [
      #"(?:Diagnostic\(|problem\([^\n]*,)\s*id: ((?:[A-Za-z]+ \? )?"[^"]+"(?: : "[^"]+")?)"#,
      #"_ what: String, id: String = ("[^"]+")"#,
      #"(?<!settings\.)\b(?:note|bad|warn|problem|fault|report|add|diagnostic|notePattern)\(\s*("[a-z0-9]+(?:-[a-z0-9]+)+"),"#,
    ].map { try NSRegularExpression(pattern: $0) }
    var found: Set<String> = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) where name.hasSuffix(".swift") {
      // The doctor names areas so, and the explanations are what is asked about.
      if name.hasPrefix("TenureCLI/Diagnostics/") || name.hasPrefix("TenureCLI/Commands/Doctor/") { continue }
      let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8) as NSString
      for call in calls {
        for match in call.matches(in: text as String, range: NSRange(location: 0, length: text.length)) {
          let literals = text.substring(with: match.range(at: 1)).split(
            separator: "\"", omittingEmptySubsequences: false)
          for index in stride(from: 1, to: literals.count, by: 2) { found.insert(String(literals[index])) }
        }
      }
    }
    // A problem with a key of the configuration is called by the key.
    found.subtract(["sample-size", "reject-tolerance", "hole-hours"])
    let patterns = try found.filter { $0.contains("\\(") }.map { id in
      try Regex(id.replacing(/\\\(.*\)/, with: "[a-z-]+"))
    }
    return (found.filter { !$0.contains("\\(") }, patterns)
  }
}
