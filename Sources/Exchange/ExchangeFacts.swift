package import EvidenceModel
internal import XMLDocuments

/// What an `exchange` document says, as plain values. The element and attribute of each stand in `templates/evidence.xsd`.
package struct ExchangeFacts: Sendable {
  package struct Parameter: Sendable { package var name, value, origin: String }

  package struct Input: Sendable {
    package var id, kind, name: String
    package var format, sha256: String?
    package var bytes, records: Int?
  }

  package struct DataFile: Sendable {
    package var path, sha256: String
    package var bytes, rows: Int
  }

  package struct ClassCount: Sendable {
    package var name: String
    package var n, of: Int
    package var isException: Bool
  }

  package struct Party: Sendable {
    package var id, kind: String
    package var page: String?
  }

  package struct Tenure: Sendable {
    package var owner: String
    package var from, to: String?
  }

  package struct Rule: Sendable {
    package var id: String
    package var words, page: String?
    package var decisions, exceptions: Int
    package var tenures: [Tenure]
  }

  package struct Version: Sendable {
    package var id, source, sha256, from: String
    package var to, page: String?
  }

  package struct Change: Sendable {
    package var id, rule, version, kind, direction, effective: String
    package var words, recorded, approved, author, approvers, ticket, page: String?
    package var decisions: Int
  }

  package struct Check: Sendable {
    package var id, title, question, method, populationText, cannotShow, why, page: String
    package var result: CheckResult
    package var population, passed, exceptions, accepted, cannotTell, findings: Int
    package var missing: [String]
  }

  package struct Observation: Sendable {
    package var id, check: String
    package var rule, version, page: String?
    package var rest: Int?
    package var n, of: Int
  }

  package struct Stretch: Sendable { package var kind, from, to: String }

  package struct Place: Sendable {
    package var source: String
    package var line, byteOffset, bytes: Int
    package var sha256: String?
  }

  package struct Finding: Sendable {
    package var id, check, subjectKind, subject, summary, page: String
    package var result: CheckResult
    package var n, of: Int
    package var populationText, first, last: String?
    package var paragraphs: [String]
    package var stretches: [Stretch]
    package var missing: [String]
    package var places: [Place]
  }

  package struct Group: Sendable {
    package var id, title: String
    package var parent: String?
  }

  package struct Mapped: Sendable {
    package var check, relation, rationale: String
    package var effect, condition: String?
  }

  package struct Control: Sendable {
    package var id, display, title, titleOrigin, summary, state, why, gap, page: String
    package var group: String?
    package var mapped: [Mapped]
  }

  package struct Framework: Sendable {
    package var id, title, version, publisher, licence, mappingVersion, review, page: String
    package var groups: [Group]
    package var controls: [Control]
  }

  package struct Accepted: Sendable {
    package var id, check, subject: String
    package var acceptedBy, reason, from, to, source: String?
    package var line: Int?
  }

  /// A list of which the document may show the first ones only.
  package struct Cut<Element: Sendable>: Sendable {
    package var shown: [Element]
    package var of: Int
  }

  /// Of a list by its name: how many the document shows, and of how many.
  package struct CutList: Sendable {
    package var list: String
    package var shown, of: Int
  }

  package var id, title, organisation, period, periodText, level, toolVersion: String
  package var from, to: String
  /// When files of other tools say that they were made.
  package var time: String
  package var first, last: String?
  package var judged, exceptions, malformed: Int
  package var isComplete: Bool
  package var parameters: [Parameter]
  package var inputs: [Input]
  package var dataFiles: [DataFile]
  package var classes: [ClassCount]
  package var parties: [Party]
  package var rules: [Rule]
  package var versions: [Version]
  package var changes: Cut<Change>
  package var checks: [Check]
  package var observations: Cut<Observation>
  package var findings: [Finding]
  package var frameworks: [Framework]
  package var accepted: [Accepted]
  package var cuts: [CutList]

  /// Findings of the pack; `findings` may be the first of them.
  package var findingsOf: Int { cuts.first { $0.list == "findings" }?.of ?? findings.count }
}

extension ExchangeFacts {
  /// A control, and the framework that it is of.
  package typealias PlacedControl = (framework: Framework, control: Control, mapped: Mapped)

  /// The controls that each check is evidence for, in the order of the document.
  package func controlsByCheck() -> ByName<[PlacedControl]> {
    var byCheck: ByName<[PlacedControl]> = [:]
    for framework in frameworks {
      for control in framework.controls {
        for mapped in control.mapped { byCheck[mapped.check, default: []].append((framework, control, mapped)) }
      }
    }
    return byCheck
  }
}
