internal import CSimdJSON
package import EvidenceModel
internal import Foundation

/// What a file is, by its content.
package struct FileSurvey: Sendable {
  package enum Kind: Sendable {
    case routingLog(LogSurvey)
    case policy(PolicyFormat, PolicyText)
    case register(RegisterKind, rows: Int)
    case controlTotals(rows: Int)
    case gitBundle
    case codeowners(lines: Int)
    case ownershipFile(OwnershipFileKind)
    /// Something that is no input of Tenure: what it is, and why it is not read.
    case other(what: String, why: String)
  }

  /// A file that names owners beside CODEOWNERS and registers.
  package enum OwnershipFileKind: String, Sendable {
    case owner = "an OWNER file"
    case kubernetesOwners = "a Kubernetes OWNERS file"
    case kubernetesAliases = "a Kubernetes OWNERS_ALIASES file"
    case backstage = "a Backstage catalog entry"
    case serviceNow = "a ServiceNow table of configuration items"
    case serviceNowAudit = "a ServiceNow audit export"

    private static let kubernetesKeys: Set = [
      "approvers", "reviewers", "filters", "emeritus_approvers", "options", "labels",
    ]

    /// - Parameter keys: members at the top of the file, with their texts.
    init?(keys: [String: String]) {
      if keys["apiVersion"]?.hasPrefix("backstage.io/") == true {
        self = .backstage
      } else if !keys.isEmpty, keys.keys.allSatisfy(Self.kubernetesKeys.contains) {
        self = .kubernetesOwners
      } else if keys.count == 1, keys["aliases"] != nil {
        self = .kubernetesAliases
      } else if keys["sys_id"] != nil, keys["owned_by"] != nil {
        self = .serviceNow
      } else if keys["documentkey"] != nil, keys["fieldname"] != nil, keys["oldvalue"] != nil {
        self = .serviceNowAudit
      } else {
        return nil
      }
    }
  }

  package let kind: Kind
  package private(set) var diagnostics: [Diagnostic] = []

  /// - Parameters:
  ///   - name: for diagnostics.
  ///   - stated: the routing log format to read it as, whatever it looks like.
  package init(path: String, name: String, stated: RoutingLogFormat? = nil) throws(Diagnostic) {
    do throws(SourceError) {
      if try Self.isGitBundle(path) {
        kind = .gitBundle
        return
      }
      // A commit's message may quote anything, a log's line too.
      let isGitLog = stated == nil ? try Self.begins(path, with: "commit ") : false
      if !isGitLog, let format = try RoutingLogFormat.detect(path: path, stated: stated), !format.evidence.isEmpty {
        guard format.evidence != DetectedFormat.noRecord else {
          kind = .other(what: "an empty file", why: "it holds nothing")
          return
        }
        kind = .routingLog(try LogSurvey(path: path, format: format))
        return
      }
    } catch {
      throw error.diagnostic(name: name)
    }
    let file = try WholeFile(name: name, path: path)
    if let register = RegisterKind.recognise(file) {
      kind = .register(register.kind, rows: register.rows)
      return
    }
    if let known = Self.oscal(file) {
      kind = known
      return
    }
    if let totals = Self.controlTotals(file) {
      kind = .controlTotals(rows: totals.rows)
      diagnostics = totals.diagnostics
      return
    }
    guard let text = try? file.text() else {
      kind = .other(what: "no text", why: "its bytes are not UTF-8, and no compressed log is among them")
      return
    }
    do {
      let (format, policy) = try PolicyFormat.read(text, name: name, stated: nil)
      diagnostics = policy.diagnostics
      kind = .policy(format, policy)
    } catch {
      kind = Self.other(file, text, refusal: error)
    }
  }

  /// Of a document of OSCAL, where it belongs.
  private static func oscal(_ file: WholeFile) -> Kind? {
    switch OSCALDocument.model(of: file) {
    case .components:
      guard let definition = try? ComponentDefinition(file) else { return nil }
      let (owners, exceptions) = (definition.owners.entries.count, definition.exceptions.entries.count)
      guard owners + exceptions > 0 else {
        return .other(
          what: "an OSCAL component definition",
          why: "it names neither an owner of a rule nor an accepted exception, by properties of Tenure's namespace")
      }
      return owners >= exceptions ? .register(.ownership, rows: owners) : .register(.exceptions, rows: exceptions)
    case .catalog: return .other(what: "an OSCAL catalog", why: "it is no record: name it under frameworks")
    case .profile: return .other(what: "an OSCAL profile", why: "it is no record: name it under frameworks")
    case .results:
      return .other(
        what: "OSCAL assessment results", why: "they are results; under ownership, whom they name as owners is read")
    case nil: return nil
    }
  }

  private static func controlTotals(_ file: WholeFile) -> (rows: Int, diagnostics: [Diagnostic])? {
    guard let totals = try? readControlTotals(file), !totals.entries.isEmpty else { return nil }
    return (totals.entries.count, totals.diagnostics)
  }

  private static func isGitBundle(_ path: String) throws(SourceError) -> Bool {
    if try begins(path, with: "# v2 git bundle") { return true }
    return try begins(path, with: "# v3 git bundle")
  }

  private static func begins(_ path: String, with text: String) throws(SourceError) -> Bool {
    let source = try ByteSource(path: path)
    var bytes = [UInt8](repeating: 0, count: text.utf8.count)
    var read = 0
    var failure: SourceError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(SourceError) { read = try source.read(into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    return read == bytes.count && bytes.elementsEqual(text.utf8)
  }

  // MARK: What is no input

  private static func other(_ file: WholeFile, _ text: String, refusal: Diagnostic) -> Kind {
    let lines = text.split(whereSeparator: \.isNewline).prefix(200)
    if let plain = plainText(lines) { return plain }
    let keys = topKeys(file, text)
    if let owners = OwnershipFileKind(keys: keys) { return .ownershipFile(owners) }
    if let known = KnownFile.all.first(where: { entry in
      entry.keys.allSatisfy { keys[$0] != nil }
    }) {
      return .other(what: known.what, why: known.why)
    }
    // A format's own reader may have recognised what it refuses.
    if !["policy-unknown-format", "policy-empty"].contains(refusal.id), !refusal.id.hasPrefix("yaml-"),
      !refusal.id.hasPrefix("json5-")
    {
      return .other(what: refusal.summary, why: refusal.nextStep)
    }
    if keys.isEmpty {
      return .other(what: "a text of an unknown kind", why: "it is no JSON, no YAML mapping and no table that is known")
    }
    let shown = keys.keys.sortedBytewise().prefix(8).map { String($0.unicodeScalars.prefix(40)) }
    return .other(
      what: "a file of an unknown kind",
      why: "its members are none that are known: \(shown.joined(separator: ", "))"
    )
  }

  /// Texts that are neither JSON nor YAML nor a table.
  private static func plainText(_ lines: ArraySlice<Substring>) -> Kind? {
    guard let first = lines.first else { return .other(what: "an empty file", why: "it holds nothing") }
    let access = "it has neither model nor request id, so no rule can be compared with it"
    if first.hasPrefix("INFO:"), first.contains("\"POST ") {
      return .other(what: "an access log of vLLM", why: access)
    }
    if first.hasPrefix("[GIN]") { return .other(what: "an access log of Ollama", why: access) }
    if first.contains(" request gateway="), first.contains("endpoint=") {
      return .other(
        what: "a text log of agentgateway",
        why: "its lines have no time; have it write JSON with a time, and use a field map")
    }
    if first.hasPrefix("commit "), first.dropFirst(7).prefix(40).allSatisfy(\.isHexDigit) {
      return .other(
        what: "an export of git log",
        why: "a policy's history is read from the repository or a bundle itself, whose objects can be checked")
    }
    let rules = lines.filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
    if !rules.isEmpty, rules.allSatisfy({ $0.hasPrefix("@") || $0.hasPrefix("- @") }) {
      return .ownershipFile(.owner)
    }
    // A mapping of YAML whose values are addresses reads as patterns with owners too.
    if rules.allSatisfy({ !$0.contains(": ") && !$0.hasPrefix("{") }), Codeowners.isOne(lines.joined(separator: "\n")) {
      return .codeowners(lines: rules.count)
    }
    return nil
  }

  /// Members at the top of the first record, with their texts; those of an API's first element too.
  private static func topKeys(_ file: WholeFile, _ text: String) -> [String: String] {
    var keys: [String: String] = [:]
    func add(_ node: JSONNode) {
      for member in node.members.prefix(200) { keys[member.name.string] = member.value.string ?? "" }
    }
    let parser = JSONParser()
    func addRecord(_ root: JSONNode) {
      add(root.isArray ? root.elements.first ?? root : root)
      for envelope in ["data", "result", "entries", "incidents", "Resources", "rules"] {
        if let first = root[named: envelope].elements.first { add(first) } else { add(root[named: envelope]) }
      }
    }
    let line = Array(text.utf8.prefix { $0 != 0x0A })
    for bytes in [Array(text.utf8), line] where keys.isEmpty {
      bytes.withUnsafeBytes { parser.parse(copying: $0) { root in if let root { addRecord(JSONNode(root)) } } }
    }
    if keys.isEmpty, let documents = try? YAMLText(text, name: file.name, allowsMany: true).documents {
      for document in documents.prefix(20) {
        for member in (document.items.first ?? document).members { keys[member.key] = member.value.text ?? "" }
      }
    }
    if keys.isEmpty {
      let columns = CSVTable.columns(of: file)
      if columns.count > 1 { for column in columns { keys[column] = "" } }
    }
    return keys
  }
}
