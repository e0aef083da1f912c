"""A picture is made whole or not at all: what is counted, what is told, what is kept, and what is let go."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from sloyfe.core.audit.erasure import erase_person
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.worker import do_waiting
from sloyfe.core.release import Reason, release_policy
from sloyfe.modules.people.models import Affiliation, Person
from sloyfe.modules.statements.models import Counting, Statement
from sloyfe.reporting.picture.gather import gather
from sloyfe.reporting.picture.models import Counted, Publication, PublishedNode, PublishingMember, TableMemory
from sloyfe.reporting.picture.publish import NothingToTell, publish, publish_if_due
from sloyfe.reporting.picture.tests.bodies import answer, employ, fill
from tests.cast import DAY

SYSTEM = "test"


def nodes(publication: Publication) -> dict[str, PublishedNode]:
    rows = PublishedNode.objects.for_system(SYSTEM).filter(publication=publication)
    return {row.name: row for row in rows}


@pytest.fixture
def filled(cast):
    fill(cast)
    return cast


def test_only_those_who_have_said_yes_are_counted(filled):
    yes = gather(DAY).said.level.any(axis=1).sum()
    Counting.objects.for_system(SYSTEM).update(answers=None)
    assert yes > 50
    assert not gather(DAY).said.level.any()


def test_what_one_is_unsure_of_counts_only_where_she_has_said_so(filled):
    person = Person.objects.for_system(SYSTEM).filter(counting__answers=True).first()
    competence = Statement.objects.for_system(SYSTEM).filter(kind="level").first().competence
    Statement.objects.create(
        person=person, kind="unsure", competence=competence, valid_from=DAY, confirmed_on=DAY, words=""
    )
    assert not gather(DAY).said.wish.any()
    Counting.objects.for_system(SYSTEM).filter(person=person).update(unsure=True)
    assert gather(DAY).said.wish.sum() == 1


def test_a_picture_tells_what_is_true_where_it_tells(filled):
    publication = publish(DAY, by=SYSTEM)
    gathered = gather(DAY)
    told = 0
    for node in nodes(publication).values():
        offices = list(node.offices.for_system(SYSTEM).values_list("office", flat=True))
        here = np.isin(gathered.office, offices)
        meets, asked = gathered.said.meets[here].sum(axis=0), gathered.said.asked[here].sum(axis=0)
        for place, n in enumerate(node.figures["meets"]["n"]):
            if n is not None:
                told += 1
                assert (n, node.figures["meets"]["of"][place]) == (meets[place], asked[place])
                assert 3 <= n <= asked[place] - 3
                assert asked[place] >= 5
    assert told > 10


def test_small_offices_are_shown_together_and_stay_together(filled):
    first = publish(DAY, by=SYSTEM)
    pools = {node.key: node.name for node in nodes(first).values() if node.kind == "pool"}
    assert pools
    assert all(
        node.people >= release_policy(DAY).pooled_at_least for node in nodes(first).values() if node.kind == "pool"
    )
    members = PublishingMember.objects.count()
    second = publish(DAY + timedelta(days=30), by=SYSTEM)
    assert {node.key: node.name for node in nodes(second).values() if node.kind == "pool"} == pools
    assert PublishingMember.objects.count() == members


def test_one_newcomer_changes_no_number_of_her_office(filled):
    before = nodes(publish(DAY, by=SYSTEM))["Fjord"]
    one = Person.objects.create(name="Ny Kollega")
    employ(filled, [one], filled.unit["fjord"], DAY)
    answer(
        np.random.default_rng(0),
        [one],
        list(Statement.objects.for_system(SYSTEM).first().competence.framework.competences.all()),
        DAY,
    )
    after = nodes(publish(DAY + timedelta(days=30), by=SYSTEM))["Fjord"]
    for place, n in enumerate(before.figures["meets"]["n"]):
        if n is not None:
            assert after.figures["meets"]["n"][place] == n
            assert after.figures["meets"]["why"][place] == Reason.UNCHANGED
            assert after.figures["meets"]["as_of"][place] == DAY.isoformat()


def test_who_takes_her_answers_back_is_not_remembered(filled):
    publish(DAY, by=SYSTEM)
    row = Counted.objects.for_system(SYSTEM).filter(said__contains="4").first()
    Counting.objects.for_system(SYSTEM).filter(person=row.person_id).update(answers=False)
    later = publish(DAY + timedelta(days=30), by=SYSTEM)
    rows = Counted.objects.for_system(SYSTEM).filter(person=row.person_id)
    assert [one.publication_id for one in rows] == [later.pk]
    assert set(rows[0].said) == {"0"}


def test_an_erased_person_leaves_sums_that_can_still_be_protected(filled):
    publish(DAY, by=SYSTEM)
    row = Counted.objects.for_system(SYSTEM).exclude(said__contains="0").first()
    Affiliation.objects.for_system(SYSTEM).filter(person=row.person_id).delete()
    erase_person(row.person_id, "asked for it", by=SYSTEM)
    assert not Counted.objects.for_system(SYSTEM).filter(person=row.person_id).exists()
    assert publish(DAY + timedelta(days=30), by=SYSTEM).pk


def test_it_is_made_when_it_is_due_and_older_ones_are_let_go(filled):
    policy = release_policy(DAY)
    assert publish_if_due(DAY) is not None
    assert publish_if_due(DAY + timedelta(days=policy.every_days - 1)) is None
    for number in range(1, policy.kept + 1):
        assert publish_if_due(DAY + timedelta(days=policy.every_days * number)) is not None
    rows = Publication.objects.for_system(SYSTEM)
    assert rows.count() == policy.kept
    assert TableMemory.objects.for_system(SYSTEM).values("publication").distinct().count() == policy.kept


def test_a_picture_of_an_earlier_day_is_refused(filled):
    publish(DAY, by=SYSTEM)
    with pytest.raises(ValueError, match="earlier day"):
        publish(DAY - timedelta(days=1), by=SYSTEM)


def test_the_worker_makes_it_for_who_may_and_nobody_else(filled, as_role):
    assert as_role("leader").post("/picture/publish/").status_code == 403
    assert as_role("hr_admin").get("/picture/publish/").status_code == 405
    answered = as_role("hr_admin").post("/picture/publish/")
    assert answered.status_code == 302
    do_waiting()
    job = Job.objects.for_system(SYSTEM).get(kind="publish-picture")
    assert job.state == Job.State.DONE, job.message
    assert Publication.objects.for_system(SYSTEM).count() == 1


def test_nothing_is_made_of_nothing(cast):
    assert publish_if_due(DAY) is None
    with pytest.raises(NothingToTell):
        publish(DAY, by=SYSTEM)
