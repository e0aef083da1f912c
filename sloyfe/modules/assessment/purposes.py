"""Words that would make a mapping something else: pay, redundancy, or the choice of who must go (`purposes.yaml`).

No list of words can read minds. It stops the slip and the thoughtless reuse; the parties read the rest.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")


def speaks_of_pay_or_selection(text: str) -> bool:
    return _words().search(text) is not None


@cache
def _words() -> re.Pattern[str]:
    with FILE.open(encoding="utf-8") as stream:
        listed: dict[str, list[str]] = yaml.safe_load(stream)
    words = [*map(re.escape, listed["begins"]), *(re.escape(word) + r"\b" for word in listed["whole"])]
    return re.compile(r"\b(?:" + "|".join(words) + ")", re.IGNORECASE)
