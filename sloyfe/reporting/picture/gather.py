"""Reads what a picture is counted from: who works where, what each is asked for, and the answers that may be counted.

Only answers of people who have said that theirs may be counted, and what they are unsure of only where they have said
yes to that too. Everything leaves as arrays without names, and only through the Number gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from sloyfe.core.access import nobody
from sloyfe.modules.catalogue.public import MET_FROM, asked_of_each
from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.people.public import work_of, workplaces
from sloyfe.modules.statements.models import Counting, Statement
from sloyfe.reporting.picture.gathered import NOT_ASKED, Bools, Bytes, Gathered, Ints, Said

REASON = "count answers for the picture; only the Number gate opens it"
LEAVING_WITHIN = timedelta(days=183)
Kind = Statement.Kind


def gather(day: date) -> Gathered:
    """Everybody who works here that day, in her main workplace."""
    working = Affiliation.objects.for_system(REASON).on(day)
    places = workplaces(set(working.values_list("person", flat=True)), day)
    people = np.array(sorted(places), dtype=np.int64)
    office = np.array([places[person].office_id for person in people.tolist()], dtype=np.int64)
    competences, required = _required(day, people)
    shape = (len(people), len(competences))
    return Gathered(
        day=day,
        people=people,
        office=office,
        line=np.array([places[person].line for person in people.tolist()], dtype=np.str_),
        competences=tuple(competences),
        said=Said(
            required=required,
            level=levels_counted(day, people, competences),
            wish=_wishes(day, people, competences, shape),
            leaving=_leaving(day, people),
        ),
    )


def _required(day: date, people: Ints) -> tuple[list[int], Bytes]:
    """Competences that are asked of each person somewhere, ascending, and what each is asked for: the highest level."""
    asked = asked_of_each(nobody(day), work_of(people.tolist(), day))
    competences = sorted({one.asked.competence_id for one in asked})
    required = np.zeros((len(people), len(competences)), dtype=np.uint8)
    for one in asked:
        column = competences.index(one.asked.competence_id)
        rows = np.searchsorted(people, np.fromiter(one.people, dtype=np.int64))
        level = np.uint8(one.asked.level or MET_FROM)
        required[rows, column] = np.maximum(required[rows, column], level)
    return competences, np.where(required == 0, NOT_ASKED, required).astype(np.uint8)


def levels_counted(day: date, people: Ints, competences: Sequence[int]) -> Bytes:
    """The level each (people × competences, both ascending) says she is at, where her answers may be counted."""
    rows = Statement.objects.for_system(REASON).on(day).filter(kind=Kind.LEVEL, level__isnull=False)
    found = rows.filter(person__in=_who("answers")).values_list("person", "competence", "level")
    levels = np.zeros((len(people), len(competences)), dtype=np.uint8)
    person, competence, level = _columns(found, 3)
    row, column, kept = _cells(person, competence, people, competences)
    levels[row, column] = level[kept]
    return levels


def _wishes(day: date, people: Ints, competences: Sequence[int], shape: tuple[int, int]) -> Bools:
    """Who wants to learn it, or is unsure of it and has said that this may be counted."""
    wishes = np.zeros(shape, dtype=np.bool_)
    for kind, consent in ((Kind.WANTS, "answers"), (Kind.UNSURE, "unsure")):
        rows = Statement.objects.for_system(REASON).on(day).filter(kind=kind, competence__isnull=False)
        person, competence = _columns(rows.filter(person__in=_who(consent)).values_list("person", "competence"), 2)
        row, column, _kept = _cells(person, competence, people, competences)
        wishes[row, column] = True
    return wishes


def _who(consent: str) -> Any:
    """Ids of those who have said yes, as a subquery."""
    return Counting.objects.for_system(REASON).filter(**{consent: True}).values("person")


def _leaving(day: date, people: Ints) -> Bools:
    """Those whose last affiliation ends within half a year."""
    rows = Affiliation.objects.for_system(REASON).on(day)
    ends = rows.filter(valid_to__lte=day + LEAVING_WITHIN).values_list("person", flat=True)
    stays = rows.exclude(valid_to__lte=day + LEAVING_WITHIN).values_list("person", flat=True)
    leaving: Bools = np.isin(people, list(set(ends) - set(stays)))
    return leaving


def _columns(rows: Iterable[tuple[Any, ...]], wide: int) -> Sequence[Ints]:
    return np.array(list(rows), dtype=np.int64).reshape(-1, wide).T  # type: ignore[return-value]


def _cells(person: Ints, competence: Ints, people: Ints, competences: Sequence[int]) -> tuple[Ints, Ints, Bools]:
    """Places of those who work here and of what is asked for; the rest is left out, as `kept` says."""
    known = np.array(competences, dtype=np.int64)
    kept: Bools = np.isin(person, people) & np.isin(competence, known)
    return np.searchsorted(people, person[kept]), np.searchsorted(known, competence[kept]), kept
