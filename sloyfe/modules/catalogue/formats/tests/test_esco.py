"""ESCO: each defect of the official files, in a small extract, is survived and said."""

from __future__ import annotations

import pytest

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.modules.catalogue.formats import esco
from sloyfe.modules.catalogue.formats.bundle import from_bytes, from_zip
from sloyfe.modules.catalogue.formats.draft import Draft, Kind, ProfileKind, RelationKind, Status, Strength
from sloyfe.modules.catalogue.formats.tests.small_files import (
    I,
    O,
    S,
    Table,
    as_csv,
    as_zip,
    esco_tables,
    members,
    occupation,
    skill,
    told,
)


def read(tables: dict[str, Table]) -> Draft:
    return esco.read(members(tables), version="1.1.1")


def competence(draft: Draft, name: str) -> object:
    return next(found for found in draft.competences if found.key == S + name)


def test_a_sound_set_becomes_a_whole_draft():
    draft = read(esco_tables())
    assert not draft.problems
    assert draft.framework.version == "1.1.1"
    assert draft.framework.licence_line == "This service uses the ESCO classification of the European Commission."
    assert [area.names["en"] for area in draft.areas] == ["skills", "advising and consulting"]
    assert draft.areas[1].parents == (S + "top",)
    advise, law, listen = draft.competences
    assert (advise.kind, law.kind) == (Kind.SKILL, Kind.KNOWLEDGE)
    assert advise.alt_labels == {"en": ("give work advice", "guide to work")}
    assert listen.parents == (S + "advising", S + "advise")
    assert advise.status is Status.PUBLISHED
    kinds = {profile.key: (profile.kind, profile.parents, profile.code) for profile in draft.profiles}
    assert kinds[O + "agent"] == (ProfileKind.OCCUPATION, (I + "C3333",), "3333.1")
    assert kinds[I + "C3333"] == (ProfileKind.GROUP, (), "3333")
    assert [(asked.competence, asked.strength, asked.level) for asked in draft.requirements] == [
        (S + "advise", Strength.MUST, None),
        (S + "law", Strength.MAY, None),
    ]
    (relation,) = draft.relations
    assert (relation.kind, relation.start, relation.end) == (
        RelationKind.ESSENTIAL,
        S + "law",
        S + "advise",
    )
    assert draft.counts["several parents"] == 1


def test_language_in_the_file_names_or_not_and_a_zip_with_folders():
    plain = read(esco_tables())
    tables = esco_tables()
    renamed = {
        name if name.endswith("_en.csv") else name.replace(".csv", "_en.csv"): table for name, table in tables.items()
    }
    assert read(renamed).requirements[0].competence == plain.requirements[0].competence
    archive = as_zip({f"ESCO dataset/{name}": as_csv(table) for name, table in tables.items()})
    zipped = esco.read(from_zip("esco.zip", archive), version="1.1.1")
    assert zipped == plain


def test_a_relation_naming_a_missing_occupation_is_kept_whole():
    tables = esco_tables()
    tables["occupationSkillRelations.csv"].append([O + "gone", "essential", "knowledge", S + "law"])
    draft = read(tables)
    assert len(draft.requirements) == 2
    (row,) = draft.reported
    assert row.values == {
        "occupationUri": O + "gone",
        "relationType": "essential",
        "skillType": "knowledge",
        "skillUri": S + "law",
    }
    assert (row.place.file, row.place.row) == ("occupationSkillRelations.csv", 4)
    assert told(draft, Weight.SKIPS) == [
        f"The row names the occupation «{O}gone», which is not in the list of occupations."
    ]
    assert draft.counts["occupationSkillRelations"] == 3


