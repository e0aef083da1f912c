"""The lists of offices, municipalities and co-operations: what they tell is read, what they do not is asked."""

from datetime import date
from decimal import Decimal

import pytest

from sloyfe.core.imports.places import Weight
from sloyfe.core.imports.sheets import csv_chunks
from sloyfe.modules.people.formats.neutral import Line, UnitKind
from sloyfe.modules.people.formats.own_files import question_sheet
from sloyfe.modules.people.formats.tests.files import delivered, said

OFFICES = (
    "enhetsnummer,navn\n0101,Nav Fjordvik\n0118,NAV Gamleby\n0706,Avviklet - NAV Sundet\n0104,Nav Bø\n"
    '1640,"Nav Ås, Os og Vik"\n7773,Testenhet\n7777,TEST-ENHET-4\n4154,Nasjonal oppfølgingsenhet\n9999,Noe annet\n'
)


def test_open_offices_are_read_and_the_rest_is_asked():
    found = delivered(OFFICES)
    assert [(unit.number, unit.name, unit.kind) for unit in found.units] == [
        ("0101", "Nav Fjordvik", UnitKind.OFFICE),
        ("0104", "Nav Bø", UnitKind.OFFICE),
        ("1640", "Nav Ås, Os og Vik", UnitKind.OFFICE),
        ("4154", "Nasjonal oppfølgingsenhet", None),
    ]
    assert [(question.unit_number, question.name, question.place.row) for question in found.questions] == [
        ("0118", "NAV Gamleby", 3),
        ("0706", "NAV Sundet", 4),
    ]
    assert [(problem.place.row, problem.weight) for problem in found.problems] == [
        (row, Weight.SKIPS) for row in (3, 4, 7, 8, 10)
    ]
    assert found.counts == {
        "offices listed": 9,
        "open": 3,
        "old name": 1,
        "closed": 1,
        "test unit": 2,
        "national unit": 1,
        "other": 1,
    }


def test_answers_in_the_same_upload_close_the_office_on_the_day():
    answers = "Før;Etter;Dato\n0706;0104;01.01.2017\n0118;;01.06.2020\n"
    for files in ((OFFICES, answers), (answers, OFFICES)):
        found = delivered(*files)
        closed = {unit.number: (unit.name, unit.valid_to) for unit in found.units if unit.valid_to}
        assert closed == {"0706": ("NAV Sundet", date(2017, 1, 1)), "0118": ("NAV Gamleby", date(2020, 6, 1))}
        assert found.questions == ()
        assert [(row.before, row.after) for row in found.successions] == [("0706", "0104"), ("0118", "")]


def test_a_unit_of_our_own_file_stands_above_the_list():
    found = delivered(OFFICES, "Enhetsnummer;Navn;Type\n0118;Nav Gamleby;lokalkontor\n")
    assert [unit.name for unit in found.units if unit.number == "0118"] == ["Nav Gamleby"]
    assert [question.unit_number for question in found.questions] == ["0706"]
    assert not found.refused


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_questions_can_be_downloaded_filled_in_and_uploaded(language):
    asked = delivered(OFFICES).questions
    blank = b"".join(csv_chunks(question_sheet(asked, language)))
    again = delivered(OFFICES, blank)
    assert again.questions == asked
    filled = blank.replace(b"NAV Sundet;;;", b"NAV Sundet;0104;01.01.2017;")
    assert [question.unit_number for question in delivered(OFFICES, filled).questions] == ["0118"]


def test_the_unit_above_is_read_where_the_list_has_it():
    found = delivered("navn,enhetsnummer,overordnetEnhet\nNav Solvik,0425,0400\nNav Innlandet,0400,\n")
    assert [(unit.number, unit.kind, unit.parent_number) for unit in found.units] == [
        ("0425", UnitKind.OFFICE, "0400"),
        ("0400", UnitKind.COUNTY, ""),
    ]


def test_units_with_dates_are_a_file_of_our_own():
    found = delivered("Enhetsnummer;Navn;Gyldig til\n0706;Avviklet - NAV Sundet;31.12.2016\n")
    assert (found.formats, found.questions) == (("own",), ())


NAMES = (
    '"location_code","location_name","location_name_short","granularity_geo"\n'
    '"nation_nor","Norge","L","nation"\n"county_nor15","Fylket","F","county"\n'
    '"municip_nor1508","Ålevik",NA,"municip"\n"municip_nor1580","Haramsvik",NA,"municip"\n'
    '"municip_nor1506","Moldevik",NA,"municip"\n'
)
OLD_NAMES = '"location_code","location_name","granularity_geo"\n"municip_nor1507","Store Ålevik","municip"\n'


