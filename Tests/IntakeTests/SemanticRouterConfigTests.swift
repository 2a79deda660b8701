import EvidenceModel
import Intake
import Testing

@Suite struct SemanticRouterConfigTests {
  private func read(_ text: String) throws -> PolicyText {
    let read = try PolicyFormat.read(text, name: "config.yaml", stated: nil)
    #expect(read.format == .semanticRouter)
    return read.policy
  }

  private func refusal(_ text: String) -> String? {
    do throws(Diagnostic) {
      _ = try PolicyFormat.read(text, name: "config.yaml", stated: nil)
      return nil
    } catch {
      #expect(error.id == "semantic-router-no-config")
      return error.summary
    }
  }

  private func rule(_ id: String, in policy: PolicyText) throws -> Rule {
    try #require(policy.rules.first { $0.id == id })
  }

  private func settings(_ rule: Rule) -> [String] { rule.settings.map { "\($0.name)=\($0.value)" } }

  @Test(arguments: [
    ("default_model: m\ncategories: [{name: law, model: m}]", "categories with model"),
    ("default_model: m\ncategories: [{name: law, models: [m]}]", "categories with models"),
    ("categories: [{name: law, model_scores: [{model: m, score: 1}]}]", "categories with model scores"),
    (
      "vllm_endpoints: []\ncategories: [{name: law, model_scores: {m: 1}}]",
      "categories with model scores and endpoints"
    ),
    ("categories: [{name: x}]\ndecisions: [{name: law, modelRefs: [{model: m}]}]", "decisions"),
    ("version: v0.3\nrouting: {decisions: [{name: law, modelRefs: [{model: m}]}]}", "routing.decisions"),
    (
      "version: v0.3\nrouting: {decisions: []}\nrecipes: [{name: r, routing: {decisions: [{name: law, modelRefs: [{model: m}]}]}}]",
      "recipes"
    ),
  ])
  func aNameIsFollowedThroughEverySchema(text: String, schema: String) throws {
    let policy = try read(text)
    #expect(policy.schema == schema)
    let law = try rule("law", in: policy)
    #expect(law.action == .permit)
    #expect(law.escalateTo == ["m"])
    #expect(law.fromModel == "*")
    #expect(policy.diagnostics.isEmpty)
    #expect(policy.rules.contains { $0.id == "any-request" && $0.action == .allow })
  }

