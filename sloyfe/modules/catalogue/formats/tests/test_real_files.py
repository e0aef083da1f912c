"""The real files, whole, against the counts in their notes. Skipped where the files are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sloyfe.core.imports.places import Weight
from sloyfe.core.imports.tables import Upload
from sloyfe.modules.catalogue.formats import ddat, digcomp, esco, messages, moodle, own
from sloyfe.modules.catalogue.formats.bundle import from_path
from sloyfe.modules.catalogue.formats.draft import Draft, Kind, ProfileKind, Strength
from sloyfe.modules.catalogue.formats.tests.small_files import told

DATA = Path(__file__).resolve().parents[6] / "shared" / "data"

pytestmark = pytest.mark.realdata


def folder(name: str) -> Path:
    path = DATA / name
    if not path.is_dir():
        pytest.skip(f"the real files are not here: ../shared/data/{name}")
    return path


@pytest.fixture(scope="module")
def whole_esco() -> Draft:
    root = folder("esco")
    parts = ("v1.1.1_en", "v1.1.0_no_sample1000", "v1.0.8_no")
    return esco.read([member for part in parts for member in from_path(root / part)], version="1.1.1")


def reported(draft: Draft, message: str) -> int:
    return sum(row.message == message for row in draft.reported)


def noted(draft: Draft, message: str) -> str:
    (count,) = [problem.params["count"] for problem in draft.problems if problem.message == message]
    return count


def test_esco_has_every_concept(whole_esco: Draft):
    assert len(whole_esco.competences) == 13_896
    kinds = [profile.kind for profile in whole_esco.profiles]
    assert kinds.count(ProfileKind.OCCUPATION) == 3_007
    assert kinds.count(ProfileKind.GROUP) == 619
    assert len(whole_esco.areas) == 640
    assert len({competence.names["en"] for competence in whole_esco.competences}) == 13_896
    for kind, count in (("digital", 1_201), ("green", 570), ("language", 346), ("transversal", 96)):
        assert whole_esco.counts[f"{kind}SkillsCollection"] == count
    assert whole_esco.counts["researchSkillsCollection"] == 40
    assert whole_esco.counts["digCompSkillsCollection"] == 26
    assert whole_esco.counts["researchOccupationsCollection"] == 122


def test_esco_has_every_relation_and_reports_those_that_point_at_nothing(whole_esco: Draft):
    counts = whole_esco.counts
    assert counts["occupationSkillRelations"] == 123_855
    assert (counts["essential"], counts["optional"]) == (64_946, 58_909)
    missing = [row for row in whole_esco.reported if row.message == messages.UNKNOWN_OCCUPATION]
    assert len(missing) == 67
    assert {row.values["occupationUri"] for row in missing} == {
        "http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"
    }
    assert len(whole_esco.requirements) == 123_855 - 67
    essential = sum(asked.strength is Strength.MUST for asked in whole_esco.requirements)
    lost = sum(row.values["relationType"] == "essential" for row in missing)
    assert essential == 64_946 - lost
    assert counts["skillSkillRelations"] == 5_899
    assert len(whole_esco.relations) == 5_898
    assert reported(whole_esco, messages.RELATED_TO_ITSELF) == 1


def test_esco_hierarchy_with_its_holes(whole_esco: Draft):
    counts = whole_esco.counts
    assert (counts["broaderRelationsSkillPillar"], counts["broaderRelationsOccPillar"]) == (20_656, 3_617)
    assert counts["broaderRelationsSkillPillar without child"] == 7
    assert counts["broaderRelationsSkillPillar without parent"] == 3
    assert counts["broaderRelationsOccPillar without child"] == 1
    assert counts["skillsHierarchy"] == 647
    assert noted(whole_esco, messages.SHORT_ROWS) == "189"
    several = sum(len(one.parents) > 1 for one in whole_esco.competences)
    assert several == counts["several parents"] == 4_646
    assert all(competence.parents for competence in whole_esco.competences)
    kept = sum(len(node.parents) for node in (*whole_esco.areas, *whole_esco.competences))
    assert kept == 20_656 - 7


def test_esco_skills_that_leave_something_open(whole_esco: Draft):
    assert sum(one.kind is Kind.UNSAID for one in whole_esco.competences) == 6
    assert noted(whole_esco, messages.NO_SKILL_TYPE) == "6"
    assert noted(whole_esco, messages.NO_REUSE_LEVEL) == "5"
    assert not whole_esco.refused
    for competence in whole_esco.competences:
        assert competence.names["en"] not in competence.alt_labels.get("en", ())


def test_the_norwegian_names_of_esco(whole_esco: Draft):
    assert whole_esco.counts["occupations nb"] == 2_942
    assert reported(whole_esco, messages.UNMATCHED_TRANSLATION) == 3
    occupations = {
        profile.names["en"]: profile for profile in whole_esco.profiles if profile.kind is ProfileKind.OCCUPATION
    }
    assert sum("nb" in profile.names for profile in occupations.values()) == 2_942 - 3
    assert occupations["employment agent"].names["nb"] == "arbeidsformidler"
    assert occupations["social counsellor"].names["nb"] == "sosialrådgiver"
    skills = {one.names["en"]: one for one in whole_esco.competences}
    assert sum("nb" in one.names for one in skills.values()) == 1_000 + 49
    assert skills["accept criticism and guidance"].names["nb"] == "godta kritikk og veiledning"
    agent = [asked for asked in whole_esco.requirements if asked.profile == occupations["employment agent"].key]
    assert [sum(asked.strength is strength for asked in agent) for strength in Strength] == [15, 0, 15]


def test_nothing_of_esco_is_lost(whole_esco: Draft):
    """Every row that is not in the draft lies in the report, and each is said."""
    assert len(whole_esco.reported) == 67 + 7 + 1 + 1 + 3
    assert len(told(whole_esco, Weight.SKIPS)) == len(whole_esco.reported)


def test_the_uk_framework():
    draft = ddat.read(from_path(folder("uk_ddat")))
    assert not draft.refused
    assert draft.counts["requirements"] == 1_825
    levels = {name: draft.counts[name] for name in (*ddat.LEVELS, ddat.NOT_IN_USE)}
    assert levels == {
        "Awareness": 355,
        "Working": 514,
        "Practitioner": 548,
        "Expert": 380,
        "NOT IN USE": 28,
    }
    assert len(draft.competences) == 188
    assert draft.counts["role levels"] == 202  # «NOT IN USE» is one of them
    kinds = [profile.kind for profile in draft.profiles]
    assert kinds.count(ProfileKind.GROUP) == 8
    assert kinds.count(ProfileKind.ROLE) == 52
    assert kinds.count(ProfileKind.ROLE_LEVEL) == 201
    assert sum(asked.level is None for asked in draft.requirements) == 28
    assert reported(draft, messages.ASKED_TWICE) == len(draft.reported) == 16
    assert len(draft.requirements) == 1_825 - 16


def test_digcomp():
    draft = digcomp.read(from_path(folder("digcomp3") / "digcomp3_data_supplement_2025-11-24.jsonld")[0])
    assert not draft.reported
    names = ("CompetenceArea", "Competence", "CompetenceStatement", "LearningOutcome", "Glossary")
    assert [draft.counts[name] for name in names] == [5, 21, 362, 523, 126]
    assert len(draft.areas) == 5
    assert len(draft.competences) == 21 + 523
    assert [len(scale.steps) for scale in draft.scales] == [4, 8, 6]
    statements = sum(
        wording["en"].count("\n") + 1
        for competence in draft.competences[:21]
        for wording in competence.level_wordings.values()
    )
    assert statements == 362
    by_key = {competence.key: competence for competence in draft.competences}
    assert by_key["LearningOutcome/LO5.4.09"].kind is Kind.SKILL
    assert set(by_key["LearningOutcome/LO5.4.09"].level_wordings) == {2}


def test_moodles_own_example_comes_out_byte_for_byte():
    path = folder("moodle_competency") / "example_OECD_core_competencies.csv"
    draft = moodle.read(from_path(path)[0], language="en")
    assert not draft.problems
    assert draft.counts["rows"] == 65
    assert len(draft.competences) == 64
    assert moodle.write(draft, language="en") == path.read_bytes()


def test_the_uk_framework_goes_through_our_own_format():
    draft = ddat.read(from_path(folder("uk_ddat")))
    again = own.read([Upload("katalog.xlsx", own.workbook(draft))])
    assert not again.reported
    assert len(again.requirements) == len(draft.requirements)
    assert [one.level_wordings for one in again.competences] == [one.level_wordings for one in draft.competences]
