"""Prints a page on A4 and on Letter and looks for all of its text in the PDF."""
import collections
import io
import pathlib
import re
import unicodedata

from pages import Fault

# What paper does without: ways of moving about on a screen.
WAYS = ".skip, .rooms, .turn, .contents, .pager nav, .orders, .letters, .search, .results, .filter"
# Paper in millimetres and the margins of @page in pack.css: sides, and top and bottom together.
PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
SIDES, ENDS = 28, 34
PIXELS_A_MILLIMETRE = 96 / 25.4
SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


def audit(page, root, path, papers=("A4", "Letter")):
    page.goto((pathlib.Path(root) / path).as_uri())
    page.add_script_tag(path=pathlib.Path(__file__).parent / "printing.js")
    page.evaluate("rememberScreen()")
    page.emulate_media(media="print")
    return [fault for name in papers for fault in on_paper(page, path, name)]


def on_paper(page, path, name):
    width, height = PAPERS[name]
    inner = round((width - SIDES) * PIXELS_A_MILLIMETRE)
    page.set_viewport_size({"width": inner, "height": 900})
    wide = page.evaluate("getComputedStyle(document.body).page === 'wide'")
    landscape = round((height - SIDES) * PIXELS_A_MILLIMETRE)
    if wide:
        page.set_viewport_size({"width": landscape, "height": 900})
    tallest = round(((width if wide else height) - ENDS) * PIXELS_A_MILLIMETRE)
    facts = page.evaluate("([...given]) => paperFacts(...given)", [inner, landscape, tallest, WAYS])
    faults = [Fault(path, one["html"], f"{one['text']!r} is on screen and not on {name}", "show it in @media print") for one in facts["hidden"]]
    faults += [Fault(path, one["html"], f"clipped on {name}: {one['why']}", "let it wrap or shrink in @media print") for one in facts["clipped"]]
    return faults + in_document(path, name, facts, page.pdf(format=name, print_background=True))


def in_document(path, name, facts, document):
    import pypdf
    printed = pypdf.PdfReader(io.BytesIO(document)).pages
    sheets = [squeezed(sheet.extract_text()) for sheet in printed]
    faults = lost_text(path, name, facts["text"], sheets)
    if facts["wide"] != (printed[0].mediabox.width > printed[0].mediabox.height):
        faults.append(Fault(path, "body", f"printed the other way up on {name}", "keep @page wide in pack.css for wide pages"))
    for table in facts["tables"]:
        faults += repeated_head(path, name, table, sheets)
    whole = "".join(sheets)
    for link in facts["links"]:
        if not link["shown"] or squeezed(link["address"]) not in whole:
            faults.append(Fault(path, link["html"], f"the target of the link does not show on {name}", "show attr(href) after it in @media print"))
    return faults


def squeezed(text):
    """Without blanks, and with the letters of a ligature apart, as fonts join them."""
    return SPACE.sub("", unicodedata.normalize("NFKC", text))


def lost_text(path, name, texts, sheets):
    """Every text of the page, and every character as often as it stands on the page."""
    faults = []
    for text in dict.fromkeys(texts):
        if not stands_in(squeezed(text), sheets):
            faults.append(Fault(path, repr(text.strip()[:120]), f"not found on {name}", "look at the printed page; it is cut or covered"))
    missing = collections.Counter(squeezed("".join(texts))) - collections.Counter("".join(sheets))
    if missing and not faults:
        faults.append(Fault(path, "the page", f"characters lost on {name}: {dict(missing.most_common(8))}", "look at the printed page; something is cut or covered"))
    return faults


def stands_in(text, sheets):
    """Whether a text stands on one sheet, or ends one and goes on over the next."""
    if any(text in sheet for sheet in sheets):
        return True
    return any(text[:cut] in before and text[cut:] in after
               for before, after in zip(sheets, sheets[1:]) for cut in range(1, len(text)))


def repeated_head(path, name, table, sheets):
    """A sheet that holds a row of a table holds the table's head as well."""
    head = squeezed(table["head"])
    for row in table["rows"]:
        text = squeezed(row)
        holding = [number for number, sheet in enumerate(sheets) if text in sheet] if len(text) >= 12 else []
        if len(holding) == 1 and head not in sheets[holding[0]]:
            return [Fault(path, f"table.{table['name']}", f"its head is missing on sheet {holding[0] + 1} of {name}",
                          "keep thead as table-header-group in @media print, and keep rows from being larger than a sheet")]
    return []
