package import EvidenceModel

// Registers that governance keeps beside the policy. Columns after the required ones may be missing; their records then
// say nothing of it. Described in `docs/formats/registers.md`.

/// Reviews of rules: `rule_id,reviewed_at,reviewer` and, where kept, `result,trigger`.
package func readReviewRegister(_ file: WholeFile) throws(Diagnostic) -> Register<Review> {
  var register = Register<Review>()
  try register.read(file, required: ["rule_id", "reviewed_at", "reviewer"]) { reader in
    Review(
      rules: NamePattern(reader.name("rule_id")), reviewedAt: reader.instant("reviewed_at"),
      reviewer: reader.name("reviewer"), result: reader.row["result"], trigger: reader.row["trigger"].nilIfEmpty,
      place: reader.place)
  }
  return register
}

/// Records of changes of the policy: `version` and, where kept,
/// `reason,impact,test,test_result,approved_sha256,emergency,reviewed_at,reviewed_by`.
package func readChangeRegister(_ file: WholeFile) throws(Diagnostic) -> Register<ChangeRecord> {
  var register = Register<ChangeRecord>()
  try register.read(file, required: ["version"]) { reader in
    ChangeRecord(
      version: reader.name("version"), reason: reader.row["reason"], impact: reader.row["impact"],
      test: reader.row["test"], testResult: reader.row["test_result"],
      approvedDigest: reader.optionalDigest("approved_sha256"), isEmergency: reader.optionalFlag("emergency") ?? false,
      reviewedAt: reader.optionalInstant("reviewed_at"), reviewedBy: reader.row["reviewed_by"].nilIfEmpty,
      place: reader.place)
  }
  return register
}

/// Who may change the policy: `identity,from` and, where kept, `to`.
package func readWriterRegister(_ file: WholeFile) throws(Diagnostic) -> Register<PolicyWriter> {
  var register = Register<PolicyWriter>()
  try register.read(file, required: ["identity", "from"]) { reader in
    PolicyWriter(
      identity: reader.name("identity"), from: reader.instant("from"), to: reader.optionalInstant("to"),
      place: reader.place)
  }
  return register
}

/// Credentials of model endpoints, by name, never by value: `credential` and, where kept,
/// `owner,environment,deployments,models,agents,created_at,rotated_at,revoked_at,in_clear`.
package func readCredentialRegister(_ file: WholeFile) throws(Diagnostic) -> Register<Credential> {
  var register = Register<Credential>()
  try register.read(file, required: ["credential"]) { reader in
    Credential(
      name: reader.name("credential"), owner: reader.row["owner"].nilIfEmpty,
      environment: reader.row["environment"].nilIfEmpty, deployments: reader.patterns("deployments"),
      models: reader.patterns("models"), agents: reader.patterns("agents"),
      createdAt: reader.optionalInstant("created_at"), rotatedAt: reader.optionalInstant("rotated_at"),
      revokedAt: reader.optionalInstant("revoked_at"), isInClear: reader.optionalFlag("in_clear"), place: reader.place)
  }
  return register
}

/// Terms with providers: `provider,from` and, where kept,
/// `until,jurisdictions,data_classes,data_use,retention,incident_notice,document`.
package func readTermsRegister(_ file: WholeFile) throws(Diagnostic) -> Register<ProviderTerms> {
  var register = Register<ProviderTerms>()
  try register.read(file, required: ["provider", "from"]) { reader in
    ProviderTerms(
      provider: reader.name("provider"), from: reader.instant("from"), until: reader.optionalInstant("until"),
      jurisdictions: reader.list("jurisdictions"), dataClasses: reader.list("data_classes"),
      dataUse: reader.row["data_use"], retention: reader.row["retention"],
      incidentNotice: reader.row["incident_notice"], document: reader.row["document"], place: reader.place)
  }
  return register
}

