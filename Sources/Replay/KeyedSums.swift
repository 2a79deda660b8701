/// Sums by 128-bit keys, in one flat table with open addressing.
struct KeyedSums<Sum: BitwiseCopyable>: ~Copyable {
  struct Entry: BitwiseCopyable {
    var first, second: UInt64
    var sum: Sum
  }

  private var entries: UnsafeMutablePointer<Entry>
  private(set) var count = 0
  private var capacity: Int
  /// Index of the entry and 1; 0 is free. The size is a power of two.
  private var slots: UnsafeMutablePointer<Int32>
  private var mask: Int
  private let zero: Sum
  private var entryMemory, slotMemory: OwnedMemory

  init(zero: Sum, capacity: Int = 64) {
    self.zero = zero
    self.capacity = capacity
    mask = capacity * 2 - 1
    entries = .allocate(capacity: capacity)
    entryMemory = OwnedMemory(entries)
    slots = .allocate(capacity: mask + 1)
    slotMemory = OwnedMemory(slots)
    slots.initialize(repeating: 0, count: mask + 1)
  }

  var all: UnsafeBufferPointer<Entry> { UnsafeBufferPointer(start: entries, count: count) }

  /// The entry of a key, made with the zero when it was not there. It stands until the next key comes.
  @inline(__always)
  mutating func entry(_ first: UInt64, _ second: UInt64) -> UnsafeMutablePointer<Entry> {
    var slot = Int(truncatingIfNeeded: mix(mix(first) ^ second)) & mask
    while slots[slot] != 0 {
      let candidate = entries + Int(slots[slot] &- 1)
      if candidate.pointee.first == first, candidate.pointee.second == second { return candidate }
      slot = (slot &+ 1) & mask
    }
    return add(first, second, slot)
  }

  private mutating func add(_ first: UInt64, _ second: UInt64, _ slot: Int) -> UnsafeMutablePointer<Entry> {
    var slot = slot
    if count == capacity {
      grow()
      slot = Int(truncatingIfNeeded: mix(mix(first) ^ second)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
    }
    let place = entries + count
    place.initialize(to: Entry(first: first, second: second, sum: zero))
    count += 1
    slots[slot] = Int32(count)
    return place
  }

  private mutating func grow() {
    capacity *= 2
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    larger.moveInitialize(from: entries, count: count)
    entries = larger
    entryMemory = OwnedMemory(larger)
    mask = capacity * 2 - 1
    slots = .allocate(capacity: mask + 1)
    slotMemory = OwnedMemory(slots)
    slots.initialize(repeating: 0, count: mask + 1)
    for index in 0..<count {
      var slot = Int(truncatingIfNeeded: mix(mix(entries[index].first) ^ entries[index].second)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index + 1)
    }
  }
}

/// Memory that goes with what holds it. A generic type cannot see to that itself: built without whole-module optimisation,
/// a generic structure of plain fields is let go without its `deinit` (swiftlang/swift#89686).
private final class OwnedMemory {
  private let start: UnsafeMutableRawPointer

  init<Element: BitwiseCopyable>(_ start: UnsafeMutablePointer<Element>) { self.start = UnsafeMutableRawPointer(start) }
  deinit { start.deallocate() }
}
