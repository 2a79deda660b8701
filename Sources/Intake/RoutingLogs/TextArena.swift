/// Place for texts that a reader makes itself, such as a number's digits. They live until the next record.
final class TextArena {
  private static let blockSize = 1 << 16
  private var blocks: [UnsafeMutableBufferPointer<UInt8>] = []
  private var used = 0

  deinit { blocks.forEach { $0.deallocate() } }

  /// Forgets all texts; one block is kept for the next record.
  func reset() {
    used = 0
    while blocks.count > 1 || blocks.first.map({ $0.count > Self.blockSize }) ?? false {
      blocks.removeLast().deallocate()
    }
  }

  func text(_ bytes: some Collection<UInt8>) -> BorrowedText {
    let count = bytes.count
    guard count > 0 else { return .empty }
    if blocks.last.map({ $0.count - used < count }) ?? true {
      blocks.append(.allocate(capacity: max(count, Self.blockSize)))
      used = 0
    }
    let block = blocks[blocks.count - 1]
    _ = UnsafeMutableBufferPointer(rebasing: block[used..<(used + count)]).initialize(from: bytes)
    defer { used += count }
    return BorrowedText(start: block.baseAddress.map { UnsafePointer($0 + used) }, count: count)
  }
}
