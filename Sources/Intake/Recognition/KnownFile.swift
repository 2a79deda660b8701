/// Files that Tenure knows by sight and does not read, or not yet, so that it can say what they are.
struct KnownFile: Sendable {
  /// Members that must stand at the top of the first record or document.
  let keys: [String]
  /// A member with this very text, such as a kind.
  var text: (key: String, value: String)?
  let what: String
  let why: String

  private static let changes = "it records changes of settings, not routing decisions"
  private static let single = "it is a part of an answer or a setting, without a time or a request id of its own"
  private static let inventory = "it is an inventory as it stands at one moment; it says nothing of single decisions"

  /// The first entry that fits counts, so the stricter ones come first.
  static let all: [KnownFile] = [
    .init(
      keys: ["routing-logs"], what: "a configuration of Tenure", why: "it names inputs; tenure show config prints it"),
    .init(
      keys: ["agent_control_specification_version"], what: "a policy of the Agent Governance Toolkit",
      why: "it rules over tools, not over models; write its routing as a native policy"),
    .init(
      keys: ["kernel", "policies"], what: "a policy of the Agent Governance Toolkit",
      why: "it rules over tools, not over models; write its routing as a native policy"),
    .init(
      keys: ["event_type", "agent_id", "decision"], what: "an audit trail of the Agent Governance Toolkit",
      why: "its records name neither a request nor a model"),
    .init(keys: ["simulate_mcp_failure"], what: "test cases", why: "they are expectations, not records"),
    .init(
      keys: ["selected_model", "complexity", "timestamp"], what: "the trace of a router simulation",
      why: "its times count from the start of the run, and its records have no request id"),
    .init(keys: ["previous_errors"], what: "an error answer of an API", why: single),
    .init(keys: ["keys", "teams"], what: "LiteLLM key records", why: inventory),
    .init(keys: ["action", "flagged", "matched_entity_types"], what: "one stage of an OpenRouter answer", why: single),
    .init(keys: ["allow_fallbacks"], what: "OpenRouter provider preferences", why: single),
    .init(
      keys: ["commit", "author_name"], what: "an export of git log",
      why: "a policy's history is read from the repository or a bundle itself, whose objects can be checked"),
    .init(keys: ["changed_by", "table_name", "object_id"], what: "a LiteLLM audit log", why: changes),
    .init(keys: ["key_name", "spend", "models"], what: "a LiteLLM key record", why: inventory),
    .init(keys: ["key", "info"], what: "a LiteLLM key record", why: inventory),
    .init(
      keys: ["tablename", "fieldname", "oldvalue"], what: "a ServiceNow audit export", why: changes),
    .init(keys: ["sys_id", "sys_class_name"], what: "a ServiceNow table export", why: inventory),
    .init(
      keys: ["decision_id", "bundles"], what: "an OPA decision log",
      why: "its decisions are those of another policy engine; they name no model that served a request"),
    .init(keys: ["revision", "roots"], what: "an OPA bundle manifest", why: single),
    .init(keys: ["mcpServers"], what: "a list of MCP servers", why: inventory),
    .init(keys: ["servers"], what: "a list of MCP servers", why: inventory),
    .init(keys: ["spiffe_id", "parent_id"], what: "SPIRE registration entries", why: inventory),
    .init(keys: ["entries"], what: "SPIRE registration entries", why: inventory),
    .init(
      keys: ["number", "reviews", "mergeCommit"], what: "a pull-request export",
      why: "it belongs to a policy from git: name it under pull-requests beside that policy"),
    .init(
      keys: ["number", "mergedAt"], what: "a pull-request export",
      why: "it belongs to a policy from git: name it under pull-requests beside that policy"),
    .init(
      keys: ["sha", "files"], what: "an export of git log",
      why: "a policy's history is read from the repository or a bundle itself, whose objects can be checked"),
    .init(
      keys: ["commit", "author"], what: "an export of git log",
      why: "a policy's history is read from the repository or a bundle itself, whose objects can be checked"),
    .init(
      keys: ["ts", "configPath", "nextHash"], what: "an OpenClaw config audit",
      why: "it belongs to a folder of config versions: name it under config-audit beside that folder"),
    .init(keys: ["error"], what: "an error answer of an API", why: single),
    .init(keys: ["code", "message"], what: "an error answer of an API", why: single),
    .init(keys: ["hash", "key_id"], what: "an OpenRouter key", why: inventory),
    .init(keys: ["enforce_zdr"], what: "an OpenRouter guardrail", why: single),
    .init(keys: ["allowed_providers"], what: "an OpenRouter guardrail", why: single),
    .init(keys: ["guardrail_id", "user_id"], what: "OpenRouter guardrail assignments", why: inventory),
    .init(keys: ["allowed_api_key_hashes"], what: "OpenRouter keys brought by the customer", why: inventory),
    .init(keys: ["scim_group_id"], what: "an OpenRouter mapping of SCIM groups", why: inventory),
    .init(keys: ["default_guardrail_id"], what: "OpenRouter workspaces", why: inventory),
    .init(keys: ["io_logging_sampling_rate"], what: "OpenRouter workspaces", why: inventory),
    .init(
      keys: ["endpoints", "architecture"], what: "an OpenRouter list of endpoints", why: inventory),
    .init(keys: ["limit", "workspace_id"], what: "an OpenRouter budget", why: single),
    .init(keys: ["limit_usd", "workspace_id"], what: "an OpenRouter budget", why: single),
    .init(keys: ["type", "config"], what: "settings of an export destination", why: single),
    .init(keys: ["destination_type"], what: "settings of an export destination", why: single),
    .init(
      keys: ["requested", "strategy", "attempt"], what: "OpenRouter router metadata without its answer", why: single),
    .init(keys: ["id", "allowed_models"], what: "an OpenRouter auto-router plugin setting", why: single),
    .init(
      keys: ["messages", "model"], what: "a request to a model", why: "it is a request that was sent, not a decision"),
    .init(
      keys: ["cel_expression"], what: "a Bifrost routing rule",
      why: "Bifrost's rules are not read as a policy by this version; write them as a native policy"),
    .init(
      keys: ["_format_version"], what: "a Kong decK configuration",
      why: "Kong's configuration is not read as a policy by this version; write it as a native policy"),
    .init(keys: ["fallback_cases"], what: "test cases", why: "they are expectations, not records"),
    .init(keys: ["probes"], what: "test probes of a Semantic Router recipe", why: "they are expectations, not records"),
    .init(keys: ["cases"], what: "test cases", why: "they are expectations, not records"),
    .init(
      keys: ["filters"], what: "a Kubernetes OWNERS file", why: "OWNERS files are not read by this version"),
    .init(keys: ["approvers"], what: "a Kubernetes OWNERS file", why: "OWNERS files are not read by this version"),
    .init(
      keys: ["aliases"], what: "a Kubernetes OWNERS_ALIASES file", why: "OWNERS files are not read by this version"),
    .init(
      keys: ["apiVersion", "kind", "spec"], text: ("apiVersion", "backstage.io/v1alpha1"),
      what: "a Backstage catalog entry", why: "catalog entries are not read by this version"),
    .init(
      keys: ["apiVersion", "kind"], what: "Kubernetes resources without a routing policy",
      why: "none of its kinds states how requests are routed"),
  ]
}
