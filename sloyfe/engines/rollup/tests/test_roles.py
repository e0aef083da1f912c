"""A framework of roles × levels × skills through requirement and gap, counted apart with dictionaries.

The extract is in the style of the UK government's digital and data framework (Open Government Licence v3.0); the
whole file is read where it is.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from sloyfe.engines.rollup.answer import Count
from sloyfe.engines.rollup.problem import NOT_ASKED, Grouping, Problem
from sloyfe.engines.rollup.solve import roll_up

SCALE = {"Awareness": 1, "Working": 2, "Practitioner": 3, "Expert": 4}
FILE = Path(__file__).resolve().parents[5] / "shared" / "data" / "uk_ddat" / "role__roles.csv"

Asked = tuple[str, str, str, str, str]
"""Family, role, role level, skill, level."""

EXTRACT: list[Asked] = [
    ("Data", "Data analyst", "Associate", "Data visualisation", "Awareness"),
    ("Data", "Data analyst", "Associate", "Data management", "Awareness"),
    ("Data", "Data analyst", "Senior", "Data visualisation", "Practitioner"),
    ("Data", "Data analyst", "Senior", "Data management", "Practitioner"),
    ("Data", "Data analyst", "Senior", "Data ethics", "Working"),
    ("Data", "Data engineer", "Lead", "Data management", "Expert"),
    ("Data", "Data engineer", "Lead", "Programming", "Practitioner"),
    ("Architecture", "Business architect", "Associate", "Consultancy", "Working"),
    ("Architecture", "Business architect", "Associate", "Data ethics", "NOT IN USE"),
    ("Architecture", "Business architect", "Lead", "Consultancy", "Expert"),
    ("Architecture", "Business architect", "Lead", "Data ethics", "Awareness"),
]


def matrix(asked: list[Asked]) -> dict[tuple[str, str, str], dict[str, int]]:
    """What each role level asks for; a skill asked for twice is asked for at the higher level."""
    found: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for family, role, level, skill, wanted in asked:
        asks = found[family, role, level]
        if wanted in SCALE:
            asks[skill] = max(asks.get(skill, 0), SCALE[wanted])
    return dict(found)


def check(asked: list[Asked], in_each: int) -> None:
    """Family over role over role level, `in_each` people in each of these, with drawn levels."""
    rng = np.random.default_rng(5)
    wanted = matrix(asked)
    posts = sorted(wanted)
    skills = sorted({skill for asks in wanted.values() for skill in asks})
    nodes = sorted({post[:depth] for post in posts for depth in range(4)}, key=lambda node: (len(node), node))
    at = {node: number for number, node in enumerate(nodes)}
    parent = np.array([at[node[:-1]] if node else -1 for node in nodes], np.int32)
    required = np.full((len(posts), len(skills)), NOT_ASKED, np.uint8)
    for row, post in enumerate(posts):
        for skill, level in wanted[post].items():
            required[row, skills.index(skill)] = level
    profile = np.repeat(np.arange(len(posts), dtype=np.int32), in_each)
    levels = rng.integers(0, 5, (len(profile), len(skills)), np.uint8)
    member = np.array([at[posts[one]] for one in profile], np.int32)
    answer = roll_up(Problem(levels, required, (Grouping(parent, member),), profile, steps=4))

    meets: dict[tuple[tuple[str, ...], str], int] = defaultdict(int)
    gap: dict[tuple[tuple[str, ...], str], int] = defaultdict(int)
    people: dict[tuple[tuple[str, ...], str], int] = defaultdict(int)
    for person, number in enumerate(profile.tolist()):
        post = posts[number]
        said = dict(zip(skills, levels[person].tolist(), strict=True))
        for skill, level in wanted[post].items():
            for depth in range(4):
                node = (post[:depth], skill)
                people[node] += 1
                meets[node] += said[skill] >= level
                gap[node] += max(level - said[skill], 0)
    has = {count: answer.of(count) for count in (Count.ASKED, Count.MEETS, Count.GAP, Count.UNSAID)}
    for node, row in at.items():
        for column, skill in enumerate(skills):
            assert has[Count.ASKED][row, column] == people[node, skill]
            assert has[Count.MEETS][row, column] == meets[node, skill]
            assert has[Count.GAP][row, column] + has[Count.UNSAID][row, column] == gap[node, skill]


def test_a_small_framework() -> None:
    check(EXTRACT, 7)


@pytest.mark.realdata
def test_the_whole_framework() -> None:
    if not FILE.is_file():
        pytest.skip("the real files are not here: ../shared/data/uk_ddat")
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        names = ("Role Family", "Role", "Role Level", "Skill Name", "Skill Level")
        asked = [(row[a], row[b], row[c], row[d], row[e]) for row in csv.DictReader(file) for a, b, c, d, e in [names]]
    assert len(asked) == 1825
    assert len({level for _, _, level, _, _ in asked}) == 202
    assert len({skill for _, _, _, skill, _ in asked}) == 188
    check(asked, 1)