/// Routes that were switched off, in earnest or as a trial: `kind,subject,at,trial,by` and, where kept, `restored_at`. The
/// kind is `model`, `deployment` or `provider`.
package func readSwitchOffRegister(_ file: WholeFile) throws(Diagnostic) -> Register<SwitchOff> {
  var register = Register<SwitchOff>()
  try register.read(file, required: ["kind", "subject", "at", "trial", "by"]) { reader in
    SwitchOff(
      subjectKind: reader.choice("kind", default: .model), subject: reader.name("subject"), at: reader.instant("at"),
      restoredAt: reader.optionalInstant("restored_at"), isTrial: reader.optionalFlag("trial") ?? false,
      by: reader.name("by"), place: reader.place)
  }
  return register
}

/// Requests that were put before a person: `id,asked_at,requester` and, where kept, `answered_at,reviewer,rule_id`.
package func readEscalationRegister(_ file: WholeFile) throws(Diagnostic) -> Register<HumanEscalation> {
  var register = Register<HumanEscalation>()
  try register.read(file, required: ["id", "asked_at", "requester"]) { reader in
    HumanEscalation(
      id: reader.name("id"), askedAt: reader.instant("asked_at"), answeredAt: reader.optionalInstant("answered_at"),
      requester: reader.name("requester"), reviewer: reader.row["reviewer"].nilIfEmpty,
      rule: reader.row["rule_id"].nilIfEmpty, place: reader.place)
  }
  return register
}

/// How far log stores reach back: `log,oldest_at,checked_at,checked_by` and, where kept, `deleted_before,schedule`.
package func readRetentionRegister(_ file: WholeFile) throws(Diagnostic) -> Register<LogRetention> {
  var register = Register<LogRetention>()
  try register.read(file, required: ["log", "oldest_at", "checked_at", "checked_by"]) { reader in
    LogRetention(
      logs: NamePattern(reader.name("log")), oldestAt: reader.instant("oldest_at"),
      checkedAt: reader.instant("checked_at"), checkedBy: reader.name("checked_by"),
      deletedBefore: reader.optionalInstant("deleted_before"), schedule: reader.row["schedule"], place: reader.place)
  }
  return register
}

/// Orders that records are kept: `id,from,ordered_by` and, where kept, `period,logs,rules,to,reference`.
package func readLegalHoldRegister(_ file: WholeFile) throws(Diagnostic) -> Register<LegalHold> {
  var register = Register<LegalHold>()
  try register.read(file, required: ["id", "from", "ordered_by"]) { reader in
    LegalHold(
      id: reader.name("id"), period: reader.period("period"), logs: reader.patterns("logs"),
      rules: reader.list("rules"),
      from: reader.instant("from"), to: reader.optionalInstant("to"), orderedBy: reader.name("ordered_by"),
      reference: reader.row["reference"].nilIfEmpty, place: reader.place)
  }
  return register
}

/// Digests that logs had when they were put away: `file,sha256` and, where kept, `recorded_at,signed_by`.
package func readLogDigestRegister(_ file: WholeFile) throws(Diagnostic) -> Register<LogDigest> {
  var register = Register<LogDigest>()
  try register.read(file, required: ["file", "sha256"]) { reader in
    LogDigest(
      name: reader.name("file"), digest: reader.digest("sha256"), recordedAt: reader.optionalInstant("recorded_at"),
      signedBy: reader.row["signed_by"].nilIfEmpty, place: reader.place)
  }
  return register
}

/// How far the mix of models under a rule may move: `rule_id,band,from,set_by` and, where kept, `minimum`. The band is a
/// share such as 0.1.
package func readToleranceRegister(_ file: WholeFile) throws(Diagnostic) -> Register<Tolerance> {
  var register = Register<Tolerance>()
  try register.read(file, required: ["rule_id", "band", "from", "set_by"]) { reader in
    Tolerance(
      rules: NamePattern(reader.name("rule_id")), band: reader.share("band"),
      minimum: reader.optionalInteger("minimum"), from: reader.instant("from"), setBy: reader.name("set_by"),
      place: reader.place)
  }
  return register
}
