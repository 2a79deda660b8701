/// Which records each check asks, in the words of the pages that describe them.
extension Checks {
  private static let logs = "routing logs"
  private static let versions = "policy versions and their rules"
  private static let ownership = "ownership records"
  private static let people = "people and identities"
  private static let approvals = "approvals of changes"
  private static let models = "model inventory"
  private static let deployments = "deployment register"
  private static let totals = "independent totals"

  /// By the check's id.
  package static let inputs: [String: [String]] = [
    "RG-OWN-01": [versions, ownership, people, logs],
    "RG-OWN-02": [versions, ownership, people, logs],
    "RG-OWN-03": [logs, models, deployments, MissingRecord.agents.words, MissingRecord.tools.words],
    "RG-POL-01": [logs, versions],
    "RG-POL-02": [versions, logs],
    "RG-POL-03": [logs, versions],
    "RG-CHG-01": [versions, approvals, people, MissingRecord.writers.words],
    "RG-CHG-02": [versions, approvals, people, MissingRecord.changes.words],
    "RG-CHG-03": [versions, MissingRecord.changes.words],
    "RG-CHG-04": [versions, MissingRecord.changes.words],
    "RG-ESC-01": [logs, versions, models],
    "RG-ESC-02": [logs, versions, models],
    "RG-ESC-03": [logs, versions],
    "RG-ESC-04": [MissingRecord.escalations.words, ownership, people],
    "RG-ESC-05": [logs, versions, deployments],
    "RG-BLK-01": [logs, versions],
    "RG-BLK-02": [logs, versions],
    "RG-BLK-03": [logs, versions],
    "RG-DAT-01": [logs, versions, deployments],
    "RG-DAT-02": [logs, versions],
    "RG-DAT-03": [logs, deployments, MissingRecord.terms.words],
    "RG-DRF-01": [logs, versions],
    "RG-DRF-02": [
      MissingRecord.triggers.words, MissingRecord.incidents.words, MissingRecord.reviews.words, versions, ownership,
      people,
    ],
    "RG-DRF-03": [versions, MissingRecord.reviews.words, ownership, people],
    "RG-DRF-04": [logs, versions, models, deployments],
    "RG-CON-01": [logs, deployments, MissingRecord.exceptions.words],
    "RG-CON-02": [logs, versions],
    "RG-EXC-01": [MissingRecord.exceptions.words, logs, versions, ownership, people],
    "RG-KIL-01": [MissingRecord.switchOffs.words, logs],
    "RG-NHI-01": [MissingRecord.credentials.words, logs, people],
    "RG-NHI-02": [MissingRecord.credentials.words, logs, models, deployments],
    "RG-NHI-03": [MissingRecord.credentials.words, logs, models, deployments, MissingRecord.agents.words],
    "RG-ACC-01": [versions, MissingRecord.writers.words, people],
    "RG-LOG-01": [logs, totals],
    "RG-LOG-02": [logs],
    "RG-LOG-03": [logs, MissingRecord.logDigests.words],
    "RG-LOG-04": [logs, MissingRecord.retention.words],
    "RG-INC-01": [MissingRecord.incidents.words, versions],
    "RG-BYP-01": [logs, totals],
    "RG-EVD-01": ["every input that the configuration names"],
  ]
}
