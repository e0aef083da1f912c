"""What is written is what is read; the template is empty and known; nothing uploaded makes the reader fall."""

import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.core.imports import identity_numbers
from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.sheets import csv_chunks, write_xlsx
from sloyfe.modules.people.formats.checks import checked
from sloyfe.modules.people.formats.neutral import (
    NOWHERE,
    AffiliationRow,
    Delivery,
    LeaderRow,
    Line,
    LineRow,
    PersonRow,
    RoleRow,
    SuccessionRow,
    UnitKind,
    UnitRow,
)
from sloyfe.modules.people.formats.own_columns import SHAPES
from sloyfe.modules.people.formats.own_files import sheets_of, template
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.formats.tests.files import VISMA_CHART, delivered, visma_people, visma_person, visma_position

LETTERS = "abåčŋЖن<>'\"=+-@;,\t{}%"
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.text("0123456789AK+-", min_size=1, max_size=9)
DAYS = st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1))
LINES = st.none() | st.sampled_from(list(Line))
FORMS = st.sampled_from(["", "nb", "nn", "se"])
SHARES = st.decimals(0, 100, places=2)


@st.composite
def periods(draw):
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end <= start:
        end = start + timedelta(days=draw(st.integers(1, 4000)))
    return start, end


def with_period(made, /, **fields):
    dated = st.builds(lambda period: {"valid_from": period[0], "valid_to": period[1]}, periods())
    return st.builds(lambda dates, more: made(**dates, **more), dated, st.fixed_dictionaries(fields))


UNITS = with_period(
    UnitRow,
    number=NUMBERS,
    name=WORDS,
    kind=st.none() | st.sampled_from(list(UnitKind)),
    parent_number=st.just(""),
    line=LINES,
    employer=WORDS,
    language=FORMS,
    area=st.just("") | NUMBERS,
)
DELIVERIES = st.builds(
    Delivery,
    units=st.lists(UNITS, max_size=4, unique_by=lambda unit: unit.number).map(tuple),
    lines=st.lists(
        with_period(LineRow, unit_number=NUMBERS, parent_number=NUMBERS, line=st.sampled_from(list(Line))), max_size=3
    ).map(tuple),
    successions=st.lists(
        st.builds(
            SuccessionRow,
            before=NUMBERS,
            after=st.just("") | NUMBERS.map("x".__add__),
            day=st.dates(date(1950, 1, 1), date(2100, 1, 1)),
            weight=st.decimals(0, 1, places=4),
        ),
        max_size=3,
        unique_by=lambda row: row.before,
    ).map(tuple),
    people=st.lists(
        st.builds(
            PersonRow,
            employer=WORDS,
            employee_number=NUMBERS,
            name=WORDS,
            language=FORMS,
            email=st.sampled_from(["", "kari@nav.example"]),
            phone=st.sampled_from(["", "+47 00 00 12 34"]),
        ),
        max_size=4,
        unique_by=lambda row: row.employee_number,
    ).map(tuple),
    affiliations=st.lists(
        with_period(
            AffiliationRow,
            employer=WORDS,
            employee_number=NUMBERS,
            unit_number=NUMBERS,
            position=WORDS | st.just(""),
            percentage=st.none() | SHARES,
        ),
        max_size=4,
    ).map(tuple),
    leaders=st.lists(
        with_period(LeaderRow, employer=WORDS, employee_number=NUMBERS, unit_number=NUMBERS, line=LINES), max_size=3
    ).map(tuple),
    roles=st.lists(
        with_period(
            RoleRow,
            role=NUMBERS,
            employer=WORDS,
            employee_number=NUMBERS,
            unit_number=NUMBERS,
            tasks=st.just("") | st.lists(WORDS, min_size=1, max_size=3).map("\n".join),
            hours_week=st.none() | st.decimals(0, 60, places=1),
            deputy_employee_number=st.just("") | NUMBERS,
            anchored_by=st.just("") | WORDS,
        ),
        max_size=3,
    ).map(tuple),
)


