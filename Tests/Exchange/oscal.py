#!/usr/bin/env python3
"""Holds the OSCAL files of packs against what others take as OSCAL: NIST's XML schemas, and compliance-trestle, which
validates and imports each JSON file. The schemas are not part of the project; without them only trestle is asked.

usage: oscal.py [--schemas FOLDER] PACK...
"""
import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile

MODELS = {
    "assessment-plan": ("assessment-plan", "assessment-plans"),
    "assessment-results": ("assessment-results", "assessment-results"),
    "poam": ("plan-of-action-and-milestones", "plan-of-action-and-milestones"),
    "mapping-collection": ("mapping-collection", "mapping-collections"),
    "catalog": ("catalog", "catalogs"),
}
SCHEMAS = {"mapping-collection": "mapping"}


def model(path):
    return "catalog" if path.stem.startswith("catalog-") else path.stem


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    return done.returncode, done.stdout + done.stderr


def check_xml(path, schemas):
    name = SCHEMAS.get(model(path), model(path))
    schema = schemas / f"xsd-1.2.3/oscal_{name}_schema.xsd"
    status, words = run("xmllint", "--noout", "--schema", str(schema), str(path))
    return [] if status == 0 else [f"{path}: {words.strip()[:600]}"]


def check_json(paths, trestle):
    faults = []
    with tempfile.TemporaryDirectory() as workspace:
        run(trestle, "init", "--local", cwd=workspace)
        for number, path in enumerate(paths):
            name, folder = MODELS[model(path)]
            place = pathlib.Path(workspace) / folder / f"own-{number}"
            place.mkdir(parents=True)
            copy = place / f"{name}.json"
            shutil.copyfile(path, copy)
            for command in (
                ["validate", "-f", str(copy)],
                ["import", "-f", str(path.resolve()), "-o", f"import-{number}"],
            ):
                status, words = run(trestle, *command, cwd=workspace)
                if status != 0:
                    faults.append(f"{path}: trestle {command[0]}: {words.strip()[-600:]}")
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--schemas", type=pathlib.Path)
    parser.add_argument("packs", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    trestle = str(pathlib.Path(sys.executable).parent / "trestle")
    has_schemas = arguments.schemas is not None and arguments.schemas.is_dir()
    if not has_schemas:
        print("The XML schemas of OSCAL are not here; the XML is not held against them.")
    faults, count = [], 0
    for pack in arguments.packs:
        xml = sorted((pack / "exchange/oscal").glob("*.xml"))
        twins = [path.with_suffix(".json") for path in xml]
        if not xml:
            faults.append(f"{pack}: no OSCAL files")
        if has_schemas:
            for path in xml:
                faults += check_xml(path, arguments.schemas)
        faults += check_json(twins, trestle)
        count += len(xml) + len(twins)
    print("\n".join(faults) or f"{count} OSCAL files of {len(arguments.packs)} packs are taken.")
    return 1 if faults else 0


sys.exit(main())
