#!/usr/bin/env python3
"""Ten thousand partials of one log, merged by one process and as a tree of processes, and the pack from them held against that of a single
machine. Prints what each step took. The log comes from the generator of the benchmark; each partial is what a worker wrote for its split.

    merge_tree.py PATH-OF-TENURE PATH-OF-GENERATOR [--records 1000000] [--splits 10000] [--folder FOLDER]

A folder that is kept keeps its partials: a second start scans those that are missing.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

GROUP = 100


class Measured:
    """One process: wall and CPU seconds, peak memory in MB, and the most bytes that its unfinished files had, in MB."""

    def __init__(self, words, folder=None):
        start = time.monotonic()
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([str(word) for word in words], stdout=said, stderr=said)
            watch = Watch(folder)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.temporary = watch.end() / 1e6
            said.seek(0)
            text = said.read().decode(errors="replace")
        if process.returncode not in (0, 3):
            raise SystemExit(f"{words[:4]} … ended with {process.returncode}:\n{text[-2000:]}")
        self.wall = time.monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024
        self.said = text

    def tell(self, what):
        print(f"{what:<46} wall {self.wall:7.1f} s  CPU {self.cpu:7.1f} s  peak {self.peak:6.0f} MB  temporary {self.temporary:7.1f} MB", flush=True)


class Watch(threading.Thread):
    def __init__(self, folder):
        super().__init__()
        self.folder, self.most, self.ended = folder, 0, threading.Event()
        self.start()

    def run(self):
        while self.folder and not self.ended.wait(0.1):
            sizes = 0
            for entry in os.scandir(self.folder):
                try:
                    sizes += entry.stat().st_size if entry.name.endswith(".unfinished") else 0
                except FileNotFoundError:
                    pass
            self.most = max(self.most, sizes)

    def end(self):
        self.ended.set()
        self.join()
        return self.most


def scan(tenure, work, log, splits):
    """Scans what is missing; the CPU seconds that it took."""
    def one(split):
        out = work / "partials" / f"{split['split']:05d}.partial"
        if out.exists():
            return 0
        return Measured([tenure, "scan", "--jobs", "1", "--inputs", work / "tenure.inputs", "--split", split["argument"], "--log", log, "--out", out]).cpu
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        return list(workers.map(one, splits))


def same(what, left, right):
    if subprocess.run(["diff", "-rq", left, right], stdout=subprocess.DEVNULL).returncode:
        raise SystemExit(f"{what}: {left} and {right} differ")
    print(f"{what}: the same bytes", flush=True)


def pack(tenure, config, folder, what, *words):
    out = folder / what.replace(" ", "-")
    measured = Measured([tenure, "run", "--config", config, "--out", out, "--store", out / "s.sqlite", *words])
    measured.tell(what)
    print(f"  store {(out / 's.sqlite').stat().st_size / 1e6:.1f} MB, pack {sum(p.stat().st_size for p in (out / 'all').rglob('*') if p.is_file()) / 1e6:.1f} MB")
    return out / "all"


def trial(tenure, generator, options, folder):
    log, config = folder / "log" / "routing.jsonl", folder / "log" / "tenure.yaml"
    if not config.exists():
        subprocess.run([sys.executable, generator, "--records", str(options.records), "--seed", "1", "--out", folder / "log"], check=True, stdout=subprocess.DEVNULL)
    work = folder / "work"
    (work / "partials").mkdir(parents=True, exist_ok=True)
    size = -(-log.stat().st_size // options.splits)
    plan = [tenure, "splits", "--config", config, "--size", str(size), "--out", work / "partials/splits.jsonl", "--out-inputs", work / "tenure.inputs"]
    Measured(plan).tell("plan")
    splits = [json.loads(line) for line in (work / "partials/splits.jsonl").read_text().splitlines()]
    taken = scan(tenure, work, log, splits)
    partials = sorted((work / "partials").glob("*.partial"))
    bytes_ = sum(path.stat().st_size for path in partials)
    print(f"{len(partials)} partials of {bytes_ / 1e6 / len(partials):.3f} MB, {bytes_ / 1e6:.0f} MB in all; CPU {sum(taken):.0f} s", flush=True)

    merged = folder / "merged"
    merged.mkdir(exist_ok=True)
    for count in sorted({max(2, len(partials) // 100), max(2, len(partials) // 10), len(partials)}):
        done = Measured([tenure, "merge", *partials[:count], "--out", merged / f"{count}.partial"], merged)
        done.tell(f"merge of {count} by one process")
        print(f"  {done.cpu / count * 1000:.2f} ms of CPU a partial, {(merged / f'{count}.partial').stat().st_size / 1e6:.1f} MB")
    groups = [partials[first:first + GROUP] for first in range(0, len(partials), GROUP)]
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        leaves = list(workers.map(
            lambda pair: Measured([tenure, "merge", *pair[1], "--out", merged / f"group-{pair[0]:03d}.partial"]), enumerate(groups)))
    print(f"{len(groups)} groups of {GROUP}: wall {time.monotonic() - start:.1f} s, CPU {sum(leaf.cpu for leaf in leaves):.1f} s, "
          f"peak {max(leaf.peak for leaf in leaves):.0f} MB each, {sum(p.stat().st_size for p in merged.glob('group-*')) / 1e6:.1f} MB", flush=True)
    Measured([tenure, "merge", *sorted(merged.glob("group-*")), "--out", merged / "tree.partial"], merged).tell("merge of the groups")
    same("one process and a tree", merged / f"{len(partials)}.partial", merged / "tree.partial")

    single = pack(tenure, config, folder, "pack of a single machine")
    same("pack", single, pack(tenure, config, folder, "pack from all partials", "--partials", work / "partials"))
    same("pack", single, pack(tenure, config, folder, "pack from the merged one", "--partials", the_only(merged / "tree.partial"),
                              "--splits", work / "partials/splits.jsonl"))


def the_only(partial):
    folder = partial.parent / "only"
    folder.mkdir(exist_ok=True)
    (folder / partial.name).unlink(missing_ok=True)
    os.link(partial, folder / partial.name)
    return folder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tenure", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("generator", type=pathlib.Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--splits", type=int, default=10_000)
    parser.add_argument("--folder", type=pathlib.Path)
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        trial(options.tenure, options.generator, options, options.folder.resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            trial(options.tenure, options.generator, options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
