#!/usr/bin/env python3
"""Audits the pages of evidence packs as a stranger's browser, printer and validator meet them.

    audit.py PACK…            all parts
    audit.py --only links,counts PACK…

Parts: links (structure, ids, addresses, sizes), counts (every number opens its rows), markup (the Nu Html Checker), browser
(axe-core, overflow, contrast), print (A4 and Letter), archive (Jenkins' policy). The first three look at every page. The others
look at pages that together show every kind of page, section, table and drawing; a later pack adds only what is new in it.
Ends with status 1 when anything was found.
"""
import argparse
import sys
import time

import accessibility
import archive_policy
import browser
import counts
import markup
import pages
import printing
import structure

PARTS = ("links", "counts", "markup", "browser", "print", "archive")
SHOWN = 40


def in_browser(part, pack, chosen):
    if part == "browser":
        return browser.run([(accessibility.audit, str(pack.root), path, {}) for path in chosen])
    if part == "print":
        return browser.run([(printing.audit, str(pack.root), path, {}) for path in chosen])
    server = archive_policy.serve(pack.root)
    try:
        return browser.run([(archive_policy.audit, str(pack.root), path, {"port": server.server_address[1]}) for path in chosen])
    finally:
        server.shutdown()


def audit(pack, parts, seen):
    """The faults of a pack by part; prints a line a part."""
    whole = {"links": structure.check, "counts": counts.check, "markup": markup.check}
    chosen = sorted({*pack.chosen_pages(seen), *pack.longest_pages()}) if set(parts) - set(whole) else []
    found = {}
    for part in parts:
        began = time.monotonic()
        found[part] = whole[part](pack) if part in whole else in_browser(part, pack, chosen)
        looked = len(pack.pages) if part in whole else len(chosen)
        print(f"  {part:8} {looked:5} pages  {len(found[part]):4} faults  {time.monotonic() - began:6.1f} s", flush=True)
    return found


def report(found):
    for part, faults in found.items():
        for fault in faults[:SHOWN]:
            print(f"\n{part}: {fault.page}\n  element  {fault.element}\n  problem  {fault.problem}\n  remedy   {fault.remedy}")
        if len(faults) > SHOWN:
            print(f"\n{part}: and {len(faults) - SHOWN} more")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("packs", nargs="+", metavar="PACK")
    parser.add_argument("--only", default=",".join(PARTS), help="parts, separated by commas: " + ", ".join(PARTS))
    arguments = parser.parse_args()
    parts = arguments.only.split(",")
    if set(parts) - set(PARTS):
        parser.error("unknown part: " + ", ".join(sorted(set(parts) - set(PARTS))))
    seen = set()
    failed = False
    for root in arguments.packs:
        print(root, flush=True)
        found = audit(pages.Pack(root), parts, seen)
        report(found)
        failed |= any(found.values())
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
