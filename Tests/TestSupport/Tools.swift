internal import Foundation

/// A tool that did not succeed.
package struct ToolFailure: Error {
  package var tool: String
  package var arguments: [String]
  package var status: Int32
}

/// Runs a tool to its end, without input or output.
func run(_ tool: String, _ arguments: [String], environment: [String: String] = [:]) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: tool)
  process.arguments = arguments
  process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"].merging(environment) { _, new in new }
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ToolFailure(tool: tool, arguments: arguments, status: process.terminationStatus)
  }
}

/// One gzip member.
package func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  try withTemporaryFolder { folder in
    try run("/usr/bin/gzip", ["-n", try folder.write(bytes, to: "plain")])
    return try folder.bytes(of: "plain.gz")
  }
}

package func gzip(_ text: String) throws -> [UInt8] { try gzip(Array(text.utf8)) }

/// One zstd frame with one uncompressed block and no checksum (RFC 8878), for up to 255 bytes.
package func zstdFrame(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  precondition(bytes.count < 256, "one byte of length")
  let header = UInt32(bytes.count) << 3 | 1
  return [0x28, 0xB5, 0x2F, 0xFD, 0x20, UInt8(bytes.count)]
    + [UInt8(header & 255), UInt8(header >> 8 & 255), UInt8(header >> 16 & 255)] + bytes
}
