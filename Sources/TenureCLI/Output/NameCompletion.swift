internal import ArgumentParser
internal import Assessment
internal import Assets
internal import EvidenceModel
internal import Foundation
internal import Intake

/// Names that a shell completes. A name that cannot be found in time is left out, and trouble is never told: whoever presses
/// the tabulator asks for nothing else.
enum NameCompletion {
  /// Everything that `tenure explain` explains, but requests.
  static let explainable = CompletionKind.custom { words, _, _ in
    Checks.definitions.map(\.id) + DecisionClass.allCases.map(\.name) + states
      + DiagnosticArea.all.flatMap { $0.explanations.map(\.id) } + controls() + (await rules(words))
  }

  static let rule = CompletionKind.custom { words, _, _ in await rules(words) }
  static let ruleOrControl = CompletionKind.custom { words, _, _ in await rules(words) + controls() }
  static let control = CompletionKind.custom { (_, _, _) async in controls() }

  private static let states = CheckResult.allCases.map(\.rawValue) + ControlState.allCases.map(\.rawValue)
  private static let patience = Duration.seconds(1)
  private static let longest = 200

  private static func controls() -> [String] {
    MappingLibrary(.embedded).frameworks.flatMap { $0.controls.filter { !$0.isGroup }.map(\.display) }
  }

  /// Ids of rules out of the policy of the configuration that the command line names.
  private static func rules(_ words: [String]) async -> [String] {
    let path = configuration(words)
    let (answers, answer) = AsyncStream.makeStream(of: [String].self)
    Task.detached { answer.yield(await PolicyNames(configuration: path)?.rules() ?? []) }
    Task.detached {
      try? await Task.sleep(for: patience)
      answer.yield([])
    }
    for await names in answers { return names.filter(isPlain) }
    return []
  }

  private static func configuration(_ words: [String]) -> String {
    var path = "tenure.yaml"
    for (place, word) in words.enumerated() {
      if ["--config", "-c"].contains(word), words.indices.contains(place + 1) { path = words[place + 1] }
      if word.hasPrefix("--config=") { path = String(word.dropFirst(9)) }
    }
    path = path.trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
    return path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
  }

  /// A name that means nothing to a terminal, and is one line.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= longest
      && !name.unicodeScalars.contains {
        $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
      }
  }
}

/// The rules of a policy, read without running a program: of a repository the files that are checked out.
private struct PolicyNames {
  private let configuration: Configuration

  init?(configuration path: String) {
    guard let read = try? Configuration(path: path, flags: [:], environment: [:]) else { return nil }
    configuration = read
  }

  func rules() async -> [String] {
    var sources: [PolicySource] = []
    var names: [String] = []
    for source in configuration.policy {
      switch source {
      case .folder(let folder, let format, _, _): sources.append(.folder(folder, format: format))
      case .table(let rules, let versions, _): sources.append(.table(rules: rules, versions: versions))
      case .presets: sources.append(source)
      case .git(let repository, let path, let format, _, _):
        let place = plan([]).path(of: repository) + "/" + path
        guard let file = try? WholeFile(name: path, path: place), let text = try? file.text(),
          let policy = try? PolicyFormat.read(text, name: path, stated: format).policy
        else { continue }
        names += policy.rules.map(\.id)
      }
    }
    names += await plan(sources).read().history.ruleIDs
    return ByName(grouping: names) { $0 }.keys.sortedBytewise()
  }

  private func plan(_ policy: [PolicySource]) -> InputPlan {
    InputPlan(directory: configuration.directory, policy: policy, ownership: [])
  }
}
