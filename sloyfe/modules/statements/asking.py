"""«Hvem kan jeg spørre?»: people who offered this, nearest first, with turns that go round.

The text is matched against competences (all labels, all languages, local terms) and against the words of
offers. The row guard decides which offers the viewer may see. Circles widen only until there are enough.
Order within a circle: those with room this week, then whoever was asked least, then a turn that changes
every week. Nothing about the person counts. What was asked is not logged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sloyfe.core.access import Viewer
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.core.search.ask import LIKELY, search
from sloyfe.modules.catalogue.public import COMPETENCE_INDEX
from sloyfe.modules.people.public import Workplace, people_in, person_names, workplaces
from sloyfe.modules.statements.actions import monday_of
from sloyfe.modules.statements.index import ASKABLE, KIND
from sloyfe.modules.statements.models import AskedInWeek, Helper, Statement

CIRCLES = ("office", "area", "county", "country")
NEAR_AT_MOST, FAR_AT_MOST = 400, 60  # offers looked at
GOOD = 45  # per cent of the best match that still counts as the same thing
CLOSE = 80


@dataclass(frozen=True, slots=True)
class Offer:
    pk: int
    what: str
    words: str
    teaches: bool
    confirmed_on: date
    stale: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One person to ask, with what she offered. `left` is how many more questions she takes this week."""

    person_id: int
    name: str
    workplace: Workplace
    circle: str
    offers: tuple[Offer, ...]
    left: int
    how: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who to ask; `nearby` are topics close to the question which somebody has offered."""

    question: str
    people: tuple[Found, ...]
    more: bool
    nearby: tuple[str, ...]


def who_can_i_ask(viewer: Viewer, question: str) -> Answer:
    relevance = _relevance(question)
    enough = number("ask.shown_at_once", viewer.day)
    people = _people(viewer, _candidates(viewer, relevance, enough), relevance)
    shown = tuple(people[:enough])
    return Answer(question, shown, len(people) > enough, () if shown else _nearby(viewer, question))


@dataclass(frozen=True, slots=True)
class Relevance:
    """How well competences and offers match, in per cent of the best match."""

    competences: Mapping[int, int]
    offers: Mapping[int, int]

    def of(self, statement: Statement) -> int:
        by_competence = self.competences.get(statement.competence_id or 0, 0)
        return max(by_competence, self.offers.get(statement.pk, 0))


def _relevance(question: str) -> Relevance:
    return Relevance(_good(question, COMPETENCE_INDEX, limit=12), _good(question, KIND, limit=80))


def _good(question: str, kind: str, limit: int) -> dict[int, int]:
    """The likely matches that are at least so good as the best one deserves, in per cent of it."""
    hits = search(question, kinds=(kind,), limit=limit, at_least=LIKELY)
    shares = {int(hit.key): hit.score * 100 // hits[0].score for hit in hits}
    return {key: share for key, share in shares.items() if share >= GOOD}


def _candidates(viewer: Viewer, relevance: Relevance, enough: int) -> list[Statement]:
    """Offers near the question: those in the county first, the rest of the country when they are too few."""
    matches = Q(competence__in=list(relevance.competences)) | Q(pk__in=list(relevance.offers))
    visible = (
        Statement.objects.for_viewer(viewer, "own.page")
        .filter(matches, kind__in=ASKABLE, valid_to=None)
        .exclude(person=viewer.person_id)
        .select_related("competence")
        .order_by("-confirmed_on", "pk")
    )
    rows = list(visible.filter(person__in=people_in(viewer.around("county"), viewer.day))[:NEAR_AT_MOST])
    people = {row.person_id for row in rows}
    if len(people) <= enough:
        rows += visible.exclude(person__in=people)[:FAR_AT_MOST]
    return rows


def _circle(viewer: Viewer, unit_id: int) -> str:
    return next((circle for circle in CIRCLES[:-1] if unit_id in viewer.around(circle)), CIRCLES[-1])


def _people(viewer: Viewer, rows: Iterable[Statement], relevance: Relevance) -> list[Found]:
    said: dict[int, list[Statement]] = {}
    for row in rows:
        said.setdefault(row.person_id, []).append(row)
    places, names = workplaces(said, viewer.day), person_names(viewer, said)
    rooms = _room(viewer, said)
    stale_before = viewer.day - timedelta(days=number("offer.confirm_after_days", viewer.day))
    found = [
        Found(
            person,
            names[person],
            places[person],
            _circle(viewer, places[person].unit_id),
            tuple(_offer(row, viewer.language, stale_before) for row in _best(offers, relevance)),
            rooms[person].left,
            rooms[person].how,
        )
        for person, offers in said.items()
        if person in places and person in names
    ]
    close = {person: max(map(relevance.of, offers)) >= CLOSE for person, offers in said.items()}
    return sorted(found, key=lambda one: _turn(one, close[one.person_id], rooms[one.person_id], viewer.day))


def _best(offers: list[Statement], relevance: Relevance) -> list[Statement]:
    return sorted(offers, key=lambda row: (-relevance.of(row), row.pk))[:3]


def _offer(row: Statement, language: str, stale_before: date) -> Offer:
    return Offer(
        pk=row.pk,
        what=label(row.competence, language) if row.competence else "",
        words=row.words,
        teaches=row.kind == Statement.Kind.TEACHES,
        confirmed_on=row.confirmed_on,
        stale=row.confirmed_on < stale_before,
    )


@dataclass(frozen=True, slots=True)
class Room:
    left: int
    asked: int
    how: str


def _room(viewer: Viewer, people: Iterable[int]) -> dict[int, Room]:
    wanted = list(people)
    usual = number("ask.limit_default", viewer.day)
    limits = {h.person_id: h for h in Helper.objects.for_viewer(viewer, "ask.use").filter(person__in=wanted)}
    rows = AskedInWeek.objects.for_viewer(viewer, "ask.use").filter(person__in=wanted, monday=monday_of(viewer.day))
    asked = dict(rows.values_list("person", "times"))
    found: dict[int, Room] = {}
    for person in wanted:
        helper = limits.get(person)
        limit = helper.weekly_limit if helper and helper.weekly_limit is not None else usual
        times = asked.get(person, 0)
        found[person] = Room(max(limit - times, 0), times, helper.how if helper else "")
    return found


def _turn(one: Found, close: bool, room: Room, day: date) -> tuple[object, ...]:
    week = "/".join(map(str, day.isocalendar()[:2]))
    turn = hashlib.blake2s(f"{one.person_id}:{week}".encode(), digest_size=8).hexdigest()
    return (CIRCLES.index(one.circle), not close, room.left == 0, room.asked, turn)


def _nearby(viewer: Viewer, question: str) -> tuple[str, ...]:
    """Topics close to the question on which the viewer would find somebody."""
    keys = [int(hit.key) for hit in search(question, kinds=(COMPETENCE_INDEX,), limit=40)]
    rows = Statement.objects.for_viewer(viewer, "own.page").filter(competence__in=keys, kind__in=ASKABLE, valid_to=None)
    offered = {row.competence_id: row.competence for row in rows.select_related("competence")}
    return tuple(label(offered[key], viewer.language) for key in keys if key in offered)[:3]
