import EvidenceModel
import Intake
import Testing

@Suite struct EnvoyRoutesTests {
  private func read(_ text: String) throws -> PolicyText {
    let read = try PolicyFormat.read(text, name: "routes.yaml", stated: nil)
    #expect(read.format == .envoy)
    return read.policy
  }

  private func route(_ rules: String, name: String = "chat", namespace: String? = nil) -> String {
    let namespace = namespace.map { ", namespace: \($0)" } ?? ""
    return """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata: {name: \(name)\(namespace)}
      spec:
        rules:
      \(rules)

      """
  }

  private func match(_ model: String) -> String { "{headers: [{name: x-ai-eg-model, value: \(model)}]}" }

  @Test func aSecretThatAMatchAsksForIsInNoIdAndNoSetting() throws {
    let secret = ["corr", "ect", "7", "horse"].joined()
    let headers =
      "{name: x-ai-eg-model, value: front}, {name: x-api-key, value: \(secret)}, {name: x-tenant, value: acme}"
    let routes = route("    - {matches: [{headers: [\(headers)]}], backendRefs: [{name: a}]}")
    let tools = """
      ---
      kind: MCPRoute
      metadata: {name: tools}
      spec: {path: "/mcp?token=\(secret)", securityPolicy: {oauth: {issuer: "https://user:\(secret)@host"}}}

      """
    let policy = try read(routes + tools)
    #expect(policy.rules.map(\.id).contains("default/chat/front [x-api-key=[redacted], x-tenant=acme]"))
    #expect(policy.rules.count == 3)
    for rule in policy.rules { #expect(!"\(rule)".contains(secret)) }
  }

  @Test func aRulePermitsWhatItsBackendsAreAskedFor() throws {
    let policy = try read(
      route(
        "    - {matches: [\(match("front"))], backendRefs: [{name: a, weight: 50}, {name: b, modelNameOverride: big, priority: 1}]}"
      ))
    #expect(policy.schema == "aigateway.envoyproxy.io/v1beta1")
    #expect(policy.rules.map(\.id) == ["any-request", "default/chat/front"])
    let rule = try #require(policy.rules.last)
    #expect(rule.action == .permit)
    #expect(rule.fromModel == "front")
    #expect(rule.escalateTo == ["front", "big"])
    #expect(
      rule.claims == [
        "httproute/default/chat/rule/0", "default/a/route/chat/rule/0/ref/0", "default/b/route/chat/rule/0/ref/1",
      ])
    #expect(rule.settings.map(\.value) == ["a weight 50 priority 0, b as big priority 1"])
  }

  @Test func anInsertedRuleMovesPlacesButNoIds() throws {
    let old = "    - {matches: [\(match("b"))], backendRefs: [{name: x}]}"
    let new = "    - {matches: [\(match("a"))], backendRefs: [{name: x}]}\n" + old
    let before = try #require(try read(route(old, namespace: "ai")).rules.last)
    let after = try #require(try read(route(new, namespace: "ai")).rules.last)
    #expect(before.id == "ai/chat/b")
    #expect(before.id == after.id)
    #expect(before.claims.first == "httproute/ai/chat/rule/0")
    #expect(after.claims.first == "httproute/ai/chat/rule/1")
    #expect(before.fieldTexts.map(\.value) == after.fieldTexts.map(\.value))
  }