def test_a_missing_occupation_is_called_by_the_name_another_edition_has():
    tables = esco_tables()
    tables["occupationSkillRelations.csv"].append([O + "gone", "optional", "", S + "law"])
    tables["occupations_no.csv"] = [tables["occupations_en.csv"][0], occupation("gone", "radiograf")]
    assert any("radiograf" in sentence for sentence in told(read(tables), Weight.SKIPS))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["SkillGroup", S + "gone", "SkillGroup", S + "top"], "The row places «positioning tools»"),
        (["SkillGroup", S + "advising", "SkillGroup", S + "gone"], "under «positioning tools»"),
    ],
)
def test_broader_rows_with_an_end_that_is_in_no_list(row: list[str], sentence: str):
    tables = esco_tables()
    tables["broaderRelationsSkillPillar.csv"].append(row)
    tables["skillsHierarchy_en.csv"] = [
        ["Level 0 URI", "Level 0 preferred term", "Level 1 URI", "Level 1 preferred term", "Level 0 code"],
        [S + "top", "skills"],
        [S + "top", "skills", S + "gone", "positioning tools", "S"],
    ]
    draft = read(tables)
    assert any(sentence in said for said in told(draft, Weight.SKIPS))
    assert list(draft.reported[0].values.values()) == row
    assert draft.areas[1].parents == (S + "top",)
    assert "Rows in the hierarchy that end before the last column: 1." in told(draft, Weight.NOTE)


def test_skills_without_type_or_reuse_level_are_kept_and_counted():
    tables = esco_tables()
    tables["skills_en.csv"].append(skill("safety", "ICT safety", kind=""))
    tables["skills_en.csv"].append(skill("data", "digital data processing", kind=""))
    draft = read(tables)
    assert competence(draft, "safety").kind is Kind.UNSAID
    notes = told(draft, Weight.NOTE)
    assert "Skills that do not say whether they are knowledge or skill: 2." in notes
    assert "Skills that do not say how widely they are used: 2." in notes


def test_other_names_that_repeat_the_name_are_taken_once():
    tables = esco_tables()
    tables["skills_en.csv"].append(skill("show", "show initiative", alts="show initiative\ntake the lead"))
    draft = read(tables)
    assert competence(draft, "show").alt_labels == {"en": ("take the lead",)}
    assert "Concepts that repeat their own name among the other names: 1." in told(draft, Weight.NOTE)


def test_collections_part_names_with_bars_and_may_hold_a_skill_of_their_own():
    tables = esco_tables()
    head = ["conceptType", "conceptUri", "preferredLabel", "status", "skillType", "reuseLevel", "altLabels"]
    kind = "KnowledgeSkillCompetence"
    tables["digitalSkillsCollection_en.csv"] = [
        head,
        [kind, S + "law", "labour law", "released", "knowledge", "cross-sector", ""],
        [kind, S + "haskell", "Haskell", "released", "knowledge", "sector-specific", "Haskell | lazy code"],
    ]
    draft = read(tables)
    assert draft.counts["digitalSkillsCollection"] == 2
    assert competence(draft, "haskell").alt_labels == {"en": ("lazy code",)}
    assert "Skills taken from a collection, since the list of skills lacks them: 1." in told(draft, Weight.NOTE)


def test_a_skill_related_to_itself_is_reported():
    tables = esco_tables()
    kind = "skill/competence"
    tables["skillSkillRelations.csv"].append([S + "law", kind, "optional", kind, S + "law"])
    draft = read(tables)
    assert len(draft.relations) == 1
    assert told(draft, Weight.SKIPS) == ["The competence is related to itself."]
    assert draft.reported[0].values["originalSkillType"] == kind


def test_the_same_concept_twice_is_taken_once_and_the_second_row_is_kept():
    tables = esco_tables()
    tables["skills_en.csv"].append(skill("law", "labour law again"))
    draft = read(tables)
    assert competence(draft, "law").names == {"en": "labour law"}
    assert draft.reported[0].values["preferredLabel"] == "labour law again"


