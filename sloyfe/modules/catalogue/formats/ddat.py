"""The UK Government Digital and Data Profession Capability Framework: roles × role levels × skills.

Two CSV files, told apart by their headings. Four skill levels with a wording for each skill; every role level
asks for skills at a level. Roles of the Senior Civil Service say NOT IN USE for role level and skill level:
there the role itself asks for the skill, without level. «MISSING» in a description means that it is empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftCompetence,
    DraftFramework,
    DraftProfile,
    DraftRequirement,
    DraftScale,
    DraftStep,
    Kind,
    ProfileKind,
    Strength,
)
from sloyfe.modules.catalogue.formats.ledger import Ledger, refuse
from sloyfe.modules.catalogue.formats.rows import Row, records, rows
from sloyfe.modules.catalogue.formats.texts import one_line, prose

LEVELS = ("Awareness", "Working", "Practitioner", "Expert")
NOT_IN_USE = "NOT IN USE"
_MISSING = "MISSING"
_SKILL_COLUMNS = ("Skill Name", "Skill Description", *LEVELS, "Roles that require Skill")
_ROLE_COLUMNS = (
    "Role Family",
    "Role",
    "Role Description",
    "Role Level",
    "Role Level Description",
    "Skill Name",
    "Skill Level",
)
_ABOUT = DraftFramework(
    code="uk-ddat",
    names={
        "nb": "Britisk rammeverk for digitale fag i staten",
        "nn": "Britisk rammeverk for digitale fag i staten",
        "en": "Government Digital and Data Profession Capability Framework",
    },
    publisher="Government Digital Service, United Kingdom",
    licence_line="Contains public sector information licensed under the Open Government Licence v3.0.",
    url="https://ddat-capability-framework.service.gov.uk/",
)
_SCALE = DraftScale(
    "uk-ddat",
    tuple(DraftStep(level, {"en": name}) for level, name in enumerate(LEVELS, start=1)),
)


@dataclass(slots=True)
class _Roles:
    """What the roles file has built up so far; `by_skill` is which roles ask for a skill."""

    profiles: dict[str, DraftProfile] = field(default_factory=dict)
    requirements: list[DraftRequirement] = field(default_factory=list)
    level_names: set[str] = field(default_factory=set)
    by_skill: dict[str, set[str]] = field(default_factory=dict)
    rows: dict[Place, Row] = field(default_factory=dict)


def read(members: Iterable[Member], version: str = "") -> Draft:
    """All that the two files hold. Raises `FileRefused` where one of them is not there or cannot be read."""
    ledger = Ledger()
    skills_file, roles_file = _two_files(members, ledger)
    skills = [(Place(skills_file.name, row=number), row) for number, row in rows(skills_file)]
    competences = tuple(_competence(place, row, ledger) for place, row in skills)
    roles = _Roles()
    for number, row in rows(roles_file):
        _take(Place(roles_file.name, row=number), row, roles, ledger)
    _compare_roles(skills, roles, ledger)
    profiles = tuple(roles.profiles.values())
    ledger.counts["skills"] = len(skills)
    ledger.counts["role levels"] = len(roles.level_names)
    for kind in (ProfileKind.GROUP, ProfileKind.ROLE, ProfileKind.ROLE_LEVEL):
        ledger.counts[f"profiles {kind}"] = sum(profile.kind is kind for profile in profiles)
    draft = Draft(
        framework=replace(_ABOUT, version=version),
        scales=(_SCALE,),
        competences=competences,
        profiles=profiles,
        requirements=tuple(roles.requirements),
        reported=tuple(ledger.reported),
        problems=ledger.gathered(),
        counts=ledger.counts,
    )
    return checked(draft, {**dict(skills), **roles.rows})


def _two_files(members: Iterable[Member], ledger: Ledger) -> tuple[Member, Member]:
    found: dict[tuple[str, ...], Member] = {}
    for member in members:
        columns = _columns_of(member)
        if columns and columns not in found:
            found[columns] = member
        else:
            ledger.note(Place(member.name), messages.FILE_NOT_USED, file=member.name)
    for columns, name in ((_SKILL_COLUMNS, "skills.csv"), (_ROLE_COLUMNS, "roles.csv")):
        if columns not in found:
            raise refuse(Place(name), messages.NO_FILE)
    return found[_SKILL_COLUMNS], found[_ROLE_COLUMNS]


def _columns_of(member: Member) -> tuple[str, ...]:
    """Which of the two files it is, told by its columns; empty for any other."""
    if not member.name.lower().endswith(".csv"):
        return ()
    _, heading = next(records(member), (0, []))
    named = {cell.strip() for cell in heading}
    return next((columns for columns in (_SKILL_COLUMNS, _ROLE_COLUMNS) if named.issuperset(columns)), ())


def _competence(place: Place, row: Row, ledger: Ledger) -> DraftCompetence:
    wordings = {level: {"en": prose(row[name])} for level, name in enumerate(LEVELS, start=1) if _told(row[name])}
    if not wordings:
        ledger.gather(place, messages.NO_LEVEL_WORDING)
    return DraftCompetence(
        key=_key("skill", row["Skill Name"]),
        kind=Kind.SKILL,
        names={"en": row["Skill Name"]},
        descriptions={"en": _told(row["Skill Description"])},
        level_wordings=wordings,
        place=place,
    )


def _take(place: Place, row: Row, roles: _Roles, ledger: Ledger) -> None:
    roles.rows[place] = row
    roles.level_names.add(one_line(row["Role Level"]))
    roles.by_skill.setdefault(one_line(row["Skill Name"]), set()).add(one_line(row["Role"]))
    ledger.counts["requirements"] += 1
    ledger.counts[row["Skill Level"]] += 1
    if row.get("Skill Description", "") == _MISSING:
        ledger.gather(place, messages.TEXT_MISSING)
    profile = _profile(place, row, roles)
    level = _level(place, row, ledger)
    if level == 0:
        ledger.leave_out(place, row, messages.UNKNOWN_LEVEL, row["Skill Level"])
        return
    skill = _key("skill", row["Skill Name"])
    roles.requirements.append(DraftRequirement(profile, skill, level, Strength.MUST, place=place))


def _level(place: Place, row: Row, ledger: Ledger) -> int | None:
    """1 to 4, None for NOT IN USE, 0 for a level nobody knows."""
    name = row["Skill Level"].strip()
    if name == NOT_IN_USE:
        ledger.gather(place, messages.LEVEL_NOT_IN_USE)
        return None
    return LEVELS.index(name) + 1 if name in LEVELS else 0


def _profile(place: Place, row: Row, roles: _Roles) -> str:
    """The key of the profile that asks; family, role and role level are made the first time they are met."""
    family = _key("family", row["Role Family"])
    role = _key("role", row["Role"])
    _once(roles, place, family, ProfileKind.GROUP, row["Role Family"], "", ())
    _once(roles, place, role, ProfileKind.ROLE, row["Role"], row["Role Description"], (family,))
    if row["Role Level"].strip() == NOT_IN_USE:
        return role
    level = f"{role}/{_slug(row['Role Level'])}"
    about = row["Role Level Description"]
    _once(roles, place, level, ProfileKind.ROLE_LEVEL, row["Role Level"], about, (role,))
    return level


def _once(
    roles: _Roles,
    place: Place,
    key: str,
    kind: ProfileKind,
    name: str,
    about: str,
    parents: tuple[str, ...],
) -> None:
    if key not in roles.profiles:
        roles.profiles[key] = DraftProfile(
            key, {"en": name}, kind, parents, descriptions={"en": _told(about)}, place=place
        )


def _compare_roles(skills: list[tuple[Place, Row]], roles: _Roles, ledger: Ledger) -> None:
    for place, row in skills:
        named = {one_line(role) for role in row["Roles that require Skill"].split(",")}
        if named - {""} != roles.by_skill.get(one_line(row["Skill Name"]), set()):
            ledger.gather(place, messages.ROLES_DIFFER)


def _told(text: str) -> str:
    return "" if text.strip() in (_MISSING, NOT_IN_USE) else prose(text)


def _key(kind: str, name: str) -> str:
    slug = _slug(name)
    return f"uk-ddat/{kind}/{slug}" if slug else ""


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
