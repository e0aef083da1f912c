"""The Pen rolls back what would leave the writer's reach; the Door will not be built without a lock."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import isolate_apps

from sloyfe.core.access import Line, OutOfReach, Record, delete_as, page, save_as, save_many_as
from sloyfe.core.access.tests.conftest import looker
from tests.guarded.models import Assessment, Human


def test_a_change_inside_reach_is_saved(body):
    leader = looker(body.ann, ("edit", body.north))
    body.ann.name = "anne"
    save_as(leader, body.ann, "edit")
    assert Human.objects.for_system("test").get(pk=body.ann.pk).name == "anne"


def test_a_person_cannot_be_moved_out_of_reach(body):
    leader = looker(body.ann, ("edit", body.north))
    body.ann.place = body.south
    with pytest.raises(OutOfReach):
        save_as(leader, body.ann, "edit")
    assert Human.objects.for_system("test").get(pk=body.ann.pk).place_id == body.north.pk


def test_a_row_cannot_be_fetched_into_reach(body):
    leader = looker(body.ann, ("edit", body.north))
    body.bo.place = body.north
    with pytest.raises(OutOfReach):
        save_as(leader, body.bo, "edit")
    assert Human.objects.for_system("test").get(pk=body.bo.pk).place_id == body.south.pk


def test_the_other_line_is_out_of_reach(body):
    municipal = looker(body.ann, ("view", body.south), ("edit", body.south), line=Line.MUNICIPAL)
    assert set(Human.objects.for_viewer(municipal, "view").values_list("name", flat=True)) == {"ann"}
    with pytest.raises(OutOfReach):
        save_as(municipal, body.bo, "edit")


def test_many_rows_are_checked_together(body):
    leader = looker(body.ann, ("edit", body.north))
    with pytest.raises(OutOfReach):
        save_many_as(leader, Assessment, [Assessment(human=body.ann), Assessment(human=body.bo)], "edit")
    assert Assessment.objects.for_system("test").count() == 3
    assert len(save_many_as(leader, Assessment, [Assessment(human=body.ann)], "edit")) == 1


def test_only_rows_in_reach_can_be_deleted(body):
    leader = looker(body.ann, ("edit", body.north))
    with pytest.raises(OutOfReach):
        delete_as(leader, body.bo, "edit")
    delete_as(leader, body.ann, "edit")
    assert Human.objects.for_system("test").count() == 2


def test_a_page_must_say_what_it_needs():
    with pytest.raises(TypeError):
        page("x/", lambda request: HttpResponse("ok"), name="x")  # type: ignore[call-arg]
    with pytest.raises(ImproperlyConfigured):
        page("x/", lambda request: HttpResponse("ok"), needs="no.such.thing", name="x")


def test_a_page_opens_only_for_those_who_hold_the_capability(body):
    route = page("x/", lambda request: HttpResponse("ok"), needs="needs.view", name="x")
    request = RequestFactory().get("/x/")
    request.viewer = looker(body.ann)
    with pytest.raises(PermissionDenied):
        route.callback(request)
    request.viewer = looker(body.ann, ("needs.view", body.north))
    assert route.callback(request).status_code == 200


@isolate_apps("tests.guarded")
def test_a_table_must_say_who_may_see_it():
    class Careless(Record):
        class Meta:
            app_label = "guarded"

    class Undecided(Record):
        access = Human.access.parts[0]
        human = models.ForeignKey(Human, models.CASCADE)

        class Meta:
            app_label = "guarded"

    assert [error.id for error in Careless.check()] == ["access.E001"]
    assert "access.E002" in [error.id for error in Undecided.check()]


def test_the_house_itself_passes_its_checks():
    assert [error for error in run_checks() if error.level >= 40] == []
