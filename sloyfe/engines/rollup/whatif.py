"""«Hva om»: units merge, posts fall vacant, some get the course: the picture before and after.

Computed from published figures, and from what the one who asks says that she knows of those it concerns; never from
the raw table. What is hidden is anything it could be, so the answer is a range. Ranges are not narrowed by what
parents and siblings publish: that would be to work out for the reader what was hidden from her.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Anything from low to high, both included; one number where they are equal."""

    low: int
    high: int

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def less(self, other: Range) -> Range:
        """What is left when some part of it goes."""
        return Range(self.low - other.high, self.high - other.low)

    def within(self, low: int, high: int) -> Range:
        return Range(min(max(self.low, low), high), max(min(self.high, high), low))

    def is_one(self) -> bool | None:
        """Is it exactly one (does it rest on one person)? None: cannot be said."""
        if not self.low <= 1 <= self.high:
            return False
        return True if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Figure:
    """As published of one competence at one node: people asked, of them who meet it, and who hold it. None: hidden."""

    asked: int | None = None
    meets: int | None = None
    holds: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """`people` is the staff number, which is public. One figure for each competence, the same for all nodes."""

    id: int
    people: int
    figures: tuple[Figure, ...]
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """All of `node`, which has none beneath it, go to `into`."""

    node: int
    into: int