def as_workbook(delivery, language="nb"):
    out = io.BytesIO()
    write_xlsx(sheets_of(delivery, language), out)
    return out.getvalue()


def as_files(delivery, language="nb"):
    return [(f"{sheet.name}.csv", b"".join(csv_chunks(sheet))) for sheet in sheets_of(delivery, language)]


def rows(delivery):
    """Everything but where it stood."""
    return {kind.value: [replace(row, place=NOWHERE) for row in getattr(delivery, kind.value)] for kind in SHAPES}


@given(DELIVERIES.filter(lambda delivery: any(rows(delivery).values())), st.sampled_from(["nb", "nn", "en"]))
@settings(max_examples=60, deadline=None)
def test_a_delivery_comes_back_through_csv(delivery, language):
    if identity_numbers.holds_one(repr(delivery)):
        return
    assert rows(delivered(*as_files(delivery, language), employer="")) == rows(checked(delivery))


@given(DELIVERIES.filter(lambda delivery: any(rows(delivery).values())))
@settings(max_examples=25, deadline=None)
def test_a_delivery_comes_back_through_a_workbook(delivery):
    if identity_numbers.holds_one(repr(delivery)):
        return
    assert rows(delivered(as_workbook(delivery), employer="")) == rows(checked(delivery))


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_template_is_known_and_empty(language):
    out = io.BytesIO()
    write_xlsx(template(language, lambda text: f"~{text}"), out)
    found = delivered(out.getvalue())
    assert found.problems == ()
    assert not any(rows(found).values())
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert len(book.sheetnames) == 1 + len(SHAPES)
    guide = [[cell.value for cell in row] for row in book.worksheets[0]]
    assert guide[0][0] == "~Sheet"
    assert all(line[3].startswith("~") for line in guide[1:])


def test_a_filled_template_is_read():
    out = io.BytesIO()
    write_xlsx(template("nb", str), out)
    book = openpyxl.load_workbook(out)
    book["Enheter"].append(["9001", "Fjordvik", "lokalkontor"])
    book["Personer"].append(["Staten", 1001, "Kari Eksempel"])
    filled = io.BytesIO()
    book.save(filled)
    found = delivered(filled.getvalue())
    assert [unit.name for unit in found.units] == ["Fjordvik"]
    assert [(person.employer, person.employee_number) for person in found.people] == [("Staten", "1001")]


def test_a_sheet_nobody_knows_is_noted():
    book = openpyxl.Workbook()
    book.active.title = "Enheter"
    book.active.append(["Enhetsnummer", "Navn"])
    book.active.append(["1", "A"])
    book.create_sheet("Notater").append(["a", "b"])
    book["Notater"].append(["c", "d"])
    out = io.BytesIO()
    book.save(out)
    found = delivered(out.getvalue())
    assert [(problem.place.sheet, str(problem.weight)) for problem in found.problems] == [("Notater", "note")]


SMALL = [
    b"Enhetsnummer;Navn\n1;A\n",
    b"Ansattnummer;Navn;Enhet\n1;A;2\n",
    VISMA_CHART.encode(),
    visma_people(visma_person(visma_position())).encode(),
    b'{"organisasjonselement": [{"id": "a", "navn": "b", "overordnet": "a"}]}',
    b"arbeidsforhold:\n - id: a\n   ansatt: b\n",
    b"enhetsnummer,navn\n1,Nav A\n2,Avviklet - NAV B\n",
    b"kommunenavn;kommunenummer;fylke\nA, B;1101, 1102;C\n",
]


@given(st.sampled_from(SMALL), st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_files_are_problems_and_nothing_else(small, data):
    damaged = bytearray(small)
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(damaged)))
        damaged[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    for problem in read([Upload("x", bytes(damaged))], employer="E").problems:
        problem.message.format(**problem.params)
        problem.remedy.format(**problem.params)


def test_shares_below_one_per_cent_come_back():
    row = AffiliationRow("E", "1", "2", percentage=Decimal("0.5"))
    assert rows(delivered(*as_files(Delivery(affiliations=(row,)))))["affiliations"] == [row]
