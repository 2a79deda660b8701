#!/usr/bin/env python3
"""Opens pages of a pack in Chromium, with scripts allowed, and sees that nothing but the pack's own search runs, that nothing is loaded
from outside of the pack, and that no link leads out of it. The pages are those that together show every kind of page, section and table.

usage: inert.py PACK…
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Pages"))
import browser  # noqa: E402
import pages  # noqa: E402

# What could run or load, wherever a name might have become an element, an attribute or an address.
LOOK = r"""() => {
  const faults = [];
  if (document.title.includes('ran')  && document.title.trim() === 'ran') faults.push('a script of a name ran');
  for (const one of document.querySelectorAll('*')) {
    for (const attribute of one.attributes) {
      if (attribute.name.startsWith('on') || attribute.name === 'srcdoc' || attribute.name === 'formaction')
        faults.push(`<${one.localName} ${attribute.name}>`);
      if (attribute.name === 'style') faults.push(`<${one.localName} style>`);
      if (['href', 'src', 'action', 'data', 'xlink:href', 'poster', 'srcset'].includes(attribute.name)) {
        const address = new URL(attribute.value, document.baseURI);
        if (attribute.value.startsWith('#')) continue;
        if (address.protocol !== 'file:' || !address.pathname.startsWith(ROOT))
          faults.push(`<${one.localName} ${attribute.name}="${attribute.value.slice(0, 80)}">`);
      }
    }
    if (['iframe', 'object', 'embed', 'base', 'applet', 'portal'].includes(one.localName)) faults.push(`<${one.localName}>`);
    if (one.localName === 'script' && (one.textContent || !/assets\/(search\.js|search\/[\w-]+\.js)$/.test(one.src)))
      faults.push(`<script src="${one.src}">`);
    if (one.localName === 'meta' && /refresh/i.test(one.httpEquiv)) faults.push('<meta http-equiv="refresh">');
  }
  return faults;
}"""


def audit(page, root, path):
    """The faults of one page, as sentences."""
    faults = []
    page.on("dialog", lambda dialog: (faults.append(f"{path}: a dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: faults.append(f"{path}: a script failed: {error}"))
    page.on("popup", lambda other: faults.append(f"{path}: it opened {other.url}"))
    top = pathlib.Path(root).resolve().as_uri() + "/"

    def ask(route):
        if not route.request.url.startswith(top):
            faults.append(f"{path}: it asked for {route.request.url[:120]}")
            return route.abort()
        return route.continue_()

    page.route("**/*", ask)
    page.goto((pathlib.Path(root).resolve() / path).as_uri())
    # The search makes elements of what stands in the index, which holds every name.
    field = page.query_selector("input[type=search]")
    if field:
        for words in ("ran", "pay"):
            field.fill(words)
            page.wait_for_timeout(50)
    look = LOOK.replace("ROOT", repr(pathlib.Path(root).resolve().as_uri()[len("file://"):] + "/"))
    return faults + [f"{path}: {fault}" for fault in page.evaluate(look)]


# Each line is one fault that must be found.
PLANTED = """<img src="http://127.0.0.1:9/x.png">
<p onclick="x()">
<p style="background:url(//127.0.0.1:9/x)">
<a href="javascript:alert(1)">x</a>
<a href="//pages.example/x">x</a>
<script>document.title = 'ran'</script>
<script>alert(1)</script>
<iframe src="other.html"></iframe>
<meta http-equiv="refresh" content="900">"""


def try_out():
    """An audit that finds nothing must be one that could have."""
    with tempfile.TemporaryDirectory() as folder:
        lines = PLANTED.splitlines()
        for number, line in enumerate(["<p>x</p>", *lines]):
            text = f"<!DOCTYPE html><html lang='en'><head><title>x</title></head><body>{line}</body></html>"
            (pathlib.Path(folder) / f"{number}.html").write_text(text)
        found = browser.run([(audit, folder, f"{number}.html", {}) for number in range(len(lines) + 1)])
        missed = [line for number, line in enumerate(lines, 1) if not any(fault.startswith(f"{number}.html") for fault in found)]
        if missed or any(fault.startswith("0.html") for fault in found):
            sys.exit(f"inert: not found: {missed}, of {found}")


def main(packs):
    try_out()
    faults = []
    for pack in packs:
        paths = sorted(pages.Pack(pack).chosen_pages(set()))
        found = browser.run([(audit, pack, path, {}) for path in paths])
        print(f"{pack}: {len(paths)} pages opened, {len(found)} faults", flush=True)
        faults += found
    for fault in faults[:40]:
        print("  " + fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
