"""What earlier pictures told and counted, brought back to protect the next one from them.

The tables are remembered whole, hidden counts too; how each person was counted lies in `Counted` and is deleted with
her. Of those who are gone from it the counts of their row are still a part, as somebody who was there then and never
since.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sloyfe.engines.disclosure.history import Earlier, History
from sloyfe.engines.disclosure.paths import Paths, Snapshot, paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, Sum
from sloyfe.reporting.picture.counting import Rows, line_key
from sloyfe.reporting.picture.gathered import NOT_ASKED, TABLES, Bools, Bytes, Gathered, Ints, Said
from sloyfe.reporting.picture.models import Counted, Publication, PublishedNode, TableMemory
from sloyfe.reporting.picture.nodes import Node

Kind = PublishedNode.Kind
DOT = ord(".")
ZERO = ord("0")
NOWHERE = -1
PLACED_BY = {"meets": "place", "lines": "line_place"}
"""Which of a person's keys places her in a table; `shown_in` in all others."""


# --- writing -----------------------------------------------------------------------------------------


def table_memory(publication: Publication, table: str, body: Body, shown: Bools) -> TableMemory:
    kept = io.BytesIO()
    sums = np.array([[one.total, part] for one in body.rows for part in one.parts], dtype=np.int64).reshape(-1, 2)
    which = np.repeat(np.arange(len(body.rows)), [len(one.parts) for one in body.rows])[:, None]
    np.savez_compressed(
        kept,
        key=np.array(body.key, dtype=np.int64),
        size=body.size,
        count=body.count,
        state=body.states,
        shown=shown,
        sums=np.concatenate([which, sums], axis=1),
    )
    return TableMemory(publication=publication, table=table, content=kept.getvalue())


def counted_rows(publication: Publication, nodes: Sequence[Node], gathered: Gathered) -> Iterator[Counted]:
    """How everybody is counted in this publication."""
    said = gathered.said
    asked = _signs(np.where(said.asked, said.required + ZERO, DOT))
    level = _signs(said.level + ZERO)
    wish = _signs(said.wish + np.uint8(ZERO))
    own = OwnKeys(nodes)
    for row, (person, office) in enumerate(zip(gathered.people.tolist(), gathered.office.tolist(), strict=True)):
        yield Counted(
            publication=publication,
            person_id=person,
            place=own.place[office],
            shown_in=own.shown_in[office],
            line_place=line_key(own.group[office], str(gathered.line[row])),
            leaving=bool(said.leaving[row]),
            asked=asked[row],
            said=level[row],
            wish=wish[row],
        )


class OwnKeys:
    """By office: the key of the row it is counted in, of the node it is shown in, and of its county."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        smallest = [node for node in nodes if node.kind in (Kind.OFFICE, Kind.POOL)]
        self.shown_in = {office: node.key for node in smallest if node.shown for office in node.offices}
        self.place = self.shown_in | {node.offices[0]: node.key for node in smallest if not node.shown}
        self.group = {office: node.key for node in nodes if node.kind == Kind.GROUP for office in node.offices}


def _signs(cells: Ints | Bytes) -> list[str]:
    rows, columns = cells.shape
    text = np.ascontiguousarray(cells, dtype=np.uint8).tobytes().decode("ascii")
    return [text[row * columns : (row + 1) * columns] for row in range(rows)]


# --- reading -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """One earlier publication: `people` are ids ascending; what they said is by today's competences.

    `known` (competences): those that were in it. Of the others nobody was counted in any group then.
    """

    publication: Publication
    people: Ints
    known: Bools
    keys: Mapping[str, Ints]
    said: Said
    tables: Mapping[str, Earlier]

    @staticmethod
    def read(publication: Publication, competences: Sequence[int]) -> Past:
        rows = Counted.objects.for_system("protect the next picture from the earlier ones")
        found = list(
            rows.filter(publication=publication)
            .order_by("person")
            .values_list("person", "place", "shown_in", "line_place", "leaving", "asked", "said", "wish")
        )
        at = {competence: place for place, competence in enumerate(publication.competences)}
        columns = np.array([at.get(competence, NOWHERE) for competence in competences], dtype=np.int64)
        person, place, shown_in, line_place, leaving, asked, said, wish = (
            zip(*found, strict=True) if found else [()] * 8
        )
        required = _cells(asked, len(at), columns, DOT)
        level = _cells(said, len(at), columns, ZERO) - ZERO
        return Past(
            publication,
            np.array(person, dtype=np.int64),
            columns >= 0,
            {
                "place": np.array(place, dtype=np.int64),
                "shown_in": np.array(shown_in, dtype=np.int64),
                "line_place": np.array(line_place, dtype=np.int64),
            },
            Said(
                required=np.where(required == DOT, NOT_ASKED, required - ZERO).astype(np.uint8),
                level=level.astype(np.uint8),
                wish=_cells(wish, len(at), columns, ZERO) != ZERO,
                leaving=np.array(leaving, dtype=np.bool_),
            ),
            _tables(publication, columns),
        )

    def without(self, people: Ints) -> Past:
        """As if these had been erased."""
        kept = ~np.isin(self.people, people)
        said = self.said
        return Past(
            self.publication,
            self.people[kept],
            self.known,
            {name: keys[kept] for name, keys in self.keys.items()},
            Said(said.required[kept], said.level[kept], said.wish[kept], said.leaving[kept]),
            self.tables,
        )


def _tables(publication: Publication, columns: Ints) -> dict[str, Earlier]:
    rows = TableMemory.objects.for_system("protect the next picture from the earlier ones")
    kept = rows.filter(publication=publication).values_list("table", "content")
    return {
        name: _table(bytes(content), np.zeros(1, dtype=np.int64) if name == "responded" else columns)
        for name, content in kept
    }


def _table(content: bytes, columns: Ints) -> Earlier:
    """What was counted and told then, by today's competences."""
    with np.load(io.BytesIO(content)) as kept:
        there = (columns >= 0)[None]
        size, count, state = (kept[one][:, columns] for one in ("size", "count", "state"))
        shown = kept["shown"][:, columns] & there
        sums: dict[int, tuple[int, list[int]]] = {}
        for which, total, part in kept["sums"].tolist():
            sums.setdefault(which, (total, []))[1].append(part)
        body = Body(
            tuple(kept["key"].tolist()),
            size * there,
            count * there,
            tuple(Sum(total, tuple(parts)) for total, parts in sums.values()),
            state=state,
        )
    return Earlier(body, shown)


