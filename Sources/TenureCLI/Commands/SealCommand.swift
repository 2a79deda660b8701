internal import ArgumentParser
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import Seal
internal import Verification
internal import XMLDocuments

/// Signs the digest of a pack's manifest, and so every file of the pack.
struct SealCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "openssl genpkey -algorithm ed25519 -out preparer.pem": "makes a key; then: chmod 600 preparer.pem",
      "tenure seal reports/2026q3 --key preparer.pem --signer \"gateway-team\"": "signs",
      "tenure seal reports/2026q3 --key reviewer.pem --role reviewed-by": "a second seal, by whoever reviewed the pack",
      "tenure seal reports/2026q3 --timestamp answer.tsr": "attaches what a time-stamp authority answered",
    ],
    about: """
      Verifies the pack, then signs the digest of its manifest with an Ed25519 key and writes the seal into seal/ of the pack: an
      in-toto statement in a DSSE envelope, and the plain signature for openssl. Several people can seal one pack; each
      later seal names the earlier ones. A seal shows that the holder of a key vouched for these bytes; it does not show that
      the records were true, nor when it was made.
      """,
    endings: [
      .done: "sealed, or the time stamp is attached",
      .couldNotFinish: "no such key, or no such time stamp",
      .verificationFailed: "the pack is not sound and was not sealed",
    ])

  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "Signs a pack.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The folder of a pack.", valueName: "pack"), completion: .file())
  var pack: String

  @Option(
    help: ArgumentHelp("A private Ed25519 key in PEM, readable by its owner alone.", valueName: "file"),
    completion: .file())
  var key: String?

  @Option(help: "As what the key's holder signs: prepared-by, reviewed-by.")
  var role = SealRole.preparedBy

  @Option(help: ArgumentHelp("Who signs, in words that stand in the statement.", valueName: "name"))
  var signer: String?

  @Option(
    help: ArgumentHelp(
      "A time-stamp response (RFC 3161) over one of the signatures, to keep beside it.", valueName: "file"),
    completion: .file())
  var timestamp: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func validate() throws {
    guard (key == nil) != (timestamp == nil) else {
      throw ValidationError("Name a --key to seal the pack, or a --timestamp to attach.")
    }
    guard signer.map({ (1...200).contains($0.utf8.count) }) ?? true else {
      throw ValidationError("--signer takes 1 to 200 bytes.")
    }
  }

  func run() async throws {
    try await finish(format) {
      let folder = SealFolder(of: pack)
      if let timestamp { return written("\(try folder.attach(timestamp: timestamp)).tsr") }
      guard let key else { return .couldNotFinish }
      let privateKey = try SealPrivateKey(contentsOf: key)
      let report = PackVerifier.verify(pack, assets: .embedded)
      guard report.isSound, let manifest = report.manifestDigest else {
        Terminal.diagnostics(report.faults, as: format)
        Terminal.talk("The pack is not sound, and was not sealed: \(report.faultCount) faults.")
        return .verificationFailed
      }
      let stem = try folder.add(
        manifest: manifest, pack: try facts(), previousManifest: try PackFolder(pack).previousManifest(), role: role,
        signer: signer, key: privateKey)
      Terminal.talk("Sealed manifest \(manifest) with key \(privateKey.publicKey.id).")
      return written("\(stem).envelope.json")
    }
  }

  private func written(_ file: String) -> ExitStatus {
    let path = "\(SealFolder.name)/\(file)"
    switch format {
    case .text: Terminal.result(path)
    case .json: Terminal.event("sealed", ["pack": .text(pack), "file": .text(path)])
    }
    return .done
  }

  private func facts() throws(Diagnostic) -> SealStatement.Pack {
    let index = try PackFolder(pack).document("evidence/pack.xml")
    defer { withExtendedLifetime(index) {} }
    let context = index.root?.child("context")
    return SealStatement.Pack(
      id: index.root?["id"] ?? "", organisation: context?["organisation"] ?? "", period: context?["period"] ?? "",
      level: context?["level"] ?? "")
  }
}

extension SealRole: ExpressibleByArgument {}
