internal import Glibc

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Who runs the program, for records beside the pack.
package enum OperatingUser {
  /// The name in `/etc/passwd`, or `uid 1000` for users who are kept elsewhere. The name service would be asked by a socket, and
  /// maybe over a network; this program opens none.
  package static let name: String = {
    let number = String(getuid())
    let lines = String(decoding: FileManager.default.contents(atPath: "/etc/passwd") ?? Data(), as: UTF8.self)
    for line in lines.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      if fields.count > 2, fields[2] == number { return String(fields[0]) }
    }
    return "uid \(number)"
  }()
}
