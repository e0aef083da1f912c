"""What a viewer may see of how people stand: own level, what another confirmed, and proof. Never one number of them.

Only what each has shared with the one who looks. An own level alone meets no requirement that asks for proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.modules.statements.models import Proof, Statement

OWN = "own.page"
Kind = Statement.Kind
KINDS = (Kind.LEVEL, Kind.CONFIRMED, Kind.PROOF)


@dataclass(frozen=True, slots=True)
class Standing:
    """Each of the three by itself. `confirmed_level` is None where an offer was confirmed.

    `proof` tells that something she can show holds today; `proof_until` is its last day, None when it has none.
    """

    level: int | None = None
    confirmed: bool = False
    confirmed_level: int | None = None
    proof: bool = False
    proof_until: date | None = None


def standing(
    viewer: Viewer, people: Iterable[int], competences: Iterable[int], day: date | None = None
) -> dict[tuple[int, int], Standing]:
    """By person and competence, as it is on the day (today); nothing stands there for what nobody has shared."""
    day = day or viewer.day
    return of_rows(viewer, said_of(viewer, people, competences, day).filter(kind__in=KINDS), day)


def said_of(viewer: Viewer, people: Iterable[int], competences: Iterable[int], day: date) -> GuardedQuerySet:
    """All that these people have shared with the viewer about these competences and that holds on the day."""
    rows = Statement.objects.for_viewer(viewer, OWN).on(day)
    return rows.filter(person__among=set(people), competence__among=set(competences)).order_by("confirmed_on", "pk")


def of_rows(viewer: Viewer, rows: Iterable[Statement], day: date) -> dict[tuple[int, int], Standing]:
    """What these statements, in the order they were confirmed, say of how people stand."""
    seen = [
        (row.pk, row.person_id, row.competence_id, row.kind, row.level)
        for row in rows
        if row.kind in KINDS and row.competence_id
    ]
    until = _last_days(viewer, [pk for pk, *_rest, kind, _level in seen if kind == Kind.PROOF], day)
    found: dict[tuple[int, int], Standing] = {}
    for pk, person, competence, kind, level in seen:
        now = found.get((person, competence), Standing())
        if kind == Kind.LEVEL:
            now = replace(now, level=level)
        elif kind == Kind.CONFIRMED:
            now = replace(now, confirmed=True, confirmed_level=level or now.confirmed_level)
        elif pk in until:
            now = replace(now, proof=True, proof_until=_longest(now, until[pk]))
        if now != Standing():
            found[person, competence] = now
    return found


def holds(standing: Standing, level: int, *, proof_asked: bool) -> bool:
    """Whether somebody who stands so is known to meet what is asked, at this level or above.

    Where a law asks for proof nothing else will do; else what another has seen counts as much as what she says.
    """
    if proof_asked:
        return standing.proof
    confirmed = standing.confirmed and (standing.confirmed_level or level) >= level
    return standing.proof or confirmed or (standing.level or 0) >= level


def proofs_on(rows: GuardedQuerySet, day: date) -> GuardedQuerySet:
    """Of these proofs, those that hold on the day, the last day of each included."""
    return rows.filter(Q(expires_on=None) | Q(expires_on__gte=day), completed_on__lte=day)


def _last_days(viewer: Viewer, statements: list[int], day: date) -> dict[int, date | None]:
    if not statements:
        return {}
    rows = proofs_on(Proof.objects.for_viewer(viewer, OWN).filter(statement__among=statements), day)
    return dict(rows.values_list("statement", "expires_on"))


def _longest(now: Standing, until: date | None) -> date | None:
    if until is None or (now.proof and now.proof_until is None):
        return None
    return max(until, now.proof_until or until)
