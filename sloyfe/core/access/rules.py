"""Who may see which rows, said once per table and always as part of the query.

A rule answers one question: which rows may this viewer use for this capability? Rules add up with `|`.
`covers` names forward keys whose target rows may be seen by whoever sees this row;
`hides` names those whose target must be asked for on its own.
House rule: never an OR on a large table. Follow the parent, and let the OR sit on the small one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from sloyfe.core.access import among  # noqa: F401  # the lookup that units are asked for by
from sloyfe.core.access.viewer import Line, Viewer

if TYPE_CHECKING:
    from django.db import models

ALL = Q()
NONE = Q(pk__in=())


def opens_all(rows: Q) -> bool:
    """Whether a rule has opened every row. Asked of what stands in it: to compare two Q compares all below."""
    return not rows.children and not rows.negated


def opens_none(rows: Q) -> bool:
    return rows.children == NONE.children and not rows.negated


class Rule:
    """Base of all rules. `view` is the capability asked for when the reader names none."""

    public = False
    unasked = False
    view = ""

    def __init__(self, *, covers: Iterable[str] = (), hides: Iterable[str] = ()) -> None:
        self.covers = frozenset(covers)
        self.hides = frozenset(hides)
        self.model: type[models.Model]

    def bind(self, model: type[models.Model]) -> None:
        self.model = model

    def rows(self, viewer: Viewer, capability: str) -> Q:
        raise NotImplementedError

    def __or__(self, other: Rule) -> Either:
        return Either(self, other)


class Either(Rule):
    """Rows that one of the rules opens."""

    def __init__(self, *rules: Rule) -> None:
        flat = [part for rule in rules for part in (rule.parts if isinstance(rule, Either) else (rule,))]
        self.parts: tuple[Rule, ...] = tuple(flat)
        self.view = next((rule.view for rule in flat if rule.view), "")
        super().__init__(
            covers=frozenset().union(*(rule.covers for rule in flat)),
            hides=frozenset().union(*(rule.hides for rule in flat)),
        )

    def bind(self, model: type[models.Model]) -> None:
        super().bind(model)
        for rule in self.parts:
            rule.bind(model)

    def rows(self, viewer: Viewer, capability: str) -> Q:
        found = [rule.rows(viewer, capability) for rule in self.parts]
        if any(map(opens_all, found)):
            return ALL
        opened = [q for q in found if not opens_none(q)]
        total = opened[0] if opened else NONE
        for q in opened[1:]:
            total |= q
        return total


class Public(Rule):
    """The organisation, the catalogue: nothing about persons. Everybody inside may read every row."""

    public = True

    def rows(self, viewer: Viewer, capability: str) -> Q:
        return ALL


class Closed(Rule):
    """No viewer reads these rows; code does, `for_system`, with a reason."""

    def rows(self, viewer: Viewer, capability: str) -> Q:
        return NONE


class Unasked(Closed):
    """Accounts: the system reads them to find out who is looking. No query on another table reaches them."""

    unasked = True


class Holding(Rule):
    """All rows, for whoever holds just this capability anywhere; it opens nothing for any other."""

    def __init__(self, view: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.view = view

    def rows(self, viewer: Viewer, capability: str) -> Q:
        return ALL if capability == self.view and viewer.may(capability) else NONE


class OwnedBy(Rule):
    """The viewer's own rows. `also` lists the capabilities her ownership gives; viewing is always one."""

    def __init__(self, owner: str, *, view: str = "own.page", also: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.owner, self.view, self.also = owner, view, frozenset({view, "own.page", *also})

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if viewer.person_id is None or capability not in self.also:
            return NONE
        return Q(**{self.owner: viewer.person_id})


class ByUnit(Rule):
    """Rows placed in a unit, for those who hold the capability there or above it.

    It opens for `view` and for those named in `also`, and for no other capability however widely held.
    With `line`, a grant on one line of authority does not open the other line's rows.
    """

    def __init__(
        self, view: str, *, also: Iterable[str] = (), unit: str = "unit", line: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.view, self.also, self.unit, self.line = view, frozenset({view, *also}), unit, line

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if capability not in self.also:
            return NONE
        reach = {line: viewer.units(capability, line) for line in Line}
        if all(units is None for units in reach.values()):
            return ALL
        if self.line is None:
            return self._any_line(list(reach.values()))
        total = NONE
        for line, units in reach.items():
            if units is None or units:
                here = Q(**{self.line: line.value})
                total = here & self._in(units) if total is NONE else total | (here & self._in(units))
        return total

    def _any_line(self, found: list[frozenset[int] | None]) -> Q:
        if any(units is None for units in found):
            return ALL
        together = frozenset().union(*(units for units in found if units))
        return self._in(together) if together else NONE

    def _in(self, units: frozenset[int] | None) -> Q:
        return ALL if units is None else Q(**{f"{self.unit}__among": units})


class Follows(Rule):
    """Whoever may use the parent row for a capability may use this one for it.

    With `view`, only for that and those in `also`: seeing a person's name does not open what hangs on her.
    Without, whatever opens the parent opens this. `one_by_one` asks for the parent of each row that is looked at,
    where the parents are many and only few of these are ever looked at together.
    """

    def __init__(
        self,
        parent: str,
        *,
        view: str = "",
        also: Iterable[str] = (),
        covers: Iterable[str] = (),
        one_by_one: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(covers={parent, *covers}, **kwargs)
        self.parent, self.view, self.also = parent, view, frozenset({view, *also})
        self.one_by_one = one_by_one

    @property
    def parent_model(self) -> Any:
        return self.model._meta.get_field(self.parent).related_model

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if self.view and capability not in self.also:
            return NONE
        parent = self.parent_model
        wanted = capability or parent.access.view
        reach: Q = parent.access.rows(viewer, wanted)
        if opens_all(reach) or opens_none(reach):
            return reach
        opened = parent.objects.for_viewer(viewer, wanted)
        if self.one_by_one:
            return Q(Exists(opened.filter(pk=OuterRef(self.parent))))
        return Q(**{f"{self.parent}__in": opened.values("pk")})
