internal import EvidenceModel

/// Envoy AI Gateway's `AIGatewayRoute` and what it refers to in the same text. Described in
/// `docs/formats/envoy-ai-gateway-config.md`.
///
/// Each route rule is a `permit` from the model that it matches to the models that its backends are asked for. Ids come
/// from names and matched models, never from the place in the list; the places, which a log states, are claims.
enum EnvoyRoutes {
  /// Of the API versions of the gateway's own resources, and of those of Envoy Gateway beneath it.
  private static let group = "gateway.envoyproxy.io/"
  /// Matches or backends of one rule, rules of one route: ten times and more what Kubernetes itself would take.
  private static let mostItems = 1_024

  static func recognises(_ documents: [YAMLText.Node]) -> Bool {
    documents.contains { $0["apiVersion"]?.text?.contains(group) == true }
  }

  static func read(_ documents: [YAMLText.Node], name: String) throws(Diagnostic) -> PolicyText {
    let routes = documents.filter { $0["kind"]?.text == "AIGatewayRoute" }
    guard let first = routes.first else {
      var kinds: ByName<Bool> = [:]
      for document in documents { kinds[document["kind"]?.text ?? "no kind"] = true }
      throw Diagnostic(
        id: "envoy-no-route", file: name, line: documents.first?.mark.line,
        summary: "no AIGatewayRoute stands in it; it holds " + WordLine.joined(kinds.keys.sortedBytewise()),
        nextStep: "Name the file that holds the AIGatewayRoute.")
    }
    var builder = Builder(name: name, resources: EnvoyResources(documents))
    _ = try builder.list.add(
      Rule(id: "any-request", priority: 0, action: .allow, provenance: .inferred), line: first.mark.line)
    for route in routes { try builder.add(route) }
    for route in documents where route["kind"]?.text == "MCPRoute" { try builder.addTools(route) }
    var versions: ByName<Bool> = [:]
    for route in routes { if let version = route["apiVersion"]?.text { versions[version] = true } }
    var policy = PolicyText()
    policy.schema = versions.keys.sortedBytewise().joined(separator: ", ")
    policy.rules = builder.list.rules
    policy.diagnostics = builder.list.diagnostics
    return policy
  }
}

extension EnvoyRoutes {
  private struct Builder {
    var list: RuleList
    let resources: EnvoyResources

    init(name: String, resources: EnvoyResources) {
      list = RuleList(name: name)
      self.resources = resources
    }

    /// `default/route`; nil, with a diagnostic, where the resource has no name.
    private mutating func identity(_ resource: YAMLText.Node) -> EnvoyResources.Identity? {
      if let identity = EnvoyResources.Identity(resource) { return identity }
      list.diagnostics.append(
        Diagnostic(
          id: "envoy-no-name", file: list.name, line: resource.mark.line,
          summary: "a route has no metadata.name; it makes no rule", nextStep: "Give the route a name."))
      return nil
    }

    private func check(_ items: [YAMLText.Node]) throws(Diagnostic) {
      guard items.count > mostItems else { return }
      throw Diagnostic(
        id: "config-too-many-rules", file: list.name, line: items[mostItems].mark.line,
        summary: "a route or a rule of it lists more than \(mostItems) items, which Kubernetes would refuse",
        nextStep: "Check that the configuration names the right file.")
    }

    mutating func add(_ route: YAMLText.Node) throws(Diagnostic) {
      guard let identity = identity(route) else { return }
      let rules = route["spec"]?["rules"]?.items ?? []
      try check(rules)
      for (index, rule) in rules.enumerated() {
        try check(rule["matches"]?.items ?? [])
        try check(rule["backendRefs"]?.items ?? [])
        let backends = (rule["backendRefs"]?.items ?? []).filter { $0["name"]?.text != nil }
        let settings = resources.settings(of: rule, backends: backends, route: route, identity: identity)
        let claims = Self.claims(identity, rule: index, backends: backends)
        let matches = EnvoyMatch.all(of: rule)
        for match in matches {
          let from = match.model ?? "*"
          let targets = backends.compactMap { $0["modelNameOverride"]?.text ?? match.model }.distinctNames()
          var id = "\(identity.text)/\(rule["name"]?.text ?? match.key)"
          if rule["name"]?.text != nil, matches.count > 1 { id += "/\(match.key)" }
          if match.isPattern { notePattern(id, line: rule.mark.line) }
          guard RuleList.isName(id), RuleList.isName(from) else {
            list.diagnostics.append(
              Diagnostic(
                id: "envoy-no-name", file: list.name, line: rule.mark.line,
                summary: "rule \(index) of \(identity.text) has no name that a rule can have; it makes no rule",
                nextStep: "Use names of at most \(RuleList.longestName) bytes without control characters."))
            continue
          }
          let made = Rule(
            id: id, priority: 0, action: .permit, escalateTo: targets, fromModel: from,
            provenance: rule["name"]?.text == nil ? .inferred : .matched, claims: claims,
            settings: settings + match.settings)
          try merge(made, line: rule.mark.line)
        }
      }
    }

