internal import Foundation

/// A command that is measured, one line of the table.
struct Contender {
  var name: LineName
  var title: String
  var command: [String]
  var answer: Answer
  /// Removed before each run, so that each run begins alike.
  var fresh: [URL] = []
  /// Run once, unmeasured, before the first round.
  var preparation: [String] = []
  /// Run after each round, unmeasured; its last line then states what was found.
  var check: [String] = []
  /// Whose size counts as output.
  var output: URL?
  /// A pack whose pages are counted.
  var pack: URL?
  /// Whether its speed by megabytes of log means anything.
  var readsTheLog = true
  /// Why it cannot run here; its line then says so, and that is no failure.
  var absence: String?
}

/// DuckDB as `prepare.sh` installs it.
enum DuckDB {
  static let python = "Benchmarks/.venv/bin/python"
  static let script = "Benchmarks/duckdb_scan.py"
}

/// The lines of each workload.
struct Contenders {
  let options: Options
  let measurer: Measurer
  /// `parse-only`, beside this program.
  let parser: URL

  func ofLog(_ workload: Workload, isSmallest: Bool) throws(BenchError) -> [Contender] {
    var all = [
      Contender(
        name: .count, title: "`wc -l` of the log", command: ["wc", "-l"] + workload.logs, answer: .newlineCount),
      Contender(
        name: .parseOnDemand, title: "parser alone, fields that decide (simdjson On-Demand)",
        command: [parser.path, "on-demand"] + workload.logs, answer: .parserCounts),
      Contender(
        name: .parseDOM, title: "parser alone, everything validated (simdjson DOM)",
        command: [parser.path, "dom"] + workload.logs, answer: .parserCounts),
      scan(.scan, "`tenure scan`, one thread", workload, jobs: 1),
      scan(.scanOnTwo, "`tenure scan`, two threads", workload, jobs: 2),
      remembered(workload),
    ]
    if isSmallest || options.only.contains(.run) { all.append(wholeRun(workload)) }
    all.append(try duckdb(workload))
    return all.filter { options.wants($0.name) }
  }

  /// The store is filled before, so that assessment, pack and pages are what is left.
  func ofRendering(_ workload: Workload) -> Contender {
    var contender = wholeRun(workload)
    contender.name = .rendering
    contender.title = "`tenure run`, scan remembered"
    contender.fresh = [place(.rendering, "packs")]
    contender.preparation = run(workload, .rendering)
    contender.pack = place(.rendering, "packs/all")
    contender.output = contender.pack
    contender.answer = .pack(place(.rendering, "packs/all"))
    contender.command = run(workload, .rendering)
    contender.readsTheLog = false
    return contender
  }

  private func scan(_ name: LineName, _ title: String, _ workload: Workload, jobs: Int) -> Contender {
    Contender(
      name: name, title: title, command: scanCommand(workload, name, jobs: jobs), answer: .scanned,
      fresh: [place(name)], check: scanCommand(workload, name, jobs: jobs) + ["--digests"], output: place(name))
  }

  private func remembered(_ workload: Workload) -> Contender {
    let command = scanCommand(workload, .remembered, jobs: 1)
    return Contender(
      name: .remembered, title: "`tenure scan` again, nothing changed", command: command, answer: .scanned,
      preparation: command, check: command + ["--digests"], output: place(.remembered))
  }

  private func wholeRun(_ workload: Workload) -> Contender {
    let pack = place(.run, "packs/all")
    return Contender(
      name: .run, title: "`tenure run`: scan, checks, pack, verified", command: run(workload, .run),
      answer: .pack(pack), fresh: [place(.run)], output: pack, pack: pack)
  }

  private func duckdb(_ workload: Workload) throws(BenchError) -> Contender {
    let isThere = try measurer.succeeds([DuckDB.python, "-c", "import duckdb"])
    let command = [DuckDB.python, DuckDB.script, workload.folder.path, "--threads", "1", "--out", place(.duckdb).path]
    return Contender(
      name: .duckdb, title: "DuckDB, the same work in SQL, one thread", command: command, answer: .judgedByDuckDB,
      fresh: [place(.duckdb)], output: place(.duckdb),
      absence: isThere ? nil : "not measured: DuckDB is not installed, see Benchmarks/prepare.sh")
  }

  private func scanCommand(_ workload: Workload, _ name: LineName, jobs: Int) -> [String] {
    [
      options.binary, "scan", "--config", workload.configuration, "--period", "all",
      "--store", place(name, "store.sqlite").path, "--jobs", String(jobs), "--format", "json",
    ]
  }

  private func run(_ workload: Workload, _ name: LineName) -> [String] {
    [
      options.binary, "run", "--config", workload.configuration, "--period", "all",
      "--store", place(name, "store.sqlite").path, "--out", place(name, "packs").path,
    ]
  }

  private func place(_ name: LineName, _ inside: String = "") -> URL {
    let folder = measurer.scratch.appending(path: name.rawValue)
    return inside.isEmpty ? folder : folder.appending(path: inside)
  }
}
