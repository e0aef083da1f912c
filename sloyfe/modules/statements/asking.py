"""«Hvem kan jeg spørre?»: people who offered this, nearest first, with turns that go round.

The text is matched against competences (all labels, all languages, local terms) and against the words of
offers. The row guard decides which offers the viewer may see. Circles widen only until there are enough.
Those who offer just this come before those who offer something like it, and each of them by circle; within a
circle those with room this week, then whoever was asked least, then a turn that changes every week. Nothing about
the person counts. What was asked is not logged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.access.prepared import OUTER, Later, Prepared
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.core.search.ask import LIKELY, Hit, search
from sloyfe.modules.catalogue.public import COMPETENCE_INDEX
from sloyfe.modules.people.public import Workplace, person_names, working, workplaces
from sloyfe.modules.statements.actions import monday_of
from sloyfe.modules.statements.index import ASKABLE, KIND
from sloyfe.modules.statements.models import AskedInWeek, Helper, Statement

CIRCLES = ("office", "area", "county", "country")
AT_MOST, FAR_AT_MOST = 400, 60  # offers looked at
OFFERS_READ = 4000  # postings: many offers say the same, and the rarest grams find the same
GOOD = 45  # per cent of the best match that is still like what was asked
CLOSE = 80  # … and that counts as the same thing
FAINT = 15  # likeness of a topic that is worth a look when nobody was found
AS_LIKELY = 90  # per cent of the likeness of the likeliest: less is a word met by chance


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
    """One person to ask, with what she offered: just this (`close`), or something like it.

    `left` is how many more questions she takes this week.
    """

    person_id: int
    name: str
    workplace: Workplace
    circle: str
    close: bool
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

    @property
    def close(self) -> tuple[Found, ...]:
        return tuple(one for one in self.people if one.close)

    @property
    def similar(self) -> tuple[Found, ...]:
        return tuple(one for one in self.people if not one.close)


def who_can_i_ask(viewer: Viewer, question: str) -> Answer:
    enough = number("ask.shown_at_once", viewer.day)
    rows, relevance = _candidates(viewer, _hits(question), enough)
    people = _people(viewer, rows, relevance)
    shown = tuple(people[:enough])
    return Answer(question, shown, len(people) > enough, () if shown else _nearby(viewer, question))


class Candidate(NamedTuple):
    """An offer near the question, with what its competence is called, and whether it is of the viewer's county."""

    pk: int
    person_id: int
    kind: str
    words: str
    confirmed_on: date
    competence_id: int | None
    label_nb: str
    label_nn: str
    label_en: str
    near: bool


@dataclass(frozen=True, slots=True)
class Relevance:
    """How well competences and offers match, in per cent of the best match."""

    competences: Mapping[int, int]
    offers: Mapping[int, int]

    def of(self, offer: Candidate) -> int:
        by_competence = self.competences.get(offer.competence_id or 0, 0)
        return max(by_competence, self.offers.get(offer.pk, 0))


@dataclass(frozen=True, slots=True)
class Hits:
    """What the index finds for a question, before anybody is asked who may see it."""

    competences: list[Hit]
    offers: list[Hit]

    def relevance(self, seen: Container[int]) -> Relevance:
        """As the viewer may know it: an offer she does not see must not change what she finds."""
        offers = [hit for hit in self.offers if int(hit.key) in seen]
        likeliest = max((hit.likeness for hit in (*self.competences, *offers)), default=0)
        return Relevance(_good(self.competences, likeliest), _good(offers, likeliest))


def _hits(question: str) -> Hits:
    return Hits(
        search(question, kinds=(COMPETENCE_INDEX,), limit=12, at_least=LIKELY),
        search(question, kinds=(KIND,), limit=60, at_least=LIKELY, most_read=OFFERS_READ),
    )