    /// Two rules of one key cannot be followed apart, so they are one that permits what either does.
    private mutating func merge(_ rule: Rule, line: Int) throws(Diagnostic) {
      guard try !list.add(rule, line: line), let place = list.place(of: rule.id) else { return }
      list.update(place) { known in
        known.escalateTo = Array((known.escalateTo + rule.escalateTo).distinctNames().prefix(mostItems))
        known.claims = Array((known.claims + rule.claims).distinctNames().prefix(mostItems))
        // Not the list of both: their order would make a change where there is none.
        known.settings = []
      }
      list.diagnostics.append(
        Diagnostic(
          id: "envoy-rule-ambiguous", severity: .warning, file: list.name, line: line,
          summary: "several rules are called \(rule.id); they are shown as one, without settings",
          nextStep: "Give each rule of the route a name of its own."))
    }

    private mutating func notePattern(_ id: String, line: Int) {
      list.diagnostics.append(
        Diagnostic(
          id: "envoy-model-pattern", severity: .warning, file: list.name, line: line,
          summary: "\(id) matches models by a pattern; as a rule it permits leaving any model",
          nextStep: "Match the models by name, so that each has a rule of its own."))
    }

    private static func claims(
      _ identity: EnvoyResources.Identity, rule index: Int, backends: [YAMLText.Node]
    ) -> [String] {
      ["httproute/\(identity.text)/rule/\(index)"]
        + backends.enumerated().map { place, backend in
          let namespace = backend["namespace"]?.text ?? identity.namespace
          let name = backend["name"]?.text ?? ""
          return "\(namespace)/\(name)/route/\(identity.name)/rule/\(index)/ref/\(place)"
        }
    }

    /// A rule that leads to no model; what it says of tools is followed through versions.
    mutating func addTools(_ route: YAMLText.Node) throws(Diagnostic) {
      guard let identity = identity(route), RuleList.isName("mcp:\(identity.text)") else { return }
      let rule = Rule(
        id: "mcp:\(identity.text)", priority: 0, action: .permit, settings: EnvoyTools.settings(of: route))
      try merge(rule, line: route.mark.line)
    }
  }
}

/// What a rule of a route asks of a request, as one alternative.
private struct EnvoyMatch {
  static let modelHeader = "x-ai-eg-model"

  /// Nil where any model is meant, or a pattern.
  var model: String?
  var isPattern = false
  /// The model, and what else is asked, in an order of its own.
  var key: String
  var settings: [Rule.Setting] = []

  static func all(of rule: YAMLText.Node) -> [EnvoyMatch] {
    let matches = (rule["matches"]?.items ?? []).map(EnvoyMatch.init)
    return matches.isEmpty ? [EnvoyMatch()] : matches
  }

  private init() { key = "*" }

  private init(_ match: YAMLText.Node) {
    var conditions: [String] = []
    var modelWords = "*"
    for header in match["headers"]?.items ?? [] {
      let value = header["value"]?.text ?? ""
      let isExact = (header["type"]?.text ?? "Exact") == "Exact"
      if header["name"]?.text?.lowercased() == Self.modelHeader {
        model = isExact ? value : nil
        isPattern = !isExact
        modelWords = isExact ? value : "~\(value)"
      } else {
        // An id is made of it and goes everywhere.
        let name = header["name"]?.text ?? ""
        conditions.append("\(name)\(isExact ? "=" : "~")\(SecretRedaction.value(value, key: name))")
      }
    }
    conditions = conditions.sortedBytewise()
    key = modelWords + (conditions.isEmpty ? "" : " [\(conditions.joined(separator: ", "))]")
    settings.add("headers", WordLine.joined(conditions))
  }
}
