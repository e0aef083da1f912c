"""Small files in the shape of the real ones, written by hand, and what the tests ask of a draft."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from sloyfe.core.imports.places import Weight
from sloyfe.modules.catalogue.formats.bundle import Member, from_bytes
from sloyfe.modules.catalogue.formats.draft import Draft

Table = list[list[str]]


def as_csv(rows: Iterable[Sequence[str]], end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(rows)
    return out.getvalue().encode()


def members(files: Mapping[str, Iterable[Sequence[str]]]) -> list[Member]:
    return [from_bytes(name, as_csv(rows)) for name, rows in files.items()]


def as_zip(files: Mapping[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


def told(draft: Draft, weight: Weight) -> list[str]:
    """The messages of one weight, their parameters filled in."""
    return [problem.message.format(**problem.params) for problem in draft.problems if problem.weight is weight]


# --- ESCO -------------------------------------------------------------------------------------------------

S = "http://data.europa.eu/esco/skill/"
O = "http://data.europa.eu/esco/occupation/"  # noqa: E741
I = "http://data.europa.eu/esco/isco/"  # noqa: E741

_SKILL_HEAD = [
    "conceptType",
    "conceptUri",
    "skillType",
    "reuseLevel",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
]
_OCCUPATION_HEAD = [
    "conceptType",
    "conceptUri",
    "iscoGroup",
    "preferredLabel",
    "altLabels",
    "hiddenLabels",
    "status",
    "modifiedDate",
    "regulatedProfessionNote",
    "scopeNote",
    "definition",
    "inScheme",
    "description",
    "code",
]


def skill(name: str, label: str, kind: str = "skill/competence", alts: str = "", about: str = "") -> list[str]:
    reuse = "cross-sector" if kind else ""
    scheme = "http://data.europa.eu/esco/concept-scheme/skills,\n…/member-skills"
    date = "2016-12-20T17:43:43Z"
    part = "KnowledgeSkillCompetence"
    return [part, S + name, kind, reuse, label, alts, "", "released", date, "", "", scheme, about]


def occupation(name: str, label: str, code: str = "3333.1", alts: str = "") -> list[str]:
    scheme = "http://data.europa.eu/esco/concept-scheme/occupations"
    start = ["Occupation", O + name, code[:4], label, alts, "", "released", "2016-07-05T13:58:41Z"]
    return [*start, "", "", "", scheme, f"About {label}.", code]


def esco_tables() -> dict[str, Table]:
    """Three skills in two groups, two occupations in an ISCO group; nothing wrong with any of it."""
    groups_head = ["conceptType", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels", "status"]
    isco_head = ["conceptType", "conceptUri", "code", "preferredLabel", "status", "altLabels"]
    broader_head = ["conceptType", "conceptUri", "broaderType", "broaderUri"]
    return {
        "skills_en.csv": [
            _SKILL_HEAD,
            skill("advise", "advise on work", alts="give work advice\nguide to work", about="Advise people."),
            skill("law", "labour law", kind="knowledge"),
            skill("listen", "listen actively"),
        ],
        "skillGroups_en.csv": [
            groups_head,
            ["SkillGroup", S + "top", "skills", "", "", "released"],
            ["SkillGroup", S + "advising", "advising and consulting", "", "", "released"],
        ],
        "occupations_en.csv": [
            _OCCUPATION_HEAD,
            occupation("agent", "employment agent"),
            occupation("counsellor", "social counsellor", "2635.2"),
        ],
        "ISCOGroups_en.csv": [isco_head, ["ISCOGroup", I + "C3333", "3333", "Employment agents", "", ""]],
        "broaderRelationsSkillPillar.csv": [
            broader_head,
            ["SkillGroup", S + "advising", "SkillGroup", S + "top"],
            ["KnowledgeSkillCompetence", S + "advise", "SkillGroup", S + "advising"],
            ["KnowledgeSkillCompetence", S + "law", "SkillGroup", S + "top"],
            ["KnowledgeSkillCompetence", S + "listen", "SkillGroup", S + "advising"],
            ["KnowledgeSkillCompetence", S + "listen", "KnowledgeSkillCompetence", S + "advise"],
        ],
        "broaderRelationsOccPillar.csv": [
            broader_head,
            ["Occupation", O + "agent", "ISCOGroup", I + "C3333"],
            ["Occupation", O + "counsellor", "Occupation", O + "agent"],
        ],
        "occupationSkillRelations.csv": [
            ["occupationUri", "relationType", "skillType", "skillUri"],
            [O + "agent", "essential", "skill/competence", S + "advise"],
            [O + "agent", "optional", "knowledge", S + "law"],
        ],
        "skillSkillRelations.csv": [
            ["originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"],
            [S + "law", "knowledge", "essential", "skill/competence", S + "advise"],
        ],
    }


# --- the UK framework -------------------------------------------------------------------------------------


def ddat_tables() -> dict[str, Table]:
    """Two skills, one role with two levels, and a role of the senior service without any."""
    bullets = "You can:\n- listen to users\n- say what they need"
    role_head = ["Role Family", "Role", "Role Description", "Role Level", "Role Level Description"]
    skill_head = ["Skill Name", "Skill Description", "Skill Level", "Skill Level Description", "Role Type"]
    senior = "Senior Civil Service"
    unused = "NOT IN USE"
    return {
        "skills.csv": [
            [*skill_head[:2], "Awareness", "Working", "Practitioner", "Expert", "Roles that require Skill"],
            ["User focus", "About users.", bullets, bullets, bullets, bullets, "Content designer"],
            ["Leading change", "You can:\n- lead", "", "", "", "", "Chief data officer"],
        ],
        "roles.csv": [
            [*role_head, *skill_head],
            ["Design", "Content designer", "Writes.", "Junior content designer", "Starts."]
            + ["User focus", "About users.", "Awareness", bullets, ""],
            ["Design", "Content designer", "Writes.", "Lead content designer", "Leads."]
            + ["User focus", "MISSING", "Expert", bullets, ""],
            ["Chiefs", "Chief data officer", "Steers.", unused, unused]
            + ["Leading change", "You can:\n- lead", unused, unused, senior],
        ],
    }


# --- DigComp ----------------------------------------------------------------------------------------------


def digcomp_graph() -> list[dict[str, object]]:
    place = {"competence_area_id": "CompetenceArea/1", "competence_id": "Competence/1.1"}
    basic = {"four_levels_proficiency_name": "ProficiencyLevel/Basic", "ai_label": "AI-Implicit"}
    level = {"four_levels_description": "With guidance.", "eight_levels_description": "With much guidance."}
    return [
        {"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "Search", "description": "To search."},
        {
            "@type": "Competence",
            "@id": "Competence/1.1",
            "name": "Filtering",
            "description": "To filter.",
            "competence_area_id": "CompetenceArea/1",
        },
        {
            "@type": "ProficiencyLevel",
            "@id": "ProficiencyLevel/Basic_1",
            "four_levels_name": "Basic",
            "eight_levels_mapping": 1,
            "six_levels_mapping": "A1",
            **level,
        },
        {
            "@type": "CompetenceStatement",
            "@id": "CompetenceStatement/CS1",
            "description": "Use tools.",
            **place,
            **basic,
        },
        {
            "@type": "CompetenceStatement",
            "@id": "CompetenceStatement/CS2",
            "description": "Refine.",
            **place,
            **basic,
        },
        {
            "@type": "CompetenceStatement",
            "@id": "CompetenceStatement/CS3",
            "description": "Teach others.",
            **place,
            "four_levels_proficiency_name": "ProficiencyLevel/Highly advanced",
        },
        {
            "@type": "LearningOutcome",
            "@id": "LearningOutcome/LO1",
            "description": "Value tools.",
            "type": "Attitude",
            **place,
            **basic,
        },
        {"@type": "Glossary", "@id": "Glossary/AI system", "explanation": "A system."},
    ]
