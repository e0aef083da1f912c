"""The way in: reads all files of one upload into one delivery, whatever formats they are in.

A format is known by what a file holds, never by its name. Files that belong together are read together,
and what our own files say answers what a list of offices leaves open. Nothing here raises: a file that
cannot be read is a problem that stops the upload, and the rest is read all the same, so that everything
wrong is said at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sloyfe.core.imports import texts
from sloyfe.core.imports.limits import LIMITS, Limits, Upload, checked
from sloyfe.core.imports.places import FileRefused, Problem
from sloyfe.core.imports.rows import Table
from sloyfe.core.imports.tables import FileKind, kind_of, read_tables
from sloyfe.modules.people.formats import (
    checks,
    cooperations,
    fint,
    municipalities,
    office_list,
    own,
    redistricting,
    visma,
)
from sloyfe.modules.people.formats.fint import FintFile
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.formats.visma import VismaFile

Found = FintFile | VismaFile | tuple[Table, ...]

_TABLE_FORMATS = (
    (redistricting.FORMAT, redistricting.recognises),
    (municipalities.FORMAT, municipalities.recognises),
    (cooperations.FORMAT, cooperations.recognises),
    (office_list.FORMAT, office_list.recognises),
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file turned out to be, and its contents as parsed."""

    format: str
    found: Found


def read(uploads: Sequence[Upload], *, employer: str = "", limits: Limits = LIMITS) -> Delivery:
    """Everything in the upload. `employer` is used where a file does not name one."""
    sorted_files = _Sorted()
    for upload in uploads:
        try:
            sorted_files.add(recognise(upload, limits))
        except FileRefused as refused:
            sorted_files.problems.append(refused.problem)
    return checks.checked(sorted_files.delivery(employer))


def recognise(upload: Upload, limits: Limits = LIMITS) -> Recognised:
    """What the file is. Raises FileRefused with a sentence where it is nothing we know."""
    place = checked(upload, limits)
    kind = kind_of(upload.data)
    if kind is FileKind.XML:
        visma_file = visma.parse(upload, place, limits)
        return Recognised(visma_file.format, visma_file)
    if kind is FileKind.JSON:
        return Recognised(fint.FORMAT, fint.parse(upload, place, limits, as_yaml=False))
    if kind is FileKind.TEXT and fint.is_yaml(texts.decoded(place, upload.data)):
        return Recognised(fint.FORMAT, fint.parse(upload, place, limits, as_yaml=True))
    tables = read_tables(upload, limits)
    only = tables[0] if len(tables) == 1 else None
    known = next((name for name, recognises in _TABLE_FORMATS if only and recognises(only)), own.FORMAT)
    return Recognised(known, tables)


@dataclass(slots=True)
class _Sorted:
    """The files of one upload by format, and what could not be read."""

    files: list[Recognised] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, file: Recognised) -> None:
        self.files.append(file)

    def delivery(self, employer: str) -> Delivery:
        """All files as one; our own first, since they answer questions the others leave open."""
        delivery = Delivery()
        for read_part in (self._own, self._offices, self._municipalities, self._cooperations, self._hr):
            for part in read_part(delivery, employer):
                delivery = delivery.joined(part)
        return delivery.with_problems(*self.problems)

    def _tables(self, name: str) -> list[tuple[Table, ...]]:
        return [file.found for file in self.files if file.format == name and isinstance(file.found, tuple)]

    def _own(self, _: Delivery, employer: str) -> Iterator[Delivery]:
        for tables in self._tables(own.FORMAT):
            try:
                yield own.read(tables, employer)
            except FileRefused as refused:
                self.problems.append(refused.problem)

    def _offices(self, known: Delivery, _: str) -> Iterator[Delivery]:
        return (office_list.read(tables[0], known) for tables in self._tables(office_list.FORMAT))

    def _municipalities(self, _: Delivery, __: str) -> Iterator[Delivery]:
        names = [tables[0] for tables in self._tables(municipalities.FORMAT)]
        changes = [tables[0] for tables in self._tables(redistricting.FORMAT)]
        if names or changes:
            yield municipalities.read(names, changes)

    def _cooperations(self, _: Delivery, __: str) -> Iterator[Delivery]:
        return (cooperations.read(tables[0]) for tables in self._tables(cooperations.FORMAT))

    def _hr(self, _: Delivery, employer: str) -> Iterator[Delivery]:
        visma_files = [file.found for file in self.files if isinstance(file.found, VismaFile)]
        if visma_files:
            yield visma.read(visma_files, employer)
        for file in self.files:
            if isinstance(file.found, FintFile):
                yield fint.read(file.found, employer)
