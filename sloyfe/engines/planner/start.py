"""Where the search begins: what still holds of the plan already told; a new one where none has been.

Series by series, with those of their people who still can, and no more sessions than still fit; then the quick
way places what it can beside them. A told plan is never thrown away for a new one that is a little better: what
the search changes in it, it changes piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise

import numpy as np

from sloyfe.engines.planner.greedy import extend, fits, greedy, measures_in_turn, prolong
from sloyfe.engines.planner.plan import Load, Plan, Series
from sloyfe.engines.planner.problem import Placement
from sloyfe.engines.planner.tables import Cohort, Tables, lowest, run


def first_plan(tables: Tables) -> Plan:
    """What is left of the earlier plan, filled up; by the quick way from nothing where there is none."""
    if not tables.problem.earlier:
        return greedy(tables)
    kept: Plan = carry_over(tables)
    for cohort in sorted(kept):
        kept = prolong(tables, kept, cohort)
    return extend(tables, kept, measures_in_turn(tables))


def carry_over(tables: Tables) -> dict[Cohort, Series]:
    """The earlier plan as far as every rule still lets it stand."""
    plan: dict[Cohort, Series] = {}
    load = Load(tables)
    turn = {place: at for at, place in enumerate(measures_in_turn(tables))}
    told = sorted(tables.problem.earlier, key=lambda one: (turn[tables.index[one.session.measure]], one.session))
    for key, placements in groupby(told, key=lambda one: (one.session.measure, one.session.cohort)):
        cohort = (tables.index[key[0]], key[1])
        series = _as_series(tables, list(placements))
        while series.starts and not _stands(tables, plan, load, cohort, series):
            series = Series(series.starts[:-1], series.people, series.leader)
    return plan


def _as_series(tables: Tables, placements: Iterable[Placement]) -> Series:
    """The sessions from the first up to any hole."""
    told = [one for number, one in enumerate(placements) if one.session.number == number]
    if not told:
        return Series((), (), None)
    leader = told[0].facilitator
    return Series(
        starts=tuple(one.start for one in told),
        people=tuple(tables.row[one] for one in told[0].people),
        leader=None if leader is None else tables.leader_ids.index(leader),
    )


def _stands(tables: Tables, plan: dict[Cohort, Series], load: Load, cohort: Cohort, series: Series) -> bool:
    """Whether the series can be held as told, by enough of its people; if so it is in the plan afterwards."""
    measure = tables.courses[cohort[0]].measure
    if not (_in_window(tables, cohort, series) and _led(tables, load, cohort, series)):
        return False
    held = Series(series.starts, (), series.leader)
    load.add(cohort, held)
    plan[cohort] = held
    for row in series.people:
        here = plan[cohort]
        if len(here.people) < tables.courses[cohort[0]].group_max and fits(tables, plan, load, cohort, row):
            load.drop(cohort, here)
            plan[cohort] = Series(here.starts, tuple(sorted((*here.people, row))), here.leader)
            load.add(cohort, plan[cohort])
    if len(plan[cohort].people) >= measure.group_min:
        return True
    load.drop(cohort, plan.pop(cohort))
    return False


def _in_window(tables: Tables, cohort: Cohort, series: Series) -> bool:
    course = tables.courses[cohort[0]]
    in_turn = all(
        later >= sooner + course.slots and tables.week[later] >= tables.week[sooner] + course.measure.gap_weeks
        for sooner, later in pairwise(series.starts)
    )
    return in_turn and bool(course.window[list(series.starts)].all())


def _led(tables: Tables, load: Load, cohort: Cohort, series: Series) -> bool:
    course = tables.courses[cohort[0]]
    if series.leader is None or series.leader not in course.leaders:
        return series.leader is None and not course.leaders
    member = tables.member[:, tables.leader_body(series.leader)]
    spared = (lowest(load.room, course.slots) >= member[:, None]).all(axis=0)
    free = run(load.lead_free(series.leader)[None, :], course.slots)[0]
    return bool(np.all((free & spared)[list(series.starts)]))
