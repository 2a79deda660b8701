internal import Foundation

@testable internal import EvidenceModel
@testable internal import Seal

/// Seals and keys, which come with a pack from anywhere.
let sealTargets = [
  FuzzTarget("seal-envelope") { (bytes) throws(BrokenPromise) in
    try check(["prepared-by-0.envelope.json": bytes])
    // The statement inside, in an envelope that can be read.
    let envelope = Envelope(payload: bytes, signatures: [(keyID: "0", signature: [0])])
    guard let text = try? envelope.bytes() else { throw BrokenPromise(description: "an envelope cannot be written") }
    try check([
      "prepared-by-0.envelope.json": text, "prepared-by-0.statement.json": bytes, "prepared-by-0.sig": [0],
      "prepared-by-0.tsr": bytes,
    ])
  },
  FuzzTarget("seal-timestamp") { (bytes) throws(BrokenPromise) in
    guard let stamp = try? Timestamp(bytes, file: "stamp.tsr") else { return }
    _ = stamp.names(bytes)
  },
  FuzzTarget("seal-key") { (bytes) throws(BrokenPromise) in
    let folder = FuzzFolder("key")
    folder.with(["key.pem": bytes]) {
      _ = try? SealPublicKey(contentsOf: folder.path + "/key.pem")
      _ = try? SealPrivateKey(contentsOf: folder.path + "/key.pem").publicKey
    }
  },
]

private func check(_ files: [String: [UInt8]]) throws(BrokenPromise) {
  let folder = FuzzFolder("seals")
  var placed: [String: [UInt8]] = [:]
  for (name, bytes) in files { placed["\(SealFolder.name)/\(name)"] = bytes }
  try folder.with(placed) { () throws(BrokenPromise) in
    let report = SealReport.check(
      SealFolder(of: folder.path), manifest: Digest(of: "manifest"), previousManifest: nil, trusted: [])
    try expect(!report.seals.contains { $0.worth == .trusted }, "a seal is trusted though nobody is")
  }
}
