"""The real files through the rehearsal, where they are: everything read is brought in, and what is not is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.log import Kind
from sloyfe.core.imports.places import Weight
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.tests.bringing import bring_delivery, told

DATA = Path(__file__).resolve().parents[5] / ".." / "shared" / "data"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real files (../shared/data) are not here"),
]
ORGANISATION = (
    '<charts><chart id="101" name="K"><units><unit id="5" kode="1001" name="A" parentid="0"/>'
    '<unit id="6" kode="1002" name="B" parentid="1001"/></units></chart></charts>'
)


def uploads(*paths):
    return [Upload(Path(path).name, (DATA / path).read_bytes()) for path in paths]


def counted(log):
    return Counter((entry.object_type, entry.kind) for entry in log.entries)


def weights(log):
    return Counter(problem.weight for problem in log.problems)


def test_national_offices(cast):
    """477 rows: 255 open offices come in, 217 closed ones are asked about, 4 test units and 1 kindless are said."""
    found = read(uploads("nav_offices/nav_kontor_2026.csv"))
    log = bring_delivery(cast, found)
    assert log.applied
    assert counted(log) == {(words.UNIT, Kind.CREATE): 255}
    assert len(found.questions) == 217
    assert weights(log) == {Weight.SKIPS: 217 + 4 + 1}
    assert told(bring_delivery(cast, found)) == []


def test_offices_with_the_unit_above(cast):
    log = bring_delivery(cast, read(uploads("nav_offices/mulighetsrommet_pairs.csv")))
    assert counted(log) == {(words.UNIT, Kind.CREATE): 16}


def test_municipalities_with_their_history(cast):
    names = [f"norway_geo/nor_locations_names_b{year}.csv" for year in (2024, 2020)]
    found = read(uploads(*names, "norway_geo/nor_locations_redistricting_b2024.csv"))
    log = bring_delivery(cast, found)
    assert log.applied, log.problems[:3]
    assert counted(log)[words.UNIT, Kind.CREATE] == len({row.number for row in found.units})
    assert told(bring_delivery(cast, found)) == []


def test_fint(cast):
    found = read(uploads("hr_formats/fint/fint-administrasjon-eksempel.yaml"), employer="Sund kommune")
    log = bring_delivery(cast, found, employer="Sund kommune")
    assert log.applied, log.problems
    created = counted(log)
    assert (
        created[words.UNIT, Kind.CREATE] == created[words.PERSON, Kind.CREATE] == created[words.WORK, Kind.CREATE] == 2
    )
    assert told(bring_delivery(cast, found, employer="Sund kommune")) == []


@pytest.mark.parametrize("path", sorted((DATA / "hr_formats" / "visma_kslaring").glob("*.xml")), ids=lambda p: p.stem)
def test_visma(cast, path):
    chart = Upload("organisasjon.xml", ORGANISATION.encode())
    found = read([Upload(path.name, path.read_bytes()), chart], employer="Sund kommune")
    log = bring_delivery(cast, found, employer="Sund kommune")
    assert log.applied, log.problems
    made = counted(log)
    assert made[words.PERSON, Kind.CREATE] == len(found.people)
    placed = [row for row in found.affiliations if row.unit_number in ("101-5", "101-6")]
    assert made[words.WORK, Kind.CREATE] == len(placed)
    lost = [problem for problem in log.problems if problem.weight is Weight.SKIPS and problem not in found.problems]
    assert len(lost) == len(found.affiliations) - len(placed)
    assert told(bring_delivery(cast, found, employer="Sund kommune")) == []
