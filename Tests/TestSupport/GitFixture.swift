/// A git repository that is the same on every machine: dates, people and settings are stated.
package struct GitFixture: Sendable {
  package let folder: TemporaryFolder
  package let path: String

  package init(in folder: TemporaryFolder, name: String = "repository") throws {
    self.folder = folder
    path = folder.path(name)
    try run(
      "/usr/bin/env", ["git", "init", "--quiet", "--initial-branch=main", "--template=", path],
      environment: Self.settings)
  }

  private static let settings = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "TZ": "UTC"]

  /// Runs `git` in the repository, as `author`, at `date`.
  package func git(_ arguments: [String], date: String = "2026-01-01T00:00:00Z", author: String = "Ada") throws {
    let identity = ["-c", "user.name=\(author)", "-c", "user.email=\(author.lowercased())@example.org"]
    try run(
      "/usr/bin/env", ["git", "-C", path] + identity + ["-c", "commit.gpgsign=false"] + arguments,
      environment: Self.settings.merging(["GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date]) { _, new in new })
  }

  /// Writes (or, for nil, removes) files and commits the change.
  package func commit(
    _ files: [String: String?], _ subject: String = "Change", date: String, author: String = "Ada"
  ) throws {
    for (name, text) in files {
      if let text {
        try folder.write(text, to: relative(name))
      } else {
        try folder.remove(relative(name))
      }
    }
    try git(["add", "--all"], date: date, author: author)
    try git(["commit", "--quiet", "--message", subject], date: date, author: author)
  }

  package func move(_ old: String, to new: String, _ subject: String = "Move", date: String) throws {
    try git(["mv", old, new], date: date)
    try git(["commit", "--quiet", "--message", subject], date: date)
  }

  private func relative(_ name: String) -> String { String(path.dropFirst(folder.path.count + 1)) + "/" + name }
}
