"""Reads the pages of a pack: what they link to, what can be linked to, and the numbers in their count cells."""
import collections
import pathlib
import re
from html.parser import HTMLParser

Fault = collections.namedtuple("Fault", "page element problem remedy")
Reference = collections.namedtuple("Reference", "tag attribute value line")
# A number without a link: its text, the table and the column it stands in, and the class that makes it a count.
BareNumber = collections.namedtuple("BareNumber", "text table column holder line after_link")

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ADDRESSES = {"href", "src", "xlink:href", "data", "poster", "action", "formaction", "srcset", "cite", "background", "ping"}
NAMES_OF_IDS = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "for", "headers"}
PAINTS = re.compile(r"url\(\s*['\"]?([^)'\"]*)")
COUNTS = ("amount", "figure", "term", "door-n")


class Page(HTMLParser):
    """One page, read once from beginning to end."""

    def __init__(self, path, text):
        super().__init__()
        self.path = path
        self.size = len(text.encode())
        self.kind = ""
        self.language = None
        self.title = ""
        self.headings = 0
        self.ids = collections.Counter()
        self.references = []
        self.named_ids = []
        self.markup_faults = []
        self.features = set()
        self.bare_numbers = []
        self._stack = []
        self._table = ""
        self._columns = []
        self._column = -1
        self._linked = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        line = self.getpos()[0]
        named = dict(attributes)
        classes = (named.get("class") or "").split()
        for name, value in attributes:
            self._read_attribute(tag, name, value or "", line)
        self._read_element(tag, named, classes, line)
        if tag not in VOID:
            self._stack.append((tag, classes))

    def _read_attribute(self, tag, name, value, line):
        if name == "id":
            self.ids[value] += 1
        elif name in NAMES_OF_IDS:
            self.named_ids += [(tag, name, one, line) for one in value.split()]
        elif name in ADDRESSES:
            self.references.append(Reference(tag, name, value.strip(), line))
        elif name == "style":
            self.markup_faults.append((f"<{tag}> in line {line}", "an inline style", "put the look into assets/pack.css"))
        elif name.startswith("on"):
            self.markup_faults.append((f"<{tag} {name}> in line {line}", "an inline handler", "take it out; pages hold no script"))
        for address in PAINTS.findall(value):
            self.references.append(Reference(tag, name, address.strip(), line))

    def _read_element(self, tag, named, classes, line):
        if tag == "html":
            self.language = named.get("lang")
        elif tag == "body":
            self.kind = next((name for name in classes if name.startswith("page-")), "")
        elif tag == "h1":
            self.headings += 1
        elif tag == "script" and not named.get("src"):
            self.markup_faults.append((f"<script> in line {line}", "an inline script", "take it out; pages hold no script"))
        elif tag in ("style", "iframe", "object", "embed", "base", "form", "frame", "applet"):
            self.markup_faults.append((f"<{tag}> in line {line}", "an element that no page may hold", "take it out"))
        elif tag == "meta" and (named.get("http-equiv") or "").lower() == "refresh":
            self.markup_faults.append((f"<meta> in line {line}", "a page that moves on by itself", "take it out"))
        self._read_feature(tag, named, classes)
        if tag == "table":
            self._table = next((name for name in classes if name.startswith("table-")), " ".join(classes))
            self._columns = []
        elif tag == "tr":
            self._column = -1
        elif tag in ("td", "th"):
            self._column += 1
            self._linked = False
            if self._inside("thead"):
                self._columns += [""] * max(1, int(named.get("colspan") or 1))
        elif tag == "a" and "href" in named:
            self._linked = True
        elif "amount" in classes or "figure" in classes or "term" in classes:
            self._linked = False

    def _read_feature(self, tag, named, classes):
        """What the choice of pages for the browser shall have seen at least once."""
        if tag == "section" and named.get("id"):
            self.features.add("section " + re.sub(r"[0-9].*", "", named["id"]))
        elif tag in ("table", "figure", "nav", "form", "details"):
            self.features |= {f"{tag} {name}" for name in classes}
        elif tag == "svg" or self._inside("svg"):
            self.features |= {f"drawn {name}" for name in classes}

    def handle_endtag(self, tag):
        while self._stack and self._stack.pop()[0] != tag:
            pass
        if tag == "table":
            self._table = ""
            self._columns = []

    def handle_data(self, text):
        if self._stack and self._stack[-1][0] == "title" and not self._inside("svg"):
            self.title += text
        if self._inside("thead"):
            if self._columns:
                self._columns[-1] += text
            return
        if not any(one.isdigit() for one in text) or not self._inside("main"):
            return
        if any(self._inside(tag) for tag in ("a", "svg", "time", "caption")):
            return
        holder = self._count_holder()
        if holder:
            column = self._columns[self._column] if self._table and 0 <= self._column < len(self._columns) else ""
            self.bare_numbers.append(BareNumber(text.strip(), self._table, column.strip(), holder, self.getpos()[0], self._linked))

    def _inside(self, tag):
        return any(one == tag for one, _ in self._stack)

    def _count_holder(self):
        """The class that says that the text here counts something, or nothing."""
        found = None
        for tag, classes in reversed(self._stack):
            found = found or next((name for name in COUNTS if name in classes), None)
            if tag in ("td", "th"):
                return found or ("n" if "n" in classes else None)
            if tag == "li":
                # What a tile counts stands in its class.
                return found and next((name for name in classes if name.startswith("tile-")), found)
            if tag in ("p", "dd", "section", "main"):
                return found
        return found


class Pack:
    """A pack: all its files by path, and its pages."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        if not (self.root / "index.html").is_file():
            raise SystemExit(f"{root}: no index.html, so this is no pack. Give the folder that holds it.")
        self.files = {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}
        self.pages = {}
        for path in sorted(self.files):
            if path.endswith(".html"):
                self.pages[path] = Page(path, (self.root / path).read_text("utf-8"))

    def longest_pages(self, count=3):
        """The largest pages of a few kinds: what is long breaks first."""
        longest = {}
        for path, page in self.pages.items():
            longest[page.kind] = max(longest.get(page.kind, (0, "")), (page.size, path))
        return [path for _, path in sorted(longest.values(), reverse=True)[:count]]

    def chosen_pages(self, seen=None):
        """Pages that together show every kind, section, table and drawing not in `seen`; the small ones where several would do."""
        seen = set() if seen is None else seen
        wanted = {path: page.features | {"kind " + page.kind} for path, page in self.pages.items()}
        chosen = []
        while True:
            path = max(wanted, key=lambda one: (len(wanted[one] - seen), -self.pages[one].size, one), default=None)
            if path is None or not wanted[path] - seen:
                return sorted(chosen)
            seen |= wanted.pop(path)
            chosen.append(path)
