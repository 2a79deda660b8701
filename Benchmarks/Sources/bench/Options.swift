internal import Foundation

/// A line of the table, by the name that `--only` takes.
enum LineName: String, CaseIterable {
  case count = "wc"
  case parseOnDemand = "parse-on-demand"
  case parseDOM = "parse-dom"
  case scan = "scan"
  case scanOnTwo = "scan-2"
  case remembered = "remembered"
  case run = "run"
  case duckdb = "duckdb"
  case rendering = "rendering"
}

/// The command line.
struct Options {
  var runs = 5
  var records = [100_000, 1_000_000]
  var only: Set<LineName> = []
  var binary = ".build-release/release/tenure"
  var generator = "../shared/bench/gen_workload.py"
  var workloads = "Benchmarks/workloads"
  var markdown: String?
  var isHelp = false

  private static let lineNames = LineName.allCases.map(\.rawValue).joined(separator: ", ")

  static let usage = """
    Usage: bench [OPTION VALUE]...   (in the project's root folder; `make bench` builds everything first)

      --runs N             rounds; each round runs every line once (5)
      --records N[,N...]   sizes of the generated workloads (100000,1000000)
      --only NAME[,...]    lines to measure: \(lineNames)
      --binary PATH        the program (.build-release/release/tenure)
      --generator PATH     the workload generator (../shared/bench/gen_workload.py)
      --workloads FOLDER   where workloads are kept (Benchmarks/workloads)
      --markdown FILE      write the table to this file too

    The line `run` is measured on the smallest workload only, unless --only names it.
    Exit status: 0 every line was measured and agrees with the planted answer, 1 one does not, 64 usage.
    """

  init(_ arguments: [String]) throws(BenchError) {
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      if flag == "--help" || flag == "-h" {
        isHelp = true
        continue
      }
      guard let value = rest.popFirst() else {
        throw .usage("\(flag) is no option, or lacks its value. See bench --help.")
      }
      try set(flag, value)
    }
  }

  private mutating func set(_ flag: String, _ value: String) throws(BenchError) {
    switch flag {
    case "--runs": runs = try Self.number(flag, value)
    case "--records":
      records = []
      for part in value.split(separator: ",") { records.append(try Self.number(flag, String(part))) }
      records = Array(Set(records)).sorted()
      if records.isEmpty { throw .usage("--records takes numbers with commas between them, such as 100000,1000000.") }
    case "--only":
      for part in value.split(separator: ",") {
        guard let name = LineName(rawValue: String(part)) else {
          throw .usage("There is no line \(part). Choose of \(Self.lineNames).")
        }
        only.insert(name)
      }
    case "--binary": binary = value
    case "--generator": generator = value
    case "--workloads": workloads = value
    case "--markdown": markdown = value
    default: throw .usage("There is no option \(flag). See bench --help.")
    }
  }

  private static func number(_ flag: String, _ value: String) throws(BenchError) -> Int {
    guard let number = Int(value), number > 0 else {
      throw .usage("\(flag) takes whole numbers from 1 on, not \(value).")
    }
    return number
  }

  func wants(_ name: LineName) -> Bool { only.isEmpty || only.contains(name) }

  var wantsGeneratedWorkloads: Bool { LineName.allCases.contains { $0 != .rendering && wants($0) } }
}
