"""What people say about themselves, and to whom: what they offer, can teach, want to learn, are unsure of.

What the unsure say is theirs: as a rule shared with nobody, here as in the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.random import Generator

from sloyfe.project.demo.content import content, words
from sloyfe.project.demo.draw import falling, generator, one
from sloyfe.project.demo.shapes import Helper, PostedNeed, Share, Statement
from sloyfe.project.demo.workers import Worker

KINDS = ("offers", "teaches", "wants", "unsure")
SAYS_NOTHING = 0.25
"""Share of people who have written nothing yet: pages must look right then too."""

MEAN = {"offers": 1.9, "teaches": 0.4, "wants": 0.9, "unsure": 0.45}
AUDIENCES: dict[str, dict[tuple[str, ...], float]] = {
    "offers": {
        ("everyone",): 34,
        ("county",): 10,
        ("area",): 26,
        ("office",): 24,
        ("office", "leader"): 4,
        (): 2,
    },
    "teaches": {("area",): 40, ("county",): 20, ("office",): 25, ("area", "leader"): 12, (): 3},
    "wants": {("leader",): 46, ("office",): 10, ("leader", "office"): 6, ("person",): 6, (): 32},
    "unsure": {(): 88, ("person",): 8, ("leader",): 4},
}
NEAR_FIRST, BEYOND_ONES_POST = 0.5, 0.5
WITH_WORDS, WITH_BASIS, ON_WORDS_ALONE, REVOKED, WITHDRAWN = 0.55, 0.3, 0.03, 0.04, 0.05
OLD_CONFIRMATION, OLDEST = 0.2, 420
SAMI_KNOWS, SIGNS = {"sami": 0.6, "office": 0.05}, 0.004
LIMITS: tuple[int | None, ...] = (None, None, 1, 2, 2, 3, 5)
NEEDS_PER_PERSON = 0.015


@dataclass(slots=True)
class Sayings:
    rng: Generator
    day: date
    statements: list[Statement] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    posted_needs: list[PostedNeed] = field(default_factory=list)
    said: set[tuple[str, str, str]] = field(default_factory=set)
    stands: set[tuple[str, str]] = field(default_factory=set)
    """Person and code of each offer, to help or to teach, that somebody can see today."""

    def say(self, worker: Worker, kind: str, code: str, text: str, audiences: Sequence[str], **more: Any) -> None:
        """One statement and its shares. The same person says the same thing once."""
        if (worker.key, kind, code or text) in self.said:
            return
        self.said.add((worker.key, kind, code or text))
        confirmed = self.day - timedelta(days=int(more.get("confirmed", 0)))
        confirmed = max(confirmed, worker.since)
        key = f"s{len(self.statements):06d}"
        since = max(worker.since, confirmed - timedelta(days=int(more.get("age", 0))))
        language, basis = worker.language, more.get("basis", "")
        until = more.get("until")
        if kind in ("offers", "teaches") and audiences and not (until or "revoked" in more):
            self.stands.add((worker.key, code))
        self.statements.append(Statement(key, worker.key, kind, code, text, basis, language, since, confirmed, until))
        for audience in audiences:
            to = more["friend"].key if audience == "person" else None
            self.shares.append(Share(key, worker.key, audience, to, since, more.get("revoked")))


def speak(seed: int, here: Sequence[Worker], day: date) -> Sayings:
    """What everybody who works there today says: the cast as written, the rest as drawn."""
    found = Sayings(generator(seed, "sayings"), day)
    for worker in here:
        if worker.seat.cast:
            _scripted(found, worker)
    talking = [worker for worker in here if worker.seat.cast is None and worker.seat.kind != "municipality"]
    silent = found.rng.random(len(talking)) < SAYS_NOTHING
    counts = {kind: found.rng.poisson(MEAN[kind], len(talking)) for kind in KINDS}
    friends = (np.arange(len(talking)) + found.rng.integers(1, 4, size=len(talking))) % len(talking)
    for index, worker in enumerate(talking):
        if not silent[index]:
            amounts = {kind: int(counts[kind][index]) for kind in KINDS}
            _drawn(found, worker, amounts, talking[int(friends[index])])
    return found


def _scripted(found: Sayings, worker: Worker) -> None:
    member = worker.seat.cast or {}
    for row in member.get("statements", ()):
        confirmed = row.get("confirmed_days", 45)
        found.say(worker, row["kind"], row["code"], row["words"], row["shares"], confirmed=confirmed, age=120)


def _drawn(found: Sayings, worker: Worker, amounts: dict[str, int], friend: Worker) -> None:
    """Newcomers offer less and wonder more; those who lead or advise speak of their own trade."""
    rng, months = found.rng, (found.day - worker.since).days // 30
    if months < 12:
        amounts |= {"offers": amounts["offers"] // 2, "teaches": 0, "wants": amounts["wants"] + 1}
    for kind, amount in amounts.items():
        for code in _codes(rng, worker, kind, amount):
            if not kept_quiet(worker, kind, code):
                draw_statement(found, worker, kind, code, friend)
    if rng.random() < ON_WORDS_ALONE:
        text = _text(rng, "offers", "", worker.language)
        found.say(worker, "offers", "", text, ("area",), confirmed=_confirmed(rng), age=200)
    if rng.random() < _sami(worker):
        draw_statement(found, worker, "offers", "sami", friend)
    if rng.random() < SIGNS and not kept_quiet(worker, "offers", "sign-language"):
        draw_statement(found, worker, "offers", "sign-language", friend)


def draw_statement(
    found: Sayings, worker: Worker, kind: str, code: str, friend: Worker | None = None, *, settled: bool = False
) -> None:
    """One statement with drawn words, audiences and dates; a settled one is shared and still stands."""
    rng = found.rng
    audiences = _audiences(rng, kind)
    if settled and (not audiences or rng.random() < NEAR_FIRST):
        audiences = ("area",)
    if "person" in audiences and friend in (None, worker):
        audiences = ()
    more: dict[str, Any] = {"confirmed": _confirmed(rng), "age": int(rng.integers(0, 400)), "friend": friend}
    if rng.random() < WITH_BASIS and kind in ("offers", "teaches"):
        more["basis"] = one(rng, content("texts")["basis"][worker.language])
    if audiences and not settled and rng.random() < REVOKED:
        more["revoked"] = found.day - timedelta(days=int(rng.integers(1, 30)))
    if not settled and rng.random() < WITHDRAWN and (found.day - worker.since).days > 100:
        more["until"] = found.day - timedelta(days=int(rng.integers(0, 30)))
        more["confirmed"] = more["confirmed"] + 40
    text = _text(rng, kind, code, worker.language) if rng.random() < WITH_WORDS else ""
    found.say(worker, kind, code, text, audiences, **more)


def _codes(rng: Generator, worker: Worker, kind: str, amount: int) -> list[str]:
    """What one knows comes from the post, the first the likeliest; what one wants may be anything near it."""
    own = knows(worker.seat.position)
    if kind in ("wants", "unsure") and rng.random() < BEYOND_ONES_POST:
        return [one(rng, _nearby()) for _ in range(amount)]
    picked = np.searchsorted(np.cumsum(falling(len(own))), rng.random(amount))
    return [own[min(int(index), len(own) - 1)] for index in picked]


@cache
def knows(position: str) -> list[str]:
    """Codes that people in this post usually know, the likeliest first."""
    posts = content("positions")["positions"]
    found: list[str] = next(post["knows"] for post in posts if post["name"] == position)
    return found


@cache
def _nearby() -> list[str]:
    """What one may want or wonder about beyond one's post: everything, and what offices must have twice more."""
    every = [competence["code"] for competence in content("catalogue")["competences"]]
    asked = [row["competence"] for row in content("profiles")["profiles"][0]["requirements"]]
    return every + asked + asked


