internal import EvidenceModel

/// The text of a table as UTF-8, and where its bytes stand in the file. Spreadsheets write UTF-16 too.
struct TableText {
  let bytes: [UInt8]
  /// Bytes of the file before the text.
  let start: Int
  private let isUTF16: Bool

  init(_ file: WholeFile) throws(Diagnostic) {
    let isLittle = file.bytes.starts(with: [0xFF, 0xFE])
    isUTF16 = isLittle || file.bytes.starts(with: [0xFE, 0xFF])
    guard isUTF16 else {
      do throws(Diagnostic) {
        bytes = Array(try file.text().utf8)
      } catch {
        var problem = error
        problem.nextStep =
          "Save it as UTF-8: in Excel as the type CSV UTF-8, in LibreOffice with the character set Unicode (UTF-8)."
        throw problem
      }
      start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      return
    }
    start = 2
    let units = stride(from: 2, to: file.bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(file.bytes[index]), UInt16(file.bytes[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    guard file.bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      throw Diagnostic(
        id: "not-utf-16", file: file.name, line: 1, byteOffset: 0,
        summary: "the text begins as UTF-16 does and is not UTF-16 to its end",
        nextStep: "Save the file as UTF-8.")
    }
    bytes = Array(text.utf8)
  }

  var offsets: Offsets { Offsets(bytes: bytes, isUTF16: isUTF16, offset: start) }

  /// Turns places in the text into places in the file, one after another.
  struct Offsets {
    fileprivate let bytes: [UInt8]
    fileprivate let isUTF16: Bool
    fileprivate var offset: Int
    private var index = 0

    fileprivate init(bytes: [UInt8], isUTF16: Bool, offset: Int) {
      self.bytes = bytes
      self.isUTF16 = isUTF16
      self.offset = offset
    }

    /// - Parameter next: not before the place that was asked for last.
    mutating func advance(to next: Int) -> Int {
      // A character of four bytes in UTF-8 has two units in UTF-16; every other has one.
      offset +=
        isUTF16 ? bytes[index..<next].reduce(0) { $0 + ($1 >= 0xF0 ? 4 : $1 & 0xC0 == 0x80 ? 0 : 2) } : next - index
      index = next
      return offset
    }
  }
}