def _good(hits: list[Hit], likeliest: int) -> dict[int, int]:
    """Those nearly as likely as the likeliest, in per cent of the best of them; none that is far behind it."""
    likely = [hit for hit in hits if hit.likeness * 100 >= likeliest * AS_LIKELY]
    best = max((hit.score for hit in likely), default=1)
    shares = {int(hit.key): hit.score * 100 // best for hit in likely}
    return {key: share for key, share in shares.items() if share >= GOOD}


def _in_county() -> GuardedQuerySet:
    key = models.BigIntegerField()
    return working(Later("day", models.DateField())).filter(unit__among=Later("county", key), person=OUTER)


IN_COUNTY = Prepared(_in_county)
COLUMNS = (
    *("pk", "person", "kind", "words", "confirmed_on", "competence"),
    *("competence__label_nb", "competence__label_nn", "competence__label_en", "near"),
)


def _candidates(viewer: Viewer, hits: Hits, enough: int) -> tuple[list[Candidate], Relevance]:
    """Offers near the question in the county; from the rest of the country just this, when there is too little."""
    near = IN_COUNTY.exists("person", day=viewer.day, county=viewer.around("county"))
    visible = Statement.objects.for_viewer(viewer, "own.page").filter(kind__in=ASKABLE, valid_to=None)
    topics = hits.relevance(()).competences
    offers = Q(pk__among=[int(hit.key) for hit in hits.offers])
    just_this = Q(competence__among=[key for key, share in topics.items() if share >= CLOSE])
    wanted = visible.filter(Q(competence__among=list(topics)) | offers).filter(near | just_this | offers)
    rows = wanted.exclude(person=viewer.person_id).annotate(near=near).order_by("-near", "-confirmed_on", "pk")
    seen = [Candidate(*row) for row in rows.values_list(*COLUMNS)[:AT_MOST]]
    relevance = hits.relevance({row.pk for row in seen})
    here = [row for row in seen if row.near and relevance.of(row)]
    if len({row.person_id for row in here if relevance.of(row) >= CLOSE}) > enough:
        return here, relevance
    people = {row.person_id for row in here}
    far = [row for row in seen if row.person_id not in people and relevance.of(row) >= CLOSE]
    return here + far[:FAR_AT_MOST], relevance


def _circle(viewer: Viewer, unit_id: int) -> str:
    return next((circle for circle in CIRCLES[:-1] if unit_id in viewer.around(circle)), CIRCLES[-1])


def _people(viewer: Viewer, rows: Iterable[Candidate], relevance: Relevance) -> list[Found]:
    said: dict[int, list[Candidate]] = {}
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
            max(map(relevance.of, offers)) >= CLOSE,
            tuple(_offer(row, viewer.language, stale_before) for row in _best(offers, relevance)),
            rooms[person].left,
            rooms[person].how,
        )
        for person, offers in said.items()
        if person in places and person in names
    ]
    return sorted(found, key=lambda one: _turn(one, rooms[one.person_id], viewer.day))


def _best(offers: list[Candidate], relevance: Relevance) -> list[Candidate]:
    return sorted(offers, key=lambda row: (-relevance.of(row), row.pk))[:3]


def _offer(row: Candidate, language: str, stale_before: date) -> Offer:
    return Offer(
        pk=row.pk,
        what=label(row, language),
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
    wanted = set(people)
    usual = number("ask.limit_default", viewer.day)
    helpers = Helper.objects.for_viewer(viewer, "ask.use").filter(person__among=wanted)
    said = {person: (limit, how) for person, limit, how in helpers.values_list("person", "weekly_limit", "how")}
    rows = AskedInWeek.objects.for_viewer(viewer, "ask.use").filter(person__among=wanted, monday=monday_of(viewer.day))
    asked = dict(rows.values_list("person", "times"))
    found: dict[int, Room] = {}
    for person in wanted:
        limit, how = said.get(person, (None, ""))
        times = asked.get(person, 0)
        found[person] = Room(max((usual if limit is None else limit) - times, 0), times, how)
    return found


def _turn(one: Found, room: Room, day: date) -> tuple[object, ...]:
    week = "/".join(map(str, day.isocalendar()[:2]))
    turn = hashlib.blake2s(f"{one.person_id}:{week}".encode(), digest_size=8).hexdigest()
    return (not one.close, CIRCLES.index(one.circle), room.left == 0, room.asked, turn)


def _nearby(viewer: Viewer, question: str) -> tuple[str, ...]:
    """Topics close to the question on which the viewer would find somebody."""
    keys = [int(hit.key) for hit in search(question, kinds=(COMPETENCE_INDEX,), limit=40, at_least=FAINT)]
    rows = Statement.objects.for_viewer(viewer, "own.page").filter(competence__in=keys, kind__in=ASKABLE, valid_to=None)
    offered = {row.competence_id: row.competence for row in rows.select_related("competence")}
    return tuple(label(offered[key], viewer.language) for key in keys if key in offered)[:3]
