"""The staff directory: who is to come is found by those who may see her, and namesakes are told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sloyfe.modules.people.models import Affiliation, Person

pytestmark = pytest.mark.django_db


def works(cast, name: str, unit: str, employer: str, begins, position: str = "veileder", **person) -> Person:
    row = Person.objects.create(name=name, **person)
    place = {"unit": cast.unit[unit], "employer": cast.employer[employer], "line": cast.employer[employer].line}
    Affiliation.objects.create(person=row, position=position, valid_from=begins, **place)
    return row


@pytest.mark.parametrize(
    ("role", "finds", "opens"),
    [
        ("hr_admin", True, True),
        ("leader", True, False),
        ("deputy", True, False),
        ("state_leader", False, False),
        ("neighbour_leader", False, False),
        ("employee", False, False),
        ("union_rep", False, False),
    ],
)
def test_who_begins_later_is_found_by_those_who_may_see_her(cast, as_role, role, finds, opens):
    day = timezone.localdate().replace(day=1) + timedelta(days=70)
    new = works(cast, "Nora Nyland", "fjord_team", "sund", day.replace(day=1), "rådgiver")
    page = as_role(role).get("/people/?q=nyland").content.decode()
    assert ("Nora Nyland" in page) == finds
    if finds:
        assert "begynner 1. " in page and "rådgiver" in page and "Fjord oppfølging" in page
    assert (f"/people/{new.pk}/" in page) == opens


def test_who_works_here_already_is_not_said_to_begin(cast, as_role):
    later = Affiliation.objects.for_system("test").get(person=cast.person["employee"])
    later.pk, later._state.adding = None, True
    later.valid_from = timezone.localdate() + timedelta(days=30)
    later.save()
    page = as_role("hr_admin").get("/people/?q=elvestad").content.decode()
    assert page.count("Eli Elvestad") == 1 and "begynner" not in page


def test_namesakes_are_told_apart(cast, as_role):
    begun = timezone.localdate() - timedelta(days=90)
    works(cast, "Kari Lie", "fjord", "sund", begun, "veileder", email="kari.lie1@sund.example")
    works(cast, "Kari Lie", "fjord", "sund", begun, "veileder", email="kari.lie2@sund.example")
    works(cast, "Kari Lie", "vik", "nes", begun, "jurist", email="kari.lie@nes.example")
    page = as_role("employee").get("/people/?q=kari+lie").content.decode()
    assert "kari.lie1@" in page and "kari.lie2@" in page and "kari.lie@nes" not in page
    assert "jurist" in page and "<b>Vik</b>" in page
