internal import CFileNames
internal import EvidencePack
internal import Foundation
internal import Glibc

/// A folder that receives packs. As long as this lives, no other run puts one there.
final class PackShelf {
  private let folder: String
  private let descriptor: Int32
  /// False on a file system without locks.
  private let isAlone: Bool

  init(_ folder: String) throws {
    self.folder = folder
    try Self.makeFolder(folder)
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw PackError.cannotWrite(path: folder, reason: String(cString: strerror(errno)))
    }
    var status = flock(descriptor, LOCK_EX | LOCK_NB)
    if status != 0, errno == EWOULDBLOCK {
      Terminal.talk("Another run is putting a pack into \(folder); this one waits for it.")
      repeat { status = flock(descriptor, LOCK_EX) } while status != 0 && errno == EINTR
    }
    isAlone = status == 0
  }

  deinit { close(descriptor) }

  /// Makes a folder and those above it, where they are not there.
  static func makeFolder(_ path: String, attributes: [FileAttributeKey: Any]? = nil) throws(PackError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: attributes)
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// An empty folder to make a pack in. What killed runs left behind of this pack is removed.
  func temporary(for name: String) throws -> String {
    clearLeftovers(of: name)
    let temporary = folder + "/" + Self.temporaryName(of: name)
    try Self.makeFolder(temporary)
    return temporary
  }

  /// What a run calls something that it has not finished.
  static func temporaryName(of name: String) -> String { ".\(name).\(ProcessInfo.processInfo.processIdentifier)" }

  private func clearLeftovers(of name: String) {
    let files = FileManager.default
    let prefix = ".\(name)."
    for file in (try? files.contentsOfDirectory(atPath: folder)) ?? [] where file.hasPrefix(prefix) {
      let parts = file.dropFirst(prefix.count).split(separator: ".")
      guard let process = parts.first.flatMap({ Int32($0) }), isAlone || kill(process, 0) != 0 && errno == ESRCH else {
        continue
      }
      let leftover = folder + "/" + file
      if parts.last == "before", !files.fileExists(atPath: folder + "/" + name) {
        // It was killed after it had moved the pack aside.
        try? files.moveItem(atPath: leftover, toPath: folder + "/" + name)
      } else {
        try? files.removeItem(atPath: leftover)
      }
    }
  }

  /// Puts a finished pack in its place. At every moment a whole pack stands there: the one before, or this one.
  func put(_ temporary: String, as name: String) throws {
    let target = folder + "/" + name
    if tenure_exchange_names(temporary, target) == 0 {
      // The pack before; what cannot be removed is a leftover for the next run.
      try? FileManager.default.removeItem(atPath: temporary)
    } else if access(target, F_OK) != 0 {
      try Self.rename(temporary, to: target)
    } else {
      // A file system that cannot exchange two names: for a moment neither stands there, and a run that is killed in it
      // leaves the one before under a name by which the next run finds it.
      let before = temporary + ".before"
      try Self.rename(target, to: before)
      do {
        try Self.rename(temporary, to: target)
      } catch {
        try? Self.rename(before, to: target)
        throw error
      }
      try? FileManager.default.removeItem(atPath: before)
    }
    fsync(descriptor)
  }

  static func rename(_ path: String, to target: String) throws(PackError) {
    guard Glibc.rename(path, target) == 0 else {
      throw .cannotWrite(path: target, reason: String(cString: strerror(errno)))
    }
  }
}
