"""What a file says comes in: created, changed and ended, with history kept, and twice is once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Event
from sloyfe.core.imports.log import Kind
from sloyfe.modules.people.export import people_of, units_as_of
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.imports import kept
from sloyfe.modules.people.imports.apply import bring_in
from sloyfe.modules.people.imports.tests.bringing import (
    CHANGES,
    LEADERS,
    LINES,
    PEOPLE,
    ROLES,
    UNITS,
    WORK,
    bring,
    bring_delivery,
    said,
    table,
    told,
)
from sloyfe.modules.people.models import (
    Affiliation,
    Bond,
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


def test_the_same_upload_twice_changes_nothing(cast):
    first = bring(cast, *WHOLE_BODY)
    assert first.applied and not said(first)
    before = everything()
    again = bring(cast, *WHOLE_BODY)
    assert again.applied
    assert {kind for kind, count in again.counts().items() if count} == {Kind.UNCHANGED}
    after = everything()
    assert before.pop("Event") != after.pop("Event")  # that it was carried out again is told
    assert before == after


def test_a_rehearsal_leaves_nothing(cast):
    before = everything()
    log = bring(cast, *WHOLE_BODY, rehearsal=True)
    assert log.counts()[Kind.CREATE] > 8 and not log.applied
    assert everything() == before


def test_one_problem_that_stops_keeps_everything_out(cast):
    before = everything()
    log = bring(cast, *WHOLE_BODY, table(WORK, "Ukjent|1|X1"))
    assert log.stopped and not log.applied
    assert said(log) == ["stops: No employer is called this. Rows with it: 1."]
    assert everything() == before


def test_what_went_out_comes_in_as_it_was(cast):
    organisation, people = units_as_of(DAY), people_of(cast.viewer("hr_admin"))
    people = replace(people, people=tuple(row for row in people.people if row.employee_number))
    whole = organisation.joined(people)
    log = bring_delivery(cast, whole)
    assert told(log) == []
    assert log.counts()[Kind.UNCHANGED] > 40


def test_a_kept_delivery_is_the_delivery(cast):
    whole = units_as_of(DAY).joined(people_of(cast.viewer("hr_admin")))
    assert kept.from_json(kept.to_json(whole)) == whole


@pytest.mark.parametrize("role", ["employee", "leader", "county_adviser", "union_rep"])
def test_only_those_who_may(cast, role):
    with pytest.raises(OutOfReach):
        bring_in(cast.viewer(role), Delivery(), rehearsal=True)


def test_each_person_can_read_that_something_about_her_was_changed(cast):
    bring(cast, table(WORK, "Sund kommune|n-employee|u-fjord_team|veileder|60"), table(PEOPLE, NEW))
    events = rows(Event)
    assert [event.verb for event in events] == ["import.applied", "person.imported"]
    assert events[1].subject_id == cast.person["employee"].pk
    assert "Åse" not in str([event.details for event in events])


# --- units


def test_a_new_name_keeps_the_old_one(cast):
    bring(cast, table(UNITS, "u-fjord|Fjord og fjell||u-county|statlig|01.01.2024"))
    fjord = Unit.objects.get(number="u-fjord")
    names = [(each.name, each.valid_from, each.valid_to) for each in fjord.names.all()]
    assert names == [("Fjord", START, DAY), ("Fjord og fjell", DAY, None)]
    assert fjord.name == "Fjord og fjell"
    assert {edge.bond for edge in rows(Edge, child=fjord, valid_to=None)} == {"state", "municipal", "area"}


def test_a_name_from_a_day_to_come_is_not_todays(cast):
    bring(cast, table(UNITS, "u-fjord|Fjordvik||||01.01.2027"))
    fjord = Unit.objects.get(number="u-fjord")
    assert fjord.name == "Fjord"
    assert [each.valid_from for each in fjord.names.all()] == [START, date(2027, 1, 1)]


def test_another_parent_ends_the_old_place_and_keeps_the_other_line(cast):
    Unit.objects.create(number="u-county2", kind="county", name="Fylke to", valid_from=START)
    bring(cast, table(UNITS, "u-fjord|Fjord||u-county2|statlig|01.06.2026"))
    fjord = cast.unit["fjord"]
    state = [(e.parent.number, e.valid_from, e.valid_to) for e in rows(Edge, child=fjord, bond=Bond.STATE)]
    assert state == [("u-county", START, date(2026, 6, 1)), ("u-county2", date(2026, 6, 1), None)]
    assert [e.parent.number for e in rows(Edge, child=fjord, bond=Bond.MUNICIPAL)] == ["u-sund"]
    up = Closure.objects.filter(descendant=fjord, bond=Bond.STATE, depth=1)
    assert [row.ancestor.number for row in up] == ["u-county2"]


def test_a_team_without_a_told_line_stands_in_those_of_its_office(cast):
    bring(cast, table(UNITS, "T9|Fjord nytt|team|u-fjord"))
    team = Unit.objects.get(number="T9")
    assert {edge.bond for edge in rows(Edge, child=team)} == {"state", "municipal"}


def test_several_municipalities_and_another_named_is_asked(cast):
    bring(cast, table(LINES, "u-fjord|u-nes|kommunal|01.01.2026"))
    assert len(rows(Edge, child=cast.unit["fjord"], bond=Bond.MUNICIPAL)) == 2
    log = bring(cast, table(UNITS, "X9|Tredje|kommune", "u-fjord|Fjord||X9|kommunal"))
    assert said(log) == [
        "skips: The unit stands under 2 units in this line. The file names another: which one does it leave?"
    ]
    assert log.problems[0].place.column == "Overordnet enhet" and log.problems[0].value == "X9"
    assert len(rows(Edge, child=cast.unit["fjord"], bond=Bond.MUNICIPAL)) == 2


def test_a_merger_closes_the_old_and_remembers(cast):
    log = bring(
        cast,
        table(UNITS, "X1|Fjord og Vik|lokalkontor|u-county|statlig|01.01.2027"),
        table(CHANGES, "u-nes|u-sund|01.01.2027|"),
    )
    assert log.applied, said(log)
    nes = Unit.objects.get(number="u-nes")
    assert nes.valid_to == date(2027, 1, 1)
    assert {edge.valid_to for edge in rows(Edge, parent=nes)} == {date(2027, 1, 1)}
    [row] = rows(Succession)
    assert (row.before.number, row.after.number, row.day, row.share) == (
        "u-nes",
        "u-sund",
        date(2027, 1, 1),
        Decimal(1),
    )


def test_a_unit_does_not_close_on_people(cast):
    log = bring(cast, table(UNITS, "u-vik|Vik||u-county|statlig||31.12.2026"))
    assert log.stopped
    assert "closes, its last day is 2026-12-31, but" in said(log)[0]
    assert Unit.objects.get(number="u-vik").valid_to is None


def test_a_closed_unit_is_not_opened_by_a_list(cast):
    Unit.objects.create(number="old", kind="office", name="Gammel", valid_from=START, valid_to=date(2025, 1, 1))
    log = bring(cast, table(UNITS, "old|Gammel|lokalkontor"), table(WORK, "Staten|n-state_employee|old"))
    assert said(log) == [
        "skips: The unit was closed, its last day was 2024-12-31. The file says it is open.",
        "skips: Gammel was closed, its last day was 2024-12-31.",
    ]


def test_two_periods_of_one_unit_are_its_history(cast):
    bring(
        cast,
        table(
            UNITS,
            "H1|Gamlevik|kommune|||01.01.1990|31.12.2019",
            "H1|Nyvik|kommune|||01.01.2020|",
        ),
    )
    unit = Unit.objects.get(number="H1")
    assert (unit.valid_from, unit.valid_to, unit.name) == (date(1990, 1, 1), None, "Nyvik")
    names = [(each.name, each.valid_from, each.valid_to) for each in unit.names.all()]
    assert names == [("Gamlevik", date(1990, 1, 1), date(2020, 1, 1)), ("Nyvik", date(2020, 1, 1), None)]


def test_a_ring_through_what_is_here_names_the_units_around_it(cast):
    before = everything()
    log = bring(cast, table(UNITS, "u-directorate|Direktoratet||u-fjord_team|statlig"))
    assert log.stopped and everything() == before
    [problem] = log.problems
    around = problem.params["units"]
    assert all(name in around for name in ("Direktoratet", "Fylkeskontoret", "Fjord (", "Fjord oppfølging"))
    assert problem.place.row == 2


def test_a_unit_under_nobody_knows_what_is_left_out_with_what_is_under_it(cast):
    log = bring(cast, table(UNITS, "A1|A|team|borte", "A2|B|team|A1", "A3|C|team|u-fjord"))
    assert [(p.place.row, p.place.column, p.value) for p in log.problems] == [
        (2, "Overordnet enhet", "borte"),
        (3, "Overordnet enhet", "A1"),
    ]
    assert set(Unit.objects.filter(number__startswith="A").values_list("number", flat=True)) == {"A3"}


def test_an_employer_is_made_of_the_top_unit_that_carries_its_name(cast):
    units = "Enheter: Enhetsnummer Navn Type Arbeidsgiver Overordnet_enhet"
    log = bring(
        cast,
        table(units, "K9|Øygard kommune|kommune|Øygard kommune", "K91|Omsorg|avdeling|Øygard kommune|K9"),
        table(PEOPLE, "Øygard kommune|1|Ida Ask|K91|veileder|100"),
    )
    assert log.applied, said(log)
    employer = Employer.objects.get(name="Øygard kommune")
    assert (employer.line, employer.unit.number) == ("municipal", "K9")
    assert rows(Affiliation, employer=employer)[0].line == "municipal"


# --- people and work


def test_a_new_name_is_a_change_and_the_same_name_is_not_the_same_person(cast):
    bring(
        cast,
        table(
            PEOPLE,
            "Sund kommune|n-employee|Eli Moe|u-fjord_team|veileder|100|01.01.2024",
            "Staten|n-employee|Eli Moe|u-fjord_team|veileder|50|01.01.2026",
        ),
    )
    found = rows(Person, name="Eli Moe")
    assert len(found) == 2 and found[0].pk == cast.person["employee"].pk
    assert found[0].sort_key == "moe eli"


def test_two_known_people_are_never_made_one(cast):
    found = Delivery(
        people=tuple(
            replace(row, other_numbers=("n-leader",))
            for row in people_of(cast.viewer("hr_admin")).people
            if row.employee_number == "n-employee"
        )
    )
    log = bring_delivery(cast, found)
    assert said(log) == [
        "skips: The file says these numbers are one person. Here they are two people: n-employee, n-leader."
    ]


def test_contact_at_work_is_filled_kept_where_it_is_not_told_and_emptied(cast):
    columns = "Personer: Arbeidsgiver Ansattnummer Navn"
    reached = f"{columns} E-post Telefon"
    told = lambda: Person.objects.for_system("test").values_list("email", "phone").get(name="Per Ny")  # noqa: E731
    bring(cast, table(reached, "Sund kommune|991|Per Ny|per@nav.example|+47 00 00 00 07"))
    assert told() == ("per@nav.example", "+47 00 00 00 07")
    bring(cast, table(columns, "Sund kommune|991|Per Ny"))
    assert told() == ("per@nav.example", "+47 00 00 00 07")
    bring(cast, table(reached, "Sund kommune|991|Per Ny|ikke en adresse|"))
    assert told() == ("per@nav.example", "+47 00 00 00 07")
    bring(cast, table(reached, "Sund kommune|991|Per Ny||"))
    assert told() == ("", "")
