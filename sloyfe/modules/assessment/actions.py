"""What is done with a round: set it up, call and hear the parties, open it, close it; and beginning to answer it.

What people were told when it opened stands: an open round can only be closed earlier.
"""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, OutOfReach, Viewer, delete_as, save_as
from sloyfe.core.audit.actions import record
from sloyfe.core.policy import number
from sloyfe.core.release.policy import release_policy
from sloyfe.modules.assessment.models import EDIT, REMARK, Heard, Participation, Round
from sloyfe.modules.assessment.parties import Party, parties, reaches_all
from sloyfe.modules.assessment.reads import begun, open_to

OWN = "own.page"


def write_round(viewer: Viewer, round_: Round) -> Round:
    """Set up a round, or change one that has not opened. What the parties were told and is changed, they hear again."""
    new = round_.pk is None
    _must_be_draft(round_)
    _must_reach_all(viewer, round_)
    longest = number("round.kept_days_at_most", viewer.day)
    if round_.delete_on > round_.closes_on + timedelta(days=longest):
        raise ValidationError(
            {
                "delete_on": _("Answers cannot be kept longer than until %(day)s.")
                % {"day": date_format(round_.closes_on + timedelta(days=longest), "j. F Y")}
            }
        )
    with transaction.atomic():
        before = _held(viewer).filter(pk=round_.pk).first()
        if before is not None:
            _must_be_draft(before)
            round_.edition, round_.changed_on = before.edition, before.changed_on
            if before.what_was_told() != round_.what_was_told():
                round_.edition, round_.changed_on = before.edition + 1, viewer.day
        save_as(viewer, round_, EDIT)
        for row in Heard.objects.for_viewer(viewer, EDIT).select_for_update(of=("self",)).filter(round=round_.pk):
            row.unit_id, row.line = round_.unit_id, round_.line
            save_as(viewer, row, EDIT)
        record(viewer, "round.set_up" if new else "round.changed", round_)
    return round_


def discard(viewer: Viewer, round_: Round) -> None:
    """A round that never opened goes, with the calls to its meetings."""
    with transaction.atomic():
        _read_again(viewer, round_)
        _must_be_draft(round_)
        record(viewer, "round.discarded", round_, title=round_.title)
        delete_as(viewer, round_, EDIT)


def hear(viewer: Viewer, heard: Heard, *, read: int | None = None) -> Heard:
    """Call a party to a meeting, or write what came of it. `read`: the edition that lay before whoever wrote."""
    if heard.outcome and heard.held_on > viewer.day:
        raise ValidationError({"outcome": _("The meeting has not been held yet. Write what came of it afterwards.")})
    with transaction.atomic():
        _read_again(viewer, heard.round)
        _must_be_draft(heard.round)
        if read not in (None, heard.round.edition):
            raise ValidationError(
                _("The round was changed while you wrote. Look at it again, and take it up with them.")
            )
        before = _as_written(viewer, heard, EDIT)
        if before is not None:
            heard.own_words = before.own_words  # theirs, also while this was being written
            _must_be_heard_anew(before, heard)
            _disagreement_stands(before, heard)
        heard.unit_id, heard.line, heard.edition = heard.round.unit_id, heard.round.line, heard.round.edition
        save_as(viewer, heard, EDIT)
        record(viewer, "round.heard" if heard.outcome else "round.called", heard.round, party=heard.party)
    return heard


def add_own_words(viewer: Viewer, heard: Heard, words: str) -> Heard:
    """The party's own view, beside what the employer wrote. It may be added at any time."""
    with transaction.atomic():
        row = _as_written(viewer, heard, REMARK)
        if row is None:
            raise OutOfReach("only the party itself adds its own words")
        row.own_words = words  # and nothing else: what the employer wrote meanwhile stands
        save_as(viewer, row, REMARK)
        record(viewer, "round.own_words", heard.round, party=row.party)
    return row


def not_ready(viewer: Viewer, round_: Round) -> list[Party]:
    """Those who must be heard, or answered, before the round may open."""
    return [party for party in parties(viewer, round_) if party.open]


