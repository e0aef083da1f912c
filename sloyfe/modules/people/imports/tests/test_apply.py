"""A delivery goes in, once and for all."""

from __future__ import annotations

import pytest

from sloyfe.core.imports.limits import Upload
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.imports.apply import bring_in

pytestmark = pytest.mark.django_db


def test_thread(cast):
    text = (
        "Arbeidsgiver;Ansattnummer;Navn;Enhetsnummer;Stilling;Stillingsprosent;Gyldig fra\n"
        "Sund kommune;n-employee;Eli Elvestad-Moe;u-fjord_team;veileder;100;01.01.2024\n"
        "Sund kommune;9001;Åse Kvittingen;u-fjord;veileder;80;01.03.2026\n"
    )
    delivery = read([Upload("ansatte.csv", text.encode())])
    viewer = cast.viewer("hr_admin")
    first = bring_in(viewer, delivery, rehearsal=True)
    again = bring_in(viewer, delivery, rehearsal=False)
    print(*first.lines(), sep="\n")
    assert first.lines() == again.lines()
    assert again.applied
    third = bring_in(viewer, delivery, rehearsal=False)
    print(*third.lines(), sep="\n")
    assert third.counts()["unchanged"] == 4
