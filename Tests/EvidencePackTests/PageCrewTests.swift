import Foundation
import TestSupport
import Testing
import XMLDocuments

@testable import EvidencePack

@Suite struct PageCrewTests {
  private static let schema = Array(
    """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="good"/></xs:schema>
    """.utf8)

  private struct NoPage: Error {
    var document: String
  }

  private func crew(_ folder: TemporaryFolder, threads: Int, schema: [UInt8] = schema) -> PageCrew {
    PageCrew(directory: folder.path, schema: schema, threads: threads) {
      { document, stylesheet, _ in
        guard stylesheet != "templates/pages/broken.xsl" else { throw NoPage(document: document.name) }
        return Array("\(document.name) by \(stylesheet)".utf8)
      }
    }
  }

  private func job(_ number: Int, _ root: String = "good", stylesheet: String = "rule") -> PageCrew.Job {
    let document = EvidenceDocument(
      page: "r/\(number).html", kind: "good", stylesheet: stylesheet, bytes: Array("<\(root)/>".utf8))
    return PageCrew.Job(document: document, pages: document.pages)
  }

  @Test(arguments: [1, 2, 8])
  func everyDocumentAndPageIsWrittenAndListedInOrder(threads: Int) throws {
    try withTemporaryFolder { folder in
      let crew = crew(folder, threads: threads)
      defer { crew.close() }
      for number in 0..<500 { try crew.add(job(number)) }
      let files = try crew.finish()
      #expect(files.map(\.path) == (0..<500).flatMap { ["evidence/r/\($0).xml", "r/\($0).html"] })
      #expect(try folder.bytes(of: "r/499.html") == Array("evidence/r/499.xml by templates/pages/rule.xsl".utf8))
      try crew.add(job(500))
      #expect(try crew.finish().map(\.path) == ["evidence/r/500.xml", "r/500.html"])
      #expect(try crew.finish().isEmpty)
    }
  }

  /// Whichever thread is quicker, and whatever fails after it.
  @Test(arguments: [1, 2, 8])
  func theFirstDocumentThatFailsIsTold(threads: Int) throws {
    for _ in 0..<20 {
      try withTemporaryFolder { folder in
        let crew = crew(folder, threads: threads)
        defer { crew.close() }
        let error = #expect(throws: PackError.self) {
          for number in 0..<200 { try crew.add(job(number, number < 57 ? "good" : "bad")) }
          _ = try crew.finish()
        }
        guard case .notValid(let problem) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
        #expect(problem.document == "evidence/r/57.xml")
      }
    }
  }

  @Test func aPageThatFailsIsTold() throws {
    try withTemporaryFolder { folder in
      let crew = crew(folder, threads: 3)
      defer { crew.close() }
      let error = #expect(throws: NoPage.self) {
        for number in 0..<50 { try crew.add(job(number, stylesheet: number == 31 ? "broken" : "rule")) }
        _ = try crew.finish()
      }
      #expect(error?.document == "evidence/r/31.xml")
    }
  }

  @Test(arguments: [1, 3])
  func aThreadThatCannotBeginEndsTheWork(threads: Int) throws {
    try withTemporaryFolder { folder in
      let crew = crew(folder, threads: threads, schema: Array("<no-schema/>".utf8))
      defer { crew.close() }
      #expect(throws: PackError.self) {
        for number in 0..<50 { try crew.add(job(number)) }
        _ = try crew.finish()
      }
    }
  }

  /// The maker of documents may fail too; then nobody asks for the pages.
  @Test func threadsGoHomeWithWorkLeft() throws {
    try withTemporaryFolder { folder in
      weak var gone: PageCrew?
      do {
        let crew = crew(folder, threads: 4)
        gone = crew
        for number in 0..<40 { try crew.add(job(number)) }
        crew.close()
      }
      #expect(gone == nil)
    }
  }
}
