/// How often exceptions turn up in a sample when a known share of all decisions are exceptions: exact binomial sums.
///
/// Only additions, multiplications and comparisons of doubles are used, which give the same bits on every machine.
package enum Binomial {
  /// Two chances are taken for equal when they differ by less than this share of them, so that rounding in the last digit
  /// does not ask for one decision more.
  private static let tolerance = 1e-9

  /// The smallest sample in which at most `exceptions` turn up with a chance of `risk` or less, if a share of `rate` of all
  /// decisions are exceptions; nil where that takes more than `largest`.
  package static func sampleSize(risk: Double, rate: Double, exceptions: Int, largest: Int) -> Int? {
    var chances = Chances(exceptions: exceptions, rate: rate)
    for size in 0...largest {
      if size > exceptions, chances.sum <= risk * (1 + tolerance) { return size }
      chances.drawOne()
    }
    return nil
  }

  /// Whether so few exceptions in a sample of `size` turn up with a chance of `risk` or less under a rate of `rate`.
  package static func supports(risk: Double, rate: Double, exceptions: Int, in size: Int) -> Bool {
    exceptions < size && chance(ofAtMost: exceptions, in: size, rate: rate) <= risk * (1 + tolerance)
  }

  /// The chance that at most `exceptions` turn up in a sample of `size`.
  package static func chance(ofAtMost exceptions: Int, in size: Int, rate: Double) -> Double {
    var chances = Chances(exceptions: exceptions, rate: rate)
    for _ in 0..<size { chances.drawOne() }
    return chances.sum
  }

  /// The upper limit of the rate at a one-sided confidence of 1 - `risk`, after Clopper and Pearson: under any higher rate,
  /// so few exceptions would turn up with a chance below `risk`.
  package static func upperLimit(risk: Double, exceptions: Int, in size: Int) -> Double {
    guard exceptions < size else { return 1 }
    var (low, high) = (0.0, 1.0)
    // Forty halvings leave less than a millionth of a millionth.
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if chance(ofAtMost: exceptions, in: size, rate: middle) > risk { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The chances of 0, 1, … exceptions in a sample that grows by one decision after another.
  private struct Chances {
    private var terms: [Double]
    private let rate: Double

    init(exceptions: Int, rate: Double) {
      terms = Array(repeating: 0, count: exceptions + 1)
      terms[0] = 1
      self.rate = rate
    }

    mutating func drawOne() {
      for index in terms.indices.dropFirst().reversed() {
        terms[index] = terms[index] * (1 - rate) + terms[index - 1] * rate
      }
      terms[0] *= 1 - rate
    }

    var sum: Double { terms.reduce(0, +) }
  }
}
