"""Runs audits of single pages in headless Chromium, one browser a processor."""
import concurrent.futures
import os
import shutil

_browser = None
_playwright = None


def executable():
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        path = shutil.which(name)
        if path:
            return path
    raise SystemExit("No Chromium found. Install the Debian package chromium.")


def start():
    """Starts this process's browser. No browser is downloaded: Debian's is driven."""
    global _browser, _playwright
    from playwright.sync_api import sync_playwright
    _playwright = sync_playwright().start()
    # Pages of a pack are our own; inside a container Chromium has no sandbox of its own to use.
    _browser = _playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
    return _browser


def on_page(job):
    """Opens a page afresh, gives it to the audit, and closes it."""
    audit, root, path, options = job
    context = (_browser or start()).new_context(viewport={"width": 1280, "height": 900})
    try:
        return audit(context.new_page(), root, path, **options)
    finally:
        context.close()


def run(jobs):
    """Runs audits of many pages. A job is (audit, root of the pack, path, options); its answer is a list of faults."""
    workers = min(4, os.cpu_count() or 1, max(1, len(jobs)))
    with concurrent.futures.ProcessPoolExecutor(workers, initializer=start) as pool:
        return [fault for faults in pool.map(on_page, jobs) for fault in faults]
