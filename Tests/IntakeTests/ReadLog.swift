import EvidenceModel
import Foundation
import Intake
import TestSupport

/// A whole log, read the way a scan reads it: format detected from its content unless stated.
struct ReadLog {
  var format: DetectedFormat
  var decisions: [(line: ReadLine, position: SourcePosition)] = []
  var rejects: [Reject] = []
  var passed = LogReader.Passed()

  struct FormatUnknown: Error {}

  init(_ text: String, _ stated: RoutingLogFormat? = nil) throws { try self.init(Array(text.utf8), stated) }

  init(_ bytes: [UInt8], _ stated: RoutingLogFormat? = nil) throws {
    self = try withTemporaryFolder { folder in try ReadLog(path: try folder.write(bytes, to: "log"), stated) }
  }

  init(path: String, _ stated: RoutingLogFormat? = nil) throws {
    guard let format = try RoutingLogFormat.detect(path: path, stated: stated) else { throw FormatUnknown() }
    self.format = format
    let reader = LogReader(try ByteSource(path: path), format: format)
    var decisions: [(ReadLine, SourcePosition)] = []
    var rejects: [Reject] = []
    passed = try reader.forEach(in: format.format) { entry in
      switch entry {
      case .decision(let record, let position, _): decisions.append((ReadLine(record), position))
      case .reject(let reject): rejects.append(reject)
      }
    }
    self.decisions = decisions.map { (line: $0.0, position: $0.1) }
    self.rejects = rejects
  }
}
