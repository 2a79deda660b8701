"""Lints the files of examples/pipelines, and runs their steps with the debug build in folders of their own.

Steps and environments are read from the files. Places alone are others: /srv/tenure, /etc/tenure, /var/lib/tenure,
/var/cache/tenure and /usr/local/libexec/tenure lie below a scratch folder. The clock is set by TENURE_TODAY.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from steps import FOLDER, ROOT, all_pipelines, github, systemd, text

SECRET = "sk-planted-4f1c9d"
TOOLS = pathlib.Path(sys.executable).parent
PLACES = ["/srv/tenure", "/var/lib/tenure", "/var/cache/tenure", "/usr/local/libexec/tenure", "/etc/tenure"]


def check(truth, words):
    if not truth:
        sys.exit(f"pipelines: {words}")


class Machine:
    """A scratch folder with a repository of records, as a service would have checked it out."""

    def __init__(self, scratch, example):
        self.path = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.repository = self.path / "repository"
        shutil.copytree(ROOT / "examples" / example, self.repository)
        for place in ("repository/pipelines", "usr/local/libexec/tenure"):
            (self.path / place).mkdir(parents=True, exist_ok=True)
            shutil.copy(FOLDER / "quarterly.sh", self.path / place)
        (self.path / "srv/tenure").mkdir(parents=True)
        (self.path / "srv/tenure/records").symlink_to(self.repository)
        (self.path / "etc").mkdir()
        (self.path / "etc/tenure").symlink_to(self.repository)

    def here(self, value):
        value = value.replace("REPOSITORY", str(self.repository))
        for place in PLACES:
            value = value.replace(place, f"{self.path}{place}")
        return value

    def run(self, pipeline, today="2026-10-04", **environment):
        """Runs every step; returns the status of the first that failed, and everything that was printed."""
        values = {name: self.here(value) for name, value in pipeline.environment.items()}
        self.values = {**values, **environment}
        process = {"PATH": f"{ROOT}/.build/debug:{os.environ['PATH']}", "HOME": str(self.path), "TENURE_TODAY": today,
                   "GITHUB_STEP_SUMMARY": str(self.path / "summary"), "GATEWAY_API_KEY": SECRET, **self.values}
        printed, status = "", 0
        for shell, step in pipeline.steps:
            command = [self.here(part) for part in shell] + ([self.here(step)] if step else [])
            run = subprocess.run(command, cwd=self.repository, env=process, capture_output=True, text=True)
            printed += run.stdout + run.stderr
            status = status or run.returncode
        check(SECRET not in printed, f"{pipeline.name} prints a secret")
        return status, printed

    @property
    def archive(self):
        return pathlib.Path(self.values["TENURE_ARCHIVE"])

    @property
    def publish(self):
        return pathlib.Path(self.values["TENURE_WORK"]) / "publish"


def tool(*command, may_be_missing=False):
    path = shutil.which(command[0], path=f"{TOOLS}:{os.environ['PATH']}")
    if path is None and may_be_missing:
        print(f"{command[0]} is not on the PATH: passed over")
        return ""
    run = subprocess.run([path, *map(str, command[1:])], capture_output=True, text=True, env={**os.environ, "SYSTEMD_COLORS": "0"})
    check(run.returncode == 0, f"{' '.join(map(str, command))}: {run.stdout}{run.stderr}")
    return run.stdout + run.stderr


def lint(scratch):
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", FOLDER / "github-actions.yml")
    tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", FOLDER / "gitlab-ci.yml")
    workflows = scratch / "workflows"
    workflows.mkdir()
    shutil.copy(FOLDER / "github-actions.yml", workflows)
    tool("actionlint", workflows / "github-actions.yml", may_be_missing=True)
    tool("shellcheck", FOLDER / "quarterly.sh", FOLDER / "mail.sh")
    for pipeline in all_pipelines():
        for number, (_, step) in enumerate(pipeline.steps):
            if step:
                file = scratch / f"step-{number}.sh"
                file.write_text(step)
                tool("shellcheck", "--shell=sh", file)
        check(pipeline.takes_incomplete_as_success, f"{pipeline.name} fails where a pack is incomplete")
    units = scratch / "units"
    units.mkdir()
    for script in ("quarterly.sh", "mail.sh"):
        shutil.copy(FOLDER / script, scratch)
    files = [units / file.name for file in sorted((FOLDER / "systemd").iterdir())]
    for unit in files:
        unit.write_text(text(f"systemd/{unit.name}").replace("/usr/local/libexec/tenure", str(scratch)))
    said = tool("systemd-analyze", "verify", "--man=no", *files, may_be_missing=True)
    check(said.strip() == "", f"systemd-analyze verify: {said}")
    # Threshold in tenths: exposure 1.0 of 10.
    tool("systemd-analyze", "security", "--offline=yes", "--threshold=10", units / "tenure.service", may_be_missing=True)
    when = text("systemd/tenure.timer").split("OnCalendar=")[1].splitlines()[0]
    next_run = tool("systemd-analyze", "calendar", "--base-time=2026-09-30", when, may_be_missing=True)
    check(not next_run or "2026-10-04 05:17:00 UTC" in next_run, f"the timer: {next_run}")


def runs_of_each(scratch):
    for pipeline in all_pipelines():
        machine = Machine(scratch, "quickstart")
        status, printed = machine.run(pipeline)
        check(status == 0, f"{pipeline.name} ends with {status}: {printed}")
        check("period       2026-Q3" in printed, f"{pipeline.name} does not say its period")
        packed = (machine.archive / "2026q3.tar.gz").read_bytes()
        check(packed == (machine.publish / "2026q3.tar.gz").read_bytes(), f"{pipeline.name} publishes another pack")
        for report in ("junit.xml", "summary.md", "findings.sarif"):
            made = pathlib.Path(machine.values["TENURE_WORK"]) / "2026q3/exchange" / report
            check(made.exists() == (machine.publish / report).exists(), f"{pipeline.name} does not publish {report}")
        summary = machine.publish / "summary.md"
        if summary.exists() and pipeline.name == "GitHub Actions":
            check((machine.path / "summary").read_bytes() == summary.read_bytes(), "the job page has another summary")
        status, printed = machine.run(pipeline)
        check(status == 0, f"{pipeline.name}, run again, ends with {status}: {printed}")
        check(packed == (machine.archive / "2026q3.tar.gz").read_bytes(), f"{pipeline.name}, run again, archives another pack")
        check(SECRET.encode() not in packed, "a secret is in the pack")


def the_pack_before(scratch):
    """Two quarters, of which the second is incomplete: every pipeline compares, archives, and takes 3 as its file says."""
    machine = Machine(scratch, "story")
    first = all_pipelines()[0]
    status, printed = machine.run(first, today="2026-07-02", TENURE_CONFIG="q2.yaml")
    check(status == 0, f"the first quarter ends with {status}: {printed}")
    for pipeline in all_pipelines():
        other = Machine(scratch, "story")
        shutil.copytree(machine.archive, other.path / "archive")
        status, printed = other.run(pipeline, TENURE_ARCHIVE=str(other.path / "archive"))
        maps = pipeline.name in ("GitHub Actions", "cron")
        check(status == (0 if maps else 3), f"{pipeline.name} ends with {status} where the pack is incomplete: {printed}")
        check("since        2026-Q2" in printed, f"{pipeline.name} does not compare with the pack before")
        check((other.archive / "2026q3.tar.gz").exists(), f"{pipeline.name} does not archive an incomplete pack")
    check("::warning" in Machine.run(other, github(), TENURE_ARCHIVE=str(other.path / "archive"))[1], "GitHub warns")
    damaged = machine.archive / "2026q2.tar.gz"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    status, _ = machine.run(first)
    check(status == 4 and not (machine.archive / "2026q3.tar.gz").exists(), f"a damaged archive ends with {status}")


# What the service may see, as far as it can be had without systemd: its own mounts, of which two folders and a temporary one can be
# written, no network, and no privilege.
SANDBOX = """set -eu
mount --make-rprivate /
for folder in {writable}; do mkdir -p "$folder"; mount --bind "$folder" "$folder"; done
awk '{{print $2}}' /proc/self/mounts | while read -r place; do
  case " {writable} /proc /dev /sys " in *" $place "*) ;; *) mount -o remount,bind,ro "$place" 2>/dev/null || true ;; esac
