import EvidenceModel
import Foundation
import Testing

import struct Crypto.SHA256

@testable import Seal

/// A folder that stands for a pack, with keys beside it.
private final class Scratch {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tenure-test-\(UUID().uuidString)").path
  var pack: String { folder + "/pack" }
  var seals: String { pack + "/seal" }

  init() throws { try FileManager.default.createDirectory(atPath: pack, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A key of its own for each name, the same in every run.
  func key(_ name: String) throws -> SealPrivateKey {
    let raw = Data(SHA256.hash(data: Data(name.utf8)))
    let der =
      Data([0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]) + raw
    let pem = "-----BEGIN PRIVATE KEY-----\n\(der.base64EncodedString())\n-----END PRIVATE KEY-----\n"
    let path = folder + "/\(name).pem"
    try pem.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return try SealPrivateKey(contentsOf: path)
  }

  @discardableResult
  func seal(_ name: String, _ role: SealRole = .preparedBy, manifest: Digest = Digest(of: "manifest")) throws -> String
  {
    try SealFolder(of: pack).add(
      manifest: manifest, pack: .init(id: "2026q3", organisation: "Example", period: "2026-Q3", level: "internal"),
      previousManifest: nil, role: role, signer: "gateway-team", key: try key(name))
  }

  func check(_ trusted: [String] = [], manifest: Digest = Digest(of: "manifest"), previous: Digest? = nil) throws
    -> SealReport
  {
    SealReport.check(
      SealFolder(of: pack), manifest: manifest, previousManifest: previous,
      trusted: try trusted.map { try key($0).publicKey })
  }

  /// Replaces the envelope by one that says something else, signed as told.
  func rewrite(_ stem: String, _ change: (inout Envelope) throws -> Void) throws {
    let url = URL(fileURLWithPath: seals + "/\(stem).envelope.json")
    var envelope = try JSONDecoder().decode(Envelope.self, from: Data(contentsOf: url))
    try change(&envelope)
    try Data(envelope.bytes()).write(to: url)
  }
}

@Suite struct SealTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func aSealByATrustedKeyIsTrusted() throws {
    try scratch.seal("dana")
    let report = try scratch.check(["dana"])
    #expect(report.faults.isEmpty)
    #expect(report.seals.map(\.worth) == [.trusted])
    #expect(report.seals[0].signer == "gateway-team")
  }

  @Test func aSealByAKeyThatNobodyNamedIsNotTrusted() throws {
    try scratch.seal("dana")
    #expect(try scratch.check().seals.map(\.worth) == [.unknownKey])
  }

  @Test func aTrustedKeyThatDidNotSealIsAFault() throws {
    try scratch.seal("dana")
    #expect(try scratch.check(["dana", "noor"]).faults.map(\.id) == ["seal-missing"])
  }

  @Test func anotherManifestIsAFault() throws {
    try scratch.seal("dana")
    let report = try scratch.check(["dana"], manifest: Digest(of: "other"))
    #expect(report.faults.map(\.id) == ["seal-of-another-pack", "seal-missing"])
    #expect(report.seals.map(\.worth) == [.broken])
  }

  @Test func aPackThatNamesAnotherPackBeforeItIsAFault() throws {
    try scratch.seal("dana")
    #expect(try scratch.check(["dana"], previous: Digest(of: "before")).faults.first?.id == "seal-chain-broken")
  }

  @Test func aChangedSignatureIsForged() throws {
    let stem = try scratch.seal("dana")
    try scratch.rewrite(stem) { envelope in
      var bytes = try #require(Data(base64Encoded: envelope.signatures[0].sig))
      bytes[5] ^= 1
      envelope.signatures[0].sig = bytes.base64EncodedString()
      try bytes.write(to: URL(fileURLWithPath: scratch.seals + "/\(stem).sig"))
    }
    #expect(try scratch.check(["dana"]).faults.map(\.id) == ["seal-forged", "seal-missing"])
  }

  @Test func aSignatureUnderAnothersKeyNameIsForged() throws {
    let stem = try scratch.seal("noor")
    let dana = try scratch.key("dana").publicKey.id
    try scratch.rewrite(stem) { $0.signatures[0].keyid = dana }
    #expect(try scratch.check(["dana"]).faults.map(\.id) == ["seal-forged", "seal-missing"])
  }

  @Test func aStatementThatDiffersFromItsEnvelopeIsAFault() throws {
    let stem = try scratch.seal("dana")
    try "{}".write(toFile: scratch.seals + "/\(stem).statement.json", atomically: true, encoding: .utf8)
    #expect(try scratch.check(["dana"]).faults.map(\.id) == ["seal-differs", "seal-missing"])
  }

  @Test func aReviewersSealNamesThePreparers() throws {
    let first = try scratch.seal("dana")
    try scratch.seal("noor", .reviewedBy)
    #expect(try scratch.check(["dana", "noor"]).faults.isEmpty)
    for part in [".envelope.json", ".statement.json", ".sig"] {
      try FileManager.default.removeItem(atPath: scratch.seals + "/\(first)\(part)")
    }
    #expect(try scratch.check(["noor"]).faults.map(\.id).contains("seal-earlier-changed"))
  }

  @Test func sealingAgainGivesTheSameBytes() throws {
    let stem = try scratch.seal("dana")
    let path = scratch.seals + "/\(stem).envelope.json"
    let before = FileManager.default.contents(atPath: path)
    try scratch.seal("dana")
    #expect(FileManager.default.contents(atPath: path) == before)
    #expect(try scratch.check(["dana"]).faults.isEmpty)
  }

  @Test func aFileThatBelongsToNoSealIsAFault() throws {
    try scratch.seal("dana")
    try "x".write(toFile: scratch.seals + "/note.txt", atomically: true, encoding: .utf8)
    #expect(try scratch.check(["dana"]).faults.map(\.id) == ["seal-extra"])
  }

  @Test(arguments: [
    "", "null", "[]", "{\"payload\":\"\"}", "\u{0}", "{\"payloadType\":\"x\",\"payload\":\"e30=\",\"signatures\":[]}",
  ])
  func anEnvelopeThatIsNoneIsAFault(text: String) throws {
    try FileManager.default.createDirectory(atPath: scratch.seals, withIntermediateDirectories: true)
    try text.write(toFile: scratch.seals + "/prepared-by-x.envelope.json", atomically: true, encoding: .utf8)
    #expect(try scratch.check().faults.map(\.id) == ["seal-unreadable"])
  }

  @Test func aLinkInTheFolderIsNotFollowed() throws {
    let stem = try scratch.seal("dana")
    let path = scratch.seals + "/\(stem).envelope.json"
    try FileManager.default.moveItem(atPath: path, toPath: scratch.folder + "/elsewhere.json")
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: scratch.folder + "/elsewhere.json")
    #expect(try scratch.check(["dana"]).faults.map(\.id).contains("seal-unreadable"))
  }

