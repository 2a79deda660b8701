import EvidenceModel
import TestSupport

/// Line `line` of a register.
func place(_ line: Int = 2) -> RegisterPlace { RegisterPlace(source: "register.csv", line: line) }

extension Records {
  /// These records, with registers of governance beside them.
  func keeping(_ fill: (inout Registers) -> Void) -> Records {
    var copy = self
    fill(&copy.registers)
    return copy
  }

  /// These records, with another word for one person.
  func knowing(_ alias: String, as person: String, people: [Person] = []) -> Records {
    var copy = self
    copy.ownership = OwnershipHistory(
      records: ownership.records,
      people: People(people, identities: [Identity(alias: alias, person: person, place: place())]),
      hasPeopleRegister: !people.isEmpty)
    return copy
  }
}

func reviewed(
  _ rules: String, _ at: String, by reviewer: String, result: String = "kept", trigger: String? = nil, line: Int = 2
) -> Review {
  Review(
    rules: NamePattern(rules), reviewedAt: TestSupport.at(at), reviewer: reviewer, result: result, trigger: trigger,
    place: place(line))
}
