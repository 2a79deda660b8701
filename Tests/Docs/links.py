"""Links of the documentation: each leads somewhere, every page is found from README.md in two clicks, and no page repeats another.

Usage: links.py
"""

import pathlib
import re
import subprocess
import sys
from collections import defaultdict

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Packs and fixtures are no documentation; what they hold is made by the program or describes a test.
APART = (".github/", "reports/", "Tests/")
CLICKS = 2
# A sentence of a table or a list may stand on two pages; a paragraph may not.
WORDS = 30


def pages():
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name: (ROOT / name).read_text() for name in sorted(names.split()) if not name.startswith(APART) and (ROOT / name).exists()}


def prose(text):
    """A page without its blocks of code."""
    text = re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S)
    return re.sub(r"(?:^|\n)\n(?:(?: {4}|\t).*(?:\n|$)|\n(?= {4}))+", "\n\n", text)


def anchors(text):
    """The fragments that a page's headings give, as GitHub makes them."""
    found, seen = set(), defaultdict(int)
    for heading in re.findall(r"^#{1,6} +(.*?) *#*$", prose(text), re.M):
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found.add(slug + (f"-{seen[slug]}" if seen[slug] else ""))
        seen[slug] += 1
    return found | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


def links(text):
    text = re.sub(r"`[^`\n]*`", "", prose(text))
    return re.findall(r"\]\(([^)\s]+)\)", text)


def target(page, link):
    """The path and the fragment that a link leads to, or nothing for one that leaves the project."""
    if re.match(r"[a-z]+:", link):
        return None
    path, _, fragment = link.partition("#")
    parts = []
    for part in (*pathlib.PurePosixPath(page).parent.parts, *pathlib.PurePosixPath(path).parts) if path else pathlib.PurePosixPath(page).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts), fragment


def dead_links(texts, exists):
    found = []
    for page, text in texts.items():
        for link in links(text):
            there = target(page, link)
            if there is None:
                continue
            path, fragment = there
            if not exists(path):
                found.append(f"{page}: {link} leads nowhere")
            elif fragment and path in texts and fragment not in anchors(texts[path]):
                found.append(f"{page}: {link}: {path} has no heading #{fragment}")
    return found


def far_pages(texts, start="README.md"):
    """Pages that are further than two clicks from the first one."""
    near, edge = {start}, {start}
    for _ in range(CLICKS):
        edge = {path for page in edge for link in links(texts[page]) if (there := target(page, link)) for path in [there[0]] if path in texts} - near
        near |= edge
    return [f"{page} is more than {CLICKS} clicks from {start}" for page in texts if page not in near]


def pages_without_entry(texts, index="docs/README.md"):
    listed = {there[0] for link in links(texts[index]) if (there := target(index, link))}
    return [f"{page} is not listed in {index}" for page in texts if page.startswith("docs/") and page not in listed | {index}]


def repeats(texts):
    """Paragraphs that stand on two pages."""
    found, first = [], {}
    for page, text in texts.items():
        for paragraph in re.split(r"\n\s*\n", prose(text)):
            words = paragraph.split()
            if len(words) < WORDS:
                continue
            key = " ".join(words)
            if first.setdefault(key, page) != page:
                found.append(f"{page} repeats a paragraph of {first[key]}: {' '.join(words[:12])} ...")
    return found


def modules_left_out(modules, page, picture):
    """Modules that the architecture does not describe or draw. Those that begin with C and a capital are headers and shims of C."""
    return [f"docs/architecture.md does not {does} {name}" for name in modules if not re.match(r"C[A-Z]|[a-z]", name)
            for does, there in (("describe", f"**{name}**" in page), ("draw", f">{name}<" in picture)) if not there]


def faults(texts, exists=lambda path: (ROOT / path).exists()):
    return dead_links(texts, exists) + pages_without_entry(texts) + far_pages(texts) + repeats(texts)


if __name__ == "__main__":
    texts = pages()
    found = faults(texts) + modules_left_out(sorted(folder.name for folder in (ROOT / "Sources").iterdir()), texts["docs/architecture.md"],
                                             (ROOT / "docs/images/architecture.svg").read_text())
    print("\n".join(found), file=sys.stderr)
    print(f"{len(texts)} pages, {sum(len(links(text)) for text in texts.values())} links, {len(found)} fault(s)")
    sys.exit(1 if found else 0)
