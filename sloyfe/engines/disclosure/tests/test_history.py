"""Releases laid beside each other tell nothing that each of them hides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sloyfe.engines.disclosure import unions
from sloyfe.engines.disclosure.answer import Reason
from sloyfe.engines.disclosure.differencing import Answers, Number, compare
from sloyfe.engines.disclosure.history import Earlier, History
from sloyfe.engines.disclosure.paths import Snapshot, paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests import lives
from sloyfe.engines.disclosure.tests.bodies import star

COUNTY, OFFICE, OTHER = range(3)


def findings(
    seed: int, *, remember: bool, thorough: bool | None = None, quarters: int = 4, **size: int
) -> tuple[int, int]:
    """By strangers and by the leaders of all offices, over one life."""
    life = lives.begin(seed, **({"columns": 1, "people": 45, "offices": 3} | size))
    before: list[Number] = []
    strangers = insiders = 0
    for one in lives.releases(life, quarters, Policy(), remember=remember, thorough=thorough if remember else False):
        [numbers], [truth] = one.numbers, one.truth
        strangers += len(compare(before, numbers, truth, Policy()))
        insiders += sum(len(compare(before, numbers, truth, Policy(), known)) for known in one.ever_in.values())
        before += numbers
    return strangers, insiders


@pytest.mark.parametrize("first", range(0, 100, 10))
def test_a_hundred_lives_tell_nothing(first: int):
    """As a large body is protected, which leaves out the attacker with a memory: nobody may need her."""
    seeds = range(first, first + 10)
    small = {"quarters": 2, "people": 30, "offices": 2}
    assert {findings(seed, remember=True, thorough=False, **small) for seed in seeds} == {(0, 0)}


@pytest.mark.parametrize("thorough", [None, False])
@pytest.mark.parametrize("seed", range(3))
def test_longer_lives_tell_nothing(seed: int, thorough: bool | None):
    assert findings(seed, remember=True, thorough=thorough) == (0, 0)


def test_without_a_memory_they_tell_plenty():
    found = [findings(seed, remember=False) for seed in range(4)]
    assert sum(strangers for strangers, _ in found) > 10
    assert sum(insiders for _, insiders in found) > 50


def test_without_hiding_beside_they_tell_plenty():
    with lives.nothing_hidden_beside():
        found = [findings(seed, remember=True) for seed in range(8)]
    assert sum(strangers for strangers, _ in found) > 20
    assert sum(insiders for _, insiders in found) > 100


@pytest.mark.parametrize("seed", [1, 22])
def test_a_leader_adds_up_what_nobody_told_of(seed: int, monkeypatch: pytest.MonkeyPatch):
    """Large bodies have nobody to object to that but the search for unions."""
    life = {"remember": True, "thorough": False, "quarters": 3, "people": 30}
    assert findings(seed, **life) == (0, 0)
    monkeypatch.setattr(unions, "too_telling", lambda *_: set())
    assert findings(seed, **life) == (0, 1)


# --- one county, two offices, by hand -----------------------------------------------------------------


def snapshot(place: list[int], has: list[int], renewed: bool = False) -> Snapshot:
    many = len(place)
    return Snapshot(
        np.array(place, dtype=np.int64),
        np.ones((many, 1), dtype=bool),
        np.array(has, dtype=bool)[:, None],
        np.full((many, 1), renewed),
    )


def county(one: Snapshot) -> Body:
    sizes = [int((one.place == office).sum()) for office in (OFFICE, OTHER)]
    return star(sizes, [int(one.has[one.place == office].sum()) for office in (OFFICE, OTHER)])


def then_and_now(before: Snapshot, now: Snapshot) -> Iterator[Reason]:
    """Everything was shown before: the reasons now."""
    body = county(before)
    answer = solve(body, Policy())
    assert answer.shown.all()
    history = History((Earlier(body, answer.shown),), paths([before, now], Policy()))
    after = solve(county(now), Policy(), history)
    return (Reason(int(reason)) for reason in after.reason[:, 0])


PLACE = [OFFICE] * 20 + [OTHER] * 20 + [-1] * 10
HAS = [1, 0] * 25


def test_nobody_came_or_went():
    same = snapshot(PLACE, HAS)
    assert list(then_and_now(same, same)) == [Reason.SHOWN] * 3


def test_one_newcomer_is_not_told():
    now = snapshot([*PLACE[:40], OFFICE, *PLACE[41:]], HAS)
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.UNCHANGED, Reason.UNCHANGED, Reason.SHOWN]


def test_eight_newcomers_with_five_who_have_it_are_told():
    has = HAS[:40] + [1, 1, 1, 1, 1, 0, 0, 0] + [0, 0]
    now = snapshot([*PLACE[:40], *[OFFICE] * 8, -1, -1], has)
    assert list(then_and_now(snapshot(PLACE, has), now)) == [Reason.SHOWN] * 3


def test_eight_newcomers_who_all_have_it_are_not():
    has = HAS[:40] + [1] * 8 + [0, 0]
    now = snapshot([*PLACE[:40], *[OFFICE] * 8, -1, -1], has)
    assert list(then_and_now(snapshot(PLACE, has), now))[OFFICE] == Reason.UNCHANGED


def test_one_who_withdraws_her_consent_is_not_told():
    now = snapshot([-1, *PLACE[1:]], HAS)
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.UNCHANGED, Reason.UNCHANGED, Reason.SHOWN]


def test_one_who_answers_otherwise_is_not_told():
    now = snapshot(PLACE, [0, *HAS[1:]])
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.UNCHANGED, Reason.UNCHANGED, Reason.SHOWN]


def test_a_new_round_is_told_anew():
    now = snapshot(PLACE, [1, 1, 1, *HAS[3:]], renewed=True)
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.SHOWN] * 3


@pytest.mark.parametrize("many", [5, 6])
def test_enough_who_have_learned_are_told_when_nobody_knows_who_they_are(many: int):
    """All of them in the same direction: whoever stays in the office may be one of them."""
    now = snapshot(PLACE, [1] * 2 * many + HAS[2 * many :])
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.SHOWN] * 3


def test_fewer_who_have_learned_wait_also_when_they_are_enough_in_all():
    here, there = [1] * 6 + HAS[6:20], [1] * 6 + HAS[26:40]
    now = snapshot(PLACE, here + there + HAS[40:])
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.UNCHANGED] * 3


def test_a_newcomer_is_hidden_among_those_who_answered_anew_only_where_they_are_enough():
    place = [*PLACE[:40], OFFICE, *PLACE[41:]]
    for learned, told in ((4, Reason.UNCHANGED), (5, Reason.SHOWN)):
        now = snapshot(place, [1] * 2 * learned + HAS[2 * learned :])
        assert list(then_and_now(snapshot(PLACE, HAS), now))[OFFICE] == told


def test_one_who_moves_is_told_by_neither_office():
    now = snapshot([OTHER, *PLACE[1:]], HAS)
    assert list(then_and_now(snapshot(PLACE, HAS), now)) == [Reason.SHOWN, Reason.UNCHANGED, Reason.UNCHANGED]


def test_paths_add_up_to_every_release():
    life = lives.begin(3, columns=3, people=50)
    seen = []
    for _ in range(4):
        _, of = life.body()
        nobody = np.zeros_like(life.has)
        seen.append(Snapshot(life.rows(of), ~nobody, life.has.copy(), nobody))
        life.quarter()
    found = paths(seen, Policy())
    for at, one in enumerate(seen):
        for row in np.unique(one.place[one.place >= 0]).tolist():
            there = found.rows[:, at] == row
            assert found.size[there].sum(axis=0).tolist() == [(one.place == row).sum()] * 3
            assert found.count[there].sum(axis=0).tolist() == one.has[one.place == row].sum(axis=0).tolist()


def test_the_attacker_with_a_memory_by_hand():
    """Ten people, four have it; then one more comes, and five have it: she has it."""
    ten, eleven = frozenset(range(10)), frozenset(range(11))
    answers = Answers(dict.fromkeys(range(11), 1), {one: int(one < 4 or one == 10) for one in range(11)})
    [found] = compare([Number(ten, 4)], [Number(eleven, 5)], answers, Policy())
    assert (found.answers, found.now, found.before, found.blame) == (frozenset({10}), (1, 1), (0, 1), 0)