def open_round(viewer: Viewer, round_: Round) -> Round:
    """Open it to those it is for, with the limits of the Number gate as they are today, fixed."""
    policy = release_policy(viewer.day)
    with transaction.atomic():
        _read_again(viewer, round_)
        _must_be_draft(round_)
        _must_reach_all(viewer, round_)
        if not_ready(viewer, round_):
            raise ValidationError(_("The round cannot open before everybody has been heard and answered."))
        if round_.closes_on < viewer.day:
            raise ValidationError(_("The last day has passed. Set new days first."))
        round_.state, round_.k_min, round_.side_min = Round.State.OPEN, policy.people, policy.either_side
        round_.opens_on = max(round_.opens_on, viewer.day)
        save_as(viewer, round_, EDIT)
        record(viewer, "round.opened", round_, people=policy.people, either_side=policy.either_side)
    return round_


def close_round(viewer: Viewer, round_: Round) -> Round:
    """Nobody can begin or go on answering. What has been said can still be corrected and taken back by its owner."""
    with transaction.atomic():
        _read_again(viewer, round_)
        if round_.state != Round.State.OPEN:
            raise ValidationError(_("Only an open round can be closed."))
        round_.state = Round.State.CLOSED
        round_.closes_on = max(round_.opens_on, min(round_.closes_on, viewer.day))
        save_as(viewer, round_, EDIT)
        record(viewer, "round.closed", round_)
    return round_


def begin(viewer: Viewer, round_: Round) -> None:
    """She has read what the round is for and begins. Done twice, it is done once."""
    if round_ not in open_to(viewer):
        raise OutOfReach("this round is not open to the viewer")
    try:
        with transaction.atomic():
            if not begun(viewer, round_):
                save_as(viewer, Participation(round=round_, person_id=viewer.me, begun_on=viewer.day), OWN)
    except (IntegrityError, ValidationError):  # pressed twice, and both were under way
        if not begun(viewer, round_):
            raise


def _held(viewer: Viewer) -> GuardedQuerySet:
    """Rounds the viewer may change, held until the transaction ends: of two who change one, the last sees the first."""
    return Round.objects.for_viewer(viewer, EDIT).select_for_update(of=("self",))


def _read_again(viewer: Viewer, round_: Round) -> None:
    """The round as it stands now. What a page read a while ago neither opens it nor takes it back."""
    try:
        round_.refresh_from_db(from_queryset=_held(viewer))
    except Round.DoesNotExist as gone:
        raise OutOfReach("the round is gone, or not the viewer's to change") from gone


def _as_written(viewer: Viewer, heard: Heard, capability: str) -> Heard | None:
    """What is written of a meeting as it stands now, held until the transaction ends; None before it is called."""
    rows = Heard.objects.for_viewer(viewer, capability).select_for_update(of=("self",))
    found: Heard | None = rows.filter(pk=heard.pk).first()
    return found


def _must_be_heard_anew(before: Heard, heard: Heard) -> None:
    """What came of a meeting does not stand for what has been changed after it."""
    changed_on = heard.round.changed_on
    if heard.outcome and changed_on and heard.held_on < changed_on:
        raise ValidationError(
            {"held_on": _("Something was changed %(day)s. They have not met about it before that.")
             % {"day": date_format(changed_on, "j. F")}}
        )  # fmt: skip
    changed = before.edition != heard.round.edition
    if changed and heard.outcome and (before.held_on, before.outcome) == (heard.held_on, heard.outcome):
        raise ValidationError(
            {"outcome": _("Something has been changed since they met. Write the new day, and what came of it then.")}
        )


def _disagreement_stands(before: Heard, heard: Heard) -> None:
    """The employer does not strike out what the party did not agree on, also not when they agree later."""
    if before.disagreement and not heard.disagreement:
        heard.disagreement = before.disagreement
        raise ValidationError(
            {"disagreement": _("They did not agree, and that stands. If they agree now, write so in the answer.")}
        )


def _must_be_draft(round_: Round) -> None:
    if round_.state != Round.State.DRAFT:
        raise ValidationError(_("The round has opened. What people were told then stands; it can only be closed."))


def _must_reach_all(viewer: Viewer, round_: Round) -> None:
    if not reaches_all(viewer, round_):
        raise OutOfReach("the round is for people the viewer does not answer for")
