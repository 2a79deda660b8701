import ArgumentParser
import Foundation
import TenureCLI
import Testing

/// Help, manual pages and reference are made from the same words.
@Suite struct HelpTests {
  private static let version = Tenure.configuration.version

  @Test func everyCommandSaysHowItIsUsedAndHowItEnds() throws {
    for page in try CommandPage.all() {
      #expect(!page.abstract.isEmpty && !page.help.examples.isEmpty, "\(page.name)")
      #expect(page.help.endings.map(\.status) == page.help.endings.map(\.status).sorted(), "\(page.name)")
      #expect(page.help.endings.first?.status == 0 && page.help.endings.last?.status == 64, "\(page.name)")
    }
  }

  /// An example that the command line refuses would be worse than none.
  @Test func everyExampleIsACommandLineThatIsRead() throws {
    var count = 0
    for page in try CommandPage.all() {
      for example in page.help.examples {
        guard let start = example.command.range(of: "tenure "), !example.command.hasPrefix("openssl") else { continue }
        let line = example.command[start.upperBound...].prefix { $0 != ">" }
        #expect(throws: Never.self, "\(example.command)") { _ = try Tenure.parseAsRoot(Self.words(line)) }
        count += 1
      }
    }
    #expect(count > 50)
  }

  @Test func examplesFitAnOrdinaryTerminal() throws {
    for page in try CommandPage.all() {
      for example in page.help.examples {
        for line in example.lines.map({ "  " + $0 }) + ["      " + example.shows] {
          #expect(line.count <= 80, "\(line)")
        }
        #expect(
          example.lines.map { $0.hasSuffix(" \\") ? String($0.dropLast(2)) : $0 }.map {
            $0.trimmingCharacters(in: .whitespaces)
          }.joined(separator: " ") == example.command)
      }
    }
  }

  /// A shell that knows the command completes nothing that the command does not ask for, not even paths.
  @Test func everyPathIsCompleted() throws {
    let paths = ["file", "folder", "pack", "path", "partial", "map", "earlier", "later", "file:start-end"]
    var count = 0
    for page in try CommandPage.all() {
      for argument in page.arguments where paths.contains(argument.valueName ?? "") {
        let kinds = argument.completionKind?.keys.sorted() ?? []
        #expect(kinds == ["file"] || kinds == ["directory"], "\(page.name) \(argument.spellings) \(argument.value)")
        count += 1
      }
    }
    #expect(count > 60)
  }

  @Test func manualPagesAreThoseOfTheHelp() throws {
    let pages = try CommandPage.all().map { ManualPage(page: $0, version: Self.version) }
    for page in pages {
      let difference = try GeneratedFile.difference(page.file, page.text)
      #expect(difference == nil, "\(difference ?? "")")
    }
    let folder = GeneratedFile.root + "/docs/man"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".1") }
    #expect(Set(files.map { "docs/man/" + $0 }) == Set(pages.map(\.file)), "pages of commands that there are not")
  }

  @Test func theReferenceIsThatOfTheHelp() throws {
    let difference = try GeneratedFile.difference("docs/commands.md", ReferenceDocument.text(CommandPage.all()))
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func theTableOfExitStatusesIsThatOfTheHelp() throws {
    let path = "docs/exit-statuses.md"
    let text = try String(contentsOfFile: GeneratedFile.root + "/" + path, encoding: .utf8)
    let parts = text.components(separatedBy: Self.mark)
    try #require(parts.count == 3)
    let table = "\n\n" + ReferenceDocument.endings(try CommandPage.all()) + "\n"
    let difference = try GeneratedFile.difference(path, [parts[0], table, parts[2]].joined(separator: Self.mark))
    #expect(difference == nil, "\(difference ?? "")")
    for ending in Tenure.help.endings {
      let row = parts[0].split(separator: "\n").first { $0.hasPrefix("| \(ending.status) |") }
      #expect(row?.hasSuffix("| \(ending.meaning.replacing("usage: ", with: "")) |") == true, "\(ending)")
    }
  }

  /// Stands before and after what is generated.
  private static let mark = "<!-- written by make accept -->"

  /// As a shell takes a line without variables.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character == " " {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