  @Test func aTimeStampWithoutAnEndIsRefused() {
    let refused = #expect(throws: Diagnostic.self) {
      try SealFolder(of: scratch.pack).attach(timestamp: "/dev/zero")
    }
    #expect(refused?.id == "seal-timestamp-missing")
  }

  @Test func aPrivateKeyThatOthersCanReadIsRefused() throws {
    _ = try scratch.key("dana")
    let path = scratch.folder + "/dana.pem"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let problem = #expect(throws: Diagnostic.self) { try SealPrivateKey(contentsOf: path) }
    #expect(problem?.id == "seal-key-open")
  }

  @Test(arguments: ["", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "no key"])
  func whatIsNoKeyIsRefused(text: String) throws {
    let path = scratch.folder + "/x.pem"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: Diagnostic.self) { try SealPublicKey(contentsOf: path) }
    #expect(throws: Diagnostic.self) { try SealPrivateKey(contentsOf: path) }
  }

  @Test(
    arguments: [[], [0x30, 0x80], [0x30, 0x03, 0x02, 0x01, 0x02], Array(repeating: 0x30, count: 4096)] as [[UInt8]])
  func whatIsNoTimestampIsRefused(bytes: [UInt8]) throws {
    let problem = #expect(throws: Diagnostic.self) { try Timestamp(bytes, file: "answer.tsr") }
    #expect(problem?.id == "seal-timestamp-unreadable")
  }

  /// The example of the DSSE protocol's own text.
  @Test func whatIsSignedIsThePreAuthenticationEncoding() {
    let bytes = Envelope.signedBytes(of: Array("hello world".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 28 application/vnd.in-toto+json 11 hello world")
  }
}
