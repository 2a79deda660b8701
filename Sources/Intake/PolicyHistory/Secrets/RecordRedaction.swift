package import EvidenceModel

// What every reader hands on passes through these, so that no reader can forget it. Names that are the same stay the same.

extension PolicyVersion {
  /// Its text is redacted where it is read, as a text of many lines.
  var withoutSecrets: PolicyVersion {
    var version = self
    version.id = SecretRedaction.shown(id)
    version.author = author.map(SecretRedaction.shown)
    version.approvedBy = approvedBy.map(SecretRedaction.shown)
    version.ticket = ticket.map(SecretRedaction.shown)
    version.note = note.map(SecretRedaction.redact)
    version.source = SecretRedaction.redact(source)
    version.rules = rules.map(\.withoutSecrets)
    version.schema = schema.map(SecretRedaction.shown)
    version.committer = committer.map(SecretRedaction.shown)
    version.effectiveSource = effectiveSource.map(SecretRedaction.redact)
    return version
  }
}

extension Rule {
  fileprivate var withoutSecrets: Rule {
    var rule = self
    rule.id = SecretRedaction.shown(id)
    rule.agent = SecretRedaction.shown(agent)
    rule.dataClass = SecretRedaction.shown(dataClass)
    rule.tool = SecretRedaction.shown(tool)
    rule.escalateTo = escalateTo.map(SecretRedaction.shown)
    rule.allowedJurisdictions = allowedJurisdictions.map(SecretRedaction.shown)
    rule.fromModel = SecretRedaction.shown(fromModel)
    rule.triggers = triggers.map(SecretRedaction.shown)
    rule.claims = claims.map(SecretRedaction.shown)
    rule.settings = settings.map { Setting(SecretRedaction.shown($0.name), SecretRedaction.shown($0.value)) }
    return rule
  }
}

extension OwnershipRecord {
  var withoutSecrets: OwnershipRecord {
    var record = self
    record.rulePattern = SecretRedaction.shown(rulePattern)
    record.owner = SecretRedaction.shown(owner)
    record.role = SecretRedaction.shown(role)
    record.source = SecretRedaction.redact(source)
    return record
  }
}

extension InputFile {
  /// A path may be an address by mistake.
  var withoutSecrets: InputFile {
    var input = self
    input.name = SecretRedaction.redact(name)
    input.note = note.map(SecretRedaction.redact)
    return input
  }
}

extension Diagnostic {
  /// It may quote a value.
  package var withoutSecrets: Diagnostic {
    var diagnostic = self
    diagnostic.file = SecretRedaction.redact(file)
    diagnostic.summary = SecretRedaction.redact(summary)
    diagnostic.nextStep = SecretRedaction.redact(nextStep)
    return diagnostic
  }
}
