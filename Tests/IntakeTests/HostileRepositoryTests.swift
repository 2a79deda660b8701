import EvidenceModel
import Foundation
import TestSupport
import Testing

@testable import Intake

/// What a repository that somebody prepared can do to the one who reads its history.
@Suite struct HostileRepositoryTests {
  private static let rules = "rules: [{id: a, action: allow}]\n"

  private func read(_ fixture: GitFixture, path: String = "policy.yaml") async -> Records {
    await InputPlan(
      directory: fixture.folder.path, policy: [.git("repository", path: path, format: nil)], ownership: []
    ).read()
  }

  /// A program that leaves a file when it is run, and where it would be left.
  private func program(_ name: String, in folder: TemporaryFolder) throws -> String {
    let path = try folder.write("#!/bin/sh\ntouch '\(folder.path("ran"))/\(name)'\ncat\n", to: "programs/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  private func ran(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("ran"))
  }

  /// Every setting of git's that names a program, or an address to fetch from.
  private static let programs = [
    "core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.pager", "core.editor", "core.askPass",
    "core.alternateRefsCommand", "pager.log", "pager.diff-tree", "pager.cat-file", "pager.rev-list", "pager.rev-parse",
    "sequence.editor", "credential.helper", "diff.external", "diff.evil.command", "diff.evil.textconv",
    "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "gpg.program",
    "gpg.ssh.program", "gpg.x509.program", "uploadpack.packObjectsHook", "remote.origin.uploadpack",
    "interactive.diffFilter", "trailer.x.command",
  ]
  private static let hooks = [
    "applypatch-msg", "pre-commit", "post-checkout", "post-merge", "post-index-change", "reference-transaction",
    "fsmonitor-watchman", "pre-auto-gc", "post-rewrite", "pre-push", "update", "post-update", "pre-receive",
  ]
  private static let others = [
    ("log.showSignature", "true"), ("diff.evil.cachetextconv", "true"), ("filter.evil.required", "true"),
    ("core.hooksPath", ".git/hooks"), ("protocol.allow", "always"), ("remote.origin.promisor", "true"),
    ("remote.origin.partialclonefilter", "blob:none"), ("core.repositoryformatversion", "1"),
    ("extensions.partialClone", "origin"), ("color.ui", "always"), ("diff.renames", "copies"),
    ("diff.noprefix", "true"), ("log.diffMerges", "combined"), ("format.pretty", "%H EVIL"), ("log.date", "relative"),
    ("core.abbrev", "5"), ("diff.orderFile", "/dev/zero"), ("mailmap.file", "/dev/zero"),
  ]

  @Test func noSettingAndNoHookOfARepositoryRunsAProgram() async throws {
    try await inTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder.path("ran"), withIntermediateDirectories: true)
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": Self.rules, ".gitattributes": "* diff=evil filter=evil merge=evil ident\n"], "First",
        date: "2026-01-01T00:00:00Z")
      try fixture.commit(["policy.yaml": Self.rules + "# second\n"], "Second", date: "2026-01-02T00:00:00Z")
      let plain = await read(fixture).history.versions
      for hook in Self.hooks {
        try FileManager.default.createDirectory(
          atPath: fixture.path + "/.git/hooks", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          atPath: try program("hook-" + hook, in: folder), toPath: fixture.path + "/.git/hooks/" + hook)
      }
      var settings = Self.others
      for key in Self.programs { settings.append((key, try program(key, in: folder))) }
      for command in ["log", "rev-parse", "rev-list", "diff-tree", "cat-file", "for-each-ref"] {
        settings.append(("alias." + command, "!" + (try program("alias-" + command, in: folder))))
      }
      settings.append(("remote.origin.url", "ext::\(try program("ext", in: folder)) %S"))
      let included = "[core]\n\tpager = \(try program("included", in: folder))\n"
      settings.append(("include.path", try folder.write(included, to: "included")))
      for (key, value) in settings { try fixture.git(["config", key, value]) }
      try FileManager.default.removeItem(atPath: folder.path("ran"))
      try FileManager.default.createDirectory(atPath: folder.path("ran"), withIntermediateDirectories: true)

