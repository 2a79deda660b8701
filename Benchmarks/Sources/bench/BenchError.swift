internal import Foundation

/// Why there is no table. Each text ends with what to do next.
enum BenchError: Error {
  /// The command line makes no sense.
  case usage(String)
  /// Something that has to be there is not, or is not what it should be.
  case unusable(String)

  var text: String {
    switch self {
    case .usage(let text), .unusable(let text): text
    }
  }

  var exitStatus: Int32 {
    switch self {
    case .usage: 64
    case .unusable: 1
    }
  }

  /// Does what Foundation may refuse, and says so in `purpose`'s words.
  static func attempt<Value>(_ purpose: String, _ body: () throws -> Value) throws(BenchError) -> Value {
    do {
      return try body()
    } catch {
      throw .unusable("\(purpose) failed: \(error.localizedDescription)")
    }
  }
}
