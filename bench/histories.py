"""What an attacker learns over a year and a half of releases, in thousands of small, restless organisations.

    python -m bench.histories [--many 10000] [--small 1000] [--plain 200] [--first 0]

Each is published six times, a quarter apart: people come, go, move, learn and come back, rounds are held, offices
move, merge and close. After each release the attacker with a memory lays it beside all before it, as a stranger and as
everybody who ever led an office. The baselines are `--plain` of the same histories with each release protected by
itself, and with nothing hidden beside what is sensitive: both must give plenty, else the attacker sees nothing. The
real thing is asked for in both ways: as a large body is protected (`--many`), without the attacker with a memory in
the loop, and as a small one is (`--small`), with her. Seeds are the numbers of the histories, from `--first` on. Two
at a time. CPU seconds of all. Writes bench/out/histories.txt.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sloyfe.engines.disclosure.differencing import Number, compare
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.tests import lives

OUT = Path(__file__).parent / "out" / "histories.txt"
POLICY = Policy()
QUARTERS = 6
SAID_EACH = 250


class Learned(NamedTuple):
    """Findings by strangers and by insiders; cells, of them shown anew, and of them with an earlier number."""

    strangers: int = 0
    insiders: int = 0
    cells: int = 0
    shown: int = 0
    carried: int = 0
    cpu: float = 0.0

    def plus(self, other: Learned) -> Learned:
        return Learned(*(one + another for one, another in zip(self, other, strict=True)))

    def __str__(self) -> str:
        return (
            f"findings by strangers {self.strangers}, by insiders {self.insiders}; "
            f"shown anew {self.shown / self.cells:.0%}, earlier number stands {self.carried / self.cells:.0%}; "
            f"{self.cpu:.0f} s CPU"
        )


def one_life(seed: int, *, remember: bool = True, beside: bool = True, thorough: bool | None = None) -> Learned:
    begin = time.process_time()
    with nullcontext() if beside else lives.nothing_hidden_beside():
        found = _learned(seed, remember, thorough)
    return found._replace(cpu=time.process_time() - begin)


def _learned(seed: int, remember: bool, thorough: bool | None) -> Learned:
    found = Learned()
    before: list[list[Number]] = [[], []]
    for one in lives.releases(lives.begin(seed), QUARTERS, POLICY, remember=remember, thorough=thorough):
        shown, carried = int(one.answer.shown.sum()), int((one.answer.carried >= 0).sum())
        found = found.plus(Learned(cells=one.answer.shown.size, shown=shown, carried=carried))
        for column, numbers in enumerate(one.numbers):
            found = found.plus(_by_all(before[column], one, column))
            before[column] += numbers
    return found


def _by_all(before: list[Number], one: lives.Release, column: int) -> Learned:
    new, truth = one.numbers[column], one.truth[column]
    units = [people for key, people in one.ever_in.items() if key % 100 == column]
    inside = sum(len(compare(before, new, truth, POLICY, unit)) for unit in units)
    return Learned(strangers=len(compare(before, new, truth, POLICY)), insiders=inside)


def told(many: int, small: int, plain: int, first: int) -> Iterator[str]:
    yield f"Histories {first} to {first + many - 1}: {QUARTERS} quarters, 60 people, 8 offices, 2 competences"
    with ProcessPoolExecutor(2) as pool:
        for name, how, so_many in (
            ("each release for itself", partial(one_life, remember=False, thorough=False), plain),
            ("nothing hidden beside", partial(one_life, beside=False), plain),
            ("as a small body", one_life, small),
            ("as a large body", partial(one_life, thorough=False), many),
        ):
            total, seeds = Learned(), iter(range(first, first + so_many))
            while some := list(islice(seeds, SAID_EACH)):
                for seed, one in zip(some, pool.map(how, some, chunksize=10), strict=True):
                    total = total.plus(one)
                    if name.startswith("as ") and one.strangers + one.insiders:
                        yield f"{name:<24} in history {seed}: {one}"
                yield f"{name:<24} {some[-1] + 1 - first:>6}: {total}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--plain", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    OUT.parent.mkdir(exist_ok=True)
    written = []
    for one in told(asked.many, asked.small, asked.plain, asked.first):
        print(one, flush=True)
        written.append(one)
        OUT.write_text("\n".join([*written, ""]), "utf-8")


if __name__ == "__main__":
    main()
