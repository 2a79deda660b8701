#!/usr/bin/env python3
"""Holds what Scripts/make-sbom.py writes against CycloneDX's own schema, and against the program: every library that it loads is
named with its digest, every Swift package that was resolved is there, and each part has a version, a purl and a licence.

usage: sbom.py PROGRAM
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = pathlib.Path(__file__).resolve().parents[2]


def libraries(program):
    """What the program loads, with digests."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    files = [pathlib.Path(path).resolve() for path in re.findall(r"(?:=> |^\s+)(/\S+)", listed, re.M)]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def faults(text, loaded):
    said = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if said:
        return [f"the schema says: {said}"]
    parts = json.loads(text)["components"]
    found = []
    for part in parts:
        for member in ("version", "purl", "licenses"):
            if member not in part:
                found.append(f"{part['name']} has no {member}")
    files = {part["name"]: part["hashes"][0]["content"] for whole in parts for part in whole.get("components", []) if "hashes" in part}
    for name, digest in loaded.items():
        if files.get(name) != digest:
            found.append(f"{name} is loaded and not named with its digest")
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    names = {part["name"] for part in parts} | {part["name"] for whole in parts for part in whole.get("components", [])}
    return found + [f"{name} is not named" for name in [pin["identity"] for pin in pins] + ["boringssl", "libyaml", "xkcp"] if name not in names]


def main(program):
    made = [subprocess.run([ROOT / "Scripts/make-sbom.py", program], capture_output=True, text=True, check=True).stdout for _ in range(2)]
    loaded = libraries(program)
    found = faults(made[0], loaded) + ([] if made[0] == made[1] else ["two makings differ"])
    # A file that names less is found out.
    document = json.loads(made[0])
    parts = document["components"]
    for index, part in enumerate(parts):
        if not faults(json.dumps({**document, "components": parts[:index] + parts[index + 1 :]}), loaded):
            found.append(f"without {part['name']} nothing is missed")
    if not faults(json.dumps({**document, "bomFormat": "other"}), loaded):
        found.append("the schema takes anything")
    print(f"sbom: {len(document['components'])} components, {len(found)} faults")
    for fault in found:
        print("  " + fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
