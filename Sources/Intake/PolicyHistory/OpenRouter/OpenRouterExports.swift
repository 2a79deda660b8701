internal import EvidenceModel
internal import Foundation

extension PolicyReading {
  /// The API's answers to presets, their versions and guardrails: one file, or every `.json` of a folder. Together they are
  /// one history, since a request may name any of an account's presets.
  static func presets(_ name: String, path: String) -> PolicyReading {
    var reading = PolicyReading()
    var isDirectory: ObjCBool = false
    var files = [(name: name, path: path)]
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      files = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".json") }
        .sortedBytewise().map { (name.hasSuffix("/") ? name + $0 : name + "/" + $0, path + "/" + $0) }
      if files.isEmpty {
        reading.diagnostics.append(
          Diagnostic(
            id: "policy-folder-empty", file: name, summary: "holds no .json file",
            nextStep: "Put the API's answers into the folder, or name another source of the policy."))
      }
    }
    var history = OpenRouterHistory()
    for (shown, path) in files {
      var input = InputFile(
        kind: .policy, name: shown, format: PolicyFormat.openRouterPreset.rawValue, bytes: nil, digest: nil, records: 0)
      do throws(Diagnostic) {
        let file = try WholeFile(name: shown, path: path)
        input.bytes = file.bytes.count
        input.digest = file.digest
        OpenRouterPreset.add(try JSON5Text.read(try file.text(), name: shown), name: shown, to: &history)
      } catch {
        reading.diagnostics.append(error)
      }
      reading.inputs.append(input)
    }
    var records: ByName<Int> = [:]
    for state in history.states() {
      records[state.source.file, default: 0] += 1
      // The API has no text of a version, so its rules stand for one.
      let lines = state.rules.flatMap { rule in
        [rule.id] + rule.fieldTexts.filter { $0.name != "settings" }.map { "  \($0.name): \($0.value)" }
          + rule.settings.map { "  \($0.name): \($0.value)" }
      }
      let text = lines.joined(separator: "\n") + "\n"
      reading.versions.append(
        PolicyVersion(
          id: state.id, effectiveFrom: state.instant, recordedAt: state.instant, author: state.author,
          source: "\(state.source.file):\(state.source.line)", text: SecretRedaction.redact(text),
          digest: Digest(of: text), rules: state.rules))
    }
    for index in reading.inputs.indices { reading.inputs[index].records = records[reading.inputs[index].name] ?? 0 }
    reading.diagnostics += history.diagnostics
    return reading
  }
}
