"""Invented places stay invented: no name the demo can make is that of a real office, municipality or post town."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sloyfe.project.demo import growth
from sloyfe.project.demo.content import content

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
REAL = [
    ("nav_offices/nav_kontor_2026.csv", "navn"),
    ("nav_offices/etatsbasen_nav_hierarchy.csv", "name_nb"),
    ("nav_offices/etatsbasen_nav_hierarchy.csv", "name_nn"),
    ("norway_geo/nor_locations_names_b2020.csv", "location_name"),
    ("norway_geo/nor_locations_names_b2024.csv", "location_name"),
]


def possible_names() -> set[str]:
    """Every place name that any size of body can come to hold, municipalities and Sámi forms included."""
    found = {
        place.get(key, "")
        for kind in content("names")["places"]
        for place in growth.place_names(kind)
        for key in ("name", "other")
    }
    for county in content("landscape")["counties"] + content("names")["counties"]:
        found.add(county["name"])
        for area in county.get("areas", ()):
            found.add(area["name"])
            for office in area["offices"]:
                parts = [office, office.get("was", office), *office.get("municipalities", ())]
                found |= {part["name"] for part in parts} | {office.get("other", "")}
                found |= {part["name"] for part in office.get("merged", {}).get("of", ())}
    return found - {""}


def real_names() -> Iterator[str]:
    """Whole names and each part of a joined one, without «NAV» and «Avviklet»."""
    for file, column in REAL:
        with (DATA / file).open(encoding="utf-8-sig") as stream:
            for row in csv.DictReader(stream):
                for part in re.split(r"[-/,(]| og ", row[column]):
                    yield re.sub(r"^(avviklet|nav)\s+", "", part.strip(" )").casefold()).strip()
    for line in (DATA / "norway_geo/postal_codes_no.tsv").read_text(encoding="utf-8").splitlines():
        yield line.split("\t")[1].casefold()


def test_there_are_names_enough_for_the_full_body_and_none_twice():
    for kind in content("names")["places"]:
        places = growth.place_names(kind)
        assert len(places) >= 110
        assert len({place["key"] for place in places}) == len(places)
        assert not {place["name"] for place in places} & set(content("names")["avoid"])


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="the real lists are not here")
def test_no_name_is_that_of_a_real_office_municipality_or_post_town():
    real = set(real_names())
    assert {"halden", "oslo", "ålesund"} <= real  # the lists were read
    assert sorted(name for name in possible_names() if name.casefold() in real) == []
