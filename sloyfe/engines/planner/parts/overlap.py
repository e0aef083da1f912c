"""Nobody is in two places at once, whether she takes part or leads."""

from __future__ import annotations

from itertools import combinations

from sloyfe.engines.planner.linear import Literal, total
from sloyfe.engines.planner.model import Model, Part
from sloyfe.engines.planner.tables import Cohort

Pair = tuple[Cohort, Cohort]


def one_place_at_a_time(model: Model) -> None:
    """Series that somebody follows for certain exclude each other slot by slot; the others where they meet."""
    together: set[frozenset[Cohort]] = set()
    if model.scope.apart:
        together.add(frozenset(cohort for cohort, part in model.parts.items() if part.loose))
    meets: dict[Pair, Literal | None] = {}
    for body, ways in model.engaged.items():
        bound = [part for part, literal in ways if part.bound(literal)]
        if len(bound) > 1:
            together.add(frozenset(part.cohort for part in bound))
        for (one, goes), (other, follows) in combinations(ways, 2):
            certain = one.bound(goes) and other.bound(follows)
            if not certain and not _one_cohort(body, one, goes, other, follows):
                _exclude(model, meets, one, goes, other, follows)
    for cohorts in sorted(together, key=sorted):
        if not any(cohorts < larger for larger in together):
            _slot_by_slot(model, [model.parts[cohort] for cohort in sorted(cohorts)])


def _one_cohort(body: int, one: Part, goes: Literal, other: Part, follows: Literal) -> bool:
    """Whether these are two cohorts of one measure, of which she can take part in one only anyway."""
    takes_part = one.people.get(body) is goes and other.people.get(body) is follows
    return takes_part and one.cohort[0] == other.cohort[0]


def _exclude(
    model: Model, meets: dict[Pair, Literal | None], one: Part, goes: Literal, other: Part, follows: Literal
) -> None:
    if one is other:
        model.cp.add_at_most_one(goes, follows)
        return
    if model.scope.apart and one.loose and other.loose:
        return
    pair = (one.cohort, other.cohort)
    if pair not in meets:
        meets[pair] = _meeting(model, one, other)
    met = meets[pair]
    if met is not None:
        model.cp.add_bool_or([goes.negated(), follows.negated(), met.negated()])


def _slot_by_slot(model: Model, parts: list[Part]) -> None:
    """At most one of these series goes on in any slot."""
    if len(parts) < 2:
        return
    covering: dict[int, list[Literal]] = {}
    for part in parts:
        for starts in part.starts:
            for start, literal in starts.items():
                for slot in range(start, start + part.course.slots):
                    covering.setdefault(slot, []).append(literal)
    for _, literals in sorted(covering.items()):
        if len(literals) > 1:
            model.cp.add_at_most_one(literals)


def _meeting(model: Model, one: Part, other: Part) -> Literal | None:
    """A literal that must be true where any two sessions of the two series overlap; None if none can."""
    pairs = [
        (at, beside)
        for at in range(len(one.starts))
        for beside in range(len(other.starts))
        if _could_overlap(one, at, other, beside)
    ]
    if not pairs:
        return None
    met = model.cp.new_bool_var(f"meet{one.cohort}{other.cohort}")
    for at, beside in pairs:
        if one.moving and other.moving:
            _apart_or(model, met, one, at, other, beside)
        elif one.moving:
            _hits(model, met, one, at, other, beside)
        else:
            _hits(model, met, other, beside, one, at)
    return met


def _could_overlap(one: Part, at: int, other: Part, beside: int) -> bool:
    slots = {slot for start in one.starts[at] for slot in range(start, start + one.course.slots)}
    return any(slot in slots for start in other.starts[beside] for slot in range(start, start + other.course.slots))


def _hits(model: Model, met: Literal, moving: Part, at: int, still: Part, beside: int) -> None:
    """Met, if the moving session begins where it overlaps the one that stands still."""
    (begins,) = still.starts[beside]
    reach = range(begins - moving.course.slots + 1, begins + still.course.slots)
    hits = [literal for start, literal in moving.starts[at].items() if start in reach]
    model.cp.add(total(hits) <= met)


def _apart_or(model: Model, met: Literal, one: Part, at: int, other: Part, beside: int) -> None:
    """Before, after, not held, or met."""
    before = model.cp.new_bool_var("before")
    after = model.cp.new_bool_var("after")
    mine, theirs = model.slot_of(one, at), model.slot_of(other, beside)
    model.cp.add(mine + one.course.slots <= theirs).only_enforce_if(before)
    model.cp.add(theirs + other.course.slots <= mine).only_enforce_if(after)
    idle = [one.held[at].negated(), other.held[beside].negated()]
    model.cp.add_bool_or([before, after, met, *idle])
