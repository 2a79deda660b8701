"""The steps of the files of examples/pipelines, read out of the files themselves."""

import pathlib
import re
import shlex
from dataclasses import dataclass

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples/pipelines"


@dataclass
class Pipeline:
    """What a service does: an environment and shell texts, each with the shell that the service runs it in."""

    name: str
    environment: dict
    steps: list
    # The status of the service's job for an incomplete pack is 0, or listed as no failure.
    takes_incomplete_as_success: bool


def text(name):
    return (FOLDER / name).read_text()


def one(pattern, where, flags=0):
    found = re.findall(pattern, where, flags)
    assert len(found) == 1, f"{pattern} is there {len(found)} times"
    return found[0]


def github():
    file = yaml.safe_load(text("github-actions.yml"))
    job = file["jobs"]["pack"]
    values = {"${{ github.workspace }}": "REPOSITORY", "${{ inputs.period || 'previous-quarter' }}": "previous-quarter"}
    environment = {}
    for name, value in job["env"].items():
        for expression, stands_for in values.items():
            value = value.replace(expression, stands_for)
        assert "${{" not in value, value
        environment[name] = value
    steps = [step for step in job["steps"] if "run" in step]
    assert all(step["shell"] == "sh" and "${{" not in step["run"] for step in steps)
    return Pipeline("GitHub Actions", environment, [(["sh", "-e", "-c"], step["run"]) for step in steps], True)


def gitlab():
    job = yaml.safe_load(text("gitlab-ci.yml"))["evidence-pack"]
    environment = {n: v.replace("$CI_PROJECT_DIR", "REPOSITORY") for n, v in job["variables"].items()}
    shell = ["bash", "-e", "-o", "pipefail", "-c"]
    return Pipeline("GitLab", environment, [(shell, line) for line in job["script"]], 3 in job["allow_failure"]["exit_codes"])


def jenkins():
    file = text("Jenkinsfile")
    assert file.count("{") == file.count("}") and file.count("(") == file.count(")")
    block = one(r"environment \{(.*?)\n  \}", file, re.S)
    environment = {n: a or b.replace("${WORKSPACE}", "REPOSITORY")
                   for n, a, b in re.findall(r"(\w+) = (?:'([^']*)'|\"([^\"]*)\")", block)}
    environment["TENURE_PERIOD"] = one(r"name: 'TENURE_PERIOD', defaultValue: '([^']*)'", file)
    step = one(r"sh\(script: '([^']*)', returnStatus: true\)", file)
    return Pipeline("Jenkins", environment, [(["sh", "-xe", "-c"], step)], "status == 3" in file and "unstable(" in file)


def systemd():
    file = text("systemd/tenure.service")
    environment = dict(re.findall(r"^Environment=(\w+)=(.*)$", file, re.M))
    command = one(r"^ExecStart=(.*)$", file, re.M)
    return Pipeline("systemd", environment, [(shlex.split(command), None)], one(r"^SuccessExitStatus=(.*)$", file, re.M) == "3")


def cron():
    environment, command = {}, None
    for line in text("cron/tenure").splitlines():
        if not line or line.startswith("#"):
            continue
        if match := re.fullmatch(r"(\w+)=(.*)", line):
            environment[match[1]] = match[2]
            continue
        assert command is None, "one line of a job"
        *times, user, command = line.split(None, 6)
        ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]
        for field, (low, high) in zip(times, ranges, strict=True):
            assert field == "*" or all(low <= int(part) <= high for part in field.split(",")), field
        assert user == "tenure" and "%" not in command, "cron ends a command at a per cent sign"
    shell = environment.pop("SHELL")
    environment.pop("PATH")
    return Pipeline("cron", environment, [([shell, "-c"], command)], True)


def all_pipelines():
    return [github(), gitlab(), jenkins(), systemd(), cron()]
