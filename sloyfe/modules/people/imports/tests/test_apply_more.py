"""More of bringing HR files in: the same questions, asked of the rarer rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sloyfe.core.audit.models import Event
from sloyfe.modules.people.imports.tests.bringing import (
    LEADERS,
    LINES,
    PEOPLE,
    ROLES,
    UNITS,
    WORK,
    bring,
    said,
    table,
    told,
)
from sloyfe.modules.people.models import (
    Affiliation,
    Closure,
    Edge,
    Employer,
    Handover,
    Person,
    PersonNumber,
    RoleHolding,
    Succession,
    Unit,
    UnitName,
)
from tests.cast import DAY, START

pytestmark = pytest.mark.django_db

NEW = "Sund kommune|9001|Åse Kvittingen|u-fjord|veileder|80|01.03.2026"


def rows(model, **wanted):
    return list(model.objects.for_system("the test reads").filter(**wanted).order_by("pk"))


def work_of(name):
    return [
        (each.unit.number, each.position, each.percentage, each.valid_from, each.valid_to)
        for each in rows(Affiliation, person__name=name)
    ]


def everything():
    """All rows an import could touch."""
    models = (Unit, UnitName, Edge, Closure, Succession, Employer, Person, PersonNumber, Affiliation, RoleHolding)
    return {
        model.__name__: sorted(
            tuple(value for name, value in row.items() if model is not Closure or name != "id")
            for row in model.objects.for_system("the test reads").values()
        )
        for model in (*models, Handover, Event)
    }


# --- as a whole


WHOLE_BODY = (
    table(UNITS, "X1|Nordvika|lokalkontor|u-county|statlig|01.01.2025||u-kyst", "X2|Nordvika team|team|X1"),
    table(LINES, "X1|u-sund|kommunal|01.01.2025"),
    table(PEOPLE, NEW, "Staten|9002|Per Å. Sønn|X2|veileder|50", "Sund kommune|9003|Siri Moe|X1|leder|100|01.02.2026"),
    table(LEADERS, "Sund kommune|9003|X1|kommunal|01.02.2026"),
    table(ROLES, "ressursperson|Sund kommune|9001|u-fjord|Svarer på spørsmål|2,5|9003|Leder"),
)


def test_another_percentage_ends_the_old_and_begins_the_new(cast):
    bring(cast, table(WORK, "Sund kommune|n-employee|u-fjord_team|veileder|62,5|01.02.2026"))
    assert work_of("Eli Elvestad") == [
        ("u-fjord_team", "veileder", Decimal(100), START, date(2026, 2, 1)),
        ("u-fjord_team", "veileder", Decimal("62.5"), date(2026, 2, 1), None),
    ]


def test_another_percentage_without_a_new_first_day_begins_today(cast):
    """HR systems keep the first day of the employment when the percentage changes."""
    file = table(WORK, "Sund kommune|n-employee|u-fjord_team|veileder|80|01.01.2024")
    bring(cast, file)
    assert [each[2:] for each in work_of("Eli Elvestad")] == [(100, START, DAY), (80, DAY, None)]
    assert told(bring(cast, file)) == []


def test_another_title_for_the_only_position_carries_it_on(cast):
    bring(cast, table(WORK, "Sund kommune|n-employee|u-fjord_team|seniorveileder|100|01.01.2024"))
    assert [(each[1], each[4]) for each in work_of("Eli Elvestad")] == [("veileder", DAY), ("seniorveileder", None)]


def test_a_second_position_stands_beside_the_first_and_too_much_is_said(cast):
    log = bring(
        cast,
        table(
            WORK,
            "Sund kommune|n-employee|u-fjord_team|veileder|100|01.01.2024",
            "Sund kommune|n-employee|u-fjord|koordinator|60|01.01.2026",
        ),
    )
    assert len(work_of("Eli Elvestad")) == 2
    assert said(log) == ["note: With this, the positions add up to 160 per cent."]


def test_who_is_not_named_has_not_left(cast):
    before = len(rows(Affiliation, valid_to=None))
    bring(cast, table(WORK, "Sund kommune|n-employee|u-fjord_team|veileder|100|01.01.2024"))
    assert len(rows(Affiliation, valid_to=None)) == before


def test_a_last_day_ends_it_and_what_she_held_is_listed(cast):
    log = bring(cast, table(WORK, "Sund kommune|n-leader|u-fjord|veileder|100|01.01.2024|15.11.2026"))
    assert work_of("Mona Myhre")[0][4] == date(2026, 11, 16)
    assert [line.split(":")[0] for line in told(log)] == ["Affiliations end Mona Myhre", "Handovers create Mona Myhre"]
    [handover] = rows(Handover)
    assert handover.person_id == cast.person["leader"].pk


STAY = ("employee|u-fjord_team", "leader|u-fjord", "deputy|u-fjord")


def test_a_full_list_ends_the_others_of_its_employer_only(cast):
    last = date(2026, 11, 30)
    before = everything()
    too_few = bring(cast, table(WORK, "Sund kommune|n-employee|u-fjord_team|veileder|100|01.01.2024"), last_day=last)
    assert too_few.stopped and everything() == before
    assert "stops: The full list would end 3 of 4 affiliations at Sund kommune." in " ".join(said(too_few))
    everybody_but_one = table(WORK, *(f"Sund kommune|n-{each}" for each in STAY))
    log = bring(cast, everybody_but_one, last_day=last)
    ended = {each.person_id for each in rows(Affiliation, valid_to=date(2026, 12, 1))}
    assert ended == {cast.person["union_rep"].pk}
    assert "note: The full list ends 1 of 4 affiliations at Sund kommune." in said(log)
    assert told(bring(cast, everybody_but_one, last_day=last)) == []


def test_a_full_list_with_something_left_out_ends_nobody(cast):
    before = everything()
    log = bring(
        cast,
        table(WORK, "Sund kommune|n-employee|u-fjord_team|veileder|100", "Sund kommune|n-leader|feil"),
        last_day=DAY,
    )
    assert log.stopped and everything() == before
    assert [(p.weight.value, p.place.column, p.value) for p in log.problems[:1]] == [("skips", "Enhetsnummer", "feil")]


def test_unknown_people_and_roles_are_said_at_their_cells(cast):
    log = bring(
        cast,
        table(WORK, "Sund kommune|ukjent|u-fjord|veileder|50"),
        table(ROLES, "ukjentrolle|Sund kommune|n-leader|u-fjord", "ressursperson|Staten|n-leader|u-fjord"),
    )
    assert [(p.place.file, p.place.row, p.place.column, p.value) for p in log.problems] == [
        ("Tilknytninger.csv", 2, "Ansattnummer", "ukjent"),
        ("Roller.csv", 2, "Rolle", "ukjentrolle"),
        ("Roller.csv", 3, "Ansattnummer", "n-leader"),
    ]


# --- leaders and roles


def test_a_new_leader_takes_over_on_her_line(cast):
    bring(cast, table(LEADERS, "Sund kommune|n-deputy|u-fjord|kommunal|01.12.2026"))
    leads = [
        (each.person.name, each.line, each.valid_from, each.valid_to)
        for each in rows(RoleHolding, unit=cast.unit["fjord"], kind__code="leader")
    ]
    assert leads == [
        ("Mona Myhre", "municipal", START, date(2026, 12, 1)),
        ("Tor Tangen", "state", START, None),
        ("Dina Dale", "municipal", date(2026, 12, 1), None),
    ]


def test_a_leader_without_a_told_line_leads_on_her_employers(cast):
    bring(cast, table(LEADERS, "Staten|n-state_employee|u-fjord_team"))
    [holding] = rows(RoleHolding, person=cast.person["state_employee"])
    assert holding.line == "state"


def test_a_mandate_is_filled_in_and_not_emptied(cast):
    row = "Staten|n-resource_person|u-vik"
    bring(cast, table(ROLES, f"ressursperson|{row}|Svarer|2,5"))
    bring(cast, table(ROLES, f"ressursperson|{row}||3"))
    [holding] = rows(RoleHolding, person=cast.person["resource_person"])
    assert (holding.tasks, holding.hours_week) == ("Svarer", Decimal(3))


def test_nobody_gives_more_than_she_has_by_a_file(cast):
    cast.kind["system_admin"] = type(cast.kind["leader"]).objects.create(
        code="system_admin", name_nb="drift", name_nn="drift", name_en="operations"
    )
    RoleHolding.objects.create(
        person=cast.person["state_employee"],
        kind=cast.kind["system_admin"],
        unit=cast.unit["directorate"],
        valid_from=START,
    )
    log = bring(
        cast,
        table(ROLES, "hr_admin|Staten|n-safety_rep|u-directorate"),
        table(LEADERS, "Staten|n-state_employee|u-vik"),
        by="state_employee",
    )
    assert [problem.weight.value for problem in log.problems] == ["skips", "skips"]
    assert not rows(RoleHolding, person=cast.person["state_employee"], kind__code="leader")
    assert not rows(RoleHolding, person=cast.person["safety_rep"], kind__code="hr_admin")
