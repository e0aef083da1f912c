"""The UK framework: roles, role levels and skills, with what its files leave open."""

from __future__ import annotations

import pytest

from sloyfe.core.imports.places import FileRefused, Weight
from sloyfe.modules.catalogue.formats import ddat
from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.formats.draft import Kind, ProfileKind, Strength
from sloyfe.modules.catalogue.formats.tests.small_files import ddat_tables, members, told


def test_roles_levels_and_skills():
    draft = ddat.read(members(ddat_tables()), version="2026")
    assert not draft.refused
    assert not draft.reported
    users, change = draft.competences
    assert (users.key, users.kind) == ("uk-ddat/skill/user-focus", Kind.SKILL)
    assert users.level_wordings[4] == {"en": "You can:\n- listen to users\n- say what they need"}
    assert not change.level_wordings
    tree = {profile.key: (profile.kind, profile.parents) for profile in draft.profiles}
    assert tree["uk-ddat/family/design"] == (ProfileKind.GROUP, ())
    assert tree["uk-ddat/role/content-designer"] == (ProfileKind.ROLE, ("uk-ddat/family/design",))
    assert tree["uk-ddat/role/content-designer/lead-content-designer"] == (
        ProfileKind.ROLE_LEVEL,
        ("uk-ddat/role/content-designer",),
    )
    junior, lead, chief = draft.requirements
    assert (junior.level, lead.level) == (1, 4)
    assert lead.profile == "uk-ddat/role/content-designer/lead-content-designer"
    assert {asked.strength for asked in draft.requirements} == {Strength.MUST}
    assert (chief.profile, chief.level) == ("uk-ddat/role/chief-data-officer", None)
    assert [step.names["en"] for step in draft.scales[0].steps] == list(ddat.LEVELS)


def test_what_the_files_leave_open_is_said():
    tables = ddat_tables()
    tables["skills.csv"][1][6] = "Content designer, Someone else"
    notes = told(ddat.read(members(tables)), Weight.NOTE)
    assert notes == [
        "Skills without any wording for the levels: 1.",
        "Rows where the skill's description is said to be missing: 1.",
        "Requirements without level, since the framework says NOT IN USE: 1.",
        "Skills whose own list of roles differs from the list of roles and skills: 1.",
    ]


def test_rows_that_cannot_be_used_are_kept_whole():
    tables = ddat_tables()
    roles = tables["roles.csv"]
    roles.append(roles[1])
    roles.append([*roles[2][:7], "Wizard", *roles[2][8:]])
    roles.append([*roles[2][:5], "No such skill", *roles[2][6:]])
    draft = ddat.read(members(tables))
    assert len(draft.requirements) == 3
    assert sorted(row.place.row for row in draft.reported) == [5, 6, 7]
    assert {row.values["Skill Level"] for row in draft.reported} == {"Awareness", "Wizard", "Expert"}
    assert draft.reported[0].values["Role Description"] == "Writes."
    assert told(draft, Weight.SKIPS) == [
        "The row says the skill level «Wizard», which is not on the scale.",
        "The profile asks for the same competence in an earlier row; the first is kept.",
        "It points at the competence «uk-ddat/skill/no-such-skill», which is not in the file.",
    ]


def test_two_names_that_come_to_the_same_key_stop_the_file():
    tables = ddat_tables()
    tables["skills.csv"].append(["User-focus", "", "", "", "", "", ""])
    assert ddat.read(members(tables)).refused


def test_both_files_are_needed_and_others_are_left_aside():
    files = members(ddat_tables())
    draft = ddat.read([*files, from_bytes("index.md", b'# "not a table')])
    assert any("index.md" in said for said in told(draft, Weight.NOTE))
    with pytest.raises(FileRefused) as refusal:
        ddat.read(files[:1])
    assert refusal.value.problem.params["file"] == "roles.csv"
