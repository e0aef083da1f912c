"""Judges a plan against every hard rule, one function each, knowing nothing of how it was found.

It shares only the shapes of `problem.py` and `answer.py` with the search: plain sets and loops, no arrays,
no solver, so that one mistake cannot hide in both. `violations` speaks of the dates, `misstatements` of the
figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sloyfe.engines.planner.answer import Aim, Answer, Rule, Stage
from sloyfe.engines.planner.problem import Measure, Person, Placement, Problem, Removal, Session


@dataclass(frozen=True, slots=True)
class Violation:
    """Which rule a session breaks; `ids` are those of the people, minimum or facilitator it concerns."""

    rule: Rule
    session: Session
    ids: tuple[int, ...] = ()


def violations(problem: Problem, answer: Answer) -> list[Violation]:
    """Every breach of a hard rule, in the order of the rules; empty means that the plan can be kept."""
    plan = _Plan(problem, answer.placements)
    return [Violation(*found) for rule in RULES for found in rule(plan)]


def misstatements(problem: Problem, answer: Answer) -> list[str]:
    """Where the answer's own figures differ from a recount of its placements."""
    return [
        f"{what}: says {said}, is {counted}" for what, said, counted in _recounts(problem, answer) if said != counted
    ]


Found = tuple[Rule, Session] | tuple[Rule, Session, tuple[int, ...]]


class _Plan:
    """The placements of known sessions, looked up the ways the rules ask."""

    def __init__(self, problem: Problem, placements: tuple[Placement, ...]) -> None:
        self.problem = problem
        self.grid = problem.grid
        self.measures = {measure.id: measure for measure in problem.measures}
        self.people = {person.id: person for person in problem.people}
        self.leaders = {one.id: one for one in problem.facilitators}
        self.all = placements
        self.known = [p for p in placements if self._exists(p.session)]
        self.at: dict[Session, Placement] = {p.session: p for p in self.known}

    def _exists(self, session: Session) -> bool:
        measure = self.measures.get(session.measure)
        return measure is not None and 0 <= session.cohort < measure.cohorts and 0 <= session.number < measure.sessions

    def measure(self, placement: Placement) -> Measure:
        return self.measures[placement.session.measure]

    def slots(self, placement: Placement) -> range:
        return range(placement.start, placement.start + self.grid.length(self.measure(placement).minutes))

    def bodies(self, placement: Placement) -> set[int]:
        """Ids of the people in the room, an inside facilitator included."""
        leader = self.leaders.get(placement.facilitator) if placement.facilitator is not None else None
        inside = {leader.person} if leader is not None and leader.person is not None else set()
        return set(placement.people) | inside

    def away(self) -> dict[int, list[tuple[Session, int]]]:
        """For each slot, who is in which session."""
        rooms: dict[int, list[tuple[Session, int]]] = defaultdict(list)
        for placement in self.known:
            for slot in self.slots(placement):
                rooms[slot] += [(placement.session, body) for body in sorted(self.bodies(placement))]
        return rooms


def _removed(removals: tuple[Removal, ...]) -> set[int]:
    return {slot for removal in removals for slot in removal.slots}


def _at_work(person: Person) -> Callable[[int], bool]:
    gone = {slot for removal in person.removals if not removal.present for slot in removal.slots}
    return lambda slot: slot not in gone


def _cohorts(plan: _Plan) -> Iterator[Found]:
    """A session is one of those asked for, and has one date."""
    seen: set[Session] = set()
    known = {placement.session for placement in plan.known}
    for placement in plan.all:
        if placement.session not in known or placement.session in seen:
            yield Rule.COHORTS, placement.session
        seen.add(placement.session)


def _window(plan: _Plan) -> Iterator[Found]:
    """It lies in the measure's weeks, within one day of the grid, and touches no closed slot."""
    closed = set(plan.problem.closed)
    for placement in plan.known:
        measure, slots = plan.measure(placement), plan.slots(placement)
        inside = slots[0] >= 0 and slots[-1] < plan.grid.slots
        one_day = slots[0] // plan.grid.slots_per_day == slots[-1] // plan.grid.slots_per_day
        weeks = measure.first_week <= plan.grid.week(slots[0]) <= measure.last_week
        if not (inside and one_day and weeks) or closed & set(slots):
            yield Rule.WINDOW, placement.session


def _calendar(plan: _Plan) -> Iterator[Found]:
    """Everybody who takes part is free the whole time."""
    removed = {person.id: _removed(person.removals) for person in plan.people.values()}
    for placement in plan.known:
        slots = set(plan.slots(placement))
        caught = tuple(sorted(one for one in placement.people if removed.get(one, set()) & slots))
        if caught:
            yield Rule.CALENDAR, placement.session, caught


