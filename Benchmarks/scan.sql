-- The whole judgement of a routing log in DuckDB: the program's work, said a second time in another language.
-- The clauses named are those of the semantics that the program follows.
--
-- Run by duckdb_scan.py, which sets the variables `folder` and `sample_seed`. The log is read once. Every look-up is a hash join
-- or a nested loop over a small table, so records stream past them; of each judged record one narrow row is kept (`decided`).
--
-- What DuckDB does not do here:
--   * Its JSON reader gives a damaged line as a row of NULLs and goes on with the next line, which is right. It passes over
--     blank lines without counting them, so `lines` cannot be told. Read as text, line by line, the log would be split at
--     every carriage return too.
--   * Its JSON reader takes a comma before a closing brace, of members with one name the first, and a number written as a string
--     as that number. The workload has none of these. A log that may hold them has to be cleaned by another parser first.
--   * A cast to TIMESTAMP drops the offset of an instant. A cast to TIMESTAMPTZ applies it and truncates to microseconds.
--   * An ENUM makes names small numbers, but a TRY_CAST that fails builds an error text with all its values in it. So names that
--     a record may hold are joined, and an ENUM is used only where the name is surely one of its values.
--   * Backdating, indeterminate decisions, and the aliases of models are no part of the three files, and are left out.

SET autoinstall_known_extensions = false;
-- The planner takes the log for a small table and would keep it in memory to probe it with the registers.
SET disabled_optimizers = 'join_order,build_side_probe_side';
-- A dozen versions are found faster by looking at all of them than by sorting every record by its instant.
SET nested_loop_join_threshold = 10000;

-- Reading ------------------------------------------------------------------------------------------------------------

CREATE MACRO microseconds(text) AS epoch_us(TRY_CAST(upper(text) AS TIMESTAMPTZ));

-- §1, `ts`: RFC 3339 with 0 to 9 fraction digits, truncated to UTC microseconds; NULL when it is none. The expression keeps out
-- what the cast would take: a missing zone, a blank for the T, the hour 24. The cast keeps out days that no calendar has. A leap
-- second is the last second of a UTC day and names the midnight after it, so a second later must be the first of a day.
CREATE MACRO instant(text) AS CASE
  WHEN NOT regexp_full_match(text,
    '\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)') THEN NULL
  WHEN text[18:19] <> '60' THEN microseconds(text)
  WHEN (microseconds(text[:17] || '59' || text[20:]) + 1000000) % 86400000000 BETWEEN 0 AND 999999
    THEN microseconds(text[:17] || '59' || text[20:]) + 1000000
END;

-- Head of the semantics: a civil date without a time means midnight UTC of that day.
CREATE MACRO date_or_instant(text) AS
  CASE WHEN length(text) = 10 THEN instant(text || 'T00:00:00Z') ELSE instant(text) END;

CREATE MACRO beginning() AS -9223372036854775807;
CREATE MACRO open_end() AS 9223372036854775807;

-- §1: `*` or empty matches anything.
CREATE MACRO or_any(text) AS coalesce(nullif(text, ''), '*');

-- A list of names kept as `|a|b|`, so that an element is found as a piece of text.
CREATE MACRO piped(text) AS '|' || text || '|';

-- Registers are read as text, in the order of their lines. The empty second table adds columns that a register may lack.
CREATE TABLE version_row AS
SELECT row_number() OVER () AS line, version, date_or_instant(effective_from) AS effective_from,
  coalesce(date_or_instant(recorded_at), beginning()) AS recorded_at
FROM (
  FROM read_csv(getvariable('folder') || '/policy_versions.csv', header = true, all_varchar = true)
  UNION ALL BY NAME SELECT NULL::VARCHAR AS recorded_at WHERE false);

CREATE TABLE rule AS
SELECT row_number() OVER () AS number, version, rule_id, priority::BIGINT AS priority, or_any(agent) AS agent,
  or_any(data_class) AS data_class, or_any(tool) AS tool, coalesce(nullif(min_tokens_in, ''), '0')::BIGINT AS min_tokens_in,
  action, coalesce(escalate_to, '') AS escalate_to, piped(or_any(allowed_jurisdictions)) AS allowed_jurisdictions,
  or_any("from") AS from_model, piped(or_any(triggers)) AS triggers
FROM (
  FROM read_csv(getvariable('folder') || '/policy_rules.csv', header = true, all_varchar = true)
  UNION ALL BY NAME SELECT NULL::VARCHAR AS "from", NULL::VARCHAR AS triggers WHERE false);

CREATE TABLE ownership_row AS
SELECT seq::BIGINT AS seq, rule_id AS pattern, owner, coalesce(date_or_instant("from"), beginning()) AS starts,
  coalesce(date_or_instant("to"), open_end()) AS ends
