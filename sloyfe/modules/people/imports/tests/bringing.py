"""What the tests of imports share: own-format CSV from rows, and running it."""

from __future__ import annotations

import csv
import io
from datetime import date

from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.log import Kind, Log
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.imports.apply import bring_in
from sloyfe.modules.people.imports.known import Terms

PEOPLE = "Personer: Arbeidsgiver Ansattnummer Navn Enhetsnummer Stilling Stillingsprosent Gyldig_fra Gyldig_til"
WORK = "Tilknytninger: Arbeidsgiver Ansattnummer Enhetsnummer Stilling Stillingsprosent Gyldig_fra Gyldig_til"
UNITS = "Enheter: Enhetsnummer Navn Type Overordnet_enhet Styringslinje Gyldig_fra Gyldig_til Område"
LINES = "Linjer: Enhetsnummer Overordnet_enhet Styringslinje Gyldig_fra Gyldig_til"
CHANGES = "Endringer: Før Etter Dato Andel"
LEADERS = "Ledere: Arbeidsgiver Ansattnummer Enhetsnummer Styringslinje Gyldig_fra Gyldig_til"
ROLES = "Roller: Rolle Arbeidsgiver Ansattnummer Enhetsnummer Oppgaver Timer_i_uken Stedfortreder Forankret_hos"


def table(shape: str, *rows: str) -> Upload:
    """`rows` are «a|b|c», one for each row, cells in the order of the shape."""
    name, columns = shape.split(":")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([each.replace("_", " ") for each in columns.split()])
    width = len(columns.split())
    for row in rows:
        cells = row.split("|")
        writer.writerow(cells + [""] * (width - len(cells)))
    return Upload(f"{name}.csv", out.getvalue().encode())


def bring(cast, *uploads: Upload, rehearsal: bool = False, by: str = "hr_admin", **terms: str | date | None) -> Log:
    """The log; after a real run, that the rehearsal before it said the same and changed nothing."""
    found = read(list(uploads), employer=str(terms.get("employer", "")))
    return bring_delivery(cast, found, rehearsal=rehearsal, by=by, **terms)


def bring_delivery(cast, found: Delivery, *, rehearsal: bool = False, by: str = "hr_admin", **terms) -> Log:
    viewer = cast.viewer(by)
    tried = bring_in(viewer, found, rehearsal=True, terms=Terms(**terms))
    if rehearsal:
        return tried
    real = bring_in(viewer, found, rehearsal=False, terms=Terms(**terms))
    assert tried.lines() == real.lines()
    assert not tried.applied
    return real


def told(log: Log, kind: str | None = None) -> list[str]:
    """«People create Name: field before → after», unchanged left out unless asked for."""
    return [
        f"{entry.object_type} {entry.kind} {entry.label}: "
        + "; ".join(f"{change.field} {change.before}→{change.after}" for change in entry.changes)
        for entry in log.entries
        if (entry.kind == kind if kind else entry.kind is not Kind.UNCHANGED)
    ]


def said(log: Log) -> list[str]:
    return [f"{problem.weight}: {problem.message.format_map(problem.params)}" for problem in log.problems]
