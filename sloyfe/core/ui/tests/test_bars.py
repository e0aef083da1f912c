from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sloyfe.core.ui.bars import TALLEST, WIDTH, Week, chart

MINUTES = st.integers(min_value=0, max_value=200_000)
WEEKS = st.lists(st.builds(Week, st.just("48"), MINUTES, MINUTES, MINUTES), max_size=60)


@given(WEEKS)
def test_nothing_falls_outside_the_picture(weeks):
    for box in chart(weeks).boxes:
        x, y, width, height = (float(one) for one in (box.x, box.y, box.width, box.height))
        assert x >= 0 and y >= -0.1 and x + width <= WIDTH and y + height <= TALLEST + 0.1


@given(WEEKS)
def test_what_is_taken_is_drawn_to_the_minute(weeks):
    drawn = chart(weeks)
    tallest = max([1, *(max(week.room, week.must + week.own) for week in weeks)])
    for number, week in enumerate(weeks):
        x = f"{number * WIDTH / len(weeks):.1f}"
        heights = {box.kind: float(box.height) for box in drawn.boxes if box.x == x}
        taken = sum(height for kind, height in heights.items() if kind != "room")
        assert abs(taken - (week.must + week.own) * TALLEST / tallest) < 0.2
        assert ("over" in heights) == (week.must + week.own > week.room)


def test_attributes_are_numbers_in_every_language():
    shown = {"chart": chart([Week("48", 4560, 1000, 3333), Week("49", 0, 0, 0)]), "finding": "x", "unit": "x"}
    with translation.override("en"):
        english = render_to_string("ui/_weeks.html", shown).split("</svg>")[0]
    with translation.override("nb"):
        assert render_to_string("ui/_weeks.html", shown).split("</svg>")[0] == english
