#!/usr/bin/env python3
"""Scans the splits of a manifest on a Spark cluster and leaves one partial a split. See README.md beside this file.

Only lines of the manifest and finished partials go through Spark. A worker runs the program on its split and returns what it wrote,
with a digest; nothing is left anywhere else, so that an attempt that died or ran twice leaves no trace.
"""

import argparse
import collections
import gzip
import hashlib
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

# How scan ends where it wrote a partial: done, or done with a log that is damaged.
WRITTEN = (0, 3)


def scan(split, options):
    """Runs one split, on a worker: its number, the partial with its digest, or why there is none."""
    try:
        with tempfile.TemporaryDirectory() as scratch:
            partial = os.path.join(scratch, "partial")
            command = [options["tenure"] or from_driver(options["tenure_name"]), "scan", "--jobs", str(options["jobs"]),
                       "--inputs", from_driver(options["inputs"]),
                       "--split", split["argument"], "--out", partial]
            fetch = None
            if options["fetch"]:
                # One byte before the split, by which the program knows whether a record begins with it.
                first = max(0, split["start"] - 1)
                words = [word.replace("{first}", str(first)).replace("{log}", split["log"]) for word in shlex.split(options["fetch"])]
                fetch = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                command += ["--log", "-"]
            else:
                command += ["--log", os.path.join(options["logs"], split["log"])]
            run = subprocess.run(command, stdin=fetch.stdout if fetch else subprocess.DEVNULL, capture_output=True, text=True)
            if fetch:
                # The program has what it wants, and says so itself where the stream broke off.
                fetch.stdout.close()
                fetch.kill()
                fetch.wait()
            if run.returncode not in WRITTEN:
                return split["split"], None, None, run.stderr.strip()[-1000:] or f"it ended with {run.returncode}"
            body = gzip.compress(pathlib.Path(partial).read_bytes(), mtime=0)
            return split["split"], hashlib.sha256(body).hexdigest(), body, None
    except OSError as error:
        return split["split"], None, None, str(error)


def from_driver(name):
    """A file that the driver handed to all workers."""
    from pyspark import SparkFiles
    return SparkFiles.get(name)


def plan(manifest, folder):
    """The splits of the manifest, which is laid beside their partials for tenure run."""
    text = manifest.read_text(encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / "splits.jsonl"
    if beside.exists() and beside.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{folder} holds the partials of another plan. Name another folder with --out.")
    beside.write_text(text, encoding="utf-8")
    return [line for line in map(json.loads, text.split("\n")[:-1]) if "split" in line]


def missing(splits, folder):
    """Splits whose partial is not in the folder yet: a driver that was lost goes on from there."""
    return [split for split in splits if not (folder / name(split["split"])).exists()]


def name(number):
    return f"{number:06d}.partial.gz"


def keep(results, asked, folder):
    """Writes what came back, each split once; returns why the others have nothing."""
    counts = collections.Counter(number for number, *_ in results)
    if counts != collections.Counter(split["split"] for split in asked):
        raise SystemExit("The cluster did not return each split once. Nothing of this round was kept.")
    failures = {}
    for number, digest, body, reason in results:
        if reason is None and hashlib.sha256(body).hexdigest() != digest:
            reason = "its partial arrived damaged"
        if reason is not None:
            failures[number] = reason
            continue
        unfinished = folder / f".{name(number)}.unfinished"
        unfinished.write_bytes(body)
        unfinished.replace(folder / name(number))
    return failures


def arguments():
    parser = argparse.ArgumentParser(description="Scans the splits of a manifest on a Spark cluster.")
    parser.add_argument("--splits", required=True, type=pathlib.Path, help="the manifest that tenure splits wrote")
    parser.add_argument("--inputs", required=True, type=pathlib.Path, help="the file of inputs that it wrote")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder for the partials, on the driver")
    parser.add_argument("--tenure", type=pathlib.Path, help="the program, to be sent to the workers")
    parser.add_argument("--worker-tenure", help="where workers have the program already")
    parser.add_argument("--logs", help="the folder below which workers see the logs under their names")
    parser.add_argument("--fetch", help="a command that writes the log {log} from byte {first} on to standard output, run without a shell")
    parser.add_argument("--master", help="of Spark, where spark-submit does not say it")
    parser.add_argument("--jobs", type=int, default=1, help="threads of one worker's program; Spark runs one task a core")
    parser.add_argument("--batch", type=int, default=1000, help="splits whose partials the driver takes at once")
    parser.add_argument("--rounds", type=int, default=3, help="how often a split that failed is tried")
    options = parser.parse_args()
    if bool(options.logs) == bool(options.fetch):
        parser.error("give --logs or --fetch")
    if bool(options.tenure) == bool(options.worker_tenure):
        parser.error("give --tenure or --worker-tenure")
    return options


def main():
    options = arguments()
    # Names and ids of requests stand in partials.
    os.umask(0o077)
    splits = plan(options.splits, options.out)
    from pyspark.sql import SparkSession
    builder = SparkSession.builder.appName("tenure")
    if options.master:
        builder = builder.master(options.master)
    spark = builder.getOrCreate()
    context = spark.sparkContext
    for file in filter(None, (options.tenure, options.inputs)):
        context.addFile(str(file.resolve()))
    # The program goes by its own name there.
    settings = {
        "tenure": options.worker_tenure, "tenure_name": options.tenure and options.tenure.name,
        "inputs": options.inputs.name, "logs": options.logs, "fetch": options.fetch, "jobs": options.jobs,
    }
    failures = {}
    for _ in range(options.rounds):
        left, failures = missing(splits, options.out), {}
        for first in range(0, len(left), options.batch):
            asked = left[first:first + options.batch]
            results = context.parallelize(asked, len(asked)).map(lambda split: scan(split, settings)).collect()
            failures |= keep(results, asked, options.out)
        if not failures:
            break
    spark.stop()
    arguments_of = {split["split"]: split["argument"] for split in splits}
    for number, reason in sorted(failures.items()):
        print(f"split {number}, {arguments_of[number]}: {reason}", file=sys.stderr)
    print(f"{len(splits) - len(failures)} of {len(splits)} splits are in {options.out}")
    return 3 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
