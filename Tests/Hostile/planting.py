"""Plants marked secrets in every field of a folder of inputs, and finds them again in whatever came out.

A mark is an imitation of a well-known kind of secret with a number of its own, so that a finding names the field that leaked.
"""
import base64
import csv
import io
import json
import re
import urllib.parse

PREFIX = "CNRY"


class Marks:
    """Hands out marked secrets and knows where each was put."""

    def __init__(self):
        self.places = []

    def mark(self, place):
        self.places.append(place)
        # Letters and digits, so that no escaping of JSON, XML or SQL changes it.
        return f"{PREFIX}{len(self.places) - 1:05d}9z8Y7x6W5v4U3t2S1r0Q"

    def secret(self, place):
        """The next kind of secret in turn."""
        kind = KINDS[len(self.places) % len(KINDS)]
        return kind(self.mark(f"{place} as {kind.__doc__}"))


def openai(mark):
    "a key of OpenAI"
    return f"sk-proj-{mark}abcdefgh"


def amazon(mark):
    "a key of AWS"
    return f"AKIA{mark[:9]}IOSFODNN"


def github(mark):
    "a token of GitHub"
    return f"ghp_{mark}a1"


def slack(mark):
    "a token of Slack"
    return f"xoxb-{mark}-123456789"


def google(mark):
    "a key of Google"
    return f"AIzaSy{mark}abcdefgh"


def jwt(mark):
    "a JSON Web Token"
    return f"eyJhbGciOiJIUzI1NiJ9.{mark}.c2lnbmF0dXJl"


def address(mark):
    "a password in an address"
    return f"https://gateway:{mark}@models-{mark[4:9]}.example/v1"


def query(mark):
    "a key in the query of an address"
    return f"https://models-{mark[4:9]}.example/v1?api_key={mark}&x=1"


def bearer(mark):
    "a bearer token"
    return f"Authorization-{mark[4:9]}: Bearer {mark}"


def assignment(mark):
    "an assignment"
    return f"password_{mark[4:9]}=x password={mark}"


def pem(mark):
    "a private key"
    return f"-----BEGIN PRIVATE KEY-----\n{mark}abcd\n-----END PRIVATE KEY-----"


KINDS = [openai, address, amazon, bearer, github, query, slack, assignment, google, pem, jwt]


def quoted(text):
    """A text as YAML and JSON write it."""
    return json.dumps(text)


def encoded():
    """A mark in each way in which it must be found, with its number."""
    mark = b"CNRY00042x"
    ways = [mark, mark.hex().encode(), mark.hex().upper().encode(), "".join(f"%{byte:02X}" for byte in mark).encode()]
    ways += ["".join(f"\\u{byte:04x}" for byte in mark).encode(), mark.decode().encode("utf-16-le")]
    ways += [base64.b64encode(b"y" * before + mark + b"z" * after) for before in range(4) for after in range(3)]
    return [(42, b"before " + way + b" after") for way in ways]


def found(data):
    """The numbers of marks in these bytes, plain, or in hexadecimal, percent or JSON escapes, UTF-16 or base64."""
    numbers = set(re.findall(rb"CNRY(\d{5})", data))
    numbers |= {bytes.fromhex(x.decode()) for x in re.findall(rb"434e5259((?:3[0-9]){5})", data.lower())}
    numbers |= {urllib.parse.unquote_to_bytes(x) for x in re.findall(rb"%43%4[eE]%52%59((?:%3[0-9]){5})", data)}
    numbers |= {re.sub(rb"\\u003", b"", x) for x in re.findall(rb"\\u0043\\u004[eE]\\u0052\\u0059((?:\\u003[0-9]){5})", data)}
    numbers |= {x.replace(b"\0", b"") for x in re.findall(rb"C\0N\0R\0Y\0((?:[0-9]\0){5})", data)}
    for run in re.findall(rb"[A-Za-z0-9+/_-]{12,}", data):
        if not any(sign in run for sign in BASE64):
            continue
        for skip in range(4):
            piece = run[skip:].translate(bytes.maketrans(b"-_", b"+/"))
            piece = piece[:-1] if len(piece) % 4 == 1 else piece
            decoded = base64.b64decode(piece + b"=" * (-len(piece) % 4))
            numbers |= set(re.findall(rb"CNRY(\d{5})", decoded))
    return {int(number) for number in numbers}


