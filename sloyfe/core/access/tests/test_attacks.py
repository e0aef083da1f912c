"""Ways past the row gate that were tried. Each must be refused; the list only grows."""

from __future__ import annotations

import pickle

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import (
    Avg,
    Count,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Window,
)
from django.db.models.functions import Rank
from django.forms import modelform_factory

from sloyfe.core.access import NoViewer
from sloyfe.core.access.tests.conftest import looker
from tests.guarded.models import Account, Assessment, Badge, Human, Place

O = Assessment.objects  # noqa: E741

NOBODY_LOOKING = {
    "list": lambda b, v: list(O.all()),
    "bool": lambda b, v: bool(O.all()),
    "len": lambda b, v: len(O.all()),
    "index": lambda b, v: O.all()[0],
    "slice": lambda b, v: list(O.all()[:1]),
    "values_list": lambda b, v: list(O.values_list("level")),
    "union arm": lambda b, v: list(O.for_viewer(v).union(O.all())),
    "intersection arm": lambda b, v: list(O.for_viewer(v).intersection(O.all())),
    "or with another": lambda b, v: list(O.for_viewer(v) | O.all()),
    "and with another": lambda b, v: list(O.for_viewer(v) & O.all()),
    "inside Exists": lambda b, v: list(Place.objects.filter(Exists(O.filter(human__place=OuterRef("pk"))))),
    "inside __in": lambda b, v: list(Human.objects.for_viewer(v).filter(assessments__in=O.all())),
    "inside Subquery": lambda b, v: list(
        Place.objects.annotate(n=Subquery(O.filter(human__place=OuterRef("pk")).values("level")[:1]))
    ),
    "upsert": lambda b, v: O.bulk_create(
        [Assessment(pk=1, human=b.ann)], update_conflicts=True, unique_fields=["id"], update_fields=["level"]
    ),
}

BACK_DOORS = {
    "values across a reverse key": lambda b, v: list(Place.objects.values_list("people__name")),
    "annotate Count": lambda b, v: list(Place.objects.annotate(n=Count("people"))),
    "filter oracle": lambda b, v: Place.objects.filter(people__name="bo").exists(),
    "order_by oracle": lambda b, v: list(Place.objects.order_by("people__name")),
    "reverse join from a cleared table": lambda b, v: list(
        Human.objects.for_viewer(v).annotate(a=Avg("assessments__level"))
    ),
    "reverse manager": lambda b, v: list(b.north.people.all()),
    "prefetch_related": lambda b, v: list(Place.objects.prefetch_related("people")),
    "form drop-down": lambda b, v: str(modelform_factory(Assessment, fields=["human", "level"])()),
    "self-join through a public table": lambda b, v: list(
        Human.objects.for_viewer(v).values_list("place__people__name", flat=True)
    ),
    "covered table by an uncovered path": lambda b, v: list(
        O.for_viewer(v).values_list("human__place__people__name", flat=True)
    ),
    "parent hop": lambda b, v: list(Human.objects.for_viewer(v).values_list("place__parent__people__name", flat=True)),
    "sibling rows": lambda b, v: list(O.for_viewer(v).annotate(m=Max("human__assessments__level"))),
    "FilteredRelation": lambda b, v: list(
        Place.objects.annotate(p=FilteredRelation("people", condition=Q(people__name="bo"))).values("p__name")
    ),
    "update through a join": lambda b, v: Place.objects.filter(people__name="bo").update(name="oracle"),
    "update from a subquery": lambda b, v: Place.objects.update(
        name=Subquery(Human.objects.filter(place=OuterRef("pk")).values("name")[:1])
    ),
    "delete through a join": lambda b, v: Place.objects.filter(people__name="zz").delete(),
    "exclude across a reverse key": lambda b, v: list(Place.objects.exclude(people__name="bo")),
    "isnull across a reverse key": lambda b, v: Place.objects.filter(people__isnull=True).count(),
    "alias and order_by": lambda b, v: list(Place.objects.alias(z=Max("people__name")).order_by("z")),
    "aggregate across a reverse key": lambda b, v: Place.objects.aggregate(n=Count("people")),
    "F across a reverse key": lambda b, v: list(Place.objects.annotate(n=F("people__name"))),
    "distinct on a reverse key": lambda b, v: list(Place.objects.values("people__line").distinct()),
    "raw": lambda b, v: O.raw("select 1"),
    "extra table": lambda b, v: list(
        Place.objects.extra(tables=["guarded_human"], select={"who": "guarded_human.name"}).values_list("who")
    ),
    "in at a table nobody guards": lambda b, v: list(Account.objects.values_list("human__name")),
    "on through a table nobody guards": lambda b, v: list(Account.objects.values_list("human__assessments__level")),
    "one to one from the other end": lambda b, v: b.bo.badge.secret,
    "one to one from the other end, fetched before": lambda b, v: list(
        Human.objects.for_viewer(v).prefetch_related("badge")
    ),
    "a table nobody guards": lambda b, v: list(Human.objects.for_viewer(v).values_list("accounts__password")),
    "a row that was never read": lambda b, v: Human(pk=b.bo.pk).refresh_from_db(),
    "bulk_update of rows nobody cleared": lambda b, v: O.bulk_update([Assessment(pk=1, human=b.bo)], ["level"]),
    "get_or_create as an oracle": lambda b, v: O.get_or_create(human=b.bo),
}


@pytest.mark.parametrize("name", NOBODY_LOOKING)
def test_refused_when_nobody_says_who_is_looking(name, body, boss):
    with pytest.raises(NoViewer):
        NOBODY_LOOKING[name](body, boss)


