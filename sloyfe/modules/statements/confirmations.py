"""What there is to confirm, and what has been: asked of me, asked by me, and confirmed for me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.modules.people.public import nearest_leaders, person_names
from sloyfe.modules.statements.models import ConfirmationAsk, Proof, Statement
from sloyfe.modules.statements.wording import SCALES, STEPS, step_name, what_of

OWN = "own.page"
State = ConfirmationAsk.State
OF_STATEMENT = tuple(f"statement__{name}" for name in STEPS)
SCALES_OF_STATEMENT = tuple(f"statement__{name}" for name in SCALES)


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask. `who` is the other person in it; `step` is there only where it is about a level."""

    pk: int
    who_id: int
    who: str
    what: str
    kind: str
    step: str
    words: str
    in_talk: bool
    asked_on: date
    state: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One thing confirmed for me. `apart` when I see my own level otherwise today: something to talk about."""

    pk: int
    competence_id: int
    what: str
    step: str
    words: str
    by: str
    in_talk: bool
    since: date
    until: date | None
    contest: str
    apart: bool


def to_confirm(viewer: Viewer) -> list[Asked]:
    """What colleagues have asked me to confirm, the oldest first."""
    return [_asked(ask, ask.owner, viewer) for ask in _read(_put_to(viewer).order_by("asked_on", "pk"))]


def one_asked(viewer: Viewer, pk: int) -> Asked | None:
    """One ask put to the viewer; None when it is not open to her."""
    return next((_asked(ask, ask.owner, viewer) for ask in _read(_put_to(viewer).filter(pk=pk))), None)


def answered_before(viewer: Viewer, pk: int) -> bool:
    """Whether this ask was once hers to answer, and is closed now."""
    return ConfirmationAsk.objects.for_viewer(viewer, "own.log").filter(asked=viewer.person_id, pk=pk).exists()


def asked_by_me(viewer: Viewer) -> list[Asked]:
    """Whom I have asked, where I wait for an answer, there is a talk to have, or it had not been seen."""
    rows = ConfirmationAsk.objects.for_viewer(viewer, OWN).filter(owner=viewer.person_id, statement__valid_to=None)
    waiting = rows.filter(state__in=ConfirmationAsk.NOT_CONFIRMED).order_by("asked_on", "pk")
    return [_asked(ask, ask.asked, viewer) for ask in _read(waiting)]


def is_mine(viewer: Viewer, pk: int) -> bool:
    return ConfirmationAsk.objects.for_viewer(viewer, OWN).filter(owner=viewer.person_id, pk=pk).exists()


def confirmed_for_me(viewer: Viewer) -> list[Confirmed]:
    """What stands as confirmed today, the newest first."""
    said = Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)
    rows = said.filter(kind=Statement.Kind.CONFIRMED, valid_to__gt=viewer.day).order_by("-valid_from", "-pk")
    found = list(rows.select_related("by", *SCALES).prefetch_related(*STEPS))
    own = said.filter(kind=Statement.Kind.LEVEL, valid_to=None, competence__in={row.competence_id for row in found})
    levels = dict(own.values_list("competence", "level"))
    return [
        Confirmed(
            row.pk,
            row.competence_id,
            what_of(row, viewer.language),
            step_name(row, viewer.language),
            row.words,
            row.by.name if row.by else "",
            row.basis == "talk",
            row.valid_from,
            row.valid_to,
            row.contest,
            row.level is not None and levels.get(row.competence_id, row.level) != row.level,
        )
        for row in found
    ]


def own_confirmation(viewer: Viewer) -> GuardedQuerySet:
    """What has been confirmed for the viewer, for changing one."""
    rows = Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)
    return rows.filter(kind=Statement.Kind.CONFIRMED, valid_to__gt=viewer.day)


def contestable(viewer: Viewer) -> GuardedQuerySet:
    """What others have said of the viewer, or a register has sent: hers to remark on."""
    sent = Proof.objects.for_viewer(viewer, OWN).filter(owner=viewer.person_id).exclude(source="")
    confirmed = Q(kind=Statement.Kind.CONFIRMED, valid_to__gt=viewer.day)
    rows = Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)
    return rows.filter(confirmed | Q(valid_to=None, pk__in=sent.values("statement")))


def my_leaders(viewer: Viewer) -> dict[int, str]:
    """Those who lead the viewer most closely today, by name: one, or one for each line she works on."""
    found = set(nearest_leaders(viewer.posts, viewer.day).values()) - {viewer.person_id}
    return person_names(viewer, found)


def _put_to(viewer: Viewer) -> GuardedQuerySet:
    return ConfirmationAsk.objects.for_viewer(viewer, OWN).filter(asked=viewer.person_id, state=State.ASKED)


def _read(rows: GuardedQuerySet) -> GuardedQuerySet:
    return rows.select_related("owner", "asked", *SCALES_OF_STATEMENT).prefetch_related(*OF_STATEMENT)


def _asked(ask: ConfirmationAsk, other: Any, viewer: Viewer) -> Asked:
    row = ask.statement
    return Asked(
        ask.pk,
        other.pk,
        other.name,
        what_of(row, viewer.language),
        str(row.get_kind_display()),
        step_name(row, viewer.language),
        row.words,
        ask.in_talk,
        ask.asked_on,
        ask.state,
    )
