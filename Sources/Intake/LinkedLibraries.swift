internal import CSimdJSON
internal import CZlib
internal import CZstd

/// The libraries that read logs, with the versions that are loaded.
package enum LinkedLibraries {
  package static var versions: [(name: String, version: String)] {
    [
      ("simdjson", "\(String(cString: json_version())) (\(String(cString: json_instructions())))"),
      ("zlib", String(cString: zlibVersion())), ("zstd", String(cString: ZSTD_versionString())),
    ]
  }
}
