"""Makes a picture: gathers, counts, protects with all that was told before, and stores everything at once.

Nothing is stored before the attacker has tried it and found nothing. Pages answer from the last picture meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from sloyfe.core.access import Viewer
from sloyfe.core.audit.actions import record
from sloyfe.core.release import Raw, Reason, Released, ReleasePolicy, release, release_policy
from sloyfe.engines.disclosure.history import Earlier
from sloyfe.engines.disclosure.problem import Body, State
from sloyfe.engines.disclosure.solve import NotSafe
from sloyfe.reporting.picture.counting import body_of, rows_of
from sloyfe.reporting.picture.figures import figures_of
from sloyfe.reporting.picture.gather import gather
from sloyfe.reporting.picture.gathered import TABLES, Bools, Gathered
from sloyfe.reporting.picture.memory import Past, counted_rows, forgotten, history_of, table_memory
from sloyfe.reporting.picture.models import Counted, NodeOffice, Publication, PublishedNode, TableMemory
from sloyfe.reporting.picture.nodes import Node, nodes_for
from sloyfe.reporting.picture.seal import digest

AT_ONCE = 2000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One table with what may be told of it. `released.carried` points into `earlier`, told on `days`."""

    body: Body
    released: Released
    earlier: tuple[Earlier, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def shown(self) -> Bools:
        told: Bools = self.released.reason == Reason.SHOWN
        return told

    def carried(self, row: int, column: int) -> tuple[int, int, date]:
        """The number that still stands, of how many, and from when."""
        at = int(self.released.carried[row, column])
        body = self.earlier[at].body
        there = body.key.index(self.body.key[row])
        return int(body.count[there, column]), int(body.size[there, column]), self.days[at]


class NothingToTell(Exception):
    """Nobody has said yes to being counted and answered, so there is nothing to make a picture of."""


class MadeMeanwhile(Exception):
    """Another picture was stored while this one was made, so this one is not protected from it."""


def publish_if_due(day: date) -> Publication | None:
    """A new picture when the policy says it is time; None when it is not, or nobody has answered."""
    policy = release_policy(day)
    latest = next(reversed(kept()), None)
    if latest is not None and day < latest.day + timedelta(days=policy.every_days):
        return None
    try:
        return publish(day, by="a new picture is due")
    except NothingToTell:
        return None


def publish(
    day: date,
    *,
    by: Viewer | str,
    progress: Progress = lambda percent: None,
    stored: Callable[[Publication], None] = lambda publication: None,
) -> Publication:
    """The picture of a day. Raises NothingToTell, or the engine's NotSafe where it cannot be made safe; then nothing
    is stored. `stored` is called in the transaction that stores it.
    """
    policy = release_policy(day)
    before = kept()
    if before and before[-1].day > day:
        raise ValueError(f"there is a picture of {before[-1].day}, so one of an earlier day cannot be protected")
    gathered = gather(day)
    if not gathered.said.level.any():
        raise NothingToTell
    progress(20)
    sizes = Counter(gathered.office.tolist())
    with transaction.atomic():
        nodes = nodes_for(day, sizes, policy.pooled_at_least)
    pasts = [Past.read(publication, gathered.competences) for publication in before]
    gone = [forgotten(past, gathered) for past in pasts]
    remembered = [past.without(people) for past, people in zip(pasts, gone, strict=True)]
    tables = make_tables(nodes, gathered, remembered, policy, progress)
    with transaction.atomic():
        if [one.pk for one in kept()] != [one.pk for one in before]:
            raise MadeMeanwhile
        for past, people in zip(pasts, gone, strict=True):
            forget(past.publication, people.tolist())
        publication = Publication.objects.create(
            day=day, policy=policy.snapshot(), competences=list(gathered.competences)
        )
        _store(publication, nodes, gathered, tables)
        _let_go(policy.kept)
        seal = digest(publication)
        record(by, "picture.published", publication, day=day.isoformat(), people=len(gathered.people), digest=seal)
        stored(publication)
    return publication


def make_tables(
    nodes: Sequence[Node],
    gathered: Gathered,
    pasts: Sequence[Past],
    policy: ReleasePolicy,
    progress: Progress = lambda percent: None,
) -> dict[str, Table]:
    """All tables of the policy, in order: those that divide a number come after it."""
    made: dict[str, Table] = {}
    wanted = [table for table in TABLES if table in policy.crossings]
    for done, name in enumerate(wanted):
        rows = rows_of(name, nodes, gathered)
        divided = _told(made["meets"], rows.keys) if "meets" in made else None
        body = body_of(name, rows, gathered, divided, policy.engine)
        if rows.known is not None:
            body = _without_unsafe_columns(body, policy)
        history = history_of(name, rows, gathered, pasts, policy.engine)
        try:
            released = release(Raw(body), policy, history)
        except NotSafe:
            if name == "meets":
                raise
            continue  # a finer division that cannot be made safe is left out this time
        days = tuple(past.publication.day for past in pasts if name in past.tables)
        made[name] = Table(body, released, history.releases if history else (), days)
        progress(20 + 70 * (done + 1) // len(wanted))
    return made


def _without_unsafe_columns(body: Body, policy: ReleasePolicy) -> Body:
    """The sums of a divided number are known whatever is told; where that is too much, nothing of it is divided."""
    state = body.states.copy()
    for column in range(body.size.shape[1]):
        here = slice(column, column + 1)
        try:
            release(
                Raw(replace(body, size=body.size[:, here], count=body.count[:, here], state=state[:, here])), policy
            )
        except NotSafe:
            state[:, column] = State.SHUT
    return replace(body, state=state)


def _told(table: Table, keys: Sequence[int]) -> Bools:
    """Where a number of today is told, or nobody is there, by the rows of another table."""
    at = {key: row for row, key in enumerate(table.body.key)}
    rows = np.array([at.get(key, -1) for key in keys])
    told: Bools = (rows >= 0)[:, None] & (table.shown | (table.body.size == 0))[rows]
    return told


def forget(publication: Publication, people: list[int]) -> None:
    """Answers that have been taken back since are not remembered either."""
    rows = Counted.objects.for_system("answers that were taken back are not remembered")
    rows.filter(publication=publication, person__in=people).delete()


def kept() -> list[Publication]:
    rows = Publication.objects.for_system("protect the next picture from the earlier ones")
    return list(rows.order_by("day", "pk"))


def _store(publication: Publication, nodes: Sequence[Node], gathered: Gathered, tables: Mapping[str, Table]) -> None:
    shown = [node for node in nodes if node.shown]
    sizes = Counter(gathered.office.tolist())
    rows = PublishedNode.objects.bulk_create(
        [
            PublishedNode(
                publication=publication,
                key=node.key,
                parent_key=node.parent,
                kind=node.kind,
                unit_id=node.unit,
                name=node.name[:600],
                order=order,
                people=sum(sizes[office] for office in node.offices),
                figures=figures_of(node, tables),
            )
            for order, node in enumerate(shown)
        ],
        batch_size=AT_ONCE,
    )
    offices = (
        NodeOffice(node=row, office_id=office) for row, node in zip(rows, shown, strict=True) for office in node.offices
    )
    NodeOffice.objects.bulk_create(offices, batch_size=AT_ONCE)
    memories = [table_memory(publication, name, table.body, table.shown) for name, table in tables.items()]
    TableMemory.objects.bulk_create(memories)
    Counted.objects.bulk_create(counted_rows(publication, nodes, gathered), batch_size=AT_ONCE)


def _let_go(many: int) -> None:
    """Pictures beyond those the policy keeps are deleted, with all that was remembered of them."""
    late = [publication.pk for publication in kept()][:-many]
    Publication.objects.for_system("older pictures are deleted").filter(pk__in=late).delete()
