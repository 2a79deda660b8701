"""Holds lines of JSON against docs/schemas/events.json, and the schema against what was seen of it."""

import json
import pathlib

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load(name):
    schema = json.loads((ROOT / "docs/schemas" / name).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


class Events:
    """Lines of events. What they hold is remembered, so that members that nobody prints can be told."""

    def __init__(self):
        self.schema = load("events.json")
        self.validator = jsonschema.Draft202012Validator(self.schema)
        self.seen = {}

    def faults(self, output, status):
        """What is wrong with the standard output of one command that ended with a status."""
        if status == 64:
            return ["a usage error printed something"] if output else []
        if not output.endswith("\n"):
            return ["the last line has no end"]
        found, last = [], None
        lines = output[:-1].split("\n")
        if lines != output.splitlines():
            found.append("a character in a string ends a line for some readers")
        for number, line in enumerate(lines, 1):
            try:
                last = json.loads(line)
            except ValueError as error:
                return found + [f"line {number}: {error}"]
            found += [f"line {number}: {self.words(error)}" for error in self.validator.iter_errors(last)]
            if isinstance(last, dict):
                self.seen.setdefault(last.get("event"), set()).update(last)
            if isinstance(last, dict) and last.get("event") == "ended" and number < len(lines):
                found.append(f"line {number}: ended, and more follows")
        if last.get("event") != "ended":
            found.append("the last line is not ended")
        elif last["exit_status"] != status:
            found.append(f"ended says {last['exit_status']}, and the status is {status}")
        return found

    @staticmethod
    def words(error):
        place = "/".join(str(part) for part in error.absolute_path)
        return f"{error.instance.get('event') if isinstance(error.instance, dict) else place}: {error.message[:300]}"

    def definitions(self):
        prefix = "event-"
        return {n.removeprefix(prefix): d for n, d in self.schema["$defs"].items() if n.startswith(prefix)}

    def unseen(self):
        """Events and members of the schema that no command printed."""
        missing = []
        for event, definition in self.definitions().items():
            if event not in self.seen:
                missing.append(event)
            else:
                missing += [f"{event}.{m}" for m in definition["properties"] if m not in self.seen[event]]
        return missing
