"""Serves a pack as Jenkins serves archived HTML, and looks at it through that policy."""
import contextlib
import functools
import http.server
import threading
import urllib.parse

import playwright.sync_api

from pages import Fault

# The default of hudson.model.DirectoryBrowserSupport.CSP:
# https://www.jenkins.io/doc/book/security/configuring-content-security-policy/
POLICY = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';"
# The search is an extra that pages are whole without; the policy turns it away, and says so in one of these ways.
EXTRA = ("/assets/search", "'allow-scripts' permission is not set")

# A sheet that was not loaded is there, and refuses to be read.
APPLIED = "[...document.styleSheets].some(sheet => { try { return sheet.cssRules.length > 50 } catch { return false } })"


class Handler(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/favicon.ico":  # The browser asks for it by itself.
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_):
        pass


def serve(root):
    """A server on a free port of this computer; stop it with shutdown()."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def audit(page, _root, path, port):
    faults = []
    messages = []
    page.on("console", lambda message: messages.append(message.text) if message.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: messages.append(f"not loaded: {request.url}"))
    address = f"http://127.0.0.1:{port}/{urllib.parse.quote(path)}"
    page.goto(address)
    if not page.evaluate(APPLIED):
        faults.append(Fault(path, "link[rel=stylesheet]", "the style sheet is not applied", "link assets/pack.css, relative to the page"))
    link = page.locator(".rooms a:not([aria-current])").first
    if link.count() == 0:
        faults.append(Fault(path, ".rooms", "no way to another page", "use the frame of parts/frame.xsl"))
    else:
        # A click returns when the journey has begun; the heading is counted when the other page has been read.
        with contextlib.suppress(playwright.sync_api.TimeoutError):
            link.click()
            page.wait_for_url(lambda url: url != address, wait_until="load")
        if page.url == address or page.locator("h1").count() != 1:
            faults.append(Fault(path, ".rooms a", f"following the link ended at {page.url}", "make the link relative to the page"))
    for message in dict.fromkeys(messages):
        if not any(extra in message for extra in EXTRA):
            faults.append(Fault(path, "the page", f"under the policy of archived HTML: {message[:300]}", "keep to what default-src 'none'; img-src 'self'; style-src 'self' allows"))
    return faults
