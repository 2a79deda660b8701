"""Plants one fault after another in a copy of a pack's exchange/, and expects check_formats to find each. usage: as check_formats.py, one pack"""

import pathlib
import shutil
import sqlite3
import sys
import tempfile

import check_formats


def replaced(name, before, after, times=1):
    def plant(folder):
        path = folder / "exchange" / name
        text = path.read_bytes()
        assert before.encode() in text, f"{name} does not hold {before!r}"
        path.write_bytes(text.replace(before.encode(), after.encode(), times))

    return name, plant


def without_finding(folder):
    database = sqlite3.connect(folder / "exchange" / "evidence.sqlite")
    database.execute("DELETE FROM findings WHERE rowid = 1")
    database.commit()
    database.close()


FAULTS = [
    replaced("findings.sarif", '"startLine" :', '"line" :'),
    replaced("findings.sarif", '"findingsOf" :', '"findingsOf" : 1, "of" :'),
    replaced("hdf.json", '"status" : "failed"', '"status" : "bad"'),
    replaced("hdf.json", '"result" : "fail"', '"result" : "pass"'),
    replaced("ocsf.jsonl", '"class_uid":2003', '"class_uid":2003,"verdict":"none"'),
    replaced("ocsf.jsonl", '"result":"fail"', '"result":"pass"'),
    replaced("statement.json", '"failedTests"', '"brokenTests"'),
    replaced("spreadsheet/findings.csv", '"fail"', '"=fail"'),
    replaced("exact/checks.csv", ",fail,", ",pass,"),
    replaced("junit.xml", 'type="fail"', 'kind="fail"'),
    replaced("junit.xml", "<failure", "<problem/><failure"),
    replaced("summary.md", "| RG-", "| <b>RG-"),
    replaced("summary.md", "✕ fail | ", "✕ fail | 9"),
    replaced("oscal/assessment-results.xml", 'value="fail"', 'value="pass"', -1),
    replaced("oscal/assessment-results.json", '"value": "fail"', '"value": "pass"', -1),
    ("evidence.sqlite", without_finding),
]


def main():
    pack, schemas = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    missed = 0
    for name, plant in FAULTS:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            for part in ("exchange", "evidence"):
                (folder / part).mkdir()
            shutil.copytree(pack / "exchange", folder / "exchange", dirs_exist_ok=True)
            shutil.copy(pack / "evidence" / "exchange.xml", folder / "evidence")
            plant(folder)
            if not check_formats.Checker(folder, schemas).run():
                print(f"a fault planted in {name} was not found: {FAULTS.index((name, plant))}")
                missed += 1
    print(f"{len(FAULTS) - missed} of {len(FAULTS)} planted faults found")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