done
for folder in {writable}; do mount -o remount,bind,rw "$folder"; done
if touch "{records}/touched" 2>/dev/null; then echo "the sandbox lets records be written"; exit 99; fi
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all {command}
"""


def in_its_sandbox(scratch):
    """The service's command, where nothing but its folders can be written and nobody can be spoken to."""
    alone = ["unshare", *([] if os.geteuid() == 0 else ["--map-root-user"]), "--mount", "--net", "--ipc", "--uts"]
    if subprocess.run([*alone, "setpriv", "--no-new-privs", "true"], capture_output=True).returncode != 0:
        print("pipelines: the service was not tried in its sandbox, since unshare or setpriv may not be used here")
        return
    machine = Machine(scratch, "quickstart")
    service = systemd()
    values = {name: machine.here(value) for name, value in service.environment.items()}
    temporary = machine.path / "tmp"
    command = " ".join(machine.here(part) for part in service.steps[0][0])
    writable = " ".join([values["TENURE_ARCHIVE"], values["TENURE_WORK"], str(temporary)])
    script = SANDBOX.format(writable=writable, records=machine.repository, command=command)
    process = {"PATH": f"{ROOT}/.build/debug:{os.environ['PATH']}", "TENURE_TODAY": "2026-10-04", "TMPDIR": str(temporary), **values}
    run = subprocess.run([*alone, "sh", "-c", script], cwd="/", env=process, capture_output=True, text=True)
    check(run.returncode == 0, f"the service in its sandbox ends with {run.returncode}: {run.stdout}{run.stderr}")
    check((pathlib.Path(values["TENURE_ARCHIVE"]) / "2026q3.tar.gz").exists(), "the service in its sandbox archives no pack")


