import Foundation
import Testing

/// A pack in one file, as it is handed over.
struct ZipStoryTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func zip(_ name: String = "a.zip") throws -> String {
    let outcome = try Program.tenure("zip", try Quickstart.pack(), "--out", scratch.path + "/" + name)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.lastLine
  }

  private func python(_ program: String) throws {
    let outcome = try Program.run("/usr/bin/python3", ["-c", program], in: scratch.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func theSamePackGivesTheSameBytesAndAnyUnzipGivesThePack() throws {
    #expect(try Data(contentsOf: URL(fileURLWithPath: zip())) == Data(contentsOf: URL(fileURLWithPath: zip("b.zip"))))
    try python("import zipfile; zipfile.ZipFile('a.zip').extractall('out')")
    #expect(try files(of: scratch.path + "/out/2026q3") == files(of: try Quickstart.pack()))
  }

  @Test func commandsTakeTheZipForThePack() throws {
    let (zip, pack) = (try zip(), try Quickstart.pack())
    let verified = try Program.tenure("verify", zip, "--deep", environment: ["TMPDIR": scratch.path])
    #expect(verified.status == 0)
    #expect(verified.output == (try Program.tenure("verify", pack, "--deep").output))
    #expect(try Program.tenure("gaps", zip).output == (try Program.tenure("gaps", pack).output))
    #expect(try Program.tenure("diff", zip, pack).output == (try Program.tenure("diff", pack, zip).output))
    let dossier = try Program.tenure("dossier", "pii-to-trusted", "--pack", zip)
    #expect(dossier.lastLine == zip + ": r/print/pii-to-trusted.html")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a.zip"])
  }

  @Test func sealsGoWithThePack() throws {
    let pack = scratch.path + "/pack"
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: pack)
    let made = try Program.run(
      "/bin/bash",
      [
        "-c",
        "openssl genpkey -algorithm ed25519 -out k.pem && chmod 600 k.pem && openssl pkey -in k.pem -pubout -out k.pub",
      ],
      in: scratch.path)
    try #require(made.status == 0)
    #expect(try Program.tenure("seal", pack, "--key", scratch.path + "/k.pem").status == 0)
    let zip = try Program.tenure("zip", pack).lastLine
    #expect(zip == pack + ".zip")
    let outcome = try Program.tenure("verify", zip, "--trusted-key", scratch.path + "/k.pub")
    #expect(outcome.status == 0 && outcome.output.contains("signed by a key that you trust"), "\(outcome.output)")
  }

  /// What other programs pack is read as well, with folders, times and descriptors.
  @Test func aZipOfAnotherProgramIsRead() throws {
    let pack = try Quickstart.pack()
    try python(
      """
      import io, os, zipfile
      class Pipe(io.RawIOBase):
          def __init__(self, f): self.f = f
          def writable(self): return True
          def write(self, b): return self.f.write(b)
      with open('other.zip', 'wb') as f, zipfile.ZipFile(Pipe(f), 'w', zipfile.ZIP_DEFLATED) as z:
          for folder, _, names in os.walk('\(pack)'):
              for name in names:
                  path = os.path.join(folder, name)
                  z.write(path, os.path.relpath(path, '\(pack)'))
      """)
    let outcome = try Program.tenure("verify", scratch.path + "/other.zip")
    #expect(outcome.status == 0, "\(outcome.output.prefix(1000))")
  }

  /// Made by Python's zipfile: climbing, a link, a bomb, a name twice, a password's flag.
  @Test(
    arguments: [
      ("z.writestr('../out', b'x')", "zip-name"),
      ("i = zipfile.ZipInfo('link'); i.external_attr = 0o120777 << 16; z.writestr(i, b'/etc/passwd')", "zip-entry"),
      ("z.writestr('b', bytes(1 << 26), zipfile.ZIP_DEFLATED)", "zip-bomb"),
      ("z.writestr('b', b'1'); z.writestr('b', b'2')", "zip-name"),
      ("z.writestr('b', b'1', zipfile.ZIP_BZIP2)", "zip-entry"),
      ("z.comment = b'more'", "zip-layout"),
    ])
  func aHostileZipIsRefusedByName(made: String, id: String) throws {
    try python(
      "import warnings, zipfile; warnings.simplefilter('ignore'); z = zipfile.ZipFile('bad.zip', 'w'); z.writestr('manifest.xml', b'x'); \(made); z.close()"
    )
    let outcome = try Program.tenure("verify", scratch.path + "/bad.zip", environment: ["TMPDIR": scratch.path])
    #expect(outcome.status == 4)
    #expect(outcome.output.contains(id + ": "), "\(outcome.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["bad.zip"])
    let gaps = try Program.tenure("gaps", scratch.path + "/bad.zip")
    #expect(gaps.status == 1 && gaps.errors.contains("bad.zip"))
  }

  @Test func aPackThatIsNotSoundGoesIntoNoZip() throws {
    let pack = try ForgedPack(try Quickstart.pack())
    try pack.write("x", to: "data/tally.csv")
    let outcome = try Program.tenure("zip", pack.path)
    #expect(outcome.status == 4)
    #expect(!FileManager.default.fileExists(atPath: pack.path + ".zip"))
  }

  @Test func whatIsNoZipIsNotReplaced() throws {
    let other = try scratch.write("notes.txt", "kept")
    let outcome = try Program.tenure("zip", try Quickstart.pack(), "--out", other)
    #expect(outcome.status == 1 && outcome.errors.contains("is no zip"))
    #expect(try String(contentsOfFile: other, encoding: .utf8) == "kept")
  }
}
