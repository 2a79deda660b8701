internal import Foundation

/// A folder in memory, where there is one, for targets that read files. One a process, since inputs come one after another
/// there; whoever writes a file writes all of them.
struct FuzzFolder {
  let path: String

  init(_ name: String) {
    let memory = "/dev/shm"
    let base =
      FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
    path = "\(base)/tenure-fuzz-\(ProcessInfo.processInfo.processIdentifier)/\(name)"
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
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body()
  }
}
