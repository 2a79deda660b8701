"""Faults that the audit of JSON output must find."""

import copy
import json

from schema import Events

SOUND = [
    {"version": 1, "event": "verified", "pack": "p", "sound": True, "faults": 0, "files": 3, "documents": 2, "links": 1,
     "pages_made": 0, "manifest_sha256": "0" * 64, "exit_status": 0},
    {"version": 1, "event": "ended", "exit_status": 0, "status": "done"},
]


def faults(events, status=0):
    return Events().faults("".join(json.dumps(event) + "\n" for event in events), status)


def changed(index, **members):
    events = copy.deepcopy(SOUND)
    events[index].update(members)
    return events


assert faults(SOUND) == [], faults(SOUND)
PLANTED = {
    "a member that the schema does not have": faults(changed(0, added_in_code=1)),
    "an event that the schema does not have": faults(changed(0, event="surprise")),
    "a number as text": faults(changed(0, files="3")),
    "a digest that is none": faults(changed(0, manifest_sha256="0" * 63)),
    "a member that is missing": faults([{k: v for k, v in SOUND[0].items() if k != "links"}, SOUND[1]]),
    "another version": faults(changed(0, version=2)),
    "a stream that was cut off": faults(SOUND[:1]),
    "a line after the end": faults([SOUND[1], SOUND[0]]),
    "another status than the program's": faults(SOUND, status=3),
    "a usage error with output": faults(SOUND, status=64),
    "a line separator in a string": Events().faults("".join(json.dumps(e, ensure_ascii=False) + "\n" for e in changed(0, pack="a\u2028b")), 0),
    "a line that is no JSON": Events().faults("sound: 3 files\n", 0),
}
for planted, found in PLANTED.items():
    assert found, f"not found: {planted}"
print(f"{len(PLANTED)} planted faults of JSON output found")
