internal import CFileNames
package import EvidenceModel
internal import Foundation
internal import Glibc

/// `seal/` of a pack: outside the manifest, since it is made from its digest. For each signer three files, and a fourth where
/// there is a time stamp:
/// `<role>-<key>.statement.json` (what is said), `.envelope.json` (DSSE), `.sig` (the 64 bytes, for `openssl`), `.tsr`.
package struct SealFolder: Sendable {
  package static let name = "seal"
  /// A statement is about one kilobyte; a time stamp with its certificates some.
  static let largestFile = 1 << 20
  static let mostSeals = 64

  let pack: String

  package init(of pack: String) { self.pack = pack }

  /// The stem of a signer's files: `prepared-by-3f2a9c0d1e4b5a67`.
  static func stem(_ role: SealRole, _ keyID: String) -> String { "\(role.rawValue)-\(keyID.prefix(16))" }

  /// The stems of all seals that are there, in the order of their names.
  func stems() -> [String] {
    names().filter { $0.hasSuffix(".envelope.json") }.map { String($0.dropLast(".envelope.json".count)) }
  }

  func names() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(pack)/\(Self.name)")) ?? []).sortedBytewise()
  }

  /// The bytes of a regular file of a bearable size; links are not followed.
  func bytes(_ file: String) -> [UInt8]? {
    let descriptor = open("\(pack)/\(Self.name)/\(file)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let data = try? handle.read(upToCount: Self.largestFile + 1), data.count <= Self.largestFile
    else { return nil }
    return Array(data)
  }

  /// Signs the manifest of the pack.
  /// - Parameters:
  ///   - manifest: the digest of `manifest.xml`, of a pack that was verified.
  ///   - previousManifest: how the pack names the one before it.
  /// - Returns: the stem of the files that were written.
  package func add(
    manifest: Digest, pack facts: SealStatement.Pack, previousManifest: Digest?, role: SealRole, signer: String?,
    key: SealPrivateKey
  ) throws -> String {
    let keyID = key.publicKey.id
    let stem = Self.stem(role, keyID)
    let earlier = stems().filter { $0 != stem }.compactMap { stem in
      bytes(stem + ".envelope.json").map {
        SealStatement.Earlier(name: stem, sha256: Digest(of: $0).description)
      }
    }
    let statement = SealStatement(
      manifest: manifest, role: role, signer: signer, pack: facts, previousManifest: previousManifest,
      earlierSeals: earlier)
    let payload = try statement.bytes()
    let signature = try key.signature(of: Envelope.signedBytes(of: payload))
    let envelope = try Envelope(payload: payload, signatures: [(keyID, signature)]).bytes()
    // A stamp of an earlier signature says nothing of this one.
    let outdated = bytes(stem + ".sig") == signature ? [] : [stem + ".tsr"]
    try put(
      [(stem + ".statement.json", payload), (stem + ".sig", signature), (stem + ".envelope.json", envelope)],
      removing: outdated)
    return stem
  }

  /// Puts a time stamp beside a signature, after holding the one against the other.
  /// - Parameter file: what an authority answered.
  /// - Returns: the stem of the seal whose signature it names.
  package func attach(timestamp file: String) throws(Diagnostic) -> String {
    guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: Self.largestFile + 1),
      data.count <= Self.largestFile
    else {
      throw Diagnostic(
        id: "seal-timestamp-missing", file: file, summary: "cannot be read as a time stamp",
        nextStep: "Name the answer of a time-stamp authority.")
    }
    let token = Array(data)
    let stamp = try Timestamp(token, file: file)
    for stem in stems() {
      guard let signature = bytes(stem + ".sig"), stamp.names(signature) else { continue }
      do {
        try put([(stem + ".tsr", token)])
      } catch {
        throw Diagnostic(
          id: "seal-not-written", file: "\(Self.name)/\(stem).tsr", summary: error.localizedDescription,
          nextStep: "Check the disk and the rights of the folder.")
      }
      return stem
    }
    throw Diagnostic(
      id: "seal-timestamp-other", file: file, summary: "this time stamp names none of the pack's signatures",
      nextStep: "Ask for one with `openssl ts -query -data seal/NAME.sig -sha256 -cert`.")
  }

  /// Adds files in one step: a seal is there whole or not at all, whenever the program is killed. What is not finished lies
  /// beside the pack, since inside it every file counts.
  private func put(_ files: [(name: String, bytes: [UInt8])], removing outdated: [String] = []) throws {
    let target = "\(pack)/\(Self.name)"
    let place = URL(fileURLWithPath: pack).standardizedFileURL
    let temporary = "\(place.deletingLastPathComponent().path)/.\(place.lastPathComponent).\(getpid()).seal"
    let manager = FileManager.default
    try? manager.removeItem(atPath: temporary)
    defer { try? manager.removeItem(atPath: temporary) }
    if manager.fileExists(atPath: target) {
      try manager.copyItem(atPath: target, toPath: temporary)
    } else {
      try manager.createDirectory(atPath: temporary, withIntermediateDirectories: false)
    }
    for name in outdated { _ = unlink("\(temporary)/\(name)") }
    for file in files { try Data(file.bytes).write(to: URL(fileURLWithPath: "\(temporary)/\(file.name)")) }
    guard manager.fileExists(atPath: target) else { return try manager.moveItem(atPath: temporary, toPath: target) }
    if tenure_exchange_names(temporary, target) == 0 { return }
    // A file system that cannot exchange two names: file by file, so that no seal that is there is ever missing.
    for name in outdated { _ = unlink("\(target)/\(name)") }
    for file in files {
      guard rename("\(temporary)/\(file.name)", "\(target)/\(file.name)") == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    }
  }
}
