import EvidenceModel
import Testing

@Suite struct SamplePlanTests {
  private func percent(_ text: String) throws -> Percentage { try #require(Percentage(text)) }

  private func size(_ confidence: String, _ rate: String, exceptions: Int = 0) throws -> Int? {
    SamplePlan.size(
      confidence: try percent(confidence), tolerableRate: try percent(rate), expectedExceptions: exceptions)
  }

  /// Those that auditors know by heart.
  @Test(arguments: [
    ("90", "10", 22), ("95", "10", 29), ("90", "5", 45), ("95", "5", 59), ("90", "2", 114), ("95", "2", 149),
    ("99", "1", 459), ("95", "1", 299), ("99.9", "0.1", 6905), ("97.5", "2.5", 146), ("50", "50", 1),
  ])
  func theSizeIsTheSmallestThatConfidenceAndRateAskFor(confidence: String, rate: String, size: Int) throws {
    #expect(try self.size(confidence, rate) == size)
  }

  /// 0.1 times 0.1 is 0.01: two decisions are enough, whatever the last digit of a double says.
  @Test(arguments: [("99", "90", 2), ("75", "50", 2), ("96", "80", 2), ("99.9", "90", 3)])
  func aChanceThatIsJustReachedCountsAsReached(confidence: String, rate: String, size: Int) throws {
    #expect(try self.size(confidence, rate) == size)
  }

  /// From published tables of attribute sampling.
  @Test(arguments: [
    ("95", "5", 1, 93), ("95", "5", 2, 124), ("95", "5", 3, 153), ("90", "5", 1, 77), ("90", "10", 1, 38),
    ("95", "10", 1, 46), ("95", "10", 2, 61), ("90", "2", 1, 194), ("95", "2", 1, 236),
  ])
  func expectedExceptionsAskForMore(confidence: String, rate: String, exceptions: Int, size: Int) throws {
    #expect(try self.size(confidence, rate, exceptions: exceptions) == size)
  }

  @Test func aSizeAboveTheLargestIsNone() throws {
    #expect(try size("99.99", "0.01") == nil)
    #expect(SamplePlan(confidence: try percent("99.99"), tolerableRate: try percent("0.01")) == nil)
    #expect(SamplePlan(confidence: try percent("99.99"), tolerableRate: try percent("0.01"), size: 40)?.size == 40)
  }

  @Test func aStatedSizeIsTakenAsItIs() throws {
    let plan = try #require(SamplePlan(confidence: try percent("95"), tolerableRate: try percent("5"), size: 25))
    #expect(plan.size == 25 && plan.isStated)
    #expect(!SamplePlan.standard.isStated)
    for size in [0, -1, SamplePlan.largest + 1] {
      #expect(SamplePlan(confidence: plan.confidence, tolerableRate: plan.tolerableRate, size: size) == nil)
    }
    for exceptions in [-1, SamplePlan.mostExceptions + 1] {
      #expect(
        SamplePlan(
          confidence: plan.confidence, tolerableRate: plan.tolerableRate, expectedExceptions: exceptions) == nil)
    }
  }

  @Test func theStandardIsWhatItsFiguresAskFor() {
    let standard = SamplePlan.standard
    #expect(SamplePlan(confidence: standard.confidence, tolerableRate: standard.tolerableRate) == standard)
  }

  // MARK: Limits

  /// In hundredths of a per cent. Without an exception it is 1 − 0.05 to the power of 1/n; the others are from published tables.
  @Test(arguments: [
    (0, 59, 495), (1, 59, 779), (2, 59, 1029), (0, 25, 1129), (0, 100, 295), (1, 100, 466), (2, 100, 616),
    (3, 100, 757), (0, 1, 9500), (1, 1, 10_000), (5, 5, 10_000),
  ])
  func theUpperLimitIsThatOfClopperAndPearson(exceptions: Int, size: Int, limit: Int) {
    #expect(SamplePlan.standard.upperLimit(exceptions: exceptions, in: size) == limit)
  }

  @Test func theLimitAndThePlannedSizeAgree() {
    let plan = SamplePlan.standard
    #expect(plan.supports(exceptions: 0, in: 59) && !plan.supports(exceptions: 0, in: 58))
    #expect(!plan.supports(exceptions: 1, in: 59))
    #expect(plan.supports(exceptions: 1, in: 93) && !plan.supports(exceptions: 1, in: 92))
    #expect(!plan.supports(exceptions: 3, in: 3))
    for size in stride(from: 1, through: 200, by: 7) {
      for exceptions in 0..<min(size, 4) where plan.supports(exceptions: exceptions, in: size) {
        #expect(plan.upperLimit(exceptions: exceptions, in: size) <= 500)
      }
    }
  }

  @Test func chancesOfAllOutcomesAreOne() {
    for rate in [0.01, 0.3, 0.5, 0.97] {
      #expect(abs(Binomial.chance(ofAtMost: 12, in: 12, rate: rate) - 1) < 1e-12)
    }
    #expect(abs(Binomial.chance(ofAtMost: 1, in: 3, rate: 0.5) - 0.5) < 1e-12)
  }

  // MARK: Percentages

  @Test(arguments: [
    ("95", 950_000, "95"), ("97.5", 975_000, "97.5"), ("0.0001", 1, "0.0001"), ("5 %", 50_000, "5"),
    ("99.9999%", 999_999, "99.9999"), ("05", 50_000, "5"), ("2.50", 25_000, "2.5"),
  ])
  func aPercentageIsKeptExactly(text: String, millionths: Int, written: String) throws {
    let percentage = try percent(text)
    #expect(percentage.millionths == millionths)
    #expect(percentage.description == written)
  }

  @Test(arguments: [
    "0", "100", "0.0", "100.0", "-5", "+5", "", "%", "5.", ".5", "1e2", "5,5", "0.00001", "95.00000", "∞", "٩٥", "9 5",
    "nan", "0x5", "5%%",
  ])
  func whatIsNoPercentageBetweenIsRefused(text: String) {
    #expect(Percentage(text) == nil)
  }
}
