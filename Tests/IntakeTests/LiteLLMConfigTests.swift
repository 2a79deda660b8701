import EvidenceModel
import Intake
import TestSupport
import Testing

@Suite struct LiteLLMConfigTests {
  private func read(_ text: String, stated: PolicyFormat? = nil) throws -> PolicyText {
    let read = try PolicyFormat.read(text, name: "config.yaml", stated: stated)
    #expect(read.format == .litellm)
    return read.policy
  }

  /// The permits of a config with one group `g`, as `id: from > targets [triggers]`.
  private func permits(_ settings: String) throws -> [String] {
    let rules = try read("model_list:\n  - {model_name: g, litellm_params: {model: acme/m}}\n\(settings)\n").rules
    return rules.dropFirst(2).map { rule in
      let (targets, triggers) = (rule.escalateTo.joined(separator: ","), rule.triggers.joined(separator: ","))
      return "\(rule.id): \(rule.fromModel) > \(targets) [\(triggers)]"
    }
  }

  @Test func anyRequestIsAllowed() throws {
    let rules = try read("model_list: []").rules
    #expect(rules == [Rule(id: "any-request", priority: 0, action: .allow, provenance: .inferred)])
  }

  @Test func deploymentsOfOneGroupAreOnePermit() throws {
    let rules = try read(
      """
      model_list:
        - {model_name: g, litellm_params: {model: acme/one}}
        - {model_name: g, litellm_params: {model: acme/two}}
        - {model_name: g, litellm_params: {model: acme/one, api_base: http://x}}
        - {model_name: h, litellm_params: {}}
      """
    ).rules
    #expect(rules.map(\.id) == ["any-request", "serve:g", "serve:h"])
    #expect(rules.map(\.escalateTo) == [[], ["acme/one", "acme/two"], []])
    #expect(rules.dropFirst().allSatisfy { $0.action == .permit && $0.provenance == .inferred })
  }

