"""How much the protection of numbers about people costs, and what is left to read, beside the plain ways.

    python -m bench.disclosure [--people 22000] [--offices 260] [--competences 60] [--seed 1] [--national]
                               [--exact 20]

On a generated body (offices of 3 to 200, counties, competences): what an attacker can work out when everything is
shown, when only small numbers are hidden («hide and do not pool», the baseline), and when the engine decides, with
and without publishing units; hidden cells beside the exact optimum on every table small enough. Histories stand in
bench/histories.py. CPU seconds of this process. Writes bench/out/disclosure.txt.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.disclosure_body import Offices, body, lines, offices
from sloyfe.engines.disclosure.attacker import attack
from sloyfe.engines.disclosure.criteria import sensitive
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import Protection, solve
from sloyfe.engines.disclosure.tests import bodies
from sloyfe.engines.disclosure.tests.optimum import Optimum, cost

OUT = Path(__file__).parent / "out" / "disclosure.txt"
POLICY = Policy()
SIZES = ((3, 9), (10, 19), (20, 49), (50, 200))
Result = TypeVar("Result")


def timed(what: Callable[[], Result]) -> tuple[Result, float]:
    begin = time.process_time()
    result = what()
    return result, time.process_time() - begin


def protect(of: Body) -> Protection:
    """Without the attacker, who is timed apart."""
    work = Protection(of, POLICY)
    work.protect_all()
    return work


# --- one body --------------------------------------------------------------------------------------------


def ways(of: Offices) -> Iterator[str]:
    plain, row, unit = body(of)
    few = sensitive(plain.size, plain.count, POLICY)
    low = (plain.count > 0) & (plain.count < POLICY.either_side)
    yield f"{plain.size.size} cells, {int(few.sum())} of them sensitive; offices with a figure by size of office"
    head = "".join(f"{f'{a}–{b}':>8}" for a, b in SIZES)
    yield f"{'':<38}{'strangers':>10}{'insiders':>9}{'exactly':>9}{head}{'all':>7}{'hidden beside':>15}{'CPU s':>7}"
    everything = np.ones_like(few)
    for name, shown in (
        ("everything shown", everything),
        ("counts of 1 and 2 hidden", ~low),
        ("hide, do not pool", ~few),
    ):
        yield line(name, plain, shown, of, row, unit, 0, 0.0)
    for name, pooled_to in (("the engine", 0), ("the engine, units of 10", 10), ("the engine, units of 20", 20)):
        (tables, at, within) = body(of, pooled_to=pooled_to)
        work, cpu = timed(lambda tables=tables: protect(tables))
        beside = int((work.hidden & ~work.first).sum())
        yield line(name, tables, work.shown(), of, at, within, beside, cpu)


def line(name: str, tables: Body, shown: Bools, of: Offices, row: Ints, unit: Ints, beside: int, cpu: float) -> str:
    protected = sensitive(tables.size, tables.count, POLICY)
    known = int((protected & shown).sum())
    hits, judged = timed(lambda: attack(tables, shown, POLICY))
    all_cells = int(protected.sum())
    strangers = {hit[:2] for hit in hits if hit.knower < 0}
    insiders = {hit[:2] for hit in hits}
    exactly = {hit[:2] for hit in hits if hit.low == hit.high}
    told = shown[row] | shown[unit]
    by_size = "".join(f"{told[(of.size >= a) & (of.size <= b)].mean():>8.2f}" for a, b in SIZES)
    share = "".join(
        f"{(len(one) + known) / all_cells:>{w}.1%}" for one, w in ((strangers, 10), (insiders, 9), (exactly, 9))
    )
    return f"{name:<38}{share}{by_size}{told.mean():>7.2f}{beside:>15}{cpu:>7.2f}  judged in {judged:.1f} s"


def whole(name: str, tables: Body) -> str:
    answer, cpu = timed(lambda: solve(tables, POLICY))
    few = int(answer.sensitive.sum())
    return (
        f"{name:<38}{tables.size.size} cells, {few} sensitive, {int(answer.beside.sum())} beside "
        f"({answer.beside.sum() / few:.2f} each), attacker found something {answer.rounds} times on the way, "
        f"protected and verified in {cpu:.1f} s CPU"
    )


# --- against the optimum --------------------------------------------------------------------


def exact(many: int) -> Iterator[str]:
    kinds: dict[str, Callable[[int], Body]] = {
        "one county of 12": lambda seed: bodies.tree(seed, counties=1, offices=12, columns=1, largest=40),
        "three counties": lambda seed: bodies.tree(seed, counties=3, offices=8, columns=1, largest=25),
        "two lines": lambda seed: bodies.lines(seed, offices=5, columns=1, largest=15),
        "classes of levels": lambda seed: bodies.classes(seed, offices=5, largest=30),
    }
    for name, make in kinds.items():
        ours, best, worst, proved = 0.0, 0.0, 1.0, 0
        for seed in range(many):
            tables = make(seed)
            shown, certain = Optimum(tables, POLICY).solve()
            mine, least = cost(tables, solve(tables, POLICY).shown), cost(tables, shown)
            ours, best, proved = ours + mine, best + least, proved + certain
            worst = max(worst, mine / least if least else 1.0)
        ratio = ours / max(best, 1e-9)
        yield f"{name:<22} × {ratio:.4f} of the optimum's cost, worst × {worst:.3f}, {proved} of {many} proved"


def everything(asked: argparse.Namespace) -> Iterator[str]:
    of = offices(asked.people, asked.offices, asked.counties, asked.competences, asked.seed)
    yield f"{int(of.size.sum())} people, {asked.offices} offices, {asked.competences} competences, seed {asked.seed}"
    yield from ways(of)
    yield ""
    yield whole("units of 10, whole", body(of, pooled_to=10)[0])
    part = offices(asked.people // 4, asked.offices // 4, asked.counties // 4, 6, asked.seed)
    yield whole("two lines, a quarter, 6 competences", lines(part, asked.seed))
    if asked.national:
        tables = body(offices(500_000, 5_900, 270, asked.competences, asked.seed), pooled_to=10)[0]
        work, cpu = timed(lambda: protect(tables))
        yield (
            f"500 000 people, units of 10: {tables.size.size} cells, {int(work.sensitive.sum())} sensitive, "
            f"{int((work.hidden & ~work.first).sum())} beside, protected in {cpu:.1f} s CPU, not judged"
        )
    yield ""
    yield "Beside the exact optimum (CP-SAT with the attacker's cuts)"
    yield from exact(asked.exact)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=22_000)
    parser.add_argument("--offices", type=int, default=260)
    parser.add_argument("--counties", type=int, default=12)
    parser.add_argument("--competences", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", type=int, default=20)
    parser.add_argument("--national", action="store_true")
    asked = parser.parse_args()
    written = []
    for one in everything(asked):
        print(one, flush=True)
        written.append(one)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join([*written, ""]), "utf-8")


if __name__ == "__main__":
    main()
