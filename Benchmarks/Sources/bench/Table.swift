internal import Foundation

/// The table of one workload, in Markdown.
struct Table {
  let workload: Workload
  let results: [Result]

  var text: String {
    var lines = [
      "## \(workload.title)", "", "\(decimal(workload.megabytes, 1)) MB of log.", "",
      "| what | CPU s | least–most | wall s | peak MB | output MB | MB per CPU-s | x parser | result |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for result in results { lines.append("| " + cells(result).joined(separator: " | ") + " |") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func cells(_ result: Result) -> [String] {
    let summary = Summary(result)
    let outcome = result.failure ?? result.contender.absence ?? agreement(result)
    guard let summary else { return [result.contender.title] + Array(repeating: "", count: 7) + [escaped(outcome)] }
    let hasOutput = result.contender.output != nil
    return [
      result.contender.title, decimal(summary.processor, 3),
      "\(decimal(summary.least, 3))–\(decimal(summary.most, 3))", decimal(summary.wall, 3),
      decimal(summary.peakMegabytes, 1), hasOutput ? decimal(summary.outputMegabytes, 1) : "",
      result.contender.readsTheLog ? decimal(workload.megabytes / summary.processor, 0) : "",
      ratioToParser(result).map { decimal($0, 2) } ?? "", escaped(outcome),
    ]
  }

  private func agreement(_ result: Result) -> String {
    let facts = result.contender.answer.facts.map(\.title).joined(separator: ", ")
    return "agrees: \(facts)" + (result.pages > 0 ? "; \(grouped(result.pages)) pages" : "")
  }

  /// The median of the ratios within each round, since only runs that lie close together can be compared.
  private func ratioToParser(_ result: Result) -> Double? {
    guard result.contender.readsTheLog, let parser = results.first(where: { $0.contender.name == .parseOnDemand }),
      parser.costs.count >= result.costs.count
    else { return nil }
    return median(zip(result.costs, parser.costs).map { $0.processor / $1.processor })
  }

  private func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

/// Medians of one line; nil without a run.
struct Summary {
  var processor: Double
  var least: Double
  var most: Double
  var wall: Double
  var peakMegabytes: Double
  var outputMegabytes: Double

  init?(_ result: Result) {
    let times = result.costs.map(\.processor)
    guard let processor = median(times), let least = times.min(), let most = times.max(),
      let wall = median(result.costs.map(\.wall)), let peak = median(result.costs.map { Double($0.peakBytes) }),
      let output = median(result.costs.map { Double($0.outputBytes) })
    else { return nil }
    self.processor = processor
    self.least = least
    self.most = most
    self.wall = wall
    peakMegabytes = peak / 1e6
    outputMegabytes = output / 1e6
  }
}

func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// How cost grows from one workload to a larger one.
struct Growth {
  let smaller: Table
  let larger: Table

  var text: String {
    let records = Double(larger.workload.expected.records) / Double(smaller.workload.expected.records)
    var lines = [
      "## Growth from \(smaller.workload.title) to \(larger.workload.title)", "",
      "\(decimal(records, 2)) times the records. A last column of 1 is proportional growth.", "",
      "| what | CPU, times | peak memory, times | CPU per record, times |", "| --- | ---: | ---: | ---: |",
    ]
    for result in larger.results {
      let earlier = smaller.results.first { $0.contender.name == result.contender.name }
      guard let after = Summary(result), let before = earlier.flatMap({ Summary($0) }) else { continue }
      let factor = after.processor / before.processor
      let cells = [
        result.contender.title, decimal(factor, 2), decimal(after.peakMegabytes / before.peakMegabytes, 2),
        decimal(factor / records, 2),
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
