internal import EvidenceModel

/// The list of what is in a zip, read strictly: `PKWARE APPNOTE 6.3.10`, without what no pack needs.
///
/// A zip is accepted only if every byte of it belongs to exactly one of its parts, in their order: entries from the first byte on, the
/// directory, its end. So nothing stands before, between or after them, no two entries share bytes, and every program that
/// reads zips sees the same files in it.
struct ZipDirectory {
  struct Entry {
    var name: String
    var isDeflated: Bool
    var hasDescriptor: Bool
    var crc: UInt32
    /// In bytes, as stored.
    var packed: Int
    var unpacked: Int
    /// Where its header begins.
    var header: Int
    /// Where its bytes begin; known once its header was read.
    var data = 0
    var isFolder: Bool { name.hasSuffix("/") }
  }

  private(set) var entries: [Entry] = []
  private(set) var faults: [Diagnostic] = []
  private let file: ZipFile

  static let mostEntries = 300_000
  /// Of all entries together, unpacked, in bytes.
  static let mostBytes = 32 << 30
  /// An entry above a megabyte that grows more than this many times was made to exhaust its reader.
  static let mostGrowth = 200
  private static let largestDirectory = 96 << 20

  /// Extra fields that say nothing of names, sizes or places: times and users of Unix and Windows.
  private static let harmlessExtras: Set<Int> = [0x5455, 0x7875, 0x5855, 0x000A]
  /// Deflate's own marks, a descriptor after the bytes, a name in UTF-8.
  private static let allowedFlags = 0b1000_0000_1110

  init(_ file: ZipFile) {
    self.file = file
    guard let end = readEnd() else { return }
    guard end.count <= Self.mostEntries, end.size <= Self.largestDirectory,
      let bytes = file.bytes(at: end.offset, count: end.size)
    else {
      fault("zip-bomb", "its directory names more than \(Self.mostEntries) files, or cannot be read")
      return
    }
    var reader = ZipBytes(bytes)
    for _ in 0..<end.count {
      guard let entry = readEntry(&reader) else {
        fault("zip-layout", "its directory ends before all of its \(end.count) files are named")
        return
      }
      entries.append(entry)
    }
    if reader.count > 0 { fault("zip-layout", "bytes stand in its directory that name no file") }
    checkNames()
    checkSizes()
    checkLayout(end: end.offset)
  }

  private mutating func fault(_ id: String, _ summary: String) {
    faults.append(file.fault(id, summary))
  }

  // MARK: The end

