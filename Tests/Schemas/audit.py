"""Runs every command with --format json, in success, with diagnostics and in failure, and validates each line that it prints."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema

from schema import ROOT, Events, load

TENURE = ROOT / ".build/debug/tenure"
QUICKSTART = "examples/quickstart/tenure.yaml"
STORY = "examples/story/tenure.yaml"

# A decision of the quickstart, by the anchor that its page has.
RECORD = "decision-081f4d6be074"

# Characters that end lines, turn writing round, or mean something to a reader of markup.
HOSTILE = "r'\"]]>\n\u2028\u202e\u0085\u009b31m<b>\\"

# Members that no example here brings about, and why.
NOT_SEEN = {
    "seal.stamped_at": "needs a time-stamp authority; SealStoryTests has one",
    "fault.byte_offset": "a fault of a pack names a line at most; the member comes from the form of every diagnostic",
}


def prepare(scratch):
    """Inputs that are broken, and a folder for init."""
    (scratch / "parts").mkdir()
    broken = scratch / "broken"
    broken.mkdir()
    shutil.copytree(ROOT / "examples/quickstart/policy", broken / "policy")
    (broken / "log.jsonl").write_text('{"ts":"2026-07-01T00:00:00Z"}\nno JSON\n')
    (broken / "people.csv").write_text("name,left\ndana,someday\n")
    (broken / "tenure.yaml").write_text(
        "organisation: Example\nperiod: 2026-Q3\nunknown-key: 1\nrouting-logs: [log.jsonl]\n"
        "policy: [{folder: policy}]\npeople: people.csv\nownership: [{path: missing.csv}]\n")
    (broken / "holes.yaml").write_text(
        f"period: 2026-Q3\nreject-tolerance: 0\nrouting-logs: [{ROOT}/examples/quickstart/logs/*]\n"
        f"policy: [{{folder: {ROOT}/examples/quickstart/policy}}]\nownership: [{{path: missing.csv}}]\n")
    (scratch / "holds.csv").write_text(
        "id,period,from,to,ordered_by,reference\nH-1,2026-Q3,2026-11-01,2098-01-01,counsel,matter 12\n")
    (scratch / "held.yaml").write_text(
        "period: 2026-Q3\nretention: {packs: 7 years, logs: 1 year, stores: 1 year}\nregisters: {legal-holds: holds.csv}\n")
    (scratch / "cut.yaml").write_text(
        f"period: 2026-Q3\nrouting-logs: [cut.jsonl.gz]\npolicy: [{{folder: {ROOT}/examples/quickstart/policy}}]\n")
    hostile = scratch / "hostile"
    hostile.mkdir()
    shutil.copytree(ROOT / "examples/quickstart/policy", hostile / "policy")
    record = {"ts": "2026-07-02T00:00:00Z", "request_id": HOSTILE, "agent": HOSTILE + "a" * (11 << 20), "outcome": "success",
              "requested_model": HOSTILE, "served_model": HOSTILE, "data_class": "pii", "tools": [HOSTILE]}
    surrogate = json.dumps({**record, "agent": "a"}).replace('"pii"', r'"\ud800"')
    (hostile / "log.jsonl").write_text(json.dumps(record) + "\n" + surrogate + "\n")
    (hostile / "ownership.csv").write_text("rule_id,owner,role,from\n*,\u202e]]>dana\u2028,accountable,2026-01-01\n")
    (hostile / "tenure.yaml").write_text(
        "period: 2026-Q3\nrouting-logs: [log.jsonl]\npolicy: [{folder: policy}]\nownership: [{path: ownership.csv}]\n")
    empty = scratch / "empty"
    empty.mkdir()
    shutil.copytree(ROOT / "examples/quickstart/logs", scratch / "init/logs")
    (scratch / "native.csv").write_text(
        "ts,request_id,outcome,requested_model,served_model\n2026-07-01T00:00:00Z,r1,success,a,a\n"
        "2026-07-01T00:00:01,r2,success,a,a\nsoon,r3,success,a,a\n")
    (scratch / "empty.csv").write_text("ts,request_id,outcome,requested_model,served_model\n")
    (scratch / "langfuse.csv").write_text(
        "id,type,start_time,trace_id,provided_model_name,level\nr1,GENERATION,2026-07-01 00:00:00,t,a,DEFAULT\n")
    (scratch / "cut.jsonl.gz").write_bytes((ROOT / "examples/quickstart/logs/2026-08.jsonl.gz").read_bytes()[:2000])
    for name in ("key", "other"):
        key = scratch / f"{name}.pem"
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True)
        subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-out", scratch / f"{name}.pub"], check=True)
        key.chmod(0o600)
    overruled = scratch / "overruled"
    overruled.mkdir()
    (overruled / "overrides.yaml").write_text(
        "overrides:\n  - {check: RG-OWN-02, framework: owasp-asi-2026, control: ASI03, relation: subset-of,"
        " reason: We revoke keys otherwise., decided-by: dana, date: 2026-08-01}\n")
    overlay = scratch / "mappings/checks"
    overlay.mkdir(parents=True)
    (overlay / "ours.yaml").write_text(
        "framework: owasp-asi-2026\nchecks:\n  - check: RG-NONE-01\n    controls:\n"
        "      - {control: ASI99, relation: equals, rationale: r}\n")


def spoil(pack, copy):
    """A copy of a pack whose sums have a line that is none."""
    shutil.copytree(pack, copy)
    with open(copy / "SHA256SUMS", "a") as sums:
        sums.write("no digest\n")
    for dossier in (copy / "c/print").glob("*.html"):
        dossier.write_text(dossier.read_text() + "<!-- changed -->")


def cases(s):
    """Arguments and the status that each must end with. Later commands use what earlier ones made."""
    run = ["run", "--out", f"{s}/out", "--store", f"{s}/s.sqlite"]
    pack, q = f"{s}/out/2026q3", ["--config", QUICKSTART]
    story = ["--out", f"{s}/story", "--store", f"{s}/story.sqlite"]
    broken = ["--config", f"{s}/broken/tenure.yaml"]
    holes = ["--config", f"{s}/broken/holes.yaml"]
    held = ["--config", f"{s}/held.yaml"]
    july = "logs/2026-07.jsonl"
    log = f"examples/quickstart/{july}"
    size = (ROOT / log).stat().st_size
    split = lambda a, b, name: (["scan", *q, "--split", f"{ROOT}/{log}:{a}-{b}", "--out", f"{s}/{name}"], 0)
    own = ["owners", "pii-to-trusted", *q]
    none = ["prove-none", *q, "--store", f"{s}/s.sqlite"]
    return [
        (["run", *q, *run[1:]], 0),
        (["run", *q, *run[1:], "--fail-on", "fail"], 2),
        (["run", *q, *run[1:], "--period", "previous-quarter", "--format", "json"], 0),
        (["run", *q, *run[1:], "--period", "1999"], 5),
        (["run", *q, *run[1:], "--period", "soon"], 1),
        (["run", *q, *run[1:], "--jobs", "0"], 64),
        (["run", *broken, *run[1:]], 5),
        (["run", "--config", f"{s}/broken/holes.yaml", "--out", f"{s}/holes", "--store", f"{s}/holes.sqlite"], 3),
        (["run", "--config", "examples/story/q2.yaml", *story], None),
        (["run", "--config", STORY, "--previous-pack", f"{s}/story/2026q2", *story], None),
        (["detect", *sorted(f"examples/{name}" for name in os.listdir(ROOT / "examples") if name != "pipelines")], 3),
        (["detect", f"{s}/cut.jsonl.gz"], 3),
        (["detect", f"{s}/empty"], 1),
        (["detect", f"{s}/none"], 1),
        (["scan", *q, "--store", f"{s}/s2.sqlite", "--digests"], 0),
        (["scan", *broken, "--store", f"{s}/s3.sqlite"], 5),
        split(0, size // 2, "a.partial"), split(size // 2, "", "b.partial"),
        (["merge", f"{s}/a.partial", f"{s}/b.partial", f"{s}/a.partial", "--out", f"{s}/all.partial"], 0),
        (["splits", *q, "--out", f"{s}/splits.jsonl", "--out-inputs", f"{s}/inputs", "--size", "20000"], 0),
        (["splits", *broken, "--out", f"{s}/none.jsonl", "--out-inputs", f"{s}/none.inputs"], 5),
        (["scan", "--inputs", f"{s}/inputs", "--split", f"{july}:0-", "--log", f"{ROOT}/{log}",
          "--out", f"{s}/parts/c.partial"], 0),
        (["scan", "--inputs", QUICKSTART, "--split", f"{july}:0-", "--out", f"{s}/c.partial"], 1),
        (["run", *q, *run[1:], "--partials", f"{s}/parts", "--splits", f"{s}/splits.jsonl"], 3),
        (["run", *q, *run[1:], "--partials", f"{s}/parts", "--splits", QUICKSTART], 1),
        (["merge", QUICKSTART, "--out", f"{s}/all.partial"], 1),
        (["verify", pack], 0),
        (["verify", f"{s}/story/2026q3", "--previous", f"{s}/story/2026q2"], 0),
        (["verify", f"{s}/story/2026q2", "--previous", pack], 4),
        (["verify", f"{s}/empty"], 4),
        (["verify", f"{s}/spoilt"], 4),
        (["seal", f"{s}/story/2026q2", "--key", f"{s}/key.pem", "--signer", "gateway-team"], 0),
        (["seal", f"{s}/spoilt", "--key", f"{s}/key.pem"], 4), (["seal", pack, "--key", f"{s}/none.pem"], 1),
        (["seal", pack], 64),
        (["zip", pack, "--out", f"{s}/pack.zip"], 0), (["zip", f"{s}/spoilt"], 4), (["zip", f"{s}/empty"], 4),
        (["zip", pack, "--out", f"{s}/key.pem"], 1),
        (["summary", pack], 0), (["summary", f"{s}/empty"], 1), (["summary"], 64),
        (["retention", *held, "--at", "2099-01-01", *run[1:]], 3), (["retention", *held, "--at", "2099-01-01", *run[1:3], "--store", f"{s}/none"], 0),
        (["retention", *held, "--out", f"{s}/empty", "--store", f"{s}/none"], 5), (["retention", *held, f"{s}/none"], 1),
        (["retention", *held, "--at", "then"], 64),
        (["verify", f"{s}/pack.zip"], 0), (["verify", f"{s}/key.pem"], 4), (["gaps", f"{s}/key.pem"], 1),
        (["verify", f"{s}/story/2026q2", "--trusted-key", f"{s}/key.pub", "--deep"], 0),
        (["verify", f"{s}/story/2026q2", "--trusted-key", f"{s}/other.pub"], 4),
        (["disclose", "--new-key", f"{s}/secret"], 0), (["disclose", "--new-key", f"{s}/secret"], 1),
        (["disclose", pack, "--level", "auditor", "--key", f"{s}/secret", "--out", f"{s}/handover"], 0),
        (["disclose", pack, "--level", "secret", "--key", f"{s}/secret", "--out", f"{s}/handover"], 64),
        (["verify", f"{s}/handover/2026q3-auditor", "--deep"], 0),
        (["reveal", f"{s}/handover/2026q3-auditor", "--key", f"{s}/secret", "--internal", pack, "--record", RECORD, "--field",
          "request-id"], 0),
        (["reveal", f"{s}/handover/2026q3-auditor", "--key", f"{s}/secret", "--internal", pack, "--record", "none", "--field",
          "request-id"], 1),
        (["diff", f"{s}/story/2026q2", f"{s}/story/2026q3", "--out", f"{s}/delta"], 0),
        (["diff", f"{s}/story/2026q2", f"{s}/story/2026q3", "--fail-on", "lost"], 2),
        (["diff", f"{s}/story/2026q3", f"{s}/story/2026q2"], 0),
        (["diff", pack, f"{s}/story/2026q3"], 0),
        (["diff", pack, f"{s}/empty"], 1),
        (["run", *q, *run[1:], "--period", "2026-07"], None),
        (["run", *q, *run[1:], "--period", "2026-09"], None),
        (["diff", f"{s}/out/202607", f"{s}/out/202609"], 0),
        (["gaps", pack], 0), (["gaps", *q, "--unlock"], 0), (["gaps", *broken], 5),
        (["gaps", "--history", *q, "--store", f"{s}/s.sqlite"], 0),
        (["gaps", "--history", *q, "--store", f"{s}/none.sqlite"], 5),
        (["gaps", pack, "--control", "ASI02", "--fail-on", "contradicted"], 2),
        (["gaps", pack, "--control", "ASI11"], 1), (["gaps", pack, "--control", "nonsense"], 1),
        ([*own, "--at", "2026-07-20"], 0), ([*own, "--at", "2026-08-12"], 2),
        (["owners", "fraud-screening", *q, "--at", "2026-09-05"], 2),
        (["owners", "confidential-to-harbour", *q, "--at", "2026-09-03", "--as-known-at", "2026-09-05"], 0),
        (["owners", "confidential-to-harbour", *q, "--at", "2026-08-03", "--as-known-at", "2026-09-05"], 0),
        (["owners", "none", "--at", "2026-08-12", *q], 1), ([*own, "--at", "then"], 64),
        (["owners", "pii-to-trusted", "--at", "2026-07-20", *broken], 2),
        *((["explain", name, *q], 0) for name in (
            "RG-OWN-01", "RG-DRF-01", "ASI02", "GOVERN 1.2", "OWASP Agentic AI Top 10 | A2", "drift_not_escalated",
            "cannot-tell", "register-empty",
            "pii-to-trusted", "req-0702-0005", "req-0703-0004", "req-0910-0008")),
        (["explain", HOSTILE, "--config", f"{s}/hostile/tenure.yaml"], 0),
        (["detect", f"{s}/hostile/log.jsonl"], 0),
        (["prove-none", "--tool", HOSTILE, "--model", HOSTILE, "--config", f"{s}/hostile/tenure.yaml"], None),
        (["owners", "pii-to-trusted", "--at", "2026-07-20", "--config", f"{s}/hostile/tenure.yaml"], 0),
        (["explain", "nothing-of-that-name", *q], 1),
        ([*none, "--data-class", "pii", "--model", "harbour*"], 2),
        ([*none, "--data-class", "pii", "--model", "minimax*"], 0),
        ([*none, "--agent", "nobody", "--model", "x"], 5), ([*none], 64),
        (["dossier", "pii-to-trusted", "--pack", pack], 0), (["dossier", "ASI02", "--pack", pack], 0),
        (["dossier", "no-such-rule", "--pack", pack], 1),
        (["dossier", "ASI02", "--pack", pack, "--pdf", f"{s}/asi02.pdf", "--no-sandbox"], 0),
        (["doctor", *q, "--out", f"{s}/out", "--store", f"{s}/s.sqlite"], 0), (["doctor", *broken], 3),
        (["doctor", "--config", f"{s}/none"], 1),
        (["init", f"{s}/init"], 0), (["init", f"{s}/init"], 1), (["init", f"{s}/none"], 1),
        (["show", "config", *q], 0), (["show", "config", *broken], 0), (["show", "config", "--config", f"{s}/none"], 1),
        (["mappings", "list"], 0), (["mappings", "lint"], 0), (["mappings", "lint", "--mappings", f"{s}/mappings"], 1),
        (["mappings", "lint", "--mappings", f"{s}/overruled"], 0),
        (["fieldmap", "list"], 0), (["fieldmap", "show", "portkey"], 0), (["fieldmap", "show", "none"], 1),
        (["fieldmap", "test", "native-csv", f"{s}/native.csv"], 2),
        (["fieldmap", "test", "langfuse-csv", f"{s}/langfuse.csv"], 0),
        (["fieldmap", "test", "none", f"{s}/native.csv"], 1), (["fieldmap", "test", "native-csv", f"{s}/empty.csv"], 5),
        (["mappings", "list", "--mappings", f"{s}/mappings"], 1),
        (["verify", pack, "--previous", f"{s}/empty"], 1), (["dossier", "ASI02", "--pack", f"{s}/spoilt"], 4),
        (["scan", *holes, "--store", f"{s}/s4.sqlite"], 3),
        (["scan", "--config", f"{s}/cut.yaml", "--split", "cut.jsonl.gz:0-", "--out", f"{s}/cut.partial"], 3),
        (["merge", f"{s}/cut.partial", "--out", f"{s}/all.partial"], 3),
        (["splits", *holes, "--out", f"{s}/holes.jsonl", "--out-inputs", f"{s}/holes.inputs"], 3),
        (["splits", "--config", f"{s}/none", "--out", f"{s}/none.jsonl", "--out-inputs", f"{s}/none.inputs"], 1),
        (["prove-none", *holes, "--data-class", "pii", "--model", "minimax*"], 3),
        (["prove-none", "--config", f"{s}/none", "--data-class", "pii", "--model", "minimax*"], 1),
        *(([*name.split(), "--no-such-option"], 64) for name in documented_statuses()),
    ]


def commands_of_the_program():
    """Every command that is no group of others, and whether it takes --format json."""
    text = subprocess.run([TENURE, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
    found = {}

    def walk(command, path):
        inner = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
        for sub in inner:
            walk(sub, path + [sub["commandName"]])
        if not inner:
            formats = [a for a in command.get("arguments", []) if a.get("valueName") == "format"]
            found[" ".join(path)] = any("json" in (a.get("allValues") or []) for a in formats)

    walk(json.loads(text)["command"], [])
    return found


def documented_statuses():
    """What docs/exit-statuses.md says each command can end with, beside 64."""
    table = {}
    for line in (ROOT / "docs/exit-statuses.md").read_text().splitlines():
        if row := re.match(r"\| \[`tenure ([a-z -]+)`\]\(\S+\) \| (.*) \|$", line):
            table[row[1]] = {int(number) for number in re.findall(r"\*\*([0-5])\*\*", row[2])}
    return table


def statuses(seen):
    """Each status of each command is documented, and each that is documented was seen."""
    table = documented_statuses()
    for name in sorted(seen.keys() | table.keys()):
        told, was = table.get(name, set()), seen.get(name, set()) - {64}
        yield from (f"docs/exit-statuses.md says that {name} can end with {status}, and no case does" for status in sorted(told - was))
        yield from (f"{name} ended with {status}, which docs/exit-statuses.md does not say" for status in sorted(was - told))


def main():
    events, faults, ran, ended = Events(), [], set(), {}
    commands = commands_of_the_program()
    faults += [f"{name} takes no --format json" for name, speaks in commands.items() if not speaks]
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        prepare(scratch)
        environment = {**os.environ, "TENURE_TODAY": "2026-10-01"}
        for arguments, status in cases(scratch):
            called = {name for name in commands if " ".join(arguments).startswith(name + " ") or arguments == name.split()}
            ran.update(called)
            if "--format" not in arguments:
                arguments = [*arguments, "--format", "json"]
            if arguments[:2] == ["verify", f"{scratch}/spoilt"]:
                spoil(scratch / "out/2026q3", scratch / "spoilt")
            run = subprocess.run([TENURE, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
            for name in called:
                ended.setdefault(name, set()).add(run.returncode)
            found = events.faults(run.stdout, run.returncode)
            if status is not None and run.returncode != status:
                found.append(f"status {run.returncode} in place of {status}: {run.stderr[-300:]}")
            faults += [f"tenure {' '.join(arguments)}: {fault}" for fault in found[:10]]
        record = json.loads((scratch / "out/2026q3.run.json").read_text())
        faults += [f"run.json: {e.message}" for e in jsonschema.Draft202012Validator(load("run-record.json")).iter_errors(record)]
    faults += statuses(ended)
    faults += [f"{name} is run by no case" for name in commands if name not in ran]
    faults += [f"{name} is in the schema, and no case printed it" for name in events.unseen() if name not in NOT_SEEN]
    page = (ROOT / "docs/events.md").read_text()
    faults += [f"docs/events.md does not describe {name}" for name in events.definitions() if f"`{name}`" not in page]
    for fault in faults:
        print(fault.replace(str(scratch), "SCRATCH"))
    if faults:
        sys.exit(f"{len(faults)} faults in JSON output")
    print(f"JSON output of {len(commands)} commands: {len(events.definitions())} events, all valid")


main()
