"""A full list: those of its employers who are not in it have left. Said with counts, and never from half a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.policy import number as policy
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.known import REASON, Coming
from sloyfe.modules.people.imports.periods import in_parts, last_day
from sloyfe.modules.people.leaving import list_handovers
from sloyfe.modules.people.models import Affiliation, Employer, Handover


def end_the_rest(coming: Coming, told_of: Collection[int]) -> None:
    """End what the list does not tell of. Every row must have been read: nobody leaves by a typing mistake."""
    ends = coming.terms.last_day
    if ends is None:
        return
    left_out = sum(problem.weight is Weight.SKIPS for problem in coming.log.problems)
    place = _place(coming)
    if left_out:
        message = _("The list is to be full, but {count} things were left out of it. Somebody could leave by mistake.")
        remedy = _("Correct them, or upload without saying that the list is full.")
        words.say(coming.log, Weight.STOPS, place, message, remedy, count=left_out)
        return
    for employer in _employers(coming):
        _end_at(coming, employer, told_of, ends, place)


def _employers(coming: Coming) -> list[Employer]:
    rows = coming.delivery.affiliations
    names = dict.fromkeys((row.employer or coming.terms.employer).casefold() for row in rows)
    return [coming.known.employers[name] for name in names if name in coming.known.employers]


def _end_at(coming: Coming, employer: Employer, told_of: Collection[int], ends: date, place: Place) -> None:
    known = coming.known
    number_of = {person: number for (its, number), person in known.numbers.items() if its == employer.pk}
    after = ends + timedelta(days=1)
    counts: Counter[str] = Counter()
    for work in list(known.work.all()):
        if work.employer_id != employer.pk or not _works_beyond(work, ends):
            continue
        counts["all"] += 1
        if id(work) not in told_of:
            counts["ended"] += 1
            _end(coming, work, number_of.get(work.person_id, ""), after, place)
    if counts["ended"] * 100 > counts["all"] * policy("import.ends_stop_percent", coming.today):
        message = _("The full list would end {ended} of {all} affiliations at {employer}. That is hardly a full list.")
        remedy = _("Upload the whole list, or say in the file when each of them ends, one unit at a time.")
        words.say(coming.log, Weight.STOPS, place, message, remedy, "", employer=employer.name, **_both(counts))
        return
    message = _("The full list ends {ended} of {all} affiliations at {employer}.")
    words.say(coming.log, Weight.NOTE, place, message, "", "", employer=employer.name, **_both(counts))


def _both(counts: Counter[str]) -> dict[str, int]:
    return {"ended": counts["ended"], "all": counts["all"]}


def _works_beyond(work: Affiliation, ends: date) -> bool:
    return work.valid_from <= ends and (work.valid_to is None or work.valid_to > ends + timedelta(days=1))


def _end(coming: Coming, work: Affiliation, number: str, after: date, place: Place) -> None:
    name, unit = coming.known.people[work.person_id].name, coming.known.label(work.unit_id)
    told = {words.IN_UNIT: (unit, unit), words.LAST: (last_day(work.valid_to), last_day(after))}
    coming.log.ended(words.WORK, number, name, place, told)
    coming.known.work.put(work, valid_to=after)
    coming.concerned.add(work.person_id)


def _place(coming: Coming) -> Place:
    rows = coming.delivery.affiliations or coming.delivery.people
    return Place(rows[0].place.file) if rows else Place("")


def hand_over(coming: Coming) -> None:
    """What those who have now left held is ended and listed, as when a leader says that somebody leaves."""
    before = Handover.objects.for_system(REASON).order_by("-pk").values_list("pk", flat=True).first() or 0
    for some in in_parts(sorted(coming.concerned)):
        list_handovers(coming.today, only=some)
    rows = Handover.objects.for_system(REASON).filter(pk__gt=before).select_related("person", "unit")
    for row in rows.order_by("pk"):
        told = {words.KIND_OF_ROLE: row.what, words.IN_UNIT: row.unit.name, words.LAST: last_day(row.left_on)}
        coming.log.created(words.HANDOVER, "", row.person.name, Place(""), told)
