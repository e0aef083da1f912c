"""Having one thing confirmed: the owner asks, and one colleague or her leader says what she has seen.

Nobody confirms without being asked, and never with another level: whoever sees it otherwise says «a talk first»,
whoever has not seen it says that, and nothing more is written. What is confirmed belongs to the owner. She shares it,
remarks on it, or takes it away.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, OutOfReach, Viewer, delete_as, save_as
from sloyfe.core.audit.actions import record
from sloyfe.core.policy import number
from sloyfe.modules.statements.models import ConfirmationAsk, Share, Statement
from sloyfe.modules.statements.models_standing import CONFIRMABLE
from sloyfe.modules.statements.plain import plain_words

OWN = "own.page"
IN_TALK, BY_COLLEAGUE = "talk", "colleague"
State = ConfirmationAsk.State


def ask_to_confirm(viewer: Viewer, statement: Statement, *, asked: int, in_talk: bool) -> ConfirmationAsk:
    """Ask one person, who then sees this one thing. One at a time for each thing: it is no vote."""
    if statement.person_id != viewer.person_id:
        raise OutOfReach("only the one who said it can ask for it to be confirmed")
    if statement.kind not in CONFIRMABLE or statement.competence_id is None or statement.valid_to is not None:
        raise ValidationError(_("Choose a level or an offer to have confirmed."))
    if asked == viewer.person_id:
        raise ValidationError(_("Choose somebody else. Nobody confirms for herself."))
    with transaction.atomic():
        own = Statement.objects.for_viewer(viewer, OWN).select_for_update(of=("self",))
        own.filter(person=viewer.person_id).get(pk=statement.pk)  # two that ask at once come one after the other
        if _open_asks(viewer).filter(statement=statement).exists():
            raise ValidationError(_("You have asked somebody about this already. Take that back first."))
        row = ConfirmationAsk(
            owner_id=viewer.me, asked_id=asked, statement=statement, in_talk=in_talk, asked_on=viewer.day
        )
        return save_as(viewer, row, OWN)


def withdraw_ask(viewer: Viewer, pk: int) -> bool:
    """The owner takes an ask back, or lays aside one that led to a talk. False when it was answered meanwhile."""
    with transaction.atomic():
        ask = _locked(viewer, pk).filter(owner=viewer.person_id, state__in=ConfirmationAsk.NOT_CONFIRMED).first()
        if ask is not None:
            _close(viewer, pk, State.WITHDRAWN)
    return ask is not None


def confirm_it(viewer: Viewer, pk: int, *, example: str) -> Statement | None:
    """«Yes, I have seen it», with an example. None when it is no longer asked."""
    example = plain_words(example)
    if not example:
        raise ValidationError(_("Say in a few words what you have seen."))
    with transaction.atomic():
        ask = _answered(viewer, pk, State.CONFIRMED)
        if ask is None:
            return None
        said: Statement = ask.statement
        row = Statement(
            person_id=ask.owner_id,
            kind=Statement.Kind.CONFIRMED,
            by_id=viewer.me,
            competence_id=said.competence_id,
            level=said.level,
            words=example,
            basis=IN_TALK if ask.in_talk else BY_COLLEAGUE,
            valid_from=viewer.day,
            valid_to=_months_after(viewer.day, number("confirmation.holds_months", viewer.day)),
            confirmed_on=viewer.day,
            kept_until=said.kept_until,
        )
        row.full_clean()
        row.save()  # hers, written by whom she asked: the ask just answered is the right to it
        record(viewer, "statement.confirmed", row, subject_id=ask.owner_id, in_talk=ask.in_talk)
    return row


def talk_first(viewer: Viewer, pk: int) -> bool:
    """«Let us talk about it first.» Nothing else is written, and what was asked about is closed to her again."""
    with transaction.atomic():
        return _answered(viewer, pk, State.TALK_FIRST) is not None


def not_seen(viewer: Viewer, pk: int) -> bool:
    """«I have not seen it.» The owner asks somebody else; of her it says nothing."""
    with transaction.atomic():
        return _answered(viewer, pk, State.NOT_SEEN) is not None


def contest(viewer: Viewer, statement: Statement, remark: str) -> None:
    """The owner's remark on something that was said or brought in about her; empty takes it away. Shown beside it."""
    with transaction.atomic():
        statement.contest = plain_words(remark)
        save_as(viewer, statement, OWN)
        record(viewer, "statement.contested", statement, subject_id=viewer.person_id, remarked=bool(statement.contest))


def take_away(viewer: Viewer, statement: Statement) -> None:
    """The owner lets a confirmation go, with its shares. One of the same day leaves nothing behind."""
    with transaction.atomic():
        record(viewer, "statement.taken_away", statement, subject_id=viewer.person_id)
        if statement.valid_from >= viewer.day:
            delete_as(viewer, statement, OWN)
            return
        shares = Share.objects.for_viewer(viewer, OWN).filter(statement=statement, until_at=None)
        shares.update(until_at=timezone.now())
        statement.valid_to = viewer.day
        save_as(viewer, statement, OWN)


def _open_asks(viewer: Viewer) -> GuardedQuerySet:
    rows = ConfirmationAsk.objects.for_viewer(viewer, OWN)
    return rows.filter(owner=viewer.person_id, state=State.ASKED)


def _answered(viewer: Viewer, pk: int, state: str) -> ConfirmationAsk | None:
    """The ask, closed by this answer. Of two that answer at once, one finds it open."""
    rows = _locked(viewer, pk).filter(asked=viewer.person_id, state=State.ASKED)
    ask: ConfirmationAsk | None = rows.select_related("statement").first()
    if ask is not None:
        _close(viewer, pk, state)
    return ask


def _locked(viewer: Viewer, pk: int) -> GuardedQuerySet:
    """Held until the transaction ends, and read as it is when its turn comes."""
    return ConfirmationAsk.objects.for_viewer(viewer, OWN).filter(pk=pk).select_for_update(of=("self",))


def _close(viewer: Viewer, pk: int, state: str) -> None:
    rows = ConfirmationAsk.objects.for_viewer(viewer, OWN).filter(pk=pk)
    rows.update(state=state, answered_on=viewer.day)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
