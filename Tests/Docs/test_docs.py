"""Faults that the checks of the documentation must find."""

import pathlib

import follow
import links

SOUND = """# A page

    $ echo one
    one

    $ cat <<'END'
    two

    three
    END
    two

    three
    $ printf 'a\\nb\\nc\\n' | \\
        cat
    a
    ...
"""


def outcome(text):
    """What becomes of each command of a page."""
    return follow.faults("page", text, pathlib.Path("/bin/true"), [])


assert [(step.line, len(step.printed)) for step in follow.steps(SOUND)] == [(3, 1), (6, 3), (14, 2)], follow.steps(SOUND)
assert outcome(SOUND)[0] == [], outcome(SOUND)
WRONG = SOUND.replace("    one\n", "    on\n")
assert len(outcome(WRONG)[0]) == 1
assert outcome(WRONG)[1] == SOUND, "accepting writes what was printed"

FOLLOWED = {
    "a line too much in the page": SOUND.replace("    one\n", "    one\n    more\n"),
    "a line too little in the page": SOUND.replace("    one\n", ""),
    "a command that fails": SOUND.replace("echo one", "echo one; false"),
    "a command that ends the shell": SOUND.replace("echo one", "echo one; exit 0"),
    "a command that is cut off": SOUND.replace("echo one", "echo one ("),
    "no command at all": "# A page\n",
}
for planted, text in FOLLOWED.items():
    assert outcome(text)[0], f"not found: {planted}"

PAGES = {
    "README.md": "[index](docs/README.md#all)\n",
    "docs/README.md": "# Index\n\n## All\n\n[a](a.md) [b](b.md#one-two)\n",
    "docs/a.md": "# A\n\n" + "A paragraph of its own. " * 8 + "\n\n    [no](link.md)\n\n`[no](link.md)`\n",
    "docs/b.md": "# B\n\n## `One` two\n",
}


def found(**changed):
    texts = {**PAGES, **{name.replace("_", "/") + ".md": text for name, text in changed.items()}}
    return links.faults(texts, lambda path: path in texts)


assert found() == [], found()
assert links.modules_left_out(["CShim", "Seal", "tenure"], "**Seal** signs.", "<b>Seal</b>") == []
LINKED = {
    "a link that leads nowhere": found(docs_a="[c](c.md)"),
    "a link that leaves the project upwards": found(docs_a="[c](../../c.md)"),
    "a heading that is not there": found(docs_b="# B\n\n## One three\n"),
    "a page that the index lacks": found(docs_c="# C\n"),
    "a page that is far": found(docs_a=PAGES["docs/a.md"] + "\n[c](../far.md)", far="# Far\n"),
    "a module that is not described": links.modules_left_out(["Seal"], "Seal", ">Seal<"),
    "a module that is not drawn": links.modules_left_out(["Seal"], "**Seal**", ">Seals<"),
    "a paragraph on two pages": found(docs_b=PAGES["docs/b.md"] + "\n" + "A paragraph  of its\nown. " * 8),
}
for planted, faults in LINKED.items():
    assert faults, f"not found: {planted}"
print(f"{len(FOLLOWED) + len(LINKED) + 1} planted faults found")