def mails(scratch):
    """What is handed to sendmail: a summary of the pack, or what the journal says of a job that made none."""
    machine = Machine(scratch, "quickstart")
    service = systemd()
    status, printed = machine.run(service)
    check(status == 0, f"the service ends with {status}: {printed}")
    tools = machine.path / "bin"
    tools.mkdir()
    for name, lines in (("sendmail", 'echo "$@"\ncat\n'), ("journalctl", 'echo "error: logs are gone"\n')):
        (tools / name).write_text("#!/bin/sh\n" + lines)
        (tools / name).chmod(0o755)

    def mail(**ended):
        process = {"PATH": f"{tools}:{os.environ['PATH']}", "TENURE_SENDMAIL": str(tools / "sendmail"), "TENURE_MAIL_TO": "gateway-team",
                   "TENURE_WORK": machine.values["TENURE_WORK"], "MONITOR_UNIT": "tenure.service", **ended}
        return subprocess.run([FOLDER / "mail.sh"], env=process, capture_output=True, text=True, check=True).stdout

    sent = mail(MONITOR_SERVICE_RESULT="success", MONITOR_EXIT_STATUS="0")
    head, _, body = sent.partition("\n\n")
    check(head.startswith("-i -- gateway-team\nSubject: Evidence pack 2026-Q3: "), f"the mail of a pack: {sent}")
    check("Checks that fail: " in body and "\nNext: " in body, f"the mail of a pack: {sent}")
    sent = mail(MONITOR_SERVICE_RESULT="exit-code", MONITOR_EXIT_STATUS="5")
    check("\nSubject: No evidence pack: tenure.service ended with 5\n" in sent, f"the mail of no pack: {sent}")
    check("error: logs are gone" in sent, f"the mail of no pack: {sent}")


def what_leaves_no_pack(scratch):
    machine = Machine(scratch, "quickstart")
    pipeline = github()
    for period, expected in (("2020-Q1", 5), ("2026-07", 64), ("soon", 1)):
        status, printed = machine.run(pipeline, TENURE_PERIOD=period)
        check(status == expected, f"{period} ends with {status}: {printed}")
        check(not list(machine.archive.glob("*.tar.gz")), f"{period} leaves an archive")
    status, _ = machine.run(pipeline, TENURE_FAIL_ON="fail")
    check(status == 2, f"findings end with {status}")
    packed = (machine.archive / "2026q3.tar.gz").read_bytes()
    with open(machine.repository / "tenure.yaml", "a") as configuration:
        configuration.write("sample-size: 4\n")
    status, printed = machine.run(pipeline)
    check(status == 1 and "holds another pack" in printed, f"another pack of the quarter ends with {status}: {printed}")
    check(packed == (machine.archive / "2026q3.tar.gz").read_bytes(), "another pack took the place of the first")


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        lint(scratch)
        runs_of_each(scratch)
        the_pack_before(scratch)
        in_its_sandbox(scratch)
        mails(scratch)
        what_leaves_no_pack(scratch)
    print(f"steps of {len(all_pipelines())} pipelines run, as they stand in examples/pipelines")


main()
