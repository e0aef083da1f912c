"""What the invented people have said about how well they can what is asked of them, and whether it may be counted.

Most are near what is asked; some have said nothing. Seven of ten have said yes to being counted. They answered in the
round that is over; in a few things many have learned since, so the picture before (`EARLIER`) is another.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from sloyfe.core.access import nobody
from sloyfe.modules.catalogue.public import asked_of_each
from sloyfe.modules.people.models import Person
from sloyfe.modules.people.public import Work, work_of
from sloyfe.modules.statements.models import Counting, Statement
from sloyfe.project.demo.draw import generator
from sloyfe.project.demo.rounds import KEPT

YES, NO = 0.7, 0.15
SAID = 0.85  # of what is asked, by those who have said anything
SILENT = 0.1
STEPS_OFF = (-2, -1, 0, 1, 2)
SHARES = (0.06, 0.24, 0.45, 0.2, 0.05)
LEARNED, LEARNERS = 5, 0.3  # in so many competences such a share is a step further on
ANSWERED, SINCE = (62, 120), (5, 50)  # days ago
EARLIER = timedelta(days=56)
BATCH = 5000


def say_levels(seed: int, day: date) -> None:
    rng = generator(seed, "levels")
    work = work_of(list(Person.objects.for_system("the demo").values_list("pk", flat=True)), day)
    people = np.array(sorted(work))
    answers = rng.random(len(people))
    talkative = dict(zip(people.tolist(), (rng.random(len(people)) > SILENT).tolist(), strict=True))
    Counting.objects.bulk_create(
        [
            Counting(person_id=person, answers=bool(drawn < YES), unsure=bool(drawn < YES / 2), changed_on=day)
            for person, drawn in zip(people.tolist(), answers.tolist(), strict=True)
            if drawn < YES + NO
        ],
        batch_size=BATCH,
    )
    asked = [one for one in _asked(day, work) if talkative[one[0]] and rng.random() < SAID]
    learned = set(rng.choice(sorted({competence for _, competence, _ in asked}), LEARNED, replace=False).tolist())
    Statement.objects.bulk_create(
        [row for one in asked for row in _answers(rng, day, *one, learned=one[1] in learned)], batch_size=BATCH
    )


def _answers(
    rng: np.random.Generator, day: date, person: int, competence: int, wanted: int, *, learned: bool
) -> Iterator[Statement]:
    """What she answered in the round, and what she says now where she has learned since."""
    level = int(np.clip(wanted + rng.choice(STEPS_OFF, p=SHARES), 1, 5))
    said = Statement(
        person_id=person,
        kind=Statement.Kind.LEVEL,
        competence_id=competence,
        level=level,
        valid_from=day - timedelta(days=int(rng.integers(*ANSWERED))),
        confirmed_on=day,
        kept_until=day + KEPT,
    )
    if learned and level < wanted + 1 <= 5 and rng.random() < LEARNERS:
        said.valid_to = day - timedelta(days=int(rng.integers(*SINCE)))
        now = {"level": level + 1, "valid_from": said.valid_to, "confirmed_on": said.valid_to}
        yield Statement(
            person_id=person, kind=Statement.Kind.LEVEL, competence_id=competence, kept_until=day + KEPT, **now
        )
    yield said


def _asked(day: date, work: dict[int, Work]) -> list[tuple[int, int, int]]:
    """Person, competence and the highest level asked of her, in a fixed order."""
    highest: dict[tuple[int, int], int] = {}
    for one in asked_of_each(nobody(day), work):
        for person in one.people:
            key = person, one.asked.competence_id
            highest[key] = max(highest.get(key, 0), one.asked.level or 3)
    return [(person, competence, level) for (person, competence), level in sorted(highest.items())]
