"""DigComp 3.0 from JSON-LD."""

from __future__ import annotations

import json

import pytest

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.modules.catalogue.formats import digcomp
from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.formats.draft import Draft, Kind
from sloyfe.modules.catalogue.formats.tests.small_files import digcomp_graph, told


def read(graph: object) -> Draft:
    return digcomp.read(from_bytes("digcomp.jsonld", json.dumps({"@graph": graph}).encode()))


def test_competences_levels_and_typed_outcomes():
    draft = read(digcomp_graph())
    assert not draft.reported
    assert draft.areas[0].names == {"en": "Search"}
    competence, outcome = draft.competences
    assert competence.parents == ("CompetenceArea/1",)
    assert competence.level_wordings == {
        1: {"en": "- Use tools.\n- Refine."},
        4: {"en": "- Teach others."},
    }
    assert (outcome.kind, outcome.parents) == (Kind.ATTITUDE, ("Competence/1.1",))
    assert outcome.level_wordings == {1: {"en": "Value tools."}}
    four, eight, six = draft.scales
    assert four.levels() == {1, 2, 3, 4}
    assert eight.steps[0].names == {"en": "Basic 1 (A1)"}
    assert six.steps[0].names == {"en": "A1"}
    assert draft.counts["Glossary"] == 1
    assert told(draft, Weight.NOTE) == ["Explanations in the word list, counted but no part of a catalogue: 1."]


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (6, {"type": "Wisdom"}),
        (6, {"four_levels_proficiency_name": "ProficiencyLevel/Divine"}),
        (6, {"description": None}),
        (6, {"@id": ["LO"]}),
        (6, {"@type": "Song"}),
        (2, {"eight_levels_mapping": "one"}),
        (7, {"explanation": 7}),
    ],
)
def test_an_entry_of_another_shape_is_kept_whole(number: int, change: dict[str, object]):
    graph = digcomp_graph()
    graph[number] |= change
    draft = read(graph)
    (row,) = draft.reported
    assert row.place.row == number + 1
    assert set(row.values) == set(graph[number])
    assert told(draft, Weight.SKIPS) == ["The entry is not written as this format says."]


def test_an_outcome_of_an_unknown_competence_is_kept_without_that_place():
    graph = digcomp_graph()
    graph[6]["competence_id"] = "Competence/9.9"
    draft = read(graph)
    assert draft.competences[1].parents == ()
    assert "Competence/9.9" in told(draft, Weight.SKIPS)[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 100_000, b"[]", b'{"@graph": {}}', b'{"@graph": [1]}', b"\xff\xfe", b"9" * 5_000],
)
def test_anything_else_is_refused(content: bytes):
    with pytest.raises(FileRefused):
        digcomp.read(from_bytes("digcomp.jsonld", content))
