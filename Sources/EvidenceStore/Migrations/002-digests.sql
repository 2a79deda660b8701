-- Digests of what the store keeps, so that a byte that changed on the disk is found. Described in docs/store.md.

-- Of the rows that a partial has in other tables, and of its own row with that digest.
ALTER TABLE partial ADD COLUMN rows_sha256 TEXT;
ALTER TABLE partial ADD COLUMN row_sha256 TEXT;

-- Of all rows of a table that outlives the run that wrote it.
CREATE TABLE table_digest (
  name TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
