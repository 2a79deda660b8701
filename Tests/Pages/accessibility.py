"""axe-core, overflow and measured contrast of a page in Chromium: four widths, light, dark and forced colours."""
import pathlib

from pages import Fault

WIDTHS = (320, 768, 1280, 1600)
# Between the widths above a layout may still break; measuring its overflow costs next to nothing.
OVERFLOW_WIDTHS = (320, 360, 390, 480, 600, 768, 1024, 1280, 1600)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# axe needs seconds for thousands of like rows; above this size one width answers for the tags, and our own measure for contrast.
LARGE = 200_000

# axe cannot judge text on a gradient. Those of pack.css are shadows at the edges of a scroll region.
WITHOUT_GRADIENTS = "*, *::before, *::after { background-image: none !important; transition: none !important; }"

AXE = """async (tags) => {
  const options = Array.isArray(tags)
    ? {runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}}
    : {runOnly: {type: 'rule', values: [tags]}};
  const result = await axe.run(document, {...options, resultTypes: ['violations']});
  return result.violations.map(one => ({
    id: one.id, help: one.help, count: one.nodes.length, html: one.nodes[0].html.slice(0, 200),
    target: one.nodes[0].target.join(' '), summary: one.nodes[0].failureSummary}));
}"""

OVERFLOW = """() => {
  const width = window.innerWidth;
  if (document.scrollingElement.scrollWidth <= width) return null;
  const inside = element => {
    for (let one = element.parentElement; one; one = one.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(one).overflowX)) return true;
    return false;
  };
  let widest = null, right = width;
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    if (box.right > right + 0.5 && !inside(one)) { widest = one; right = box.right; }
  }
  return {by: document.scrollingElement.scrollWidth - width, html: widest ? widest.outerHTML.slice(0, 200) : '?'};
}"""


def axe_source():
    import axe_playwright_python
    return (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def audit(page, root, path):
    """Everything that a browser can say of the look of one page."""
    file = pathlib.Path(root) / path
    page.goto(file.as_uri())
    faults = overflow(page, path)
    faults += contrast(page, path)
    page.add_style_tag(content=WITHOUT_GRADIENTS)
    page.add_script_tag(content=axe_source())
    large = file.stat().st_size > LARGE
    page.emulate_media(color_scheme="light")
    for width in (320,) if large else WIDTHS:
        faults += axe(page, path, width, TAGS, "light")
    page.emulate_media(color_scheme="dark")
    for width in () if large else (320, 1280):
        faults += axe(page, path, width, "color-contrast", "dark")
    return faults


def axe(page, path, width, tags, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    return [Fault(path, f"{one['target']} ({one['html']})", f"axe {one['id']}, {one['count']} elements, {width} px, {scheme}: {one['help']}",
                  one["summary"].replace("\n", " "))
            for one in page.evaluate(AXE, tags)]


def overflow(page, path):
    faults = []
    for width in OVERFLOW_WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate(OVERFLOW)
        if over:
            faults.append(Fault(path, over["html"], f"the page is {over['by']} px wider than a window of {width} px",
                                "let it wrap, or put it into a labelled scroll region"))
    return faults


def contrast(page, path):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.add_script_tag(path=pathlib.Path(__file__).parent / "contrast.js")
    faults = []
    for scheme, media in (("light", {"color_scheme": "light"}), ("dark", {"color_scheme": "dark"}),
                          ("forced colours", {"color_scheme": "light", "forced_colors": "active"}),
                          ("print", {"color_scheme": "light", "forced_colors": "none", "media": "print"})):
        page.emulate_media(**media)
        for one in page.evaluate("forced => measureContrast(forced)", "forced_colors" in media and media["forced_colors"] == "active"):
            faults.append(Fault(path, one["element"], f"contrast {one['ratio']:.2f}:1 of {one['colour']} on {one['ground']} ({scheme}); {one['least']}:1 is needed",
                                "change the colour in pack.css, or give the class its reason in Tests/Pages/contrast.js"))
    page.emulate_media(media="screen", forced_colors="none", color_scheme="light")
    return faults
