"""Who looked at whom, and why: written before the page is shown, and read by the person herself.

A look has a short transaction of its own, so that what was seen is logged even when the page fails; and it
never waits for another's long write (`waiting.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import OperationalError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import Grant, GuardedQuerySet, NoViewer, Scope, Viewer
from sloyfe.core.access.viewer import organisation
from sloyfe.core.audit import waiting
from sloyfe.core.audit.models import Look
from sloyfe.core.sql import brief_wait

LONGEST_WAIT = 250  # milliseconds


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look as its subject reads it. `why` holds the reasons as the one who looked was given them."""

    at: datetime
    looker: str
    page: str
    why: tuple[str, ...]


def open_one(viewer: Viewer, rows: GuardedQuerySet, pk: int, *, page: str, needs: str, subject: str = "pk") -> Any:
    """The row a page about one person is made from, with the look logged; 404 when the viewer may not see it.

    `rows` are opened for this viewer; `needs` is the capability that opened them, and `subject` names the
    attribute that holds the person's id («pk» for a person, «person_id» for a row about one).
    Must not be called inside a transaction: the look has one of its own.
    """
    if rows.query.cleared_for is not viewer:
        raise NoViewer("open_one needs rows opened for the same viewer")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    subject_id = getattr(row, subject)
    if subject_id != viewer.person_id:
        write_looks(viewer, [subject_id], page=page, needs=needs, grants=_opening(viewer, row, needs))
    return row


def write_looks(
    viewer: Viewer,
    subject_ids: Iterable[int],
    *,
    page: str,
    needs: str,
    grants: Iterable[Grant] | None = None,
) -> None:
    """Log that the viewer was shown these persons, as an export or a list shows many. Her own id is left out.

    `grants` are those that opened the rows; by default all she holds for `needs`.
    """
    grounds = [_fact(grant) for grant in (viewer.grants_for(needs) if grants is None else grants)]
    line = {
        "at": timezone.now().isoformat(),
        "looker_id": viewer.person_id,
        "looker_name": viewer.name,
        "page": page,
        "needs": needs,
        "grounds": grounds,
        "subjects": [subject_id for subject_id in subject_ids if subject_id != viewer.person_id],
    }
    if not line["subjects"]:
        return
    try:
        with brief_wait(LONGEST_WAIT), transaction.atomic(durable=True):
            store([line])
    except OperationalError:
        if not waiting.put(line):
            raise
    else:
        bring_in()


def bring_in() -> None:
    """Move the looks that wait into the table, if there is room now. The worker calls it between jobs."""
    if not waiting.any_waiting():
        return
    try:
        with brief_wait(LONGEST_WAIT), waiting.taken() as lines, transaction.atomic(durable=True):
            store(lines)
    except OperationalError:
        return  # they wait on


def store(lines: Iterable[waiting.Line]) -> None:
    """Put lines into the table, inside the caller's transaction."""
    Look.objects.bulk_create((look for line in lines for look in _looks(line)), batch_size=500)


def _looks(line: waiting.Line) -> list[Look]:
    told = {name: value for name, value in line.items() if name != "subjects"}
    told["at"] = datetime.fromisoformat(line["at"])
    return [Look(**told, subject_id=subject_id) for subject_id in line["subjects"]]


def looks_at(viewer: Viewer, most: int = 200) -> list[LookLine]:
    """Who has looked at the viewer herself, the newest first."""
    reasons = cache(_reason)
    return [
        LookLine(look.at, look.looker_name, look.page, tuple(reasons(*_key(f)) for f in look.grounds) or _shared())
        for look in Look.objects.for_viewer(viewer, "own.log").order_by("-at", "-pk")[:most]
    ]


def _opening(viewer: Viewer, row: Any, needs: str) -> list[Grant]:
    """The grants that would open the row each by itself; none when its owner has shared it."""
    return [
        grant
        for grant in viewer.grants_for(needs)
        if type(row)
        .objects.for_viewer(replace(viewer, person_id=None, posts=(), grants=(grant,)), needs)
        .filter(pk=row.pk)
        .exists()
    ]


def _fact(grant: Grant) -> dict[str, Any]:
    since = grant.since.isoformat() if grant.since else None
    return {"role": grant.role, "unit": grant.unit_id, "since": since, "deputy": grant.deputy}


def _key(fact: dict[str, Any]) -> tuple[str, int | None, str | None, bool]:
    return fact["role"], fact["unit"], fact["since"], fact["deputy"]


def _reason(role: str, unit_id: int | None, since: str | None, deputy: bool) -> str:
    day = date.fromisoformat(since) if since else None
    return organisation().explain(Grant("", Scope.OWN, role, unit_id, (), day, deputy))


def _shared() -> tuple[str, ...]:
    return (_("You had shared this yourself."),)
