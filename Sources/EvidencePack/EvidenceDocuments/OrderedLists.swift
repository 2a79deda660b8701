internal import EvidenceModel

/// A list in one of its orders, which has pages of its own.
struct ListOrder<Item> {
  /// The id of its words in the strings: `name`, `exceptions`, ….
  var name: String
  var items: [Item]
  /// What a page's range is named by: the first row's and the last row's.
  var label: (Item) -> String

  /// The name of its first page, unless it is the list's first order.
  var stem: String { "by-\(name)" }
}

/// What the lists of one kind have in common.
struct ListKind {
  var folder: String
  /// Root element and entry stylesheet.
  var root: String
  var stylesheet: String
  var title: String
}

extension DocumentContext {
  /// Rows on one page of a list.
  static let listPageSize = 200
  /// Lists up to this long have one order: the eye finds its way.
  private static let longestPlainList = 20
  /// A list with more pages than this has a page that names them all.
  static let mostPagesInPager = 12

  /// The pages of a list in each of its orders; the first order is the index.
  ///
  /// - Parameter head: what stands once, on the first page of the first order.
  func listDocuments<Item>(
    _ kind: ListKind, _ orders: [ListOrder<Item>], emit: (EvidenceDocument) throws -> Void,
    head: (inout XMLWriter) -> Void = { _ in }, row: (Item, inout XMLWriter) -> Void
  ) throws {
    let count = orders.first?.items.count ?? 0
    let shown = count > Self.longestPlainList ? orders : Array(orders.prefix(1))
    for order in shown {
      let stem = order.name == shown[0].name ? "index" : order.stem
      let cuts = listPages(order.items)
      let ranges = cuts.map { range($0.items, order.label) }
      let index = cuts.count > Self.mostPagesInPager ? layout.pageIndex(kind.folder, stem) : nil
      for (number, items) in cuts {
        try emit(
          document(
            kind.root, page: layout.list(kind.folder, stem, page: number), stylesheet: kind.stylesheet, id: kind.root,
            title: kind.title, crumbs: stem == "index" ? [] : [("\(kind.folder)/index.html", kind.title)]
          ) { xml in
            self.orders(shown, current: order.name, of: kind, in: &xml)
            pages(
              number: number, count: cuts.count, rows: count, size: Self.listPageSize, title: { ranges[$0 - 1] },
              page: { layout.list(kind.folder, stem, page: $0) }, index: index, in: &xml)
            if number == 1, stem == "index" { head(&xml) }
            for item in items { row(item, &xml) }
          })
      }
      if let index {
        let entries = cuts.map { cut in
          PageIndexEntry(
            title: ranges[cut.number - 1], page: layout.list(kind.folder, stem, page: cut.number), n: cut.items.count)
        }
        try emit(
          pageIndex(index, title: kind.title, by: "page", entries, crumbs: [("\(kind.folder)/index.html", kind.title)]))
      }
    }
  }

  /// Links to the orders of a list; nothing where there is one.
  func orders<Item>(_ all: [ListOrder<Item>], current: String, of kind: ListKind, in xml: inout XMLWriter) {
    guard all.count > 1 else { return }
    xml.element("orders", ["of": kind.root]) { xml in
      for order in all {
        xml.element(
          "list-order",
          [
            "by": order.name,
            "page": layout.list(kind.folder, order.name == all[0].name ? "index" : order.stem, page: 1),
            "current": String(order.name == current),
          ])
      }
    }
  }

  /// `r0001 – r0200`.
  private func range<Item>(_ items: ArraySlice<Item>, _ label: (Item) -> String) -> String {
    guard let first = items.first.map(label), let last = items.last.map(label) else { return "–" }
    return words(from: first, to: last)
  }

  /// `first – last`, each cut where it is long.
  func words(from first: String, to last: String) -> String {
    func short(_ text: String) -> String {
      let kept = text.unicodeScalars.prefix(40)
      return kept.count < text.unicodeScalars.count ? String(String.UnicodeScalarView(kept)) + "…" : text
    }
    let (from, to) = (short(first), short(last))
    return from.utf8.elementsEqual(to.utf8) ? from : "\(from) – \(to)"
  }

  func listPages<Item>(_ items: [Item], size: Int = listPageSize) -> [(number: Int, items: ArraySlice<Item>)] {
    guard !items.isEmpty else { return [(1, [])] }
    return stride(from: 0, to: items.count, by: size).enumerated().map { index, start in
      (index + 1, items[start..<min(start + size, items.count)])
    }
  }

  /// The pager of a list in pages of `size` rows: the ends, the neighbourhood, and the way to all of them.
  ///
  /// - Parameters:
  ///   - title: what a page holds, as its reader would name it.
  ///   - index: the page that names all pages.
  func pages(
    number: Int, count: Int, rows: Int, size: Int, title: (Int) -> String, page: (Int) -> String, index: String? = nil,
    in xml: inout XMLWriter
  ) {
    let first = rows == 0 ? 0 : (number - 1) * size + 1
    xml.element(
      "pages",
      [
        "number": String(number), "of": String(count), "first-row": String(first),
        "last-row": String(min(rows, number * size)), "rows": String(rows), "index": index,
      ]
    ) { xml in
      guard count > 1 else { return }
      let near = (count <= 7 ? 1...count : max(1, number - 2)...min(count, number + 2))
      var before = 0
      for index in ([1] + near + [count]) where index > before {
        xml.element(
          "page-link",
          [
            "page": page(index), "title": title(index), "current": String(index == number),
            "after-gap": index > before + 1 ? "true" : nil,
          ])
        before = index
      }
    }
  }

  /// One line of a list of pages.
  struct PageIndexEntry {
    var title: String
    var page: String
    var n: Int
    var anchor: String?
  }

  /// A page that names all pages of a list, by their ranges or by day.
  func pageIndex(
    _ page: String, title: String, by: String, _ entries: [PageIndexEntry], crumbs: [(String, String)]
  ) -> EvidenceDocument {
    let limit = 4000
    return document(
      "page-index", page: page, stylesheet: "page-index", id: by, title: title,
      attributes: [
        [
          "by": by, "n": String(entries.reduce(0) { $0 + $1.n }), "shown": String(min(limit, entries.count)),
          "of": String(entries.count),
        ]
      ], crumbs: crumbs
    ) { xml in
      for entry in entries.prefix(limit) {
        xml.element(
          "index-entry", ["anchor": entry.anchor, "title": entry.title, "page": entry.page, "n": String(entry.n)])
      }
    }
  }
}
