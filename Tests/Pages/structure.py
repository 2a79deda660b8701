"""Links, ids and the outer form of every page. Needs nothing but Python."""
import posixpath
import re
import urllib.parse

from pages import Fault

LARGEST_PAGE = 1_000_000
LARGEST_FIRST_PAGE = 200_000
LONGEST_PATH = 120
NAME = re.compile(r"[a-z0-9._/-]+$")
# Files whose names are not ours to choose.
KNOWN_NAMES = {"SHA256SUMS", "templates/README.md"}
# The one script that a page may name: an extra that every page is whole without.
EXTRA_SCRIPT = re.compile(r"assets/[a-z0-9._/-]+\.js$")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def check(pack):
    faults = []
    linked = set()
    for page in pack.pages.values():
        faults += outer_form(page)
        faults += ids(page)
        for reference in page.references:
            faults += check_reference(pack, page, reference, linked)
    faults += names(pack)
    faults += titles(pack)
    faults += style_sheets(pack)
    faults += [Fault(path, "the page", "no link of the pack leads here", "link it from its list, or do not write it")
               for path in sorted(set(pack.pages) - linked - {"index.html"})]
    return faults


def target_of(page_path, address):
    """The path in the pack and the fragment that an address means."""
    path, _, fragment = address.partition("#")
    path = urllib.parse.unquote(path.partition("?")[0])
    if not path:
        return page_path, urllib.parse.unquote(fragment)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page_path), path)), urllib.parse.unquote(fragment)


def check_reference(pack, page, reference, linked):
    element = f"<{reference.tag} {reference.attribute}=\"{reference.value}\"> in line {reference.line}"
    if SCHEME.match(reference.value) or reference.value.startswith(("//", "/", "\\")):
        return [Fault(page.path, element, "an address outside the pack", "show it as text, or put the file into the pack")]
    if reference.value == "":
        return [Fault(page.path, element, "an empty address", "leave the attribute out")]
    target, fragment = target_of(page.path, reference.value)
    if target not in pack.files:
        return [Fault(page.path, element, "a dead link", f"write {target}, or do not link to it")]
    if reference.tag == "script" and not EXTRA_SCRIPT.match(target):
        return [Fault(page.path, element, "a script that is not under assets/", "take it out")]
    if reference.tag == "a":
        linked.add(target)
    if fragment and target in pack.pages and fragment not in pack.pages[target].ids:
        return [Fault(page.path, element, "an anchor that is not there", f"give {target} an element with id=\"{fragment}\"")]
    return []


def outer_form(page):
    faults = [Fault(page.path, *fault) for fault in page.markup_faults]
    if page.headings != 1:
        faults.append(Fault(page.path, "h1", f"{page.headings} main headings", "give the page exactly one h1"))
    if not page.title.strip():
        faults.append(Fault(page.path, "title", "no title", "give the page a title"))
    if not page.language:
        faults.append(Fault(page.path, "html", "no language", "set lang on <html>"))
    if not page.kind:
        faults.append(Fault(page.path, "body", "no kind", "set the variable `entry` in the stylesheet"))
    bound = LARGEST_FIRST_PAGE if page.path == "index.html" else LARGEST_PAGE
    if page.size > bound:
        faults.append(Fault(page.path, "the page", f"{page.size:,} bytes; at most {bound:,}", "cut its tables into pages"))
    return faults


def ids(page):
    faults = [Fault(page.path, f'id="{name}"', f"stands {count} times", "make it unique on the page")
              for name, count in page.ids.items() if count > 1]
    faults += [Fault(page.path, f"<{tag} {attribute}> in line {line}", f"names the id {name}, which is not there", "give the element that id")
               for tag, attribute, name, line in page.named_ids if name not in page.ids]
    return faults


def names(pack):
    faults = []
    for path in sorted(pack.files):
        if len(path) > LONGEST_PATH:
            faults.append(Fault(path, "the path", f"{len(path)} characters; at most {LONGEST_PATH}", "shorten the file's name"))
        if not NAME.match(path) and path not in KNOWN_NAMES:
            faults.append(Fault(path, "the path", "not lower-case ASCII", "make the name of PackNames"))
    return faults


def titles(pack):
    first = {}
    faults = []
    for page in pack.pages.values():
        if page.title in first:
            faults.append(Fault(page.path, "title", f"the same as that of {first[page.title]}: {page.title!r}", "say in the title what sets the page apart"))
        first.setdefault(page.title, page.path)
    return faults


def style_sheets(pack):
    """What a style sheet loads would be loaded by every page."""
    faults = []
    for path in sorted(one for one in pack.files if one.endswith(".css")):
        text = re.sub(r"/\*.*?\*/", "", (pack.root / path).read_text("utf-8"), flags=re.S)
        for load in re.findall(r"@import[^;]*|url\([^)]*\)", text):
            faults.append(Fault(path, load, "a style sheet that loads something", "keep everything in pack.css"))
    return faults
