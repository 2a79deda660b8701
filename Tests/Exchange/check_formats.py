"""Checks the files of exchange/ in a pack with the published schemas, and counts them against evidence/exchange.xml.

usage: check_formats.py PACK…   PACK is a folder of a pack, or one that has evidence/exchange.xml and exchange/

check_formats.sh fetches what it needs and calls it. HDF has no schema on PyPI: the list of fields is that of docs/exchange.md.
"""

import argparse
import base64
import collections
import csv
import hashlib
import io
import json
import pathlib
import sqlite3
import sys

import jsonschema
from google.protobuf import json_format
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1 import statement_pb2
from lxml import etree
from markdown_it import MarkdownIt
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
from pydantic import BaseModel

EVIDENCE = "{urn:tenure:evidence:1}"
RESULTS = ["fail", "exception", "cannot-tell", "pass", "not-applicable"]


class Facts:
    """What the exchange document says, read without any code of ours."""

    def __init__(self, path):
        root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
        self.checks = root.findall(EVIDENCE + "exchange-check")
        self.findings = root.findall(EVIDENCE + "exchange-finding")
        self.controls = root.findall(f"{EVIDENCE}exchange-framework/{EVIDENCE}exchange-control")
        self.inputs = root.findall(EVIDENCE + "exchange-input")
        self.tenures = root.findall(f"{EVIDENCE}exchange-rule/{EVIDENCE}exchange-tenure")
        self.changes = root.findall(f"{EVIDENCE}exchange-changes/{EVIDENCE}exchange-change")
        self.check_results = tally(c.get("result") for c in self.checks)
        self.finding_results = tally(f.get("result") for f in self.findings)
        cut = [c.get("of") for c in root.findall(EVIDENCE + "exchange-cut") if c.get("list") == "findings"]
        self.findings_of = int(cut[0]) if cut else len(self.findings)
        self.n = sum(int(f.get("n")) for f in self.findings)
        self.of = sum(int(f.get("of")) for f in self.findings)

    def with_place(self):
        return [f for f in self.findings if f.find(EVIDENCE + "exchange-place") is not None]


def tally(words):
    return dict(collections.Counter(words))