@dataclass(frozen=True, slots=True)
class Vacant:
    """So many posts at the node are left, of all competences; `known` says, for some competences by their place,
    how many of those who leave are asked, meet and hold it, as far as the one who asks knows."""

    node: int
    posts: int
    known: tuple[tuple[int, Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """So many at the node who do not meet the requirement come to do it; so many who do not hold it come to."""

    node: int
    competence: int
    meets: int
    holds: int = 0


Change = Merge | Vacant | Course


@dataclass(frozen=True, slots=True)
class Cell:
    """What one competence can be at one node."""

    asked: Range
    meets: Range
    holds: Range


@dataclass(frozen=True, slots=True)
class Picture:
    """One node. A cell for each competence."""

    node: int
    people: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The nodes in the order given; one that has merged into another is not there afterwards."""

    before: tuple[Picture, ...]
    after: tuple[Picture, ...]


def what_if(nodes: Sequence[Node], changes: Sequence[Change]) -> Answer:
    """The changes are made in their order, each at its node and all above it. Ranges always hold the truth; after
    one change at a node they are no wider than they must be."""
    _sensible(nodes)
    body = _Body(nodes)
    before = body.pictures()
    for change in changes:
        body.make(change)
    return Answer(before, body.pictures())


class _Body:
    """The nodes as they are when some of the changes have been made."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.above = {node.id: node.above for node in nodes}
        self.competences = len(nodes[0].figures) if nodes else 0
        self.at = {
            node.id: Picture(node.id, node.people, tuple(_cell(node, one) for one in node.figures)) for node in nodes
        }

    def pictures(self) -> tuple[Picture, ...]:
        return tuple(self.at.values())

    def make(self, change: Change) -> None:
        _demand(change.node in self.at, f"there is no node {change.node}")
        if isinstance(change, Merge):
            self._merge(change)
        elif isinstance(change, Vacant):
            self._vacant(change)
        else:
            self._course(change)

    def _line(self, node: int | None) -> list[int]:
        """The node and all above it."""
        found = []
        while node is not None:
            found.append(node)
            node = self.above[node]
        return found

    def _merge(self, change: Merge) -> None:
        _demand(change.into in self.at, f"there is no node {change.into}")
        _demand(change.node not in self.above.values(), f"node {change.node} has others beneath it and cannot merge")
        old, new = self._line(change.node), self._line(change.into)
        _demand(change.node != change.into and change.into not in old, f"node {change.node} cannot merge into itself")
        moved = self.at[change.node]
        for one in new:
            if one not in old:
                self.at[one] = _joined(self.at[one], moved)
        for one in old:
            if one not in new:
                self.at[one] = _parted(self.at[one], moved)
        del self.at[change.node], self.above[change.node]

    def _vacant(self, change: Vacant) -> None:
        has = self.at[change.node].people
        _demand(0 <= change.posts <= has, f"{change.posts} posts of {has} cannot fall vacant at node {change.node}")
        known = dict(change.known)
        for competence, figure in known.items():
            self._one_of(competence)
            _possible(figure, change.posts, f"those who leave node {change.node}")
        left = [known.get(competence, Figure()) for competence in range(self.competences)]
        for one in self._line(change.node):
            picture = self.at[one]
            people = picture.people - change.posts
            cells = tuple(
                _left(cell, figure, change.posts, people) for cell, figure in zip(picture.cells, left, strict=True)
            )
            self.at[one] = replace(picture, people=people, cells=cells)

    def _course(self, change: Course) -> None:
        self._one_of(change.competence)
        _demand(min(change.meets, change.holds) >= 0, "fewer than none cannot get the course")
        here = self.at[change.node]
        cell = here.cells[change.competence]
        rise = _risen(
            _at_most(change.meets, Range(max(0, cell.asked.low - cell.meets.high), cell.asked.high - cell.meets.low)),
            _at_most(change.holds, Range(here.people - cell.holds.high, here.people - cell.holds.low)),
        )
        self._set(change.node, change.competence, _lifted(change.meets, change.holds))
        for one in self._line(self.above[change.node]):
            self._set(one, change.competence, rise)

    def _set(self, node: int, competence: int, lift: Callable[[Cell, int], Cell]) -> None:
        picture = self.at[node]
        cells = list(picture.cells)
        cells[competence] = lift(cells[competence], picture.people)
        self.at[node] = replace(picture, cells=tuple(cells))

    def _one_of(self, competence: int) -> None:
        _demand(0 <= competence < self.competences, f"there is no competence {competence}")


def _cell(node: Node, figure: Figure) -> Cell:
    holds = _range(figure.holds, 0, node.people)
    asked = _range(figure.asked, figure.meets or 0, node.people)
    return Cell(asked, _range(figure.meets, 0, asked.high), holds)


def _range(number: int | None, low: int, high: int) -> Range:
    return Range(low, high) if number is None else Range(number, number)


def _at_most(number: int, room: Range) -> Range:
    """How many of so many there is room for."""
    return Range(min(number, room.low), min(number, room.high))


def _bounded(asked: Range, meets: Range, holds: Range, people: int) -> Cell:
    """No more are asked than there are, and no more meet it than are asked."""
    asked = asked.within(0, people)
    meets = meets.within(0, asked.high)
    return Cell(asked.within(meets.low, people), meets, holds.within(0, people))


def _joined(one: Picture, other: Picture) -> Picture:
    people = one.people + other.people
    cells = (
        _bounded(a.asked + b.asked, a.meets + b.meets, a.holds + b.holds, people)
        for a, b in zip(one.cells, other.cells, strict=True)
    )
    return replace(one, people=people, cells=tuple(cells))


def _parted(one: Picture, gone: Picture) -> Picture:
    people = one.people - gone.people
    cells = (
        _bounded(a.asked.less(b.asked), a.meets.less(b.meets), a.holds.less(b.holds), people)
        for a, b in zip(one.cells, gone.cells, strict=True)
    )
    return replace(one, people=people, cells=tuple(cells))


def _left(cell: Cell, known: Figure, posts: int, people: int) -> Cell:
    """Some leave: of each kind none, or as many as there are posts, or what is known."""
    asked = cell.asked.less(_range(known.asked, known.meets or 0, posts)).within(0, people)
    meets = cell.meets.less(_range(known.meets, 0, posts if known.asked is None else known.asked))
    return _bounded(asked, meets, cell.holds.less(_range(known.holds, 0, posts)), people)


def _lifted(meets: int, holds: int) -> Callable[[Cell, int], Cell]:
    """At the node: so many more, until all who are asked meet it and all hold it."""

    def lift(cell: Cell, people: int) -> Cell:
        low = min(cell.meets.low + meets, max(cell.asked.low, cell.meets.low))
        after = Range(low, min(cell.meets.high + meets, cell.asked.high))
        held = Range(min(cell.holds.low + holds, people), min(cell.holds.high + holds, people))
        return _bounded(cell.asked, after, held, people)

    return lift


def _risen(meets: Range, holds: Range) -> Callable[[Cell, int], Cell]:
    """Above the node: by as many as came to do so at the node."""
    return lambda cell, people: _bounded(cell.asked, cell.meets + meets, cell.holds + holds, people)


def _sensible(nodes: Sequence[Node]) -> None:
    above = {node.id: node.above for node in nodes}
    _demand(len(above) == len(nodes), "a node is given more than once")
    for node in nodes:
        _demand(
            node.above is None or node.above in above, f"node {node.id} lies under {node.above}, which is not given"
        )
        _demand(
            len(node.figures) == len(nodes[0].figures), f"node {node.id} has {len(node.figures)} figures, others not"
        )
        for figure in node.figures:
            _possible(figure, node.people, f"node {node.id}")
        seen, one = {node.id}, node.above
        while one is not None:
            _demand(one not in seen, f"node {node.id} lies beneath itself")
            seen.add(one)
            one = above[one]


def _possible(figure: Figure, people: int, where: str) -> None:
    asked = people if figure.asked is None else figure.asked
    _demand(0 <= asked <= people, f"{where}: {asked} asked of {people}")
    _demand(0 <= (figure.meets or 0) <= asked, f"{where}: {figure.meets} meet it of {asked} asked")
    _demand(0 <= (figure.holds or 0) <= people, f"{where}: {figure.holds} hold it of {people}")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
