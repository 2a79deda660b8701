import EvidenceModel
import Foundation
import Testing

@testable import Verification

/// A folder that somebody else made, and may be changing.
struct PackFilesTests {
  private let folder = Scratch()

  @Test func aFileThatReadsOtherwiseTheSecondTimeIsKnown() throws {
    try folder.write("one", to: "a.csv")
    let files = try #require(PackFiles(folder.path))
    #expect(files.find().isEmpty)
    #expect(files.bytes("a.csv", limit: 10) == Array("one".utf8))
    #expect(files.changed.isEmpty)
    try folder.write("two", to: "a.csv")
    _ = files.read("a.csv", limit: 10)
    #expect(files.changed == ["a.csv"])
  }

  @Test func aPipeThatTookThePlaceOfAFileIsNotWaitedFor() throws {
    try folder.write("one", to: "a.csv")
    let files = try #require(PackFiles(folder.path))
    _ = files.find()
    try FileManager.default.removeItem(atPath: folder.path + "/a.csv")
    #expect(mkfifo(folder.path + "/a.csv", 0o600) == 0)
    #expect(files.bytes("a.csv", limit: 10) == nil)
  }

  @Test func aLinkThatTookThePlaceOfAFolderIsNotFollowed() throws {
    try folder.write("one", to: "data/a.csv")
    let files = try #require(PackFiles(folder.path))
    _ = files.find()
    try FileManager.default.moveItem(atPath: folder.path + "/data", toPath: folder.path + "/elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/data", withDestinationPath: folder.path + "/elsewhere")
    #expect(files.bytes("data/a.csv", limit: 10) == nil)
    #expect(files.bytes("../a.csv", limit: 10) == nil)
  }

  @Test func aFileThatGrewPastTheLimitIsNotRead() throws {
    try folder.write("one", to: "a.csv")
    let files = try #require(PackFiles(folder.path))
    #expect(files.read("a.csv", limit: 2) == nil)
    #expect(files.read("a.csv", limit: 3)?.bytes == 3)
  }

  @Test func whatIsNoFileOfAPackIsNamedAndNotEntered() throws {
    try folder.write("deep", to: "seven/a/b/c/d/e/f/g/h/i")
    try folder.write("x", to: "line\nend")
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let raw = [UInt8](folder.path.utf8) + [0x2F, 0xFF, 0xFE, 0]
    let made = raw.withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    try #require(made >= 0)
    close(made)
    let files = try #require(PackFiles(folder.path))
    let found = files.find()
    #expect(found.filter { $0.kind == .misnamed }.map(\.path).sorted() == ["line\nend", "\u{FFFD}\u{FFFD}"].sorted())
    #expect(found.contains { $0.kind == .special && $0.path == "pipe" })
    #expect(found.contains { $0.kind == .special && $0.path == "seven/a/b/c/d/e/f/g/h" })
    #expect(files.sizes.isEmpty)
  }

  @Test(
    arguments: [
      "../a", "/a", "a//b", "a/", "./a", "a/../b", "C:/a", "a\\b", "a\u{0}b", "con", "AUX.html", "d/com1.csv", "a.",
      "a b", ".hidden", "-a", "\u{212A}", "a/\u{E9}", "", String(repeating: "a", count: 161),
    ])
  func aPathThatAnotherSystemReadsOtherwiseIsRefused(path: String) {
    #expect(!PackPath.isSafe(path))
  }

  @Test(arguments: [
    "a", "d/time-0001.html", "SHA256SUMS", "c/nist-ai-rmf-1.0-govern-1.1.html", "k/console.xml", "s/com10.x",
  ])
  func aPathOfAPackIsSafe(path: String) {
    #expect(PackPath.isSafe(path))
  }

  @Test func faultsOfOneKindPushNoOthersOut() {
    var report = VerificationReport()
    for number in 0..<5000 {
      report.add(Diagnostic(id: "many", file: "\(number)", summary: "x", nextStep: "y"))
    }
    report.add(Diagnostic(id: "one", file: "z", summary: "x", nextStep: "y"))
    #expect(report.faultCount == 5001)
    #expect(report.faults.count == VerificationReport.mostOfAKind + 2)
    #expect(report.faults.contains { $0.id == "one" })
    #expect(report.faults.last?.summary == "4000 more faults of this kind are not listed")
  }
}
