"""Just enough of an HTML reader to ask: does everything that points to an id find it?"""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

POINTERS = ("for", "aria-labelledby", "aria-describedby")


class Ids(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.pointed: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids[given["id"]] += 1
        for name in POINTERS:
            self.pointed |= set(given.get(name, "").split())
        if len(given.get("href", "")) > 1 and given["href"].startswith("#"):
            self.pointed.add(given["href"][1:])

    @property
    def lost(self) -> set[str]:
        """What is pointed to and not there."""
        return self.pointed - self.ids.keys()

    @property
    def doubled(self) -> set[str]:
        return {name for name, times in self.ids.items() if times > 1}