@pytest.mark.parametrize("name", BACK_DOORS)
def test_back_door_is_shut(name, body, only_cy):
    with pytest.raises(NoViewer):
        BACK_DOORS[name](body, only_cy)


def test_each_sees_what_the_rule_gives(boss, north_leader, only_cy):
    assert O.for_viewer(boss, "view").count() == 3
    assert O.for_viewer(north_leader, "view").get().human.name == "ann"
    assert [row.human.name for row in O.for_viewer(only_cy, "view")] == ["cy"]


def test_a_capability_the_rule_does_not_name_opens_nothing_however_widely_held(body):
    wide = looker(body.ann, ("plan.view", body.top), ("view", body.north))
    assert O.for_viewer(wide, "plan.view").count() == 0
    assert Human.objects.for_viewer(wide, "plan.view").count() == 0


def test_own_row_is_not_an_edit_right(only_cy):
    assert O.for_viewer(only_cy, "edit").count() == 0


def test_aggregates_count_only_visible_rows(north_leader):
    mine = O.for_viewer(north_leader, "view")
    assert (mine.exists(), mine.aggregate(n=Count("id"))["n"]) == (True, 1)
    assert list(mine.annotate(r=Window(Rank(), order_by="-level")).values_list("r", flat=True)) == [1]


def test_covered_forward_key_may_be_joined(north_leader, body):
    mine = O.for_viewer(north_leader, "view").select_related("human__place")
    assert mine.get().human.place.name == "north"
    assert O.for_viewer(north_leader, "view").filter(human__name="bo").count() == 0


def test_update_touches_only_the_visible(boss, north_leader):
    assert O.for_viewer(boss, "edit").filter(level=3).update(level=4) == 3
    assert O.for_viewer(north_leader, "edit").update(level=1) == 0


def test_bulk_update_stays_within_what_was_cleared(body, boss, only_cy):
    others = list(O.for_viewer(boss, "view"))
    for row in others:
        row.level = 9
    assert O.for_viewer(only_cy, "edit").bulk_update(others, ["level"]) == 0
    assert O.for_viewer(boss, "edit").bulk_update(others[:1], ["level"]) == 1
    assert sorted(O.for_system("test").values_list("level", flat=True)) == [3, 3, 9]


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(level=1),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update([rows[0]], ["level"]),
        lambda rows: rows._raw_delete("default"),
        lambda rows: rows.filter(level=3).exclude(level=4).delete(),
        lambda rows: (rows | rows).update(level=1),
    ],
)
def test_what_was_opened_for_reading_is_only_read(boss, change):
    before = sorted(O.for_system("test").values_list("pk", "level"))
    with pytest.raises(NoViewer, match="opened for reading"), transaction.atomic():
        change(O.for_viewer(boss, "view"))
    assert sorted(O.for_system("test").values_list("pk", "level")) == before


def test_viewers_do_not_mix(boss, only_cy):
    with pytest.raises(NoViewer):
        list(O.for_viewer(boss) | O.for_viewer(only_cy))


def test_reverse_managers_and_prefetch_work_with_a_viewer(body, only_cy):
    assert [h.name for h in body.south.people.for_viewer(only_cy, "view")] == ["cy"]
    rows = Place.objects.order_by("id").prefetch_related(Prefetch("people", Human.objects.for_viewer(only_cy, "view")))
    assert [[h.name for h in place.people.all()] for place in rows] == [[], [], ["cy"]]


def test_the_right_way_is_a_subquery_with_a_viewer(body, north_leader):
    inner = Human.objects.for_viewer(north_leader, "view").filter(place=OuterRef("pk")).values("place")
    counted = Place.objects.order_by("id").annotate(n=Subquery(inner.annotate(n=Count("id")).values("n")))
    assert list(counted.values_list("name", "n")) == [("top", None), ("north", 1), ("south", None)]


def test_clearance_survives_pickling_and_grows_no_wider(only_cy):
    query = pickle.loads(pickle.dumps(O.for_viewer(only_cy, "view").query))
    assert query.cleared_for == only_cy
    assert pickle.loads(pickle.dumps(only_cy)) == only_cy


def test_one_to_one_works_with_a_viewer(body, only_cy):
    Badge.objects.create(human=body.cy, secret="s")
    mine = Badge.objects.for_viewer(only_cy)
    [cy] = Human.objects.for_viewer(only_cy).prefetch_related(Prefetch("badge", mine))
    assert cy.badge.secret == "s" and cy.badge.human == cy
    assert Badge.objects.for_viewer(only_cy).values_list("human__name", flat=True).get() == "cy"


def test_a_table_read_before_anybody_is_known_opens_only_itself(body):
    Account.objects.create(human=body.cy, password="p")
    assert Account.objects.filter(human=body.cy).get().password == "p"
    assert Account.objects.for_viewer(looker(body.ann, ("view", body.top)), "view").count() == 0


def test_what_was_put_off_can_be_read_later(only_cy):
    row = Human.objects.for_viewer(only_cy).defer("name").get()
    assert row.name == "cy"
    row.refresh_from_db()


def test_create_save_and_uniqueness_keep_working(body, boss):
    row = O.create(human=body.ann)
    row.level = 5
    row.save()
    assert O.for_viewer(boss, "view").get(pk=row.pk).level == 5
    with pytest.raises(ValidationError):
        Human(name="bo", place=body.north).full_clean()
    assert body.cy.delete()[1] == {"guarded.Assessment": 1, "guarded.Human": 1}


def test_the_system_must_say_why(body):
    assert O.for_system("nightly purge").count() == 3
    with pytest.raises(ValueError):
        O.for_system("  ")


def test_none_needs_no_viewer():
    assert list(O.none()) == []
