internal import Foundation

/// What is said beside the table, on standard error.
enum Progress {
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// `1234567` as `1,234,567`.
func grouped(_ number: Int) -> String {
  var digits = String(abs(number))
  var groups: [String] = []
  while digits.count > 3 {
    groups.insert(String(digits.suffix(3)), at: 0)
    digits.removeLast(3)
  }
  return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}

/// With so many digits after the point.
func decimal(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
