"""Nobody meets a page that the hand-written matrix does not grant. `make matrix` writes the table anew."""

from __future__ import annotations

from pathlib import Path

from sloyfe.core.access.door import Open
from tests.routes import Route, as_text, may_enter, routes, table

FILE = Path(__file__).with_name("access_matrix.txt")


def test_every_route_is_made_by_page():
    assert [route.route for route in routes() if route.needs is None] == []


def test_names_are_given_once():
    names = [route.name for route in routes()]
    assert sorted(names) == sorted(set(names))


def test_the_doors_follow_the_hand_written_matrix_and_the_file_says_so(cast):
    found = table(cast)
    wrong = [
        (route.name, role, status)
        for route, row in found.items()
        for role, status in row.items()
        if not _as_it_should(role, route, status)
    ]
    assert wrong == []
    assert as_text(found) == FILE.read_text(encoding="utf-8"), "run `make matrix` and read the difference"


def _as_it_should(role: str, route: Route, status: int) -> bool:
    if not may_enter(role, route.needs):
        return status == (302 if role == "anonymous" else 403)
    return status not in {403, 500} and (status != 302 or isinstance(route.needs, Open))
