"""The real files beside the project, where they are: counts as their notes have them, and nothing lost."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.places import Weight
from sloyfe.modules.people.formats.reading import read

DATA = Path(__file__).resolve().parents[5] / ".." / "shared" / "data"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here"),
]


def delivered(*paths, employer="Narvik kommune"):
    return read([Upload(Path(path).name, (DATA / path).read_bytes()) for path in paths], employer=employer)


VISMA = "hr_formats/visma_kslaring/visma"
CASES = {  # people, positions, affiliations, notes, left out
    "": (2, 4, 4, 1, 0),
    "_person_with_multiple_position_same_unit_as_primary": (1, 2, 0, 0, 2),
    "_person_with_multiple_position_same_unit_not_as_primary": (1, 3, 0, 0, 3),
    "_person_with_no_chart": (1, 1, 0, 0, 1),
    "_person_with_no_chart_or_dimension2": (1, 1, 0, 0, 1),
    "_person_with_no_dimension2": (1, 1, 0, 0, 1),
    "_person_with_no_positioncode": (1, 1, 0, 1, 1),
    "_person_with_no_positions": (1, 0, 0, 1, 0),
    "_person_with_no_startdate": (1, 1, 0, 1, 1),
    "_person_with_no_unit_id": (1, 1, 0, 0, 1),
    "_person_with_unitid_and_no_dimension2": (1, 1, 1, 1, 0),
}
ORGANISATION = (
    '<charts><chart id="101" name="K"><units><unit id="5" kode="1001" name="A" parentid="0"/>'
    '<unit id="6" kode="1002" name="B" parentid="1001"/></units></chart></charts>'
)


def test_there_are_ten_fixtures_and_the_main_file():
    found = {path.stem.removeprefix("visma") for path in (DATA / VISMA).parent.glob("*.xml")}
    assert found == set(CASES)


@pytest.mark.parametrize("case", list(CASES))
def test_visma(case):
    found = delivered(f"{VISMA}{case}.xml")
    weights = Counter(problem.weight for problem in found.problems)
    told = (
        len(found.people),
        found.counts["positions"],
        len(found.affiliations),
        weights[Weight.NOTE],
        weights[Weight.SKIPS],
    )
    assert told == CASES[case]
    assert found.dropped_fields == {"ssn": len(found.people)}
    assert not found.refused


@pytest.mark.parametrize(
    ("case", "units"),
    [
        ("_person_with_multiple_position_same_unit_as_primary", ["101-5", "101-5"]),
        ("_person_with_multiple_position_same_unit_not_as_primary", ["101-5", "101-6"]),
        ("_person_with_no_chart", ["101-5"]),
        ("_person_with_no_unit_id", ["101-5"]),
    ],
)
def test_visma_with_the_organisation_beside_it(case, units):
    upload = Upload("p.xml", (DATA / f"{VISMA}{case}.xml").read_bytes())
    found = read([upload, Upload("o.xml", ORGANISATION.encode())], employer="K")
    assert [row.unit_number for row in found.affiliations] == units


def test_fint():
    found = delivered("hr_formats/fint/fint-administrasjon-eksempel.yaml")
    assert found.problems == ()
    assert [(unit.number, unit.name, unit.parent_number) for unit in found.units] == [
        ("100", "Kommunedirektøren", ""),
        ("110", "IKT-avdelingen", "100"),
    ]
    assert [(person.employee_number, person.name) for person in found.people] == [
        ("P12345", "Ola Nordmann"),
        ("P23456", "Kari Marie Olsen"),
    ]
    assert [(row.unit_number, row.position, row.percentage, row.valid_from) for row in found.affiliations] == [
        ("110", "Rådgiver IKT", Decimal(100), date(2020, 1, 15)),
        ("110", "IKT-sjef", Decimal(100), date(2018, 8, 1)),
    ]
    assert found.dropped_fields["fodselsnummer"] == 2


def test_national_offices():
    found = delivered("nav_offices/nav_kontor_2026.csv")
    assert found.counts == {
        "offices listed": 477,
        "open": 255,
        "old name": 204,
        "closed": 13,
        "test unit": 4,
        "national unit": 1,
    }
    assert (len(found.units), len(found.questions), len(found.problems)) == (256, 217, 221)
    assert {problem.weight for problem in found.problems} == {Weight.SKIPS}
    assert "Nav Røros, Os og Holtålen" in {unit.name for unit in found.units}


def test_offices_with_the_unit_above():
    found = delivered("nav_offices/mulighetsrommet_pairs.csv")
    assert (len(found.units), sum(bool(unit.parent_number) for unit in found.units), found.problems) == (16, 13, ())


def test_municipalities():
    names = [f"norway_geo/nor_locations_names_b{year}.csv" for year in (2024, 2020)]
    found = delivered(names[0])
    assert found.counts == {"municipalities": 357, "counties": 15}
    assert len(found.units) == 357
    found = delivered(*names, "norway_geo/nor_locations_redistricting_b2024.csv")
    units = {unit.number: (unit.name, unit.valid_from, unit.valid_to) for unit in found.units}
    assert units["K1507"] == ("Ålesund", date(2020, 1, 1), date(2024, 1, 1))
    assert units["K1508"] == ("Ålesund", date(2024, 1, 1), None)
    assert units["K1580"] == ("Haram", date(2024, 1, 1), None)
    assert units["K0301"] == ("Oslo-Oslove", None, None)
    assert sum(ends is None for _, _, ends in units.values()) == 357


def test_municipality_changes():
    found = delivered("norway_geo/nor_locations_redistricting_b2024.csv")
    assert Counter(row.day.year for row in found.successions)[2024] == 115
    split = {row.after: row.weight for row in found.successions if row.before == "K1507"}
    assert split == {"K1508": Decimal("0.5"), "K1580": Decimal("0.5")}
    assert not found.refused
    shares = Counter()
    for row in found.successions:
        shares[row.before, row.day] += row.weight
    assert max(shares.values()) == 1


def test_co_operations():
    found = delivered("datahotell/bufdir_interkommunale-samarbeid__dataset.csv")
    assert (len(found.units), len(found.lines), found.problems) == (64, 204, ())
    assert [line.parent_number for line in found.lines if line.unit_number == "1101+1111+1112"] == [
        "K1101",
        "K1111",
        "K1112",
    ]


@pytest.mark.parametrize("folder", ["hr_formats", "nav_offices", "datahotell", "ical_samples"])
def test_every_file_is_read_or_refused_with_a_sentence(folder):
    for path in sorted((DATA / folder).rglob("*")):
        if path.is_file():
            for problem in delivered(path.relative_to(DATA)).problems:
                assert problem.message.format(**problem.params)
