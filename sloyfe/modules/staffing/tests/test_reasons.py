"""Reasons speak of the service: every rule has its sentence, in three languages, and none counts or names people."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from sloyfe.engines.planner.answer import Rule
from sloyfe.modules.staffing.reasons import left_out

WHEN = {"weekday": 1, "minute_from": 600, "minute_to": 720}
NEVER_RELAXED = (Rule.ONE_AT_A_TIME,)  # nobody can be in two places
NOWHEN = dict.fromkeys(WHEN)


def said(rule, *, relaxation=None, when=WHEN, staffing=None):
    reason = {"rule": rule, "removed": 12, "staffing": staffing, **when}
    row = {"measure": 1, "people": 1, "reasons": [reason], "relaxation": relaxation}
    (left,) = left_out({"unplaced": [row], "staffing": {"3": "Mottak"}})
    return left


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("rule", [rule.value for rule in Rule])
@pytest.mark.parametrize("when", [WHEN, NOWHEN])
def test_every_rule_is_said_and_points_at_nobody(rule, language, when):
    with translation.override(language):
        (sentence,) = said(rule, when=when, staffing=3).reasons
    assert sentence.endswith(".") and "%" not in sentence
    assert not re.search(r"\d", sentence.replace("10:00–12:00", "")), "a count of one or two is a person"


def test_the_minimum_is_named_with_its_hours():
    with translation.override("nb"):
        assert "Mottak" in said("staffing", staffing=3).reasons[0]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("rule", [rule.value for rule in Rule if rule not in NEVER_RELAXED])
@pytest.mark.parametrize("by", [1, 3, -1])
def test_every_change_that_would_help_is_said(rule, language, by):
    change = {"rule": rule, "by": by, "confirmed": True}
    with translation.override(language):
        left = said("calendar", relaxation=change)
    assert left.relief.endswith(".") and "%(" not in left.relief and left.confirmed


def test_appointments_are_not_counted():
    one, many = (said("calendar", relaxation={"rule": "calendar", "by": n, "confirmed": True}).relief for n in (1, 5))
    assert one == many
