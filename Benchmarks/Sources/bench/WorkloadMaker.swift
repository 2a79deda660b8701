internal import Foundation

/// Makes workloads, or finds them made.
struct WorkloadMaker {
  let options: Options
  let measurer: Measurer

  private static let renderingScript = "Benchmarks/rendering_workload.py"

  /// The generator's workload of so many records.
  func generated(records: Int) throws(BenchError) -> Workload {
    try workload(
      title: "\(grouped(records)) records", name: "records-\(records)", script: options.generator,
      missing: "There is no workload generator at \(options.generator). Name one with --generator.",
      arguments: ["records": records, "seed": 1, "rules": 200, "versions": 12, "files": 1])
  }

  /// Many rules, many versions, many exceptions.
  func rendering() throws(BenchError) -> Workload {
    try workload(
      title: "Rendering: 1,000 rules x 20 versions, 100,000 exceptions", name: "rendering",
      script: Self.renderingScript,
      missing: "There is no \(Self.renderingScript). Run bench in the project's root folder.",
      arguments: ["rules": 1000, "versions": 20, "exceptions": 100_000])
  }

  private func workload(
    title: String, name: String, script: String, missing: String, arguments: [String: Int]
  ) throws(BenchError) -> Workload {
    let folder = URL(filePath: options.workloads).appending(path: name)
    if let expected = whole(folder, arguments) { return Workload(title: title, folder: folder, expected: expected) }
    guard Files.exists(URL(filePath: script)) else { throw .unusable(missing) }
    // Under another name until it is whole, so that an interrupted generator leaves nothing that looks finished.
    let unfinished = URL(filePath: options.workloads).appending(path: "\(name).unfinished")
    try Files.remove(unfinished)
    try Files.makeFolder(unfinished)
    Progress.say("Generating \(title)")
    let flags = arguments.sorted { $0.key < $1.key }.flatMap { ["--\($0.key)", String($0.value)] }
    let run = try measurer.run([try python(), script, "--out", unfinished.path] + flags)
    guard run.ending == "exit 0", whole(unfinished, arguments) != nil else {
      throw .unusable(
        "\(script) did not make the workload (\(run.ending)): \(run.lastWords) Run it by hand to see more.")
    }
    try Files.remove(folder)
    try BenchError.attempt("Renaming \(unfinished.path)") {
      try FileManager.default.moveItem(at: unfinished, to: folder)
    }
    guard let expected = whole(folder, arguments) else {
      throw .unusable("\(folder.path) changed while it was used. Run bench again.")
    }
    return Workload(title: title, folder: folder, expected: expected)
  }

  /// The planted answer, when the folder was made with these arguments and its logs have the size it names.
  private func whole(_ folder: URL, _ arguments: [String: Int]) -> Expected? {
    guard let expected = try? Expected.read(folder), expected.arguments == arguments else { return nil }
    let bytes = Workload.logs(in: folder).reduce(0) { $0 + Files.bytes($1) }
    return bytes == expected.bytes ? expected : nil
  }

  /// A Python that has numpy: the environment's own, the one on the path, or Debian's.
  private func python() throws(BenchError) -> String {
    for candidate in [DuckDB.python, "python3", "/usr/bin/python3"] {
      if try measurer.succeeds([candidate, "-c", "import numpy"]) { return candidate }
    }
    throw .unusable("No Python here has numpy. Run Benchmarks/prepare.sh, or install python3-numpy.")
  }
}
