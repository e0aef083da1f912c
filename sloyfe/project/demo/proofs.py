"""What the invented people can show, what has been confirmed for them, and whom they have asked.

Most is kept by its owner alone, as in the product; about half is shared with the leader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator

from sloyfe.modules.catalogue.models import Competence
from sloyfe.modules.people.models import Person, User
from sloyfe.modules.people.public import Work, work_of
from sloyfe.modules.statements.models import Audience, ConfirmationAsk, Proof, Share, Statement
from sloyfe.project.demo.content import content, words
from sloyfe.project.demo.draw import generator, months_from, one

CONFIRMED, CONFIRMED_OF_CAST, CONTESTED, SHARED, FROM_PLATFORM = 0.03, 0.3, 0.1, 0.5, 0.8
GOOD_FROM, OLDEST = 3, 500
PLATFORM = "Navet"
ASKED = ("jonas", "arvid", "randi", "samir", "ingrid", "tone")
"""Of the cast, those who meet a question of this kind on their first page."""
BATCH = 5000


def tell_proofs(seed: int, day: date) -> None:
    rng = generator(seed, "proofs")
    work = work_of(list(Person.objects.for_system("the demo").values_list("pk", flat=True)), day)
    languages = dict(Person.objects.for_system("the demo").values_list("pk", "language"))
    _confirm(rng, day, work, languages)
    _ask(day, work)
    _prove(rng, day, sorted(work), languages)


def _confirm(rng: Generator, day: date, work: dict[int, Work], languages: dict[int, str]) -> None:
    """A colleague of the same place has seen it, and says so with the level that was asked about."""
    beside = _beside(work)
    levels = Statement.objects.for_system("the demo").filter(kind="level", level__gte=GOOD_FROM, valid_to=None)
    cast = set(User.objects.filter(username__in=ASKED).values_list("person", flat=True))
    rows = []
    for said in levels.order_by("pk"):
        near = [person for person in beside.get(said.person_id, ()) if person != said.person_id]
        if not near or rng.random() > (CONFIRMED_OF_CAST if said.person_id in cast else CONFIRMED):
            continue
        by = one(rng, near)
        contested = one(rng, content("standing")["contested"]) if rng.random() < CONTESTED else {}
        since = day - timedelta(days=int(rng.integers(1, OLDEST)))
        rows.append(
            Statement(
                person_id=said.person_id,
                by_id=by,
                kind=Statement.Kind.CONFIRMED,
                competence_id=said.competence_id,
                level=said.level,
                words=words(one(rng, content("standing")["seen"]), languages[by]),
                contest=words(contested, languages[said.person_id]) if contested else "",
                basis="colleague" if rng.random() < SHARED else "talk",
                valid_from=since,
                valid_to=months_from(since, 24),
                confirmed_on=since,
                kept_until=said.kept_until,
            )
        )
    Statement.objects.bulk_create(rows, batch_size=BATCH)
    _share(rng, rows)


def _ask(day: date, work: dict[int, Work]) -> None:
    """Somebody who works beside each of these has asked for a word; each about one thing of her own."""
    beside = _beside(work)
    for user in User.objects.filter(username__in=ASKED).order_by("username"):
        near = beside.get(user.person_id or 0, ())
        levels = Statement.objects.for_system("the demo").filter(person__in=near, kind="level", valid_to=None)
        said = levels.exclude(person=user.person_id).order_by("-level", "pk").first()
        if said is not None:
            whose = {"owner_id": said.person_id, "asked_id": user.person_id, "statement": said}
            ConfirmationAsk.objects.create(**whose, asked_on=day - timedelta(days=2))


def _prove(rng: Generator, day: date, people: Sequence[int], languages: dict[int, str]) -> None:
    codes = dict(Competence.objects.values_list("key", "pk"))
    drawn = [*_drawn(rng, day, people), *_written(day, set(people))]
    statements = [
        Statement(
            person_id=person,
            kind=Statement.Kind.PROOF,
            competence_id=codes.get(told["code"]),
            words=words(told, languages[person]),
            valid_from=min(completed + timedelta(days=7), day),
            confirmed_on=day,
        )
        for person, told, completed in drawn
    ]
    Statement.objects.bulk_create(statements, batch_size=BATCH)
    Proof.objects.bulk_create(
        [
            Proof(statement=row, owner_id=row.person_id, **_facts(rng, day, told, completed, number))
            for number, (row, (_person, told, completed)) in enumerate(zip(statements, drawn, strict=True))
        ],
        batch_size=BATCH,
    )
    _share(rng, statements)


def _drawn(rng: Generator, day: date, people: Sequence[int]) -> Iterator[tuple[int, dict[str, Any], date]]:
    """Who has what, and when it was completed; education long ago, courses within the time they hold and a little."""
    for told in content("standing")["proofs"]:
        chosen = np.flatnonzero(rng.random(len(people)) < told["share"])
        oldest = 30 * told["months"] if "months" in told else 7000
        for index in chosen.tolist():
            yield people[index], told, day - timedelta(days=int(rng.integers(20, oldest)))


def _written(day: date, people: set[int]) -> Iterator[tuple[int, dict[str, Any], date]]:
    """What some of the cast have, as it is written for them."""
    cast = dict(User.objects.values_list("username", "person"))
    for told in content("standing")["cast"]:
        person = cast.get(told["username"])
        if person in people:
            yield person, told, day - timedelta(days=told["done"])


def _facts(rng: Generator, day: date, told: dict[str, Any], completed: date, number: int) -> dict[str, Any]:
    platform = told.get("came") or (told["issuer"] == PLATFORM and rng.random() < FROM_PLATFORM)
    ends = day + timedelta(days=told["left"]) if "left" in told else None
    return {
        "what": told["what"],
        "nkr": told.get("nkr"),
        "issuer": told["issuer"],
        "source": PLATFORM if platform else "",
        "external_id": f"{told['code']}-{number}" if platform else "",
        "completed_on": completed,
        "expires_on": months_from(completed, told["months"]) if "months" in told else ends,
    }


def _share(rng: Generator, rows: Sequence[Statement]) -> None:
    shared = rng.random(len(rows)) < SHARED
    found = [row for row, chosen in zip(rows, shared.tolist(), strict=True) if chosen]
    Share.objects.bulk_create(
        [Share(statement=row, owner_id=row.person_id, audience=Audience.LEADER) for row in found], batch_size=BATCH
    )


def _beside(work: dict[int, Work]) -> dict[int, list[int]]:
    """Those of the same main place, she herself included."""
    places: dict[int, list[int]] = {}
    for person in sorted(work):
        places.setdefault(work[person].units[0], []).append(person)
    return {person: places[work[person].units[0]] for person in work}