def _cells(texts: Sequence[str], wide: int, columns: Ints, otherwise: int) -> Ints:
    """Signs as numbers, people × today's competences."""
    cells = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8).reshape(len(texts), wide).astype(np.int64)
    spare = np.full((len(texts), 1), otherwise, dtype=np.int64)
    return np.concatenate([cells, spare], axis=1)[:, columns]


def forgotten(past: Past, gathered: Gathered) -> Ints:
    """People who had answers then that are not there now: withdrawn, or deleted. They are not to be remembered."""
    at = np.searchsorted(gathered.people, past.people)
    here = np.minimum(at, max(len(gathered.people) - 1, 0))
    same = gathered.people[here] == past.people if len(gathered.people) else np.zeros(len(past.people), dtype=bool)
    gone = (past.said.level > 0) & gathered.said.asked[here] & (gathered.said.level[here] == 0)
    people: Ints = past.people[same & gone.any(axis=1)]
    return people


def history_of(table: str, rows: Rows, gathered: Gathered, pasts: Sequence[Past], policy: Policy) -> History | None:
    """Earlier releases of a table, oldest first, and everybody's path through them."""
    found = [(past, past.tables[table]) for past in pasts if table in past.tables]
    if not found:
        return None
    everybody = np.unique(np.concatenate([gathered.people, *(past.people for past, _ in found)]))
    by = PLACED_BY.get(table, "shown_in")
    today = np.ones(len(gathered.competences), dtype=np.bool_)
    moments = [Moment(past.people, _row_of(past.keys[by], earlier), past.said, past.known) for past, earlier in found]
    moments.append(Moment(gathered.people, rows.place, gathered.said, today))
    releases = tuple(earlier for _, earlier in found)
    snapshots = _snapshots(table, everybody, moments)
    return History(releases, _with_the_forgotten(paths(snapshots, policy), releases))


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One picture: who was in it, in which row of the table, what they had said, and of which competences."""

    people: Ints
    place: Ints
    said: Said
    known: Bools


def _row_of(keys: Ints, earlier: Earlier) -> Ints:
    at = {key: row for row, key in enumerate(earlier.body.key)}
    return np.array([at.get(key, NOWHERE) for key in keys.tolist()], dtype=np.int64)


def _snapshots(table: str, everybody: Ints, moments: Sequence[Moment]) -> list[Snapshot]:
    levels = [_spread(everybody, one.people, one.said.level) for one in moments]
    return [_snapshot(table, everybody, one, levels[at] != levels[max(at - 1, 0)]) for at, one in enumerate(moments)]


def _snapshot(table: str, everybody: Ints, moment: Moment, another_level: Bools) -> Snapshot:
    group, has = TABLES[table](moment.said)
    wide = table != "responded"  # which has one column, of all competences together
    if wide:
        group, has = group & moment.known, has & moment.known
    where = np.full(len(everybody), NOWHERE, dtype=np.int64)
    where[np.searchsorted(everybody, moment.people)] = moment.place
    counted, having = (_spread(everybody, moment.people, one) for one in (group, has))
    return Snapshot(where, counted, having, another_level & moment.known if wide else np.zeros_like(counted))


def _spread(everybody: Ints, people: Ints, cells: Any) -> Any:
    """Rows of these people among everybody's; nothing for the others."""
    found = np.zeros((len(everybody), cells.shape[1]), dtype=cells.dtype)
    found[np.searchsorted(everybody, people)] = cells
    return found


def _with_the_forgotten(known: Paths, releases: Sequence[Earlier]) -> Paths:
    """What is left of an earlier row when all we still know of are taken away: people of that release alone."""
    rows, sizes, counts = [known.rows], [known.size], [known.count]
    for at, past in enumerate(releases):
        totals = {one.total for one in past.body.rows}
        for row in (row for row in range(len(past.body.key)) if row not in totals):
            through = known.rows[:, at] == row
            size = past.body.size[row] - known.size[through].sum(axis=0)
            count = past.body.count[row] - known.count[through].sum(axis=0)
            if size.any():
                path = np.full((1, known.rows.shape[1]), NOWHERE, dtype=np.int64)
                path[0, at] = row
                rows.append(path)
                sizes.append(size[None])
                counts.append(count[None])
    return Paths(np.concatenate(rows), np.concatenate(sizes), np.concatenate(counts))
