"""Reads the records of an XML file, and skips the fields that are declared as identity numbers.

A dropped element is skipped while parsing: its attributes are not looked at, its text is never gathered.
Doctypes, entities and anything fetched from elsewhere are refused by defusedxml. Names are compared
without their namespace prefix; text between the elements of a record (a stray «>») is nobody's value and
is left out.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, property_lexical_handler

import defusedxml.sax
from defusedxml import DefusedXmlException

from sloyfe.core.imports import identity_numbers
from sloyfe.core.imports.limits import LIMITS, Limits, Upload, checked, identity_number_refusal, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.values import shortened


@dataclass(slots=True)
class Node:
    """An element of a record, the line it begins on, and what is in it."""

    tag: str
    line: int
    attributes: Mapping[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[Node]:
        return (child for child in self.children if child.tag == tag)

    def find(self, *path: str) -> Node | None:
        """The first element down that path."""
        found: Node | None = self
        for tag in path:
            found = next(found.all(tag), None) if found else None
        return found

    def text_at(self, *path: str) -> str:
        """The text of the first element down that path, empty where there is none."""
        found = self.find(*path)
        return found.text if found else ""

    def attribute_at(self, *path: str) -> str:
        """The attribute named last, of the first element down the rest of the path."""
        found = self.find(*path[:-1])
        return found.attributes.get(path[-1], "") if found else ""


@dataclass(frozen=True, slots=True)
class Records:
    root: str
    nodes: tuple[Node, ...]
    dropped: Mapping[str, int]


def read_records(upload: Upload, tags: Collection[str], dropped: Collection[str], limits: Limits = LIMITS) -> Records:
    """Every element named in `tags`, whole but for the dropped ones. Raises FileRefused."""
    place = checked(upload, limits)
    handler = _Handler(place, frozenset(tags), frozenset(dropped), limits)
    parser = defusedxml.sax.make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    parser.setProperty(property_lexical_handler, handler)
    try:
        parser.parse(io.BytesIO(upload.data))
    except DefusedXmlException as fault:
        raise refusal(
            place,
            _("The file has a document type or entities in it, which we never follow."),
            _("Export it again without them."),
        ) from fault
    except (SAXException, ValueError, LookupError) as fault:
        raise refusal(
            Place(place.file, "", getattr(fault, "getLineNumber", lambda: 0)() or 0),
            _("The XML is broken from this line on."),
            _("Export the file again. It may have been cut short on the way."),
        ) from fault
    return Records(handler.root, tuple(handler.records), dict(handler.dropped))


class _Handler(ContentHandler):
    """Builds the records; counts what it skips."""

    def __init__(self, place: Place, tags: frozenset[str], dropped: frozenset[str], limits: Limits) -> None:
        super().__init__()
        self.place, self.tags, self.to_drop, self.limits = place, tags, dropped, limits
        self.root = ""
        self.records: list[Node] = []
        self.dropped: Counter[str] = Counter()
        self.open: list[Node] = []
        self.text: list[str] = []
        self.depth = self.skipping_from = 0
        self.locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:
        self.locator = locator

    def startElement(self, name: str, attrs: Any) -> None:
        self.depth += 1
        tag = name.rsplit(":", 1)[-1]
        self.root = self.root or shortened(tag)
        if self.skipping_from:
            return
        if tag in self.to_drop:
            self.dropped[tag] += 1
            self.skipping_from = self.depth
            return
        if self.depth > self.limits.depth:
            raise refusal(self._here(), _("The file is nested too deeply."), _("Export it again from the HR system."))
        self._begin(tag, {key.rsplit(":", 1)[-1]: value for key, value in attrs.items()})

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._refuse_identity_numbers(tag, *attributes, *attributes.values(), "".join(self.text))
        self.text.clear()
        if self.open or tag in self.tags:
            node = Node(tag, self._line(), attributes)
            if self.open:
                self.open[-1].children.append(node)
            else:
                self.records.append(node)
            self.open.append(node)

    def endElement(self, name: str) -> None:
        closing, self.depth = self.depth, self.depth - 1
        if self.skipping_from:
            self.skipping_from = 0 if closing == self.skipping_from else self.skipping_from
            return
        text = "".join(self.text).strip()
        self.text.clear()
        self._refuse_identity_numbers(text)
        if self.open:
            node = self.open.pop()
            node.text = "" if node.children else text

    def characters(self, content: str) -> None:
        if not self.skipping_from:
            self.text.append(content)

    def comment(self, content: str) -> None:
        self._refuse_identity_numbers(content)

    def startCDATA(self) -> None:
        """Asked for by the lexical interface; text comes the same way."""

    def endCDATA(self) -> None:
        """See startCDATA."""

    def startDTD(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Never reached: document types are forbidden."""

    def endDTD(self) -> None:
        """Never reached: document types are forbidden."""

    def _refuse_identity_numbers(self, *texts: str) -> None:
        if any(identity_numbers.holds_one(text) for text in texts if len(text) >= 10):
            raise identity_number_refusal(self._here())

    def _line(self) -> int:
        return int(self.locator.getLineNumber() or 0) if self.locator else 0

    def _here(self) -> Place:
        return Place(self.place.file, "", self._line(), self.open[-1].tag if self.open else "")
