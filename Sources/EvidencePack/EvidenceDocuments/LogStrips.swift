internal import Assessment
internal import EvidenceModel
internal import EvidenceStore
internal import Replay

/// Where each log has records in the period, and where it has none.
extension DocumentContext {
  /// Logs that one drawing shows; the list of sources has all.
  static let logsDrawn = 100
  private static let holesDrawn = 200

  private struct Strip {
    var source: ScannedSource?
    var from: Instant
    var to: Instant
    var holes: [(from: Instant, to: Instant, hours: Int)]
    /// Where two logs or more have records before and after.
    var shared: [(from: Instant, to: Instant)] = []
  }

  /// All logs together, and the first of them one by one.
  func logStrips(in xml: inout XMLWriter) throws(StoreError) {
    guard let window = facts.window, !facts.hours.isEmpty else { return }
    var strips = [Strip(from: window.from, to: window.to, holes: facts.holes, shared: shared)]
    for source in facts.sources.prefix(Self.logsDrawn) {
      strips.append(strip(of: source, try pack.evidence.hours(of: source)))
    }
    write(strips, of: facts.sources.count, in: &xml)
  }

  func logStrip(of source: ScannedSource, _ hours: [RunEvidence.HourCount], in xml: inout XMLWriter) {
    guard facts.window != nil, !hours.isEmpty else { return }
    write([strip(of: source, hours)], of: 1, in: &xml)
  }

  /// A log's holes lie between its own first and last record: before and after it says nothing.
  private func strip(of source: ScannedSource, _ hours: [RunEvidence.HourCount]) -> Strip {
    let starts = hours.map(\.hour)
    let holes = zip(starts, starts.dropFirst()).filter { $1 - $0 - 1 >= facts.holeHours }.map { before, after in
      (
        from: Instant(microseconds: Int64(before + 1) * Instant.microsecondsPerHour),
        to: Instant(microseconds: Int64(after) * Instant.microsecondsPerHour), hours: after - before - 1
      )
    }
    let none = Instant(microseconds: 0)
    return Strip(source: source, from: source.first ?? none, to: source.last ?? none, holes: holes)
  }

  private var shared: [(from: Instant, to: Instant)] {
    var edges: [(at: Instant, step: Int)] = []
    for source in facts.sources {
      guard let first = source.first, let last = source.last, first < last else { continue }
      edges += [(first, 1), (last, -1)]
    }
    edges.sort { $0.at == $1.at ? $0.step < $1.step : $0.at < $1.at }
    var shared: [(from: Instant, to: Instant)] = []
    var depth = 0
    for edge in edges {
      depth += edge.step
      if edge.step == 1, depth == 2 { shared.append((edge.at, edge.at)) }
      if edge.step == -1, depth == 1 { shared[shared.count - 1].to = edge.at }
    }
    // What lies closer together than a drawing can show is drawn as one, so many logs make no heap of bars.
    let apart = facts.window.map { ($0.to.microseconds - $0.from.microseconds) / 500 } ?? 0
    var drawn: [(from: Instant, to: Instant)] = []
    for stretch in shared where stretch.from < stretch.to {
      if let last = drawn.last, stretch.from.microseconds - last.to.microseconds < apart {
        drawn[drawn.count - 1].to = stretch.to
      } else {
        drawn.append(stretch)
      }
    }
    return drawn
  }

  private func write(_ strips: [Strip], of all: Int, in xml: inout XMLWriter) {
    guard let window = facts.window else { return }
    let folder = Self.sharedFolder(strips.compactMap(\.source?.name))
    let limit = max(3, Self.holesDrawn / max(1, strips.count))
    xml.element(
      "log-strips",
      [
        span(window.from, window.to),
        [
          "hours-tolerated": String(max(0, facts.holeHours - 1)), "shown": String(strips.count { $0.source != nil }),
          "of": String(all), "page": "s/index.html",
        ],
      ]
    ) { xml in
      func place(_ instant: Instant) -> String { Permille.text(instant, from: window.from, to: window.to) }
      let ticks = ticks(from: window.from, to: window.to)
      let isFree = ticks.first.map { Double(place($0.instant)) ?? 0 > 180 } ?? true
      for tick in (isFree ? [(window.from, time.day(window.from.day))] : []) + ticks {
        xml.element("tick", ["x": place(tick.0), "kind": "month", "label": tick.1])
      }
      for strip in strips { write(strip, below: folder, holes: limit, in: window, &xml) }
    }
  }

  /// - Parameters:
  ///   - folder: how many bytes of the log's name its label leaves out.
  ///   - limit: how many holes are drawn, the longest ones.
  private func write(
    _ strip: Strip, below folder: Int, holes limit: Int, in window: (from: Instant, to: Instant),
    _ xml: inout XMLWriter
  ) {
    func bar(_ from: Instant, _ to: Instant) -> XMLWriter.Attributes {
      let end = Instant(microseconds: window.from.microseconds + to.microseconds - from.microseconds)
      return [
        "x": Permille.text(from, from: window.from, to: window.to),
        "width": Permille.text(end, from: window.from, to: window.to),
      ]
    }
    let drawn = strip.holes.sorted { ($1.hours, $0.from) < ($0.hours, $1.from) }.prefix(limit)
      .sorted { $0.from < $1.from }
    xml.element(
      "log-strip",
      [
        [
          "name": strip.source.map { FigureText.shortened($0.name) },
          "label": strip.source.map { Self.label($0.name, below: folder) },
          "page": strip.source.map { layout.source($0.name) },
        ],
        bar(strip.from, strip.to), span(strip.from, strip.to),
        [
          "judged": String(strip.source?.judged ?? facts.judged), "shown": String(drawn.count),
          "of": String(strip.holes.count), "hours": String(strip.holes.reduce(0) { $0 + $1.hours }),
        ],
      ]
    ) { xml in
      for shared in strip.shared { xml.element("shared", bar(shared.from, shared.to)) }
      for hole in drawn {
        xml.element(
          "gap",
          [
            span(hole.from, hole.to),
            ["hours": String(hole.hours), "length-text": time.length(from: hole.from, to: hole.to)],
            bar(hole.from, hole.to),
          ])
      }
    }
  }

  /// How many bytes the folder has that all names share.
  static func sharedFolder(_ names: [String]) -> Int {
    guard let first = names.first?.utf8 else { return 0 }
    let shared = names.dropFirst().reduce(first.count) { shared, name in
      zip(first, name.utf8).prefix(shared).prefix { $0 == $1 }.count
    }
    return first.prefix(shared).lastIndex(of: UInt8(ascii: "/")).map {
      first.distance(from: first.startIndex, to: $0) + 1
    }
      ?? 0
  }

  /// A name below its folder, its middle left out where it is too long for the drawing.
  static func label(_ name: String, below folder: Int) -> String {
    let scalars = String(decoding: name.utf8.dropFirst(folder), as: UTF8.self).unicodeScalars
    guard scalars.count > 30 else { return String(String.UnicodeScalarView(scalars)) }
    return String(String.UnicodeScalarView(scalars.prefix(19))) + "…"
      + String(String.UnicodeScalarView(scalars.suffix(10)))
  }
}
