internal import Foundation

/// What came of one line.
struct Result {
  var contender: Contender
  /// One for each round, in order.
  var costs: [Cost] = []
  var pages = 0
  /// Why the line failed; the run counts as failed too.
  var failure: String?

  var isFailure: Bool { failure != nil }
}

/// All lines of one workload, measured in rounds.
struct Race {
  let workload: Workload
  let measurer: Measurer
  let rounds: Int

  /// A B C, A B C, …: a slow minute of the machine then falls on every line, not on one.
  func results(of contenders: [Contender]) throws(BenchError) -> [Result] {
    var results = contenders.map { Result(contender: $0) }
    // The log is in the page cache before anything is measured.
    _ = try measurer.run(["wc", "-l"] + workload.logs)
    for index in results.indices { try prepare(&results[index]) }
    for round in 1...rounds {
      for index in results.indices where !results[index].isFailure && results[index].contender.absence == nil {
        try measure(&results[index])
        report(results[index], round)
      }
    }
    return results
  }

  private func report(_ result: Result, _ round: Int) {
    let outcome = result.failure ?? result.costs.last.map { decimal($0.processor, 2) + " s" } ?? ""
    Progress.say("\(workload.title), round \(round) of \(rounds), \(result.contender.name.rawValue): \(outcome)")
  }

  private func prepare(_ result: inout Result) throws(BenchError) {
    guard !result.contender.preparation.isEmpty, result.contender.absence == nil else { return }
    try begin(result.contender)
    result.failure = failure(of: try measurer.run(result.contender.preparation))
  }

  private func measure(_ result: inout Result) throws(BenchError) {
    let contender = result.contender
    try begin(contender)
    var run = try measurer.run(contender.command)
    if let failure = failure(of: run) {
      result.failure = failure
      return
    }
    run.cost.outputBytes = contender.output.map { Files.bytes($0) } ?? 0
    result.costs.append(run.cost)
    if let pack = contender.pack { result.pages = Files.count(in: pack, ending: "html") }
    if !contender.check.isEmpty {
      run = try measurer.run(contender.check)
      if let failure = failure(of: run) {
        result.failure = failure
        return
      }
    }
    let claims = try contender.answer.claims(of: run, measurer: measurer)
    let wrong = contender.answer.facts.filter { claims[$0] != workload.truth[$0] }
    if !wrong.isEmpty {
      result.failure = "DIFFERS: " + wrong.map { "\($0.title) \(claims[$0] ?? "missing")" }.joined(separator: ", ")
    }
  }

  private func begin(_ contender: Contender) throws(BenchError) {
    for url in contender.fresh { try Files.remove(url) }
    try Files.makeFolder(measurer.scratch.appending(path: contender.name.rawValue))
  }

  /// 3 is a pack with holes: the workloads have malformed lines.
  private func failure(of run: EndedRun) -> String? {
    run.ending == "exit 0" || run.ending == "exit 3" ? nil : "FAILED: \(run.ending). \(run.lastWords)"
  }
}
