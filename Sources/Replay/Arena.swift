/// Memory of tables that never change once they are built. It goes when the arena goes.
final class Arena: @unchecked Sendable {
  // Written while a plan is built, by one thread; only read from then on.
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { blocks.forEach { $0.deallocate() } }

  func keep<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    guard !elements.isEmpty else { return UnsafeBufferPointer(start: nil, count: 0) }
    let block = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    for (index, element) in elements.enumerated() { (block + index).initialize(to: element) }
    blocks.append(UnsafeMutableRawPointer(block))
    return UnsafeBufferPointer(start: block, count: elements.count)
  }

  func keep<Value: BitwiseCopyable>(_ starts: [Int64], _ values: [Value]) -> Steps<Value> {
    Steps(starts: keep(starts), values: keep(values))
  }
}

/// A step function in an arena: what `Timeline` is, without a count of its owners.
struct Steps<Value: BitwiseCopyable>: BitwiseCopyable {
  var starts: UnsafeBufferPointer<Int64>
  var values: UnsafeBufferPointer<Value>

  static var none: Steps {
    Steps(starts: .init(start: nil, count: 0), values: .init(start: nil, count: 0))
  }

  /// The value that holds at `instant`; nil before the first step.
  @inline(__always)
  func value(at instant: Int64) -> Value? { step(at: instant)?.value }

  /// The step that holds at `instant`, and since when; nil before the first step.
  @inline(__always)
  func step(at instant: Int64) -> (start: Int64, value: Value)? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low &+ high) &>> 1
      if starts[middle] <= instant { low = middle &+ 1 } else { high = middle }
    }
    return low == 0 ? nil : (starts[low &- 1], values[low &- 1])
  }
}
