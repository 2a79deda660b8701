internal import EvidenceModel

/// What a gatherer holds open because more records may belong to it, by key. Bounded: past 65,536 entries or 32 MiB, the
/// one that has waited longest without a further record goes out first.
struct RecordWindow<Entry> {
  static var mostEntries: Int { 65_536 }
  static var mostBytes: Int { 32 << 20 }

  private struct Held {
    var entry: Entry
    var bytes: Int
    /// Its place in `order`; an entry that was put again has left its older places behind.
    var turn: Int
  }

  private var held: [[UInt8]: Held] = [:]
  private var order: [(key: [UInt8], turn: Int)] = []
  private var first = 0
  private var turns = 0
  private var bytes = 0

  /// Takes an entry out.
  mutating func take(_ key: String) -> Entry? {
    guard let found = held.removeValue(forKey: HeldKey.of(key)) else { return nil }
    bytes -= found.bytes
    return found.entry
  }

  /// Puts an entry in as the newest, and hands out those for which there is no room any more.
  ///
  /// - Parameter size: about how many bytes the entry's texts take.
  mutating func put(_ entry: Entry, at key: String, size: Int) -> [Entry] {
    let name = HeldKey.of(key)
    let room = size + name.count
    turns += 1
    if let replaced = held.updateValue(Held(entry: entry, bytes: room, turn: turns), forKey: name) {
      bytes -= replaced.bytes
    }
    bytes += room
    order.append((name, turns))
    var out: [Entry] = []
    while held.count > Self.mostEntries || bytes > Self.mostBytes, let oldest = takeOldest() { out.append(oldest) }
    compact()
    return out
  }

  /// Hands out everything, oldest first.
  mutating func takeAll() -> [Entry] {
    var out: [Entry] = []
    while let oldest = takeOldest() { out.append(oldest) }
    return out
  }

  private mutating func takeOldest() -> Entry? {
    while first < order.count {
      let (key, turn) = order[first]
      first += 1
      guard let found = held[key], found.turn == turn else { continue }
      held[key] = nil
      bytes -= found.bytes
      return found.entry
    }
    return nil
  }

  /// Drops places that were left behind, once they are the greater part.
  private mutating func compact() {
    guard order.count > 2 * held.count + 1024 else { return }
    order = order[first...].filter { held[$0.key]?.turn == $0.turn }
    first = 0
  }
}

/// What a gatherer holds its records together by.
enum HeldKey {
  private static let longest = 128

  /// The text itself, or where it is long its digest behind a byte that no text holds. So a key is small whatever the log
  /// holds, also one that still waits in a queue after its entry was handed out.
  static func of(_ text: String) -> [UInt8] {
    text.utf8.count <= longest ? Array(text.utf8) : [0xFF] + Array(Digest(of: text).description.utf8)
  }
}

extension GatheredDecision {
  /// About how many bytes it takes while it waits.
  var heldBytes: Int {
    let texts = [
      requestID, agent, dataClass, requestedModel, servedModel, provider, deployment, claimedRule, escalatedFrom,
      trigger,
    ]
    return 400 + texts.reduce(0) { $0 + $1.utf8.count } + tools.reduce(0) { $0 + $1.utf8.count + 16 }
  }
}
