"""Whatever is sent, a reader gives a draft or refuses the file with a sentence; nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.core.imports.tables import Upload
from sloyfe.modules.catalogue.formats import ddat, digcomp, esco, moodle, own
from sloyfe.modules.catalogue.formats.bundle import from_bytes, from_zip
from sloyfe.modules.catalogue.formats.draft import Draft
from sloyfe.modules.catalogue.formats.tests.small_files import (
    Table,
    as_csv,
    as_zip,
    ddat_tables,
    digcomp_graph,
    esco_tables,
    members,
)
from sloyfe.modules.catalogue.formats.trees import circles

MOODLE = as_csv(
    [
        ["h"] * 14,
        ["", "W", "Work", "", "1", "A,B", '[{"scaleid":"2"},{"id":2,"proficient":1}]', *[""] * 5, "1", ""],
        ["", "a", "A", "<p>a</p>", "1", "", "", "", "0", "null", "b", "1", "", ""],
        ["a", "b", "B", "", "1", "", "", "", "0", "null", "", "2", "", ""],
    ],
    "\n",
)
OWN = (
    "Kompetansekode;Ligger under;Slag;Navn bokmål;Andre navn nynorsk;Status;Erstattet av;Nivå 1 bokmål\n"
    "a;;ferdighet;A;b | c;publisert;;litt\nb;a;kunnskap;B;;utkast;a;\n"
).encode()

WHOLE: dict[str, tuple[Callable[[bytes], Draft], bytes]] = {
    "esco": (
        lambda content: esco.read(
            [from_bytes("skills_en.csv", content), *members(esco_tables())[1:]],
        ),
        as_csv(esco_tables()["skills_en.csv"]),
    ),
    "esco relations": (
        lambda content: esco.read(
            [*members(esco_tables())[:4], from_bytes("broaderRelationsSkillPillar.csv", content)]
        ),
        as_csv(esco_tables()["broaderRelationsSkillPillar.csv"]),
    ),
    "zip": (
        lambda content: esco.read(from_zip("esco.zip", BytesIO(content))),
        as_zip({name: as_csv(table) for name, table in esco_tables().items()}).getvalue(),
    ),
    "ddat": (
        lambda content: ddat.read([members(ddat_tables())[0], from_bytes("roles.csv", content)]),
        as_csv(ddat_tables()["roles.csv"]),
    ),
    "digcomp": (
        lambda content: digcomp.read(from_bytes("d.jsonld", content)),
        json.dumps({"@graph": digcomp_graph()}).encode(),
    ),
    "moodle": (lambda content: moodle.read(from_bytes("m.csv", content)), MOODLE),
    "own": (lambda content: own.read([Upload("o.csv", content)]), OWN),
}


def draft_or_refusal(read: Callable[[bytes], Draft], content: bytes) -> None:
    """Reads; whatever comes of it can be shown, and stored as UTF-8."""
    try:
        draft = read(content)
    except FileRefused as refusal:
        problems = [refusal.problem]
        assert refusal.problem.weight is Weight.STOPS
    else:
        problems = list(draft.problems)
        json.dumps([dict(row.values) for row in draft.reported], ensure_ascii=False).encode()
        repr((draft.framework, draft.scales, draft.terms)).encode()
        for node in (*draft.areas, *draft.competences, *draft.profiles):
            assert node.key
            assert node.names
            repr((node.names, node.descriptions, node.parents)).encode()
    for problem in problems:
        assert problem.message.format(**problem.params).encode()
        assert problem.remedy.format(**problem.params) is not None


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_bytes(name: str, data: st.DataObject):
    draft_or_refusal(WHOLE[name][0], data.draw(st.binary(max_size=300)))


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=80, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_sound_file_with_a_piece_exchanged(name: str, data: st.DataObject):
    read, sound = WHOLE[name]
    start = data.draw(st.integers(0, len(sound)))
    end = data.draw(st.integers(start, min(len(sound), start + 40)))
    piece = data.draw(st.binary(max_size=20) | st.text(max_size=12).map(lambda text: text.encode("utf-8")))
    draft_or_refusal(read, sound[:start] + piece + sound[end:])


@pytest.mark.parametrize("name", ["esco", "esco relations", "ddat", "moodle", "own"])
@settings(max_examples=60, deadline=None, derandomize=True)
@given(cell=st.text(max_size=30), data=st.data())
def test_any_text_in_any_cell(name: str, cell: str, data: st.DataObject):
    """Cell by cell, so that the table around it stays sound."""
    read, sound = WHOLE[name]
    separator = ";" if name == "own" else ","
    lines = sound.decode().split("\n")
    number = data.draw(st.integers(1, len(lines) - 1))
    cells = lines[number].split(separator)
    cells[data.draw(st.integers(0, len(cells) - 1))] = '"' + cell.replace('"', '""') + '"'
    lines[number] = separator.join(cells)
    draft_or_refusal(read, "\n".join(lines).encode("utf-8", "replace"))


def shuffled(draw: st.DrawFn, table: Table) -> Table:
    return [table[0], *draw(st.permutations(table[1:]))]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_order_of_rows_and_files_changes_nothing_but_order(data: st.DataObject):
    tables = esco_tables()
    names = data.draw(st.permutations(list(tables)))
    mixed = {name: shuffled(data.draw, tables[name]) for name in names}
    one, other = esco.read(members(tables)), esco.read(members(mixed))
    assert not other.problems
    for part in ("areas", "competences", "profiles"):
        keys = [{node.key: set(node.parents) for node in getattr(draft, part)} for draft in (one, other)]
        assert keys[0] == keys[1]
    asked = [{(each.profile, each.competence) for each in draft.requirements} for draft in (one, other)]
    assert asked[0] == asked[1]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(parents=st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_a_circle_is_found_exactly_where_there_is_one(parents: dict[str, list[str]]):
    left = {key: {parent for parent in above if parent in parents} for key, above in parents.items()}
    while free := [key for key, above in left.items() if not above]:
        left = {key: above - set(free) for key, above in left.items() if key not in free}
    found = circles(parents)
    assert bool(found) == bool(left)
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(above in parents[key] for key, above in zip(circle, circle[1:], strict=False))
