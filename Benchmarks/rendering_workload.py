#!/usr/bin/env python3
"""Writes a workload that is heavy to render: many rules, each changed by every version, and many exceptions.

    rendering_workload.py --out FOLDER [--rules 1000] [--versions 20] [--exceptions 100000]

Five records of six are exceptions, spread over rules, classes, versions and the days of one quarter. The folder has the form
that the workload generator gives its own, and expected.json holds the planted answer. Same arguments, same bytes.
"""
import argparse
import collections
import csv
import datetime
import hashlib
import json
import pathlib
import sys

BEGINNING = datetime.datetime(2026, 7, 1, tzinfo=datetime.timezone.utc)
QUARTER = datetime.timedelta(days=92)
HAND_OVER = datetime.timedelta(days=46)
SAMPLE_SEED = "2026Q3"
SAMPLE_SIZE = 5
MODELS = [("small-a", 1), ("small-b", 1), ("large-a", 2), ("large-b", 2), ("large-c", 2)]
OWNERS = [f"p{number:03d}" for number in range(1, 41)]
# What can go wrong under a rule of each action. A claim on another rule is the one fault that any action allows.
FAULTS = {
    "allow": ["implicit_escalation", "silent_substitution", "over_blocked", "jurisdiction_violation", "rule_mismatch"],
    "escalate": ["drift_not_escalated", "wrong_target", "unattributed_escalation", "over_blocked",
                 "jurisdiction_violation", "rule_mismatch"],
    "block": ["blocked_but_served", "rule_mismatch"],
}
NOT_EXCEPTIONS = {"compliant"}
CONFIGURATION = f"""organisation: Benchmark
period: all
sample-seed: {SAMPLE_SEED}
routing-logs:
  - path: routing*.jsonl
    format: native
policy:
  - rules: policy_rules.csv
    versions: policy_versions.csv
ownership:
  - path: ownership.csv
people: people.csv
models: models.csv
deployments: deployments.csv
"""


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond:06d}Z"


def action(rule):
    return "block" if rule % 20 == 0 else "escalate" if rule % 20 < 8 else "allow"


def target(rule, version):
    """The model that an escalate rule orders; it changes with every version."""
    return ("large-a", "large-b")[(rule + version) % 2] if action(rule) == "escalate" else ""


def jurisdictions(rule, version):
    """Changes with every version, and never takes in the jurisdiction of the deployment `dep-us`."""
    return ("EU|UK", "EU|UK|CH")[(rule + version) % 2]


def owner(rule, moment):
    """Every third rule changes hands in the middle of the quarter."""
    handed_over = rule % 3 == 0 and moment >= BEGINNING + HAND_OVER
    return OWNERS[(rule + (7 if handed_over else 0)) % len(OWNERS)]


def write_registers(folder, rules, versions, starts):
    def write(name, header, rows):
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])

    write("policy_versions.csv", ["version", "effective_from"], [(f"v{n + 1:02d}", text(starts[n])) for n in range(versions)])
    write("policy_rules.csv",
          ["version", "rule_id", "priority", "agent", "data_class", "tool", "min_tokens_in", "action", "escalate_to",
           "allowed_jurisdictions"],
          [(f"v{version + 1:02d}", f"R{rule:05d}", 10 * rule, f"agent-{rule:05d}", "*", "*", 0, action(rule),
            target(rule, version), jurisdictions(rule, version))
           for version in range(versions) for rule in range(1, rules + 1)])
    change = text(BEGINNING + HAND_OVER)
    periods = []
    for rule in range(1, rules + 1):
        first, second = owner(rule, BEGINNING), owner(rule, BEGINNING + HAND_OVER)
        periods += [(rule, first, text(BEGINNING), "" if first == second else change)]
        periods += [] if first == second else [(rule, second, change, "")]
    write("ownership.csv", ["seq", "rule_id", "owner", "from", "to"],
          [(seq, f"R{rule:05d}", *rest) for seq, (rule, *rest) in enumerate(periods, 1)])
    write("people.csv", ["owner", "team", "left_at"], [(name, "platform", "") for name in OWNERS])
    write("models.csv", ["model", "tier"], MODELS)
    write("deployments.csv", ["deployment", "provider", "jurisdiction", "effective_from"],
          [("dep-eu", "azure", "EU", "2026-01-01"), ("dep-us", "azure", "US", "2026-01-01")])
    (folder / "tenure.yaml").write_text(CONFIGURATION, encoding="utf-8")


