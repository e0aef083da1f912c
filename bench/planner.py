"""How good the planner's plans are and how long they take, beside the plain ways in the same run.

    python -m bench.planner [--sizes 3 40 200] [--seeds 3] [--limit 10] [--whole 40]

Offices with part-time, shifts, absence, duties and calendars come from the tests' generator, 13 weeks on a grid
of half hours, twenty sessions in eight measures from about 40 people on (with cohorts about sixty to place for
200). Three ways on each: the quick way alone (greedy), the whole model given to CP-SAT at once (for offices up to
`--whole` people; larger ones cannot be built in the time), and the planner. What is placed counts stage by stage:
people × sessions in each class, of the bound for that class; the cost is per hundred people × sessions, so that a
plan is not cheap because it places little. Every plan is put to the verifier. Writes bench/out/planner.txt.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sloyfe.engines.planner.answer import Aim, Answer, Hours, Status
from sloyfe.engines.planner.bounds import Bounds
from sloyfe.engines.planner.effort import effort
from sloyfe.engines.planner.exact import Exact
from sloyfe.engines.planner.greedy import greedy
from sloyfe.engines.planner.model import everything
from sloyfe.engines.planner.plan import AFTER_REACH, Plan, alone, classes, cost, placements, values
from sloyfe.engines.planner.problem import Problem
from sloyfe.engines.planner.solve import solve
from sloyfe.engines.planner.tables import Tables
from sloyfe.engines.planner.tests.office import office
from sloyfe.engines.planner.verify import violations

OUT = Path(__file__).parent / "out" / "planner.txt"


@dataclass
class Result:
    """One way on one office."""

    way: str
    reached: list[int]
    alone: int
    groups: int
    cost: int
    cpu: float
    wall: float
    broken: int
    note: str = ""

    @property
    def per_hundred(self) -> float:
        return 100 * self.cost / sum(self.reached) if any(self.reached) else float("nan")


def measured(way: str, tables: Tables, how: Callable[[], Plan]) -> Result:
    cpu, wall = time.process_time(), time.perf_counter()
    plan = how()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    placed = placements(tables, plan)
    broken = violations(tables.problem, Answer(Status.LIMIT, placed, (), (), Hours(0, 0, 0, 0, ())))
    reached = values(tables, plan)
    counted = [reached[one] for one in classes(tables)]
    return Result(way, counted, alone(tables, plan), len(plan), cost(tables, plan), cpu, wall, len(broken))


def whole(tables: Tables, limit: float) -> Plan:
    """CP-SAT alone on the whole model, each stage its share of the limit."""
    spend = effort(limit, units=limit)
    exact = Exact(tables, {}, everything(tables), spend, seed=1)
    stages = len(classes(tables)) + len(AFTER_REACH)
    for stage in range(stages):
        exact.better(stage, limit / stages)
        if stage < stages - 1:
            exact.keep(stage)
    return exact.plan


def planned(problem: Problem, limit: float) -> tuple[Result, Answer]:
    cpu, wall = time.process_time(), time.perf_counter()
    answer = solve(problem, seed=1, time_limit=limit)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    reached = [stage.value for stage in answer.stages if stage.aim is Aim.REACH]
    by_themselves, groups, last = (stage.value for stage in answer.stages[-3:])
    broken = len(violations(problem, answer))
    return Result("planner", reached, by_themselves, groups, last, cpu, wall, broken), answer


def one_office(size: int, seed: int, limit: float, whole_up_to: int) -> tuple[list[str], list[Result]]:
    problem = office(size, seed)
    tables = Tables(problem)
    ceilings = [Bounds(tables).ceiling(one) for one in classes(tables)]
    results = [measured("greedy", tables, lambda: greedy(tables))]
    if size <= whole_up_to:
        results.append(measured("CP-SAT, whole", tables, lambda: whole(tables, limit)))
    result, answer = planned(problem, limit)
    helped = sum(short.relaxation is not None for short in answer.unplaced)
    result.note = f"{answer.status}, {answer.rounds} models, {len(answer.unplaced)} did not fit, {helped} helped"
    results.append(result)
    held = len(answer.placements)
    head = f"{size} people, seed {seed}: {held} sessions held; bounds " + " ".join(f"{one:>4}" for one in ceilings)
    return [head, *(line(one, ceilings) for one in results), ""], results


def line(one: Result, ceilings: list[int]) -> str:
    share = sum(one.reached) / max(sum(ceilings), 1)
    return (
        f"  {one.way:<14}" + " ".join(f"{reached:>4}" for reached in one.reached) + f"  {share:6.1%} of the bound"
        f"  alone {one.alone:>2} of {one.groups:>2} groups"
        f"  cost {one.cost:>4}, {one.per_hundred:6.1f} per 100  CPU {one.cpu:5.1f} s  wall {one.wall:5.1f} s"
        f"  broken {one.broken}  {one.note}"
    )


def ratios(by_way: dict[str, list[Result]]) -> list[str]:
    """Each way against the quick one, over the offices both were tried on."""
    lines = []
    for way, results in by_way.items():
        plain = by_way["greedy"][: len(results)]
        placed = sum(sum(one.reached) for one in results) / max(sum(sum(one.reached) for one in plain), 1)
        pairs = [(one, other) for one, other in zip(results, plain, strict=True) if any(one.reached)]
        dear = sum(one.per_hundred for one, _ in pairs) / (sum(other.per_hundred for _, other in pairs) or 1.0)
        better = sum(one.reached > other.reached for one, other in zip(results, plain, strict=True))
        most = max(one.wall for one in results)
        lines.append(
            f"  {way:<14} placed × {placed:.3f} of greedy's, cost per 100 × {dear:.3f}, reaches more (stage by "
            f"stage) in {better} of {len(results)}, slowest {most:.1f} s"
        )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[3, 40, 200])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=10.0)
    parser.add_argument("--whole", type=int, default=40)
    options = parser.parse_args()
    written = [f"Planner, limit {options.limit:g} s, seeds 0 to {options.seeds - 1}", ""]
    for size in options.sizes:
        by_way: dict[str, list[Result]] = {}
        for seed in range(options.seeds):
            said, results = one_office(size, seed, options.limit, options.whole)
            written += said
            for one in results:
                by_way.setdefault(one.way, []).append(one)
        written += [f"{size} people, all seeds", *ratios(by_way), ""]
    text = "\n".join(written)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
