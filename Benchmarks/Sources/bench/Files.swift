internal import Foundation

/// Sizes and names in folders.
enum Files {
  static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

  static func remove(_ url: URL) throws(BenchError) {
    guard exists(url) else { return }
    try BenchError.attempt("Removing \(url.path)") { try FileManager.default.removeItem(at: url) }
  }

  static func makeFolder(_ url: URL) throws(BenchError) {
    try BenchError.attempt("Making the folder \(url.path)") {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
  }

  /// Bytes of a file, or of all files in a folder and below.
  static func bytes(_ url: URL) -> Int { everyFile(url).reduce(0) { $0 + size($1) } }

  static func count(in url: URL, ending: String) -> Int { everyFile(url).count { $0.pathExtension == ending } }

  private static func everyFile(_ url: URL) -> [URL] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
    guard isFolder.boolValue else { return [url] }
    let below = FileManager.default.subpaths(atPath: url.path) ?? []
    return below.map { url.appending(path: $0) }
  }

  private static func size(_ url: URL) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else { return 0 }
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
