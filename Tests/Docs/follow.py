"""Follows pages of the documentation word for word, each in a copy of the project of its own.

A block that is indented by four blanks and begins with `$ ` is a session: commands behind `$ `, and below each what it prints. A command goes on
after a `\\` at the end of its line, and up to `END` where it says `<<'END'`. In what is printed, a line `...` stands for any lines and `...` in a line
for any text. The commands of a page run in one shell, and each has to end with 0.

Usage: follow.py TENURE [--accept] [PAGE...]
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
INDENT = "    "
PROMPT = INDENT + "$ "
# Files in here are copied for the pages that name them.
WHEN_NAMED = ("Benchmarks/", "Sources/", "Tests/", "deploy/", "docs/", "reports/")


@dataclass
class Step:
    """One command and what the page says that it prints. `first` and `last` are the lines of what is printed, counted from 0."""

    line: int
    command: str = ""
    printed: list = field(default_factory=list)
    first: int = 0
    last: int = 0


def is_printed(line, following):
    """Whether a line is of what a command prints. A blank one is where the block goes on behind it."""
    if not line:
        return is_printed(following, "") if following else False
    return line.startswith(INDENT) and not line.startswith(PROMPT)


def steps(text):
    """The commands of a page, in their order."""
    found, lines, number = [], text.split("\n"), 0
    while number < len(lines):
        if not lines[number].startswith(PROMPT):
            number += 1
            continue
        step = Step(number + 1, lines[number].removeprefix(PROMPT))
        number += 1
        while step.command.endswith("\\"):
            step.command += "\n" + lines[number].removeprefix(INDENT)
            number += 1
        if "<<'END'" in step.command:
            while not step.command.endswith("\nEND"):
                if number == len(lines):
                    raise ValueError(f"line {step.line}: no END")
                step.command += "\n" + lines[number].removeprefix(INDENT)
                number += 1
        step.first = number
        while number < len(lines) and is_printed(lines[number], "".join(lines[number + 1:number + 2])):
            step.printed.append(lines[number].removeprefix(INDENT))
            number += 1
        step.last = number
        found.append(step)
    return found


def fits(printed, output):
    """Whether the output is what the page says."""
    parts = []
    for line in printed:
        if line == "...":
            parts.append(r"(?:[^\n]*\n)*")
        else:
            parts.append(r"[^\n]*".join(re.escape(part) for part in line.rstrip().split("...")) + r"[ ]*\n")
    return re.fullmatch("".join(parts), output) is not None


def files_of_the_project():
    names = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in names.split("\0") if name and (ROOT / name).is_file()]


def run(text, tenure, project):
    """The steps of a page with what each printed and its status, as far as the shell came."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for name in project:
            if not name.startswith(WHEN_NAMED) or name in text:
                target = scratch / "tenure" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        tools = scratch / "bin"
        tools.mkdir()
        (tools / "tenure").symlink_to(tenure)
        # What the build would have made is there.
        release = scratch / "tenure/.build-release/release"
        release.mkdir(parents=True)
        (release / "tenure").symlink_to(tenure)
        (tools / "make").write_text('#!/bin/sh\nexec /usr/bin/make -o build "$@"\n')
        (tools / "make").chmod(0o755)
        (scratch / ".gitconfig").write_text("[user]\nname = dana\nemail = dana@example.org\n[init]\ndefaultBranch = main\n")
        environment = {"PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin", "HOME": str(scratch), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        found = steps(text)
        script = []
        for number, step in enumerate(found):
            (scratch / f"{number}.sh").write_text(step.command + "\n")
            script.append(f". {scratch}/{number}.sh >{scratch}/{number}.out 2>&1 </dev/null; echo $? >{scratch}/{number}.status")
        subprocess.run(["bash", "-c", "\n".join(script)], cwd=scratch / "tenure", env=environment, timeout=300, capture_output=True)
        for number, step in enumerate(found):
            output, status = scratch / f"{number}.out", scratch / f"{number}.status"
            # The folder has another name each time.
            yield (step, output.read_text(errors="replace").replace(str(scratch), "...") if output.exists() else "",
                   int(status.read_text()) if status.exists() else None)


def faults(page, text, tenure, project):
    """What differs from the page, a text a fault, and the page as it would be right."""
    found, lines, moved = [], text.split("\n"), 0
    ran = list(run(text, tenure, project))
    if not ran:
        found.append(f"{page}: has no command to follow")
    for step, output, status in ran:
        if output and not output.endswith("\n"):
            output += "\n"
        if status != 0:
            found.append(f"{page}:{step.line}: `{step.command}` ended with {status}\n{output}")
        if not fits(step.printed, output):
            said = "".join(line + "\n" for line in step.printed)
            found.append(f"{page}:{step.line}: `{step.command}` printed\n{output}and the page says\n{said}")
            right = [(INDENT + line).rstrip() for line in output.split("\n")[:-1]]
            lines[step.first + moved:step.last + moved] = right
            moved += len(right) - (step.last - step.first)
    return found, "\n".join(lines)


def main():
    arguments = sys.argv[1:]
    accept = "--accept" in arguments
    names = [argument for argument in arguments if argument != "--accept"]
    tenure = pathlib.Path(names.pop(0)).resolve()
    pages = [ROOT / name for name in names] or [ROOT / "docs/tutorial.md", *sorted((ROOT / "docs/how-to").glob("*.md"))]
    project = files_of_the_project()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda page: faults(page.relative_to(ROOT), page.read_text(), tenure, project), pages))
    wrong = [fault for found, _ in results for fault in found]
    if accept:
        for page, (_, right) in zip(pages, results):
            page.write_text(right)
    for fault in wrong:
        print(fault, file=sys.stderr)
    print(f"{len(pages)} pages followed, {sum(len(steps(page.read_text())) for page in pages)} commands, {len(wrong)} fault(s)")
    sys.exit(1 if wrong and not accept else 0)


if __name__ == "__main__":
    main()