def test_norwegian_names_are_joined_on_and_those_that_fit_nothing_are_reported():
    tables = esco_tables()
    head = tables["skills_en.csv"][0]
    tables["skills_no_first1000.csv"] = [
        head,
        skill("advise", "gi råd om arbeid", alts="gi råd om arbeid\nrettleie", about="Gi råd."),
        skill("gone", "noe som er borte"),
    ]
    tables["skills_no_labels_extra.csv"] = [["skill_id", "skill_label"], ["law", "arbeidsrett"]]
    tables["skills_nn.csv"] = [head, skill("listen", "lytte aktivt")]
    tables["occupations_no.csv"] = [tables["occupations_en.csv"][0], occupation("agent", "arbeidsformidler")]
    draft = read(tables)
    advise = competence(draft, "advise")
    assert advise.names == {"en": "advise on work", "nb": "gi råd om arbeid"}
    assert advise.alt_labels["nb"] == ("rettleie",)
    assert advise.descriptions["nb"] == "Gi råd."
    assert competence(draft, "law").names["nb"] == "arbeidsrett"
    assert competence(draft, "listen").names["nn"] == "lytte aktivt"
    assert draft.profiles[1].names["nb"] == "arbeidsformidler"
    assert draft.counts["skills nb"] == 3
    assert told(draft, Weight.SKIPS) == ["The translation of «noe som er borte» fits nothing in this version of ESCO."]


def test_doubly_encoded_and_invisible_characters_are_mended_and_said():
    tables = esco_tables()
    spoilt = "the user\u00e2\u0080\u0099s needs\u009d"
    tables["skills_en.csv"].append(skill("needs", " needs  of users ", about=spoilt))
    draft = read(tables)
    needs = competence(draft, "needs")
    assert needs.names == {"en": "needs of users"}
    assert needs.descriptions == {"en": "the user’s needs"}
    assert "Characters that cannot be seen were taken away or mended. Rows: 1." in told(draft, Weight.NOTE)


def test_a_scope_note_loses_its_markup_and_follows_the_description():
    tables = esco_tables()
    row = skill("note", "note things", about="Notes.")
    row[9] = 'Excludes <a href="http://data.europa.eu/x"><span>instruct &amp; teach</span></a>.'
    tables["skills_en.csv"].append(row)
    about = competence(read(tables), "note").descriptions["en"]
    assert about == "Notes.\n\nExcludes instruct & teach."


def test_a_circle_stops_the_file_and_names_what_lies_in_it():
    tables = esco_tables()
    tables["broaderRelationsSkillPillar.csv"].append(
        ["KnowledgeSkillCompetence", S + "advise", "KnowledgeSkillCompetence", S + "listen"]
    )
    draft = read(tables)
    assert draft.refused
    assert told(draft, Weight.STOPS) == [
        "These lie under each other in a circle: advise on work › listen actively › advise on work."
    ]


def test_files_that_are_not_there_and_files_that_are_not_known_are_said():
    tables = esco_tables()
    del tables["skillSkillRelations.csv"]
    tables["conceptSchemes_en.csv"] = [["conceptType"]]
    tables["skills_de.csv"] = [["conceptUri"]]
    notes = told(read(tables), Weight.NOTE)
    assert any("skillSkillRelations.csv is not among" in said for said in notes)
    assert sum("was left aside" in said for said in notes) == 2


def test_without_skills_the_files_are_refused():
    tables = esco_tables()
    del tables["skills_en.csv"]
    with pytest.raises(FileRefused) as refusal:
        read(tables)
    assert refusal.value.problem.params["file"] == "skills_en.csv"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xff\xfe\x00b\x00r", "UTF-8"),
        (b'conceptUri,preferredLabel\r\n"a,b\r\n', "quotation marks"),
        (b"", "empty"),
        (b"conceptUri,label\r\nx,y\r\n", "preferredLabel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name(content: bytes, word: str):
    files = [member for member in members(esco_tables()) if member.name != "skills_en.csv"]
    with pytest.raises(FileRefused) as refusal:
        esco.read([*files, from_bytes("skills_en.csv", content)])
    problem = refusal.value.problem
    assert word in problem.message.format(**problem.params)
    assert problem.place.file == "skills_en.csv"
