"""What each stage counts: people × sessions held in a class, those alone, the groups, and at last the cost."""

from __future__ import annotations

from sloyfe.engines.planner.linear import Linear, total, weighted
from sloyfe.engines.planner.model import Model, Part
from sloyfe.engines.planner.problem import Priority


def reached(model: Model, priority: Priority) -> Linear:
    """People × sessions held by the series in scope that belong to the class."""
    counted: list[Linear] = []
    for cohort in model.changing:
        part = model.parts[cohort]
        if part.course.measure.priority == priority:
            counted += [_going(model, part, number) for number in range(len(part.starts))]
    return total(counted)


def _going(model: Model, part: Part, number: int) -> Linear:
    if not part.open:
        return part.held[number] * len(part.people)
    everybody = total(list(part.people.values()))
    if number == 0 or not part.moving:
        return everybody
    going = model.cp.new_int_var(0, part.course.group_max, "going")
    model.cp.add(going <= everybody)
    model.cp.add(going <= part.course.group_max * part.held[number])
    return going


def by_themselves(model: Model) -> Linear:
    """Series in scope that are one person by herself where there could be more."""
    counted: list[Linear] = []
    for cohort in model.changing:
        part = model.parts[cohort]
        if not part.course.in_company:
            continue
        if part.open:
            only = model.cp.new_bool_var(f"alone{cohort}")
            model.cp.add(total(list(part.people.values())) + only >= 2 * part.used)
            counted.append(only)
        elif len(part.people) == 1:
            counted.append(part.used)
    return total(counted)


def groups(model: Model) -> Linear:
    """Series in scope that are held."""
    return total([model.parts[cohort].used for cohort in model.changing])


def points(model: Model) -> Linear:
    """The cost of the series in scope: sessions, weeks off the wish, weeks longer than asked, changes."""
    terms: list[Linear] = []
    for cohort in model.changing:
        part = model.parts[cohort]
        terms += _weeks(model, part)
        terms += _changes(model, part)
    return total(terms)


def _weeks(model: Model, part: Part) -> list[Linear]:
    weights, measure = model.tables.problem.weights, part.course.measure
    terms: list[Linear] = [held * weights.session for held in part.held]
    if measure.preferred_week is not None:
        wish = measure.preferred_week
        off = [abs(int(model.tables.week[start]) - wish) * weights.week for start in part.starts[0]]
        terms.append(weighted(list(part.starts[0].values()), off))
    if part.moving:
        for number in range(1, len(part.starts)):
            stretch = model.cp.new_int_var(0, model.tables.grid.weeks, "stretch")
            between = model.week_of(part, number) - model.week_of(part, number - 1)
            model.cp.add(stretch >= between - measure.gap_weeks * part.held[number])
            terms.append(stretch * weights.week)
    return terms


def _changes(model: Model, part: Part) -> list[Linear]:
    """Minus what is kept: a constant more than the true points, the same for every plan."""
    tables, weights = model.tables, model.tables.problem.weights
    kept: list[Linear] = []
    for number, starts in enumerate(part.starts):
        told = tables.earlier_start.get((*part.cohort, number))
        if told in starts:
            kept.append(starts[told] * -weights.moved_session)
    for row in tables.earlier_people.get(part.cohort, frozenset()) & set(part.people):
        kept.append(part.people[row] * -weights.moved_person)
    return kept
