"""Every number opens its rows: a number in a count cell is a link, or stands here with the reason why not."""
import re

from pages import Fault

NOUGHT = re.compile(r"0( of [\d,.]+)?$")
DENOMINATOR = re.compile(r"of [\d,.]+$")
MEASURE = re.compile(r"[\d,.]+ (%|USD)$")

# The reasons why a number may stand without a link.
POSITION = "a position, an order or a line number; it counts nothing"
MEASURE_ONLY = "a measure, or a value that the policy states; it counts no rows"
FINEST = "the finest count that the pack holds; decisions that depart from nothing are summed, not listed"
IN_THE_LOG = "lines and fields of the source; they lie in the log, whose digest stands on the same page"
PASSED = "members that passed; the pack lists those that did not"
ELSEWHERE = "rows of another document, which is no part of this pack"
NEIGHBOURS = "what another version would have said of decisions is kept as sums, and these are the sums"
BY_LOG = "exceptions of one log; they are listed by time, class, rule and owner, each with its log"
PARTS = "parts of the number before them, which opens all"
HIDDEN = "what this level hides; that it opens nothing is the point"
SUM = "a running sum of the column before it"

# Columns whose numbers open nothing: (class of the table, column), or (class of the page, class of the number).
BARE = {
    ("table-work-paper", "No."): POSITION,
    ("table-rejects", "Line"): POSITION,
    ("table-rejects", "Byte"): POSITION,
    ("table-difference", "Before"): POSITION,
    ("table-difference", "After"): POSITION,
    ("table-definitions", "Priority"): POSITION,
    ("table-version-rules", "Priority"): POSITION,
    ("table-rejects", "Bytes"): MEASURE_ONLY,
    ("table-inputs", "Bytes"): MEASURE_ONLY,
    ("table-definitions", "From tokens in"): MEASURE_ONLY,
    ("table-version-rules", "From tokens in"): MEASURE_ONLY,
    ("table-tally", "Tokens in"): MEASURE_ONLY,
    ("table-tally", "Tokens out"): MEASURE_ONLY,
    ("table-tally-owner", "Tokens in"): MEASURE_ONLY,
    ("table-tally-owner", "Tokens out"): MEASURE_ONLY,
    ("table-drift", "Band"): MEASURE_ONLY,
    ("table-drift", "Distance"): MEASURE_ONLY,
    ("table-tally", "Decisions"): FINEST,
    ("table-tally", "Left open"): FINEST,
    ("table-tally-owner", "Decisions"): FINEST,
    ("table-tally-owner", "Left open"): FINEST,
    ("table-drift", "Served"): FINEST,
    ("table-permitted", "Decisions"): FINEST,
    ("table-permitted", "Of these, another permit covers them too"): FINEST,
    ("table-dependence", "Decisions"): FINEST,
    ("table-dependence", "Data classes"): FINEST,
    ("table-dependence", "Agents"): FINEST,
    ("table-dependence", "Tools"): FINEST,
    ("table-days", "Judged"): FINEST,
    ("table-control-models", "Days"): FINEST,
    ("table-control-models", "Logged"): FINEST,
    ("table-control-models", "Stated requests"): ELSEWHERE,
    ("table-control-days", "Logged"): FINEST,
    ("table-control-days", "Stated requests"): ELSEWHERE,
    ("table-history", "*"): ELSEWHERE,
    ("table-redaction-kinds", "*"): HIDDEN,
    ("table-redaction-left", "*"): HIDDEN,
    ("table-redaction-documents", "*"): HIDDEN,
    ("table-redaction-fields", "*"): HIDDEN,
    ("table-inputs", "Records"): ELSEWHERE,
    ("table-derived", "Logged"): IN_THE_LOG,
    ("table-derived", "Matched"): IN_THE_LOG,
    ("table-derived", "Inferred"): IN_THE_LOG,
    ("table-derived", "Unknown or none"): IN_THE_LOG,
    ("table-holes", "Hours"): MEASURE_ONLY,
    ("table-log-holes", "Hours"): MEASURE_ONLY,
    ("table-control-days", "Difference"): MEASURE_ONLY,
    ("table-dossier-exceptions", "Line"): POSITION,
    ("table-weeks", "Judged"): FINEST,
    ("table-dossier-tally", "Decisions"): FINEST,
    ("table-dossier-tally", "Left open"): FINEST,
    ("table-outcomes", "*"): NEIGHBOURS,
    ("table-outcomes-rule", "*"): NEIGHBOURS,
    ("table-outcomes-this-rule", "*"): NEIGHBOURS,
    ("table-days", "Exceptions"): BY_LOG,
    ("table-versions", "Changes"): PARTS,
    ("table-sample-sizes", "*"): MEASURE_ONLY,
    ("table-sample-limits", "*"): MEASURE_ONLY,
    ("table-delta-sides", "*"): ELSEWHERE,
    ("table-delta-checks", "Before"): ELSEWHERE,
    ("table-delta-figures", "Before"): ELSEWHERE,
    ("table-delta-classes", "Before"): ELSEWHERE,
    ("table-delta-findings-gone", "Counted"): ELSEWHERE,
    ("table-shares-model", "*"): FINEST,
    ("table-shares-provider", "*"): FINEST,
    ("table-shares-jurisdiction", "*"): FINEST,
    ("table-ranking-decisions", "With those above"): SUM,
    ("table-ranking-escalations", "With those above"): SUM,
    ("table-ranking-exceptions", "With those above"): SUM,
    ("page-finding", "amount"): FINEST,
    ("page-source", "term"): IN_THE_LOG,
    ("page-check", "tile-passed"): PASSED,
}


def check(pack):
    faults = []
    for page in pack.pages.values():
        seen = set()
        for number in page.bare_numbers:
            place = (number.table, number.column) if number.table else (page.kind, number.holder)
            if may_stand_bare(number, place) or place in seen:
                continue
            seen.add(place)
            where = f"table {number.table}, column {number.column!r}" if number.table else f"a number of class {number.holder!r}"
            faults.append(Fault(page.path, f"{where}, line {number.line}", f"{number.text!r} opens nothing",
                                "link it to the rows that it counts (template `number` or `amount` with a page), "
                                "or add the column to BARE in Tests/Pages/counts.py with a reason"))
    return faults


def may_stand_bare(number, place):
    if NOUGHT.match(number.text):
        return True  # Nothing opens from nought.
    if DENOMINATOR.match(number.text):
        return number.after_link  # The whole beside a part; the part is the link.
    if MEASURE.match(number.text):
        return True  # A share or a sum of money beside the count that opens.
    return place in BARE or (place[0], "*") in BARE
