package import ArgumentParser

/// What the help of a command says beside its options. The manual pages, `docs/commands.md` and the table of
/// `docs/exit-statuses.md` are made from the same words.
package struct CommandHelp: Sendable {
  package struct Example: Sendable {
    /// As one types it, in one line.
    package let command: String
    package let shows: String

    /// Broken before options where it is long, as a shell takes it.
    package var lines: [String] {
      var lines: [String] = []
      for part in command.split(separator: " -", omittingEmptySubsequences: false).enumerated() {
        let word = part.offset == 0 ? String(part.element) : "-" + part.element
        if let last = lines.last, last.count + 1 + word.count <= CommandHelp.width {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(lines.isEmpty ? word : "  " + word)
        }
      }
      return lines.enumerated().map { $0.offset < lines.count - 1 ? $0.element + " \\" : $0.element }
    }
  }

  package struct Ending: Sendable {
    package let status: Int32
    package let meaning: String
  }

  /// Columns of an example's line: a terminal of 80, without the margin and the sign that a line goes on.
  fileprivate static let width = 74

  package let examples: [Example]
  /// What the command does, as paragraphs. One that begins with a space is shown as it stands.
  package let about: [String]
  /// How it can end, by status.
  package let endings: [Ending]

  /// - Parameter about: paragraphs with an empty line between.
  init(
    examples: KeyValuePairs<String, String>, about: String = "", endings: KeyValuePairs<ExitStatus, String>
  ) {
    self.examples = examples.map { Example(command: $0.key, shows: $0.value) }
    self.about = about.split(separator: "\n\n").map { paragraph in
      paragraph.hasPrefix(" ") ? String(paragraph) : String(paragraph.replacing("\n", with: " "))
    }
    self.endings =
      endings.map { Ending(status: $0.key.rawValue, meaning: $0.value) }
      + [Ending(status: ExitCode.validationFailure.rawValue, meaning: Self.usage)]
  }

  package static let usage = "usage: an unknown flag, a missing argument, a value that is none"

  /// What stands between the first line of the help and the usage.
  var discussion: String {
    let examples = examples.flatMap { $0.lines.map { "  " + $0 } + ["      " + $0.shows] }
    return ([(["EXAMPLES:"] + examples).joined(separator: "\n")] + about).joined(separator: "\n\n")
  }

  /// What stands below the options.
  var endingsText: String {
    let lines = endings.map { ending in
      Self.wrapped(ending.meaning, indent: 6, first: "  \(ending.status)".filled(to: 6))
    }
    return "EXIT STATUS:\n" + lines.joined(separator: "\n")
  }

  fileprivate static func wrapped(_ text: String, indent: Int, first: String) -> String {
    wrapped(text.split(separator: " ").map(String.init), indent: indent, first: first)
  }

  /// Parts that are not to be broken, in lines of 80 columns.
  fileprivate static func wrapped(_ parts: [String], indent: Int, first: String) -> String {
    var lines = [first]
    for part in parts {
      let isEmpty = lines[lines.count - 1].count <= indent
      if !isEmpty, lines[lines.count - 1].count + 1 + part.count > 80 {
        lines.append(String(repeating: " ", count: indent) + part)
      } else {
        lines[lines.count - 1] += (isEmpty ? "" : " ") + part
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// A command that says in its help how it is used and how it ends.
package protocol DocumentedCommand: AsyncParsableCommand {
  static var help: CommandHelp { get }
}

/// A help screen as ArgumentParser makes it, with the exit statuses, for which it has no place, below the options, and the
/// usage in lines.
enum HelpScreen {
  private static let usage = "USAGE: "

  /// - Parameter message: what ArgumentParser would print; nil where that is no help screen of ours.
  static func completed(_ message: String) -> String? {
    var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard message.hasPrefix("OVERVIEW: "), let place = lines.firstIndex(where: { $0.hasPrefix(usage) }) else {
      return nil
    }
    let parts = Self.parts(lines[place].dropFirst(usage.count))
    var command: any ParsableCommand.Type = Tenure.self
    for word in parts.dropFirst() {
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else { break }
      command = next
    }
    guard let documented = command as? any DocumentedCommand.Type else { return nil }
    lines[place] = CommandHelp.wrapped(parts, indent: usage.count, first: usage)
    if lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n\n" + documented.help.endingsText
  }

  /// The words of a usage; an option in brackets, or with its value, is one.
  private static func parts(_ usage: Substring) -> [String] {
    var parts: [String] = []
    for word in usage.split(separator: " ").map(String.init) {
      if let last = parts.last, last.hasPrefix("[") ? !last.hasSuffix("]") : last.hasPrefix("--") && !last.contains(" ")
      {
        parts[parts.count - 1] = last + " " + word
      } else {
        parts.append(word)
      }
    }
    return parts
  }
}
