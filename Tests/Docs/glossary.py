"""docs/glossary.md, made from the words of a pack's glossary, so that documentation and packs have one.

Usage: glossary.py [--accept]
"""

import pathlib
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRINGS = "templates/strings/en.xml"
PAGE = ROOT / "docs/glossary.md"
MARKS = {"c": "`", "em": "*", "b": "**"}


def markdown(node):
    text = node.text or ""
    for child in node:
        mark = MARKS.get(child.tag, "")
        text += mark + markdown(child) + mark + (child.tail or "")
    return " ".join(text.split()).replace("|", "\\|")


def page(strings):
    words = {s.get("id"): markdown(s) for s in strings.iter("s") if s.get("id")}
    lines = [
        "# Glossary", "",
        "This page has the words of Tenure, each in one sense. They are those of the glossary that every pack holds, `glossary.html`, and",
        f"are made from the same source, `{STRINGS}`. `Tests/Docs/run.sh --accept` writes it anew.", "",
        "## Terms", "", "| term | meaning |", "| --- | --- |",
    ]
    (glossary,) = [prose for prose in strings.iter("prose") if prose.get("id") == "glossary"]
    for entry in glossary.iter("entry"):
        lines.append(f"| {markdown(entry.find('term'))} | {markdown(entry.find('s'))} |")
    for kind, name in ("class", "class-words"), ("result", "result-words"), ("state", "state-words"):
        lines += ["", f"## {words['section.' + name]}", ""]
        if lead := words.get(f"section.{name}.lead"):
            lines += [lead, ""]
        lines += [f"| in data | on pages | meaning |", "| --- | --- | --- |"]
        beginning = f"explain.{kind}."
        for identifier, meaning in words.items():
            if identifier.startswith(beginning):
                value = identifier.removeprefix(beginning)
                lines.append(f"| `{value}` | {words[f'{kind}.{value}']} | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    right = page(ElementTree.parse(ROOT / STRINGS).getroot())
    if "--accept" in sys.argv:
        PAGE.write_text(right)
    elif not PAGE.exists() or PAGE.read_text() != right:
        sys.exit(f"docs/glossary.md does not say what {STRINGS} says. Tests/Docs/run.sh --accept writes it anew.")