def _staffing(plan: _Plan) -> Iterator[Found]:
    """Each minimum holds in each of its slots, or nobody of its people left for a session."""
    rooms = plan.away()
    for rule in plan.problem.staffing:
        members = {one: _at_work(plan.people[one]) for one in rule.people}
        broken: set[Session] = set()
        for slot in set(rule.slots) & set(rooms):
            there = {one for one, works in members.items() if works(slot)}
            gone = {body for _, body in rooms[slot]} & there
            if gone and len(there - gone) < rule.at_least:
                broken |= {session for session, body in rooms[slot] if body in gone}
        for session in sorted(broken):
            yield Rule.STAFFING, session, (rule.id,)


def _facilitator(plan: _Plan) -> Iterator[Found]:
    """One of the measure's facilitators leads the whole series, is free, and leads one session at a time."""
    leads: dict[int, list[tuple[int, Session]]] = defaultdict(list)
    by_series: dict[tuple[int, int], set[int | None]] = defaultdict(set)
    for placement in plan.known:
        by_series[placement.session.measure, placement.session.cohort].add(placement.facilitator)
        if not _leader_fits(plan, placement):
            yield Rule.FACILITATOR, placement.session
        if placement.facilitator is not None:
            leads[placement.facilitator] += [(slot, placement.session) for slot in plan.slots(placement)]
    for placement in plan.known:
        if len(by_series[placement.session.measure, placement.session.cohort]) > 1:
            yield Rule.FACILITATOR, placement.session
    for leader, held in leads.items():
        for session in _doubled(held):
            yield Rule.FACILITATOR, session, (leader,)


def _leader_fits(plan: _Plan, placement: Placement) -> bool:
    wanted = plan.measure(placement).facilitators
    if placement.facilitator is None:
        return not wanted
    if placement.facilitator not in wanted or placement.facilitator not in plan.leaders:
        return False
    leader = plan.leaders[placement.facilitator]
    removed = _removed(leader.removals)
    if leader.person is not None:
        removed |= _removed(plan.people[leader.person].removals)
    return not removed & set(plan.slots(placement))


def _doubled(held: list[tuple[int, Session]]) -> list[Session]:
    at: dict[int, set[Session]] = defaultdict(set)
    for slot, session in held:
        at[slot].add(session)
    return sorted({session for sessions in at.values() if len(sessions) > 1 for session in sessions})


