import ArgumentParser
import Foundation
import TenureCLI

/// One command as its manual page and its part of the reference show it: the words of its help, and the arguments that
/// ArgumentParser knows of. What is hidden there is hidden here.
struct CommandPage {
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
    }

    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var allValues: [String]?
    var completionKind: [String: Completion]?

    /// How a shell completes it; what comes with a kind is of no interest here.
    struct Completion: Decodable {
      init(from decoder: any Decoder) {}
    }

    var isPositional: Bool { kind == "positional" }
    var value: String { isPositional || kind == "option" ? "<\(valueName ?? "value")>" : "" }

    /// `-c, --config`
    var spellings: [String] {
      (names ?? []).sorted { $0.name.count < $1.name.count }.map { ($0.kind == "short" ? "-" : "--") + $0.name }
    }

    var text: String {
      let further = [
        allValues.map { "values: " + $0.joined(separator: ", ") }, defaultValue.map { "default: " + $0 },
      ].compactMap(\.self)
      return (abstract ?? "") + (further.isEmpty ? "" : " (\(further.joined(separator: "; ")))")
    }
  }

  private struct Node: Decodable {
    var commandName: String
    var abstract: String?
    var arguments: [Argument]?
    var subcommands: [Node]?
  }

  private struct Dump: Decodable { var command: Node }

  /// As it is typed: `tenure mappings lint`.
  let words: [String]
  let abstract: String
  let help: CommandHelp
  let arguments: [Argument]
  /// Names and first lines of those below it.
  let subcommands: [(name: String, abstract: String)]

  var name: String { words.joined(separator: " ") }

  /// `[--period <period>]`
  var usage: [String] {
    let parts = arguments.map { argument in
      let text = ([argument.spellings.last] + [argument.value]).compactMap(\.self).filter { !$0.isEmpty }
        .joined(separator: " ")
      let whole = text + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "[\(whole)]" : whole
    }
    return [name] + parts + (subcommands.isEmpty ? [] : ["<subcommand>"])
  }

  /// Every command, those below another one after it.
  static func all() throws -> [CommandPage] {
    let dump = try JSONDecoder().decode(Dump.self, from: Data(Tenure._dumpHelp().utf8))
    return try pages(dump.command, Tenure.self, above: [])
  }

  struct Undocumented: Error { var command: String }

  private static func pages(
    _ node: Node, _ type: any ParsableCommand.Type, above: [String]
  ) throws -> [CommandPage] {
    let words = above + [node.commandName]
    guard let documented = type as? any DocumentedCommand.Type else {
      throw Undocumented(command: words.joined(separator: " "))
    }
    let inner = (node.subcommands ?? []).filter { $0.commandName != "help" }
    let page = CommandPage(
      words: words, abstract: node.abstract ?? "", help: documented.help,
      arguments: (node.arguments ?? []).filter(\.shouldDisplay),
      subcommands: inner.map { ($0.commandName, $0.abstract ?? "") })
    let types = type.configuration.subcommands
    return try [page]
      + inner.flatMap { sub in
        guard let type = types.first(where: { $0._commandName == sub.commandName }) else {
          throw Undocumented(command: sub.commandName)
        }
        return try pages(sub, type, above: words)
      }
  }
}

/// A file of the source tree that is made from the program's own words.
enum GeneratedFile {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// What is wrong with it, nil where it is up to date. `make accept` writes it.
  static func difference(_ path: String, _ text: String) throws -> String? {
    let file = root + "/" + path
    if ProcessInfo.processInfo.environment["TENURE_ACCEPT"] != nil {
      try FileManager.default.createDirectory(
        atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      return nil
    }
    let written = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    guard written != text else { return nil }
    let (lines, expected) = (
      written.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let first = zip(lines, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let line = first ?? min(lines.count, expected.count)
    return
      "\(path) is stale: line \(line + 1) should be \(line < expected.count ? expected[line] : "the end"); `make accept` writes it anew"
  }
}