  private mutating func readEnd() -> (count: Int, size: Int, offset: Int)? {
    guard var last = file.tail(22).map(ZipBytes.init), last.take(4) == 0x0605_4B50 else {
      fault("zip-layout", "it is no zip, or other bytes follow its end")
      return nil
    }
    let (disk, first) = (last.take(2), last.take(2))
    let (here, all, size, offset, comment) = (last.take(2), last.take(2), last.take(4), last.take(4), last.take(2))
    guard disk == 0, first == 0, here == all, comment == 0 else {
      fault("zip-layout", "it is a part of several, or carries a comment")
      return nil
    }
    var end = (count: all, size: size, offset: offset, at: file.size - 22)
    if all == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
      guard let large = readLargeEnd() else {
        fault("zip-layout", "its end for many files is not one that can be read")
        return nil
      }
      end = large
    }
    guard end.offset + end.size == end.at else {
      fault("zip-layout", "its directory does not stand right before its end")
      return nil
    }
    return (end.count, end.size, end.offset)
  }

  /// The end of a zip of more than 65,534 files: a record and where it stands, before the last 22 bytes.
  private func readLargeEnd() -> (count: Int, size: Int, offset: Int, at: Int)? {
    let at = file.size - 22 - 20 - 56
    guard at >= 0, var bytes = file.bytes(at: at, count: 76).map(ZipBytes.init), bytes.take(4) == 0x0606_4B50,
      bytes.take(8) == 44
    else { return nil }
    _ = bytes.take(4)
    let (disk, first) = (bytes.take(4), bytes.take(4))
    let (here, all, size, offset) = (bytes.take(8), bytes.take(8), bytes.take(8), bytes.take(8))
    guard disk == 0, first == 0, here == all, bytes.take(4) == 0x0706_4B50, bytes.take(4) == 0, bytes.take(8) == at,
      bytes.take(4) == 1, (0...Self.mostEntries + 1).contains(all), (0...file.size).contains(size),
      (0...file.size).contains(offset)
    else { return nil }
    return (all, size, offset, at)
  }

  // MARK: Entries

  /// Nil where the directory ends too early.
  private mutating func readEntry(_ reader: inout ZipBytes) -> Entry? {
    guard reader.count >= 46, reader.take(4) == 0x0201_4B50 else { return nil }
    _ = reader.take(4)
    let (flags, method) = (reader.take(2), reader.take(2))
    _ = reader.take(4)
    let (crc, packed, unpacked) = (reader.take(4), reader.take(4), reader.take(4))
    let (name, extra, comment, disk) = (reader.take(2), reader.take(2), reader.take(2), reader.take(2))
    _ = reader.take(2)
    let (attributes, header) = (reader.take(4), reader.take(4))
    guard reader.count >= name + extra + comment else { return nil }
    let text = String(decoding: reader.bytes(name), as: UTF8.self)
    let extras = reader.bytes(extra)
    _ = reader.bytes(comment)
    let entry = Entry(
      name: text, isDeflated: method == 8, hasDescriptor: flags & 8 != 0, crc: UInt32(truncatingIfNeeded: crc),
      packed: packed, unpacked: unpacked, header: header)
    let shown = ZipFile.shown(text)
    if flags & ~Self.allowedFlags != 0 { fault("zip-entry", "\(shown) is encrypted, or packed in a way no pack is") }
    if method != 0, method != 8 { fault("zip-entry", "\(shown) is packed by method \(method)") }
    if disk != 0 || comment != 0 { fault("zip-entry", "\(shown) lies in another part, or carries a comment") }
    if packed == 0xFFFF_FFFF || unpacked == 0xFFFF_FFFF || header == 0xFFFF_FFFF {
      fault("zip-entry", "\(shown) has 4 GB or more, or says so")
    }
    if !Self.isHarmless(extras) {
      fault("zip-entry", "\(shown) carries fields that could give it another name or size")
    }
    let type = attributes >> 16 & 0o170000
    if type != 0, type != (entry.isFolder ? 0o040000 : 0o100000) {
      fault("zip-entry", "\(shown) is a link, a device or another thing than a file")
    }
    return entry
  }

  private static func isHarmless(_ extras: [UInt8]) -> Bool {
    var reader = ZipBytes(extras)
    while reader.count >= 4 {
      let (kind, size) = (reader.take(2), reader.take(2))
      guard harmlessExtras.contains(kind), reader.count >= size else { return false }
      _ = reader.bytes(size)
    }
    return reader.count == 0
  }

  // MARK: The whole

  private mutating func checkNames() {
    var spelled: [String: (name: String, isFile: Bool)] = [:]
    for entry in entries {
      let shown = ZipFile.shown(entry.name)
      let path = entry.isFolder ? String(entry.name.dropLast()) : entry.name
      guard PackPath.isSafe(path) else {
        fault("zip-name", "\(shown) is no name of a file in a pack")
        continue
      }
      if entry.isFolder, entry.packed != 0 || entry.unpacked != 0 {
        fault("zip-entry", "\(shown) is a folder with bytes")
      }
      for folder in PackPath.folders(of: path) + (entry.isFolder ? [path] : []) {
        let before = spelled.updateValue((folder, false), forKey: folder.lowercased())
        if let before, before.isFile || before.name != folder {
          fault("zip-name", "\(shown) and \(before.name) cannot both be, or are one where case does not count")
        }
      }
      if !entry.isFolder, let before = spelled.updateValue((path, true), forKey: path.lowercased()) {
        fault(
          "zip-name",
          before.name == path
            ? "\(shown) stands twice" : "\(shown) and \(before.name) are one file where case does not count")
      }
    }
  }

  private mutating func checkSizes() {
    var total = 0
    for entry in entries {
      total += entry.unpacked
      if entry.unpacked > 1 << 20, entry.unpacked / Self.mostGrowth > entry.packed {
        fault("zip-bomb", "\(ZipFile.shown(entry.name)) grows more than \(Self.mostGrowth) times")
      }
      if !entry.isDeflated, entry.packed != entry.unpacked {
        fault("zip-entry", "\(ZipFile.shown(entry.name)) has two sizes")
      }
    }
    if total > Self.mostBytes { fault("zip-bomb", "its files have more than 32 GB") }
  }

  /// Every entry begins where the one before ends, the first at the first byte, and the last ends where the directory begins.
  private mutating func checkLayout(end: Int) {
    let order = entries.indices.sorted { entries[$0].header < entries[$1].header }
    var place = 0
    for (number, index) in order.enumerated() {
      let entry = entries[index]
      let shown = ZipFile.shown(entry.name)
      guard entry.header == place else {
        return fault("zip-layout", "\(shown) does not begin where the file before it ends, but at byte \(entry.header)")
      }
      let next = number + 1 < order.count ? entries[order[number + 1]].header : end
      guard let data = dataStart(of: entry) else {
        return fault("zip-layout", "\(shown) is described otherwise in front of its bytes than in the directory")
      }
      entries[index].data = data
      place = data + entry.packed
      if entry.hasDescriptor {
        guard let size = descriptorSize(of: entry, at: place, next: next) else {
          return fault("zip-layout", "\(shown) is described otherwise behind its bytes than in the directory")
        }
        place += size
      }
    }
    if place != end { fault("zip-layout", "bytes stand between the last file and the directory, or the two overlap") }
  }

  /// Where the bytes of an entry begin; nil where its own header says otherwise than the directory.
  private func dataStart(of entry: Entry) -> Int? {
    guard var header = file.bytes(at: entry.header, count: 30).map(ZipBytes.init), header.take(4) == 0x0403_4B50
    else { return nil }
    _ = header.take(2)
    let (flags, method) = (header.take(2), header.take(2))
    _ = header.take(4)
    let (crc, packed, unpacked) = (header.take(4), header.take(4), header.take(4))
    let (name, extra) = (header.take(2), header.take(2))
    guard var rest = file.bytes(at: entry.header + 30, count: name + extra).map(ZipBytes.init),
      rest.bytes(name).elementsEqual(entry.name.utf8), Self.isHarmless(rest.bytes(extra)),
      (flags & 8 != 0) == entry.hasDescriptor, flags & ~Self.allowedFlags == 0, method == (entry.isDeflated ? 8 : 0)
    else { return nil }
    let own = [crc, packed, unpacked]
    let stated = [Int(entry.crc), entry.packed, entry.unpacked]
    guard own == stated || (entry.hasDescriptor && own == [0, 0, 0]) else { return nil }
    return entry.header + 30 + name + extra
  }

  /// The descriptor that follows the bytes of an entry, with or without a mark of its own.
  private func descriptorSize(of entry: Entry, at place: Int, next: Int) -> Int? {
    let size = next - place
    guard size == 12 || size == 16, var bytes = file.bytes(at: place, count: size).map(ZipBytes.init) else {
      return nil
    }
    if size == 16, bytes.take(4) != 0x0807_4B50 { return nil }
    guard bytes.take(4) == Int(entry.crc), bytes.take(4) == entry.packed, bytes.take(4) == entry.unpacked else {
      return nil
    }
    return size
  }
}
