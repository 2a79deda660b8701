internal import EvidenceModel

/// The names of a pack by their first letters, and the pages that list them: one page when they are few, else a page a
/// letter, a long letter in several.
struct Alphabet {
  struct Page {
    var path: String
    var things: ArraySlice<NamedThing>
  }

  /// Names on one page of a letter.
  static let pageSize = 400
  /// Names that are few enough for one page.
  static let fewNames = 1000
  static let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(UnicodeScalar($0)) } + ["0-9"]

  let things: [NamedThing]
  let isShort: Bool
  private let pagesByLetter: [String: [Page]]
  /// By key: the page of a name that has none of its own.
  private let rows: ByName<String>

  /// - Parameter things: in the order of their names.
  init(_ things: [NamedThing]) {
    self.things = things
    let isShort = things.count <= Self.fewNames
    self.isShort = isShort
    let size = isShort ? Self.fewNames : Self.pageSize
    var pages: [String: [Page]] = [:]
    for (letter, own) in Dictionary(grouping: things, by: \.letter) {
      pages[letter] = stride(from: 0, to: own.count, by: size).enumerated().map { number, start in
        let path = number == 0 ? "a-z/\(letter).html" : "a-z/\(letter)-\(padded(number + 1, 4)).html"
        return Page(
          path: isShort ? "a-z/index.html" : path,
          things: own[start..<min(start + size, own.count)])
      }
    }
    pagesByLetter = pages
    var rows: ByName<String> = [:]
    for page in pages.values.joined() {
      for thing in page.things where thing.page == nil { rows[thing.key] = page.path + "#" + thing.rowID }
    }
    self.rows = rows
  }

  func pages(_ letter: String) -> [Page] { pagesByLetter[letter] ?? [] }
  func count(_ letter: String) -> Int { pages(letter).reduce(0) { $0 + $1.things.count } }

  /// Where a letter begins.
  func start(of letter: String) -> String? {
    pages(letter).first.map { isShort ? $0.path + "#letter-\(letter)" : $0.path }
  }

  /// Where a name leads: to its own page, else to its row in the list.
  func target(of thing: NamedThing) -> String { thing.page ?? rows[thing.key] ?? "a-z/index.html" }
}

extension DocumentContext {
  func alphabetDocuments(_ alphabet: Alphabet, _ emit: (EvidenceDocument) throws -> Void) throws {
    try emit(
      alphabetDocument(alphabet, page: "a-z/index.html", title: "A–Z", n: alphabet.things.count, letter: nil) { xml in
        for letter in Alphabet.letters {
          for page in alphabet.pages(letter) {
            if alphabet.isShort {
              names(page.things, letter: letter, in: &xml)
            } else {
              xml.element(
                "index-entry", ["title": range(page), "page": page.path, "n": String(page.things.count)])
            }
          }
        }
      })
    guard !alphabet.isShort else { return }
    for letter in Alphabet.letters {
      let all = alphabet.pages(letter)
      for (index, page) in all.enumerated() {
        try emit(
          alphabetDocument(
            alphabet, page: page.path, title: letter == "0-9" ? "0–9" : letter.uppercased(),
            n: alphabet.count(letter), letter: letter
          ) { xml in
            pages(
              number: index + 1, count: all.count, rows: alphabet.count(letter), size: Alphabet.pageSize,
              title: { range(all[$0 - 1]) }, page: { all[$0 - 1].path },
              index: all.count > Self.mostPagesInPager ? "a-z/index.html" : nil, in: &xml)
            names(page.things, letter: letter, in: &xml)
          })
      }
    }
  }

  private func range(_ page: Alphabet.Page) -> String {
    words(from: page.things.first?.name ?? "", to: page.things.last?.name ?? "")
  }

  private func alphabetDocument(
    _ alphabet: Alphabet, page: String, title: String, n: Int, letter: String?, body: (inout XMLWriter) -> Void
  ) -> EvidenceDocument {
    document(
      "alphabet", page: page, stylesheet: "alphabet", id: letter ?? "a-z", title: title,
      attributes: [["n": String(n)]], crumbs: letter == nil ? [] : [("a-z/index.html", "A–Z")]
    ) { xml in
      for each in Alphabet.letters {
        xml.element(
          "letter",
          [
            "id": each, "n": String(alphabet.count(each)), "page": alphabet.start(of: each),
            "current": String(each == letter),
          ])
      }
      body(&xml)
    }
  }

  private func names(_ things: ArraySlice<NamedThing>, letter: String, in xml: inout XMLWriter) {
    xml.element("names", ["letter": letter]) { xml in
      for thing in things {
        xml.element(
          "named",
          [
            "anchor": thing.rowID, "name": FigureText.shortened(thing.name), "kind": thing.kind,
            "note": thing.note.map { FigureText.shortened($0) }, "page": thing.page,
            "of": thing.page == nil ? String(thing.referenceCount) : nil,
          ]
        ) { xml in
          for reference in thing.references {
            xml.element("reference", ["title": FigureText.shortened(reference.title, to: 60), "page": reference.page])
          }
        }
      }
    }
  }
}
