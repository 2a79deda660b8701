import EvidenceModel
import Intake
import Replay
import TestSupport
import Testing

@Suite struct NameTableTests {
  @Test func theEmptyNameIsNumberZero() {
    let table = NameTable()
    #expect(table.id("") == 0)
    #expect(table.id(BorrowedText.empty) == 0)
    #expect(table.name(0) == "")
  }

  @Test func manyNamesKeepTheirNumbers() {
    let table = NameTable()
    let names = (0..<5000).map { "name-\($0)-" + String(repeating: "x", count: $0 % 23) }
    let first = names.map { table.id($0) }
    let again = names.map { table.id($0) }
    #expect(first == again)
    #expect(Set(first).count == names.count)
    #expect(zip(first, names).allSatisfy { table.name($0) == $1 })
    #expect(table.count == names.count + 1)
  }

  @Test func aKeyCountsUnderTheNameByWhichItIsShown() {
    let table = NameTable()
    let key = table.id("sk-proj-abcdefghij0123456789")
    #expect(table.name(key).hasPrefix("sha256:"))
    #expect(table.id("sk-proj-abcdefghij0123456789") == key)
    #expect(table.id(table.name(key)) == key)
    #expect(table.id("sk-proj-abcdefghij0123456780") != key)
    #expect(table.name(table.id("password=hunter2")) == "password=[redacted]")
  }

  @Test func namesDifferByEveryByte() {
    let table = NameTable()
    let names = ["a", "b", "aa", "a\u{0}", "\u{0}a", "\u{0}", "\u{0}\u{0}", "12345678", "123456789", "12345679", "A"]
    #expect(Set(names.map { table.id($0) }).count == names.count)
  }

  @Test func canonicallyEquivalentNamesStayDifferent() {
    let table = NameTable()
    let composed = table.id("caf\u{E9}")
    let decomposed = table.id("cafe\u{301}")
    #expect(composed != decomposed)
    #expect(Array(table.name(decomposed).utf8) == Array("cafe\u{301}".utf8))
  }

  @Test func borrowedAndOwnedTextAreOneName() {
    let table = NameTable()
    let owned = table.id("agent")
    let borrowed = Array("agent".utf8).withUnsafeBufferPointer { buffer in
      table.id(BorrowedText(start: buffer.baseAddress, count: buffer.count))
    }
    #expect(owned == borrowed)
  }

  @Test func manyAgentsEachKeepTheirOwnRow() throws {
    let lines = (0..<3000).map { index in
      DecisionLine.with { line in
        line.agent = "agent-\(index)"
        line.requestID = "r-\(index)"
      }
    }
    let scanned = try scan(lines, records: records([version("v1", from: "2026-01-01", [.allow("r")])]))
    #expect(scanned.partial.seen.count { $0.kind == .agent } == 3000)
    #expect(scanned.classes == ["compliant": 3000])
  }
}
