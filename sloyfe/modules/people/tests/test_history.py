"""The past reads as it was: a municipality that was split, a wrong day put right, merges, moves and names.

The split is real: on 1 January 2024 municipality 1507 Ålesund became 1508 Ålesund and 1580 Haram, half the
ground each (norway_geo, redistricting). The office under it is invented.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Event
from sloyfe.modules.people import restructure
from sloyfe.modules.people.corrections import correct_day
from sloyfe.modules.people.history import portrait, tree_on
from sloyfe.modules.people.models import Affiliation, Bond, Closure, Kind, RoleHolding, Succession, Unit
from tests.cast import DAY

SPLIT = date(2024, 1, 1)
HALF = Decimal("0.5")


@pytest.fixture
def hr(cast):
    return cast.viewer("hr_admin")


def opened(hr, number, name, kind, day):
    return restructure.open_unit(hr, number=number, name=name, kind=kind, first_day=day)


def aalesund(hr, day):
    """The municipality, the office it answers for, and what it became on a day."""
    old = opened(hr, "1507", "Ålesund kommune", Kind.MUNICIPALITY, date(2020, 1, 1))
    new = opened(hr, "1508", "Ålesund kommune", Kind.MUNICIPALITY, day)
    haram = opened(hr, "1580", "Haram kommune", Kind.MUNICIPALITY, day)
    office = opened(hr, "9901", "Sundkontoret", Kind.OFFICE, date(2020, 1, 1))
    restructure.place(hr, office, under=[old], bond=Bond.MUNICIPAL, from_day=date(2020, 1, 1))
    restructure.place(hr, office, under=[new, haram], bond=Bond.MUNICIPAL, from_day=day)
    restructure.pass_on(hr, old, after={new.pk: HALF, haram.pk: HALF}, day=day, note="Delt etter folkeavstemning")
    return old, new, haram, office


def reads(client, unit, day):
    return client.get(f"/organisation/unit/{unit.pk}/", {"day": day}).content.decode()


def tree(client, day):
    return client.get("/organisation/", {"line": "municipal", "day": day}).content.decode()


def test_aalesund_reads_as_it_was_before_and_after_the_split(hr, as_role):
    old, new, haram, office = aalesund(hr, SPLIT)
    client = as_role("employee")
    before, after = tree(client, "2023-12-31"), tree(client, "2024-01-01")
    assert before.count("Ålesund kommune") == 2 and "Haram kommune" not in before
    assert f"/organisation/unit/{old.pk}/" in before and f"/organisation/unit/{new.pk}/" not in before
    assert "Haram kommune" in after and f"/organisation/unit/{old.pk}/" not in after
    assert f"/organisation/unit/{haram.pk}/?day=2023" not in reads(client, office, "2023-12-31")
    assert f"/organisation/unit/{old.pk}/?day=2023-12-31" in reads(client, office, "2023-12-31")
    for heir in (new, haram):
        assert f"/organisation/unit/{heir.pk}/?day=2024-01-01" in reads(client, office, "2024-01-01")
        assert "50" in reads(client, heir, "2024-06-01") and "1507" not in reads(client, heir, "2024-06-01")
    assert [(one.name, one.share) for one in portrait(old, SPLIT).became] == [
        ("Ålesund kommune", 50),
        ("Haram kommune", 50),
    ]
    assert "Delt etter folkeavstemning" in reads(client, old, "2023-06-01")


def test_a_split_written_on_the_wrong_day_is_put_right_and_says_so(hr, as_role):
    wrong = date(2023, 7, 1)
    old, new, haram, office = aalesund(hr, wrong)
    client = as_role("employee")
    assert "Haram kommune" in tree(client, "2023-09-01")
    correct_day(hr, Succession.objects.get(before=old, after=haram), day=SPLIT)

    assert "Haram kommune" not in tree(client, "2023-09-01")
    assert f"/organisation/unit/{old.pk}/?day=2023-09-01" in reads(client, office, "2023-09-01")
    assert "Haram kommune" in tree(client, "2024-01-01")
    assert {row.day for row in Succession.objects.all()} == {SPLIT}
    assert {row.corrected_on for row in Succession.objects.all()} == {DAY}
    periods = Unit.objects.filter(number__in=["1507", "1508", "1580"]).order_by("number")
    assert list(periods.values_list("valid_from", "valid_to")) == [
        (date(2020, 1, 1), SPLIT),
        (SPLIT, None),
        (SPLIT, None),
    ]
    for unit in (old, new, haram):
        assert "18. november" in reads(client, unit, "2024-02-01")  # the note that it was corrected, with its day


def test_a_correction_that_would_end_something_before_it_began_changes_nothing(hr):
    old, _new, haram, _office = aalesund(hr, SPLIT)
    row = Succession.objects.get(before=old, after=haram)
    with pytest.raises(ValidationError, match="Ålesund"):
        correct_day(hr, row, day=date(2019, 1, 1))
    row.refresh_from_db()
    old.refresh_from_db()
    assert row.day == SPLIT and row.corrected_on is None and old.valid_to == SPLIT


def test_a_merge_brings_people_roles_and_teams_along_and_keeps_the_past(hr, cast):
    day = date(2026, 6, 1)
    fjord, vik, team = cast.unit["fjord"], cast.unit["vik"], cast.unit["fjord_team"]
    restructure.pass_on(hr, fjord, after={vik.pk: Decimal(1)}, day=day, bring_along=True)

    fjord.refresh_from_db()
    assert fjord.valid_to == day
    work = Affiliation.objects.for_system("test").filter(person=cast.person["leader"]).order_by("valid_from")
    assert list(work.values_list("unit", "valid_from", "valid_to")) == [
        (fjord.pk, date(2024, 1, 1), day),
        (vik.pk, day, None),
    ]
    held = RoleHolding.objects.for_system("test").on(DAY).filter(person=cast.person["leader"])
    assert held.get().unit == vik
    assert {one.unit_id for one in portrait(team, day).above} == {vik.pk}
    assert {one.unit_id for one in portrait(team, date(2026, 5, 31)).above} == {fjord.pk}
    assert cast.viewer("leader").units("person.view", "municipal") >= {vik.pk, team.pk}


def test_a_merge_put_right_moves_the_people_who_went_along(hr, cast):
    fjord, vik = cast.unit["fjord"], cast.unit["vik"]
    restructure.pass_on(hr, fjord, after={vik.pk: Decimal(1)}, day=date(2026, 6, 1), bring_along=True)
    right = date(2026, 9, 1)
    correct_day(hr, Succession.objects.get(), day=right)
    work = Affiliation.objects.for_system("test").filter(person=cast.person["leader"]).order_by("valid_from")
    assert list(work.values_list("unit", "valid_to")) == [(fjord.pk, right), (vik.pk, None)]
    vik.refresh_from_db()
    assert vik.valid_from == date(2024, 1, 1)  # it was there before, and its own day is left alone


def test_a_move_to_another_area_leaves_last_year_as_it_was(hr, cast, as_role):
    inland = opened(hr, "9990", "Innlandsområdet", Kind.AREA, date(2024, 1, 1))
    restructure.place(hr, cast.unit["vik"], under=[inland], bond=Bond.AREA, from_day=date(2026, 3, 1))
    client = as_role("employee")
    assert "Kystområdet" in reads(client, cast.unit["vik"], "2025-11-18")
    now = reads(client, cast.unit["vik"], DAY.isoformat())
    assert "Innlandsområdet" in now and "Kystområdet" not in now
    assert Closure.objects.filter(ancestor=inland, descendant=cast.unit["vik"], bond=Bond.AREA).exists()


def test_a_name_decided_today_for_next_year_waits_for_its_day(hr, cast):
    vik = cast.unit["vik"]
    restructure.rename(hr, vik, name="Vik og Nes", from_day=date(2027, 1, 1))
    vik.refresh_from_db()
    assert vik.name == "Vik"
    assert portrait(vik, date(2026, 12, 31)).name == "Vik"
    assert portrait(vik, date(2027, 1, 1)).name == "Vik og Nes"
    with pytest.raises(ValidationError):
        restructure.rename(hr, vik, name="Noe annet", from_day=date(2026, 12, 1))


@pytest.mark.parametrize(
    "act",
    [
        lambda v, u: restructure.open_unit(v, number="x", name="x", kind=Kind.TEAM, first_day=DAY),
        lambda v, u: restructure.rename(v, u, name="x", from_day=DAY),
        lambda v, u: restructure.place(v, u, under=[], bond=Bond.AREA, from_day=DAY),
        lambda v, u: restructure.pass_on(v, u, after={1: Decimal(1)}, day=DAY),
        lambda v, u: restructure.close_unit(v, u, from_day=DAY),
        lambda v, u: correct_day(v, Succession(before=u, after=u, day=DAY), day=DAY),
    ],
)
def test_only_those_who_may_change_the_organisation_do(cast, act):
    before = Event.objects.for_system("test").count()
    for role in ("employee", "leader", "directorate_adviser", "union_rep", "outsider"):
        with pytest.raises(OutOfReach):
            act(cast.viewer(role), cast.unit["vik"])
    assert Event.objects.for_system("test").count() == before


def test_a_unit_with_people_in_it_does_not_close(hr, cast):
    with pytest.raises(ValidationError, match="Fjord"):
        restructure.close_unit(hr, cast.unit["fjord"], from_day=DAY)
    cast.unit["fjord"].refresh_from_db()
    assert cast.unit["fjord"].valid_to is None


def test_what_would_stand_above_itself_is_refused_by_name_also_in_the_future(hr, cast):
    with pytest.raises(ValidationError) as refused:
        restructure.place(hr, cast.unit["county"], under=[cast.unit["fjord_team"]], bond=Bond.STATE, from_day=DAY)
    told = refused.value.messages[0]
    assert "Fylkeskontoret" in told and "Fjord oppfølging" in told
    assert {one.name for one in portrait(cast.unit["county"], DAY).above} == {"Direktoratet"}
    later = date(2027, 1, 1)
    restructure.place(hr, cast.unit["vik"], under=[cast.unit["fjord"]], bond=Bond.STATE, from_day=later)
    with pytest.raises(ValidationError, match="Vik"):
        restructure.place(hr, cast.unit["fjord"], under=[cast.unit["vik"]], bond=Bond.STATE, from_day=DAY)


def test_an_office_under_two_municipalities_is_counted_once_and_says_so(hr, cast):
    both = [cast.unit["sund"], cast.unit["nes"]]
    restructure.place(hr, cast.unit["vik"], under=both, bond=Bond.MUNICIPAL, from_day=date(2025, 1, 1))
    roots = tree_on(DAY, Bond.MUNICIPAL)
    under = {root.name: [node.name for node in root.children] for root in roots}
    assert under == {"Nes kommune": ["Vik"], "Sund kommune": ["Fjord", "Vik"]}
    vik = next(node for root in roots for node in root.children if node.name == "Vik")
    assert set(vik.also_under) == {"Sund kommune", "Nes kommune"}
    assert dict(roots[1].sums) == {"office": 2, "team": 1}
