/// How OSCAL's JSON names what its XML holds, for the elements that our stylesheets write. An element that is not here stops
/// the conversion: nothing is lost silently.
enum OSCALNames {
  static let namespace = "http://csrc.nist.gov/ns/oscal/1.0"

  /// Elements that may repeat, by the key of their list.
  static let lists: [String: String] = [
    "activity": "activities", "assessment-platform": "assessment-platforms",
    "assessment-subject": "assessment-subjects",
    "associated-activity": "associated-activities", "associated-risk": "related-risks", "component": "components",
    "control": "controls", "control-selection": "control-selections", "entry": "entries", "finding": "findings",
    "group": "groups", "hash": "hashes", "include-control": "include-controls", "include-subject": "include-subjects",
    "link": "links", "map": "maps", "mapping": "mappings", "method": "methods", "observation": "observations",
    "part": "parts", "party": "parties", "party-uuid": "party-uuids", "poam-item": "poam-items", "prop": "props",
    "related-finding": "related-findings", "related-observation": "related-observations",
    "relevant-evidence": "relevant-evidence", "resource": "resources", "responsible-party": "responsible-parties",
    "responsible-role": "responsible-roles", "result": "results", "risk": "risks", "rlink": "rlinks", "role": "roles",
    "source": "sources", "subject": "subjects", "task": "tasks", "type": "types",
    "unmapped-controls": "unmapped-controls",
    "uses-component": "uses-components", "with-id": "with-ids",
  ]

  /// Elements that stand once, under their own name.
  static let single: Set<String> = [
    "assessment-assets", "assessment-log", "back-matter", "import-ap", "import-ssp", "include-all", "local-definitions",
    "metadata", "provenance", "related-controls", "reviewed-controls", "source-resource", "status",
    "target-gap-summary",
    "target-resource", "timing", "within-date-range",
  ]

  /// Elements that are one text.
  static let texts: Set<String> = [
    "collected", "end", "last-modified", "method", "name", "oscal-version", "party-uuid", "relationship", "start",
    "type",
    "version", "with-id",
  ]

  /// Elements whose text is Markdown in JSON: one line, or paragraphs.
  static let lines: Set<String> = ["title"]
  static let paragraphs: Set<String> = ["description", "mapping-description", "remarks", "statement"]
  /// The key of paragraphs that stand in an element among others, as in a part.
  static let prose = "prose"
  /// The key of the text of an element that has attributes too.
  static let value = "value"
  static let valued: Set<String> = ["hash"]

  /// An element that stands once below some parents and repeats below others.
  static func list(of element: String, in parent: String) -> String? {
    element == "target" && parent == "map" ? "targets" : lists[element]
  }

  static func isSingle(_ element: String, in parent: String) -> Bool {
    single.contains(element) || (element == "target" && parent == "finding")
  }

  /// `status` of a risk is text; elsewhere it holds a state.
  static func isText(_ element: String, in parent: String) -> Bool {
    texts.contains(element) || (element == "status" && parent == "risk")
  }
}
