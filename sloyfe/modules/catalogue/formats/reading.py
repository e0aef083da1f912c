"""Reads uploaded files by the format somebody said they are in.

Files of published frameworks may come packed in ZIP archives or one by one. Our own format may also come as
the ZIP archive that exporting gives.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import BinaryIO

from sloyfe.core.imports import identity_numbers
from sloyfe.core.imports.limits import identity_number_refusal, shown_name
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.tables import FileKind, Upload, kind_of
from sloyfe.modules.catalogue.formats import ddat, digcomp, esco, messages, moodle, own
from sloyfe.modules.catalogue.formats.bundle import Member, from_bytes, from_zip
from sloyfe.modules.catalogue.formats.draft import Draft
from sloyfe.modules.catalogue.formats.ledger import refuse
from sloyfe.modules.catalogue.formats.rows import content

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Sent:
    """An uploaded file: what it was called, and how to open it."""

    name: str
    open: Callable[[], BinaryIO]


def read_own(files: Iterable[Sent], known: Collection[str], levels: Collection[int] | None) -> Draft:
    """Our own format; `known` and `levels` as in `checks.checked`. Raises `FileRefused`."""
    uploads = [upload for sent in files for upload in _uploads(sent)]
    return own.read(uploads, known, levels)


def _uploads(sent: Sent) -> list[Upload]:
    with sent.open() as stream:
        data = stream.read()
        if not data.startswith(_ZIP) or kind_of(data) is FileKind.WORKBOOK:
            return [Upload(sent.name, data)]
        stream.seek(0)
        return [Upload(member.name, _bytes(member)) for member in from_zip(sent.name, stream)]


def _bytes(member: Member) -> bytes:
    with member.open() as raw:
        return raw.read()


def read_framework(format_code: str, files: Sequence[Sent], language: str, edition: str = "") -> Draft:
    """A framework somebody else has published. Raises `FileRefused`; KeyError for a format not known."""
    reader = _READERS[format_code]
    with ExitStack() as opened:
        members = [member for sent in files for member in _members(sent, opened)]
        draft = reader(members, language)
    return replace(draft, framework=replace(draft.framework, version=edition)) if edition else draft


def _members(sent: Sent, opened: ExitStack) -> tuple[Member, ...]:
    stream = opened.enter_context(sent.open())
    if stream.read(4) in _ZIP:
        stream.seek(0)
        return from_zip(sent.name, stream)
    return (Member(shown_name(sent.name), sent.open),)


def _digcomp(members: Sequence[Member], language: str) -> Draft:
    return digcomp.read(_the_one(members))


def _moodle(members: Sequence[Member], language: str) -> Draft:
    """The one format that holds an organisation's own words, so it is looked through for what may not come in."""
    member = _the_one(members)
    text = content(member)
    if identity_numbers.holds_one(text):
        raise identity_number_refusal(Place(member.name))
    return moodle.read(from_bytes(member.name, text.encode()), language)


def _the_one(members: Sequence[Member]) -> Member:
    if len(members) != 1:
        raise refuse(Place(members[0].name if members else ""), messages.ONE_FILE)
    return members[0]


_READERS: dict[str, Callable[[Sequence[Member], str], Draft]] = {
    "esco": lambda members, language: esco.read(members),
    "ddat": lambda members, language: ddat.read(members),
    "digcomp": _digcomp,
    "moodle": _moodle,
}
