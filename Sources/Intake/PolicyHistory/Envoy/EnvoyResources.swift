internal import EvidenceModel

/// The resources that a route refers to, found by name in the same text, and what they say in words. Of credentials only the
/// kind and the secret's name are kept, never a value.
struct EnvoyResources {
  struct Identity {
    var namespace: String
    var name: String
    /// `namespace/name`.
    var text: String { "\(namespace)/\(name)" }

    /// Kubernetes puts a resource that names no namespace into `default` unless told otherwise.
    init?(_ resource: YAMLText.Node) {
      guard let name = resource["metadata"]?["name"]?.text else { return nil }
      self.init(namespace: resource["metadata"]?["namespace"]?.text ?? "default", name: name)
    }

    init(namespace: String, name: String) {
      self.namespace = namespace
      self.name = name
    }
  }

  private var backends: ByName<YAMLText.Node> = [:]
  private var security: ByName<YAMLText.Node> = [:]
  /// By the backend that the policy targets.
  private var securityOfBackend: ByName<YAMLText.Node> = [:]
  /// By the route that the policy targets.
  private var traffic: ByName<YAMLText.Node> = [:]

  init(_ documents: [YAMLText.Node]) {
    for document in documents {
      guard let identity = Identity(document) else { continue }
      switch document["kind"]?.text {
      case "AIServiceBackend": backends[identity.text] = document
      case "BackendSecurityPolicy":
        security[identity.text] = document
        for target in Self.targets(of: document, kind: "AIServiceBackend") {
          securityOfBackend["\(identity.namespace)/\(target)"] = document
        }
      case "BackendTrafficPolicy":
        for kind in ["HTTPRoute", "AIGatewayRoute"] {
          for target in Self.targets(of: document, kind: kind) { traffic["\(identity.namespace)/\(target)"] = document }
        }
      default: break
      }
    }
  }

  private static func targets(of policy: YAMLText.Node, kind: String) -> [String] {
    ((policy["spec"]?["targetRefs"]?.items ?? []) + [policy["spec"]?["targetRef"]].compactMap { $0 })
      .filter { $0["kind"]?.text == kind }.compactMap { $0["name"]?.text }
  }

  func settings(
    of rule: YAMLText.Node, backends references: [YAMLText.Node], route: YAMLText.Node, identity: Identity
  ) -> [Rule.Setting] {
    var settings: [Rule.Setting] = []
    settings.add("backends", WordLine.joined(references.map(words)))
    let names = references.map { "\($0["namespace"]?.text ?? identity.namespace)/\($0["name"]?.text ?? "")" }
    settings.add(
      "schemas",
      WordLine.joined(
        zip(references, names).compactMap { reference, name in
          backends[name]?["spec"]?["schema"]?["name"]?.text.map { "\(reference["name"]?.text ?? "") \($0)" }
        }))
    settings.add(
      "credentials",
      WordLine.joined(zip(references, names).compactMap { credential(of: $1, shown: $0["name"]?.text ?? "") }))
    settings += PolicyAnnotations.settings(of: route)
    settings.add("retry", traffic[identity.text].flatMap { Self.retry($0["spec"]?["retry"]) })
    settings.add(
      "costs",
      WordLine.joined(
        (route["spec"]?["llmRequestCosts"]?.items ?? []).map {
          [$0["metadataKey"]?.text, $0["type"]?.text, $0["cel"]?.text].compactMap { $0 }.joined(separator: " ")
        }))
    settings.add("timeouts", rule["timeouts"].map { Self.scalars($0) })
    return settings
  }

  private func words(_ backend: YAMLText.Node) -> String {
    var words = backend["name"]?.text ?? ""
    if let kind = backend["kind"]?.text, kind != "AIServiceBackend" { words += " (\(kind))" }
    if let model = backend["modelNameOverride"]?.text { words += " as \(model)" }
    if let weight = backend["weight"]?.text { words += " weight \(weight)" }
    return words + " priority \(backend["priority"]?.text ?? "0")"
  }

