internal import Foundation
internal import Synchronization

/// A folder of its own for one input, in memory where that can be had.
struct FuzzFolder {
  let path: String
  private static let count = Atomic(0)

  init(_ name: String) {
    let memory = "/dev/shm"
    let base =
      FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    let number = Self.count.add(1, ordering: .relaxed).newValue
    path = "\(base)/tenure-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(number)/\(name)"
  }

  /// Makes the folder hold exactly these files for as long as `body` runs.
  func with<Failure: Error>(_ files: [String: [UInt8]], _ body: () throws(Failure) -> Void) throws(Failure) {
    for (name, bytes) in files {
      let file = path + "/" + name
      let parent = (file as NSString).deletingLastPathComponent
      try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      guard FileManager.default.createFile(atPath: file, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
      else { fatalError("\(file) cannot be written") }
    }
    defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
    try body()
  }
}
