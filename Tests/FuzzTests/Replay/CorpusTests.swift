import Foundation
import Testing

/// Each target's corpus: inputs that libFuzzer kept because they reach something new, and those that once broke a promise.
@Suite struct CorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("corpus")

  private static func inputs(_ target: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = corpus.appendingPathComponent(target)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted().map {
      ($0, Array(try Data(contentsOf: folder.appendingPathComponent($0))))
    }
  }

  @Test func everyTargetHasACorpusAndEveryCorpusATarget() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path).filter { !$0.hasPrefix(".") }
    #expect(folders.sorted() == FuzzTarget.all.map(\.name).sorted())
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func everyInputOfTheCorpusKeepsThePromises(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let inputs = try Self.inputs(name)
    #expect(!inputs.isEmpty)
    for input in inputs { expectPromises(of: target, input.bytes, "corpus/\(name)/\(input.name)") }
  }

  /// A seed of its own for each target makes the same inputs in every run; `fuzz.sh` searches for others.
  @Test(arguments: FuzzTarget.all.map(\.name))
  func changedInputsKeepThePromises(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let inputs = try Self.inputs(name).map(\.bytes)
    var mutator = InputMutator(seed: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }), inputs: inputs)
    for number in 1...40 { expectPromises(of: target, mutator.next(), "changed input \(number) of \(name)") }
  }

  private func expectPromises(of target: FuzzTarget, _ bytes: [UInt8], _ what: String) {
    do {
      try target.take(bytes)
    } catch {
      Issue.record("\(what): \(error)")
    }
  }
}