def planted_class(number, rule):
    if number % 6 == 0:
        return "compliant"
    if number % 499 == 0:
        return "no_rule"
    faults = FAULTS[action(rule)]
    return faults[(number // 6 + number % 6) % len(faults)]


def record(number, moment, rule, version, name):
    """A record that the semantics put in the class `name`, and no other."""
    ordered = target(rule, version)
    kind = action(rule)
    line = {
        "ts": text(moment), "request_id": "req_" + hashlib.sha256(b"%d" % number).hexdigest()[:24],
        "agent": f"agent-{rule:05d}", "requested_model": "small-a", "served_model": ordered or "small-a", "provider": "azure",
        "deployment": "dep-eu", "rule_id": f"R{rule:05d}", "escalated_from": None, "data_class": "internal", "tools": [],
        "outcome": "blocked" if kind == "block" else "success", "tokens_in": 500 + number % 1000, "tokens_out": 100,
        "cost_usd": 0.0015,
    }
    faults = {
        "compliant": {},
        "no_rule": {"agent": "agent-of-no-rule"},
        "implicit_escalation": {"served_model": "large-a", "escalated_from": "small-a"},
        "silent_substitution": {"served_model": "small-b"},
        "over_blocked": {"outcome": "blocked"},
        "jurisdiction_violation": {"deployment": "dep-us"},
        "rule_mismatch": {"rule_id": f"R{rule % 2 + 1:05d}" if rule > 2 else "R00003"},
        "drift_not_escalated": {"served_model": "small-b"},
        "wrong_target": {"served_model": "large-c"},
        "unattributed_escalation": {"rule_id": ""},
        "blocked_but_served": {"outcome": "success"},
    }
    return {**line, **faults[name]}


def digest(lines):
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8")).hexdigest()


def write_workload(folder, rules, versions, exceptions):
    starts = [BEGINNING + QUARTER * n / versions for n in range(versions)]
    write_registers(folder, rules, versions, starts)
    records = exceptions // 5 * 6
    tally, strata, listed = collections.defaultdict(lambda: [0, 0, 0, 0]), collections.defaultdict(list), []
    classes = collections.Counter()
    version = 0
    with open(folder / "routing.jsonl", "w", newline="", encoding="utf-8") as log:
        for number in range(records):
            moment = BEGINNING + QUARTER * number / records
            while version + 1 < versions and starts[version + 1] <= moment:
                version += 1
            rule = number * 617 % rules + 1
            name = planted_class(number, rule)
            line = record(number, moment, rule, version, name)
            log.write(json.dumps(line, separators=(",", ":")) + "\n")
            classes[name] += 1
            key = ("-", f"v{version + 1:02d}", "-", "-") if name == "no_rule" else (
                f"R{rule:05d}", f"v{version + 1:02d}", owner(rule, moment), "owned")
            sums = tally[(moment.date().isoformat(), *key, name)]
            for index, value in enumerate((1, line["tokens_in"], line["tokens_out"], 1500)):
                sums[index] += value
            request = line["request_id"]
            if name != "no_rule":
                strata[key[0], name].append((hashlib.sha256(f"{SAMPLE_SEED}:{request}".encode()).hexdigest(), request))
            if name not in NOT_EXCEPTIONS:
                listed.append(f"{request},{name}\n")
    sample = [f"{rule},{name},{request}\n" for (rule, name), found in strata.items()
              for _, request in sorted(found)[:SAMPLE_SIZE]]
    expected = {
        "records": records, "blank_lines": 0, "bytes": (folder / "routing.jsonl").stat().st_size,
        "duplicate_request_ids": 0, "classes": {"malformed": 0, **classes}, "exceptions": len(listed),
        "aggregate_rows": len(tally), "sample_rows": len(sample),
        "aggregate_sha256": digest(",".join([*key, *map(str, sums)]) + "\n" for key, sums in tally.items()),
        "exceptions_sha256": digest(listed), "sample_sha256": digest(sample),
        "arguments": {"rules": rules, "versions": versions, "exceptions": exceptions},
    }
    # Written last: its presence says that the folder is whole.
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(expected, indent=1))


def main():
    parser = argparse.ArgumentParser(description="Writes a workload that is heavy to render.")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder to write")
    parser.add_argument("--rules", type=int, default=1000)
    parser.add_argument("--versions", type=int, default=20)
    parser.add_argument("--exceptions", type=int, default=100_000, help="a multiple of 5")
    chosen = parser.parse_args()
    if chosen.rules < 3 or chosen.versions < 1:
        parser.error("--rules takes a number from 3 on, --versions one from 1 on")
    if chosen.exceptions < 5 or chosen.exceptions % 5 != 0:
        parser.error("--exceptions takes a multiple of 5, since five records of six are exceptions")
    try:
        chosen.out.mkdir(parents=True, exist_ok=True)
        write_workload(chosen.out, chosen.rules, chosen.versions, chosen.exceptions)
    except OSError as reason:
        sys.exit(f"The workload could not be written: {reason}. Name a folder with room for {chosen.exceptions // 2000} MB.")


if __name__ == "__main__":
    main()
