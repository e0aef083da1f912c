"""What must hold of any draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.catalogue.formats.about import LONGEST_LABEL
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftProfile,
    DraftRelation,
    DraftRequirement,
    DraftScale,
    DraftStep,
    DraftTerm,
    Kind,
    ProfileKind,
    Reach,
    RelationKind,
    Strength,
)
from sloyfe.modules.catalogue.formats.tests.small_files import told
from sloyfe.modules.catalogue.formats.trees import circles

FRAMEWORK = DraftFramework("f", {"nb": "F"})
SCALE = DraftScale("s", tuple(DraftStep(level, {"nb": str(level)}) for level in (1, 2, 3)))


def area(key: str, *parents: str, name: str = "") -> DraftArea:
    return DraftArea(key, {"nb": name or key.upper()}, parents, place=Place("f.csv", row=ord(key[:1] or "0")))


def competence(key: str, *parents: str, **more: object) -> DraftCompetence:
    return replace(DraftCompetence(key, Kind.SKILL, {"nb": key.upper()}, parents=parents), **more)


def draft(**parts: object) -> Draft:
    return checked(Draft(FRAMEWORK, **parts))


def test_a_circle_is_told_by_names_and_once():
    found = draft(areas=(area("a", "c"), area("b", "a"), area("c", "b"), area("d", "a")))
    assert told(found, Weight.STOPS) == ["These lie under each other in a circle: A › C › B › A."]


def test_a_thing_under_itself_is_a_circle():
    found = draft(competences=(competence("x", "x"),))
    assert told(found, Weight.STOPS) == ["These lie under each other in a circle: X › X."]


def test_a_circle_among_profiles_and_among_replacements():
    profiles = (
        DraftProfile("p", {"nb": "P"}, ProfileKind.ROLE, ("q",)),
        DraftProfile("q", {"nb": "Q"}, ProfileKind.ROLE, ("p",)),
    )
    assert "P › Q › P" in told(draft(profiles=profiles), Weight.STOPS)[0]
    old = (competence("x", replaced_by="y"), competence("y", replaced_by="x"))
    assert told(draft(competences=old), Weight.STOPS) == ["These replace each other in a circle: X › Y › X."]


def test_a_long_circle_is_shortened_when_told():
    names = [f"k{number}" for number in range(50)]
    nodes = tuple(competence(name, names[number - 1]) for number, name in enumerate(names))
    (said,) = told(draft(competences=nodes), Weight.STOPS)
    assert "…" in said
    assert said.count("›") < 15


def test_many_parents_that_meet_again_are_no_circle():
    found = draft(areas=(area("a"), area("b", "a"), area("c", "a"), area("d", "b", "c")))
    assert not found.problems
    assert found.areas[3].parents == ("b", "c")


def test_circles_of_any_depth():
    deep = {str(number): [str(number + 1)] for number in range(50_000)}
    assert circles(deep) == []
    deep["50000"] = ["49999"]
    assert circles(deep) == [("49999", "50000", "49999")]
    assert circles({"a": ["b", "c"], "b": [], "c": ["a"]}) == [("a", "c", "a")]


def test_a_key_used_twice_across_kinds_stops_the_file():
    found = draft(areas=(area("a"),), competences=(competence("a"),))
    assert told(found, Weight.STOPS) == ["The key «a» is used twice (also in row 97)."]


@pytest.mark.parametrize(
    "node",
    [
        area("a", name="x" * (LONGEST_LABEL + 1)),
        competence("a", alt_labels={"nn": ("x" * 10_000,)}),
        competence("k" * 201),
    ],
)
def test_names_and_keys_too_long_stop_the_file(node: DraftArea | DraftCompetence):
    part = "areas" if isinstance(node, DraftArea) else "competences"
    (said,) = told(draft(**{part: (node,)}), Weight.STOPS)
    assert "fit" in said


def test_the_longest_name_fits():
    assert not draft(areas=(area("a", name="å" * LONGEST_LABEL),)).problems


def test_rows_without_key_or_name_are_left_out():
    found = draft(areas=(area("", name="A"), DraftArea("n", {"nb": "  "})), competences=(competence("x\u202e"),))
    assert not found.areas
    assert not found.competences
    assert told(found, Weight.SKIPS) == [
        "The row has no key.",
        "The row has no name in any language.",
        "The key holds characters that cannot be seen.",
    ]


def test_an_unknown_parent_is_taken_away_and_said():
    found = draft(areas=(area("a"),), competences=(competence("x", "gone", "a"),))
    assert found.competences[0].parents == ("a",)
    assert told(found, Weight.SKIPS) == [
        "It lies under «gone», which is not in the file; it is kept without that place."
    ]
    assert found.reported[0].values == {"key": "x", "parent": "gone"}


def test_what_the_catalogue_has_already_may_be_pointed_at():
    given = Draft(
        FRAMEWORK,
        competences=(competence("x", "old", replaced_by="old"),),
        terms=(DraftTerm("ord", "old"),),
        requirements=(DraftRequirement("oldprofile", "old", 1, Strength.MUST),),
    )
    assert len(checked(given).problems) == 4
    assert not checked(given, known=("old", "oldprofile")).problems


def test_an_area_may_not_lie_under_a_competence():
    found = draft(areas=(area("a", "x"),), competences=(competence("x"),))
    assert found.areas[0].parents == ()


def test_invisible_characters_are_taken_away_and_letters_of_any_script_are_not():
    names = {"nb": "\u202eomvendt\x00 ord\u200d", "nn": "Čálliidlágádus", "en": "שלום العربية"}
    found = draft(competences=(replace(competence("x"), names=names),))
    assert found.competences[0].names == {
        "nb": "omvendt ord\u200d",
        "nn": "Čálliidlágádus",
        "en": "שלום العربية",
    }
    assert told(found, Weight.NOTE) == ["Characters that cannot be seen were taken away or mended. Rows: 1."]


def test_levels_outside_the_scale_are_left_out():
    asked = DraftRequirement("p", "x", 4, Strength.MUST)
    found = draft(
        scales=(SCALE,),
        competences=(competence("x", level_wordings={1: {"nb": "en"}, 9: {"nb": "ni"}}),),
        profiles=(DraftProfile("p", {"nb": "P"}, ProfileKind.ROLE),),
        requirements=(asked, replace(asked, level=None)),
    )
    assert found.competences[0].level_wordings == {1: {"nb": "en"}}
    assert [asked.level for asked in found.requirements] == [None]
    assert told(found, Weight.SKIPS) == ["Level 9 is not on the scale.", "Level 4 is not on the scale."]
    no_scale = checked(Draft(FRAMEWORK, competences=found.competences), levels=(2,))
    assert told(no_scale, Weight.SKIPS) == ["Level 1 is not on the scale."]


def test_requirements_pointing_at_nothing_or_asked_twice():
    asked = DraftRequirement("p", "x", 2, Strength.MUST)
    found = draft(
        competences=(competence("x"),),
        profiles=(DraftProfile("p", {"nb": "P"}, ProfileKind.ROLE),),
        requirements=(
            asked,
            replace(asked, level=3),
            replace(asked, reach=Reach.UNIT, at_least=2),
            replace(asked, profile="q"),
            replace(asked, competence="y"),
        ),
    )
    assert found.requirements == (asked, replace(asked, reach=Reach.UNIT, at_least=2))
    assert told(found, Weight.SKIPS) == [
        "The profile asks for the same competence in an earlier row; the first is kept.",
        "The requirement belongs to the profile «q», which is not in the file.",
        "It points at the competence «y», which is not in the file.",
    ]
    assert found.reported[0].values["level"] == "3"


def test_terms_and_relations():
    found = draft(
        competences=(competence("x"), competence("y")),
        terms=(DraftTerm("ord", "x"), DraftTerm("ord", "x"), DraftTerm(" ", "x"), DraftTerm("ord", "z")),
        relations=(
            DraftRelation(RelationKind.RELATED, "x", "y"),
            DraftRelation(RelationKind.RELATED, "x", "y"),
            DraftRelation(RelationKind.RELATED, "x", "x"),
            DraftRelation(RelationKind.RELATED, "z", "x"),
        ),
    )
    assert (len(found.terms), len(found.relations)) == (1, 1)
    assert len(found.reported) == 6


def test_every_reported_row_has_its_problem():
    found = draft(
        areas=(area("", name="A"), area("a", "gone")),
        competences=(competence("x", replaced_by="gone"),),
        relations=(DraftRelation(RelationKind.RELATED, "z", "x"),),
    )
    skips = [(problem.place, problem.message) for problem in found.problems]
    assert [(row.place, row.message) for row in found.reported] == skips
    assert len(skips) == 4


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "Vårt rammeverk"}, "letters a–z"),
        ({"code": "x" * 61}, "The key has 61"),
        ({"code": "", "names": {"nb": "Navn"}}, "letters a–z"),
        ({"names": {"nb": " \u0000"}}, "no name"),
        ({"names": {"nb": "x" * 501}}, "The name has 501"),
        ({"publisher": "x" * 201}, "The text has 201"),
        ({"version": "x" * 41}, "The text has 41"),
        ({"licence_line": "x" * 301}, "The text has 301"),
    ],
)
def test_a_framework_that_cannot_be_stored_stops_the_file(change: dict[str, object], said: str):
    (sentence,) = told(checked(Draft(replace(FRAMEWORK, **change))), Weight.STOPS)
    assert said in sentence


def test_the_words_of_a_framework_its_scales_and_terms_are_cleaned():
    found = checked(
        Draft(
            replace(FRAMEWORK, publisher=" A\x00  B ", names={"nb": "F\u0007"}),
            scales=(DraftScale("s", (DraftStep(1, {"nb": "en\x00"}), DraftStep(2, {"nb": "\x00"}))),),
            competences=(competence("x"),),
            terms=(DraftTerm("o\x00rd ", "x"), DraftTerm("\x00", "x")),
        )
    )
    assert (found.framework.publisher, found.framework.names) == ("A B", {"nb": "F"})
    assert found.scales[0].steps == (DraftStep(1, {"nb": "en"}),)
    assert [term.term for term in found.terms] == ["ord"]
    assert len(found.reported) == 2


def test_texts_too_long_for_a_basis_or_a_term_stop_the_file():
    found = draft(
        competences=(competence("x"),),
        profiles=(DraftProfile("p", {"nb": "P"}, ProfileKind.ROLE),),
        requirements=(DraftRequirement("p", "x", None, Strength.MUST, basis="§" * 301),),
        terms=(DraftTerm("o" * 501, "x"),),
    )
    assert sorted(told(found, Weight.STOPS)) == [
        "The name has 501 characters; at most 500 fit.",
        "The text has 301 characters; at most 300 fit.",
    ]
