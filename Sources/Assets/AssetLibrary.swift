internal import CAssets
internal import Foundation

/// The files that are part of the program: mappings, templates and the store's migrations. They are inside the binary,
/// so that it works wherever it is moved to; folders named by the user may lie over them.
package struct AssetLibrary: Sendable {
  private var files: [String: [UInt8]]

  /// An overlay folder that cannot be read, or something in it that is no file of ours: a pipe, or a log.
  package struct UnusableOverlay: Error { package var path: String }

  package static let embedded: AssetLibrary = {
    var files: [String: [UInt8]] = [:]
    for index in 0..<tenure_asset_count() {
      let asset = tenure_asset_at(index)
      files[String(cString: asset.path)] = Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
    }
    return AssetLibrary(files: files)
  }()

  private init(files: [String: [UInt8]]) { self.files = files }

  /// The largest file of ours has a tenth of a megabyte.
  private static let largest = 32 << 20

  /// This library with the files of a folder laid over one of its folders (`mappings`, `templates`).
  package func overlaid(_ folder: String, with directory: String) throws(UnusableOverlay) -> AssetLibrary {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: directory) else {
      throw UnusableOverlay(path: directory)
    }
    var copy = self
    for name in names {
      var isDirectory: ObjCBool = false
      let path = directory + "/" + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        continue
      }
      let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      let attributes = try? FileManager.default.attributesOfItem(atPath: target)
      guard attributes?[.type] as? FileAttributeType == .typeRegular,
        let size = (attributes?[.size] as? NSNumber)?.intValue, size <= Self.largest,
        let data = FileManager.default.contents(atPath: path)
      else { throw UnusableOverlay(path: path) }
      copy.files[folder + "/" + name] = Array(data)
    }
    return copy
  }

  package func bytes(_ path: String) -> [UInt8]? { files[path] }

  /// Paths that begin with `prefix`, sorted.
  package func paths(under prefix: String) -> [String] {
    files.keys.filter { $0.hasPrefix(prefix) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
