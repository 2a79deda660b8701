/// A step function over time: from each step's instant on, its value holds until the next step.
package struct Timeline<Value: Sendable>: Sendable {
  /// Instants in microseconds, strictly rising.
  package private(set) var starts: [Int64] = []
  package private(set) var values: [Value] = []

  package init() {}

  /// Adds a step. Steps must come in time order; one at the same instant replaces the one before.
  package mutating func append(from start: Instant, _ value: Value) {
    if starts.last == start.microseconds {
      values[values.count - 1] = value
    } else {
      precondition(starts.last.map { $0 < start.microseconds } ?? true, "steps out of order")
      starts.append(start.microseconds)
      values.append(value)
    }
  }

  /// The index of the step that holds at `instant`; nil before the first.
  @inline(__always)
  package func index(at instant: Int64) -> Int? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) >> 1
      if starts[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The value that holds at `instant`; nil before the first step.
  @inline(__always)
  package func value(at instant: Int64) -> Value? {
    index(at: instant).map { values[$0] }
  }
}
