#!/usr/bin/env python3
"""Writes the inputs of a pack in which every name is hostile, and a catalog of controls with hostile ids.

usage: hostile.py FOLDER
"""
import json
import pathlib
import sys

NAMES = [
    "o'brien \"the\" rule", "]]><x/>&amp;", "line\nfeed\ttab", "\u202egnp.exe\u2069", "=HYPERLINK(\"x\")",
    "*bold* _em_ `code` [a](b) ~ ^", "# heading", "\u00a0\u2028\u3000", "nul\u0000char \ufffe", "{1} %s $x {{ insert }}",
    "cafe\u0301", "\U0001f600\u200d", "x" * 5000, "10.2", "- a", "\u00e9\\\u0301 \\",
    # What would run, load or lead away, were it markup, style, an address or a formula.
    "<img src=x onerror=\"document.title='ran'\">", "\"><script>document.title='ran'</script>", "' autofocus onfocus='x",
    "</style></title></textarea><script>document.title='ran'</script>", "javascript:document.title='ran'",
    "data:text/html,<script>alert(1)</script>", "//pages.example/x", "\\\\pages.example\\x", "http://pages.example/x.png",
    "url(http://pages.example/x.css)", "x;background:url(//pages.example/x)", "${7*7}{{7*7}}", "&lt;script&gt;", "-->", "@SUM(1+1)",
    "+cmd|' /C calc'!A0", "\u2028document.title='ran'\u2029",
    # What would be another file, were it a path.
    "../../../etc/passwd", "..\\..\\x", "%2e%2e%2fx", "/etc/passwd", "CON", "NUL.html", "aux ", "trailing.", "-rf", ".hidden", "a:b",
    # What looks like another name, or is one on some disks.
    "payments", "Payments", "p\u0430yments", "pay\u200bments", "\u202epayments", "\uff50ayments", "RULE", "rule",
]
# Intake refuses ids with control characters and a policy with them; those stand in logs and titles only.
IDS = [name for name in NAMES if name.strip() and not any(ord(character) < 32 for character in name)]

folder = pathlib.Path(sys.argv[1])
(folder / "policy").mkdir(parents=True, exist_ok=True)
(folder / "logs").mkdir(exist_ok=True)


def text(value):
    """A YAML string: JSON's, with nothing that YAML refuses, and with YAML's own escapes past the first plane."""
    value = value.replace("\x00", "").replace("\ufffe", "")
    return '"' + "".join(json.dumps(c)[1:-1] if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in value) + '"'


def row(*fields):
    return ",".join('"' + field.replace("\x00", "").replace('"', '""') + '"' for field in fields) + "\n"


for number, day in ((1, "2026-06-15"), (2, "2026-08-01")):
    version = NAMES[number] + str(number)
    rules = []
    for place, name in enumerate(IDS):
        words = ["must", "may"][place % 2]
        rules.append(
            f"  - id: {text(name)}\n    priority: {place + 1}\n    agent: {text(name)}\n"
            f"    action: escalate\n    escalate-to: {text(words + str(number))}\n"
        )
    (folder / f"policy/{day}-v{number}.yaml").write_text(
        f"version: {text(version)}\neffective-from: {day}T00:00:00Z\nrecorded-at: {day}T00:00:00Z\n"
        f"author: {text(NAMES[0])}\nticket: {text(NAMES[3])}\nrules:\n" + "".join(rules),
        encoding="utf-8",
    )

with open(folder / "logs/log.jsonl", "w", encoding="utf-8") as log:
    for number in range(400):
        name = NAMES[number % len(NAMES)]
        log.write(
            json.dumps(
                {
                    "ts": f"2026-0{7 + number % 3}-{1 + number % 27:02}T10:00:00Z",
                    "request_id": f"{name[:40]}-{number}", "agent": name, "data_class": name[:60],
                    "requested_model": "front", "served_model": ["front", name[:80], "must1"][number % 3],
                    "outcome": "success", "tokens_in": 1, "tokens_out": 1,
                }
            ) + "\n"
        )
    log.write('{"request_id": "\\ud800", "ts": "2026-07-01T00:00:00Z", "agent": "\\udfff", "outcome": "success"}\n')
    log.write("not json ]]>\n")
    # A field of 11 MB, of a decision that departs from its rule.
    log.write(
        json.dumps(
            {
                "ts": "2026-08-02T10:00:00Z", "request_id": "long", "agent": NAMES[0], "data_class": "y" * 11_000_000,
                "requested_model": "front", "served_model": "z" * 1000, "outcome": "success",
            }
        ) + "\n"
    )

with open(folder / "ownership.csv", "w", encoding="utf-8") as register:
    register.write("seq,rule_id,owner,role,from,to,recorded_at\n")
    for number, name in enumerate(IDS):
        register.write(row(str(number + 1), name, IDS[-1 - number], "accountable", "2026-01-05", "", "2026-01-05"))

catalog = "id: hostile-1\ntitle: " + text(NAMES[1]) + "\nshort-title: hostile\nversion: \"1\"\npublisher: " + text(NAMES[0])
catalog += "\nlicence: ours\nkind: list\ncontrols:\n"
for number, name in enumerate(NAMES):
    catalog += f"  - id: {text(name[:60].strip() or 'blank')}\n    title: {text(name)}\n    title-origin: ours\n"
    catalog += f"    summary: {text(name)}\n    no-check: none\n"
(folder / "catalogs/frameworks").mkdir(parents=True, exist_ok=True)
(folder / "catalogs/frameworks/hostile-1.yaml").write_text(catalog, encoding="utf-8")

(folder / "tenure.yaml").write_text(
    f"organisation: {text(NAMES[1])}\nperiod: 2026-Q3\nreject-tolerance: 0.5\n"
    "routing-logs:\n  - path: logs/*.jsonl\npolicy:\n  - folder: policy/\n"
    "ownership:\n  - path: ownership.csv\nframeworks: [owasp-asi-2026, hostile-1]\n",
    encoding="utf-8",
)
