internal import EvidenceModel

/// What a LiteLLM config says of deployments and of the router as a whole, as settings. Only known names of deployments are
/// taken, since any other may hold a secret.
enum LiteLLMSettings {
  private static let parameters = [
    "tags", "tag_regex", "weight", "order", "rpm", "tpm", "max_parallel_requests", "timeout", "stream_timeout",
    "max_retries", "num_retries", "cooldown_time", "region_name", "aws_region_name", "vertex_location", "api_base",
    "api_version", "max_budget", "budget_duration", "use_in_pass_through", "extra_body", "complexity_router_config",
    "complexity_router_default_model", "adaptive_router_config", "adaptive_router_default_model",
    "quality_router_config", "quality_router_default_model", "auto_router_config", "auto_router_config_path",
    "auto_router_default_model", "auto_router_embedding_model",
  ]
  private static let info = [
    "access_groups", "team_id", "mode", "base_model", "max_input_tokens", "supported_environments",
    "adaptive_router_preferences", "litellm_routing_preferences", "health_check_model", "tier",
  ]
  private static let general = [
    "num_retries", "request_timeout", "allowed_fails", "cooldown_time", "retry", "max_budget", "budget_duration",
    "max_fallbacks", "default_team_settings", "max_internal_user_budget", "internal_user_budget_duration",
    "tag_budget_config", "public_model_groups", "default_internal_user_params", "drop_params", "modify_params",
    "callbacks", "success_callback", "failure_callback", "store_audit_logs", "turn_off_message_logging", "guardrails",
    "enable_preview_features", "model_alias_map", "priority_reservation",
  ]
  private static let proxy = [
    "store_model_in_db", "supported_db_objects", "background_health_checks", "health_check_interval",
    "enable_health_check_routing", "health_check_staleness_threshold", "enforce_user_param", "max_parallel_requests",
    "global_max_parallel_requests", "disable_spend_logs", "maximum_spend_logs_retention_period", "enforced_params",
    "allow_client_side_credentials", "store_prompts_in_spend_logs",
  ]
  /// Rules of their own.
  private static let rules = [
    "fallbacks", "context-window-fallbacks", "content-policy-fallbacks", "default-fallbacks", "model-group-alias",
  ]

  /// Of one deployment, by its own id or its model, since several share a group's rule.
  static func ofDeployment(_ entry: YAMLText.Node, name: String? = nil) -> [Rule.Setting] {
    let values = entry["litellm-params"]
    let name = name ?? entry["model-info"]?["id"]?.text ?? values?["model"]?.text ?? "-"
    // Old configs have the limits beside litellm_params.
    return ConfigSettings.list(values, only: parameters, prefix: name)
      + ConfigSettings.list(entry, only: ["rpm", "tpm"], prefix: name)
      + ConfigSettings.list(entry["model-info"], only: info, prefix: name)
  }

  /// Of the router and the proxy, for every request.
  static func ofConfig(_ config: YAMLText.Node) -> [Rule.Setting] {
    // Where the router keeps its state is no policy.
    let state = (config["router-settings"]?.members.map(\.key.replacingUnderscores) ?? []).filter {
      $0.hasPrefix("redis") || $0.hasPrefix("cache-")
    }
    return ConfigSettings.list(config["router-settings"], prefix: "router_settings", except: rules + state)
      + ConfigSettings.list(config["litellm-settings"], only: general, prefix: "litellm_settings")
      + ConfigSettings.list(config["general-settings"], only: proxy, prefix: "general_settings")
      + (config["guardrails"]?.items ?? []).flatMap(guardrail)
  }

  private static func guardrail(_ node: YAMLText.Node) -> [Rule.Setting] {
    guard let name = node["guardrail-name"]?.text else { return [] }
    return ConfigSettings.list(
      node["litellm-params"], only: ["guardrail", "mode", "default_on"], prefix: "guardrail.\(name)")
  }
}

extension LiteLLMRules {
  /// Warnings of one kind; the rest is counted.
  private static let mostWarnings = 20

  /// Targets that no group, alias or wildcard of the config serves.
  mutating func warnOfMissingTargets() {
    var seen: ByName<Bool> = [:]
    var missing: [(name: String, line: Int, rule: String)] = []
    for target in targets where seen[target.name] == nil {
      seen[target.name] = true
      let isServed =
        groups[target.name] != nil
        || wildcards.prefix(200).contains { target.name.hasPrefix($0.start) && target.name.hasSuffix($0.end) }
      if !isServed { missing.append(target) }
    }
    for target in missing.prefix(Self.mostWarnings) {
      warn(
        "litellm-target-missing", target.line,
        "\(target.rule) leads to \(target.name), which model_list does not name",
        "Add the group to model_list, or take the target away; models may also come from the database.")
    }
    if missing.count > Self.mostWarnings {
      warn(
        "litellm-target-missing", missing[Self.mostWarnings].line,
        "\(missing.count - Self.mostWarnings) more targets are not named by model_list",
        "Check that this is the whole config.")
    }
  }

  /// Places besides this file from which the gateway takes its policy.
  mutating func warnOfOtherSources(_ config: YAMLText.Node) {
    if let node = config["general-settings"]?["store-model-in-db"], node.text?.lowercased() == "true" {
      warn(
        "litellm-models-in-database", node.mark.line,
        "store_model_in_db is on: models and settings may be changed in the database, which this file does not show",
        "Hand in an export of the database's models, or keep them in the file alone.")
    }
    if let node = config["include"] {
      warn(
        "litellm-include", node.mark.line,
        "it includes \(max(node.items.count, 1)) further file(s), which were not read",
        "Put the policy into one file, or name the file that has the model_list.")
    }
  }
}
