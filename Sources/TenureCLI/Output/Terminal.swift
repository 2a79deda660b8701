internal import ArgumentParser
internal import Assets
internal import EvidenceModel
internal import EvidencePack
internal import EvidenceStore
internal import Foundation
internal import Glibc
internal import Intake
internal import Rendering
internal import Replay
internal import Synchronization
internal import XMLDocuments

/// Results go to standard output, talk to standard error. An error ends with the next step.
enum Terminal {
  static func result(_ text: String) { result(bytes: Array((printable(text) + "\n").utf8)) }
  static func talk(_ text: String) { talk(bytes: Array((printable(text) + "\n").utf8)) }

  /// Why standard output did not take all results; the command ends with it.
  static var lostResults: String? { failure.withLock { $0 } }
  private static let failure = Mutex<String?>(nil)

  /// Results that are written as they are.
  static func result(bytes: [UInt8]) {
    let reason = write(bytes, to: STDOUT_FILENO)
    failure.withLock { $0 = $0 ?? reason }
  }

  /// What standard error does not take is lost: there is nowhere left to say so.
  static func talk(bytes: [UInt8]) { _ = write(bytes, to: STDERR_FILENO) }

  /// Returns why not all was written; nil when it was.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> String? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wait, 1, -1)
      } else if errno != EINTR {
        return String(cString: strerror(errno))
      }
    }
    return nil
  }

  /// One JSON line on standard output. Its form is described in `docs/events.md`.
  ///
  /// - Parameter fields: a member that is nil is left out.
  static func event(_ name: String, _ fields: [String: EventValue?]) {
    var all = fields.compactMapValues { $0 }
    all["version"] = .whole(1)
    all["event"] = .text(name)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(all) else { return }
    var safe = String.UnicodeScalarView()
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      // Such a character stands in a string, since JSON has none of them elsewhere.
      if steers(scalar) {
        safe.append(contentsOf: "\\u\(String(format: "%04x", scalar.value))".unicodeScalars)
      } else {
        safe.append(scalar)
      }
    }
    result(bytes: Array((String(safe) + "\n").utf8))
  }

  /// Characters past the controls of ASCII that could steer a terminal, or end a line for some readers.
  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// What comes from a log or a register could steer a terminal; control and direction characters are shown by pictures.
  private static func printable(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09: safe.append(scalar)
      case 0x00...0x1F: safe.append(UnicodeScalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      default: safe.append(steers(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    return String(safe)
  }

  static func diagnostic(_ diagnostic: Diagnostic) {
    let diagnostic = diagnostic.withoutSecrets
    talk("\(diagnostic.severity.rawValue): \(diagnostic.place): \(diagnostic.summary). \(diagnostic.nextStep)")
  }

  /// The first diagnostics; how many more there are is said.
  static func diagnostics(_ all: [Diagnostic], limit: Int = 20) {
    for diagnostic in all.prefix(limit) { self.diagnostic(diagnostic) }
    if all.count > limit { talk("… and \(all.count - limit) more; the pack's scope page lists them.") }
  }

  /// Diagnostics as a command's format wants them: all of them as events, or the first ones in words.
  static func diagnostics(_ all: [Diagnostic], as format: OutputFormat) {
    guard format == .json else { return diagnostics(all) }
    for diagnostic in all { event("diagnostic", diagnostic.withoutSecrets.members) }
  }

  /// Whatever went wrong, in one sentence with the next step.
  static func failure(_ error: any Error) -> String { SecretRedaction.redact(sentence(error)) }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case let error as Diagnostic: "\(error.place): \(error.summary). \(error.nextStep)"
    case let error as StoreError: words(error)
    case let error as PackError: words(error)
    case let error as RenderError: words(error)
    case let error as PartialError: words(error)
    case let error as SourceError: failure(error.diagnostic(name: "the log"))
    case let error as XMLProblem: "\(error.document): \(error.message)"
    case let error as AssetLibrary.UnusableOverlay:
      "\(error.path) cannot be read. Name a folder that holds the files to lay over."
    case let error as UnknownPeriod:
      "\(error.text) names no period. Write 2026-Q3, 2026-07, 2026, previous-quarter, previous-month, FROM/TO or all."
    case let error as CocoaError:
      "\(error.filePath.map { $0 + ": " } ?? "")\(bare(error.localizedDescription)). Check the folder, its rights and the disk, and run again."
    default: "\(error)"
    }
  }

  /// The system's reasons end with a full stop or without one.
  private static func bare(_ reason: String) -> String { reason.hasSuffix(".") ? String(reason.dropLast()) : reason }

  private static func words(_ error: StoreError) -> String {
    switch error {
    case .cannotOpen(let path, let reason):
      "The store \(path) cannot be opened: \(bare(reason)). Check the folder, or name another with --store."
    case .notAStore(let path): "\(path) is a database, but not a Tenure store. Name another file with --store."
    case .newerSchema(let path, let version):
      "\(path) was written by a newer Tenure (schema \(version)). Use that version, or another --store."
    case .held(let path, let holder):
      "The store \(path) is in use by \(holder). Wait until it has ended, or name another store with --store."
    case .busy(let path):
      "The store \(path) is locked by another program, which did not let it go within \(EvidenceStore.secondsOfPatience) seconds. End that program, and run again."
    case .damaged(let path, let reason):
      "The store \(path) is damaged: \(bare(reason)). Run tenure run or scan: it is set aside then, and made anew."
    case .failed(let reason):
      "The store could not be used: \(bare(reason)). Check the disk and that no other run is using it."
    }
  }

  private static func words(_ error: PartialError) -> String {
    switch error {
    case .cannotRead(let path, let reason): "\(path): \(reason). Check the file, or scan its split again."
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(bare(reason)). Check the folder and the disk, and run again."
    case .notAPartial(let path, let reason): "\(path) is no partial that this version reads: \(reason)."
    case .damaged(let path, let line, let reason):
      "\(path):\(line): \(reason). It is damaged; scan its splits again."
    case .otherInputs(let path, let what):
      "\(path) was made with \(what) and cannot be merged with the ones before it. Scan its splits again with the same inputs."
    case .overlap(let log, let first, let second):
      "Two partials hold the same bytes of \(log): \(first.lowerBound) to \(first.upperBound), and \(second.lowerBound) to \(second.upperBound). Leave one of them out."
    }
  }

  private static func words(_ error: PackError) -> String {
    switch error {
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(bare(reason)). Check the folder and the disk, and run again."
    case .notValid(let problem):
      "\(problem.document) is not valid: \(problem.message). This is a defect of Tenure; please report it."
    case .totalsDoNotAddUp(let what): "The totals do not add up, so no pack was published: \(what). Please report it."
    case .tooManyExceptions(let count, let most):
      "The period has \(count) exceptions, and one pack holds at most \(most). Make packs of shorter periods: --period."
    }
  }

  private static func words(_ error: RenderError) -> String {
    switch error {
    case .cannotCompile(let stylesheet, let message):
      "\(stylesheet) cannot be compiled: \(message). Correct it, or run without --templates."
    case .cannotTransform(let stylesheet, let document, let message):
      "\(document) cannot be made into a page by \(stylesheet): \(message). Correct the template, or run without --templates."
    }
  }
}
