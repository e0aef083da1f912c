"""Raw numbers cannot be read by any door; released ones hold nothing that is not shown."""

from __future__ import annotations

import copy
import json
import pickle

import numpy as np
import pytest

from sloyfe.engines.disclosure.answer import Reason
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.release import HIDDEN, NotReleased, Raw, release
from sloyfe.engines.disclosure.tests.bodies import star

EXAMPLE = star([12, 10, 8, 20, 3], [7, 5, 1, 12, 1])


@pytest.mark.parametrize(
    "door",
    [
        str,
        repr,
        list,
        dict,
        len,
        bool,
        int,
        float,
        hash,
        sum,
        np.asarray,
        json.dumps,
        pickle.dumps,
        copy.copy,
        lambda raw: f"{raw}",
        lambda raw: f"{raw:>3}",
        "{}".format,
        lambda raw: raw[0],
        lambda raw: 1 in raw,
        lambda raw: raw + 1,
        lambda raw: raw == 1,
        lambda raw: raw.cells,
        lambda raw: raw.body,
        vars,
    ],
)
def test_raw_numbers_open_no_door(door):
    with pytest.raises((NotReleased, TypeError, AttributeError)):
        door(Raw(EXAMPLE))


def test_what_is_not_shown_is_not_there():
    told = release(Raw(EXAMPLE), Policy())
    hidden = told.reason != Reason.SHOWN
    assert hidden.any() and not hidden.all()
    assert (told.count[hidden] == HIDDEN).all() and (told.size[hidden] == HIDDEN).all()
    assert (told.count[~hidden] == EXAMPLE.count[~hidden]).all()


def test_cells_to_store():
    cells = list(release(Raw(EXAMPLE), Policy()))
    assert len(cells) == 6
    assert (cells[0].count, cells[0].size, cells[0].nearest) == (26, 53, None)
    few = cells[5]
    assert (few.reason, few.count, few.size, few.nearest, few.carried) == (Reason.FEW_PEOPLE, None, None, 0, None)
