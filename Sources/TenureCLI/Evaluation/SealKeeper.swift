internal import EvidenceModel
internal import Foundation
internal import Seal

/// What becomes of seals when a pack is made where one stands.
enum SealKeeper {
  /// A pack that somebody vouched for stands there, and this one differs.
  struct Sealed: Error, CustomStringConvertible {
    var path: String
    var description: String {
      "\(path) is sealed, and the pack that was made now differs from it. Move it away, or name another folder with --out."
    }
  }

  /// The same pack again keeps its seals; another one never takes the place of a sealed one.
  /// - Parameter manifest: of the new pack, which lies in `temporary`.
  static func keepSeals(of target: String, in temporary: String, manifest: Digest) throws {
    let files = FileManager.default
    let seals = target + "/" + SealFolder.name
    guard files.fileExists(atPath: seals) else { return }
    let before = files.contents(atPath: target + "/" + SealStatement.manifestName)
    guard let before, Digest(of: Array(before)) == manifest else { throw Sealed(path: target) }
    try files.copyItem(atPath: seals, toPath: temporary + "/" + SealFolder.name)
  }
}