class Checker:
    def __init__(self, pack, schemas):
        self.pack = pathlib.Path(pack)
        self.schemas = schemas
        self.faults = []
        self.facts = Facts(self.pack / "evidence" / "exchange.xml")

    def expect(self, what, found, expected):
        if found != expected:
            self.faults.append(f"{what}: {found!r}, expected {expected!r}"[:400])

    def bytes(self, name):
        return (self.pack / "exchange" / name).read_bytes()

    def schema(self, name):
        return (self.schemas / name).read_bytes()

    def sarif(self):
        log = json.loads(self.bytes("findings.sarif"))
        schema = json.loads(self.schema("sarif-schema-2.1.0.json"))
        validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
        for error in list(validator.iter_errors(log))[:5]:
            self.faults.append(f"findings.sarif: {error.json_path}: {error.message}"[:400])
        run = log["runs"][0]
        placed = self.facts.with_place()
        self.expect("sarif: checks", {k: v for k, v in run["properties"]["checks"].items() if v}, self.facts.check_results)
        self.expect("sarif: findings", {k: v for k, v in run["properties"]["findings"].items() if v}, self.facts.finding_results)
        self.expect("sarif: findings of", run["properties"]["findingsOf"], self.facts.findings_of)
        self.expect("sarif: rules", len(run["tool"]["driver"]["rules"]), len(self.facts.checks))
        self.expect("sarif: results", tally(r["properties"]["result"] for r in run["results"]), tally(f.get("result") for f in placed))
        self.expect("sarif: n", sum(r["properties"]["n"] for r in run["results"]), sum(int(f.get("n")) for f in placed))
        self.expect("sarif: of", sum(r["properties"]["of"] for r in run["results"]), sum(int(f.get("of")) for f in placed))

    def hdf(self):
        report = json.loads(self.bytes("hdf.json"))
        self.fields("hdf.json", report, {"platform": dict, "profiles": list, "statistics": dict, "version": str})
        self.fields("platform", report["platform"], {"name": str, "release": str})
        statuses = {"passed", "failed", "skipped", "error"}
        results = []
        controls = []
        for profile in report["profiles"]:
            self.fields(
                "profile", profile,
                {"name": str, "sha256": str, "supports": list, "attributes": list, "groups": list, "controls": list},
            )
            for group in profile["groups"]:
                self.fields("group", group, {"id": str, "controls": list})
            controls += profile["controls"]
        for control in controls:
            self.fields(
                "control", control,
                {"id": str, "impact": (int, float), "refs": list, "tags": dict, "source_location": dict, "results": list,
                 "title": str, "desc": str},
            )
            self.expect("hdf: impact", 0 <= control["impact"] <= 1, True)
            for result in control["results"]:
                self.fields("result", result, {"code_desc": str, "start_time": str, "status": str})
                self.expect("hdf: status", result["status"] in statuses, True)
            results += control["results"][1:]
        self.expect("hdf: checks", tally(c["tags"]["result"] for c in controls), self.facts.check_results)
        words = [r.get("message") or r["skip_message"] for r in results]
        self.expect("hdf: findings", tally(w.split(":")[0] for w in words), self.facts.finding_results)
        said = sum(v["total"] for v in report["statistics"]["controls"].values())
        self.expect("hdf: statistics", said, len(self.facts.checks))

    def fields(self, what, value, fields):
        for name, kind in fields.items():
            if not isinstance(value.get(name), kind):
                self.faults.append(f"{what}: {name} is missing or of another kind")

    def ocsf(self):
        lines = [json.loads(line) for line in self.bytes("ocsf.jsonl").decode().split("\n") if line]
        for line in lines:
            ComplianceFinding.model_validate(line)
            self.known(line, ComplianceFinding, "ocsf")
        with_findings = {f.get("check") for f in self.facts.findings}
        own = [line for line in lines if line["unmapped"]["check"] in with_findings]
        checks = {line["unmapped"]["check"]: line["unmapped"]["check_result"] for line in lines}
        self.expect("ocsf: checks", tally(checks.values()), self.facts.check_results)
        self.expect("ocsf: findings", tally(line["unmapped"]["result"] for line in own), self.facts.finding_results)
        self.expect("ocsf: lines", len(lines), len(self.facts.findings) + len(checks) - len(with_findings))
        self.expect("ocsf: n", sum(line["unmapped"]["n"] for line in own), self.facts.n)
        self.expect("ocsf: of", sum(line["unmapped"]["of"] for line in own), self.facts.of)

    def known(self, value, model, where):
        """The models let unknown fields pass; here they are a fault."""
        for name, inner in value.items():
            field = model.model_fields.get(name)
            if name == "unmapped":
                continue
            if field is None:
                if (where, name) != ("ocsf.compliance", "status"):
                    self.faults.append(f"{where}: {name} is no field of {model.__name__}")
                continue
            for candidate in getattr(field.annotation, "__args__", ()) or (field.annotation,):
                for kind in (candidate, *getattr(candidate, "__args__", ())):
                    if isinstance(kind, type) and issubclass(kind, BaseModel):
                        for item in inner if isinstance(inner, list) else [inner]:
                            self.known(item, kind, f"{where}.{name}")

    def statement(self):
        document = json.loads(self.bytes("statement.json"))
        statement = json_format.ParseDict(document, statement_pb2.Statement())
        self.expect("statement: type", statement.type, "https://in-toto.io/Statement/v1")
        self.expect("statement: predicate type", statement.predicate_type, "https://in-toto.io/attestation/test-result/v0.1")
        predicate = json_format.ParseDict(document["predicate"], test_result_pb2.TestResult())
        names = [subject.name for subject in statement.subject]
        self.expect("statement: names", len(set(names)), len(names))
        self.expect("statement: subjects", len(names), sum(1 for i in self.facts.inputs if i.get("sha256")))
        for subject in statement.subject:
            self.expect("statement: digest", len(subject.digest["sha256"]), 64)
        for descriptor in document["predicate"]["configuration"]:
            content = base64.b64decode(descriptor["content"], validate=True)
            self.expect("statement: content", hashlib.sha256(content).hexdigest(), descriptor["digest"]["sha256"])
            json.loads(content)
        by_result = self.facts.check_results
        self.expect("statement: failed", len(predicate.failed_tests), by_result.get("fail", 0))
        self.expect("statement: passed", len(predicate.passed_tests), by_result.get("pass", 0))
        warned = by_result.get("exception", 0) + by_result.get("cannot-tell", 0)
        self.expect("statement: warned", len(predicate.warned_tests), warned)

    def tables(self):
        csv.field_size_limit(1 << 30)
        expected = {
            "checks": len(self.facts.checks), "findings": len(self.facts.findings), "controls": len(self.facts.controls),
            "changes": len(self.facts.changes), "owners": len(self.facts.tenures),
        }
        for name, count in expected.items():
            exact = list(csv.reader(io.StringIO(self.bytes(f"exact/{name}.csv").decode(), newline=""), strict=True))
            raw = self.bytes(f"spreadsheet/{name}.csv")
            self.expect(f"{name}.csv: mark", raw[:3], b"\xef\xbb\xbf")
            self.expect(f"{name}.csv: end", raw[-2:], b"\r\n")
            sheet = list(csv.reader(io.StringIO(raw[3:].decode(), newline=""), strict=True))
            self.expect(f"{name}.csv: rows", (len(exact) - 1, len(sheet) - 1), (count, count))
            self.expect(f"{name}.csv: columns", sheet[0], exact[0] + ["changed"])
            for row, twin in zip(sheet[1:], exact[1:]):
                for cell, value in zip(row, twin):
                    if begins_a_formula(cell):
                        self.faults.append(f"{name}.csv: a cell begins like a formula: {cell[:40]!r}")
                    if cell != value and cell.replace("'", "") != value.replace("'", "") and len(value) < 32000:
                        self.faults.append(f"{name}.csv: a cell differs by more than apostrophes: {cell[:40]!r}")
                if (row[:-1] != twin) != bool(row[-1]):
                    self.faults.append(f"{name}.csv: the last column does not say what was changed: {row[-1]!r}")
            for column, results in (("checks", self.facts.check_results), ("findings", self.facts.finding_results)):
                if name == column:
                    place = exact[0].index("result")
                    self.expect(f"{name}.csv: results", tally(row[place] for row in exact[1:]), results)
            if name == "findings":
                self.expect("findings.csv: n", sum(int(r[exact[0].index("n")]) for r in exact[1:]), self.facts.n)
                self.expect("findings.csv: of", sum(int(r[exact[0].index("of")]) for r in exact[1:]), self.facts.of)

    def database(self):
        path = self.pack / "exchange" / "evidence.sqlite"
        database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self.expect("sqlite: integrity", database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        for (view,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            database.execute(f'SELECT count(*) FROM "{view}"').fetchone()
        for kind, expected in (("check", self.facts.check_results), ("finding", self.facts.finding_results)):
            rows = database.execute("SELECT result, n FROM results WHERE kind = ?", (kind,)).fetchall()
            self.expect(f"sqlite: {kind}", dict(rows), expected)
        sums = database.execute('SELECT total(n), total("of") FROM findings').fetchone()
        self.expect("sqlite: sums", sums, (self.facts.n, self.facts.of))
        self.expect("sqlite: controls", database.execute("SELECT count(*) FROM controls").fetchone()[0], len(self.facts.controls))
        database.close()

    def junit(self):
        tree = etree.fromstring(self.bytes("junit.xml"), etree.XMLParser(huge_tree=True))
        validator = etree.XMLSchema(etree.fromstring(self.schema("junit-10.xsd")))
        if not validator.validate(tree):
            self.faults.append(f"junit.xml: {validator.error_log[0]}"[:400])
        suite = tree.find("testsuite")
        cases = suite.findall("testcase")
        outcomes = [next((o.get("type") for o in case if o.tag in ("failure", "skipped")), "pass") for case in cases]
        self.expect("junit: checks", tally(outcomes), self.facts.check_results)
        self.expect("junit: failures", suite.get("failures"), str(len(suite.findall("testcase/failure"))))
        self.expect("junit: skipped", suite.get("skipped"), str(len(suite.findall("testcase/skipped"))))
        properties = {p.get("name"): p.get("value") for p in suite.find("properties")}
        for result in RESULTS:
            said = properties[f"findings.{result}"]
            self.expect(f"junit: findings.{result}", said, str(self.facts.finding_results.get(result, 0)))

    def summary(self):
        text = self.bytes("summary.md").decode()
        parser = MarkdownIt("gfm-like", {"html": True, "linkify": False}).enable("table")
        allowed = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "inline", "text", "text_special", "softbreak"}
        first_table = []
        for token in parser.parse(text):
            for part in [token, *(token.children or [])]:
                kind = part.type.removesuffix("_open").removesuffix("_close")
                if kind not in allowed:
                    self.faults.append(f"summary.md: {kind} in it: {part.content[:60]!r}")
        for line in text.split("\n\n")[2:]:
            if line.startswith("|"):
                first_table = [[c.strip() for c in row.split("|")[2:4]] for row in line.split("\n")[2:] if row]
                break
        for result, (checks, findings) in zip(RESULTS, first_table, strict=True):
            self.expect(f"summary: {result}", int(checks.replace(",", "")), self.facts.check_results.get(result, 0))
            self.expect(f"summary: {result}", int(findings.replace(",", "")), self.facts.finding_results.get(result, 0))

    def oscal(self):
        """Findings about checks; those about controls are sums of them. Schemas are oscal.py's to hold."""
        name = "{http://csrc.nist.gov/ns/oscal/1.0}"
        tree = etree.fromstring(self.bytes("oscal/assessment-results.xml"), etree.XMLParser(huge_tree=True))
        of_xml = [f for f in tree.iter(name + "finding") if f.find(name + "target").get("type") == "objective-id"]
        results = json.loads(self.bytes("oscal/assessment-results.json"))["assessment-results"]["results"]
        of_json = [f for r in results for f in r["findings"] if f["target"]["type"] == "objective-id"]
        for notation, findings in (
            ("xml", [{p.get("name"): p.get("value") for p in f.findall(name + "prop")} for f in of_xml]),
            ("json", [{p["name"]: p["value"] for p in f["props"]} for f in of_json]),
        ):
            self.expect(f"oscal {notation}: findings", tally(f["result"] for f in findings), self.facts.finding_results)
            self.expect(f"oscal {notation}: n", sum(int(f["n"]) for f in findings), self.facts.n)
            self.expect(f"oscal {notation}: of", sum(int(f["of"]) for f in findings), self.facts.of)
        checks = json.loads(self.bytes("oscal/catalog-checks.json"))["catalog"]
        self.expect("oscal: checks", sum(c["class"] == "check" for c in checks["controls"]), len(self.facts.checks))

    def run(self):
        for check in (
            self.sarif, self.hdf, self.ocsf, self.statement, self.tables, self.database, self.junit, self.summary, self.oscal,
        ):
            try:
                check()
            except Exception as error:  # A file that cannot be read is a fault like any other.
                self.faults.append(f"{check.__name__}: {type(error).__name__}: {error}"[:600])
        return self.faults


def begins_a_formula(cell):
    """Whether a spreadsheet that trims what is not seen could take the cell for a formula."""
    for character in cell:
        if character in "=+-@＝＋－＠":
            return True
        if not (character.isspace() or not character.isprintable()):
            return False
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("packs", nargs="+", metavar="PACK")
    parser.add_argument("--schemas", type=pathlib.Path, required=True)
    options = parser.parse_args()
    found = False
    for pack in options.packs:
        checker = Checker(pack, options.schemas)
        faults = checker.run()
        counts = f"{len(checker.facts.checks)} checks, {len(checker.facts.findings)} findings"
        print(f"{pack}: {counts}: {'as they should be' if not faults else f'{len(faults)} faults'}")
        for fault in faults:
            print(f"  {fault}")
        found = found or bool(faults)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
