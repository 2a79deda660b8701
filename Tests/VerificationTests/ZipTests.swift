import EvidenceModel
import Foundation
import Testing

@testable import PackArchive

/// Zips that were made to deceive, byte by byte.
struct ZipTests {
  private let scratch = Scratch()

  /// One file of a zip, and what its headers say of it.
  private struct Part {
    var name: [UInt8]
    var bytes = Array("one,two\n".utf8)
    var attributes = 0o100644 << 16
    var flags = 0
    var method = 0
    var extra: [UInt8] = []
    var comment: [UInt8] = []
    var unpacked: Int?
    var crc: Int?
    /// What stands in front of the bytes, where it is another name than in the directory.
    var localName: [UInt8]?
    var offset: Int?
    var before: [UInt8] = []

    init(_ name: String) { self.name = Array(name.utf8) }
  }

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// CRC-32 of RFC 1952.
  private static func crc(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return Int(~crc)
  }

  private static func zip(
    _ parts: [Part], gap: [UInt8] = [], after: [UInt8] = [], comment: [UInt8] = [], inDirectory: [UInt8] = [],
    count: Int? = nil
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      bytes += part.before
      let header = part.offset ?? bytes.count
      func common(_ name: [UInt8]) -> [UInt8] {
        number(20, 2) + number(part.flags, 2) + number(part.method, 2) + number(0, 2) + number(0x21, 2)
          + number(part.crc ?? crc(part.bytes), 4) + number(part.bytes.count, 4)
          + number(part.unpacked ?? part.bytes.count, 4) + number(name.count, 2) + number(part.extra.count, 2)
      }
      bytes += number(0x0403_4B50, 4) + common(part.localName ?? part.name)
      bytes += (part.localName ?? part.name) + part.extra + part.bytes
      directory += number(0x0201_4B50, 4) + number(3 << 8 | 20, 2) + common(part.name)
      directory += number(part.comment.count, 2) + number(0, 4) + number(part.attributes, 4) + number(header, 4)
      directory += part.name + part.extra + part.comment
    }
    directory += inDirectory
    bytes += gap
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(count ?? parts.count, 2) + number(count ?? parts.count, 2)
      + number(directory.count, 4) + number(bytes.count, 4) + number(comment.count, 2)
    return bytes + directory + end + comment + after
  }

  private func faults(_ bytes: [UInt8]) throws -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let opened = OpenedPack(try scratch.write(bytes, to: "a.zip"), faults: &faults)
    opened.close()
    #expect(!FileManager.default.fileExists(atPath: opened.folder))
    return faults
  }

  private func part(_ name: String = "data/b.csv", _ change: (inout Part) -> Void) -> Part {
    var part = Part(name)
    change(&part)
    return part
  }

  @Test func aPlainZipIsUnpackedForItsUserAlone() throws {
    let folder = part("data/") {
      $0.bytes = []
      $0.attributes = 0o040755 << 16
    }
    let bytes = Self.zip([Part("manifest.xml"), folder, Part("data/b.csv")])
    let opened = try OpenedPack(try scratch.write(bytes, to: "a.zip"))
    let path = opened.folder + "/data/b.csv"
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one,two\n")
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(opened.folder) == 0o700 && mode(path) == 0o600)
    opened.close()
    #expect(!FileManager.default.fileExists(atPath: opened.folder))
  }

  @Test(
    arguments: [
      "../b", "/etc/b", "a/../../b", "C:\\b", "a\\b", "a\u{0}b", "caf\u{E9}", "cafe\u{301}", "\u{202E}b", "a\nb", "con",
      "",
      "a//b", "a/./b", String(repeating: "a", count: 300),
    ])
  func aNameThatIsNoneOfAPackIsRefused(name: String) throws {
    let found = try faults(Self.zip([Part("manifest.xml"), Part(name)]))
    #expect(found.map(\.id).contains("zip-name"), "\(found)")
    #expect(!found.contains { $0.summary.contains("\n") })
  }

  @Test func aNameThatIsNoUTF8IsRefused() throws {
    #expect(try faults(Self.zip([part { $0.name = [0x61, 0xFF, 0xFE] }])).contains { $0.id == "zip-name" })
  }

  @Test(arguments: [["b", "b"], ["b", "B"], ["b", "b/c"], ["b/c", "b"], ["b/c", "B/d"]])
  func namesThatCollideAreRefused(names: [String]) throws {
    #expect(try faults(Self.zip(names.map { Part($0) })).map(\.id) == ["zip-name"])
  }

  @Test(arguments: [0o120777, 0o020600, 0o060600, 0o010600, 0o140600, 0o040755])
  func aLinkADeviceOrAnotherThingIsRefused(mode: Int) throws {
    #expect(try faults(Self.zip([part { $0.attributes = mode << 16 }])).map(\.id) == ["zip-entry"])
  }

  @Test func whatIsEncryptedOrPackedInAnotherWayIsRefused() throws {
    for flags in [1, 1 << 6, 1 << 13, 1 << 5] {
      #expect(try faults(Self.zip([part { $0.flags = flags }])).contains { $0.id == "zip-entry" }, "\(flags)")
    }
    for method in [1, 9, 12, 14, 93, 99] {
      #expect(try faults(Self.zip([part { $0.method = method }])).contains { $0.id == "zip-entry" }, "\(method)")
    }
  }

  /// Large sizes of zip64, a second name in UTF-8, comments.
  @Test func whatCouldSayOtherwiseThanTheHeadersIsRefused() throws {
    for kind in [0x0001, 0x7075, 0x9901] {
      let extra = Self.number(kind, 2) + Self.number(4, 2) + [0, 0, 0, 0]
      #expect(try faults(Self.zip([part { $0.extra = extra }])).contains { $0.id == "zip-entry" })
    }
    let times = Self.number(0x5455, 2) + Self.number(5, 2) + [1, 0, 0, 0, 0]
    #expect(try faults(Self.zip([part { $0.extra = times }])).isEmpty)
    #expect(try faults(Self.zip([part { $0.comment = [0x61] }])).contains { $0.id == "zip-entry" })
    #expect(try faults(Self.zip([Part("b")], comment: [0x61])).map(\.id) == ["zip-layout"])
  }

  @Test func bytesBeforeBetweenAndAfterAreRefused() throws {
    let script = Array("#!/bin/sh\n".utf8)
    #expect(try faults(Self.zip([part { $0.before = script }])).map(\.id) == ["zip-layout"])
    #expect(try faults(script + Self.zip([Part("b")])).map(\.id) == ["zip-layout"])
    #expect(try faults(Self.zip([Part("b"), part { $0.before = script }])).map(\.id) == ["zip-layout"])
    #expect(try faults(Self.zip([Part("b")], gap: script)).map(\.id) == ["zip-layout"])
    #expect(try faults(Self.zip([Part("b")], after: script)).map(\.id) == ["zip-layout"])
    #expect(try faults(Self.zip([Part("b")], inDirectory: script)).map(\.id) == ["zip-layout"])
    #expect(try faults(Self.zip([Part("b")], count: 2)).map(\.id) == ["zip-layout"])
  }

  /// Two entries of the same bytes: what makes small zips grow without end.
  @Test func entriesThatShareBytesAreRefused() throws {
    #expect(try faults(Self.zip([Part("b"), part("b") { $0.offset = 0 }])).contains { $0.id == "zip-layout" })
    let inner = Self.zip([Part("c")])
    let outer = part("b") { $0.bytes = inner }
    #expect(try faults(Self.zip([outer, part("c") { $0.offset = 31 }])).map(\.id) == ["zip-layout"])
    // A zip inside a zip is a file like any other.
    #expect(try faults(Self.zip([outer])).isEmpty)
  }

  @Test func aHeaderThatSaysOtherwiseThanTheDirectoryIsRefused() throws {
    #expect(try faults(Self.zip([part("b") { $0.localName = [0x63] }])).map(\.id) == ["zip-layout"])
    var bytes = Self.zip([Part("b")])
    bytes[22] ^= 1  // The size in front of the bytes.
    #expect(try faults(bytes).map(\.id) == ["zip-layout"])
  }

  @Test func aFileThatDoesNotComeOutAsDescribedIsLeftOut() throws {
    let damaged = try faults(Self.zip([Part("manifest.xml"), part { $0.crc = 1 }]))
    #expect(damaged.map(\.id) == ["zip-damaged"])
    // No deflate at all, deflate of more and of less than was said.
    let deflated: [UInt8] = [0x4B, 0x04, 0x00]  // "a"
    for (bytes, size) in [([0xFF, 0xFF], 2), (deflated, 2), (deflated, 0), (deflated + [0x00], 1), ([0x4B], 1)] {
      let entry = part {
        $0.method = 8
        $0.bytes = bytes
        $0.unpacked = size
        $0.crc = Self.crc([0x61])
      }
      #expect(try faults(Self.zip([entry])).map(\.id) == ["zip-damaged"], "\(bytes)")
    }
    let sound = part {
      $0.method = 8
      $0.bytes = deflated
      $0.unpacked = 1
      $0.crc = Self.crc([0x61])
    }
    #expect(try faults(Self.zip([sound])).isEmpty)
  }

  @Test func whatGrowsOutOfAllMeasureIsRefusedUnread() throws {
    let grown = part {
      $0.method = 8
      $0.unpacked = 3 << 30
    }
    #expect(try faults(Self.zip([grown])).map(\.id) == ["zip-bomb"])
    let many = (0..<12).map { number in
      part("\(number).csv") {
        $0.method = 8
        $0.unpacked = 3 << 30
      }
    }
    #expect(try faults(Self.zip(many)).count == 13)
  }

  @Test func whatIsNoZipIsRefused() throws {
    #expect(try faults([]).map(\.id) == ["zip-layout"])
    #expect(try faults(Array("%PDF-1.4".utf8)).map(\.id) == ["zip-layout"])
    for cut in [1, 10, 21, 22, 40, 60, 90] {
      let found = try faults(Array(Self.zip([Part("b"), Part("c")]).dropLast(cut)))
      #expect(!found.isEmpty, "\(cut)")
    }
  }

  /// One byte of a zip after another, each turned over: it may be refused, or come out the same; nothing else.
  @Test func noByteOfAZipCanBeTurnedOverUnseen() throws {
    let whole = Self.zip([Part("manifest.xml"), Part("data/b.csv")])
    // Versions, times and marks of the maker, which say nothing of the files.
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= 0x55
      var found: [Diagnostic] = []
      let opened = OpenedPack(try scratch.write(bytes, to: "a.zip"), faults: &found)
      defer { opened.close() }
      if found.isEmpty {
        for name in ["manifest.xml", "data/b.csv"] {
          let text = try? String(contentsOfFile: opened.folder + "/" + name, encoding: .utf8)
          #expect(text == "one,two\n", "byte \(index)")
        }
      }
    }
  }

  @Test func theSameFilesGiveTheSameBytesAndComeOutAgain() throws {
    try scratch.write("b", to: "pack/data/b.csv")
    try scratch.write([], to: "pack/empty")
    try scratch.write([UInt8](repeating: 0x61, count: 600_000), to: "pack/a")
    let files = ["empty", "data/b.csv", "a"].map { ZipWriter.File(path: $0, digest: nil) }
    _ = try ZipWriter.write(files, of: scratch.path + "/pack", as: "2026q3", to: scratch.path + "/one.zip")
    _ = try ZipWriter.write(files.reversed(), of: scratch.path + "/pack", as: "2026q3", to: scratch.path + "/two.zip")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/one.zip"))
    #expect(bytes == (try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/two.zip"))))
    let opened = try OpenedPack(scratch.path + "/one.zip")
    defer { opened.close() }
    #expect(opened.folder.hasSuffix("/2026q3"))
    for name in ["empty", "data/b.csv", "a"] {
      let own = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/pack/" + name))
      #expect(try Data(contentsOf: URL(fileURLWithPath: opened.folder + "/" + name)) == own)
    }
  }

  @Test func aFileThatIsNotTheOneThatWasVerifiedIsNotWritten() throws {
    try scratch.write("b", to: "pack/b")
    #expect(throws: Diagnostic.self) {
      try ZipWriter.write(
        [ZipWriter.File(path: "b", digest: Digest(of: "c"))], of: scratch.path + "/pack", as: "p",
        to: scratch.path + "/x.zip")
    }
  }

  /// More files than the two bytes of a zip's end can count, in small.
  @Test func manyFilesTakeTheLargeEnd() throws {
    for name in ["a", "b", "c"] { try scratch.write(name, to: "pack/" + name) }
    let files = ["a", "b", "c"].map { ZipWriter.File(path: $0, digest: nil) }
    let path = scratch.path + "/large.zip"
    _ = try ZipWriter.write(files, of: scratch.path + "/pack", as: "p", to: path, mostInShortEnd: 2)
    let opened = try OpenedPack(path)
    defer { opened.close() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: opened.folder).sorted() == ["a", "b", "c"])
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(bytes.suffix(98).starts(with: [0x50, 0x4B, 0x06, 0x06]))
    bytes[bytes.count - 98 + 32] ^= 1  // How many files there are.
    #expect(try faults(bytes).map(\.id) == ["zip-layout"])
  }
}
