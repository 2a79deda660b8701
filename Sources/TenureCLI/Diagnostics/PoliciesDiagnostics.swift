extension DiagnosticArea {
  static let policies = DiagnosticArea(
    title: "Policies",
    explanations: [
      .init(
        "deployment-environments",
        "The deployment records are of several environments, so it is not known which of them the logs are of.",
        "Name that one as environment beside deployed."),
      .init(
        "deployment-never",
        "Versions of the policy have no deployment, so they were never in force.",
        "Add a row for each that was deployed."),
      .init(
        "deployment-none",
        "No deployment stands in the file, or none of the environment that is named.",
        "Check the file and the environment."),
      .init(
        "deployment-not-covered",
        "Versions were recorded before the first deployment or after the last. For them the time that their source states counts.",
        "Let the records cover the whole period."),
      .init(
        "deployment-same-instant",
        "Two deployments have one instant. The later row counts, and the other version was in force for no time.",
        "Write the instants as exactly as they were recorded."),
      .init(
        "deployment-unknown-version",
        "A deployment names a version that the policy has not, or has several times, so the row was left out.",
        "Write the version as the policy names it."),
      .init(
        "git-failed",
        "git could not read the repository; its own reason is shown.",
        "Check the path with git log; fetch missing objects; mark the repository as safe where git asks for it."),
      .init(
        "git-no-head",
        "A bundle names no HEAD and holds several branches, so none is known to be the main line.",
        "Bundle the main line with HEAD: git bundle create FILE HEAD BRANCH."),
      .init(
        "git-not-run",
        "The program git could not be run.",
        "Install git, or name a folder of policy versions instead."),
      .init(
        "policy-bad-instant",
        "An instant of a policy cannot be read. The version stands, and its rules are unknown.",
        "Write 2026-07-01 or 2026-07-01T09:00:00Z."),
      .init(
        "policy-bad-number",
        "A number of a rule cannot be read. The version stands, and its rules are unknown.",
        "Write digits only."),
      .init(
        "policy-empty",
        "The text is no YAML mapping, so it holds no rules.",
        "Check that the file is a policy: it has keys at its top, such as rules or model_list."),
      .init(
        "policy-folder-empty",
        "The folder of a policy holds no file of a kind that is read as a version.",
        "Put one text a version into it, or name another source of the policy."),
      .init(
        "policy-more-diagnostics",
        "A policy text has more remarks than are listed one by one.",
        "Mend those that are listed, and run again."),
      .init(
        "policy-name-ambiguous-date",
        "A file's name holds several dates, or a time without Z, and its text states none, so the version was left out.",
        "Write effective-from into the text, or keep one date in the name."),
      .init(
        "policy-no-effective-time",
        "Neither the text nor the file's name says since when a version is in force, so it was left out.",
        "Write effective-from into the text, or a date into the file's name."),
      .init(
        "policy-no-rules",
        "rules of a policy is no list. The version stands, and its rules are unknown.",
        "List the rules under the key rules."),
      .init(
        "policy-no-target",
        "A rule that escalates does not name exactly one model. The version stands, and its rules are unknown.",
        "Name the one model in escalate-to; list alternatives in a permit rule."),
      .init(
        "policy-path-unknown",
        "No commit of the main line touches the path, so the repository gives no version.",
        "Check the path with git log --first-parent -- PATH."),
      .init(
        "policy-rule-twice",
        "One id stands for two rules of a version, so a decision could not name its rule.",
        "Give each rule an id of its own."),
      .init(
        "policy-rule-without-id",
        "A rule has no id. The version stands, and its rules are unknown.",
        "Give each rule an id that stays the same through versions."),
      .init(
        "policy-unknown-action",
        "A rule's action is none of allow, escalate, block and permit. The version stands, and its rules are unknown.",
        "Write one of the four."),
      .init(
        "policy-unknown-format",
        "The text is none of the policies that this version reads.",
        "Name its format in the configuration, or check that it is a policy."),
      .init(
        "policy-version-missing",
        "The repository lacks the content of a version, as a shallow or partial clone does. The version stands, and its rules are unknown.",
        "Fetch the repository whole."),
      .init(
        "policy-version-too-large",
        "A version's text is larger than 16 MiB, so it was not read; its rules are unknown.",
        "Check that the configuration names the right file."),
      .init(
        "policy-version-twice",
        "Two versions have one id. The later one is shown under an id with the beginning of its digest.",
        "Give each version an id of its own."),
      .init(
        "policy-version-unknown",
        "The table of rules has rules of a version that the table of versions does not list; they were left out.",
        "Add the version with its effective_from, or remove the rules."),
      .init(
        "pull-request-malformed",
        "A pull request of the export cannot be read, so it was left out; after many such lines the rest was not read.",
        "Check that this is an export of pull requests, as one JSON value or one object a line."),
      .init(
        "pull-request-missing",
        "Versions belong to no pull request of the export, so their approvals are not known.",
        "Export the pull requests that are missing."),
      .init(
        "pull-request-none",
        "The export holds no merged pull request.",
        "Export merged pull requests with their reviews."),
      .init(
        "pull-request-self-approval",
        "Authors approved their own change. Such an approval does not count.",
        "Have somebody else approve such changes."),
    ])

  static let gatewaysConfigurations = DiagnosticArea(
    title: "Gateways' configurations",
    explanations: [
      .init(
        "envoy-model-pattern",
        "A route matches models by a pattern. As a rule it permits leaving any model, since which models it meant is not known.",
        "Match models by name, so that each has a rule of its own."),
      .init(
        "envoy-no-name",
        "A route or one of its rules has no usable name, so it makes no rule.",
        "Give it a name."),
      .init(
        "envoy-no-route",
        "The file holds no AIGatewayRoute, so it is no policy of Envoy AI Gateway.",
        "Name the file that holds the AIGatewayRoute."),
      .init(
        "envoy-rule-ambiguous",
        "Several rules of the routes have one name. They are shown as one rule, without settings.",
        "Give each rule a name of its own."),
      .init(
        "litellm-chains-cut",
        "The fallbacks of fallbacks are too many to follow, so some chains make no rule.",
        "Name fewer fallbacks a group."),
      .init(
        "litellm-entry-without-name",
        "An entry of model_list has no model_name, so it makes no rule.",
        "Name the group."),
      .init(
        "litellm-fallback-no-list",
        "The fallbacks of a group are no list, so they make no rule.",
        "Write the targets as a list."),
      .init(
        "litellm-fallbacks-unreadable",
        "A list of fallbacks is a text that is no JSON, so it makes no rule.",
        "Write it as a list."),
      .init(
        "litellm-include",
        "The config includes further files, which were not read: what they change is not judged.",
        "Put the policy into one file, or name the file that has the model_list."),
      .init(
        "litellm-models-in-database",
        "Models and settings may be changed in LiteLLM's database, which this file does not show.",
        "Hand in an export of the database's models, or keep them in the file alone."),
      .init(
        "litellm-no-model-list",
        "No model_list stands in the file, so it is no config of LiteLLM.",
        "Check that the configuration names the right file."),
      .init(
        "litellm-router-elsewhere",
        "The models of a router stand in a file that was not read, so its rule permits none.",
        "Write the router's config into this file."),
      .init(
        "litellm-router-without-models",
        "A router names no models, so its rule permits none.",
        "Check the router's config."),
      .init(
        "litellm-target-missing",
        "A rule leads to a group that model_list does not name.",
        "Add the group, or take the target away; models may also come from the database."),
      .init(
        "litellm-wildcard-group",
        "A group stands for models that the config does not name, so it makes no rule.",
        "Name the groups that may be asked for."),
      .init(
        "openclaw-include",
        "The config includes further files, which were not read: what they change is not judged.",
        "Use one file, such as the one that openclaw config get prints."),
      .init(
        "openclaw-no-agents",
        "The file has no agents, so it is no config of OpenClaw.",
        "Check that the configuration names the right file."),
      .init(
        "openclaw-strict-agent",
        "An agent may not use all fallbacks of the defaults, and the derived rule permits them for it too, since its first model is theirs.",
        "Read a fallback of this agent with that in mind."),
      .init(
        "openrouter-designation-assumed",
        "OpenRouter does not say when a version of a preset was designated, so the order in which versions were in force is assumed from their creation.",
        "Find out when it was designated, and hand in the answers to the preset and to its versions."),
      .init(
        "openrouter-guardrail-changed",
        "A guardrail was changed after it was made, and how it stood before its last change is not known.",
        "Keep the API's answers of different times."),
      .init(
        "openrouter-guardrail-incomplete",
        "A guardrail lacks its name or created_at, so it was left out.",
        "Hand in the answer of the API as it is."),
      .init(
        "openrouter-many-versions",
        "One file holds several versions of presets where one text is one version.",
        "Name the file under presets instead of folder."),
      .init(
        "openrouter-no-preset",
        "The file holds no preset, no version of one and no guardrail.",
        "Hand in the answer of the API as it is."),
      .init(
        "openrouter-preset-missing",
        "Versions stand without their preset, so neither its slug nor which version is in force is known; the newest is taken.",
        "Add the API's answer to the preset."),
      .init(
        "openrouter-slug-twice",
        "Two presets have one slug, so their versions end each other.",
        "Hand in the presets of one workspace in one run."),
      .init(
        "openrouter-too-many",
        "The presets and versions are too many; those past a point were not read.",
        "Hand in the presets that the logs name."),
      .init(
        "openrouter-unknown-object",
        "An object is no preset, no version and no guardrail, so it was left out.",
        "Hand in the API's answers to presets, their versions and guardrails."),
      .init(
        "openrouter-version-incomplete",
        "A version lacks its number, its preset or created_at, so it was left out.",
        "Hand in the answer of the API as it is."),
      .init(
        "semantic-router-name-twice",
        "A name of a decision stands twice, or is one that Tenure gives; only the first makes a rule.",
        "Give each decision a name of its own."),
      .init(
        "semantic-router-no-config",
        "The text is no config of the Semantic Router, or a fragment of one.",
        "Name the whole config that the router loads."),
      .init(
        "semantic-router-no-name",
        "A decision or category has no name that a rule can have, so it makes no rule.",
        "Give it a short name without control characters."),
      .init(
        "semantic-router-several-configs",
        "The file holds several configs of the router; the first was read.",
        "Put each router's config into a file of its own."),
    ])
}
