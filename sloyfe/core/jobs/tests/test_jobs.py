"""A job is ordered once, done as the person who ordered it, and ends in exactly one way."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils import timezone, translation

from sloyfe.core.access import OutOfReach, nobody
from sloyfe.core.audit.actions import record
from sloyfe.core.audit.models import Event
from sloyfe.core.jobs import claims
from sloyfe.core.jobs.actions import order, request_stop
from sloyfe.core.jobs.context import Report
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.worker import NO_RIGHT, WENT_WRONG, do, do_waiting
from tests.cast import DAY, RoleHolding

pytestmark = pytest.mark.django_db
State = Job.State


def finish(context):
    with transaction.atomic():
        context.finish({"url": "/there/"})


def now(job):
    return Job.objects.for_system("the test looks").get(pk=job.pk)


def age(job, **fields):
    Job.objects.for_system("the test turns the clock").filter(pk=job.pk).update(**fields)


@pytest.fixture
def leader(cast):
    return cast.viewer("leader", language="nn")


# --- ordering ----------------------------------------------------------------------------------------


def test_the_same_order_is_one_job_while_it_is_open(cast, leader, kind):
    kind(finish)
    first = order(leader, "test", {"unit": 1, "day": DAY}, seed=3, engine_version="1")
    assert order(leader, "test", {"day": DAY, "unit": 1}, seed=3, engine_version="1") == first
    others = [
        order(leader, "test", {"unit": 2, "day": DAY}, seed=3, engine_version="1"),
        order(leader, "test", {"unit": 1, "day": DAY}, seed=4, engine_version="1"),
        order(leader, "test", {"unit": 1, "day": DAY}, seed=3, engine_version="2"),
        order(cast.viewer("state_leader"), "test", {"unit": 1, "day": DAY}, seed=3, engine_version="1"),
    ]
    assert len({job.pk for job in [first, *others]}) == 5
    assert len({job.input_hash for job in [first, *others]}) == 4
    assert do_waiting() == 5
    assert order(leader, "test", {"unit": 1, "day": DAY}, seed=3, engine_version="1") != first


def test_the_database_too_refuses_two_of_the_same(leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    job.pk = None
    with pytest.raises(Exception, match=r"jobs_once_at_a_time|UNIQUE"), transaction.atomic():
        job.save(force_insert=True)


def test_who_may_order(cast, leader, kind):
    with pytest.raises(KeyError):
        order(leader, "unheard of", {})
    kind(finish)
    with pytest.raises(PermissionDenied):
        order(nobody(DAY), "test", {})


def test_only_the_owner_sees_a_job(cast, leader, kind):
    kind(finish)
    order(leader, "test", {})
    seen = {role for role in ("leader", "hr_admin", "union_rep", "deputy") if Job.objects.for_viewer(cast.viewer(role))}
    assert seen == {"leader"}


# --- doing -------------------------------------------------------------------------------------------


def test_a_job_is_done_as_its_owner_with_the_rights_and_language_of_now(cast, leader, kind):
    seen = []

    @kind
    def look(context):
        seen.append((context.viewer.person_id, context.viewer.may("person.view"), translation.get_language()))
        finish(context)

    job = order(leader, "test", {})
    RoleHolding.objects.for_system("she steps down").filter(person=leader.person_id).update(valid_to=DAY)
    do_waiting()
    assert seen == [(leader.person_id, False, "nn")]
    assert (now(job).state, now(job).progress, now(job).result) == (State.DONE, 100, {"url": "/there/"})


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (Refused("The file {name} is empty.", name="a.csv"), "The file {name} is empty."),
        (OutOfReach("Unit"), NO_RIGHT),
        (PermissionDenied("plan.edit"), NO_RIGHT),
        (ZeroDivisionError("secret detail"), WENT_WRONG),
    ],
)
def test_what_goes_wrong_is_said_kindly_and_changes_nothing(leader, kind, error, message, caplog):
    @kind
    def fall(context):
        with transaction.atomic():
            record("the handler", "made", None)
            context.finish()
            raise error

    job = order(leader, "test", {})
    with caplog.at_level(logging.ERROR):
        do_waiting()
    job = now(job)
    assert (job.state, job.message) == (State.FAILED, message)
    assert job.finished_at
    assert not Event.objects.for_system("the test looks").exists()
    assert "secret" not in str(job.__dict__)
    assert ("secret detail" in caplog.text) == (message == WENT_WRONG)


def test_words_are_filled_in(leader, kind):
    kind(lambda context: (_ for _ in ()).throw(Refused("The file {name} is empty.", name="{a} %s.csv")))
    job = order(leader, "test", {})
    do_waiting()
    assert now(job).words == "The file {a} %s.csv is empty."


def test_a_handler_that_forgets_to_finish_has_failed(leader, kind):
    kind(lambda context: None)
    job = order(leader, "test", {})
    do_waiting()
    assert now(job).state == State.FAILED


@pytest.mark.django_db(transaction=True)
def test_finishing_belongs_in_a_transaction(leader, kind):
    kind(lambda context: context.finish())
    job = order(leader, "test", {})
    do_waiting()
    assert now(job).state == State.FAILED


def test_a_person_who_is_gone_has_no_work_done(leader, kind, caplog):
    kind(finish)
    job = order(leader, "test", {})
    age(job, owner_id=10**9)
    do_waiting()
    assert now(job).state == State.FAILED


def test_a_kind_nobody_does_any_more_fails(leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    age(job, kind="gone")
    do_waiting()
    assert now(job).state == State.FAILED


# --- being killed ------------------------------------------------------------------------------------


def test_a_silent_job_is_taken_again_and_a_talking_one_is_not(leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    first = claims.claim("one")
    assert claims.claim("two") is None
    age(job, heartbeat_at=timezone.now() - claims.SILENT + timedelta(seconds=20))
    assert claims.claim("two") is None
    age(job, heartbeat_at=timezone.now() - claims.SILENT - timedelta(seconds=1))
    second = claims.claim("two")
    assert (first.pk, second.pk, second.attempts) == (job.pk, job.pk, 2)
    assert second.claimed_by != first.claimed_by


def test_one_that_was_thought_dead_keeps_nothing(leader, kind):
    """The first worker wakes up after the second has begun: what it made is rolled back."""

    @kind
    def store(context):
        with transaction.atomic():
            record("the handler", "made", None, by_whom=context.job.claimed_by)
            context.finish()

    job = order(leader, "test", {})
    first = claims.claim("one")
    claims.let_go(first)
    second = claims.claim("two")
    do(first, Report())
    assert now(job).state == State.RUNNING
    do(second, Report())
    do(first, Report())
    assert now(job).state == State.DONE
    assert Event.objects.for_system("the test looks").get().details == {"by_whom": second.claimed_by}


def test_a_late_failure_does_not_undo_what_another_did(leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    first = claims.claim("one")
    claims.let_go(first)
    do_waiting()
    claims.fail(first, "too late")
    claims.beat(first, 5, "too late", {})
    assert (now(job).state, now(job).message) == (State.DONE, "")


def test_one_that_was_thought_dead_says_nothing_about_anothers_attempt(leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    first = claims.claim("one")
    claims.let_go(first)
    second = claims.claim("two")
    before = Job.objects.for_system("the test looks").values().get(pk=job.pk)
    claims.fail(first, "too late")
    claims.beat(first, 5, "too late", {})
    claims.give_back(first)
    assert Job.objects.for_system("the test looks").values().get(pk=job.pk) == before
    assert claims.must_end(first)
    assert not claims.must_end(second)


def test_three_times_broken_off_is_enough(leader, kind):
    kind(finish)
    job, other = order(leader, "test", {}), order(leader, "test", {"other": 1})
    for attempt in (1, 2, 3):
        assert claims.claim("one").attempts == attempt
        age(job, heartbeat_at=None)
    assert claims.claim("one").pk == other.pk
    assert (now(job).state, now(job).message) == (State.FAILED, claims.GAVE_UP)


def test_a_busy_database_is_met_again_and_in_the_end_given_up(leader, kind):
    tried = []

    @kind
    def busy(context):
        tried.append(1)
        raise OperationalError("database is locked")

    job = order(leader, "test", {})
    do_waiting()
    assert len(tried) == 3
    assert now(job).state == State.FAILED


def test_a_worker_told_to_go_gives_its_job_back(leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    claims.give_back(claims.claim("one"))
    assert now(job).attempts == 0
    assert do_waiting() == 1
    assert now(job).state == State.DONE


# --- stopping ----------------------------------------------------------------------------------------


def test_a_waiting_job_that_is_stopped_never_starts(leader, kind):
    kind(lambda context: pytest.fail("it started"))
    job = order(leader, "test", {})
    request_stop(leader, job)
    assert do_waiting() == 0
    assert now(job).state == State.STOPPED


def test_a_running_job_that_is_stopped_keeps_what_it_has(leader, kind):
    @kind
    def listen(context):
        with transaction.atomic():
            context.finish({"stopped": context.stop_requested()})

    job = order(leader, "test", {})
    claimed = claims.claim("one")
    request_stop(leader, job)
    assert claims.must_end(claimed)
    assert now(job).state == State.STOPPING
    again = order(leader, "test", {})
    assert again.pk != job.pk, "a job that is ending is not the one that was asked for now"
    do(now(job), Report())
    assert (now(job).state, now(job).result) == (State.STOPPED, {"stopped": True})


def test_a_stopped_job_whose_worker_dies_is_ended_by_the_next(leader, kind):
    @kind
    def listen(context):
        with transaction.atomic():
            context.finish({"stopped": context.stop_requested()})

    job = order(leader, "test", {})
    claims.claim("one")
    request_stop(leader, job)
    order(leader, "test", {})
    age(job, heartbeat_at=None)
    do_waiting()
    assert (now(job).state, now(job).result) == (State.STOPPED, {"stopped": True})


def test_nobody_stops_anothers_job_and_nothing_stops_a_done_one(cast, leader, kind):
    kind(finish)
    job = order(leader, "test", {})
    request_stop(cast.viewer("hr_admin"), job)
    assert now(job).state == State.WAITING
    do_waiting()
    request_stop(leader, job)
    assert now(job).state == State.DONE
