/// A reader of untrusted bytes, and what it promises of any bytes: not to crash, not to hang, and whatever `take` checks.
struct FuzzTarget: Sendable {
  /// Of its folder under `corpus/`.
  let name: String
  /// Reads one input; what the reader itself refuses is no fault.
  let take: @Sendable ([UInt8]) throws(BrokenPromise) -> Void

  init(_ name: String, _ take: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Void) {
    self.name = name
    self.take = take
  }

  static let all =
    textTargets + logTargets + policyTargets + registerTargets + ownershipTargets + frameworkTargets + partialTargets
    + packTargets + sealTargets
}

/// Something that holds for every input did not hold for this one.
struct BrokenPromise: Error, CustomStringConvertible {
  let description: String
}

func expect(_ condition: Bool, _ message: @autoclosure () -> String) throws(BrokenPromise) {
  if !condition { throw BrokenPromise(description: message()) }
}

/// The two halves of an input that stands for two files; a NUL divides them.
func halves(_ bytes: [UInt8]) -> (first: [UInt8], second: [UInt8]) {
  guard let middle = bytes.firstIndex(of: 0) else { return (bytes, []) }
  return (Array(bytes[..<middle]), Array(bytes[(middle + 1)...]))
}

/// The input as text, as a reader takes it that was given no UTF-8.
func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