def changes(*rows):
    head = '"location_code_current","location_code_original","calyear","weighting","granularity_geo"\n'
    return head + "".join(f'"{now}","{then}",{year},{weight},"municip"\n' for now, then, year, weight in rows)


def nor(number):
    return f"municip_nor{number}"


SPLIT = [
    *((nor(1506), nor(1506), year, 1) for year in range(2018, 2027)),
    *((nor(now), nor(1504), year, 0.5) for year in (2018, 2019) for now in (1508, 1580)),
    *((nor(now), nor(1507), year, 0.5) for year in range(2020, 2024) for now in (1508, 1580)),
    *((nor(now), nor(now), year, 1) for year in range(2023, 2027) for now in (1508, 1580)),
]


def test_municipalities_have_their_periods_and_a_split_is_followed():
    found = delivered(NAMES, changes(*SPLIT), OLD_NAMES)
    assert {unit.number: (unit.name, unit.valid_from, unit.valid_to) for unit in found.units} == {
        "K1508": ("Ålevik", date(2024, 1, 1), None),
        "K1580": ("Haramsvik", date(2024, 1, 1), None),
        "K1506": ("Moldevik", None, None),
        "K1507": ("Store Ålevik", date(2020, 1, 1), date(2024, 1, 1)),
    }
    assert {unit.kind for unit in found.units} == {UnitKind.MUNICIPALITY}
    assert [(row.before, row.after, row.day, row.weight) for row in found.successions] == [
        ("K1507", "K1508", date(2024, 1, 1), Decimal("0.5")),
        ("K1507", "K1580", date(2024, 1, 1), Decimal("0.5")),
    ]


def test_a_step_the_file_does_not_show_is_not_guessed():
    found = delivered(changes(*SPLIT))
    assert "K1504" not in {row.before for row in found.successions}
    assert said(found) == [
        (
            "note",
            1,
            "Older changes left out: 2. The file says where they ended up, not the steps between.",
        )
    ]


def test_a_merger_into_one_that_stays_is_followed():
    merged = [(nor(1506), nor(1543), year, 1) for year in (2018, 2019)]
    found = delivered(changes(*SPLIT, *merged))
    assert ("K1543", "K1506", date(2020, 1, 1)) in {(row.before, row.after, row.day) for row in found.successions}


def test_names_alone_have_no_periods():
    found = delivered(NAMES)
    assert {(unit.valid_from, unit.valid_to) for unit in found.units} == {(None, None)}
    assert found.counts == {"municipalities": 3, "counties": 1}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((nor(1508), "1508", 2020, 1), "location_code_original"),
        ((nor(1508), nor("15a8"), 2020, 1), "location_code_original"),
        ((nor(1508), nor(1507), "i fjor", 1), "calyear"),
        ((nor(1508), nor(1507), 2020, 1.5), "weighting"),
    ],
)
def test_odd_rows_are_said(row, column):
    found = delivered(changes(row, *SPLIT))
    assert (2, column) in [(problem.place.row, problem.place.column) for problem in found.problems]


COOPERATIONS = (
    "\ufeffkommunenavn;kommunenummer;fylke\nBOKNA, KARMVIK;1145, 1149;Rogaland\n"
    "HERVIK (NORDLAND), ALSTAD;1818,1820;Nordland\nEN, TO;1101;X\nTRE;11a1;X\nFIRE;;X\n"
    + f"MANGE;{', '.join(str(1000 + n) for n in range(9))};X\n"
)


def test_co_operations_answer_to_every_municipality():
    found = delivered(COOPERATIONS)
    assert [(unit.number, unit.name, unit.kind, unit.line) for unit in found.units] == [
        ("1145+1149", "BOKNA, KARMVIK", UnitKind.OFFICE, Line.MUNICIPAL),
        ("1818+1820", "HERVIK (NORDLAND), ALSTAD", UnitKind.OFFICE, Line.MUNICIPAL),
        ("1101", "EN, TO", UnitKind.OFFICE, Line.MUNICIPAL),
    ]
    assert [(line.unit_number, line.parent_number) for line in found.lines][:3] == [
        ("1145+1149", "K1145"),
        ("1145+1149", "K1149"),
        ("1818+1820", "K1818"),
    ]
    assert sorted((row, weight) for weight, row, _ in said(found)) == [
        (4, "note"),
        (5, "skips"),
        (6, "skips"),
        (7, "note"),
        (7, "skips"),
    ]
