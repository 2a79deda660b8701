internal import EvidenceModel
internal import Foundation

extension PolicyReading {
  /// YAML, and JSON with what its readers allow; what else lies in the folder is no policy.
  private static let extensions = ["yaml", "yml", "json", "json5", "jsonc"]

  private static func syntax(of fileName: String) -> String { fileName.hasSuffix("ml") ? "yaml" : "json" }

  /// A folder with one text a version. A text that does not say when it came into force takes the date in its file name.
  static func folder(
    _ name: String, path: String, format: PolicyFormat?, audit: (name: String, path: String)? = nil
  ) -> PolicyReading {
    var reading = PolicyReading()
    /// Stands for a time that only the audit can tell.
    let unknown = Instant(microseconds: .min)
    var undated: [PolicyVersion] = []
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { file in extensions.contains { file.hasSuffix(".\($0)") } }
      .sortedBytewise()
    if names.isEmpty {
      reading.diagnostics.append(
        Diagnostic(
          id: "policy-folder-empty", file: name,
          summary: "holds no file that ends in \(extensions.map { "." + $0 }.joined(separator: ", "))",
          nextStep: "Put one text a version into the folder, or name another source of the policy."))
    }
    for fileName in names {
      let shown = name.hasSuffix("/") ? name + fileName : name + "/" + fileName
      do throws(Diagnostic) {
        let file = try WholeFile(name: shown, path: path + "/" + fileName)
        let parsed = ParsedPolicy(file, format: format)
        let date = SnapshotDate(in: fileName)
        let version = reading.version(
          of: file, parsed: parsed, change: nil, fallback: date.instant ?? (audit == nil ? nil : unknown))
        if let version, version.effectiveFrom == unknown {
          undated.append(version)
        } else if let version {
          reading.versions.append(version)
        } else {
          reading.diagnostics.append(date.diagnostic(file: shown))
        }
        reading.inputs.append(
          InputFile(
            kind: .policy, name: shown, format: format?.rawValue ?? Self.syntax(of: fileName), bytes: file.bytes.count,
            digest: file.digest, records: version?.rules.count ?? 0))
      } catch {
        reading.diagnostics.append(error)
        reading.inputs.append(
          InputFile(
            kind: .policy, name: shown, format: format?.rawValue ?? Self.syntax(of: fileName), bytes: nil, digest: nil,
            records: 0))
      }
    }
    if let audit { reading.read(audit, undated: undated) }
    return reading
  }
}

/// When a snapshot was taken, as its file name says: `2026-07-01` anywhere in it, or `2026-07-01T0900Z`.
enum SnapshotDate {
  case known(Instant)
  case missing
  /// Several dates that differ, or a time without a zone.
  case ambiguous

  init(in fileName: String) {
    self = .missing
    let dates = /(?:^|[^0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])(?:[Tt]([0-9][0-9:\-]*)([Zz])?)?/
    for match in fileName.matches(of: dates) {
      guard let day = CivilDay.parse(match.1) else { continue }
      var instant = Instant(day: day)
      if let time = match.2 {
        guard match.3 != nil, let seconds = Self.seconds(time) else {
          self = .ambiguous
          return
        }
        instant.microseconds += seconds * 1_000_000
      }
      if case .known(let other) = self, other != instant {
        self = .ambiguous
        return
      }
      self = .known(instant)
    }
  }

  /// Of `0900`, `090030`, `09:00:30` or `09-00-30`, since midnight.
  private static func seconds(_ time: Substring) -> Int64? {
    let digits = time.filter(\.isWholeNumber).utf8.map { Int64($0) - 0x30 }
    guard digits.count == 4 || digits.count == 6 else { return nil }
    let parts = stride(from: 0, to: digits.count, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
    guard parts[0] < 24, parts[1] < 60, parts.count == 2 || parts[2] < 60 else { return nil }
    return parts[0] * 3600 + parts[1] * 60 + (parts.count == 3 ? parts[2] : 0)
  }

  var instant: Instant? {
    if case .known(let instant) = self { instant } else { nil }
  }

  func diagnostic(file: String) -> Diagnostic {
    if case .ambiguous = self {
      return Diagnostic(
        id: "policy-name-ambiguous-date", file: file,
        summary: "its name holds several dates, or a time without Z, and the text states none; it was left out",
        nextStep: "Write effective-from into the text, or keep one date such as 2026-07-01 or 2026-07-01T0900Z.")
    }
    return Diagnostic(
      id: "policy-no-effective-time", file: file,
      summary: "it is not known when this version came into force; it was left out",
      nextStep: "Write effective-from into the text, or a date such as 2026-07-01 into the file name.")
  }
}
