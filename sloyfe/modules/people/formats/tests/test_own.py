"""Our own files: each kind of table, known by name or columns, in three languages, with every problem said."""

from datetime import date
from decimal import Decimal

import pytest

from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.imports.tests.made_up import number
from sloyfe.modules.people.formats.neutral import (
    AffiliationRow,
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
from sloyfe.modules.people.formats.tests.files import delivered, said

EMPLOYER = "Fjordvik kommune"


def test_units():
    found = delivered(
        "Enhetsnummer;Navn;Type;Overordnet enhet;Styringslinje;Arbeidsgiver;Målform;Gyldig fra;Gyldig til;Område\n"
        "9001;Fjordvik;lokalkontor;9000;statlig;Staten;Nynorsk;01.01.2020;31.12.2025;9090\n"
        "9002;Øyane;;;;;;;;\n"
    )
    kind, place = UnitKind.OFFICE, Place("opplastet", "", 2)
    assert found.units == (
        UnitRow(
            "9001",
            "Fjordvik",
            kind,
            "9000",
            Line.STATE,
            "Staten",
            "nn",
            date(2020, 1, 1),
            date(2026, 1, 1),
            "9090",
            place,
        ),
        UnitRow("9002", "Øyane", employer=EMPLOYER, place=Place("opplastet", "", 3)),
    )
    assert found.problems == ()
    assert found.formats == ("own",)


def test_further_lines():
    found = delivered("Enhetsnummer;Overordnet enhet;Styringslinje;Gyldig fra\n9001;K0001;kommunal;01.01.2024\n")
    assert found.lines == (LineRow("9001", "K0001", Line.MUNICIPAL, date(2024, 1, 1), place=Place("opplastet", "", 2)),)


def test_successions_and_questions_not_answered_yet():
    found = delivered(
        "Før;Navn;Etter;Dato;Andel\n9003;Gamle;9001;01.01.2026;50 %\n9003;Gamle;9002;01.01.2026;50\n"
        "9004;Alene;;01.02.2026;\n9005;Ubesvart;;;\n"
    )
    rows = [(row.before, row.after, row.day, row.weight) for row in found.successions]
    assert rows == [
        ("9003", "9001", date(2026, 1, 1), Decimal("0.5")),
        ("9003", "9002", date(2026, 1, 1), Decimal("0.5")),
        ("9004", "", date(2026, 2, 1), Decimal(1)),
    ]
    assert isinstance(found.successions[0], SuccessionRow)
    assert found.problems == ()


def test_people():
    found = delivered("Ansattnummer;Fornavn;Etternavn;Målform\n7;Kari;Lie;bokmål\n8;Ola;;\n")
    assert found.people == (
        PersonRow(EMPLOYER, "7", "Kari Lie", "nb", Place("opplastet", "", 2)),
        PersonRow(EMPLOYER, "8", "Ola", "", Place("opplastet", "", 3)),
    )


def test_people_with_their_places_in_one_list():
    found = delivered(
        "Ansattnr;Navn;Enhet;Stilling;Prosent;Fra\n7;Kari Lie;9001;Veileder;62,5;01.01.2020\n"
        "7;Kari Lie;9002;Veileder;37,5;01.01.2020\n8;Ola Dahl;;;;\n"
    )
    assert [(person.employee_number, person.name) for person in found.people] == [("7", "Kari Lie"), ("8", "Ola Dahl")]
    assert [(row.unit_number, row.percentage) for row in found.affiliations] == [
        ("9001", Decimal("62.5")),
        ("9002", Decimal("37.5")),
    ]
    assert found.problems == ()


def test_affiliations_leaders_and_roles():
    found = delivered(
        "Ansattnummer;Enhetsnummer;Stilling;Stillingsprosent;Gyldig til\n7;9001;Veileder;100 %;31.12.2025\n",
        ("ledere.csv", "Ansattnummer;Enhetsnummer;Styringslinje\n7;9001;kommunal\n"),
        "Rolle;Ansattnummer;Enhetsnummer;Oppgaver;Timer i uken;Stedfortreder;Forankret hos\n"
        'ressursperson;7;9001;"Svarer\nog lærer bort";2,5;8;Avdelingsleder\nfadder;7;9001;;;;\n',
    )
    first = Place("opplastet", "", 2)
    assert found.affiliations == (
        AffiliationRow(EMPLOYER, "7", "9001", "Veileder", Decimal(100), None, date(2026, 1, 1), place=first),
    )
    assert found.leaders == (LeaderRow(EMPLOYER, "7", "9001", Line.MUNICIPAL, place=Place("ledere.csv", "", 2)),)
    assert found.roles == (
        RoleRow(
            "ressursperson",
            EMPLOYER,
            "7",
            "9001",
            "Svarer\nog lærer bort",
            Decimal("2.5"),
            "8",
            "Avdelingsleder",
            place=first,
        ),
        RoleRow("fadder", EMPLOYER, "7", "9001", place=Place("opplastet", "", 3)),
    )


@pytest.mark.parametrize("language", [0, 1, 2], ids=["nb", "nn", "en"])
@pytest.mark.parametrize("kind", list(SHAPES))
def test_every_header_in_every_language_is_known(kind, language):
    shape = SHAPES[kind]
    header = ";".join(column.names[language] for column in shape.columns.values())
    cells = ";".join(column.example for column in shape.columns.values())
    found = delivered((f"2026-01 {shape.names[language]}.csv", f"{header}\n{cells}\n"))
    assert said(found) == []
    assert len(getattr(found, kind.value)) == 1


def test_a_list_with_nothing_but_employee_and_unit_must_be_named():
    text = "Ansattnummer;Enhetsnummer\n7;9001\n"
    assert delivered(text).problems[0].weight is Weight.STOPS
    assert len(delivered(("Tilknytninger.csv", text)).affiliations) == 1
    assert len(delivered(("ledere 2026.csv", text)).leaders) == 1


def test_a_name_that_does_not_fit_the_columns_is_not_followed():
    found = delivered(("Enheter og ansatte.csv", "Ansattnummer;Navn;Enhet\n7;Kari;9001\n"))
    assert (len(found.units), len(found.people), len(found.affiliations)) == (0, 1, 1)


def test_everything_wrong_with_a_row_is_said_at_once():
    found = delivered(
        "Enhetsnummer;Navn;Type;Overordnet enhet;Gyldig fra;Gyldig til\n"
        f";{'x' * 10_000};øy;;31.12.25;31.02.2025\n"
        "9001;A;team;9001;01.01.2026;31.12.2025\n"
        "9002;B;team;;01.01.2026;01.01.2026\n"
    )
    assert [unit.number for unit in found.units] == ["9002"]
    assert sorted((p.place.row, p.place.column) for p in found.problems) == [
        (2, "Enhetsnummer"),
        (2, "Gyldig fra"),
        (2, "Gyldig til"),
        (2, "Navn"),
        (2, "Type"),
        (3, "Gyldig til"),
        (3, "Overordnet enhet"),
    ]
    assert {problem.weight for problem in found.problems} == {Weight.SKIPS}
    assert all(problem.remedy for problem in found.problems)


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("Ansattnummer;Navn", ";Kari", "Ansattnummer"),
        ("Ansattnummer;Navn", "7;", "Navn"),
        ("Ansattnummer;Navn;Målform", "7;Kari;klingon", "Målform"),
        ("Ansattnummer;Enhetsnummer;Stillingsprosent", "7;1;120", "Stillingsprosent"),
        ("Ansattnummer;Enhetsnummer;Stillingsprosent", "7;1;0,5", "Stillingsprosent"),
        ("Ansattnummer;Enhetsnummer;Stillingsprosent", f"{'7' * 41};1;50", "Ansattnummer"),
        ("Rolle;Ansattnummer;Enhetsnummer;Timer i uken", "x;7;1;200", "Timer i uken"),
        ("Enhetsnummer;Overordnet enhet;Styringslinje", "1;2;", "Styringslinje"),
        ("Enhetsnummer;Overordnet enhet;Styringslinje", "1;2;begge", "Styringslinje"),
        ("Før;Etter;Dato", "1;1;01.01.2026", "Etter"),
        ("Før;Etter;Dato", "1;2;", "Dato"),
    ],
)
def test_one_thing_wrong_leaves_the_row_out(header, cells, column):
    found = delivered(f"{header}\n{cells}\n")
    assert [(problem.place.column, problem.weight) for problem in found.problems] == [(column, Weight.SKIPS)]
    assert not (found.units or found.lines or found.people or found.affiliations or found.roles or found.successions)


