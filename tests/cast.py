"""The cast of every test, named by role: one small body where each role meets the lines it must not cross.

    directorate ── county ── fjord (office, area «kyst») ── fjord_team
                          └─ vik   (office, area «kyst»)
    sund municipality ── fjord ; nes municipality ── vik

Fjord has two employers under one roof: state staff answer to the state leader, municipal staff to hers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sloyfe.core.access import Viewer
from sloyfe.modules.people.models import (
    Affiliation,
    Bond,
    Edge,
    Employer,
    Kind,
    Person,
    PersonNumber,
    RoleHolding,
    RoleKind,
    Unit,
    UnitName,
    User,
)
from sloyfe.modules.people.tree import rebuild_closure
from sloyfe.modules.people.viewers import viewer_for_person

DAY = date(2026, 11, 18)
START = date(2024, 1, 1)

UNITS = {
    "directorate": (Kind.DIRECTORATE, "Direktoratet"),
    "section": (Kind.SECTION, "Kunnskapsseksjonen"),
    "county": (Kind.COUNTY, "Fylkeskontoret"),
    "kyst": (Kind.AREA, "Kystområdet"),
    "sund": (Kind.MUNICIPALITY, "Sund kommune"),
    "nes": (Kind.MUNICIPALITY, "Nes kommune"),
    "fjord": (Kind.OFFICE, "Fjord"),
    "vik": (Kind.OFFICE, "Vik"),
    "fjord_team": (Kind.TEAM, "Fjord oppfølging"),
}
EDGES = (
    ("section", "directorate", Bond.STATE),
    ("county", "directorate", Bond.STATE),
    ("fjord", "county", Bond.STATE),
    ("vik", "county", Bond.STATE),
    ("fjord", "sund", Bond.MUNICIPAL),
    ("vik", "nes", Bond.MUNICIPAL),
    ("fjord", "kyst", Bond.AREA),
    ("vik", "kyst", Bond.AREA),
    ("fjord_team", "fjord", Bond.STATE),
    ("fjord_team", "fjord", Bond.MUNICIPAL),
)
# role name: (name, unit, employer)
PEOPLE = {
    "employee": ("Eli Elvestad", "fjord_team", "sund"),
    "state_employee": ("Stein Strand", "fjord_team", "state"),
    "leader": ("Mona Myhre", "fjord", "sund"),
    "state_leader": ("Tor Tangen", "fjord", "state"),
    "deputy": ("Dina Dale", "fjord", "sund"),
    "neighbour_leader": ("Nils Nesheim", "vik", "nes"),
    "neighbour_employee": ("Vera Vikse", "vik", "nes"),
    "resource_person": ("Ragna Rud", "vik", "state"),
    "county_adviser": ("Frode Fonn", "county", "state"),
    "directorate_adviser": ("Berit Brekke", "section", "state"),
    "hr_admin": ("Hanna Hovd", "section", "state"),
    "union_rep": ("Unni Ulven", "fjord_team", "sund"),
    "safety_rep": ("Vidar Voll", "fjord_team", "state"),
    "outsider": ("Olav Ottestad", None, None),
}
ROLES = (
    ("leader", "leader", "fjord", "municipal", "deputy"),
    ("state_leader", "leader", "fjord", "state", None),
    ("neighbour_leader", "leader", "vik", "", None),
    ("resource_person", "resource_person", "vik", "", None),
    ("county_adviser", "county_adviser", "county", "state", None),
    ("directorate_adviser", "directorate_adviser", "directorate", "state", None),
    ("hr_admin", "hr_admin", "directorate", "", None),
    ("union_rep", "union_rep", "fjord", "municipal", None),
    ("safety_rep", "safety_rep", "fjord", "", None),
)
ROLE_NAMES = {
    "leader": "leder",
    "resource_person": "ressursperson",
    "county_adviser": "fylkeskoordinator",
    "directorate_adviser": "rådgiver i direktoratet",
    "hr_admin": "systemansvarlig",
    "union_rep": "tillitsvalgt",
    "safety_rep": "verneombud",
}


@dataclass
class Cast:
    """`cast.unit["fjord"]`, `cast.person["leader"]`, `cast.viewer("leader")`, `cast.user("leader")`."""

    unit: dict[str, Unit]
    employer: dict[str, Employer]
    person: dict[str, Person] = field(default_factory=dict)
    kind: dict[str, RoleKind] = field(default_factory=dict)

    def viewer(self, role: str, day: date = DAY, language: str = "nb") -> Viewer:
        return viewer_for_person(self.person[role].pk, day, language)

    def user(self, role: str) -> User:
        found = User.objects.filter(username=role).first()
        return found or User.objects.create_user(role, password=None, person=self.person[role])


def build_cast() -> Cast:
    cast = Cast(*_body())
    _people(cast)
    _roles(cast)
    return cast


def _body() -> tuple[dict[str, Unit], dict[str, Employer]]:
    unit = {key: Unit(number=f"u-{key}", kind=kind, name=name, valid_from=START) for key, (kind, name) in UNITS.items()}
    Unit.objects.bulk_create(unit.values())
    UnitName.objects.bulk_create(UnitName(unit=row, name=row.name, valid_from=START) for row in unit.values())
    Edge.objects.bulk_create(
        Edge(child=unit[child], parent=unit[parent], bond=bond, valid_from=START) for child, parent, bond in EDGES
    )
    rebuild_closure(DAY)
    employer = {
        "state": Employer(name="Staten", line="state", unit=unit["directorate"]),
        "sund": Employer(name="Sund kommune", line="municipal", unit=unit["sund"]),
        "nes": Employer(name="Nes kommune", line="municipal", unit=unit["nes"]),
    }
    Employer.objects.bulk_create(employer.values())
    return unit, employer


def _people(cast: Cast) -> None:
    for role, (name, _unit, _employer) in PEOPLE.items():
        cast.person[role] = Person.objects.create(name=name)
    work = {role: where for role, where in PEOPLE.items() if where[1]}
    Affiliation.objects.bulk_create(
        Affiliation(
            person=cast.person[role],
            unit=cast.unit[unit],
            employer=cast.employer[employer],
            line=cast.employer[employer].line,
            position="veileder",
            valid_from=START,
        )
        for role, (_name, unit, employer) in work.items()
    )
    PersonNumber.objects.bulk_create(
        PersonNumber(person=cast.person[role], employer=cast.employer[employer], number=f"n-{role}")
        for role, (_name, _unit, employer) in work.items()
    )


def _roles(cast: Cast) -> None:
    for code, name in ROLE_NAMES.items():
        cast.kind[code] = RoleKind.objects.create(code=code, name_nb=name, name_nn=name, name_en=code)
    RoleHolding.objects.bulk_create(
        RoleHolding(
            person=cast.person[who],
            kind=cast.kind[code],
            unit=cast.unit[unit],
            line=line,
            deputy=cast.person[deputy] if deputy else None,
            valid_from=START,
        )
        for who, code, unit, line, deputy in ROLES
    )
