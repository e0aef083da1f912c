"""The sessions of one measure as a page shows them: what waits for a word, the next few, and the rest by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from sloyfe.modules.plans.models import Session

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A session, and whether it has begun without anybody having said that it was held."""

    session: Session
    due: bool


@dataclass(frozen=True, slots=True)
class SessionList:
    """`first` stands open: what waits to be marked as held, and the next ones. `months` has all, the coming first."""

    first: tuple[Row, ...]
    months: tuple[tuple[date, tuple[Row, ...]], ...]
    total: int
    ahead: int
    groups: int

    @property
    def folded(self) -> bool:
        return self.total > len(self.first)


def session_list(sessions: Iterable[Session], now: datetime) -> SessionList:
    rows = [Row(one, one.state == Session.State.PLANNED and one.starts_at <= now) for one in sessions]
    ahead = [row for row in rows if row.session.starts_at > now and row.session.state == Session.State.PLANNED]
    due = [row for row in rows if row.due]
    first = due[:SHOWN] + ahead[:SHOWN]
    return SessionList(
        first=tuple(rows if len(rows) <= 2 * SHOWN else first),
        months=tuple(_by_month(ahead)) + tuple(_by_month([row for row in rows if row not in ahead])),
        total=len(rows),
        ahead=len(ahead),
        groups=len({row.session.cohort for row in rows}),
    )


def _by_month(rows: Sequence[Row]) -> list[tuple[date, tuple[Row, ...]]]:
    months: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        months[timezone.localtime(row.session.starts_at).date().replace(day=1)].append(row)
    return [(month, tuple(found)) for month, found in sorted(months.items())]
