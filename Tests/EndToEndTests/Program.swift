import Foundation
import Testing

/// Runs the built binary as a user would.
struct Program {
  struct Outcome: Sendable {
    var status: Int32
    var output: String
    var errors: String

    /// The last line on standard output: the pack's path.
    var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }
  }

  /// The top of the source tree.
  static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// The binary stands beside the test program.
  static let binary: String = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("tenure").path
  }()

  static func tenure(
    _ arguments: String..., in directory: String = root, input: Data? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(binary, arguments, in: directory, input: input, environment: environment)
  }

  static func run(
    _ executable: String, _ arguments: [String], in directory: String = root, input: Data? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.environment = ProcessInfo.processInfo.environment.merging(["COLUMNS": "100"].merging(environment) { $1 }) {
      $1
    }
    // Files rather than pipes: a full pipe would stall a program that nobody reads yet.
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("tenure-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    func file(_ name: String, _ contents: Data = Data()) throws -> FileHandle {
      let url = scratch.appendingPathComponent(name)
      try contents.write(to: url)
      return try FileHandle(forUpdating: url)
    }
    process.standardOutput = try file("output")
    process.standardError = try file("errors")
    process.standardInput = try file("input", input ?? Data())
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: scratch.appendingPathComponent(name)), as: UTF8.self)
    }
    return Outcome(status: process.terminationStatus, output: try text("output"), errors: try text("errors"))
  }

  /// A program of Debian's, found on the path.
  static func tool(_ name: String, _ arguments: String..., in directory: String = root) throws -> Outcome {
    try run("/usr/bin/env", [name] + arguments, in: directory)
  }
}

/// What a command printed with `--format json`; the last event says how it ended.
func events(_ output: String) throws -> [[String: Any]] {
  let events = try output.split(separator: "\n").map {
    try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
  }
  #expect(events.allSatisfy { $0["version"] as? Int == 1 && $0["event"] is String })
  #expect(events.last?["event"] as? String == "ended")
  return events
}

/// A folder that goes away with the test.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("tenure-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ name: String, _ contents: Data) throws -> String {
    let full = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try contents.write(to: URL(fileURLWithPath: full))
    return full
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }
}

/// The files of a folder, by path.
func files(of folder: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
    var isDirectory: ObjCBool = false
    let path = folder + "/" + name
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
      continue
    }
    files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
  }
  return files
}

/// A page without the one script that it may name.
func withoutSearch(_ page: String) -> String {
  page.replacingOccurrences(of: "<script src=\"assets/search.js\" defer></script>", with: "")
    .replacingOccurrences(of: "<script src=\"../assets/search.js\" defer></script>", with: "")
    .replacingOccurrences(of: "<script src=\"../../assets/search.js\" defer></script>", with: "")
}

/// Which files differ between two folders; at most ten are named.
func differences(_ left: String, _ right: String) throws -> [String] {
  let (first, second) = (try files(of: left), try files(of: right))
  return Array(Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }.sorted().prefix(10))
}

/// Compares with a file under `Tests/Goldens`; `make accept` takes the new text as right.
func expectGolden(_ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let path = Program.root + "/Tests/Goldens/" + name
  if ProcessInfo.processInfo.environment["TENURE_ACCEPT"] != nil {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return
  }
  let expected = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  guard text != expected else { return }
  let scratch = try Scratch()
  let new = try scratch.write("new", text)
  let difference = try Program.run("/usr/bin/env", ["diff", "-u", path, new]).output
  Issue.record("\(name) differs; `make accept` takes it as right:\n\(difference)", sourceLocation: sourceLocation)
}
