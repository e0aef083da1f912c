"""What the invented people have said about how well they can what is asked of them, and whether it may be counted.

Most are near what is asked; some have said nothing. Seven of ten have said yes to being counted.
"""

from __future__ import annotations

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
    Statement.objects.bulk_create(
        [
            Statement(
                person_id=person,
                kind=Statement.Kind.LEVEL,
                competence_id=competence,
                level=int(np.clip(wanted + rng.choice(STEPS_OFF, p=SHARES), 1, 5)),
                valid_from=day - timedelta(days=int(rng.integers(5, 120))),
                confirmed_on=day,
                kept_until=day + KEPT,
            )
            for person, competence, wanted in _asked(day, work)
            if talkative[person] and rng.random() < SAID
        ],
        batch_size=BATCH,
    )


def _asked(day: date, work: dict[int, Work]) -> list[tuple[int, int, int]]:
    """Person, competence and the highest level asked of her, in a fixed order."""
    highest: dict[tuple[int, int], int] = {}
    for one in asked_of_each(nobody(day), work):
        for person in one.people:
            key = person, one.asked.competence_id
            highest[key] = max(highest.get(key, 0), one.asked.level or 3)
    return [(person, competence, level) for (person, competence), level in sorted(highest.items())]
