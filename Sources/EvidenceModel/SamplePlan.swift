/// A percentage above 0 and below 100, in millionths of the whole, so that what a configuration writes is kept exactly.
package struct Percentage: Sendable, Hashable, CustomStringConvertible {
  package let millionths: Int

  /// Reads `95`, `97.5` or `95 %`, with up to four digits after the point; nil for all else, 0 and 100 among it.
  package init?(_ text: String) {
    var digits = text[...]
    if digits.hasSuffix("%") { digits = digits.dropLast() }
    while digits.hasSuffix(" ") { digits = digits.dropLast() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : "0"
    guard (1...2).contains(parts[0].utf8.count), (1...4).contains(fraction.utf8.count),
      (parts[0] + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }), let whole = Int(parts[0]),
      let rest = Int(fraction + String(repeating: "0", count: 4 - fraction.utf8.count))
    else { return nil }
    self.init(millionths: whole * 10_000 + rest)
  }

  package init?(millionths: Int) {
    guard (1..<1_000_000).contains(millionths) else { return nil }
    self.millionths = millionths
  }

  package var share: Double { Double(millionths) / 1_000_000 }

  /// As it is written in a configuration: `97.5`.
  package var description: String {
    guard millionths % 10_000 > 0 else { return String(millionths / 10_000) }
    var fraction = padded(millionths % 10_000, 4)
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(millionths / 10_000).\(fraction)"
  }
}

/// How many decisions are drawn for a test of attributes by hand, and why so many.
package struct SamplePlan: Sendable, Hashable {
  /// No sample is larger: nobody tests more by hand, and a scan holds its candidates in memory.
  package static let largest = 10_000
  package static let mostExceptions = 100

  package let confidence: Percentage
  package let tolerableRate: Percentage
  package let expectedExceptions: Int
  /// Decisions to draw.
  package let size: Int
  /// The configuration states the size; confidence and rate only say what it supports.
  package let isStated: Bool

  /// - Parameter size: nil for the smallest that confidence, rate and expected exceptions ask for.
  /// - Returns: nil where that size would be above `largest`, or a figure is out of range.
  package init?(confidence: Percentage, tolerableRate: Percentage, expectedExceptions: Int = 0, size: Int? = nil) {
    guard (0...Self.mostExceptions).contains(expectedExceptions), (1...Self.largest).contains(size ?? 1),
      let drawn = size
        ?? Self.size(confidence: confidence, tolerableRate: tolerableRate, expectedExceptions: expectedExceptions)
    else { return nil }
    self.confidence = confidence
    self.tolerableRate = tolerableRate
    self.expectedExceptions = expectedExceptions
    self.size = drawn
    isStated = size != nil
  }

  private init() {
    confidence = Self.percent(95)
    tolerableRate = Self.percent(5)
    expectedExceptions = 0
    size = 59
    isStated = false
  }

  /// 95 % confidence, 5 % tolerable rate, no exception expected: 59 decisions.
  package static let standard = SamplePlan()

  /// Pairs of confidence and tolerable rate that are in general use.
  package static let usualPairs: [(confidence: Percentage, tolerableRate: Percentage)] =
    [10, 5, 2].flatMap { rate in [90, 95].map { (percent($0), percent(rate)) } }

  private static func percent(_ whole: Int) -> Percentage {
    guard let percentage = Percentage(millionths: whole * 10_000) else { preconditionFailure("no percentage") }
    return percentage
  }

  /// The smallest sample that supports a rate of exceptions of at most `tolerableRate`, if no more than
  /// `expectedExceptions` are found in it; nil above `largest`.
  package static func size(confidence: Percentage, tolerableRate: Percentage, expectedExceptions: Int) -> Int? {
    Binomial.sampleSize(
      risk: risk(confidence), rate: tolerableRate.share, exceptions: expectedExceptions, largest: largest)
  }

  /// The upper limit of the rate at this plan's confidence, in hundredths of a per cent, rounded to the nearest.
  package func upperLimit(exceptions: Int, in size: Int) -> Int {
    Int((Binomial.upperLimit(risk: Self.risk(confidence), exceptions: exceptions, in: size) * 10_000).rounded())
  }

  /// Whether so many exceptions in a sample of `size` leave the upper limit at or below the tolerable rate.
  package func supports(exceptions: Int, in size: Int) -> Bool {
    Binomial.supports(risk: Self.risk(confidence), rate: tolerableRate.share, exceptions: exceptions, in: size)
  }

  /// Whole millionths are taken from each other, since a difference of doubles would not be exact.
  private static func risk(_ confidence: Percentage) -> Double {
    Double(1_000_000 - confidence.millionths) / 1_000_000
  }
}
