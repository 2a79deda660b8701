internal import ArgumentParser
internal import Assets
internal import Comparison
internal import EvidenceModel
internal import Foundation
internal import PackArchive
internal import Seal
internal import Verification

/// Puts a finished pack into one file.
struct ZipCommand: DocumentedCommand {
  static let help = CommandHelp(
    examples: [
      "tenure zip reports/2026q3": "makes reports/2026q3.zip",
      "tenure zip reports/2026q3 --out handover.zip": "under another name",
      "tenure verify handover.zip": "what its receiver runs",
    ],
    about: """
      Verifies the pack, then writes it with its seals into one file. The same pack gives the same bytes. Commands that read a
      pack take the zip as well. Seal a pack before, since a zip cannot be sealed.
      """,
    endings: [
      .done: "the zip is written",
      .couldNotFinish: "it cannot be written, or something else has its name",
      .verificationFailed: "the pack is not sound and no zip was made",
    ])

  static let configuration = CommandConfiguration(
    commandName: "zip", abstract: "Puts a pack into one zip.",
    discussion: help.discussion)

  @Argument(help: ArgumentHelp("The folder of a pack.", valueName: "pack"), completion: .file())
  var pack: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The zip; a zip that is there is replaced. Beside the pack unless given.", valueName: "file"),
    completion: .file())
  var out: String?

  @Option(help: "How results are printed: text, json.")
  var format = OutputFormat.text

  func run() async throws {
    try await finish(format) {
      let folder = pack.count > 1 && pack.hasSuffix("/") ? String(pack.dropLast()) : pack
      let target = out ?? folder + ".zip"
      try refuseOtherFile(target)
      let report = PackVerifier.verify(folder, assets: .embedded)
      guard report.isSound, let manifest = report.manifestDigest, let name = report.packName else {
        Terminal.diagnostics(report.faults, as: format)
        Terminal.talk("The pack is not sound, and no zip was made: \(report.faultCount) faults.")
        return .verificationFailed
      }
      let files = try files(of: folder, manifest)
      let temporary = target + ".\(ProcessInfo.processInfo.processIdentifier)"
      defer { try? FileManager.default.removeItem(atPath: temporary) }
      let bytes = try ZipWriter.write(files, of: folder, as: name, to: temporary)
      guard rename(temporary, target) == 0 else {
        throw Diagnostic(
          id: "zip-write", file: target, summary: "cannot be written", nextStep: "Check the folder and its rights.")
      }
      switch format {
      case .text:
        Terminal.talk("\(files.count) files, \(bytes) bytes, manifest \(manifest)")
        Terminal.result(target)
      case .json:
        Terminal.event(
          "zipped",
          [
            "pack": .text(folder), "file": .text(target), "files": .whole(files.count), "bytes": .whole(bytes),
            "manifest_sha256": .text(manifest.description),
          ])
      }
      return .done
    }
  }

  /// Everything that the manifest lists, the two lists themselves, and the seals.
  private func files(of folder: String, _ manifest: Digest) throws -> [ZipWriter.File] {
    let listed = try PackFolder(folder)
    var files = listed.digests(under: "").map { ZipWriter.File(path: $0.key, digest: $0.value) }
    files.append(ZipWriter.File(path: "manifest.xml", digest: manifest))
    files.append(ZipWriter.File(path: "SHA256SUMS", digest: nil))
    let seals = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + SealFolder.name)) ?? []
    return files + seals.map { ZipWriter.File(path: SealFolder.name + "/" + $0, digest: nil) }
  }

  private func refuseOtherFile(_ target: String) throws(Diagnostic) {
    guard FileManager.default.fileExists(atPath: target) else { return }
    let handle = FileHandle(forReadingAtPath: target)
    defer { try? handle?.close() }
    guard let head = try? handle?.read(upToCount: 4), head == Data([0x50, 0x4B, 0x03, 0x04]) else {
      throw Diagnostic(
        id: "zip-in-the-way", file: target, summary: "is there already and is no zip",
        nextStep: "Move it away, or name another file with --out.")
    }
  }
}