  @Test func whatNoLogCanTestIsASetting() throws {
    let policy = try read(
      """
      version: v0.3
      routing:
        strategy: priority
        decisions:
          - name: urgent
            priority: 140
            tier: 2
            annotations: {owner: gateway-team, policy_class: business, api_token: not-shown}
            rules:
              operator: AND
              conditions:
                - {type: domain, name: business}
                - operator: OR
                  conditions: [{type: keyword, name: urgent}, {type: complexity, name: 'deep:hard'}]
                - operator: NOT
                  conditions: [{type: jailbreak, name: injection}]
            modelRefs:
              - {model: small, use_reasoning: false, weight: 0.4}
              - {model: large, use_reasoning: true, reasoning_effort: high, weight: 0.6, lora_name: adapter}
            algorithm: {type: hybrid, on_error: fallback}
            plugins: [{type: pii}, {type: tools, configuration: {enabled: false}}]
            adaptations: {session_aware: {mode: bypass}}
      """)
    let urgent = try rule("urgent", in: policy)
    #expect(urgent.escalateTo == ["small", "large", "adapter"])
    #expect(
      settings(urgent) == [
        "adaptations=session_aware mode bypass", "algorithm=hybrid, on error fallback",
        "annotation owner=gateway-team", "annotation policy_class=business", "plugins=pii, tools (off)",
        "priority=140", "reasoning=small off, large on effort high", "tier=2", "weights=small 0.4, large 0.6",
        "when=domain business and (keyword urgent or complexity deep:hard) and not jailbreak injection",
      ])
    #expect(settings(try rule("any-request", in: policy)) == ["strategy=priority"])
  }

  @Test func aBackendsOwnNameIsATarget() throws {
    let policy = try read(
      """
      version: v0.3
      providers:
        defaults: {default_model: coder}
        models:
          - name: coder
            provider_model_id: coder:7b
            external_model_ids: {vllm: Coder-7B, analytics: not-served}
            backend_refs: [{name: a, type: vllm}]
      routing: {decisions: [{name: code, modelRefs: [{model: coder}]}]}
      """)
    #expect(try rule("code", in: policy).escalateTo == ["coder", "coder:7b", "Coder-7B"])
    #expect(try rule("default-model", in: policy).escalateTo == ["coder", "coder:7b", "Coder-7B"])
  }

  @Test func recipesTellEqualNamesApart() throws {
    func recipe(_ name: String, _ decisions: String...) -> String {
      let list = decisions.map { "{name: \($0), modelRefs: [{model: m}]}" }.joined(separator: ", ")
      return "  - {name: \(name), routing: {decisions: [\(list)]}}\n"
    }
    let policy = try read(
      "version: v0.3\nrouting: {decisions: [{name: main, modelRefs: [{model: m}]}]}\nrecipes:\n"
        + recipe("a", "own", "both", "main") + recipe("b", "both"))
    #expect(policy.rules.map(\.id) == ["any-request", "main", "own", "a/both", "a/main", "b/both"])
    #expect(
      policy.rules.map(\.claims) == [[], ["default/main"], ["a/own"], ["both"], ["main"], ["both"]])
  }

  @Test func aNameThatStandsTwiceMakesOneRule() throws {
    let policy = try read(
      "version: v0.3\nrouting:\n  decisions:\n    - {name: law, modelRefs: [{model: a}]}\n    - {name: law, modelRefs: [{model: b}]}\n    - {name: any-request, modelRefs: []}\n    - {name: '', modelRefs: []}"
    )
    #expect(policy.rules.map(\.id) == ["any-request", "law"])
    #expect(policy.rules.last?.escalateTo == ["a"])
    #expect(
      policy.diagnostics.map(\.id) == [
        "semantic-router-name-twice", "semantic-router-name-twice", "semantic-router-no-name",
      ])
    #expect(policy.diagnostics.map(\.line) == [5, 6, 7])
  }

  @Test func readsAConfigMap() throws {
    let policy = try read(
      """
      apiVersion: v1
      kind: Namespace
      ---
      apiVersion: v1
      kind: ConfigMap
      data:
        config.yaml: |
          version: v0.3
          routing:
            decisions: [{name: law, modelRefs: [{model: m}]}]
      """)
    #expect(policy.rules.map(\.id) == ["any-request", "law"])
  }

  @Test(arguments: [
    ("routing: {decisions: [{name: a, modelRefs: []}]}", "a fragment of a Semantic Router config (routing: decisions)"),
    ("routing: {signals: {pii: []}}", "a fragment of a Semantic Router config (routing: signals)"),
    ("algorithm: {type: static}", "a fragment of a Semantic Router config (algorithm)"),
    ("schema_version: vllm-sr/recipe-metadata/v1", "the description of a Semantic Router recipe"),
    ("routing_assets: {yaml: config.yaml}", "a list of test requests"),
    ("kind: IntelligentRoute", "the custom resource IntelligentRoute"),
  ])
  func whatIsNoWholeConfigIsCalledWhatItIs(text: String, words: String) throws {
    #expect(try #require(refusal(text)).contains(words))
  }

  @Test func aliasesCannotMultiplyAText() throws {
    let long = String(repeating: "x", count: 400)
    let conditions = Array(repeating: "*c", count: 500).joined(separator: ", ")
    let policy = try read(
      "version: v0.3\nx: &c {type: keyword, name: \(long)}\nrouting:\n  decisions:\n    - {name: a, modelRefs: [], rules: {operator: OR, conditions: [\(conditions)]}}"
    )
    let when = try #require(policy.rules.last?.settings.first { $0.name == "when" }?.value)
    #expect(when.utf8.count < 20_000)
    #expect(when.hasSuffix("…"))
  }

  @Test func aHostileNumberOfRulesIsRefused() {
    let many = (0...10_000).map { "  - {name: n\($0), model: m}\n" }.joined()
    #expect(throws: Diagnostic.self) {
      try PolicyFormat.read("default_model: m\ncategories:\n" + many, name: "c", stated: nil)
    }
  }
}
