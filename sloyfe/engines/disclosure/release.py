"""Numbers that cannot be read, and numbers that may be.

`Raw` holds counts and refuses to be printed, walked through, indexed, formatted or put into JSON; a Django template
cannot open it either, because what it holds begins with an underscore. `release` alone makes a `Released` of it,
which holds no count that is not shown. What is not shown is not in it, so it cannot leak from a page, a log or a
database dump.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from sloyfe.engines.disclosure.answer import Answer, Reason
from sloyfe.engines.disclosure.history import History
from sloyfe.engines.disclosure.kinds import Ints
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import solve

HIDDEN = -1


class NotReleased(TypeError):
    """Somebody tried to read counts that nothing protects yet."""


class Raw:
    """The counts of a body on their way to `release`. Nothing else may open it."""

    __slots__ = ("_body",)

    def __init__(self, body: Body) -> None:
        self._body = body

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotReleased("these numbers are about people; release(raw, policy) says which of them may be read")

    __str__ = __repr__ = __format__ = __iter__ = __getitem__ = __len__ = __bool__ = __contains__ = _refuse
    __int__ = __float__ = __index__ = __add__ = __radd__ = __array__ = __reduce__ = __reduce_ex__ = _refuse
    __eq__ = __hash__ = _refuse

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"Raw has no «{name}»; it opens for release(raw, policy) only")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as it may be read. `count` and `size` are None unless `reason` is SHOWN.

    UNCHANGED: read the number of release `carried`. `nearest` is the key of the row to look at instead, if any.
    """

    key: int
    column: int
    reason: Reason
    size: int | None
    count: int | None
    nearest: int | None
    carried: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Released:
    """All arrays are rows × columns. `count` and `size` are −1 where nothing is shown."""

    keys: tuple[int, ...]
    count: Ints
    size: Ints
    reason: Ints
    nearest: Ints
    carried: Ints
    policy: Policy

    def __iter__(self) -> Iterator[Cell]:
        """Row by row, to be stored."""
        for row, key in enumerate(self.keys):
            for column in range(self.count.shape[1]):
                yield self._cell(row, key, column)

    def _cell(self, row: int, key: int, column: int) -> Cell:
        nearest, carried = int(self.nearest[row, column]), int(self.carried[row, column])
        shown = self.reason[row, column] == Reason.SHOWN
        return Cell(
            key=key,
            column=column,
            reason=Reason(int(self.reason[row, column])),
            size=int(self.size[row, column]) if shown else None,
            count=int(self.count[row, column]) if shown else None,
            nearest=None if nearest < 0 else self.keys[nearest],
            carried=None if carried < 0 else carried,
        )


def release(
    raw: Raw,
    policy: Policy,
    history: History | None = None,
    *,
    thorough: bool | None = None,
) -> Released:
    """What may be read of the counts; raises NotSafe, and gives nothing, where the attacker cannot be kept out.

    The rest as in `solve`.
    """
    body = raw._body
    return released(body, policy, solve(body, policy, history, thorough=thorough))


def released(body: Body, policy: Policy, answer: Answer) -> Released:
    return Released(
        keys=body.key,
        count=np.where(answer.shown, body.count, HIDDEN),
        size=np.where(answer.shown, body.size, HIDDEN),
        reason=answer.reason,
        nearest=answer.nearest,
        carried=answer.carried,
        policy=policy,
    )
