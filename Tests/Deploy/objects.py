#!/usr/bin/env python3
"""Logs in object storage, by the commands of deploy/spark/README.md as they stand there: a stand-in for S3 on this machine, between it and its
clients a line that can be cut, and the pack of a single machine to compare with.

    objects.py PATH-OF-TENURE [--spark]     with --spark, tasks run in Spark itself instead of in the stand-in for it; pyspark has to be installed
"""
import collections
import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "governance"
README = (ROOT / "deploy" / "spark" / "README.md").read_text(encoding="utf-8")


class Line(http.server.BaseHTTPRequestHandler):
    """Hands requests on to the storage. Answers with parts of a log break off as often as `cuts` says."""
    protocol_version = "HTTP/1.0"
    storage = None
    cuts = 0
    seen = collections.Counter()
    lock = threading.Lock()

    def relay(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = http.client.HTTPConnection("127.0.0.1", self.storage)
        connection.request(self.command, self.path, body or None, dict(self.headers))
        answer = connection.getresponse()
        data = answer.read()
        with Line.lock:
            ranged = self.headers.get("Range")
            attempt = (self.path, ranged)
            Line.seen[attempt] += 1
            is_cut = ranged and Line.seen[attempt] <= Line.cuts
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                self.send_header(name, value)
        self.send_header("Content-Length", answer.getheader("Content-Length", str(len(data))))
        self.end_headers()
        # In the middle of a record, and in front of any split's end.
        self.wfile.write(data[:min(4000, len(data) // 2)] if is_cut else data)
        self.close_connection = True

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = relay

    def log_message(self, *_):
        pass


def from_readme(pattern):
    found = re.search(pattern, README, re.MULTILINE | re.DOTALL)
    assert found, f"deploy/spark/README.md has no {pattern}"
    return found.group(1)


class Trial:
    def __init__(self, tenure, uses_spark, folder):
        self.tenure, self.uses_spark, self.folder = tenure, uses_spark, folder
        self.logs = sorted((EXAMPLE / "logs").iterdir())
        shutil.copytree(EXAMPLE, folder / "there")
        shutil.copytree(EXAMPLE, folder / "here", ignore=shutil.ignore_patterns("logs"))
        self.environment = os.environ | {
            "AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1", "PATH": f"{pathlib.Path(sys.executable).parent}:{pathlib.Path(tenure).parent}:{os.environ['PATH']}"}
        if not uses_spark:
            self.environment["PYTHONPATH"] = str(ROOT / "Tests/Deploy/stand-in")

    def connect(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Line)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        Line.storage = free_port()
        self.environment["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{server.server_port}"
        storage = subprocess.Popen([pathlib.Path(sys.executable).parent / "moto_server", "-H", "127.0.0.1", "-p", str(Line.storage)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while storage.poll() is None:
            try:
                http.client.HTTPConnection("127.0.0.1", Line.storage).request("GET", "/")
                return storage
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the stand-in for S3 did not start")

    def run(self, status, *words, **options):
        done = subprocess.run(words, env=self.environment, cwd=self.folder, capture_output=True, text=True, **options)
        assert done.returncode == status, f"{words} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def pack(self, status, config, name, *words):
        out = self.folder / name
        said = self.run(status, self.tenure, "run", "--config", self.folder / config / "tenure.yaml", "--out", out, "--store", out / "s.sqlite", *words)
        return out / "2026q3", said

    def same(self, what, pack):
        self.run(0, "diff", "-r", self.single, pack)
        print(f"{what}: the pack of a single machine, byte for byte", flush=True)

    def plan(self):
        self.single, _ = self.pack(0, "there", "single")
        for bucket in ("gateway-logs", "tenure-work"):
            self.run(0, "aws", "s3api", "create-bucket", "--bucket", bucket)
        for log in self.logs:
            self.run(0, "aws", "s3", "cp", log, f"s3://gateway-logs/logs/{log.name}")
        listing = from_readme(r"^(    aws s3api list-objects-v2 .*?listing\.jsonl)$")
        self.run(0, "sh", "-euc", listing)
        lines = [json.loads(line) for line in (self.folder / "listing.jsonl").read_text().splitlines()]
        assert [line["log"] for line in lines] == [f"logs/{log.name}" for log in self.logs], lines
        self.run(0, self.tenure, "splits", "--config", "here/tenure.yaml", "--listing", "listing.jsonl", "--size", "15000",
                 "--out", "splits.jsonl", "--out-inputs", "tenure.inputs")
        return [json.loads(line) for line in (self.folder / "splits.jsonl").read_text().splitlines()]

    def fetch(self):
        """As a shell takes it from the line in README.md."""
        return self.run(0, "sh", "-c", 'printf "%s" ' + from_readme(r"^    --fetch (\"[^\n]*aws s3api get-object[^\n]*)$"))

    def job(self, status, out, fetch, *words):
        return self.run(status, sys.executable, ROOT / "deploy/spark/tenure_spark.py", "--master", "local[2]", "--splits", "splits.jsonl",
                        "--inputs", "tenure.inputs", "--tenure", self.tenure, "--out", out, "--fetch", fetch, *words)

    def partials(self, folder):
        return sorted(path.name for path in (self.folder / folder).glob("*.partial*"))


def free_port():
    with http.server.HTTPServer(("127.0.0.1", 0), None) as server:
        return server.server_port


def main(tenure, uses_spark):
    with tempfile.TemporaryDirectory() as scratch:
        trial = Trial(tenure, uses_spark, pathlib.Path(scratch))
        storage = trial.connect()
        try:
            attempt(trial)
        finally:
            storage.terminate()
            storage.wait()


def attempt(trial):
    splits = trial.plan()
    first_of_logs = sum(split["start"] == 0 for split in splits)
    assert len(splits) > 2 * first_of_logs, "a log has to be cut for this to show anything"

    # One client writes what came before the cut, and the other one nothing of the piece that was cut.
    as_it_comes = f"curl --silent --show-error --fail --range {{first}}- {trial.environment['AWS_ENDPOINT_URL']}/gateway-logs/{{log}}"
    for out, fetch in (("once", as_it_comes), ("once-aws", trial.fetch())):
        Line.cuts, Line.seen = 1, collections.Counter()
        said = trial.job(3, out, fetch, "--rounds", "1")
        assert trial.partials(out) == [], trial.partials(out)
        assert all(split["argument"] in said for split in splits) and said.count("it ends in the middle of the split") == len(splits), said
        print(f"{len(splits)} streams cut, {fetch.split()[0]}, one try each: all named, no partial", flush=True)
    assert "has no partial that can be used" in trial.pack(5, "here", "empty", "--partials", "once")[1]

    Line.seen = collections.Counter()
    trial.job(0, "retried", trial.fetch(), "--rounds", "2")
    assert sum(count == 2 for count in Line.seen.values()) >= len(splits), Line.seen
    trial.same(f"{len(splits)} streams cut once, tried twice", trial.pack(0, "here", "from-retried", "--partials", "retried")[0])

    Line.cuts = 0
    worker = from_readme(r"^(    aws s3api get-object .*?tenure-work/partials/[^\n]*)$")
    for split in splits:
        command = worker.replace("logs/july.jsonl:500000000-1000000000", split["argument"]).replace("logs/july.jsonl", split["log"])
        command = command.replace("bytes=499999999-", f"bytes={max(0, split['start'] - 1)}-").replace("000002", f"{split['split']:06d}")
        trial.run(0, "sh", "-euc", command)
    trial.run(0, "sh", "-euc", from_readme(r"^(    aws s3 cp --recursive [^\n]*)$"))
    shutil.copy(trial.folder / "splits.jsonl", trial.folder / "work/splits.jsonl")
    assert len(trial.partials("work")) == len(splits)
    trial.same("partials that workers put into the storage", trial.pack(0, "here", "from-storage", "--partials", "work")[0])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), "--spark" in sys.argv[2:])
