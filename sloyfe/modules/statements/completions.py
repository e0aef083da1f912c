"""Completions from a learning platform, as a table: one row says that one person has completed one course.

Here the file is read, and what was read is sealed for the page to send back, so that nothing is stored meanwhile.
What becomes of it is in `bringing_in.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from django.core import signing

from sloyfe.core.access import OutOfReach, Viewer
from sloyfe.core.imports.cells import Cells, read_rows
from sloyfe.core.imports.limits import Limits, Upload
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem
from sloyfe.core.imports.tables import read_tables
from sloyfe.modules.statements.models import Proof

CAPABILITY = "import.run"
LIMITS = Limits(file_bytes=5_000_000, rows=10_000)
COLUMNS = {
    "number": ("ansattnummer", "ansattnr", "tilsettnummer", "employee number", "number"),
    "title": ("kurs", "kursnavn", "kursnamn", "course", "course name", "title"),
    "completed": ("fullført", "fullført dato", "completed", "completed on"),
    "expires": ("gjelder til", "gjeld til", "utløper", "går ut", "expires", "expires on"),
    "competence": ("kompetanse", "kompetansekode", "competence", "competence code"),
    "issuer": ("utsteder", "utstedar", "utferdar", "issuer"),
    "what": ("type", "slag", "kind"),
    "external": ("id", "fullføring-id", "external id", "ekstern id"),
}
REQUIRED = ("number", "title", "completed")
KINDS: dict[str, str] = {
    **dict.fromkeys(("kurs", "course"), Proof.What.COURSE.value),
    **dict.fromkeys(("sertifikat", "sertifisering", "certificate"), Proof.What.CERTIFICATE.value),
}
SALT = "statements.completions"
KEPT_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class Completion:
    """One row. `external_id` is the platform's own, or made from the row where the file has none."""

    file: str
    sheet: str
    row: int
    number: str
    title: str
    completed_on: date
    expires_on: date | None
    code: str
    issuer: str
    what: str
    external_id: str

    def place(self, column: str = "") -> Place:
        return Place(self.file, self.sheet, self.row, column)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, and what is wrong with it. `employer_id` is whose employee numbers they are."""

    employer_id: int
    source: str
    rows: tuple[Completion, ...]
    problems: tuple[Problem, ...] = ()


def read(viewer: Viewer, upload: Upload, *, employer_id: int, source: str) -> Reading:
    """Read a file without writing anything. Raises FileRefused for what is no such table."""
    require(viewer)
    tables = [table.with_columns(COLUMNS, REQUIRED) for table in read_tables(upload, LIMITS)]
    make = _maker(viewer.day, employer_id)
    rows: list[Completion] = []
    problems = [problem for table in tables for problem in table.problems]
    for table in tables:
        made, wrong = read_rows(table.rows, make)
        rows += made
        problems += wrong
    return Reading(employer_id, known_as(source), tuple(rows), tuple(problems))


def sealed(viewer: Viewer, reading: Reading) -> str:
    """What was read, for the page to send back: signed, for this viewer, for an hour. Nothing is stored meanwhile."""
    rows = [[each.toordinal() if isinstance(each, date) else each for each in astuple(row)] for row in reading.rows]
    return signing.dumps([viewer.me, reading.employer_id, reading.source, rows], salt=SALT, compress=True)


def opened(viewer: Viewer, seal: str) -> Reading:
    """Raises BadSignature for what was not sealed for this viewer, or too long ago."""
    who, employer_id, source, rows = signing.loads(seal, salt=SALT, max_age=KEPT_SECONDS)
    if who != viewer.me:
        raise signing.BadSignature("sealed for somebody else")
    return Reading(employer_id, source, tuple(_unsealed(row) for row in rows))


def _unsealed(row: Sequence[object]) -> Completion:
    told = dict(zip(Completion.__dataclass_fields__, row, strict=True))
    days = {
        name: date.fromordinal(day) for name in ("completed_on", "expires_on") if isinstance(day := told[name], int)
    }
    return Completion(**told | days)  # type: ignore[arg-type]  # as `sealed` wrote it


def known_as(source: str) -> str:
    """The platform as it is written already, whatever the case; so that one platform has one name."""
    return next((known for known in sources() if known.casefold() == source.casefold()), source)


def sources() -> list[str]:
    """Platforms that completions have come from, by name."""
    rows = Proof.objects.for_system("names of platforms, nobody's completions").exclude(source="")
    return list(rows.order_by("source").values_list("source", flat=True).distinct())


def require(viewer: Viewer) -> None:
    if not viewer.may(CAPABILITY):
        raise OutOfReach(f"outside what this viewer may change ({CAPABILITY})")


def _maker(day: date, employer_id: int) -> Callable[[Cells], Completion | None]:
    def make(cells: Cells) -> Completion | None:
        number = cells.text("number", at_most=40, required=True)
        title = cells.text("title", at_most=300, required=True)
        completed, expires = cells.day("completed", required=True), cells.day("expires")
        code, issuer = cells.text("competence"), cells.text("issuer")
        what = cells.choice("what", KINDS) or Proof.What.COURSE.value
        external = cells.text("external", at_most=100)
        if completed and completed > day:
            cells.wrong("completed", _("That day has not been yet."), _("Correct the date, or take the row out."))
        if completed and expires and expires < completed:
            cells.wrong("expires", _("It runs out before it is completed."), _("Correct one of the dates."))
        if not cells.usable or completed is None:
            return None
        place = cells.row.place()
        made = external or _made_number(employer_id, number, title, completed)
        where = (place.file, place.sheet, place.row)
        return Completion(*where, number, title, completed, expires, code, issuer, what, made)

    return make


def _made_number(employer_id: int, number: str, title: str, completed: date) -> str:
    """Where the platform gives no number of its own, the same row has the same number the next time."""
    told = "\n".join((str(employer_id), number, title.casefold(), completed.isoformat()))
    return "row-" + hashlib.blake2s(told.encode(), digest_size=16).hexdigest()