  @Test func readsFallbacksOfEveryKind() throws {
    #expect(
      try permits(
        """
        router_settings:
          fallbacks: [{g: [h, i]}, {"*": [z]}]
          context_window_fallbacks: [{g: [big]}]
          content_policy_fallbacks: [{g: [calm]}]
          default_fallbacks: [last, resort]
        """) == [
          "fallback:g: g > h,i [*]", "fallback:*: * > z [*]", "context-window-fallback:g: g > big [context-window]",
          "content-policy-fallback:g: g > calm [content-policy]", "default-fallback: * > last,resort [*]",
        ])
  }

  @Test(arguments: [
    #"fallbacks: '[{"g": ["h", "i"]}]'"#, #"fallbacks: [{"g": ["h", "i"]}]"#,
    #"fallbacks: [{g: [{model: h, messages: []}, i]}]"#,
    "fallbacks:\n    - g:\n      - h\n      - i", "fallbacks: [{g: [h]}, {g: [i, h]}]",
  ])
  func readsEveryShapeOfAFallback(setting: String) throws {
    #expect(try permits("router_settings:\n  \(setting)") == ["fallback:g: g > h,i [*]"])
    #expect(try permits("litellm_settings:\n  \(setting)") == ["fallback:g: g > h,i [*]"])
  }

  @Test func oneEntryMayHoldSeveralGroups() throws {
    #expect(
      try permits("litellm_settings: {fallbacks: [{g: [h], h: [g]}]}") == [
        "fallback:g: g > h [*]", "fallback:h: h > g [*]",
      ])
  }

  @Test func routerSettingsWin() throws {
    #expect(
      try permits("litellm_settings: {fallbacks: [{g: [a]}]}\nrouter_settings: {fallbacks: [{g: [b]}]}") == [
        "fallback:g: g > b [*]"
      ])
  }

  @Test func readsAliases() throws {
    #expect(
      try permits("router_settings: {model_group_alias: {x: g, y: {model: g, hidden: true}, z: {hidden: true}}}") == [
        "alias:x: x > g [*]", "alias:y: y > g [*]",
      ])
  }

  @Test func readsTheTiersOfARouter() throws {
    let rules = try read(
      """
      model_list:
        - model_name: smart
          litellm_params:
            model: auto_router/complexity_router
            complexity_router_config:
              tiers: {SIMPLE: small, MEDIUM: [medium, small], COMPLEX: large}
      """
    ).rules
    #expect(rules.map(\.id) == ["any-request", "router:smart"])
    #expect(
      rules.last?.escalateTo == ["small", "medium", "large"]
        || rules.last?.escalateTo == ["small", "medium", "small", "large"])
    #expect(rules.last?.fromModel == "smart")
  }

  @Test func aRouterMayAnswerWithItsDefaultModel() throws {
    let rules = try read(
      """
      model_list:
        - model_name: smart
          litellm_params:
            model: auto_router/complexity_router
            complexity_router_config: {tiers: {SIMPLE: small}}
            complexity_router_default_model: medium
      """
    ).rules
    #expect(rules.last?.escalateTo == ["small", "medium"])
  }

  @Test(arguments: ["*", "acme/*"]) func aWildcardGroupMakesNoRule(group: String) throws {
    let policy = try read("model_list:\n  - {model_name: \"\(group)\", litellm_params: {model: \"acme/*\"}}")
    #expect(policy.rules.map(\.id) == ["any-request"])
    #expect(policy.diagnostics.map(\.id) == ["litellm-wildcard-group"])
    #expect(policy.diagnostics.map(\.severity) == [.warning])
    #expect(policy.diagnostics.map(\.line) == [2])
  }

  private let configMap = """
    apiVersion: v1
    kind: ConfigMap
    data:
      other.yaml: "a: b"
      config.yaml: |
        model_list:
          - {model_name: g, litellm_params: {model: acme/m}}
        router_settings:
          fallbacks: [{g: [h]}]
    """

  @Test func readsAConfigInsideAConfigMap() throws {
    #expect(try read(configMap, stated: .litellm).rules.map(\.id) == ["any-request", "serve:g", "fallback:g"])
  }

  @Test func recognisesAConfigMap() {
    let format = try? PolicyFormat.read(configMap, name: "config.yaml", stated: nil).format
    #expect(format == .litellm)
  }

  @Test func refusesAConfigWithoutAModelList() throws {
    let problem = try #require(throws: Diagnostic.self) {
      try PolicyFormat.read("general_settings: {}", name: "config.yaml", stated: .litellm)
    }
    #expect(problem.id == "litellm-no-model-list")
  }

  // MARK: chains

  /// The permits that come of chains, as `id: from > targets`.
  private func chains(_ settings: String, groups: String = "") throws -> [String] {
    let rules = try read("model_list: [\(groups)]\n\(settings)\n").rules
    return rules.filter { $0.id.contains("-chain") }.map {
      "\($0.id): \($0.fromModel) > \($0.escalateTo.joined(separator: ",")) [\($0.triggers.joined(separator: ","))]"
    }
  }

  @Test func theFallbacksOfAFallbackAreAChain() throws {
    #expect(
      try chains("router_settings: {fallbacks: [{a: [b]}, {b: [c]}, {c: [d, a]}]}") == [
        "fallback-chain:a: a > c,d [*]", "fallback-chain:b: b > d,a [*]", "fallback-chain:c: c > b [*]",
      ])
  }

  @Test func aCycleEnds() throws {
    #expect(try chains("router_settings: {fallbacks: [{a: [b]}, {b: [a]}]}").isEmpty)
    #expect(try chains("router_settings: {fallbacks: [{a: [a]}], model_group_alias: {x: y, y: x}}").isEmpty)
  }

  @Test func chainsAreNoLongerThanTheConfigAllows() throws {
    let list = (0..<9).map { "{m\($0): [m\($0 + 1)]}" }.joined(separator: ", ")
    #expect(try chains("router_settings: {fallbacks: [\(list)]}").first == "fallback-chain:m0: m0 > m2,m3,m4,m5 [*]")
    #expect(
      try chains("router_settings: {max_fallbacks: 2, fallbacks: [\(list)]}").first == "fallback-chain:m0: m0 > m2 [*]")
    #expect(
      try chains("router_settings: {fallbacks: [\(list)]}\nlitellm_settings: {max_fallbacks: 3}").first
        == "fallback-chain:m0: m0 > m2,m3 [*]")
  }

  @Test func aChainKeepsTheReasonOfItsFirstStep() throws {
    #expect(
      try chains("router_settings: {context_window_fallbacks: [{a: [b]}], fallbacks: [{b: [c]}]}") == [
        "context-window-fallback-chain:a: a > c [context-window]"
      ])
  }

  @Test func aliasesAndRoutersLeadOn() throws {
    let router =
      "{model_name: r, litellm_params: {model: auto_router/adaptive_router, "
      + "adaptive_router_config: {available_models: [b]}}}"
    #expect(
      try chains("router_settings: {fallbacks: [{b: [c]}], model_group_alias: {x: b}}", groups: router) == [
        "router-chain:r: r > c [*]", "alias-chain:x: x > c [*]",
      ])
  }

  @Test func aDenseGraphIsNotFollowedForever() throws {
    let names = (0..<900).map { "m\($0)" }
    let lists = names.map { "{\($0): [\(names.joined(separator: ","))]}" }.joined(separator: ", ")
    let policy = try read("model_list: []\nrouter_settings: {fallbacks: [\(lists)]}")
    #expect(policy.diagnostics.map(\.id).contains("litellm-chains-cut"))
  }

  // MARK: routers

  @Test(arguments: [
    (
      "model: auto_router/adaptive_router, adaptive_router_config: {available_models: [a, b]}, "
        + "adaptive_router_default_model: c", ["a", "b", "c"]
    ),
    (
      "model: auto_router/quality_router, quality_router_config: {available_models: [a], default_model: b}", ["a", "b"]
    ),
    (
      "model: auto_router/any, auto_router_config: '{\"routes\": [{\"name\": \"a\"}]}', auto_router_default_model: b",
      ["a", "b"]
    ),
    ("model: auto_router/complexity_router, complexity_router_config: {tiers: {SIMPLE: [{model: a}, b]}}", ["b", "a"]),
  ])
  func everyRouterPermitsItsModels(parameters: String, models: [String]) throws {
    let policy = try read("model_list: [{model_name: r, litellm_params: {\(parameters)}}]")
    #expect(policy.rules.map(\.id) == ["any-request", "router:r"])
    #expect(policy.rules.last?.escalateTo == models)
  }

  @Test(arguments: [
    ("model: auto_router/any, auto_router_config_path: r.json", "litellm-router-elsewhere"),
    ("model: auto_router/new_kind", "litellm-router-without-models"),
  ])
  func aRouterWithoutModelsIsReported(parameters: String, id: String) throws {
    let policy = try read("model_list:\n  - {model_name: r, litellm_params: {\(parameters)}}")
    #expect(policy.diagnostics.map(\.id) == [id])
    #expect(policy.diagnostics.map(\.line) == [2])
  }

  // MARK: settings

  /// The settings of a rule, as `name=value`.
  private func settings(_ text: String, of id: String = "any-request") throws -> [String] {
    try #require(try read(text).rules.first { $0.id == id }).settings.map { "\($0.name)=\($0.value)" }
  }

  @Test func whatTheRouterIsToldIsASetting() throws {
    #expect(
      try settings(
        """
        model_list: []
        router_settings:
          routing_strategy: simple-shuffle
          num_retries: 2
          fallbacks: []
          redis_password: hidden
          retry_policy: {TimeoutErrorRetries: 3}
          provider_budget_config: {openai: {budget_limit: 5, time_period: 1d}}
          optional_pre_call_checks: [a, b]
        litellm_settings: {num_retries: 3, cache_params: {password: hidden}}
        general_settings: {enforce_user_param: true, master_key: hidden}
        guardrails:
          - {guardrail_name: pii, litellm_params: {guardrail: presidio, mode: pre_call, default_on: true, api_key: hidden}}
        """) == [
          "general_settings.enforce_user_param=true", "guardrail.pii.default_on=true",
          "guardrail.pii.guardrail=presidio",
          "guardrail.pii.mode=pre_call", "litellm_settings.num_retries=3", "router_settings.num_retries=2",
          "router_settings.optional_pre_call_checks=a,b",
          "router_settings.provider_budget_config.openai.budget_limit=5",
          "router_settings.provider_budget_config.openai.time_period=1d",
          "router_settings.retry_policy.TimeoutErrorRetries=3", "router_settings.routing_strategy=simple-shuffle",
        ])
  }

  @Test func whatADeploymentIsToldIsASettingOfItsGroup() throws {
    let text = """
      model_list:
        - model_name: g
          litellm_params:
            {model: acme/one, api_key: hidden, tags: [paid, eu], weight: 2, api_base: 'https://u:hidden@host/v1',
             extra_body: {provider: {order: [x]}, token: hidden}}
          model_info: {access_groups: [beta]}
          rpm: 60
        - {model_name: g, litellm_params: {model: acme/one, weight: 1}, model_info: {id: second}}
      """
    #expect(
      try settings(text, of: "serve:g") == [
        "acme/one.access_groups=beta", "acme/one.api_base=https://u:[redacted]@host/v1",
        "acme/one.extra_body.provider.order=x", "acme/one.extra_body.token=[redacted]", "acme/one.rpm=60",
        "acme/one.tags=paid,eu", "acme/one.weight=2", "second.weight=1",
      ])
  }

  @Test func whatAWildcardGroupIsToldIsASettingOfAnyRequest() throws {
    let text = "model_list: [{model_name: 'openai/*', litellm_params: {}, model_info: {access_groups: [beta]}}]"
    #expect(try settings(text) == ["model_list.openai/*.access_groups=beta"])
  }

  @Test func longSettingsAreKnownByTheirDigest() throws {
    let long = String(repeating: "x", count: 300)
    let values = try settings("model_list: []\nrouter_settings: {note: \(long)}")
    #expect(values == ["router_settings.note=sha256:\(Digest(of: long).prefix(12)) (300 bytes)"])
    let many = try settings(
      "model_list: []\nrouter_settings: {\((0..<300).map { "k\($0): 1" }.joined(separator: ", "))}")
    #expect(many.count == 201)
    #expect(many.last?.hasPrefix("… 100 more=sha256:") == true)
  }

  @Test func aChangedSettingIsAChangeOfTheRule() throws {
    func version(_ id: String, _ strategy: String, _ day: String) throws -> PolicyVersion {
      let policy = try read("model_list: []\nrouter_settings: {routing_strategy: \(strategy)}")
      return PolicyVersion(
        id: id, effectiveFrom: at(day), source: "", digest: Digest(of: strategy), rules: policy.rules)
    }
    let history = PolicyHistory([
      try version("v1", "simple-shuffle", "2026-07-01"), try version("v2", "least-busy", "2026-08-01"),
    ])
    let change = try #require(history.changes.last)
    #expect(change.kind == .changed)
    #expect(change.fields.map(\.after) == ["router_settings.routing_strategy=least-busy"])
  }

  // MARK: other sources, other places

  @Test(arguments: [
    ("model_list: []\ngeneral_settings:\n  store_model_in_db: true", "litellm-models-in-database", 3),
    ("model_list: []\ninclude:\n  - more.yaml", "litellm-include", 3),
    ("include: [more.yaml]\nlitellm_settings: {}", "litellm-include", 1),
    ("general_settings: {store_model_in_db: true}\nrouter_settings: {}", "litellm-models-in-database", 1),
    ("model_list: []\nrouter_settings:\n  fallbacks: [{a: [b]}]", "litellm-target-missing", 3),
    ("model_list: []\nrouter_settings:\n  model_group_alias: {a: b}", "litellm-target-missing", 3),
    ("model_list: []\nrouter_settings:\n  fallbacks: [{a: b}]", "litellm-fallback-no-list", 3),
    ("model_list: []\nrouter_settings:\n  fallbacks: '[{'", "litellm-fallbacks-unreadable", 3),
    ("model_list:\n  - {litellm_params: {model: m}}", "litellm-entry-without-name", 2),
  ])
  func whatTheFileDoesNotShowIsReported(text: String, id: String, line: Int) throws {
    let policy = try read(text)
    #expect(policy.diagnostics.map(\.id) == [id])
    #expect(policy.diagnostics.map(\.line) == [line])
    #expect(policy.diagnostics.map(\.severity) == [.warning])
  }

  @Test func aTargetMayBeServedByAWildcardOrAnAlias() throws {
    let policy = try read(
      """
      model_list:
        - {model_name: 'azure/*', litellm_params: {model: 'azure/*'}}
        - {model_name: g, litellm_params: {model: m}}
      router_settings: {fallbacks: [{g: [azure/gpt, x]}], model_group_alias: {x: g}}
      """)
    #expect(policy.diagnostics.map(\.id) == ["litellm-wildcard-group"])
  }

  @Test func aBareNameIsAFallbackOfEveryGroup() throws {
    #expect(try permits("router_settings: {fallbacks: [g]}") == ["fallback:*: * > g [*]"])
  }

  @Test(arguments: [
    "proxy_config:\n  model_list:\n    - {model_name: g, litellm_params: {model: m}}",
    "replicas: 2\nlitellm-helm:\n  proxy_config:\n    model_list:\n      - {model_name: g, litellm_params: {model: m}}",
    "proxy_config: |\n  model_list:\n    - {model_name: g, litellm_params: {model: m}}",
    "kind: List\nitems:\n  - kind: ConfigMap\n    data:\n      config.yaml: |\n        model_list:\n"
      + "          - {model_name: g, litellm_params: {model: m}}",
  ])
  func readsHelmValuesAndLists(text: String) throws {
    #expect(try read(text).rules.map(\.id) == ["any-request", "serve:g"])
  }

  @Test func linesInsideAConfigMapAreThoseOfTheFile() throws {
    let policy = try read("data:\n  config.yaml: |\n    model_list:\n      - {model_name: '*'}\n")
    #expect(policy.diagnostics.map(\.line) == [4])
    let problem = try #require(throws: Diagnostic.self) {
      try PolicyFormat.read("data:\n  config.yaml: |\n    model_list: []\n    a: [\n", name: "f", stated: nil)
    }
    #expect(problem.id == "yaml-syntax")
    #expect(try #require(problem.line) >= 4)
  }

  @Test func aTextWithMuchTroubleIsNotDrownedInDiagnostics() throws {
    let entries = (0..<300).map { "  - {model_name: '\($0)*'}\n" }.joined()
    let policy = try read("model_list:\n\(entries)")
    #expect(policy.diagnostics.count == 101)
    #expect(policy.diagnostics.last?.id == "policy-more-diagnostics")
  }
}
