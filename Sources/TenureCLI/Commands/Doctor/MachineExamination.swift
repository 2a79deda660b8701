internal import EvidenceModel
internal import EvidencePack
internal import EvidenceStore
internal import Foundation
internal import Glibc

/// What a run finds on the machine: its clock, room on its disks, and the store that earlier runs left.
struct MachineExamination {
  let plan: RunPlan

  /// A pack of a quarter has some megabytes, and a store about a hundredth of its logs; with less room than this it is
  /// time to look.
  private static let littleRoom = 1 << 30
  private static let noRoom = 64 << 20

  func examine(_ report: inout DoctorReport) {
    examineClock(&report)
    examineFolder(plan.out, as: "out", &report)
    if let store = plan.store {
      let folder = (store as NSString).deletingLastPathComponent
      if folder != plan.out { examineFolder(folder.isEmpty ? "." : folder, as: "store", &report) }
      examineStore(store, &report)
    }
  }

  private func examineClock(_ report: inout DoctorReport) {
    let stated = ProcessInfo.processInfo.environment["TENURE_TODAY"].flatMap { Instant(dateOrInstant: $0) }
    let clock = Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
    let now = stated ?? clock
    let quarter = (try? Period(parsing: "previous-quarter", now: now))?.name ?? "unknown"
    let words = "\(now); previous-quarter is \(quarter); pages show \(plan.configuration["timezone"]?.text ?? "UTC")"
    if stated != nil { return report.note("clock", "TENURE_TODAY says \(words).") }
    // Whoever wrote the configuration did so before now.
    var status = stat()
    let path = plan.configuration.directory + "/" + plan.configuration.file
    if stat(path, &status) == 0, Double(status.st_mtim.tv_sec) > Date().timeIntervalSince1970 {
      return report.problem(
        "clock", "it says \(words); \(plan.configuration.file) was written later than that.",
        next: "Set the clock: periods such as previous-quarter are counted from it.")
    }
    report.ok("clock", words)
  }

  /// The folder, or where it is not there yet the nearest one above it.
  private func examineFolder(_ folder: String, as area: String, _ report: inout DoctorReport) {
    var place = folder
    while !FileManager.default.fileExists(atPath: place), place != "/", !place.isEmpty {
      place = (place as NSString).deletingLastPathComponent
    }
    if place.isEmpty { place = "." }
    let name = FigureText.shortened(folder, to: 200)
    guard access(place, W_OK | X_OK) == 0 else {
      return report.problem(
        area, "\(name) cannot be written: \(String(cString: strerror(errno))).",
        next: "Give the user of the run rights there, or name another folder.", stopsRun: true)
    }
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: place)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else {
      return report.note(area, "\(name) can be written; how much room there is cannot be told.")
    }
    let words = "\(name) can be written, \(ProgressWords.bytes(free)) free"
    if free < Self.noRoom {
      report.problem(area, words + ".", next: "Make room: a pack and the store need more.")
    } else if free < Self.littleRoom {
      report.note(area, words + ".", next: "Make room before the logs grow.")
    } else {
      report.ok(area, words)
    }
  }

  private func examineStore(_ path: String, _ report: inout DoctorReport) {
    let name = FigureText.shortened(path, to: 200)
    switch StoreHealth.look(at: path) {
    case .absent: report.ok("store", "\(name) is not there yet; the first run makes it")
    case .sound(let schema, let partials, let bytes):
      report.ok(
        "store",
        "\(name) is whole: schema \(schema), \(partials) \(partials == 1 ? "partial" : "partials"), \(ProgressWords.bytes(bytes)), every digest holds"
      )
    case .older(let schema):
      report.note(
        "store", "\(name) is whole and has schema \(schema), which keeps no digests.",
        next: "The next run brings it to schema \(EvidenceStore.schemaVersion).")
    case .unfinished(let holder?):
      report.note("store", "\(name) is in use by \(holder).", next: "Ask again when that has ended.")
    case .unfinished(nil):
      report.note(
        "store", "\(name) has a journal of a run that was ended in the middle.",
        next: "The next run or scan settles it; ask again then.")
    case .unusable(.damaged(_, let reason)):
      report.problem(
        "store", "\(name) is damaged: \(FigureText.shortened(reason)).",
        next: "The next run sets it aside and makes it anew from the logs; check the disk.")
    case .unusable(let error): report.problem("store", Terminal.failure(error), next: "", stopsRun: true)
    }
  }
}