FROM (
  FROM read_csv(getvariable('folder') || '/ownership.csv', header = true, all_varchar = true)
  UNION ALL BY NAME SELECT NULL::VARCHAR AS role WHERE false)
WHERE coalesce(nullif(role, ''), 'accountable') = 'accountable';

CREATE TABLE person AS
SELECT owner, coalesce(date_or_instant(left_at), open_end()) AS left_at
FROM read_csv(getvariable('folder') || '/people.csv', header = true, all_varchar = true);

CREATE TABLE model AS
SELECT model, tier::BIGINT AS tier
FROM read_csv(getvariable('folder') || '/models.csv', header = true, all_varchar = true);

-- §3, look-ups: tables of half-open intervals ------------------------------------------------------------------------

-- Version in force: of equal instants the later recorded, then the later line.
CREATE TABLE version_in_force AS
SELECT version, starts, lead(starts, 1, open_end()) OVER (ORDER BY starts) AS ends,
  (SELECT list(rule) FROM rule WHERE rule.version = winner.version AND rule.action = 'permit') AS permits
FROM (
  SELECT effective_from AS starts, arg_max(version, struct_pack(recorded_at, line)) AS version
  FROM version_row GROUP BY effective_from) AS winner;

-- Owner: whenever a record of a rule begins or ends, who of those that cover the instant has the greatest `from`, then `seq`.
-- `-` stands for the gaps, so every instant of every rule has exactly one row.
CREATE TABLE owner_step AS
WITH owned AS (
  SELECT policy.rule_id, ownership_row.*
  FROM (SELECT DISTINCT rule_id FROM rule) AS policy
  JOIN ownership_row ON policy.rule_id LIKE
    replace(replace(replace(replace(pattern, '!', '!!'), '%', '!%'), '_', '!_'), '*', '%') ESCAPE '!'
), change AS (
  SELECT rule_id, beginning() AS starts FROM rule
  UNION SELECT rule_id, starts FROM owned
  UNION SELECT rule_id, ends FROM owned WHERE ends < open_end()
), step AS (
  SELECT rule_id, starts, lead(starts, 1, open_end()) OVER (PARTITION BY rule_id ORDER BY starts) AS ends FROM change
)
SELECT step.rule_id, step.starts, step.ends,
  coalesce(arg_max(owned.owner, struct_pack(owned.starts, owned.seq)), '-') AS owner
FROM step
LEFT JOIN owned ON owned.rule_id = step.rule_id AND owned.starts <= step.starts AND step.starts < owned.ends
GROUP BY step.rule_id, step.starts, step.ends;

-- Jurisdiction of a deployment. Of equal instants the later line counts.
CREATE TABLE place_step AS
SELECT deployment, jurisdiction, starts,
  lead(starts, 1, open_end()) OVER (PARTITION BY deployment ORDER BY starts) AS ends
FROM (
  SELECT deployment, date_or_instant(effective_from) AS starts, arg_max(jurisdiction, line) AS jurisdiction
  FROM (
    SELECT *, row_number() OVER () AS line
    FROM read_csv(getvariable('folder') || '/deployments.csv', header = true, all_varchar = true))
  GROUP BY ALL);

-- Applicable rule: what version, agent and data class leave of the rules, by priority and then by place in the file. A name that
-- no rule speaks of matches only `*`, as does an empty one.
CREATE TABLE named_agent AS SELECT DISTINCT agent FROM rule;
CREATE TABLE named_class AS SELECT DISTINCT data_class FROM rule;

CREATE TABLE situation AS
SELECT rule.version, named_agent.agent, named_class.data_class,
  list(struct_pack(tool := rule.tool, min_tokens_in := rule.min_tokens_in, number := rule.number)
    ORDER BY rule.priority, rule.number) AS candidates
FROM rule, named_agent, named_class
WHERE rule.action IN ('allow', 'escalate', 'block')
  AND rule.agent IN ('*', named_agent.agent) AND rule.data_class IN ('*', named_class.data_class)
GROUP BY ALL;

-- Names that are kept with each decision.
CREATE TYPE rule_name AS ENUM (SELECT '-' UNION SELECT rule_id FROM rule ORDER BY 1);
CREATE TYPE owner_name AS ENUM (SELECT '-' UNION SELECT owner FROM ownership_row ORDER BY 1);
CREATE TYPE version_name AS ENUM (SELECT '-' UNION SELECT version FROM version_row ORDER BY 1);
CREATE TYPE status_name AS ENUM ('-', 'none', 'departed', 'owned');
CREATE TYPE class_name AS ENUM (
  'malformed', 'no_policy', 'no_rule', 'not_served', 'blocked_but_served', 'over_blocked', 'jurisdiction_violation',
  'drift_not_escalated', 'permitted_fallback', 'wrong_target', 'unattributed_escalation', 'implicit_escalation',
  'silent_substitution', 'rule_mismatch', 'compliant');