      let records = await read(fixture)
      #expect(records.diagnostics.isEmpty)
      #expect(records.history.versions == plain)
      #expect(try ran(in: folder) == [])
      // The programs do run where git is asked to.
      try? fixture.git(["diff", "HEAD~1"])
      #expect(try ran(in: folder) != [])
    }
  }

  /// A clone that left contents out would fetch them, by a command of its own configuration.
  @Test func whatAPartialCloneLacksIsNotFetched() async throws {
    try await inTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder.path("ran"), withIntermediateDirectories: true)
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": Self.rules], date: "2026-01-01T00:00:00Z")
      try fixture.commit(["policy.yaml": Self.rules + "# second\n"], date: "2026-01-02T00:00:00Z")
      let blob = try #require(await read(fixture).history.versions.first)
      #expect(blob.isReadable)
      try fixture.git(["config", "core.repositoryformatversion", "1"])
      try fixture.git(["config", "extensions.partialClone", "origin"])
      try fixture.git(["config", "remote.origin.promisor", "true"])
      try fixture.git(["config", "protocol.ext.allow", "always"])
      try fixture.git(["config", "remote.origin.url", "ext::\(try program("ext", in: folder)) %S"])
      let objects = fixture.path + "/.git/objects"
      let first = objects + "/" + Self.looseName(of: Self.rules)
      try FileManager.default.removeItem(atPath: first)
      let records = await read(fixture)
      #expect(records.history.versions.map(\.isReadable) == [false, true])
      #expect(records.diagnostics.map(\.id) == ["policy-version-missing"])
      #expect(try ran(in: folder) == [])
    }
  }

  /// Where git keeps a blob: by the SHA-1 of its header and bytes, which `git hash-object` tells.
  private static func looseName(of text: String) -> String {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "hash-object", "--stdin"]
    (process.standardInput, process.standardOutput) = (input, output)
    guard (try? process.run()) != nil else { return "" }
    input.fileHandleForWriting.write(Data(text.utf8))
    try? input.fileHandleForWriting.close()
    let id = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return id.prefix(2) + "/" + id.dropFirst(2).prefix(38)
  }

  @Test func aHugeTextIsNotFetched() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": Self.rules], date: "2026-01-01T00:00:00Z")
      let huge = Self.rules + String(repeating: "# comment\n", count: 1_700_000)
      try fixture.commit(["policy.yaml": huge], date: "2026-01-02T00:00:00Z")
      let records = await read(fixture)
      #expect(records.history.versions.map(\.isReadable) == [true, false])
      #expect(records.diagnostics.map(\.id) == ["policy-version-too-large"])
    }
  }

  @Test func aLinkIsNotFollowedAndASubmoduleIsNoPolicy() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": Self.rules], date: "2026-01-01T00:00:00Z")
      try FileManager.default.removeItem(atPath: fixture.path + "/policy.yaml")
      let outside = try folder.write("rules: [{id: from-outside, action: allow}]\n", to: "outside.yaml")
      try FileManager.default.createSymbolicLink(
        atPath: fixture.path + "/policy.yaml", withDestinationPath: outside)
      try fixture.git(["add", "--all"])
      try fixture.git(["commit", "--quiet", "--message", "Link"], date: "2026-01-02T00:00:00Z")
      try fixture.git(["rm", "--quiet", "policy.yaml"])
      let commit = "160000,0123456789012345678901234567890123456789,policy.yaml"
      try fixture.git(["update-index", "--add", "--cacheinfo", commit])
      try fixture.git(["commit", "--quiet", "--message", "Submodule"], date: "2026-01-03T00:00:00Z")
      let records = await read(fixture)
      #expect(records.history.versions.map(\.isReadable) == [true, false, false])
      #expect(records.history.versions.allSatisfy { $0.rules.allSatisfy { $0.id == "a" } })
      #expect(records.diagnostics.count == 2)
    }
  }

  @Test(arguments: ["0 +0000", "9223372036854775807 +0000", "99999999999999 +0000", "-1 +0000"])
  func aDateOutOfRangeIsReadOrTold(date: String) async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": Self.rules], date: "2026-01-01T00:00:00Z")
      try? fixture.commit(["policy.yaml": Self.rules + "# second\n"], date: "@" + date)
      let versions = await read(fixture).history.versions
      #expect(!versions.isEmpty)
    }
  }

  @Test func controlCharactersInACommitStayInIt() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(
        ["policy.yaml": Self.rules], "red \u{1B}[31m bell \u{7} right \u{202E} end", date: "2026-01-01T00:00:00Z",
        author: "Ada\u{1B}[2J")
      let versions = await read(fixture).history.versions
      #expect(versions.count == 1)
      #expect(versions.first?.isReadable == true)
    }
  }

  /// What git says first may be a hint; the reason is what counts.
  @Test func theReasonIsToldAndNotTheHint() async throws {
    try await inTemporaryFolder { folder in
      let fixture = try GitFixture(in: folder)
      try fixture.commit(["policy.yaml": Self.rules], date: "2026-01-01T00:00:00Z")
      try FileManager.default.removeItem(atPath: fixture.path + "/.git/objects")
      try FileManager.default.createDirectory(atPath: fixture.path + "/.git/objects", withIntermediateDirectories: true)
      let diagnostic = try #require(await read(fixture).diagnostics.first)
      #expect(diagnostic.summary.contains("fatal: "), "\(diagnostic.summary)")
    }
  }
}
