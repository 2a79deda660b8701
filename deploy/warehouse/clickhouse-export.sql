-- One file of Tenure's native log: the decisions from one instant until just before another.
--
--     clickhouse-client --param_from='2026-07-01 00:00:00' --param_until='2026-07-02 00:00:00' --queries-file clickhouse-export.sql
--
-- Every column is in the order: rows that differ in anything have a place of their own, so two exports are the same, byte for byte.
SELECT
    ts, request_id, agent, requested_model, served_model, provider, deployment, rule_id, escalated_from, trigger,
    data_class, tools, outcome, tokens_in, tokens_out, cost_usd, api_key_alias
FROM decisions
WHERE ts >= {from:DateTime64(6, 'UTC')} AND ts < {until:DateTime64(6, 'UTC')}
ORDER BY ALL
SETTINGS
    date_time_output_format = 'iso',
    output_format_json_quote_64bit_integers = 0,
    output_format_json_escape_forward_slashes = 0
FORMAT JSONEachRow;
