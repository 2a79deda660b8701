internal import ArgumentParser
internal import Assets
internal import Disclosure
internal import EvidenceModel
internal import PackArchive

/// Shows one hidden value of a pack, so that its reader can check it.
struct RevealCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure reveal handover/2026q3-auditor --key ~/tenure.key --internal reports/2026q3 --record decision-d39800cd649a --field request-id":
        "the request id of one decision"
    ],
    about: """
      A pack for auditors or the public binds its owner to each hidden person, team, agent and request by a digest in
      data/commitments.csv. This prints the value and the salt of one; whoever has the pack checks them with

        printf '%s%s' SALT VALUE | sha256sum
      """,
    endings: [
      .done: "shown",
      .couldNotFinish: "the key, the internal pack or the record is another one",
    ])

  static let configuration = CommandConfiguration(
    commandName: "reveal", abstract: "Shows one hidden value of a disclosed pack, with its salt.",
    discussion: help.discussion)

  @Argument(
    help: ArgumentHelp("The folder of the disclosed pack, or a zip of it.", valueName: "pack"), completion: .file())
  var pack: String

  @Option(help: ArgumentHelp("The key that the pack was made with.", valueName: "file"), completion: .file())
  var key: String

  @Option(
    help: ArgumentHelp("The internal pack that it was made from, or a zip of it.", valueName: "folder"),
    completion: .directory)
  var `internal`: String

  @Option(help: ArgumentHelp("The row: the first column of data/commitments.csv.", valueName: "anchor"))
  var record: String

  @Option(help: ArgumentHelp("The second column: request-id, agent, owner, author, ….", valueName: "name"))
  var field: String

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      let secret = try KeyFile.read(key, outside: [pack, `internal`])
      let outer = try OpenedPack(pack)
      defer { outer.close() }
      let inner = try OpenedPack(`internal`)
      defer { inner.close() }
      let one = try Revelation.reveal(
        record: record, field: field, of: try InternalPack(outer.folder),
        from: try InternalPack(inner.folder), secret: secret, assets: .embedded)
      guard format == .text else {
        Terminal.event(
          "revealed",
          [
            "record": .text(one.record), "field": .text(one.field), "value": .text(one.value),
            "salt": .text(one.salt), "commitment": .text(one.commitment.description),
          ])
        return .done
      }
      Terminal.result("value       \(one.value)")
      Terminal.result("salt        \(one.salt)")
      Terminal.result("commitment  \(one.commitment)")
      return .done
    }
  }
}
