"""Words that would make a mapping something else: pay, redundancy, or the choice of who must go.

No list of words can read minds. It stops the slip and the thoughtless reuse; the parties read the rest.
"""

from __future__ import annotations

import re

STEMS = (
    "lønn", "løn", "lønns", "bonus", "nedbemann", "overtallig", "permitter", "oppsigelse", "oppseiing", "oppsagt",
    "utvelgelseskrets", "utveljingskrets", "siling", "rangering", "rangere", "salary", "wage", "pay", "redundan",
    "layoff", "lay-off", "dismissal", "ranking",
)  # fmt: skip
WHOLE = {"løn", "pay", "siling"}
FOUND = re.compile(r"\b(?:" + "|".join(stem + (r"\b" if stem in WHOLE else "") for stem in STEMS) + ")", re.IGNORECASE)


def speaks_of_pay_or_selection(text: str) -> bool:
    return FOUND.search(text) is not None
