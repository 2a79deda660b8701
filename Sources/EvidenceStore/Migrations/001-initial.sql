-- The evidence store, schema 1. Every table and column is described in docs/store.md.
-- Instants are UTC microseconds since 1970-01-01T00:00:00Z; days are ISO dates.
-- Texts from logs have U+0000 shown as U+2400; `canonical` columns are exact.

-- What scanning one part of one log came to. Rows without `source_sha256` belong to a scan that is under way or was killed.
CREATE TABLE partial (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  source_sha256 TEXT,
  source_bytes INTEGER NOT NULL,
  text_from INTEGER NOT NULL,
  text_to INTEGER NOT NULL,
  is_unterminated INTEGER NOT NULL,
  is_end INTEGER NOT NULL,
  format TEXT NOT NULL,
  shape TEXT NOT NULL,
  plan_sha256 TEXT NOT NULL,
  neighbours_sha256 TEXT NOT NULL,
  compression TEXT NOT NULL,
  damage TEXT,
  lines INTEGER NOT NULL,
  blank INTEGER NOT NULL,
  malformed INTEGER NOT NULL,
  out_of_period INTEGER NOT NULL,
  judged INTEGER NOT NULL,
  folded INTEGER NOT NULL,
  other INTEGER NOT NULL,
  exceptions INTEGER NOT NULL,
  zone_assumed INTEGER NOT NULL,
  first_at INTEGER,
  last_at INTEGER,
  UNIQUE (source_sha256, text_from, text_to, format, shape, plan_sha256, neighbours_sha256),
  CHECK (lines = blank + malformed + out_of_period + judged)
) STRICT;

