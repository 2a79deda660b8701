-- The columns that a routing decision needs. Yours may be more, in another order, or a view over what you have.
CREATE TABLE decisions
(
    ts              DateTime64(6, 'UTC'),
    request_id      String,
    agent           LowCardinality(String),
    requested_model LowCardinality(String),
    served_model    LowCardinality(String),
    provider        LowCardinality(String),
    deployment      LowCardinality(String),
    rule_id         Nullable(String),
    escalated_from  Nullable(String),
    trigger         Nullable(String),
    data_class      LowCardinality(String),
    tools           Array(String),
    outcome         LowCardinality(String),
    tokens_in       UInt64,
    tokens_out      UInt64,
    cost_usd        Float64,
    api_key_alias   Nullable(String)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(ts)
ORDER BY (ts, request_id);
