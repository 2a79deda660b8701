internal import CZlib
package import EvidenceModel
internal import Foundation
internal import Glibc

/// A pack as a user names it: a folder, or a zip that is unpacked into a folder of its own, for this user's eyes alone.
package struct OpenedPack: Sendable {
  /// Where the pack lies.
  package let folder: String
  private let scratch: String?

  /// False where the list of files of a zip cannot be trusted, and nothing was unpacked.
  package var holdsFiles: Bool { folder != scratch || FileManager.default.fileExists(atPath: folder + "/manifest.xml") }

  /// Opens a pack for a command that needs it whole: the first fault of a zip ends it.
  package init(_ path: String) throws(Diagnostic) {
    var faults: [Diagnostic] = []
    self = OpenedPack(path, faults: &faults)
    guard let first = faults.first else { return }
    close()
    guard faults.count > 1 else { throw first }
    var all = first
    all.summary += ", and \(faults.count - 1) more faults"
    all.nextStep = "Run tenure verify on it. " + first.nextStep
    throw all
  }

  /// Opens a pack and tells every fault of a zip. What is amiss in its list of files leaves the folder empty; files that are
  /// damaged are left out of it.
  package init(_ path: String, faults: inout [Diagnostic]) {
    var status = stat()
    // What is neither, and what is not there, is told best by whoever reads the folder.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      (folder, scratch) = (path, nil)
      return
    }
    let made: String
    do throws(Diagnostic) {
      made = try Self.makeScratch()
    } catch {
      faults.append(error)
      (folder, scratch) = (path, nil)
      return
    }
    scratch = made
    do throws(Diagnostic) {
      let file = try ZipFile(path)
      let directory = ZipDirectory(file)
      faults += directory.faults
      guard directory.faults.isEmpty else {
        folder = made
        return
      }
      for entry in directory.entries where !entry.isFolder {
        do throws(Diagnostic) {
          try ZipExtraction.write(entry, of: file, into: made)
        } catch {
          faults.append(error)
        }
      }
    } catch {
      faults.append(error)
    }
    folder = Self.top(of: made)
  }

  /// Removes what was unpacked.
  package func close() {
    if let scratch { try? FileManager.default.removeItem(atPath: scratch) }
  }

  /// The pack itself, or the one folder that holds it.
  private static func top(of scratch: String) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: scratch)) ?? []
    guard names.count == 1, let name = names.first, name != "manifest.xml" else { return scratch }
    return scratch + "/" + name
  }

  /// A new folder that its owner alone may enter.
  private static func makeScratch() throws(Diagnostic) -> String {
    var template = Array((FileManager.default.temporaryDirectory.path + "/tenure-pack-XXXXXX").utf8CString)
    guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.map { mkdtemp($0) } ?? nil }) != nil else {
      throw Diagnostic(
        id: "zip-scratch", file: FileManager.default.temporaryDirectory.path,
        summary: "no folder can be made there to unpack the zip into", nextStep: "Name another one with TMPDIR.")
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
