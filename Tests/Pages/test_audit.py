#!/usr/bin/env python3
"""Plants each fault in a tiny pack and sees that the audit finds it: a check that cannot fail checks nothing."""
import pathlib
import tempfile
import unittest

import accessibility
import archive_policy
import browser
import counts
import markup
import pages
import printing
import structure

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="assets/pack.css"></head><body class="page-test">
<nav class="rooms" aria-label="Rooms"><a href="index.html" aria-current="page">Start</a> <a href="other.html">Other</a></nav>
<main id="main"><h1>{title}</h1>{body}</main></body></html>"""
# More than fifty rules, as the real one has: the archive audit wants to see it applied.
STYLE = ("body { color: #111; background: #fff; font-family: sans-serif } .rooms a { display: inline-block; padding: 0.6rem }\n"
         + "".join(f".unused-{number} {{ margin: 0 }}\n" for number in range(60)) + "@media print { .gone { display: none } .rooms { display: none } }\n")


class Planted(unittest.TestCase):
    """A pack of two pages, whose first takes a fault."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name).resolve()
        self.write("assets/pack.css", STYLE)
        self.page("other.html", "<p>Nothing wrong here.</p>")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def page(self, path, body, title=None):
        self.write(path, PAGE.format(title=title or f"Page {path}", body=body))

    def faults(self, check, body, **page):
        self.page("index.html", body, **page)
        return [f"{fault.element} {fault.problem}" for fault in check(pages.Pack(self.root))]

    def assertFound(self, words, faults):
        self.assertTrue(any(words in fault for fault in faults), f"{words!r} is not among {faults}")

    def in_browser(self, audit, body, **options):
        self.page("index.html", body)
        return [f"{fault.element} {fault.problem}" for fault in browser.on_page((audit, str(self.root), "index.html", options))]


class Structure(Planted):
    def test_a_sound_pack_has_no_fault(self):
        self.assertEqual(self.faults(structure.check, '<p id="here">See <a href="#here">here</a>.</p>'), [])

    def test_each_fault_is_found(self):
        for words, body in [
            ("a dead link", '<a href="gone.html">x</a>'), ("an anchor that is not there", '<a href="other.html#gone">x</a>'),
            ("stands 2 times", '<p id="a">x</p><p id="a">y</p>'), ("an address outside", '<a href="https://example.org/">x</a>'),
            ("an address outside", '<img src="//example.org/x.png" alt="">'), ("an inline style", '<p style="color: red">x</p>'),
            ("an inline script", "<script>1</script>"), ("an inline handler", '<p onclick="x()">x</p>'), ("an empty address", '<a href="">x</a>'),
            ("2 main headings", "<h1>x</h1>"), ("which is not there", '<p aria-labelledby="gone">x</p>'),
            ("no page may hold", "<iframe></iframe>"), ("moves on by itself", '<meta http-equiv="refresh" content="1">'),
            ("bytes; at most", "x" * 200_001),
        ]:
            with self.subTest(words):
                self.assertFound(words, self.faults(structure.check, body))

    def test_a_script_elsewhere_than_under_assets_is_found(self):
        self.write("x.js", "")
        self.assertFound("not under assets/", self.faults(structure.check, '<script src="x.js"></script>'))

    def test_pages_of_one_title_are_found(self):
        self.assertFound("the same as that of", self.faults(structure.check, "", title="Page other.html"))

    def test_a_page_that_nothing_leads_to_is_found(self):
        self.page("alone.html", "")
        self.assertFound("no link of the pack leads here", self.faults(structure.check, ""))

    def test_names_that_some_file_system_cannot_hold_are_found(self):
        self.write("Name.xml", "")
        self.write("x" * 121, "")
        found = self.faults(structure.check, "")
        self.assertFound("not lower-case ASCII", found)
        self.assertFound("121 characters", found)

    def test_a_style_sheet_that_loads_is_found(self):
        self.write("assets/more.css", "p { background: url(https://example.org/x.png) }")
        self.assertFound("loads something", self.faults(structure.check, ""))


class Counts(Planted):
    TABLE = '<table class="table-x"><thead><tr><th>Name</th><th class="n">Count</th></tr></thead><tbody><tr><td>a</td><td class="n">{}</td></tr></tbody></table>'

    def test_a_number_that_opens_nothing_is_found(self):
        self.assertFound("'12' opens nothing", self.faults(counts.check, self.TABLE.format("12")))

    def test_a_number_that_opens_its_rows_is_not(self):
        self.assertEqual(self.faults(counts.check, self.TABLE.format('<a href="other.html">12</a> of 30')), [])
        self.assertEqual(self.faults(counts.check, self.TABLE.format("0")), [])

    def test_a_whole_without_a_linked_part_is_found(self):
        self.assertFound("opens nothing", self.faults(counts.check, self.TABLE.format("12 of 30")))


class Markup(Planted):
    def test_what_is_no_strict_html_is_found(self):
        self.assertFound("error", self.faults(markup.check, "<p><div>x</p>"))
        self.assertEqual(self.faults(markup.check, "<p>x</p>"), [])


class InBrowser(Planted):
    def test_a_sound_page_has_no_fault(self):
        for audit, options in [(accessibility.audit, {}), (printing.audit, {})]:
            self.assertEqual(self.in_browser(audit, "<p>Plain text.</p>", **options), [])

    def test_what_axe_and_the_rulers_see_is_found(self):
        self.write("assets/pack.css", STYLE + ".faint { color: #bbb } .wide { width: 2000px }")
        self.assertFound("color-contrast", self.in_browser(accessibility.audit, '<p class="faint">x y z</p>'))
        self.assertFound("px wider than a window of 320", self.in_browser(accessibility.audit, '<p class="wide">x</p>'))
        self.assertFound("axe image-alt", self.in_browser(accessibility.audit, '<img src="x.png">'))

    def test_what_paper_loses_is_found(self):
        self.assertFound("is on screen and not on A4", self.in_browser(printing.audit, '<p class="gone">only on screen</p>'))
        self.write("assets/pack.css", STYLE + ".cut { width: 60rem; overflow: hidden; white-space: nowrap }")
        self.assertFound("clipped on Letter", self.in_browser(printing.audit, f'<p class="cut">{"much text " * 60}</p>'))

    def test_what_the_archive_policy_forbids_is_found(self):
        server = archive_policy.serve(self.root)
        try:
            port = {"port": server.server_address[1]}
            self.assertEqual(self.in_browser(archive_policy.audit, "<p>x</p>", **port), [])
            self.assertFound("under the policy", self.in_browser(archive_policy.audit, '<p style="color: red">x</p>', **port))
        finally:
            server.shutdown()


if __name__ == "__main__":
    unittest.main()
