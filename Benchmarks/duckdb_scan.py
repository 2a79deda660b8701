#!/usr/bin/env python3
"""Judges a workload with DuckDB (scan.sql) and writes tally.csv, exceptions.csv and sample.csv.

    duckdb_scan.py WORKLOAD --out FOLDER [--threads N]

Prints one line of JSON: counts, and the SHA-256 of the three files.
"""
import argparse
import hashlib
import json
import pathlib
import re
import sys

REGISTERS = ["policy_versions.csv", "policy_rules.csv", "ownership.csv", "people.csv", "models.csv", "deployments.csv"]
COUNTS = """
SELECT count(*) FILTER (class <> 'malformed') AS judged,
  count(*) FILTER (class = 'malformed') AS malformed,
  -- A 64-bit hash stands for the id, as it does in the program.
  count(*) FILTER (class <> 'malformed') - count(DISTINCT hash(request_id)) FILTER (class <> 'malformed') AS duplicates
FROM decided
"""


class Unusable(Exception):
    """What was handed in cannot be judged; the text says what to do."""


def arguments():
    parser = argparse.ArgumentParser(description="Judges a workload with DuckDB.")
    parser.add_argument("workload", type=pathlib.Path, help="folder with tenure.yaml, the log and the registers")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder that receives the three files")
    parser.add_argument("--threads", type=int, default=1, help="threads that DuckDB may use (1)")
    chosen = parser.parse_args()
    if chosen.threads < 1:
        parser.error("--threads takes a whole number from 1 on")
    return chosen


def sample_seed(workload):
    """The seed that tenure.yaml names. The two settings that matter here are found without a YAML parser."""
    configuration = workload / "tenure.yaml"
    if not configuration.is_file():
        raise Unusable(f"There is no {configuration}. Name a folder that the workload generator wrote.")
    text = configuration.read_text(encoding="utf-8")
    settings = dict(re.findall(r"^(period|sample-seed): *(\S+) *$", text, re.MULTILINE))
    if settings.get("period") != "all" or "sample-seed" not in settings:
        raise Unusable(f"{configuration} must say 'period: all' and a sample-seed: scan.sql judges the whole log.")
    return settings["sample-seed"]


def main():
    chosen = arguments()
    try:
        import duckdb
    except ImportError as reason:
        raise Unusable("DuckDB is not installed for this Python. Run Benchmarks/prepare.sh.") from reason
    seed = sample_seed(chosen.workload)
    missing = [name for name in REGISTERS if not (chosen.workload / name).is_file()]
    if missing or not any(chosen.workload.glob("routing*.jsonl")):
        raise Unusable(f"{chosen.workload} lacks {', '.join(missing) or 'routing*.jsonl'}. Generate the workload again.")
    chosen.out.mkdir(parents=True, exist_ok=True)

    database = duckdb.connect(config={"threads": chosen.threads, "temp_directory": str(chosen.out / "spilled")})
    database.execute("SET VARIABLE folder = $1", [str(chosen.workload)])
    database.execute("SET VARIABLE sample_seed = $1", [seed])
    try:
        database.execute(pathlib.Path(__file__).with_name("scan.sql").read_text(encoding="utf-8"))
        judged, malformed, duplicates = database.execute(COUNTS).fetchone()
        answer = {"judged": judged, "malformed": malformed, "duplicate_request_ids": duplicates}
        for name, table in (("tally", "tally"), ("exceptions", "exception"), ("sample", "sample")):
            (text,) = database.execute(f"SELECT sorted_lines(line) FROM {table}").fetchone()
            content = text.encode("utf-8")
            (chosen.out / f"{name}.csv").write_bytes(content)
            answer[f"{name}_sha256"] = hashlib.sha256(content).hexdigest()
    except duckdb.Error as reason:
        raise Unusable(f"DuckDB {duckdb.__version__} could not judge {chosen.workload}: {reason}") from reason
    print(json.dumps(answer))


if __name__ == "__main__":
    try:
        main()
    except Unusable as reason:
        sys.exit(str(reason))
