"""Which shown cell to hide, so that a protected count somebody can narrow too far gets company.

Everything shown has at least `either_side` people on either side, so the nearest cell that can move at all gives
the room that is missing. So the cheapest is taken among the shown cells in an equation with the protected one, and
where there is none, one step further along what is hidden. A cell that stands alone in another of its equations
cannot move; the price of company there is added to its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from sloyfe.engines.disclosure.kinds import Bools
from sloyfe.engines.disclosure.system import System


class Chooser:
    """Reads `hidden` (unknown to all) and `may_hide` as they are when asked; both change underneath."""

    def __init__(self, system: System, hidden: Bools, may_hide: Bools) -> None:
        self.system = system
        self.hidden = hidden
        self.may_hide = may_hide

    def company(self, cell: int, knower: int) -> int | None:
        """The cell to hide for `cell` against this knower, or None where nothing more can be hidden."""
        for shell in self._shells(cell, knower):
            candidates: set[tuple[float, int]] = {
                (self._price(one, equation, knower), one)
                for equation in shell
                for one in self.system.cells_of[equation].tolist()
                if self.may_hide[one] and not self.hidden[one] and not self._knows(knower, one)
            }
            if candidates:
                return min(candidates)[1]
        return None

    def _shells(self, cell: int, knower: int) -> Iterator[list[int]]:
        """The equations one step away, two steps away …, walking through what this knower does not know."""
        shell = self.system.equations_of[cell].tolist()
        met_equations, met_cells = set(shell), {cell}
        while shell:
            yield shell
            through = {
                one
                for equation in shell
                for one in self.system.cells_of[equation].tolist()
                if self.hidden[one] and one not in met_cells and not self._knows(knower, one)
            }
            met_cells |= through
            beyond = {equation for one in through for equation in self.system.equations_of[one].tolist()}
            shell = sorted(beyond - met_equations)
            met_equations |= beyond

    def _price(self, cell: int, within: int, knower: int) -> float:
        price = float(self.system.cost[cell])
        for equation in self.system.equations_of[cell].tolist():
            if equation != within:
                price += self._price_of_company(equation, cell, knower)
        return price

    def _price_of_company(self, equation: int, cell: int, knower: int) -> float:
        others = [
            one for one in self.system.cells_of[equation].tolist() if one != cell and not self._knows(knower, one)
        ]
        if any(self.hidden[one] for one in others):
            return 0.0
        return min((float(self.system.cost[one]) for one in others if self.may_hide[one]), default=1e9)

    def _knows(self, knower: int, cell: int) -> bool:
        return knower >= 0 and knower in self.system.known[cell]
