"""An office with requirements, topics and people who have shared, for plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest

from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.worker import do_waiting
from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement
from sloyfe.modules.plans import actions
from sloyfe.modules.plans import dates as planning
from sloyfe.modules.plans.models import Measure, Plan
from sloyfe.modules.staffing.models import Proposal
from sloyfe.modules.time.models import MinimumStaffing, WorkingPattern
from tests.cast import DAY

FJORD = ("employee", "state_employee", "leader", "state_leader", "deputy", "union_rep", "safety_rep")


@dataclass
class Office:
    """The office of Fjord: two topics, «at least two» asked of each office, «each» of every case worker."""

    topic: dict[str, Competence]
    asked: dict[str, Requirement]


@pytest.fixture
def office(cast) -> Office:
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    topic = {
        key: Competence.objects.create(framework=framework, key=key, label_nb=label)
        for key, label in (("debt", "Gjeldsrådgivning"), ("interpreter", "Tolk"), ("youth", "Ungdom"), ("cv", "CV"))
    }
    every = Profile.objects.create(key="every", kind="unit", unit_kind="office", label_nb="Alle kontor")
    post = Profile.objects.create(key="post", kind="position", position="Veileder", label_nb="Veileder")
    asked = {
        "debt": _asks(every, topic["debt"], "unit", 2, "must"),
        "interpreter": _asks(every, topic["interpreter"], "area", 1, "should"),
        "youth": _asks(every, topic["youth"], "unit", 1, "may"),
        "cv": _asks(post, topic["cv"], "each", 1, "should"),
    }
    return Office(topic, asked)


def _asks(profile, competence, reach, n, strength) -> Requirement:
    return Requirement.objects.create(
        profile=profile,
        competence=competence,
        strength=strength,
        source="county",
        reach=reach,
        at_least=n,
        valid_from=date(2026, 1, 1),
    )


@pytest.fixture
def plan(cast) -> Plan:
    return actions.begin_plan(
        cast.viewer("leader"),
        unit_id=cast.unit["fjord"].pk,
        title="Læringsplan",
        first_day=DAY,
        last_day=DAY + timedelta(weeks=26),
    )


@pytest.fixture
def measure(cast, office, plan) -> Measure:
    priority = actions.choose(
        cast.viewer("leader"), plan, competence_id=office.topic["debt"].pk, requirement_id=None, way="learn"
    )
    row = Measure(
        priority=priority,
        unit_id=plan.unit_id,
        title="Øve på gjeldssaker",
        goal="To til kan ta gjeldssaker",
        shows="Gjeldssaker blir liggende kortere",
        responsible=cast.person["leader"],
        sessions_count=2,
        minutes=60,
        group_size=3,
        window_from=DAY,
        window_to=DAY + timedelta(weeks=8),
    )
    people = [cast.person[role].pk for role in ("employee", "state_employee", "deputy", "union_rep")]
    return actions.write_measure(cast.viewer("leader"), row, people=people)


@pytest.fixture
def hours(cast) -> None:
    """Part-time, shifts and a desk that must be staffed."""
    for number, role in enumerate(FJORD):
        for weekday in range(5 if number % 3 else 4):
            WorkingPattern.objects.create(
                person=cast.person[role], weekday=weekday, start=time(8), end=time(15, 30), valid_from=date(2024, 1, 1)
            )
    for weekday in range(5):
        MinimumStaffing.objects.create(
            unit=cast.unit["fjord"],
            weekday=weekday,
            start=time(9),
            end=time(12),
            what="mottaket",
            at_least=3,
            valid_from=date(2024, 1, 1),
        )


@pytest.fixture
def dates(cast, plan, measure, hours) -> Proposal:
    proposal = planning.look_for_time(cast.viewer("leader"), plan)
    do_waiting()
    assert Job.objects.for_system("test").get(pk=proposal.job_id).state == Job.State.DONE
    return Proposal.objects.for_viewer(cast.viewer("leader"), "plan.edit").get(pk=proposal.pk)
