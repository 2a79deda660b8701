import Assessment
import EvidenceModel
import Replay
import TestSupport

/// Facts whose counts a test states itself.
func facts(
  _ records: Records, parameters: [String: [String: String]] = [:], _ change: (inout AssessmentFacts) -> Void
) throws -> AssessmentFacts {
  var facts = try facts([], records, parameters: parameters)
  change(&facts)
  return facts
}

func seen(
  _ kind: SeenRow.Kind, _ name: String, n: Int = 10, unlisted: Int = 0, retired: Int = 0, switchedOff: Int = 0,
  first: String = "2026-07-02", last: String = "2026-07-20"
) -> SeenRow {
  SeenRow(
    kind: kind, name: name, n: n, unlisted: unlisted, retired: retired, switchedOff: switchedOff, first: at(first),
    last: at(last))
}

func link(
  _ side: LinkRow.Side, _ name: String, _ otherSide: LinkRow.Side, _ other: String, n: Int = 10
) -> LinkRow {
  LinkRow(
    side: side, name: name, otherSide: otherSide, other: other, n: n, first: at("2026-07-02"), last: at("2026-07-20"))
}

func served(
  _ model: String, by provider: String = "", in place: String = Inventory.unknownJurisdiction, n: Int = 10
) -> TrafficRow {
  TrafficRow(servedModel: model, provider: provider, jurisdiction: place, isSensitive: false, hasTools: false, n: n)
}

/// Where the entries of a register stand in these tests.
let place = RegisterPlace(source: "register.csv", line: 2)

extension Records {
  /// These records with registers of governance.
  func with(_ change: (inout Registers) -> Void) -> Records {
    var copy = self
    change(&copy.registers)
    return copy
  }
}