  private func credential(of backend: String, shown: String) -> String? {
    var policy = securityOfBackend[backend]
    if policy == nil, let reference = backends[backend]?["spec"]?["backendSecurityPolicyRef"]?["name"]?.text {
      let namespace = backend.split(separator: "/").first.map(String.init) ?? "default"
      policy = security["\(namespace)/\(reference)"]
    }
    guard let spec = policy?["spec"], let type = spec["type"]?.text else { return nil }
    var secrets: [String] = []
    Self.secretNames(spec, into: &secrets)
    return "\(shown) \(type)" + (secrets.isEmpty ? "" : " secret \(secrets.joined(separator: " "))")
  }

  /// The names under keys such as `secretRef` and `clientSecretRef`.
  private static func secretNames(_ node: YAMLText.Node, into names: inout [String]) {
    for (key, value) in node.members where names.count < 8 {
      if key.lowercased().hasSuffix("secretref") {
        if let name = value["name"]?.text, RuleList.isName(name) { names.append(name) }
      } else {
        secretNames(value, into: &names)
      }
    }
  }

  /// `5 times, 1 a priority, on 500, connect-failure`.
  private static func retry(_ retry: YAMLText.Node?) -> String? {
    guard let retry else { return nil }
    let on = retry["retryOn"]
    let reasons = (on?["httpStatusCodes"]?.texts ?? []) + (on?["triggers"]?.texts ?? [])
    return WordLine.joined(
      [
        retry["numRetries"]?.text.map { "\($0) times" },
        retry["numAttemptsPerPriority"]?.text.map { "\($0) a priority" },
        reasons.isEmpty ? nil : "on \(WordLine.joined(reasons))",
      ].compactMap { $0 })
  }

  private static func scalars(_ node: YAMLText.Node) -> String {
    WordLine.joined(node.members.compactMap { member in member.value.text.map { "\(member.key) \($0)" } })
  }
}

/// What an `MCPRoute` says of tools, and of who may call them.
enum EnvoyTools {
  static func settings(of route: YAMLText.Node) -> [Rule.Setting] {
    let spec = route["spec"]
    var settings: [Rule.Setting] = []
    settings.add("path", spec?["path"]?.text)
    settings.add("backends", WordLine.joined((spec?["backendRefs"]?.items ?? []).map(backend), by: "; "))
    let authorization = spec?["securityPolicy"]?["authorization"]
    settings.add("default-action", authorization?["defaultAction"]?.text)
    settings.add("authorization", WordLine.joined((authorization?["rules"]?.items ?? []).map(rule), by: "; "))
    settings.add("issuer", spec?["securityPolicy"]?["oauth"]?["issuer"]?.text)
    settings += PolicyAnnotations.settings(of: route)
    return settings
  }

  private static func backend(_ node: YAMLText.Node) -> String {
    let selector = (node["toolSelector"]?.members ?? []).map { "\($0.key) \(WordLine.joined($0.value.texts))" }
    return ([node["name"]?.text ?? ""] + selector).joined(separator: " ")
  }

  private static func rule(_ node: YAMLText.Node) -> String {
    let jwt = node["source"]?["jwt"]
    let scopes = (jwt?["scopes"]?.texts ?? []).map { "scope \($0)" }
    let claims = (jwt?["claims"]?.items ?? []).map {
      "claim \($0["name"]?.text ?? "") in \(WordLine.joined($0["values"]?.texts ?? [], by: "|"))"
    }
    let tools = (node["target"]?["tools"]?.items ?? []).map {
      "\($0["backend"]?.text ?? "")/\($0["tool"]?.text ?? "")"
    }
    let source = scopes + claims
    var words = "\(node["action"]?.text ?? "Allow") \(source.isEmpty ? "anyone" : WordLine.joined(source, by: " and "))"
    words += " \(tools.isEmpty ? "any tool" : WordLine.joined(tools))"
    if let expression = node["cel"]?.text { words += " when \(expression)" }
    return words
  }
}