# What a mark's beginning looks like in base64 at each of its three places.
BASE64 = [base64.b64encode(b"CNRY0")[:4], base64.b64encode(b"xCNRY")[2:6], base64.b64encode(b"xxCNRY")[4:8]]


def leaves(value, path=()):
    """Every text in a JSON value, with its path."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from leaves(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from leaves(member, (*path, index))
    elif isinstance(value, str):
        yield path, value


def replaced(value, path, text):
    """A copy of a JSON value with another text at a path."""
    if not path:
        return text
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], text)
    return copy


def name(path):
    return ".".join("*" if isinstance(part, int) else part for part in path)


def of_records(records, place, marks):
    """Records with, after the first that has a field, one with a secret in its place and one with a secret after it."""
    seen = set()
    for record in records:
        yield record
        for path, text in leaves(record):
            # Texts that hold JSON are told by a field of their own.
            if name(path) in seen:
                continue
            seen.add(name(path))
            yield replaced(record, path, marks.secret(f"{place}: {name(path)}"))
            yield replaced(record, path, f"{text} {marks.secret(f'{place}: {name(path)}, behind its text')}")
            if text.startswith("{"):
                try:
                    inner = json.loads(text)
                except ValueError:
                    continue
                for other in of_records([inner], f"{place}: {name(path)}", marks):
                    yield replaced(record, path, json.dumps(other))
        if isinstance(record, dict) and "*" not in seen:
            seen.add("*")
            yield {**record, marks.secret(f"{place}: a field's name"): marks.secret(f"{place}: an unknown field")}


def in_json_lines(text, place, marks):
    lines = []
    records = []
    for line in text.splitlines():
        try:
            records.append(json.loads(line))
        except ValueError:
            lines.append(line)
    lines += [json.dumps(record, ensure_ascii=False) for record in of_records(records, place, marks)]
    lines.append('{"broken": "' + marks.secret(f"{place}: a cut line"))
    lines.append(marks.secret(f"{place}: a line that is no record").replace("\n", " "))
    return "\n".join(lines) + "\n"


def in_json(text, place, marks):
    """A document whose longest list of objects holds records."""
    document = json.loads(text)
    best = ((), [])

    def look(value, path):
        nonlocal best
        if isinstance(value, list) and len(value) > len(best[1]) and all(isinstance(member, dict) for member in value):
            best = (path, value)
        for key, member in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            look(member, (*path, key))

    look(document, ())
    records = list(of_records(best[1], place, marks))
    return json.dumps(replaced(document, best[0], records), ensure_ascii=False, indent=1)


def in_table(text, place, marks):
    rows = list(csv.reader(io.StringIO(text)))
    header, body = rows[0], rows[1:]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header + [marks.secret(f"{place}: a column's name")])
    for row in body:
        writer.writerow(row + [""])
    for index, column in enumerate(header):
        model = next((row for row in body if len(row) > index and row[index]), body[0])
        for secret in (
            marks.secret(f"{place}: {column}"),
            f"{model[index]} {marks.secret(f'{place}: {column}, behind its text')}",
        ):
            writer.writerow(model[:index] + [secret] + model[index + 1 :] + [marks.secret(f"{place}: an unknown column")])
    return written.getvalue()


def versions_of(text, place, marks):
    """One copy of a YAML or JSON text for each line with a value, with a secret in its place, and one with a secret as key."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        match = re.match(r'^(\s*(?:- )?"?([\w.-]+)"?:\s+)([^\s#{\[|>&].*?)(,?)$', line)
        if not match:
            continue
        for form in ("", ", behind its text"):
            secret = marks.secret(f"{place}: {match[2]}{form}")
            value = secret if not form else re.sub(r"\s+#.*", "", match[3]).strip("\"'") + " " + secret
            yield "\n".join([*lines[:number], match[1] + json.dumps(value) + match[4], *lines[number + 1 :]]) + "\n"
