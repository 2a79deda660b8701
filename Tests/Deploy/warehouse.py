#!/usr/bin/env python3
"""The exports of deploy/warehouse, held against the logs themselves: the quickstart's decisions, and some within one second, go into a Parquet
file, come out by the queries as they stand there, and make the same tally, exceptions and sample as the lines that they were.

    warehouse.py PATH-OF-TENURE [--clickhouse]     with --clickhouse, in ClickHouse too, as the package chdb: 600 MB
"""
import csv
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUERIES = ROOT / "deploy" / "warehouse"
# Edges inside a day and on no whole second: every decision belongs to one split all the same.
EDGES = ["2026-01-01 00:00:00", "2026-07-01 00:00:00", "2026-08-15 12:00:00.500001", "2026-09-07 09:00:00", "2027-01-01 00:00:00"]
# Just before, at and just after an edge: what keeps less than microseconds puts them into the wrong file, or makes them one.
WITHIN_A_SECOND = ["12:00:00.5", "12:00:00.500000000", "12:00:00.500001", "12:00:00.500002"]
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


def within_a_second(logs):
    """Exceptions, so that their instants stand in the pack."""
    known = json.loads(next(iter(logs.values())).split(b"\n")[0])
    rows = [known | {"ts": f"2026-08-15T{time}Z", "request_id": f"within-{number}", "served_model": "another-model"}
            for number, time in enumerate(WITHIN_A_SECOND)]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def into_duckdb(logs, folder):
    (folder / "all.jsonl").write_bytes(b"".join(logs.values()))
    columns = {"ts": "VARCHAR", "request_id": "VARCHAR"} | {name: "VARCHAR" for name in TEXTS + NULLABLE}
    columns |= {"tools": "VARCHAR[]", "tokens_in": "UBIGINT", "tokens_out": "UBIGINT", "cost_usd": "DOUBLE"}
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    listed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    database.execute(f"""
        COPY (SELECT * REPLACE (ts::TIMESTAMPTZ AS ts, coalesce(tools, []) AS tools, coalesce(cost_usd, 0) AS cost_usd, coalesce(tokens_in, 0) AS tokens_in,
                                coalesce(tokens_out, 0) AS tokens_out)
              FROM read_json('{folder}/all.jsonl', format = 'newline_delimited', columns = {{{listed}}}))
        TO '{folder}/decisions.parquet' (FORMAT parquet)""")


def into_clickhouse(logs, folder):
    import chdb.session
    clickhouse = chdb.session.Session()
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
    return clickhouse


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


def main(program, clickhouse_too):
    faults = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        logs = decisions(program, folder)
        logs["within-a-second.jsonl"] = within_a_second(logs)
        into_duckdb(logs, folder)
        exports = {"the logs": logs, "DuckDB": numbered(from_duckdb(folder))}
        if clickhouse_too:
            exports["ClickHouse"] = numbered(from_clickhouse(into_clickhouse(logs, folder)))
        packs = {}
        for number, (name, files) in enumerate(exports.items()):
            (folder / str(number)).mkdir()
            configured(folder / str(number), files)
            packs[name] = pack(program, folder / str(number))
            lines = sum(len(text.splitlines()) for text in files.values())
            same = {table: packs[name][table] == packs["the logs"][table] for table in packs[name]}
            same["edges"] = files is logs or [text.count(b'"within-') for text in files.values()] == [0, 2, 2, 0]
            print(f"{name:<12}{len(files)} files {lines:>5} lines  " + ", ".join(f"{what} {'same' if yes else 'DIFFERS'}" for what, yes in same.items()))
            faults += sum(not yes for yes in same.values())
    return 1 if faults else 0


def numbered(texts):
    return {f"{number}.jsonl": text for number, text in enumerate(texts, 1)}


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), "--clickhouse" in sys.argv[2:]))
