/// Where an entry of a register stands, so that a finding can point to it.
package struct RegisterPlace: Sendable, Hashable, CustomStringConvertible {
  /// The file, as the configuration names it.
  package var source: String
  package var line: Int

  package init(source: String, line: Int) {
    self.source = source
    self.line = line
  }

  package var description: String { "\(source):\(line)" }
}

/// Registers that people keep beside ownership and inventory. Nil where none was named or none could be read: then nothing
/// can be said, while an empty register says that there was nothing.
package struct Registers: Sendable {
  package var reviews: [Review]?
  package var triggers: [ReviewTrigger]?
  package var incidents: [Incident]?
  package var changes: [ChangeRecord]?
  package var writers: [PolicyWriter]?
  package var credentials: [Credential]?
  package var terms: [ProviderTerms]?
  package var switchOffs: [SwitchOff]?
  package var escalations: [HumanEscalation]?
  package var retention: [LogRetention]?
  package var legalHolds: [LegalHold]?
  package var logDigests: [LogDigest]?
  package var tolerances: [Tolerance]?

  package init() {}
}
