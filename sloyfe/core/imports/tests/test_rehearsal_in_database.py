"""The same in a real database: a rehearsal leaves nothing, and meets what waits for commit."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError

from sloyfe.core.imports import rehearsal
from sloyfe.core.imports.places import Place, Problem, Weight

HERE = Place("fil.csv", "", 2)

pytestmark = pytest.mark.django_db


def write_group(log):
    group = Group.objects.create(name="Fjordvik")
    log.created("group", group.name, group.name, HERE, {"name": group.name})


def test_rehearsed_run_and_again():
    rehearsed = rehearsal.run(write_group, rehearsal=True)
    assert (Group.objects.count(), rehearsed.applied) == (0, False)
    real = rehearsal.run(write_group, rehearsal=False)
    assert (Group.objects.count(), real.applied) == (1, True)
    assert rehearsed.lines() == real.lines()


def test_a_problem_that_stops_leaves_nothing():
    def write(log):
        write_group(log)
        log.problem(Problem(HERE, Weight.STOPS, "No"))

    assert not rehearsal.run(write, rehearsal=False).applied
    assert Group.objects.count() == 0


@pytest.mark.parametrize("rehearsing", [True, False])
def test_a_broken_reference_is_met_before_the_end(rehearsing):
    def write(log):
        Permission.objects.create(name="x", codename="x", content_type_id=2**30)

    with pytest.raises(IntegrityError):
        rehearsal.run(write, rehearsal=rehearsing)
