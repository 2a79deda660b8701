#!/usr/bin/env python3
"""Puts hostile XML in place of a pack's documents, and sees that every command that reads packs refuses it: nothing outside is opened,
nothing hangs, and what lies outside is not shown.

usage: documents.py TENURE PACK SCRATCH
"""
import pathlib
import re
import shutil
import subprocess
import sys

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
MARK = "outside-of-the-pack"
DOCUMENTS = ("manifest.xml", "evidence/pack.xml", "evidence/exchange.xml")


def with_entity(body, root, outside):
    return f'{HEAD}<!DOCTYPE {root} [<!ENTITY x SYSTEM "{outside}">]>' + body.replace('">', '">&x;', 1)


def with_external_subset(body, root, outside):
    return f'{HEAD}<!DOCTYPE {root} SYSTEM "{outside}" [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>' + body


def bomb(body, root, outside):
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 15))
    return f"{HEAD}<!DOCTYPE {root} [{entities}]>" + body.replace('">', '">&e14;', 1)


def in_utf_7(body, root, outside):
    return f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE {root} SYSTEM +ACI-{outside}+ACIAPg-' + body


def deep(body, root, outside):
    return HEAD + "<a>" * 200_000 + "</a>" * 200_000


def huge(body, root, outside):
    return HEAD + body.replace('">', '" zz="' + "x" * 21_000_000 + '">', 1)


def inclusion(body, root, outside):
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{outside}" parse="text"/>'
    return HEAD + body.replace('">', '">' + include, 1)


def main(program, pack, scratch):
    scratch = pathlib.Path(scratch)
    outside = scratch / "outside.txt"
    outside.write_text(MARK)
    key = scratch / "document-key"
    subprocess.run([program, "disclose", "--new-key", key], check=True, capture_output=True)
    tried = 0
    for make in (with_entity, with_external_subset, bomb, in_utf_7, deep, huge, inclusion):
        copy = scratch / make.__name__
        shutil.copytree(pack, copy)
        for name in DOCUMENTS:
            text = (copy / name).read_text()
            body = text.split("?>", 1)[1]
            (copy / name).write_text(make(body, re.search(r"<([a-z-]+)[ >]", body)[1], outside.as_uri()))
        for command in (["verify", copy], ["diff", pack, copy], ["disclose", copy, "--level", "public", "--key", key, "--out", scratch / "out"]):
            trace = scratch / "trace"
            traced = ["strace", "-f", "-qq", "-o", trace, "-e", "trace=open,openat,socket", program, *command]
            done = subprocess.run(traced, capture_output=True, text=True, timeout=120)
            tried += 1
            calls = trace.read_text()
            if done.returncode not in (1, 4):
                sys.exit(f"documents: {command[0]} takes {make.__name__} and ends with {done.returncode}")
            if MARK in done.stdout + done.stderr or str(outside) in calls or "socket(" in calls:
                sys.exit(f"documents: {command[0]} reads what {make.__name__} names")
        shutil.rmtree(copy)
    print(f"documents: {tried} commands refused hostile documents and opened nothing that they name")


if __name__ == "__main__":
    main(*sys.argv[1:])
