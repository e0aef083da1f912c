"""The gate: nothing reads a raw table, what comes out is within the policy, and the policy only rises."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date

import numpy as np
import pytest
from django.template import TemplateSyntaxError, engines

from sloyfe.core.release import HIDDEN, NotReleased, Raw, all_policies, release, release_policy
from sloyfe.core.release.policy import read
from sloyfe.engines.disclosure.problem import Body, Sum

DAY = date(2026, 11, 18)
ENTRY = {
    "people": 5,
    "either_side": 3,
    "pooled_at_least": 20,
    "every_days": 28,
    "kept": 4,
    "crossings": ["meets"],
    "source": "a test",
}


def raw() -> Raw:
    """A county and three offices; the last has one who meets the requirement."""
    size = np.array([[30], [12], [10], [8]], dtype=np.int64)
    count = np.array([[13], [7], [5], [1]], dtype=np.int64)
    return Raw(Body((0, 1, 2, 3), size, count, (Sum(0, (1, 2, 3)),)))


@pytest.mark.parametrize(
    "read_it",
    [
        str,
        repr,
        list,
        len,
        bool,
        int,
        pickle.dumps,
        copy.copy,
        copy.deepcopy,
        lambda table: f"{table}",
        lambda table: table[0],
        lambda table: 1 in table,
        lambda table: "%s" % table,  # noqa: UP031
        lambda table: engines["django"].from_string("{{ t }}").render({"t": table}),
        lambda table: engines["django"].from_string("{% for x in t %}{{ x }}{% endfor %}").render({"t": table}),
    ],
)
def test_a_raw_table_refuses_to_be_read(read_it):
    with pytest.raises(NotReleased):
        read_it(raw())


def test_neither_templates_nor_json_reach_into_it():
    with pytest.raises(TemplateSyntaxError, match="underscore"):
        engines["django"].from_string("{{ t._body.count }}").render({"t": raw()})
    with pytest.raises(TypeError):
        json.dumps(raw())


def test_what_is_released_can_be_read_and_hides_what_it_must():
    told = release(raw(), release_policy(DAY))
    assert told.count[0, 0] == 13
    assert told.count[3, 0] == HIDDEN
    assert (told.count[1:, 0] == HIDDEN).all()  # both neighbours too: their leaders would know


def test_the_policy_of_the_house_can_be_read_and_kept():
    policy = release_policy(DAY)
    assert json.loads(json.dumps(policy.snapshot()))["people"] == policy.people
    assert all(policy.source for policy in all_policies())
    with pytest.raises(KeyError):
        release_policy(date(2000, 1, 1))


@pytest.mark.parametrize("lowered", [{"people": 5}, {"either_side": 3}, {"pooled_at_least": 20}])
def test_the_policy_is_raised_and_never_lowered(lowered):
    high = ENTRY | {"people": 8, "either_side": 4, "pooled_at_least": 30}
    assert len(read({date(2026, 1, 1): ENTRY, date(2027, 1, 1): high})) == 2
    with pytest.raises(ValueError, match="lowered"):
        read({date(2026, 1, 1): high, date(2027, 1, 1): high | lowered})


@pytest.mark.parametrize("low", [{"people": 4}, {"either_side": 2}, {"pooled_at_least": 4}])
def test_a_policy_below_the_floor_is_refused(low):
    with pytest.raises(ValueError):
        read({date(2026, 1, 1): ENTRY | low})
