/// Paths inside a pack, as the manifest lists them.
package enum PackPath {
  /// In bytes.
  package static let longest = 160

  /// Names that Windows keeps for devices, whatever follows after a dot.
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// Whether a path never leads out of the pack, and is one name on every file system: short, of ASCII letters, digits and
  /// `-._`, no part beginning with `.` or `-` or ending in `.`.
  package static func isSafe(_ path: String) -> Bool {
    guard (1...longest).contains(path.utf8.count) else { return false }
    return path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.first, let last = part.last, isAlphanumeric(first) || first == 0x5F, last != 0x2E,
        part.allSatisfy({ isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F })
      else { return false }
      return !devices.contains(String(decoding: part.prefix { $0 != 0x2E }, as: UTF8.self).lowercased())
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The folders on the way to a path: `a` and `a/b` of `a/b/c`.
  package static func folders(of path: String) -> [String] {
    let parts = path.split(separator: "/").dropLast()
    return parts.indices.map { parts[...$0].joined(separator: "/") }
  }
}
