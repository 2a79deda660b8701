import Assets
import Foundation
import TestSupport
import Testing

@Suite struct AssetTests {
  /// The top of the source tree.
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static let folders = ["mappings", "templates", "Sources/EvidenceStore/Migrations"]

  /// Paths of the files in a folder of the source tree, hidden ones left out.
  private func files(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: Self.root + "/" + folder).filter { name in
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: "\(Self.root)/\(folder)/\(name)", isDirectory: &isDirectory)
      return exists && !isDirectory.boolValue && !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }.map { folder + "/" + $0 }
  }

  @Test(arguments: folders)
  func everyFileIsEmbeddedByteForByte(folder: String) throws {
    let files = try files(in: folder)
    #expect(!files.isEmpty)
    for file in files {
      let embedded = try #require(AssetLibrary.embedded.bytes(file), "\(file) is missing; `make assets` adds it")
      #expect(embedded == Array(try #require(FileManager.default.contents(atPath: Self.root + "/" + file))), "\(file)")
    }
  }

  @Test func nothingElseIsEmbedded() throws {
    let present = try Set(Self.folders.flatMap { try files(in: $0) })
    #expect(Set(AssetLibrary.embedded.paths(under: "")) == present)
  }

  /// Two templates of one name hide each other on whichever page imports both.
  @Test func noTwoTemplatesHaveOneName() throws {
    var places: [String: String] = [:]
    for path in AssetLibrary.embedded.paths(under: "templates/") where path.hasSuffix(".xsl") {
      let text = String(decoding: try #require(AssetLibrary.embedded.bytes(path)), as: UTF8.self)
      for part in text.components(separatedBy: "<xsl:template name=\"").dropFirst() {
        let name = part.components(separatedBy: "\"")[0]
        #expect(places[name] == nil, "\(name) stands in \(places[name] ?? "") and in \(path)")
        places[name] = path
      }
    }
    #expect(places["say"] == "templates/parts/strings.xsl")
  }

  @Test func pathsAreSortedByBytes() {
    let paths = AssetLibrary.embedded.paths(under: "templates/")
    #expect(paths.allSatisfy { $0.hasPrefix("templates/") })
    #expect(zip(paths, paths.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func aFolderLiesOverTheEmbeddedFiles() throws {
    try withTemporaryFolder { folder in
      try folder.write("own", to: "assets/pack.css")
      try folder.write("new", to: "assets/deep/new.css")
      let library = try AssetLibrary.embedded.overlaid("templates", with: folder.path)
      #expect(library.bytes("templates/assets/pack.css") == Array("own".utf8))
      #expect(library.bytes("templates/assets/deep/new.css") == Array("new".utf8))
      #expect(library.bytes("templates/evidence.xsd") == AssetLibrary.embedded.bytes("templates/evidence.xsd"))
      #expect(library.paths(under: "").count == AssetLibrary.embedded.paths(under: "").count + 1)
    }
  }

  @Test func aFolderThatIsNotThereIsRefused() throws {
    let error = #expect(throws: AssetLibrary.UnusableOverlay.self) {
      try AssetLibrary.embedded.overlaid("templates", with: "/nowhere/at/all")
    }
    #expect(error?.path == "/nowhere/at/all")
  }

  @Test func whatIsNoFileIsRefusedAndNotWaitedFor() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.path("pipe")
      #expect(mkfifo(pipe, 0o600) == 0)
      let error = #expect(throws: AssetLibrary.UnusableOverlay.self) {
        try AssetLibrary.embedded.overlaid("mappings", with: folder.path)
      }
      #expect(error?.path == pipe)
    }
  }

  @Test func anUnknownPathHasNoBytes() {
    #expect(AssetLibrary.embedded.bytes("templates/nope.xsl") == nil)
  }
}
