internal import Foundation

/// Where a command leaves what it found, and which facts have to be there.
enum Answer {
  /// `wc -l FILE...`: the last line begins with the count.
  case newlineCount
  /// One line of JSON that counts lines.
  case parserCounts
  /// `tenure scan`: the last line of JSON.
  case scanned
  /// duckdb_scan.py: one line of JSON.
  case judgedByDuckDB
  /// The exact data of a pack.
  case pack(URL)

  var facts: [Fact] {
    switch self {
    case .newlineCount: [.newlines]
    case .parserCounts: [.lines]
    case .scanned: [.tally, .exceptions, .sample, .duplicates, .judged, .lines]
    case .judgedByDuckDB: [.tally, .exceptions, .sample, .duplicates, .judged]
    case .pack: [.tally, .exceptions, .sample]
    }
  }

  /// The facts that the run claims. A fact that it does not state is missing.
  func claims(of run: EndedRun, measurer: Measurer) throws(BenchError) -> [Fact: String] {
    switch self {
    case .newlineCount:
      let count = lastLine(run).split(separator: " ").first.map(String.init)
      return count.map { [.newlines: $0] } ?? [:]
    case .parserCounts, .judgedByDuckDB: return members(lastLine(run))
    case .scanned:
      return lines(run).map(String.init).first { line in
        let object = try? JSONDecoder().decode([String: Scalar].self, from: Data(line.utf8))
        return object?["event"]?.text == "scanned"
      }.map(members) ?? [:]
    case .pack(let folder):
      var found: [Fact: String] = [:]
      for (fact, name) in [(Fact.tally, "tally"), (.exceptions, "exceptions"), (.sample, "sample")] {
        let digest = try measurer.run(["sha256sum", folder.appending(path: "data/\(name).csv").path])
        guard digest.ending == "exit 0" else { continue }
        found[fact] = lastLine(digest).split(separator: " ").first.map(String.init)
      }
      return found
    }
  }

  private func lastLine(_ run: EndedRun) -> String { lines(run).last.map(String.init) ?? "" }

  private func lines(_ run: EndedRun) -> [Substring] {
    ((try? String(contentsOf: run.output, encoding: .utf8)) ?? "").split(whereSeparator: \.isNewline)
  }

  private func members(_ line: String) -> [Fact: String] {
    guard let object = try? JSONDecoder().decode([String: Scalar].self, from: Data(line.utf8)) else { return [:] }
    var found: [Fact: String] = [:]
    for fact in facts { found[fact] = object[fact.rawValue]?.text }
    return found
  }
}

/// A JSON string or whole number; nothing else is a fact.
private struct Scalar: Decodable {
  var text: String?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      text = String(number)
    } else {
      text = try? container.decode(String.self)
    }
  }
}
