#!/usr/bin/env python3
"""The exports of deploy/warehouse, held against the logs themselves: the quickstart's decisions go into ClickHouse and into Parquet, come
out by the queries as they stand there, and make the same tally, exceptions and sample as the lines that they were.

    warehouse.py PATH-OF-TENURE
"""
import csv
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import chdb.session
import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUERIES = ROOT / "deploy" / "warehouse"
# Edges inside a day and on no whole second: every decision belongs to one split all the same.
EDGES = ["2026-01-01 00:00:00", "2026-07-01 00:00:00", "2026-08-15 12:00:00.500001", "2026-09-07 09:00:00", "2027-01-01 00:00:00"]
TEXTS = ["agent", "requested_model", "served_model", "provider", "deployment", "data_class", "outcome"]
NULLABLE = ["rule_id", "escalated_from", "trigger", "api_key_alias"]


def opened(path):
    if path.suffix == ".zst":
        return subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def configured(folder, logs):
    """A configuration like the quickstart's, over other logs."""
    text = (ROOT / "examples/quickstart/tenure.yaml").read_text()
    quickstart = ROOT / "examples/quickstart"
    for name in ("policy", "ownership.csv", "people.csv", "models.csv", "deployments.csv"):
        (folder / name).symlink_to(quickstart / name)
    (folder / "logs").mkdir()
    for name, lines in logs.items():
        (folder / "logs" / name).write_bytes(lines)
    (folder / "tenure.yaml").write_text(text)


def pack(program, folder):
    subprocess.run([program, "run", "--config", folder / "tenure.yaml", "--out", folder / "out", "--store", folder / "s.sqlite"],
                   check=True, capture_output=True)
    return {name: (folder / "out/2026q3/data" / name).read_bytes() for name in ("tally.csv", "exceptions.csv", "sample.csv")}


def decisions(program, folder):
    """The lines of the quickstart that are decisions, by log."""
    out = folder / "as-it-is"
    subprocess.run([program, "run", "--config", ROOT / "examples/quickstart/tenure.yaml", "--out", out, "--store", out / "s.sqlite"],
                   check=True, capture_output=True)
    with open(out / "2026q3/data/rejects.csv", newline="") as file:
        rejected = {(pathlib.Path(row["source"]).name, int(row["line"])) for row in csv.DictReader(file)}
    logs = {}
    for path in sorted((ROOT / "examples/quickstart/logs").iterdir()):
        lines = opened(path).splitlines(keepends=True)
        logs[path.name.split(".")[0] + ".jsonl"] = b"".join(
            line for number, line in enumerate(lines, 1) if line.strip() and (path.name, number) not in rejected)
    return logs


def fill(clickhouse, logs, folder):
    (folder / "all.jsonl").write_bytes(b"".join(logs.values()))
    clickhouse.query("CREATE DATABASE gateway")
    clickhouse.query("USE gateway")
    clickhouse.query((QUERIES / "clickhouse-table.sql").read_text())
    columns = ", ".join(["ts String", "request_id String"] + [f"{name} String" for name in TEXTS]
                        + [f"{name} Nullable(String)" for name in NULLABLE]
                        + ["tools Array(String)", "tokens_in UInt64", "tokens_out UInt64", "cost_usd Float64"])
    clickhouse.query(f"""
        INSERT INTO decisions ({", ".join(name.split()[0] for name in columns.split(", "))})
        SELECT parseDateTime64BestEffort(ts, 6, 'UTC'), * EXCEPT (ts) FROM file('{folder}/all.jsonl', JSONEachRow, '{columns}')
        SETTINGS input_format_null_as_default = 1, input_format_skip_unknown_fields = 1""")


def from_clickhouse(clickhouse):
    query = (QUERIES / "clickhouse-export.sql").read_text()
    for start, end in zip(EDGES, EDGES[1:]):
        clickhouse.query(f"SET param_from = '{start}'")
        clickhouse.query(f"SET param_until = '{end}'")
        yield clickhouse.query(query).bytes()


def from_duckdb(folder):
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.execute(f"CREATE VIEW decisions AS FROM '{folder}/decisions.parquet'")
    query = (QUERIES / "duckdb-export.sql").read_text()
    target = folder / "export.jsonl"
    assert "TO '/dev/stdout'" in query
    for start, end in zip(EDGES, EDGES[1:]):
        database.execute(f"SET VARIABLE from_instant = TIMESTAMPTZ '{start}Z'; SET VARIABLE until_instant = TIMESTAMPTZ '{end}Z'")
        database.execute(query.replace("/dev/stdout", str(target)))
        yield target.read_bytes()


def main(program):
    faults = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        logs = decisions(program, folder)
        clickhouse = chdb.session.Session()
        fill(clickhouse, logs, folder)
        clickhouse.query(f"INSERT INTO FUNCTION file('{folder}/decisions.parquet', Parquet) SELECT * FROM decisions "
                         "SETTINGS output_format_parquet_string_as_string = 1")
        exports = {"the logs": logs}
        for name, splits in (("ClickHouse", from_clickhouse(clickhouse)), ("DuckDB", from_duckdb(folder))):
            exports[name] = {f"{number}.jsonl": lines for number, lines in enumerate(splits, 1)}
        packs = {}
        for number, (name, files) in enumerate(exports.items()):
            (folder / str(number)).mkdir()
            configured(folder / str(number), files)
            packs[name] = pack(program, folder / str(number))
            lines = sum(len(text.splitlines()) for text in files.values())
            same = {table: packs[name][table] == packs["the logs"][table] for table in packs[name]}
            print(f"{name:<12}{len(files)} files {lines:>5} lines  " + ", ".join(f"{table} {'same' if yes else 'DIFFERS'}" for table, yes in same.items()))
            faults += sum(not yes for yes in same.values())
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