def _budget(plan: _Plan) -> Iterator[Found]:
    """Nobody spends more than her learning time in any period (of the week in which a session begins)."""
    spent: dict[tuple[int, int], list[Placement]] = defaultdict(list)
    for placement in plan.known:
        for one in placement.people if 0 <= placement.start < plan.grid.slots else ():
            spent[one, plan.grid.week(placement.start) // plan.problem.period_weeks].append(placement)
    over: dict[Session, set[int]] = defaultdict(set)
    for (one, period), placements in spent.items():
        learning = plan.people[one].learning if one in plan.people else ()
        if sum(plan.measure(p).minutes for p in placements) > (learning[period] if learning else 0):
            for placement in placements:
                over[placement.session].add(one)
    for session, ids in sorted(over.items()):
        yield Rule.BUDGET, session, tuple(sorted(ids))


def _order(plan: _Plan) -> Iterator[Found]:
    """A series is held in its order with its gap, and a measure after those that come before it."""
    for placement in plan.known:
        session, measure = placement.session, plan.measure(placement)
        if session.number:
            before = plan.at.get(Session(session.measure, session.cohort, session.number - 1))
            if before is None or not _after(plan, before, placement, measure.gap_weeks):
                yield Rule.ORDER, session
    for order in plan.problem.orders:
        first, then = plan.measures[order.first], plan.measures[order.then]
        both = set(first.participants) & set(then.participants)
        for placement in plan.known:
            if placement.session.measure == then.id:
                early = tuple(
                    sorted(
                        one
                        for one in both & set(placement.people)
                        if not _been_through(plan, first, one, placement, order.gap_weeks)
                    )
                )
                if early:
                    yield Rule.ORDER, placement.session, early


def _after(plan: _Plan, before: Placement, placement: Placement, gap_weeks: int) -> bool:
    late_enough = placement.start > plan.slots(before)[-1]
    return late_enough and plan.grid.week(placement.start) >= plan.grid.week(before.start) + gap_weeks


def _been_through(plan: _Plan, first: Measure, one: int, placement: Placement, gap_weeks: int) -> bool:
    last = [
        held
        for held in plan.known
        if held.session.measure == first.id and held.session.number == first.sessions - 1 and one in held.people
    ]
    return any(_after(plan, held, placement, gap_weeks) for held in last)


def _group(plan: _Plan) -> Iterator[Found]:
    """A session is held for no fewer and no more than the measure says."""
    for placement in plan.known:
        measure, size = plan.measure(placement), len(placement.people)
        if size < measure.group_min or (measure.group_max is not None and size > measure.group_max):
            yield Rule.GROUP, placement.session


def _participant(plan: _Plan) -> Iterator[Found]:
    """Only those who are to take part, each once, in one cohort, and the same people through the series."""
    cohort_of: dict[tuple[int, int], set[int]] = defaultdict(set)
    for placement in plan.known:
        for one in placement.people:
            cohort_of[placement.session.measure, one].add(placement.session.cohort)
    for placement in plan.known:
        measure, session = plan.measure(placement), placement.session
        strangers = set(placement.people) - set(measure.participants)
        twice = {one for one in placement.people if len(cohort_of[session.measure, one]) > 1}
        first = plan.at.get(Session(session.measure, session.cohort, 0), placement)
        changed = set(first.people) ^ set(placement.people)
        doubled = len(set(placement.people)) != len(placement.people)
        wrong = strangers | twice | changed
        if wrong or doubled:
            yield Rule.PARTICIPANT, session, tuple(sorted(wrong))


def _one_at_a_time(plan: _Plan) -> Iterator[Found]:
    """Nobody is in two sessions at once, whether she takes part or leads; nor leads where she takes part."""
    for placement in plan.known:
        leader = plan.leaders.get(placement.facilitator) if placement.facilitator is not None else None
        if leader is not None and leader.person in placement.people:
            yield Rule.ONE_AT_A_TIME, placement.session, (leader.person,)
    clashing: dict[Session, set[int]] = defaultdict(set)
    for in_rooms in plan.away().values():
        sessions_of: dict[int, set[Session]] = defaultdict(set)
        for session, body in in_rooms:
            sessions_of[body].add(session)
        for body, sessions in sessions_of.items():
            if len(sessions) > 1:
                for session in sessions:
                    clashing[session].add(body)
    for session, bodies in sorted(clashing.items()):
        yield Rule.ONE_AT_A_TIME, session, tuple(sorted(bodies))


RULES: tuple[Callable[[_Plan], Iterator[Found]], ...] = (
    _cohorts,
    _window,
    _calendar,
    _staffing,
    _facilitator,
    _budget,
    _order,
    _group,
    _participant,
    _one_at_a_time,
)


def _recounts(problem: Problem, answer: Answer) -> Iterator[tuple[str, int, int]]:
    measures = {measure.id: measure for measure in problem.measures}
    for stage in answer.stages:
        yield f"stage {stage.aim} {stage.priority}", stage.value, counted(problem, answer, stage)
    placed = sum(len(p.people) * measures[p.session.measure].minutes for p in answer.placements)
    yield "minutes placed", answer.hours.placed, placed
    for measure in problem.measures:
        yield (
            f"measure {measure.id}, sessions missed",
            _said_missed(answer, measure),
            _missed(answer, measure),
        )


def counted(problem: Problem, answer: Answer, stage: Stage) -> int:
    """A stage's value, recounted from its definition."""
    if stage.aim is Aim.COST:
        return cost(problem, answer)
    if stage.aim is Aim.GROUPS:
        return len({(p.session.measure, p.session.cohort) for p in answer.placements})
    if stage.aim is Aim.ALONE:
        return alone(problem, answer)
    in_class = {measure.id for measure in problem.measures if measure.priority == stage.priority}
    return sum(len(p.people) for p in answer.placements if p.session.measure in in_class)


def alone(problem: Problem, answer: Answer) -> int:
    """People who are one group by themselves, where the measure is for more and its groups may be larger."""
    company = {m.id for m in problem.measures if len(m.participants) > 1 and m.group_max != 1}
    by_themselves = [p for p in answer.placements if len(p.people) == 1 and p.session.measure in company]
    return len({(p.session.measure, p.session.cohort) for p in by_themselves})


def _said_missed(answer: Answer, measure: Measure) -> int:
    said = [one for one in answer.unplaced if one.measure == measure.id]
    return sum(one.people * (measure.sessions - one.number) for one in said)


def _missed(answer: Answer, measure: Measure) -> int:
    held = sum(len(p.people) for p in answer.placements if p.session.measure == measure.id)
    return len(measure.participants) * measure.sessions - held


def cost(problem: Problem, answer: Answer) -> int:
    """The last stage's points, recounted from its definition."""
    weights, grid = problem.weights, problem.grid
    at = {placement.session: placement for placement in answer.placements}
    points = weights.session * len(at)
    for measure in problem.measures:
        for session, placement in at.items():
            if session.measure != measure.id:
                continue
            week = grid.week(placement.start)
            if session.number:
                before = at.get(Session(measure.id, session.cohort, session.number - 1), placement)
                points += weights.week * (week - grid.week(before.start) - measure.gap_weeks)
            elif measure.preferred_week is not None:
                points += weights.week * abs(week - measure.preferred_week)
    return points + _changes(problem, at)


def _changes(problem: Problem, at: dict[Session, Placement]) -> int:
    weights = problem.weights
    points = 0
    for told in problem.earlier:
        now = at.get(told.session)
        points += weights.moved_session * (now is None or now.start != told.start)
        if told.session.number == 0:
            still = set(now.people) if now is not None else set()
            points += weights.moved_person * len(set(told.people) - still)
    return points
