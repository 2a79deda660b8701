#!/usr/bin/env python3
"""Plants a marked secret in every field of every input of an example, runs what reads it, and searches every byte of store, pack and output.

usage: secrets.py [--apart] TENURE SCRATCH EXAMPLE…

With --apart logs, registers and policy are planted one after another, which names more of what leaks.
"""
import collections
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import planting

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = ("logs", "registers", "policy", "config")


def part_of(place):
    return place.split("/")[0] if place.split("/")[0] in PARTS else "registers"


def plant(folder, marks, parts):
    for file in sorted(folder.rglob("*")):
        place = str(file.relative_to(folder))
        if not file.is_file() or part_of(place) not in parts:
            continue
        if part_of(place) == "policy":
            for number, text in enumerate(planting.versions_of(file.read_text(), place, marks)):
                (file.parent / f"{file.stem}-{number:03}{file.suffix}").write_text(text)
        elif file.suffix == ".csv":
            file.write_text(planting.in_table(file.read_text(), place, marks))
        elif file.suffix in (".jsonl", ".log"):
            file.write_text(planting.in_json_lines(file.read_text(), place, marks))
        elif file.suffix == ".json":
            file.write_text(planting.in_json(file.read_text(), place, marks))
    if "config" in parts:
        configure(folder / "tenure.yaml", marks)


def configure(file, marks):
    """What a configuration says to people, and what it should not say."""
    text = re.sub(r"^organisation:.*$", "", file.read_text(), flags=re.M)

    def secret(place):
        return planting.quoted(marks.secret(f"{file.name}: {place}"))

    text += f"organisation: {secret('organisation')}\napi_key: {secret('an unknown key')}\n{secret('the name of a key')}: 1\n"
    text += f"out-of-scope:\n  - control: ASI07\n    decided-by: {secret('decided-by')}\n    why: {secret('why')}\n    until: 2027-01-01\n"
    text += f"  - control: ASI08\n    decided-by: dana\n    until: {secret('a bad date')}\n"
    address = planting.quoted(planting.address(marks.mark(f"{file.name}: the address of a repository")))
    text = text.replace("policy:\n", f"policy:\n  - git: {address}\n    path: policy.yaml\n", 1)
    text = text.replace("routing-logs:", f"registers-of-old: {secret('a value that is not read')}\nrouting-logs:", 1)
    file.write_text(text)


class Search:
    def __init__(self):
        self.leaks, self.bytes = collections.defaultdict(set), 0

    def take(self, where, data):
        self.bytes += len(data)
        for number in planting.found(data):
            self.leaks[number].add(where)

    def folder(self, folder):
        for file in sorted(folder.rglob("*")):
            if not file.is_file() or file.is_symlink():
                continue
            place = f"{folder.name}/{file.relative_to(folder)}"
            self.take(place, file.read_bytes() + place.encode())
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as archive:
                    for member in archive.namelist():
                        self.take(f"{place}!{member}", archive.read(member))


def tenure(program, search, statuses, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, stdin=subprocess.DEVNULL, timeout=600)
    if done.returncode not in statuses:
        sys.exit(f"{arguments} ended with {done.returncode}: {done.stderr[-2000:].decode(errors='replace')}")
    search.take(f"output of {arguments[0]}", done.stdout + done.stderr)


def commands(program, search, work):
    """Everything that reads inputs or packs. 1 is the end of a question that has no answer here."""
    config = work / "in/tenure.yaml"
    inputs = ("--config", config, "--store", work / "store.sqlite")
    tenure(program, search, (0, 3), "run", *inputs, "--out", work / "packs")
    pack = next(path for path in (work / "packs").iterdir() if path.is_dir())
    tenure(program, search, (0, 3), "run", *inputs, "--out", work / "again", "--format", "json")
    tenure(program, search, (0,), "verify", pack, "--deep", "--config", config, "--format", "json")
    tenure(program, search, range(6), "explain", "no-such-name", *inputs)
    tenure(program, search, range(6), "owners", "no-such-rule", "--at", "2026-08-14", *inputs)
    tenure(program, search, (0,), "show", "config", "--config", config)
    tenure(program, search, (0,), "gaps", pack, "--format", "csv")
    tenure(program, search, range(6), "prove-none", "--data-class", "pii", "--model", "nowhere", *inputs)
    tenure(program, search, range(6), "detect", *[file for file in sorted((work / "in").rglob("*")) if file.is_file()])
    tenure(program, search, (0,), "diff", pack, work / "again" / pack.name, "--format", "json")
    key = work / "key"
    tenure(program, search, (0,), "disclose", "--new-key", key)
    tenure(program, search, (0,), "disclose", pack, "--level", "auditor", "--key", key, "--out", work / "disclosed")
    for period in (planting.openai(search.typed), planting.address(search.typed)):
        (work / "in/bad.yaml").write_text(f"period: {planting.quoted(period)}\n")
        tenure(program, search, (1, 64), "run", "--config", work / "in/bad.yaml", "--out", work / "bad")
    for folder in ("packs", "again", "disclosed"):
        search.folder(work / folder)
    for file in work.glob("store.sqlite*"):
        search.take(file.name, file.read_bytes())


def try_out():
    """A search that finds nothing must be one that could have."""
    for mark, data in planting.encoded():
        if planting.found(data) != {mark}:
            sys.exit(f"secrets: {data!r} is not found")


def main(program, scratch, examples, apart):
    try_out()
    leaked = 0
    for example in examples:
        for parts in [(part,) for part in PARTS] if apart else [PARTS]:
            work = pathlib.Path(scratch) / f"{example}-{'-'.join(parts)}"
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(ROOT / "examples" / example, work / "in", ignore=shutil.ignore_patterns("*.gz", "*.zst", "*.md", "*.py"))
            marks, search = planting.Marks(), Search()
            search.typed = marks.mark("bad.yaml: the period")
            plant(work / "in", marks, parts)
            commands(program, search, work)
            for number, places in sorted(search.leaks.items())[:40]:
                print(f"  {marks.places[number]}: in {len(places)} places, such as {', '.join(sorted(places)[:3])}")
            leaked += len(search.leaks)
            print(f"{example}: {len(marks.places)} secrets planted in {', '.join(parts)}; {len(search.leaks)} found in {search.bytes >> 20} MB")
    return 1 if leaked else 0


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--apart"]
    if len(arguments) < 3:
        sys.exit(__doc__)
    sys.exit(main(arguments[0], arguments[1], arguments[2:], "--apart" in sys.argv))