def test_missing_columns_stop_the_file():
    found = delivered(("personer.csv", "Navn\nKari\n"))
    assert found.refused
    assert said(found) == [("stops", 1, "These columns are not there: Ansattnummer. We found: Navn.")]


def test_one_bad_file_does_not_hide_the_others():
    found = delivered("A;B\n1;2\n", "Enhetsnummer;Navn\n1;X\n", b"%PDF-1.4", "Ansattnummer;Navn\n7;Kari\n")
    assert (len(found.units), len(found.people), found.refused) == (1, 1, True)
    assert [problem.weight for problem in found.problems] == [Weight.STOPS, Weight.STOPS]


def test_an_identity_number_stops_the_upload():
    made = number()
    found = delivered(f"Ansattnummer;Navn\n{made};Kari\n")
    assert found.refused and not found.people
    assert made not in repr(found)


def test_nothing_uploaded():
    assert delivered().problems == ()


NASTY = [
    "<b>Kari</b>",
    "'; DROP TABLE people_person; --",
    "=HYPERLINK(1)",
    "نص",
    "Čáhcesuolu",
    "{value}",
    "%(x)s",
    "{% x %}",
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_is_a_name_like_any_other(text):
    found = delivered(f'Enhetsnummer;Navn\n1;"{text}"\n')
    assert [unit.name for unit in found.units] == [text]
    assert not found.refused


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_in_every_field_is_a_sentence(text):
    for kind, shape in SHAPES.items():
        header = ";".join(column.names[0] for column in shape.columns.values())
        cells = ";".join(f'"{text}"' for _ in shape.columns)
        found = delivered((f"{kind.value}.csv", f"{header}\n{cells}\n"))
        assert found.problems
        said(found)