def kept_quiet(worker: Worker, kind: str, code: str) -> bool:
    office = worker.seat.office
    if office is None:
        return False
    return code in (office.nobody if kind in ("wants", "unsure") else office.quiet)


def _sami(worker: Worker) -> float:
    if kept_quiet(worker, "offers", "sami"):
        return 0.0
    if worker.group == "sami":
        return SAMI_KNOWS["sami"]
    return SAMI_KNOWS["office"] if worker.seat.landscape == "north" else 0.0


@cache
def _audience_table(kind: str) -> tuple[list[tuple[str, ...]], np.ndarray]:
    weights = np.array(list(AUDIENCES[kind].values()), dtype=float)
    return list(AUDIENCES[kind]), np.cumsum(weights / weights.sum())


def _audiences(rng: Generator, kind: str) -> tuple[str, ...]:
    found, until = _audience_table(kind)
    return found[min(int(np.searchsorted(until, rng.random())), len(found) - 1)]


@cache
def _texts(kind: str, code: str, language: str) -> list[str]:
    rows = [row for row in content("texts")[kind] if row["code"] == code]
    return [row[language] for row in rows if language in row]


def _text(rng: Generator, kind: str, code: str, language: str) -> str:
    found = _texts(kind, code, language)
    return one(rng, found) if found else ""


def _confirmed(rng: Generator) -> int:
    """Days since it was last confirmed; one in five longer ago than half a year."""
    return int(rng.integers(181, OLDEST) if rng.random() < OLD_CONFIRMATION else rng.integers(1, 180))


def helpers(found: Sayings, here: Sequence[Worker]) -> None:
    """How each who offers something would like to be asked, and how often; some have left it open."""
    rng = found.rng
    helping = {person for person, kind, _ in found.said if kind in ("offers", "teaches")}
    for worker in here:
        if worker.key not in helping:
            continue
        scripted = [row["limit"] for row in (worker.seat.cast or {}).get("statements", ()) if "limit" in row]
        limit = scripted[0] if scripted else one(rng, LIMITS)
        how = one(rng, content("texts")["how_to_ask"][worker.language])
        if limit is not None or how:
            found.helpers.append(Helper(worker.key, limit, how))


def needs(found: Sayings, here: Sequence[Worker]) -> None:
    """Posted to one's own office; those of the area who are resource persons see it."""
    rng = found.rng
    in_offices = [worker for worker in here if worker.seat.office is not None]
    for index in rng.permutation(len(in_offices))[: round(len(in_offices) * NEEDS_PER_PERSON)]:
        worker = in_offices[int(index)]
        text = words(one(rng, content("texts")["posted_needs"]), worker.language)
        posted = found.day - timedelta(days=int(rng.integers(0, 21)))
        unit = worker.seat.office.key if worker.seat.office else worker.seat.unit
        found.posted_needs.append(PostedNeed(worker.key, unit, text, posted))
