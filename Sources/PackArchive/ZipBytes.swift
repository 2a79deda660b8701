/// Little-endian numbers, one after another. What is taken past the end is 0.
struct ZipBytes {
  private let all: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { all = bytes }

  var count: Int { all.count - place }

  mutating func take(_ size: Int) -> Int {
    var value: UInt64 = 0
    for (index, byte) in bytes(size).enumerated() { value |= UInt64(byte) << (8 * UInt64(index)) }
    return Int(clamping: value)
  }

  mutating func bytes(_ size: Int) -> [UInt8] {
    let end = min(all.count, place + size)
    defer { place = end }
    return Array(all[place..<end])
  }
}
