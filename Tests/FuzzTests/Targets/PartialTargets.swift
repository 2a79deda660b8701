internal import Foundation

@testable internal import EvidenceModel
@testable internal import Intake
@testable internal import Replay

/// Partial files, by their lines and whole.
let partialTargets = [
  FuzzTarget("partial-line") { (bytes) throws(BrokenPromise) in
    guard let values = bytes.withUnsafeBytes({ PartialLine.decode($0) }) else { return }
    let written = PartialLine.encode(values)
    try expect(written == bytes || written.dropLast() == bytes[...], "a line has two spellings")
  },
  // The last line, which names the digest of all others, is put right: who forges a partial does the same.
  FuzzTarget("partial") { (bytes) throws(BrokenPromise) in
    let (first, second) = halves(bytes)
    let folder = FuzzFolder("partial")
    try folder.with(["a": ended(first), "b": ended(second)]) { () throws(BrokenPromise) in
      func merge(_ names: [String], into name: String) -> [UInt8]? {
        let path = folder.path + "/" + name
        guard (try? PartialMerge.merge(names.map { folder.path + "/" + $0 }, into: path)) != nil else { return nil }
        return FileManager.default.contents(atPath: path).map { Array($0) }
      }
      if let once = merge(["a"], into: "once") {
        try expect(merge(["once"], into: "twice") == once, "a merged partial is not read back as it was written")
      }
      if let both = merge(["a", "b"], into: "ab") {
        try expect(merge(["b", "a"], into: "ba") == both, "the order of two partials matters")
      }
    }
  },
]

/// The lines with the last one that they ought to have.
private func ended(_ lines: [UInt8]) -> [UInt8] {
  let body = lines.last == 0x0A ? lines : lines + [0x0A]
  return body
    + PartialLine.encode([
      .text("end"), .number(body.count { $0 == 0x0A }), .text(Digest(of: body).description),
    ])
}
