internal import Foundation

/// Makes the workloads, measures the lines, writes the tables.
struct Bench {
  let options: Options
  let measurer: Measurer
  let contenders: Contenders
  let maker: WorkloadMaker

  init(_ options: Options) throws(BenchError) {
    self.options = options
    guard Files.exists(URL(filePath: DuckDB.script)) else {
      throw .unusable("Run bench in the project's root folder, or with make bench: \(DuckDB.script) is not here.")
    }
    guard Files.exists(URL(filePath: options.binary)) else {
      throw .unusable("There is no program at \(options.binary). Build it with make build, or name one with --binary.")
    }
    let own = try BenchError.attempt("Finding this program's own place") {
      try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
    let beside = URL(filePath: own).deletingLastPathComponent()
    let helper = beside.appending(path: "measure")
    let parser = beside.appending(path: "parse-only")
    guard Files.exists(helper), Files.exists(parser) else {
      throw .unusable("measure and parse-only are not beside this program. Build the whole package: make bench.")
    }
    let scratch = URL(filePath: options.workloads).appending(path: "scratch")
    try Files.remove(scratch)
    try Files.makeFolder(scratch)
    measurer = Measurer(helper: helper, scratch: scratch)
    contenders = Contenders(options: options, measurer: measurer, parser: parser)
    maker = WorkloadMaker(options: options, measurer: measurer)
  }

  /// Prints the tables; false when a line failed or differs from the planted answer.
  func run() throws(BenchError) -> Bool {
    var tables: [Table] = []
    if options.wantsGeneratedWorkloads {
      for records in options.records {
        let workload = try maker.generated(records: records)
        tables.append(try table(workload, contenders.ofLog(workload, isSmallest: records == options.records.first)))
      }
    }
    var texts = tables.map(\.text)
    for (smaller, larger) in zip(tables, tables.dropFirst()) {
      texts.append(Growth(smaller: smaller, larger: larger).text)
    }
    if options.wants(.rendering) {
      let workload = try maker.rendering()
      let rendering = try table(workload, [contenders.ofRendering(workload)])
      tables.append(rendering)
      texts.append(rendering.text)
    }
    try publish(([heading] + texts).joined(separator: "\n"))
    try Files.remove(measurer.scratch)
    return !tables.flatMap(\.results).contains(where: \.isFailure)
  }

  private func table(_ workload: Workload, _ lines: [Contender]) throws(BenchError) -> Table {
    let race = Race(workload: workload, measurer: measurer, rounds: options.runs)
    let results = try race.results(of: lines)
    // Packs are large, and the next workload needs none of them.
    try Files.remove(measurer.scratch)
    try Files.makeFolder(measurer.scratch)
    return Table(workload: workload, results: results)
  }

  private func publish(_ text: String) throws(BenchError) {
    print(text, terminator: "")
    guard let path = options.markdown else { return }
    try BenchError.attempt("Writing \(path)") { try Data(text.utf8).write(to: URL(filePath: path)) }
  }

  private var heading: String {
    """
    # Measured

    Medians; rounds: \(options.runs). Machine: \(cores) cores (\(processorName)). CPU is user and system time. Every result is compared
    with the planted answer in the same run.

    """
  }

  private var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  private var processorName: String {
    let description = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = description.split(whereSeparator: \.isNewline).first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "processor not named"
  }
}