-- Judging ------------------------------------------------------------------------------------------------------------

-- From here on the order of rows has no meaning, and keeping it would hold whole files in memory.
SET preserve_insertion_order = false;

CREATE TABLE decided AS
WITH record AS (
  -- §1: only the members of the top level are read. Absent, `null` and "" are one thing.
  SELECT instant(ts) AS moment, coalesce(request_id, '') AS request_id, coalesce(agent, '') AS agent,
    coalesce(requested_model, '') AS requested_model, coalesce(served_model, '') AS served_model,
    coalesce(deployment, '') AS deployment, coalesce(rule_id, '') AS claimed_rule,
    coalesce(escalated_from, '') AS escalated_from, coalesce("trigger", '') AS reason, coalesce(data_class, '') AS data_class,
    coalesce(tools, []) AS tools, coalesce(outcome, '') AS outcome, coalesce(tokens_in, 0) AS tokens_in,
    coalesce(tokens_out, 0) AS tokens_out, coalesce(cost_usd, 0) AS cost_usd
  FROM read_json(getvariable('folder') || '/routing*.jsonl', format = 'newline_delimited', ignore_errors = true,
    maximum_object_size = 16777216,
    columns = {
      ts: 'VARCHAR', request_id: 'VARCHAR', agent: 'VARCHAR', requested_model: 'VARCHAR', served_model: 'VARCHAR',
      deployment: 'VARCHAR', rule_id: 'VARCHAR', escalated_from: 'VARCHAR', "trigger": 'VARCHAR', data_class: 'VARCHAR',
      tools: 'VARCHAR[]', outcome: 'VARCHAR', tokens_in: 'BIGINT', tokens_out: 'BIGINT', cost_usd: 'DECIMAL(18, 6)'})
), checked AS (
  -- §2: a malformed line has no `moment` from here on. Of a line that is no JSON object every member is NULL, `ts` among them.
  SELECT * REPLACE (CASE WHEN request_id <> '' AND outcome IN ('success', 'blocked', 'error')
    AND (outcome <> 'success' OR (requested_model <> '' AND served_model <> '')) THEN moment END AS moment)
  FROM record
), in_version AS (
  SELECT checked.*, in_force.version, in_force.permits
  FROM checked
  LEFT JOIN version_in_force AS in_force ON in_force.starts <= checked.moment AND checked.moment < in_force.ends
), under_rule AS (
  -- §3: the first candidate whose tool was offered and whose threshold is reached.
  SELECT in_version.*,
    list_filter(candidates, lambda candidate:
      (candidate.tool = '*' OR list_contains(tools, candidate.tool)) AND tokens_in >= candidate.min_tokens_in
    )[1].number AS rule_number
  FROM in_version
  LEFT JOIN named_agent ON named_agent.agent = in_version.agent
  LEFT JOIN named_class ON named_class.data_class = in_version.data_class
  LEFT JOIN situation ON situation.version = in_version.version
    AND situation.agent = coalesce(named_agent.agent, '*') AND situation.data_class = coalesce(named_class.data_class, '*')
), looked_up AS (
  SELECT under_rule.*, rule.rule_id, rule.action, rule.escalate_to,
    owner_step.owner, coalesce(person.left_at, open_end()) AS left_at,
    outcome = 'success' AS success,
    -- §4: `escalated`, `jurisdiction_ok`.
    (escalated_from <> '' AND escalated_from <> served_model)
      OR coalesce(served.tier, 0) > coalesce(requested.tier, 0) AS escalated,
    rule.allowed_jurisdictions = '|*|'
      OR contains(rule.allowed_jurisdictions, piped(coalesce(jurisdiction, 'unknown'))) AS jurisdiction_ok
  FROM under_rule
  LEFT JOIN rule ON rule.number = rule_number
  LEFT JOIN owner_step
    ON owner_step.rule_id = rule.rule_id AND owner_step.starts <= moment AND moment < owner_step.ends
  LEFT JOIN person ON person.owner = owner_step.owner
  LEFT JOIN place_step
    ON place_step.deployment = under_rule.deployment AND place_step.starts <= moment AND moment < place_step.ends
  LEFT JOIN model AS served ON served.model = served_model
  LEFT JOIN model AS requested ON requested.model = requested_model
), classed AS (
  SELECT *,
    -- §4: `permitted`. Worked out only for the few decisions that ask for it.
    len(list_filter(permits, lambda permit:
      permit.agent IN ('*', agent) AND permit.data_class IN ('*', data_class)
      AND (permit.tool = '*' OR list_contains(tools, permit.tool)) AND tokens_in >= permit.min_tokens_in
      AND permit.from_model IN ('*', requested_model) AND contains(piped(permit.escalate_to), piped(served_model))
      AND (permit.triggers = '|*|' OR contains(permit.triggers, piped(reason))))) > 0 AS permitted,
    -- §5: the first that holds.
    CASE
      WHEN moment IS NULL THEN 'malformed'
      WHEN version IS NULL THEN 'no_policy'
      WHEN rule_id IS NULL THEN 'no_rule'
      WHEN outcome = 'error' THEN 'not_served'
      WHEN success AND action = 'block' THEN 'blocked_but_served'
      WHEN outcome = 'blocked' AND action <> 'block' THEN 'over_blocked'
      WHEN success AND NOT jurisdiction_ok THEN 'jurisdiction_violation'
      WHEN success AND action = 'escalate' AND served_model <> escalate_to AND NOT escalated THEN 'drift_not_escalated'
      WHEN success AND action = 'escalate' AND served_model <> escalate_to
        THEN CASE WHEN permitted THEN 'permitted_fallback' ELSE 'wrong_target' END
      WHEN success AND action = 'escalate' AND escalated AND claimed_rule = '' THEN 'unattributed_escalation'
      WHEN success AND action = 'allow' AND escalated
        THEN CASE WHEN permitted THEN 'permitted_fallback' ELSE 'implicit_escalation' END
      WHEN success AND action = 'allow' AND served_model <> requested_model
        THEN CASE WHEN permitted THEN 'permitted_fallback' ELSE 'silent_substitution' END
      WHEN claimed_rule NOT IN ('', rule_id)
        AND NOT coalesce(list_contains(list_transform(permits, lambda permit: permit.rule_id), claimed_rule), false)
        THEN 'rule_mismatch'
      ELSE 'compliant'
    END AS class
  FROM looked_up
)
-- §7: the parts of the tally's key.
SELECT make_timestamp(moment)::DATE AS day, coalesce(rule_id, '-')::rule_name AS rule_id,
  coalesce(version, '-')::version_name AS version, coalesce(owner, '-')::owner_name AS owner,
  CASE WHEN rule_id IS NULL THEN '-' WHEN owner = '-' THEN 'none' WHEN left_at <= moment THEN 'departed' ELSE 'owned' END
    ::status_name AS owner_status,
  class::class_name AS class, tokens_in, tokens_out, (cost_usd * 1000000)::BIGINT AS cost_micros, request_id