  @Test func namesAndConditionsTellRulesApart() throws {
    let policy = try read(
      route(
        """
            - {name: premium, matches: [\(match("a"))], backendRefs: [{name: x}]}
            - {matches: [\(match("b")), \(match("c"))], backendRefs: [{name: x}]}
            - {matches: [{headers: [{name: x-ai-eg-model, value: b}, {name: x-tenant, value: t}]}], backendRefs: [{name: y}]}
            - {name: pair, matches: [\(match("b")), \(match("c"))], backendRefs: [{name: x}]}
            - {backendRefs: [{name: x}]}
        """))
    #expect(
      policy.rules.map(\.id) == [
        "any-request", "default/chat/premium", "default/chat/b", "default/chat/c", "default/chat/b [x-tenant=t]",
        "default/chat/pair/b", "default/chat/pair/c", "default/chat/*",
      ])
    #expect(policy.rules.map(\.fromModel) == ["*", "a", "b", "c", "b", "b", "c", "*"])
    #expect(policy.diagnostics.isEmpty)
  }

  @Test func rulesOfOneKeyAreOne() throws {
    let policy = try read(
      route(
        """
            - {matches: [\(match("a"))], backendRefs: [{name: x, modelNameOverride: big}]}
            - {matches: [\(match("a"))], backendRefs: [{name: y}]}
        """))
    #expect(policy.rules.map(\.id) == ["any-request", "default/chat/a"])
    #expect(policy.rules.last?.escalateTo == ["big", "a"])
    #expect(policy.rules.last?.claims.filter { $0.hasPrefix("httproute") }.count == 2)
    #expect(policy.diagnostics.map(\.id) == ["envoy-rule-ambiguous"])
  }

  @Test func aPatternIsReported() throws {
    let policy = try read(
      route(
        "    - {matches: [{headers: [{type: RegularExpression, name: X-AI-EG-Model, value: 'gpt-.*'}]}], backendRefs: [{name: x}]}"
      ))
    #expect(policy.rules.last?.id == "default/chat/~gpt-.*")
    #expect(policy.rules.last?.fromModel == "*")
    #expect(policy.diagnostics.map(\.id) == ["envoy-model-pattern"])
  }

  @Test func credentialsAreNamedNeverShown() throws {
    let policy = try read(
      route("    - {matches: [\(match("a"))], backendRefs: [{name: x}, {name: old}], timeouts: {request: 60s}}") + """
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIServiceBackend
        metadata: {name: x}
        spec: {schema: {name: OpenAI}}
        ---
        apiVersion: aigateway.envoyproxy.io/v1alpha1
        kind: AIServiceBackend
        metadata: {name: old}
        spec: {schema: {name: AWSBedrock}, backendSecurityPolicyRef: {name: aws}}
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: BackendSecurityPolicy
        metadata: {name: key}
        spec:
          targetRefs: [{kind: AIServiceBackend, name: x}]
          type: APIKey
          apiKey: {secretRef: {name: x-key}, inline: hidden-value}
        ---
        apiVersion: aigateway.envoyproxy.io/v1alpha1
        kind: BackendSecurityPolicy
        metadata: {name: aws}
        spec: {type: AWSCredentials, awsCredentials: {credentialsFile: {secretRef: {name: aws-file}}}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: x-key}
        stringData: {apiKey: hidden-value}
        ---
        apiVersion: gateway.envoyproxy.io/v1alpha1
        kind: BackendTrafficPolicy
        metadata: {name: retry}
        spec:
          targetRefs: [{kind: HTTPRoute, name: chat}]
          retry: {numRetries: 5, numAttemptsPerPriority: 1, retryOn: {httpStatusCodes: [500], triggers: [connect-failure]}}
        """)
    let settings = try #require(policy.rules.last?.settings).map { "\($0.name)=\($0.value)" }
    #expect(
      settings == [
        "backends=x priority 0, old priority 0",
        "credentials=x APIKey secret x-key, old AWSCredentials secret aws-file",
        "retry=5 times, 1 a priority, on 500, connect-failure", "schemas=x OpenAI, old AWSBedrock",
        "timeouts=request 60s",
      ])
    #expect(!settings.joined().contains("hidden-value"))
  }

  @Test func whatARouteSaysOfToolsIsFollowed() throws {
    let policy = try read(
      route("    - {matches: [\(match("a"))], backendRefs: [{name: x}]}") + """
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: MCPRoute
        metadata: {name: tools}
        spec:
          path: /mcp
          backendRefs: [{name: code, toolSelector: {include: [read, list]}}]
          securityPolicy:
            authorization:
              rules:
                - {source: {jwt: {scopes: [read]}}, target: {tools: [{backend: code, tool: read}]}}
                - {source: {jwt: {scopes: [all]}}}
        """)
    let rule = try #require(policy.rules.last)
    #expect(rule.id == "mcp:default/tools")
    #expect(rule.escalateTo.isEmpty)
    #expect(
      rule.settings.map { "\($0.name)=\($0.value)" } == [
        "authorization=Allow scope read code/read; Allow scope all any tool", "backends=code include read, list",
        "path=/mcp",
      ])
  }

  @Test(arguments: [
    ("apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: BackendTrafficPolicy", "BackendTrafficPolicy"),
    (
      "apiVersion: v1\nkind: Secret\n---\napiVersion: aigateway.envoyproxy.io/v1beta1\nkind: MCPRoute",
      "MCPRoute, Secret"
    ),
  ])
  func aFileWithoutARouteIsRefusedByItsKinds(text: String, kinds: String) {
    do throws(Diagnostic) {
      _ = try PolicyFormat.read(text, name: "x.yaml", stated: nil)
      Issue.record("it was read")
    } catch {
      #expect(error.id == "envoy-no-route")
      #expect(error.summary.hasSuffix("it holds \(kinds)"))
    }
  }

  @Test func aRoleBeforeTheRouteIsNoNativePolicy() throws {
    let policy = try read(
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nrules: [{verbs: [get]}]\n---\n"
        + route("    - {matches: [\(match("a"))], backendRefs: [{name: x}]}"))
    #expect(policy.rules.count == 2)
  }
}
