"""The rights of whoever answers: to have it whole, mend it, take it back, and be rid of it on the day she was told."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from sloyfe.core.audit.models import Event
from sloyfe.core.jobs.daily import do
from sloyfe.modules.assessment.models import Participation, Round
from sloyfe.modules.statements import levels
from sloyfe.modules.statements.models import Share, Statement
from sloyfe.reporting.picture.forgetting import forget_what_has_gone
from sloyfe.reporting.picture.models import Counted, Publication, PublishedNode, TableMemory
from sloyfe.reporting.picture.publish import publish
from sloyfe.reporting.picture.seal import digest
from sloyfe.reporting.picture.tests.bodies import fill
from tests.assessment.rounds import opened_round
from tests.cast import DAY

pytestmark = pytest.mark.django_db
SYSTEM = "a test looks"


@pytest.fixture
def answered(cast):
    """A round for the whole body; everybody's answers are kept until its day. One of them is hers."""
    fill(cast)
    round_ = opened_round(cast, cast.viewer("hr_admin"), unit="directorate")
    Statement.objects.for_system(SYSTEM).filter(kind="level").update(kept_until=round_.delete_on)
    return round_


def mine(cast, day=DAY):
    return cast.viewer("employee", day=day)


def counted_of(cast):
    return Counted.objects.for_system(SYSTEM).filter(person=cast.person["employee"])


def published():
    nodes = PublishedNode.objects.for_system(SYSTEM).order_by("pk").values_list("key", "people", "figures")
    tables = TableMemory.objects.for_system(SYSTEM).order_by("pk").values_list("table", "content")
    return list(nodes), [(name, bytes(content)) for name, content in tables]


def say(cast, answered, level=4, leader=True):
    me = mine(cast)
    first = levels.my_levels(me)[0].competence_id
    levels.set_counting(me, answers=True, unsure=False)
    return levels.say_level(me, first, level=level, example="En sak", leader=leader, kept_until=answered.delete_on)


def test_all_of_it_is_hers_to_take_with_her(cast, answered, as_role):
    say(cast, answered)
    publish(DAY, by=SYSTEM)
    packed = zipfile.ZipFile(io.BytesIO(as_role("employee").get("/me/data.zip").content))
    data = json.loads(packed.read("sloyfe/data.json"))
    assert [row["level"] for row in data["statements.Statement"] if row["kind"] == "level"] == [4]
    assert data["statements.Counting"][0]["answers"] is True
    assert len(data["picture.Counted"]) == 1
    assert "En sak" in packed.read("sloyfe/index.html").decode()


def test_what_she_mends_keeps_its_history_and_its_day(cast, answered):
    say(cast, answered)
    later = mine(cast, DAY + timedelta(days=3))
    first = levels.my_levels(later)[0].competence_id
    levels.say_level(later, first, level=2)
    assert [(row.level, row.kept_until) for row in levels.history(later, first)] == [
        (2, answered.delete_on),
        (4, answered.delete_on),
    ]


def test_what_she_takes_back_is_forgotten_by_the_pictures_within_a_day(cast, answered):
    row = say(cast, answered)
    publish(DAY, by=SYSTEM)
    before = published()
    assert counted_of(cast).exists()
    levels.withdraw_level(mine(cast, DAY + timedelta(days=1)), row.competence_id)
    forget_what_has_gone(DAY + timedelta(days=2))
    assert not counted_of(cast).exists()
    assert published() == before


def proved(log, verb: str) -> set[str]:
    return {row.details["digest"] for row in log.filter(verb=verb)}


def test_everything_goes_on_its_day_and_the_pictures_stand(cast, answered, as_role):
    say(cast, answered)
    publish(answered.delete_on - timedelta(days=2), by=SYSTEM)
    before = published()
    do(answered.delete_on - timedelta(days=1))
    levels_left = Statement.objects.for_system(SYSTEM).filter(kind="level")
    assert levels_left.exists()
    do(answered.delete_on)
    assert not levels_left.exists()
    assert not Share.objects.for_system(SYSTEM).exists()
    assert not Participation.objects.for_system(SYSTEM).exists()
    remembered = {said for (said,) in Counted.objects.for_system(SYSTEM).values_list("said")}
    assert remembered <= {"0000"}, "nothing she said is remembered either"
    assert published() == before, "what has been told stands as it was"
    assert Round.objects.for_system(SYSTEM).get(pk=answered.pk).state == "deleted"
    log = Event.objects.for_system(SYSTEM)
    assert {"round.deleted", "statements.deleted_on_their_day"} <= set(log.values_list("verb", flat=True))
    assert proved(log, "picture.published") == proved(log, "picture.forgot") != set()
    PublishedNode.objects.for_system(SYSTEM).filter(figures__has_key="meets").update(figures={})
    assert {digest(one) for one in Publication.objects.for_system(SYSTEM)} != proved(log, "picture.published")


def test_the_log_of_a_day_done_twice_says_nothing_new(cast, answered):
    say(cast, answered)
    publish(answered.delete_on - timedelta(days=2), by=SYSTEM)
    do(answered.delete_on)
    before = published()
    lines = Event.objects.for_system(SYSTEM).filter(verb="picture.forgot").count()
    do(answered.delete_on)
    assert published() == before
    assert Event.objects.for_system(SYSTEM).filter(verb="picture.forgot").count() == lines