CREATE INDEX partial_by_name ON partial (name);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  period TEXT NOT NULL UNIQUE,
  plan_sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  part INTEGER NOT NULL,
  name TEXT NOT NULL,
  is_present INTEGER NOT NULL,
  partial_id INTEGER NOT NULL REFERENCES partial,
  PRIMARY KEY (run_id, ordinal, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_by_partial ON source (partial_id);

-- What each log was when a run of the period used it last; it stays when the log does not.
CREATE TABLE known_log (
  period TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  compression TEXT NOT NULL,
  first_line_sha256 TEXT,
  PRIMARY KEY (period, name)
) STRICT, WITHOUT ROWID;

-- A log whose bytes were others when it was scanned before. Nothing removes these rows.
CREATE TABLE altered_log (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  before_bytes INTEGER NOT NULL,
  before_sha256 TEXT NOT NULL,
  after_bytes INTEGER NOT NULL,
  UNIQUE (name, before_bytes, before_sha256)
) STRICT;

CREATE TABLE tally (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  day TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version TEXT NOT NULL,
  owner TEXT NOT NULL,
  owner_status TEXT NOT NULL,
  class TEXT NOT NULL,
  n INTEGER NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  indeterminate INTEGER NOT NULL,
  served INTEGER NOT NULL,
  blocked INTEGER NOT NULL,
  with_tools INTEGER NOT NULL,
  after_failure INTEGER NOT NULL,
  moved INTEGER NOT NULL,
  sensitive_served INTEGER NOT NULL,
  sensitive_unplaced INTEGER NOT NULL,
  unclassified INTEGER NOT NULL,
  over_cost INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (partial_id, day, rule_id, version, owner, owner_status, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE exception (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  canonical BLOB NOT NULL,
  line INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  line_sha256 TEXT NOT NULL,
  at INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version TEXT NOT NULL,
  owner TEXT NOT NULL,
  owner_status TEXT NOT NULL,
  class TEXT NOT NULL,
  indeterminate INTEGER NOT NULL,
  agent TEXT NOT NULL,
  data_class TEXT NOT NULL,
  requested_model TEXT NOT NULL,
  served_model TEXT NOT NULL,
  provider TEXT NOT NULL,
  deployment TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  claimed_rule TEXT NOT NULL,
  escalated_from TEXT NOT NULL,
  trigger TEXT NOT NULL,
  tools TEXT NOT NULL,
  outcome TEXT NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  PRIMARY KEY (partial_id, byte_offset)
) STRICT, WITHOUT ROWID;

-- exception_by_rule and exception_by_owner are made when a run asks for them, after its scan: see RunWriter.

CREATE TABLE reject (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  line INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  line_sha256 TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (partial_id, byte_offset)
) STRICT, WITHOUT ROWID;

-- Candidates of each kind of sample; a decision may be one of several.
CREATE TABLE sample (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  canonical BLOB NOT NULL,
  line INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  line_sha256 TEXT NOT NULL,
  at INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  version TEXT NOT NULL,
  owner TEXT NOT NULL,
  owner_status TEXT NOT NULL,
  class TEXT NOT NULL,
  indeterminate INTEGER NOT NULL,
  agent TEXT NOT NULL,
  data_class TEXT NOT NULL,
  requested_model TEXT NOT NULL,
  served_model TEXT NOT NULL,
  provider TEXT NOT NULL,
  deployment TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  claimed_rule TEXT NOT NULL,
  escalated_from TEXT NOT NULL,
  trigger TEXT NOT NULL,
  tools TEXT NOT NULL,
  outcome TEXT NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  PRIMARY KEY (partial_id, kind, byte_offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_digest (
  id INTEGER PRIMARY KEY,
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  bucket INTEGER NOT NULL,
  digests BLOB NOT NULL
) STRICT;

CREATE INDEX request_digest_by_partial ON request_digest (partial_id, bucket);

CREATE TABLE hour (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  hour INTEGER NOT NULL,
  judged INTEGER NOT NULL,
  exceptions INTEGER NOT NULL,
  PRIMARY KEY (partial_id, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  n INTEGER NOT NULL,
  unlisted INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  switched_off INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (partial_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  served_model TEXT NOT NULL,
  provider TEXT NOT NULL,
  jurisdiction TEXT NOT NULL,
  is_sensitive INTEGER NOT NULL,
  has_tools INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (partial_id, served_model, provider, jurisdiction, is_sensitive, has_tools)
) STRICT, WITHOUT ROWID;

CREATE TABLE routed (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  rule_id TEXT NOT NULL,
  version TEXT NOT NULL,
  week TEXT NOT NULL,
  served_model TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (partial_id, rule_id, version, week, served_model)
) STRICT, WITHOUT ROWID;

CREATE TABLE permitted (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  rule_id TEXT NOT NULL,
  version TEXT NOT NULL,
  n INTEGER NOT NULL,
  ambiguous INTEGER NOT NULL,
  PRIMARY KEY (partial_id, rule_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE served_day (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  day TEXT NOT NULL,
  served_model TEXT NOT NULL,
  n INTEGER NOT NULL,
  tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL,
  cost_micros INTEGER NOT NULL,
  PRIMARY KEY (partial_id, day, served_model)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  side TEXT NOT NULL,
  name TEXT NOT NULL,
  other_side TEXT NOT NULL,
  other TEXT NOT NULL,
  n INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (partial_id, side, other_side, name, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE neighbour (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  version TEXT NOT NULL,
  neighbour TEXT NOT NULL,
  is_before INTEGER NOT NULL,
  rule_id TEXT NOT NULL,
  class TEXT NOT NULL,
  neighbour_rule_id TEXT NOT NULL,
  neighbour_class TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (partial_id, version, neighbour, is_before, rule_id, class, neighbour_rule_id, neighbour_class)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenure_count (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  rule_id TEXT NOT NULL,
  record INTEGER NOT NULL,
  n INTEGER NOT NULL,
  redecided INTEGER NOT NULL,
  PRIMARY KEY (partial_id, rule_id, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE redecided_version (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  version TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (partial_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_count (
  partial_id INTEGER NOT NULL REFERENCES partial ON DELETE CASCADE,
  field TEXT NOT NULL,
  empty INTEGER NOT NULL,
  inferred INTEGER NOT NULL,
  matched INTEGER NOT NULL,
  PRIMARY KEY (partial_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_version (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  version TEXT NOT NULL,
  effective_from INTEGER NOT NULL,
  recorded_at INTEGER,
  author TEXT,
  approved_by TEXT NOT NULL,
  approved_at INTEGER,
  ticket TEXT,
  source TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  is_readable INTEGER NOT NULL,
  rules INTEGER NOT NULL,
  PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_change (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  version TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenure (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  rule_id TEXT NOT NULL,
  record INTEGER NOT NULL,
  owner TEXT NOT NULL,
  role TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER,
  recorded_at INTEGER,
  source TEXT NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  id TEXT NOT NULL,
  check_id TEXT NOT NULL,
  result TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  summary TEXT NOT NULL,
  n INTEGER NOT NULL,
  population INTEGER NOT NULL,
  PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What the last finished run of each period found of every control; it outlives the run's other rows.
CREATE TABLE coverage (
  period TEXT NOT NULL,
  from_at INTEGER,
  to_at INTEGER,
  framework TEXT NOT NULL,
  control TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (period, framework, control)
) STRICT, WITHOUT ROWID;
