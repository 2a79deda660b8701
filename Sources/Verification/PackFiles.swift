internal import EvidenceModel
internal import Glibc

/// The files of a pack that somebody else made and may be changing while it is read. Nothing outside the folder is reached, no
/// link is followed, no pipe or device is waited for, and a file that reads otherwise the second time is known.
final class PackFiles {
  /// Regular files that are there, with their sizes in bytes when they were found.
  private(set) var sizes: [String: Int] = [:]
  private(set) var folders: Set<String> = []
  /// Files whose bytes were not the same each time they were read.
  private(set) var changed: Set<String> = []
  private var seen: [String: Digest] = [:]
  private let root: Int32

  /// What stands in the folder and in no pack.
  struct Oddity {
    enum Kind { case special, unreadable, misnamed, tooMany, tooLarge }

    var kind: Kind
    var path: String
  }

  /// Far above what a run writes: a manifest of 20 MB lists 160,000 files.
  static let mostFiles = 300_000
  /// Of all files together, in bytes.
  static let mostBytes = 64 << 30
  private static let deepest = 8

  /// Nil where the path is no folder.
  init?(_ path: String) {
    root = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if root < 0 { return nil }
  }

  deinit { close(root) }

  // MARK: Finding

  /// Finds every file below the folder. Too many files, or too large ones, end it, as the rest would.
  func find() -> [Oddity] {
    var oddities: [Oddity] = []
    var pending = [""]
    var (count, bytes) = (0, 0)
    while let folder = pending.popLast() {
      guard let names = names(in: folder) else {
        oddities.append(Oddity(kind: .unreadable, path: folder))
        continue
      }
      for name in names {
        let shown = String(decoding: name, as: UTF8.self)
        let path = folder.isEmpty ? shown : folder + "/" + shown
        count += 1
        guard count <= Self.mostFiles else { return oddities + [Oddity(kind: .tooMany, path: folder)] }
        // What has another name than any file of a pack is not looked at, and so nothing below it.
        guard PackPath.isSafe(path) else {
          oddities.append(Oddity(kind: .misnamed, path: path))
          continue
        }
        guard let status = status(of: path) else {
          oddities.append(Oddity(kind: .unreadable, path: path))
          continue
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
          sizes[path] = Int(status.st_size)
          bytes += min(Int(status.st_size), Self.mostBytes)
          guard bytes <= Self.mostBytes else { return oddities + [Oddity(kind: .tooLarge, path: path)] }
        case S_IFDIR where path.utf8.count { $0 == 0x2F } < Self.deepest:
          folders.insert(path)
          pending.append(path)
        default: oddities.append(Oddity(kind: .special, path: path))
        }
      }
    }
    return oddities
  }

  /// The bytes of each name in a folder, sorted; nil where it cannot be read to its end.
  private func names(in folder: String) -> [[UInt8]]? {
    let descriptor = enter(folder)
    guard descriptor >= 0, let stream = fdopendir(descriptor) else {
      if descriptor >= 0 { close(descriptor) }
      return nil
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while names.count <= Self.mostFiles {
      errno = 0
      guard let entry = readdir(stream) else {
        return errno == 0 ? names.sorted { $0.lexicographicallyPrecedes($1) } : nil
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }

  private func status(of path: String) -> stat? {
    let parts = path.split(separator: "/")
    let folder = enter(parts.dropLast().joined(separator: "/"))
    guard folder >= 0, let name = parts.last else { return nil }
    defer { close(folder) }
    var status = stat()
    return fstatat(folder, String(name), &status, AT_SYMLINK_NOFOLLOW) == 0 ? status : nil
  }

  /// Opens a folder below the root step by step, so that no link stands on the way; below 0 where that cannot be.
  private func enter(_ path: String) -> Int32 {
    var folder = openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for part in path.split(separator: "/") where folder >= 0 {
      let next = openat(folder, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      close(folder)
      folder = next
    }
    return folder
  }

  // MARK: Reading

  /// How a file came out, read to its end or to the limit.
  struct Reading {
    var digest: Digest
    var bytes: Int
  }

  /// Hands out a regular file in pieces; what was parsed is what was digested. Nil where it cannot be read, or where it is
  /// larger than the limit.
  func read(_ path: String, limit: Int, _ body: (UnsafeRawBufferPointer) -> Void = { _ in }) -> Reading? {
    guard PackPath.isSafe(path) else { return nil }
    let parts = path.split(separator: "/")
    let folder = enter(parts.dropLast().joined(separator: "/"))
    guard folder >= 0, let name = parts.last else { return nil }
    // Without waiting: somebody may have put a pipe there since.
    let file = openat(folder, String(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    close(folder)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) <= limit else {
      return nil
    }
    var hasher = Hasher256()
    var count = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let got = Glibc.read(file, buffer.baseAddress, buffer.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0, count + got <= limit else { return nil }
      if got == 0 { break }
      let piece = UnsafeRawBufferPointer(rebasing: buffer[..<got])
      hasher.update(piece)
      body(piece)
      count += got
    }
    let digest = hasher.finish()
    if let before = seen.updateValue(digest, forKey: path), before != digest { changed.insert(path) }
    return Reading(digest: digest, bytes: count)
  }

  /// All bytes of a file, if it is there as a regular file of a bearable size.
  func bytes(_ path: String, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    guard read(path, limit: limit, { bytes.append(contentsOf: $0) }) != nil else { return nil }
    return bytes
  }
}
