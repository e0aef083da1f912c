"""Hours per week as bars: the geometry of the server-made picture, and the same numbers for its table.

Everything that lands in an SVG attribute is ready text, so that no language puts a decimal comma in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TALLEST = 100
GAP = 6
WIDTH = 340


@dataclass(frozen=True, slots=True)
class Week:
    """Minutes of one week (or month): what there is, and what is taken, by others and by our own plan."""

    label: str
    room: int
    must: int
    own: int

    @property
    def over(self) -> int:
        return max(0, self.must + self.own - self.room)


@dataclass(frozen=True, slots=True)
class Box:
    """One rectangle, as SVG attributes."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Label:
    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What `ui/_weeks.html` draws and tabulates."""

    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    weeks: tuple[Week, ...]


def chart(weeks: Sequence[Week]) -> Chart:
    """Bars in the order given, left to right, on one common scale."""
    scale = TALLEST / max([1, *(max(week.room, week.must + week.own) for week in weeks)])
    step = WIDTH / max(1, len(weeks))
    every = 1 + len(weeks) // 16  # so that labels do not run into each other
    boxes = tuple(box for n, week in enumerate(weeks) for box in _boxes(week, n * step, step - GAP, scale))
    labels = tuple(
        Label(f"{n * step + (step - GAP) / 2:.1f}", week.label) for n, week in enumerate(weeks) if n % every == 0
    )
    return Chart(boxes, labels, tuple(weeks))


def _boxes(week: Week, x: float, width: float, scale: float) -> list[Box]:
    """What there is behind; in front of it what must, what is our own, and what is too much, from the floor up."""
    must = min(week.must, week.room)
    own = min(week.must + week.own, week.room) - must
    boxes, floor = [_box("room", x, width, week.room * scale, 0)], 0.0
    for kind, minutes in (("must", must), ("own", own), ("over", week.over)):
        if minutes:
            boxes.append(_box(kind, x, width, minutes * scale, floor))
            floor += minutes * scale
    return boxes


def _box(kind: str, x: float, width: float, height: float, floor: float) -> Box:
    return Box(kind, f"{x:.1f}", f"{TALLEST - floor - height:.1f}", f"{width:.1f}", f"{height:.1f}")
