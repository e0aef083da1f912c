"""How well somebody can what is asked of her, as she sees it herself: said, changed and taken back by her alone.

A level is first said in a mapping round, which also says on what day it is deleted (`kept_until`). A change closes the
row before and writes a new one, so that her own history can be read. Nobody sees a level unless she shares it, and it
is counted with others only after she has said yes (`Counting`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, Viewer, delete_as, save_as
from sloyfe.core.audit.actions import record
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.public import levels_asked_of_me, step_label
from sloyfe.modules.statements.actions import share
from sloyfe.modules.statements.models import Audience, Counting, Share, Statement
from sloyfe.modules.statements.plain import plain_words

OWN = "own.page"
LEVELS = range(1, 6)
Kind = Statement.Kind
WISHES = (Kind.WANTS, Kind.USES, Kind.TEACHES, Kind.UNSURE)
"""What she may tick beside a level, or in place of one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What she says now about one thing that is asked of her; `level` is None where she has not said, `step` what it
    is called, and `wishes` what she has ticked beside it.

    `leader` and `others` tell whom she shares the level with: her leader, and anybody else.
    """

    competence_id: int
    competence: str
    asked_level: int | None
    pk: int | None
    level: int | None
    example: str
    since: date | None
    leader: bool
    others: bool
    kept_until: date | None
    step: str
    wishes: frozenset[str]

    @property
    def answered(self) -> bool:
        """A wish to learn, or to be unsure, is an answer too."""
        return self.level is not None or bool(self.wishes)

    @property
    def wish_words(self) -> list[str]:
        return [str(kind.label) for kind in WISHES if kind in self.wishes]


def my_levels(viewer: Viewer) -> list[Said]:
    """Everything asked of her, with what she has said, in the order it is asked."""
    return asked_now_and_before(viewer)[0]


def asked_now_and_before(viewer: Viewer) -> tuple[list[Said], list[Said]]:
    """What is asked of her; and what she has said that is not asked any more, hers to take back until it is deleted."""
    rows: dict[int, Any] = {}
    wishes: dict[int, set[str]] = {}
    for row in _said_now(viewer).order_by("pk"):
        if row.kind == Kind.LEVEL:
            rows[row.competence_id] = row
        elif row.competence_id is not None:
            wishes.setdefault(row.competence_id, set()).add(row.kind)
    now = [
        _said(each.competence_id, each.competence, each.level, rows.pop(each.competence_id, None), wishes)
        for each in levels_asked_of_me(viewer)
    ]
    return now, [_said(key, label(row.competence, viewer.language), None, row, wishes) for key, row in rows.items()]


def history(viewer: Viewer, competence_id: int) -> list[Statement]:
    """All she has said about one thing, the newest first."""
    return list(_mine(viewer).filter(competence=competence_id).order_by("-valid_from", "-pk"))


def say_level(
    viewer: Viewer,
    competence_id: int,
    *,
    level: int,
    example: str = "",
    leader: bool = False,
    kept_until: date | None = None,
) -> Statement:
    """Say or change one's own level. Shared with the leader only when she chooses it, and closed when she does not.

    `kept_until` is the day the round deletes it. What she mends later keeps its day, or takes the later of two.
    """
    if competence_id not in {each.competence_id for each in levels_asked_of_me(viewer)}:
        raise ValidationError(_("This is not asked of you, so there is no need to say it."))
    if level not in LEVELS:
        raise ValidationError(_("Choose one of the steps."))
    example = plain_words(example)
    with transaction.atomic():
        now: Statement | None = (
            _mine(viewer).select_for_update(of=("self",)).filter(competence=competence_id, valid_to=None).first()
        )
        if now is None and kept_until is None:
            raise ValidationError(_("A level is said in a mapping round."))
        row = _anew(viewer, competence_id, now, (level, example), kept_until)
        try:
            save_as(viewer, row, OWN)
        except IntegrityError as error:
            raise ValidationError(
                _("You have just said this in another window. Look at it, and say it again.")
            ) from error
        if leader:
            share(viewer, row, audience=Audience.LEADER)
        else:
            _live_shares(viewer, [row.pk]).filter(audience=Audience.LEADER).update(until_at=timezone.now())
    return row


def _anew(
    viewer: Viewer, competence_id: int, now: Statement | None, says: tuple[int, str], kept_until: date | None
) -> Statement:
    """The row that holds from today: the same as before where nothing else is said, or one in its place."""
    kept = max((day for day in (kept_until, now and now.kept_until) if day), default=None)
    if now is not None:
        now.kept_until = now.kept_until or kept
        if (now.level, now.words) == says:
            now.kept_until = kept
            return now
        _close(viewer, now)
    level, words = says
    return Statement(
        person_id=viewer.me,
        kind=Statement.Kind.LEVEL,
        competence_id=competence_id,
        level=level,
        words=words,
        valid_from=viewer.day,
        confirmed_on=viewer.day,
        kept_until=kept,
    )


def withdraw_level(viewer: Viewer, competence_id: int) -> None:
    """She no longer says it. What stood stays in her own history."""
    with transaction.atomic():
        for row in _mine(viewer).filter(competence=competence_id, valid_to=None):
            _close(viewer, row)


def counting_of(viewer: Viewer) -> Counting:
    """What she has said about being counted; an unsaved row with no answer when she has not."""
    row = Counting.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id).first()
    return row or Counting(person_id=viewer.me, changed_on=viewer.day)


def set_counting(viewer: Viewer, *, answers: bool, unsure: bool) -> Counting:
    """Yes or no, any day. A no counts from the next publication on; what has been published stays as it was."""
    row = counting_of(viewer)
    row.answers, row.unsure, row.changed_on = answers, answers and unsure, viewer.day
    with transaction.atomic():
        save_as(viewer, row, OWN)
        record(viewer, "counting.chosen", row, subject_id=viewer.person_id, answers=answers, unsure=row.unsure)
    return row


def _mine(viewer: Viewer) -> GuardedQuerySet:
    return _own(viewer).filter(kind=Kind.LEVEL)


def _own(viewer: Viewer) -> GuardedQuerySet:
    return Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)


def _said_now(viewer: Viewer) -> GuardedQuerySet:
    live = Share.objects.for_viewer(viewer, OWN).filter(statement=OuterRef("pk"), until_at=None)
    leader = Q(audience=Audience.LEADER)
    told = {"leader": Exists(live.filter(leader)), "others": Exists(live.exclude(leader))}
    rows = _own(viewer).filter(kind__in=(Kind.LEVEL, *WISHES), valid_to=None).select_related("competence")
    found: GuardedQuerySet = rows.annotate(**told, step=step_label(viewer.language))
    return found


def _live_shares(viewer: Viewer, statements: Iterable[int]) -> GuardedQuerySet:
    return Share.objects.for_viewer(viewer, OWN).filter(statement__in=list(statements), until_at=None)


def _close(viewer: Viewer, row: Statement) -> None:
    """From today she says something else. What was said and changed the same day was a slip, and goes."""
    if row.valid_from >= viewer.day:
        delete_as(viewer, row, OWN)
        return
    _live_shares(viewer, [row.pk]).update(until_at=timezone.now())
    row.valid_to = viewer.day
    save_as(viewer, row, OWN)


def _said(
    competence_id: int, competence: str, asked: int | None, row: Any, wishes: Mapping[int, Collection[str]]
) -> Said:
    """`row` is her level, with who sees it (`leader`, `others`); None where she has said none."""
    about = competence_id, competence, asked
    beside = frozenset(wishes.get(competence_id, ()))
    if row is None:
        return Said(*about, None, None, "", None, False, False, None, "", beside)
    said = row.pk, row.level, row.words, row.valid_from, row.leader, row.others, row.kept_until
    return Said(*about, *said, row.step or "", beside)
