-- One file of Tenure's native log from Parquet or any other table that DuckDB reads: the decisions from one instant until just before another.
--
--     duckdb -c "SET TimeZone = 'UTC'; CREATE VIEW decisions AS FROM 'decisions/*.parquet';
--                SET VARIABLE from_instant = TIMESTAMPTZ '2026-07-01 00:00:00Z'; SET VARIABLE until_instant = TIMESTAMPTZ '2026-07-02 00:00:00Z';" \
--            -c ".read duckdb-export.sql" > 2026-07-01.jsonl
--
-- Every column is in the order: rows that differ in anything have a place of their own, so two exports are the same, byte for byte.
COPY (
    SELECT
        strftime(ts AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS ts, request_id, agent, requested_model, served_model,
        provider, deployment, rule_id, escalated_from, "trigger", data_class, tools, outcome, tokens_in, tokens_out,
        cost_usd, api_key_alias
    FROM decisions
    WHERE ts >= getvariable('from_instant') AND ts < getvariable('until_instant')
    ORDER BY ALL
) TO '/dev/stdout' (FORMAT json);
