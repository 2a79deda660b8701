#!/usr/bin/env python3
"""Searches every byte of finished packs for what has the shape of a secret. The patterns are those of secrets in the world, written here
apart from the program's own. Folders are searched with their archives; texts in base64 are read as well.

usage: shapes.py FOLDER…
"""
import base64
import pathlib
import re
import sys
import zipfile

SHAPES = [
    rb"\bsk-[A-Za-z0-9_-]{20,}", rb"\bAKIA[0-9A-Z]{16}\b", rb"\bgh[pousr]_[A-Za-z0-9]{30,}", rb"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    rb"\bAIza[0-9A-Za-z_-]{35}", rb"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{8,}", rb"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    rb"(?i)\bbearer [A-Za-z0-9._~+/-]{20,}", rb"[a-z]://[^/\s:@\"'<>]{1,40}:(?!\[redacted\])[^/\s:@\"'<>]{3,}@",
    rb"(?i)\b(?:password|passwd|api_key|client_secret)=(?!\[redacted\])[^&\s\"'<>]{4,}", rb"\bglpat-[A-Za-z0-9_-]{20}",
    rb"\bhvs\.[A-Za-z0-9_-]{24,}", rb"\bnpm_[A-Za-z0-9]{36}", rb"\bhf_[A-Za-z0-9]{30,}",
]
# Texts of the program's own that show what is meant.
KNOWN = [b"https://user:password@", b"://gateway:"]


def found(data):
    hits = [hit.group() for shape in SHAPES for hit in re.finditer(shape, data)]
    for run in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", data):
        try:
            decoded = base64.b64decode(run + b"=" * (-len(run) % 4))
        except ValueError:
            continue
        hits += [hit.group() for shape in SHAPES for hit in re.finditer(shape, decoded)]
    return [hit for hit in hits if not any(known in hit for known in KNOWN)]


def search(folder):
    faults, size = [], 0
    for file in sorted(pathlib.Path(folder).rglob("*")):
        if not file.is_file() or file.is_symlink():
            continue
        parts = [(str(file), file.read_bytes())]
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                parts += [(f"{file}!{name}", archive.read(name)) for name in archive.namelist()]
        for name, data in parts:
            size += len(data)
            faults += [f"{name}: {hit[:12].decode(errors='replace')}…" for hit in found(data)]
    return faults, size


def main(folders):
    # A search that finds nothing must be one that could have.
    for planted in (b"sk-" + b"a1" * 12, base64.b64encode(b"xx AKIA" + b"ABCDEFGH" * 2 + b" and more"), b"https://u:" + b"hunter2@h/"):
        if not found(b"x " + planted + b" y"):
            sys.exit(f"shapes: {planted!r} is not found")
    status = 0
    for folder in folders:
        faults, size = search(folder)
        print(f"{folder}: {size >> 20} MB searched, {len(faults)} shapes of secrets")
        for fault in faults[:40]:
            print("  " + fault)
        status |= bool(faults)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
