/// The first 64 bits of each request id's digest, for counting duplicates; by their first byte in 256 buckets, so that
/// no more than a 256th of them needs to be in memory at once when they are counted.
final class RequestDigests {
  static let bucketCount = 256
  /// 2 MB; a block of a bucket then holds about a thousand digests.
  private static let capacity = 1 << 18

  private(set) var digests: [UInt64] = []
  private var full: [[UInt64]] = []

  @inline(__always)
  func add(_ digest: UInt64) {
    if digests.isEmpty { digests.reserveCapacity(Self.capacity) }
    digests.append(digest)
  }

  func add(_ other: RequestDigests) { digests += other.digests }

  var isFull: Bool { digests.count >= Self.capacity - (1 << 16) }

  /// Hands out what was gathered, bucket by bucket, and starts anew.
  func drain(_ body: (_ digests: [UInt64], _ bucket: Int) throws -> Void) rethrows {
    // An array made of no uninitialised room writes to the one empty array that all threads share.
    if digests.isEmpty { return }
    var ends = [Int](repeating: 0, count: Self.bucketCount)
    for digest in digests { ends[Int(digest >> 56)] += 1 }
    for bucket in 1..<Self.bucketCount { ends[bucket] += ends[bucket - 1] }
    var places = [0] + ends.dropLast()
    let sorted = [UInt64](unsafeUninitializedCapacity: digests.count) { room, count in
      for digest in digests {
        let bucket = Int(digest >> 56)
        room[places[bucket]] = digest
        places[bucket] += 1
      }
      count = digests.count
    }
    digests.removeAll(keepingCapacity: true)
    var start = 0
    for (bucket, end) in ends.enumerated() where end > start {
      try body(Array(sorted[start..<end]), bucket)
      start = end
    }
  }
}