FROM classed;

-- The three files ----------------------------------------------------------------------------------------------------

-- §8: quoted as in RFC 4180 where needed.
CREATE MACRO field(text) AS
  CASE WHEN regexp_matches(text, '[,"\r\n]') THEN '"' || replace(text, '"', '""') || '"' ELSE text END;

-- §8: lines with their LF, sorted by bytes, which is how DuckDB compares text.
CREATE MACRO sorted_lines(line) AS coalesce(string_agg(line || chr(10), '' ORDER BY line), '');

-- §7: the sums of malformed lines are 0.
CREATE TABLE tally AS
SELECT concat_ws(',', coalesce(day::VARCHAR, '-'), field(rule_id::VARCHAR), field(version::VARCHAR),
  field(owner::VARCHAR), owner_status, class, count(*),
  coalesce(sum(tokens_in) FILTER (class <> 'malformed'), 0), coalesce(sum(tokens_out) FILTER (class <> 'malformed'), 0),
  coalesce(sum(cost_micros) FILTER (class <> 'malformed'), 0)) AS line
FROM decided GROUP BY day, rule_id, version, owner, owner_status, class;

-- §5: every class but four is an exception.
CREATE TABLE exception AS
SELECT field(request_id) || ',' || class::VARCHAR AS line
FROM decided WHERE class NOT IN ('compliant', 'permitted_fallback', 'not_served', 'malformed');

-- §7: the five smallest digests of each stratum, equal ones once. Repeats of a request may fill the list before five are found;
-- that many repeats among so few digests would need another query, so they stop this one.
CREATE TABLE sample AS
SELECT field(rule_id::VARCHAR) || ',' || class::VARCHAR || ',' || field(unnest(
  CASE WHEN len(smallest) = 25 AND len(list_distinct(smallest)) < 5 THEN error('A stratum repeats too few requests too often.')
  ELSE list_transform(list_sort(list_distinct(smallest))[:5], lambda found: found[65:]) END)) AS line
FROM (
  SELECT rule_id, class, min(sha256(getvariable('sample_seed') || ':' || request_id) || request_id, 25) AS smallest
  FROM decided WHERE rule_id <> '-' GROUP BY rule_id, class);
