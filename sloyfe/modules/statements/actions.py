"""What a person does with what she says: say, share, revoke, confirm, take back. Only she can."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, OutOfReach, Viewer, save_as
from sloyfe.modules.people.public import office_of
from sloyfe.modules.statements.index import keep_findable
from sloyfe.modules.statements.models import (
    AskedInWeek,
    Audience,
    ConfirmationAsk,
    Helper,
    PostedNeed,
    Share,
    Statement,
)
from sloyfe.modules.statements.plain import plain_words

OWN = "own.page"


def say(
    viewer: Viewer,
    *,
    kind: str,
    competence_id: int | None = None,
    words: str = "",
    audiences: Iterable[str] = (),
    kept_until: date | None = None,
) -> Statement:
    """Say something about oneself. Without audiences only she sees it; `kept_until` is the day a round deletes it."""
    with transaction.atomic():
        statement = Statement(
            person_id=viewer.me,
            kind=kind,
            competence_id=competence_id,
            words=plain_words(words),
            valid_from=viewer.day,
            confirmed_on=viewer.day,
            kept_until=kept_until,
        )
        save_as(viewer, statement, OWN)
        for audience in audiences:
            _open_to(viewer, statement, audience, None)
        keep_findable(statement)
    return statement


def share(viewer: Viewer, statement: Statement, *, audience: str, to_person: int | None = None) -> Share:
    """Open one statement to one audience. What she is unsure of can only be shared with people she names."""
    if statement.person_id != viewer.person_id:
        raise OutOfReach("only the one who said it can share it")
    if audience == Audience.PERSON and to_person in (None, viewer.person_id):
        raise ValidationError(_("Choose the colleague you want to share with."))
    with transaction.atomic():
        now = _held(viewer).filter(pk=statement.pk).first()
        if now is None or not (
            now.valid_to is None or now.kind == Statement.Kind.CONFIRMED and now.holds_on(viewer.day)
        ):
            raise ValidationError(_("This does not stand any more, so there is nothing to share."))
        row = _open_to(viewer, statement, audience, to_person)
        keep_findable(statement)
    return row


def _open_to(viewer: Viewer, statement: Statement, audience: str, to_person: int | None) -> Share:
    live = Share.objects.for_viewer(viewer, OWN).filter(
        statement=statement, audience=audience, to_person=to_person, until_at=None
    )
    if found := live.first():
        return found  # type: ignore[no-any-return]
    row = Share(statement=statement, owner_id=viewer.me, audience=audience, to_person_id=to_person)
    return save_as(viewer, row, OWN)


def revoke(viewer: Viewer, share_row: Share) -> None:
    """Close one audience, at once."""
    with transaction.atomic():
        share_row.until_at = timezone.now()
        save_as(viewer, share_row, OWN)
        keep_findable(share_row.statement)


def confirm(viewer: Viewer, statement: Statement) -> None:
    """«Yes, you can still ask me about this.»"""
    with transaction.atomic():
        read_again(viewer, statement)
        if statement.valid_to is None:
            statement.confirmed_on = viewer.day
            save_as(viewer, statement, OWN)


def take_back(viewer: Viewer, statement: Statement) -> None:
    """End a statement, every share of it, and what she has asked about it. History stays with the owner alone."""
    with transaction.atomic():
        read_again(viewer, statement)
        if statement.valid_to is not None:
            return
        asks = ConfirmationAsk.objects.for_viewer(viewer, OWN).filter(owner=viewer.person_id, statement=statement)
        asks.filter(state="asked").update(state=ConfirmationAsk.State.WITHDRAWN, answered_on=viewer.day)
        live = Share.objects.for_viewer(viewer, OWN).filter(statement=statement, until_at=None)
        live.update(until_at=timezone.now())
        statement.valid_to = max(viewer.day, statement.valid_from + timedelta(days=1))
        save_as(viewer, statement, OWN)
        keep_findable(statement)


def bring_back(viewer: Viewer, statement: Statement) -> None:
    """Undo a take-back. It comes back private: sharing is chosen anew."""
    with transaction.atomic():
        read_again(viewer, statement)
        statement.valid_to = None
        save_as(viewer, statement, OWN)
        keep_findable(statement)


def read_again(viewer: Viewer, statement: Statement) -> None:
    """As it stands now, held until the transaction ends. What an old page read is not written back over it."""
    try:
        statement.refresh_from_db(from_queryset=_held(viewer))
    except Statement.DoesNotExist as gone:
        raise OutOfReach("it is gone, or not the viewer's to change") from gone


def _held(viewer: Viewer) -> GuardedQuerySet:
    own = Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)
    return own.select_for_update(of=("self",))


def set_helper(viewer: Viewer, *, weekly_limit: int | None, how: str) -> Helper:
    row = Helper.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id).first()
    row = row or Helper(person_id=viewer.me)
    row.weekly_limit, row.how = weekly_limit, plain_words(how)
    return save_as(viewer, row, OWN)


def turn_to(viewer: Viewer, statement: Statement) -> None:
    """Somebody turns to a helper: one more this week. Who asked, and about what, is not written anywhere."""
    if statement.person_id == viewer.person_id:
        return
    with transaction.atomic():
        rows = AskedInWeek.objects.for_system("count questions to a helper, never who asked")
        rows.get_or_create(person_id=statement.person_id, monday=monday_of(viewer.day))
        rows.filter(person_id=statement.person_id, monday=monday_of(viewer.day)).update(times=F("times") + 1)


def did_not_ask(viewer: Viewer, statement: Statement) -> None:
    """One fewer this week. Whoever calls has seen that she was counted."""
    with transaction.atomic():
        rows = AskedInWeek.objects.for_system("count questions to a helper, never who asked")
        counted = rows.filter(person_id=statement.person_id, monday=monday_of(viewer.day), times__gt=0)
        counted.update(times=F("times") - 1)


def post_need(viewer: Viewer, *, text: str) -> PostedNeed:
    """Nobody was found: ask the area. The resource persons see it, with name and office."""
    if not viewer.posts:
        raise ValidationError(_("You have no office today, so there is no area to ask."))
    unit = viewer.posts[0].unit_id
    office = office_of([unit]).get(unit, unit)
    row = PostedNeed(person_id=viewer.me, unit_id=office, text=plain_words(text))
    return save_as(viewer, row, OWN)


def withdraw_need(viewer: Viewer, need: PostedNeed) -> None:
    need.withdrawn_at = timezone.now()
    save_as(viewer, need, OWN)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
