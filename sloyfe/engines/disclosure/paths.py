"""Where people were counted through all releases: who went the same way with the same answer goes together.

A path ends where somebody answers anew, and another begins there: an old answer and a new one are two, as if one
had gone and another had come. Who is away for a while and comes back with the same answer is the same. So an answer
never changes along its path, and every number ever published is a sum of paths.

Who has come and who has gone is known in an office. Who has answered anew is not: it is shown to nobody. So where at
least as many as the smallest group answered anew between two releases, among those who stayed together, each of them
may be one of these, and all begin another path. Fewer are treated as if everybody knew who they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.policy import Policy

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everybody at one release: `place` is each one's row (one that is no total) or −1; the rest people × columns.

    `counted` says who is in the group, `has` who has it, `renewed` who has answered anew since the release before,
    whatever they said. Consent withdrawn, or a duty that ended, is not being counted any more.
    """

    place: Ints
    counted: Bools
    has: Bools
    renewed: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """`rows` is paths × releases (the last is now), the row in each or −1; `size` and `count` are paths × columns."""

    rows: Ints
    size: Ints
    count: Ints


def paths(snapshots: Sequence[Snapshot], policy: Policy) -> Paths:
    """From people, the same in the same order in all snapshots, oldest first. At most 60 snapshots."""
    inside = [one.counted & (one.place >= 0)[:, None] for one in snapshots]
    version, has = _versions(snapshots, inside, policy)
    place = np.stack([one.place for one in snapshots], axis=1)
    rows: list[Ints] = []
    masks: list[tuple[Bools, Bools]] = []
    for answer in range(int(version[-1].max(initial=0)) + 1):
        when = sum(((version[at] == answer) & here).astype(np.int64) << at for at, here in enumerate(inside))
        having = np.logical_or.reduce([(version[at] == answer) & one for at, one in enumerate(has)])
        for code in np.unique(when):
            if code:
                there = (code >> np.arange(len(snapshots))) & 1 == 1
                rows.append(np.where(there, place, NOWHERE))
                masks.append((when == code, (when == code) & having))
    return _together(rows, masks, len(snapshots), inside[0].shape[1])


def _versions(snapshots: Sequence[Snapshot], inside: Sequence[Bools], policy: Policy) -> tuple[list[Ints], list[Bools]]:
    """A number for each person, column and release that changes when the answer may have, and the answer as it stands.

    Who was away and comes back with the same answer is the same.
    """
    has = [snapshots[0].has & inside[0]]
    version = [np.zeros(inside[0].shape, dtype=np.int64)]
    ever = inside[0]
    for at in range(1, len(snapshots)):
        now = snapshots[at]
        anew = now.renewed | ((now.has != has[-1]) & inside[at] & ever)
        other = (anew | _in_a_crowd(anew, snapshots[at - 1], now, policy)) & inside[at] & ever
        has.append(np.where(inside[at], now.has, has[-1]))
        version.append(version[-1] + other)
        ever = ever | inside[at]
    return version, has


def _in_a_crowd(anew: Bools, before: Snapshot, now: Snapshot, policy: Policy) -> Bools:
    """Who stayed together, or went together, with enough who answered anew not to be told from them."""
    crowd = np.zeros_like(anew)
    _, way = np.unique(np.stack([before.place, now.place], axis=1), axis=0, return_inverse=True)
    for one in np.unique(way[(before.place >= 0) & (now.place >= 0)]):
        together = way == one
        crowd[together] = anew[together].sum(axis=0) >= policy.people
    return crowd


def _together(rows: Sequence[Ints], masks: Sequence[tuple[Bools, Bools]], many: int, columns: int) -> Paths:
    somebody = [inside.any(axis=1) for inside, _ in masks]
    ways = np.concatenate([np.empty((0, many), dtype=np.int64), *(r[s] for r, s in zip(rows, somebody, strict=True))])
    found, path = np.unique(ways, axis=0, return_inverse=True)
    size = np.zeros((len(found), columns), dtype=np.int64)
    count = np.zeros_like(size)
    begin = 0
    for (inside, having), here in zip(masks, somebody, strict=True):
        which = path.ravel()[begin : begin + int(here.sum())]
        np.add.at(size, which, inside[here])
        np.add.at(count, which, having[here])
        begin += len(which)
    return Paths(found, size, count)
