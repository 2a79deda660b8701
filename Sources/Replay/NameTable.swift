package import Intake

/// Names as small integers, by their bytes. 0 is the empty name. What looks like a secret is never among them: it counts
/// under the name by which it may be shown.
package final class NameTable: @unchecked Sendable {
  // A plan's table is not changed once the plan is built; every other table belongs to one thread at a time.
  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var start: Int
    var count: Int
  }

  private var bytes: UnsafeMutableRawPointer
  private var byteCapacity: Int
  /// Bytes of all names together.
  private(set) var byteCount = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var capacity: Int
  package private(set) var count = 1
  /// Open addressing; 0 is free. Its size is a power of two.
  private var slots: UnsafeMutablePointer<Int32>
  private var mask: Int
  /// Differs between runs, so that nobody can choose names that collide. No result depends on it.
  private let seed: UInt64

  package init() {
    seed = UInt64.random(in: .min ... .max)
    byteCapacity = 4096
    bytes = .allocate(byteCount: byteCapacity, alignment: 16)
    capacity = 512
    entries = .allocate(capacity: capacity)
    entries.initialize(to: Entry(hash: 0, start: 0, count: 0))
    mask = 1023
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: 0, count: mask + 1)
  }

  /// The same names with the same integers, in a table of its own.
  init(copying other: NameTable) {
    seed = other.seed
    byteCapacity = other.byteCapacity
    byteCount = other.byteCount
    bytes = .allocate(byteCount: byteCapacity, alignment: 16)
    bytes.copyMemory(from: other.bytes, byteCount: byteCount)
    capacity = other.capacity
    count = other.count
    entries = .allocate(capacity: capacity)
    entries.initialize(from: other.entries, count: count)
    mask = other.mask
    slots = .allocate(capacity: mask + 1)
    slots.initialize(from: other.slots, count: mask + 1)
  }

  /// A table that knows the names of a plan, and may learn those of logs.
  package convenience init(of plan: ReplayPlan) { self.init(copying: plan.names) }

  deinit {
    bytes.deallocate()
    entries.deallocate()
    slots.deallocate()
  }

  @inline(__always)
  package func id(_ text: BorrowedText) -> Int {
    text.count == 0 ? 0 : id(bytes: text.raw)
  }

  package func id(_ text: String) -> Int {
    var copy = text
    return copy.withUTF8 { $0.isEmpty ? 0 : id(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// The id of a name that has one; 0 where it has none.
  func known(_ text: BorrowedText) -> Int {
    guard text.count > 0 else { return 0 }
    let hash = self.hash(text.raw)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let candidate = Int(slots[slot])
      if entries[candidate].hash == hash, equals(candidate, text.raw) { return candidate }
      slot = (slot &+ 1) & mask
    }
    return 0
  }

  package func name(_ id: Int) -> String {
    String(decoding: raw(id), as: UTF8.self)
  }

  /// The bytes of a name; they stand until the next name is added.
  func raw(_ id: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: bytes + entries[id].start, count: entries[id].count)
  }

  /// - Parameter isShown: whether the name comes out of a table, and so may be kept as it is.
  func id(bytes name: UnsafeRawBufferPointer, isShown: Bool = false) -> Int {
    let hash = self.hash(name)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let candidate = Int(slots[slot])
      if entries[candidate].hash == hash, equals(candidate, name) { return candidate }
      slot = (slot &+ 1) & mask
    }
    // Asked of new names alone, so that names cost nothing here. A name that holds a secret is new each time.
    if !isShown, let shown = SecretRedaction.shown(name) {
      return shown.withUnsafeBytes { id(bytes: $0, isShown: true) }
    }
    return add(name, hash: hash, slot: slot)
  }

  private func add(_ name: UnsafeRawBufferPointer, hash: UInt64, slot: Int) -> Int {
    let id = count
    if byteCount + name.count > byteCapacity {
      byteCapacity = max(byteCapacity * 2, byteCount + name.count)
      let larger = UnsafeMutableRawPointer.allocate(byteCount: byteCapacity, alignment: 16)
      larger.copyMemory(from: bytes, byteCount: byteCount)
      bytes.deallocate()
      bytes = larger
    }
    if let start = name.baseAddress { (bytes + byteCount).copyMemory(from: start, byteCount: name.count) }
    if id == capacity {
      capacity *= 2
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
      larger.moveInitialize(from: entries, count: count)
      entries.deallocate()
      entries = larger
    }
    (entries + id).initialize(to: Entry(hash: hash, start: byteCount, count: name.count))
    byteCount += name.count
    count += 1
    slots[slot] = Int32(id)
    if count * 2 > mask { growSlots() }
    return id
  }

  @inline(__always)
  private func equals(_ id: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    guard entries[id].count == name.count, let start = name.baseAddress else { return false }
    let stored = UnsafeRawPointer(bytes + entries[id].start)
    var index = 0
    while index &+ 8 <= name.count {
      if stored.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
      index &+= 8
    }
    while index < name.count {
      if stored.load(fromByteOffset: index, as: UInt8.self) != start.load(fromByteOffset: index, as: UInt8.self) {
        return false
      }
      index &+= 1
    }
    return true
  }

  @inline(__always)
  private func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    guard let start = name.baseAddress else { return 0 }
    var hash = seed ^ UInt64(truncatingIfNeeded: name.count)
    var index = 0
    while index &+ 8 <= name.count {
      hash = mix(hash ^ start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    var tail: UInt64 = 0
    while index < name.count {
      tail = tail &<< 8 | UInt64(start.load(fromByteOffset: index, as: UInt8.self))
      index &+= 1
    }
    return mix(hash ^ tail)
  }

  private func growSlots() {
    slots.deallocate()
    mask = mask * 2 + 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: 0, count: mask + 1)
    for id in 1..<count {
      var slot = Int(truncatingIfNeeded: entries[id].hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(id)
    }
  }
}

@inline(__always)
func mix(_ value: UInt64) -> UInt64 {
  let (high, low) = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
  return high ^ low ^ (value &>> 29)
}
