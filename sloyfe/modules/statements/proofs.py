"""One's own proofs: education, courses, certificates and recognised practice; added, mended, taken back and shared.

What a learning platform has sent stands as it was sent (`completions.py`): she remarks on it, shares it or takes it
out of view, and the next file does not bring it back. Only its owner is reminded before one runs out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, Viewer, save_as
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.modules.statements.actions import read_again, say
from sloyfe.modules.statements.models import Proof, Statement
from sloyfe.modules.statements.plain import plain_words
from sloyfe.modules.statements.reads import Seen, seen_by

OWN = "own.page"
LATELY = 30
"""Days that what has come is told of on her own page, beside standing in the register."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a proof says. `nkr` is for education, and only there; `expires_on` is the last day it holds."""

    what: str
    title: str
    completed_on: date
    expires_on: date | None = None
    nkr: int | None = None
    issuer: str = ""
    competence_id: int | None = None


@dataclass(frozen=True, slots=True)
class MyProof:
    """One of mine. `left` is the number of days it still holds, None where it has no end.

    `remind` is empty, «first» or «last»: how near the end it is, by policy.
    """

    pk: int
    title: str
    competence: str
    what: str
    nkr: int | None
    issuer: str
    source: str
    came_on: date
    completed_on: date
    expires_on: date | None
    left: int | None
    remind: str
    contest: str
    seen_by: tuple[Seen, ...]

    @property
    def over(self) -> bool:
        return self.left is not None and self.left < 0


def my_proofs(viewer: Viewer) -> list[MyProof]:
    """All I can show, what was completed last first."""
    return _listed(viewer, _own(viewer).filter(statement__valid_to=None))


def taken_back(viewer: Viewer) -> list[MyProof]:
    """What I have taken out of view, and can bring back."""
    return _listed(viewer, _own(viewer).filter(statement__valid_to__isnull=False))


def expiring(viewer: Viewer) -> list[MyProof]:
    """Mine that hold today and run out within the time policy says, the first to run out first; not who sees them."""
    until = viewer.day + timedelta(days=number("proof.remind_first_days", viewer.day))
    rows = _own(viewer).filter(statement__valid_to=None, expires_on__range=(viewer.day, until))
    found = [_mine(row, viewer, ()) for row in rows.select_related("statement__competence")]
    return sorted(found, key=lambda one: (one.left or 0, one.pk))


def come_lately(viewer: Viewer) -> list[MyProof]:
    """What a register has sent about me these last weeks."""
    since = viewer.day - timedelta(days=LATELY)
    rows = _own(viewer).filter(statement__valid_to=None, statement__valid_from__gte=since).exclude(source="")
    return [_mine(row, viewer, ()) for row in rows.select_related("statement__competence").order_by("-pk")]


def own_proof(viewer: Viewer) -> GuardedQuerySet:
    """The statements of my proofs, for changing one."""
    return Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id, kind=Statement.Kind.PROOF)


def brought_in(viewer: Viewer, statements: Iterable[int]) -> set[int]:
    """Those of these that came from a register, and are not hers to rewrite."""
    rows = _own(viewer).filter(statement__in=list(statements)).exclude(source="")
    return set(rows.values_list("statement", flat=True))


def facts_of(viewer: Viewer, statement: Statement) -> Facts:
    row: Proof = _own(viewer).get(statement=statement)
    return Facts(
        row.what, statement.words, row.completed_on, row.expires_on, row.nkr, row.issuer, statement.competence_id
    )


def add_proof(viewer: Viewer, facts: Facts) -> Statement:
    """One more, which only she sees."""
    with transaction.atomic():
        statement = say(viewer, kind=Statement.Kind.PROOF, competence_id=facts.competence_id, words=facts.title)
        row = Proof(statement=statement, owner_id=viewer.me)
        _put(viewer, row, facts)
    return statement


def mend_proof(viewer: Viewer, statement: Statement, facts: Facts) -> None:
    """Correct what she has written herself. Those she shares it with see what stands now."""
    with transaction.atomic():
        row: Proof = _own(viewer).select_for_update(of=("self",)).get(statement=statement)
        if row.source:
            raise ValidationError(
                _("This came from a register. Remark on it, and ask those who keep it to correct it.")
            )
        read_again(viewer, statement)
        if statement.valid_to is not None:
            raise ValidationError(_("You have taken this back. Bring it back first."))
        statement.words, statement.competence_id = plain_words(facts.title), facts.competence_id
        statement.confirmed_on = viewer.day
        save_as(viewer, statement, OWN)
        _put(viewer, row, facts)


def _put(viewer: Viewer, row: Proof, facts: Facts) -> None:
    row.what, row.nkr, row.issuer = facts.what, facts.nkr, plain_words(facts.issuer)
    row.completed_on, row.expires_on = facts.completed_on, facts.expires_on
    save_as(viewer, row, OWN)


def _own(viewer: Viewer) -> GuardedQuerySet:
    return Proof.objects.for_viewer(viewer, OWN).filter(owner=viewer.person_id)


def _listed(viewer: Viewer, rows: GuardedQuerySet) -> list[MyProof]:
    found = list(rows.select_related("statement__competence").order_by("-completed_on", "-pk"))
    seen = seen_by(viewer, [row.statement_id for row in found])
    return [_mine(row, viewer, seen.get(row.statement_id, ())) for row in found]


def _remind(left: int | None, day: date) -> str:
    if left is None or not 0 <= left <= number("proof.remind_first_days", day):
        return ""
    return "last" if left <= number("proof.remind_last_days", day) else "first"


def _mine(row: Proof, viewer: Viewer, seen: tuple[Seen, ...]) -> MyProof:
    said = row.statement
    left = (row.expires_on - viewer.day).days if row.expires_on else None
    return MyProof(
        pk=said.pk,
        title=said.words,
        competence=label(said.competence, viewer.language) if said.competence else "",
        what=str(row.get_what_display()),
        nkr=row.nkr,
        issuer=row.issuer,
        source=row.source,
        came_on=said.valid_from,
        completed_on=row.completed_on,
        expires_on=row.expires_on,
        left=left,
        remind=_remind(left, viewer.day),
        contest=said.contest,
        seen_by=seen,
    )
