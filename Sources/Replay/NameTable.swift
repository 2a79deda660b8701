package import Intake

/// Names as small integers, by their bytes. 0 is the empty name.
package struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  /// Open addressing; -1 is free. Its size is a power of two.
  private var slots = [Int32](repeating: -1, count: 1024)
  private var hashes: [UInt64] = [0]
  /// Differs between runs, so that nobody can choose names that collide. No result depends on it.
  private let seed = UInt64.random(in: .min ... .max)

  package init() {}

  package var count: Int { ends.count }

  package mutating func id(_ text: BorrowedText) -> Int {
    guard text.count > 0 else { return 0 }
    return id(bytes: text.raw)
  }

  package mutating func id(_ text: String) -> Int {
    var copy = text
    return copy.withUTF8 { $0.isEmpty ? 0 : id(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// The id of a name that has one; 0 where it has none.
  func known(_ text: BorrowedText) -> Int {
    guard text.count > 0 else { return 0 }
    let hash = self.hash(text.raw)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if hashes[candidate] == hash, equals(candidate, text.raw) { return candidate }
      slot = (slot + 1) & (slots.count - 1)
    }
    return 0
  }

  package func name(_ id: Int) -> String {
    id == 0 ? "" : String(decoding: bytes[ends[id - 1]..<ends[id]], as: UTF8.self)
  }

  private mutating func id(bytes name: UnsafeRawBufferPointer) -> Int {
    let hash = self.hash(name)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if hashes[candidate] == hash, equals(candidate, name) { return candidate }
      slot = (slot + 1) & (slots.count - 1)
    }
    let id = ends.count
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = Int32(id)
    if id * 2 > slots.count { grow() }
    return id
  }

  private func equals(_ id: Int, _ name: UnsafeRawBufferPointer) -> Bool {
    let start = ends[id - 1]
    guard ends[id] - start == name.count else { return false }
    return bytes.withUnsafeBytes { stored in
      for index in 0..<name.count where stored[start + index] != name[index] { return false }
      return true
    }
  }

  private func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: name.count)
    var index = 0
    while index + 8 <= name.count {
      hash = mix(hash ^ name.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var tail: UInt64 = 0
    while index < name.count {
      tail = tail << 8 | UInt64(name[index])
      index += 1
    }
    return mix(hash ^ tail)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for id in 1..<ends.count {
      var slot = Int(truncatingIfNeeded: hashes[id]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(id)
    }
  }
}

@inline(__always)
func mix(_ value: UInt64) -> UInt64 {
  let (high, low) = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
  return high ^ low ^ (value >> 29)
}

/// Indexes of distinct 128-bit keys, in the order of their first appearance.
struct KeyTable: Sendable {
  private(set) var keys: [(UInt64, UInt64)] = []
  private var slots = [Int32](repeating: -1, count: 1024)

  /// The key's index; `isNew` when it was not there before.
  @inline(__always)
  mutating func index(_ first: UInt64, _ second: UInt64) -> (index: Int, isNew: Bool) {
    var slot = Int(truncatingIfNeeded: mix(mix(first) ^ second)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let candidate = Int(slots[slot])
      if keys[candidate] == (first, second) { return (candidate, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let index = keys.count
    keys.append((first, second))
    slots[slot] = Int32(index)
    if keys.count * 2 > slots.count { grow() }
    return (index, true)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (index, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: mix(mix(key.0) ^ key.1)) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
