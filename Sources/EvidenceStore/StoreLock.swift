internal import EvidenceModel
internal import Foundation
internal import Glibc

/// Keeps a second run away from a store. The system drops the lock when its holder ends, however that ends.
final class StoreLock: Sendable {
  private let descriptor: Int32

  /// - Throws: `held` with what the holder says of itself.
  init(of store: String) throws(StoreError) {
    // Through links, so that one store under two names is one store.
    let target = realpath(store, nil).map { resolved in
      defer { free(resolved) }
      return String(cString: resolved)
    }
    let path = (target ?? store) + ".lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: store, reason: String(cString: strerror(errno)))
    }
    // Whoever only asks who holds it holds it for an instant; a run that begins just then tries again.
    var triesLeft = 5
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      guard reason == EWOULDBLOCK else { throw .cannotOpen(path: store, reason: String(cString: strerror(reason))) }
      guard triesLeft > 0 else { throw .held(path: store, holder: Self.said(descriptor)) }
      triesLeft -= 1
      usleep(10_000)
    }
    let process = ProcessInfo.processInfo
    let holder = "process \(process.processIdentifier) of \(OperatingUser.name) on \(process.hostName)\n"
    ftruncate(descriptor, 0)
    _ = holder.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit { close(descriptor) }

  /// Who has a store open, as they say of themselves; nil where nobody has. Makes no file.
  static func holder(of store: String) -> String? {
    let descriptor = open(store + ".lock", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // Held shared, and for this instant only.
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
    return said(descriptor)
  }

  private static func said(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = max(0, read(descriptor, &bytes, bytes.count))
    let holder = String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return holder.isEmpty ? "a process that did not say its number" : holder
  }
}
