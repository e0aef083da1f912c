"""«Teamet mitt»: what those a leader leads have shared with her, by name. Not what was kept, nor who kept it.

The row gate decides; holding `team.view` opens no statement. Nobody is counted, sorted by level or compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sloyfe.core.access import Line, Viewer
from sloyfe.core.lang import label
from sloyfe.modules.people.public import people_in, person_names
from sloyfe.modules.statements.models import Statement
from sloyfe.modules.statements.wording import SCALES, STEPS, Paper, papers, step_name

OWN = "own.page"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing a colleague has shared: its kind, what it is about, and for a level her step and example.

    `by` is who has confirmed it, `contest` her own remark on what was said or brought in about her.
    """

    kind: str
    what: str
    step: str
    words: str
    since: date
    by: str
    contest: str
    proof: Paper | None


@dataclass(frozen=True, slots=True)
class Colleague:
    person_id: int
    name: str
    lines: tuple[Told, ...]


def my_team(viewer: Viewer) -> list[Colleague]:
    """Those who have shared something with the viewer, by name, each with what she shared."""
    rows = _shared_by_those_led(viewer)
    shown = [row.pk for row in rows if row.kind == Statement.Kind.PROOF]
    proofs = papers(viewer, shown)
    told: dict[int, list[Told]] = {}
    for row in rows:
        told.setdefault(row.person_id, []).append(_told(row, viewer.language, proofs.get(row.pk)))
    names = person_names(viewer, told)
    return [Colleague(person, name, tuple(told[person])) for person, name in names.items()]


def _shared_by_those_led(viewer: Viewer) -> list[Statement]:
    rows = Statement.objects.for_viewer(viewer, OWN).on(viewer.day).exclude(person=viewer.person_id)
    rows = rows.select_related("by", *SCALES).prefetch_related(*STEPS)
    led: dict[int, Statement] = {}
    for line in Line:
        units = [post.unit_id for post in viewer.led if post.line == line]
        if units:
            found = rows.filter(person__in=people_in(units, viewer.day, line.value))
            led |= {row.pk: row for row in found.order_by("valid_from", "pk")}
    return list(led.values())


def _told(row: Statement, language: str, proof: Paper | None) -> Told:
    what = label(row.competence, language) if row.competence else ""
    by = row.by.name if row.by else ""
    kind = str(row.get_kind_display())
    return Told(kind, what, step_name(row, language), row.words, row.valid_from, by, row.contest, proof)
