"""The columns of our own files: what each is called in three languages, and what else it may be called.

The first three names of a column are its bokmål, nynorsk and English header, used in templates and
exports; the rest are what HR systems tend to say. A table is known by the name of its sheet or file, else
by its columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.rows import Table, normalised
from sloyfe.modules.people.formats.neutral import Line, UnitKind

LANGUAGES = ("nb", "nn", "en")


class Kind(StrEnum):
    """What the rows of a table are about."""

    UNITS = "units"
    LINES = "lines"
    SUCCESSIONS = "successions"
    PEOPLE = "people"
    AFFILIATIONS = "affiliations"
    LEADERS = "leaders"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Column:
    """`names` as above; `about` is a message id that says what to write, `example` an invented value."""

    names: tuple[str, ...]
    about: str
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of table: the names of its sheet (bokmål, nynorsk, English, others) and its columns."""

    names: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def accepted(self) -> dict[str, tuple[str, ...]]:
        return {ours: (*column.names, ours) for ours, column in self.columns.items()}

    @property
    def required(self) -> frozenset[str]:
        return frozenset(ours for ours, column in self.columns.items() if column.required)


UNIT_KINDS: dict[str, UnitKind] = {
    "direktorat": UnitKind.DIRECTORATE,
    "avdeling": UnitKind.DEPARTMENT,
    "seksjon": UnitKind.SECTION,
    "fylkeskontor": UnitKind.COUNTY,
    "kommune": UnitKind.MUNICIPALITY,
    "område": UnitKind.AREA,
    "lokalkontor": UnitKind.OFFICE,
    "team": UnitKind.TEAM,
    "kontor": UnitKind.OFFICE,
    "nav-kontor": UnitKind.OFFICE,
    "fylke": UnitKind.COUNTY,
    **{kind.value: kind for kind in UnitKind},
    "county office": UnitKind.COUNTY,
    "local office": UnitKind.OFFICE,
}
LINES: dict[str, Line] = {
    "statlig": Line.STATE,
    "kommunal": Line.MUNICIPAL,
    "statleg": Line.STATE,
    "stat": Line.STATE,
    "kommune": Line.MUNICIPAL,
    **{line.value: line for line in Line},
}
LANGUAGE_FORMS: dict[str, str] = {
    "bokmål": "nb",
    "nynorsk": "nn",
    "nordsamisk": "se",
    "davvisámegiella": "se",
    "northern sámi": "se",
    "nb": "nb",
    "nn": "nn",
    "se": "se",
    "sme": "se",
}

_EMPLOYER = Column(
    ("Arbeidsgiver", "Arbeidsgjevar", "Employer"), _("Who employs, as it is called in the system."), "Staten"
)
_EMPLOYEE = Column(
    ("Ansattnummer", "Tilsettnummer", "Employee number", "Ansattnr", "Ansatt nr", "Ressursnummer"),
    _("The number the employer uses. Never a national identity number."),
    "A1001",
    required=True,
)
_UNIT = Column(
    ("Enhetsnummer", "Einingsnummer", "Unit number", "Enhet", "Enhetsnr", "Orgenhet"),
    _("The number of the unit."),
    "9001",
    required=True,
)
_LINE = Column(
    ("Styringslinje", "Styringslinje", "Line of authority", "Linje", "Line"), _("State or municipal."), "statlig"
)
_FROM = Column(
    ("Gyldig fra", "Gyldig frå", "Valid from", "Fra", "Fra dato", "Startdato", "Start"),
    _("The first day, such as 01.01.2026. Empty: as long as anyone knows."),
    "01.01.2026",
)
_TO = Column(
    ("Gyldig til", "Gyldig til", "Valid to", "Til", "Til dato", "Sluttdato", "Slutt"),
    _("The last day, such as 31.12.2026. Empty: still so."),
    "",
)
_LANGUAGE = Column(
    ("Målform", "Målform", "Language form", "Språk", "Language"),
    _("bokmål (nb), nynorsk (nn) or nordsamisk (se)."),
    "bokmål",
)
_PERIOD = {"valid_from": _FROM, "valid_to": _TO}
_HOLDER = {"employer": _EMPLOYER, "employee_number": _EMPLOYEE, "unit_number": _UNIT}

SHAPES: dict[Kind, Shape] = {
    Kind.UNITS: Shape(
        ("Enheter", "Einingar", "Units", "Organisasjon", "Enhet"),
        {
            "number": Column(
                (*_UNIT.names, "Nummer", "Number", "Kode"), _("The official number of the unit."), "9001", True
            ),
            "name": Column(
                ("Navn", "Namn", "Name", "Enhetsnavn", "Unit name"),
                _("What the unit is called."),
                "Fjordvik",
                True,
            ),
            "kind": Column(
                ("Type", "Type", "Kind", "Enhetstype"),
                _("direktorat, avdeling, seksjon, fylkeskontor, kommune, område, lokalkontor or team."),
                "lokalkontor",
            ),
            "parent_number": Column(
                ("Overordnet enhet", "Overordna eining", "Parent unit", "Overordnet", "Overordna", "Parent"),
                _("The number of the unit above. Empty for the top."),
                "9000",
            ),
            "line": _LINE,
            "employer": _EMPLOYER,
            "language": _LANGUAGE,
            **_PERIOD,
            "area": Column(("Område", "Område", "Area"), _("The number of the area the unit belongs to."), "9090"),
        },
    ),
    Kind.LINES: Shape(
        ("Linjer", "Linjer", "Lines", "Styringslinjer", "Lines of authority"),
        {
            "unit_number": _UNIT,
            "parent_number": Column(
                ("Overordnet enhet", "Overordna eining", "Parent unit", "Overordnet", "Overordna", "Parent"),
                _("The number of one more unit above, such as the municipality."),
                "K0001",
                True,
            ),
            "line": Column(_LINE.names, _LINE.about, "kommunal", True),
            **_PERIOD,
        },
    ),
    Kind.SUCCESSIONS: Shape(
        ("Endringer", "Endringar", "Changes", "Sammenslåinger", "Samanslåingar", "Successions"),
        {
            "before": Column(
                ("Før", "Før", "Before", "Gammel enhet"), _("The number of the unit that ended."), "9003", True
            ),
            "after": Column(
                ("Etter", "Etter", "After", "Ny enhet"),
                _("The number of the unit it became. Several rows for a split. Empty: nothing came after."),
                "9001",
            ),
            "day": Column(
                ("Dato", "Dato", "Day", "Date", "Fra dato"), _("The first day of the new."), "01.01.2026", True
            ),
            "weight": Column(
                ("Andel", "Del", "Share"), _("How much of it went there, in per cent. Empty: all."), "100"
            ),
        },
    ),
    Kind.PEOPLE: Shape(
        ("Personer", "Personar", "People", "Ansatte", "Tilsette", "Employees"),
        {
            "employer": _EMPLOYER,
            "employee_number": _EMPLOYEE,
            "name": Column(("Navn", "Namn", "Name", "Fullt navn"), _("The whole name."), "Kari Eksempel"),
            "first_name": Column(
                ("Fornavn", "Fornamn", "First name"), _("Where there is no column for the whole name."), ""
            ),
            "last_name": Column(("Etternavn", "Etternamn", "Last name"), _("As above."), ""),
            "language": _LANGUAGE,
            "email": Column(
                ("E-post", "E-post", "E-mail", "Epost", "E-postadresse", "Email"),
                _("The address at work, never a private one."),
                "kari@nav.example",
            ),
            "phone": Column(
                ("Telefon", "Telefon", "Telephone", "Tlf", "Mobil", "Phone"),
                _("The number at work, never a private one."),
                "+47 00 00 12 34",
            ),
        },
    ),
    Kind.AFFILIATIONS: Shape(
        ("Tilknytninger", "Tilknytingar", "Affiliations", "Stillinger", "Stillingar", "Positions"),
        {
            **_HOLDER,
            "position": Column(
                ("Stilling", "Stilling", "Position", "Stillingstittel"),
                _("What the position is called."),
                "Veileder",
            ),
            "percentage": Column(
                ("Stillingsprosent", "Stillingsprosent", "Percentage", "Prosent"),
                _("0 to 100, such as 62,5."),
                "100",
            ),
            **_PERIOD,
        },
    ),
    Kind.LEADERS: Shape(("Ledere", "Leiarar", "Leaders", "Leder", "Managers"), {**_HOLDER, "line": _LINE, **_PERIOD}),
    Kind.ROLES: Shape(
        ("Roller", "Roller", "Roles"),
        {
            "role": Column(("Rolle", "Rolle", "Role", "Rollekode"), _("The code of the role."), "ressursperson", True),
            **_HOLDER,
            "tasks": Column(
                ("Oppgaver", "Oppgåver", "Tasks", "Mandat"),
                _("The mandate: the tasks in words."),
                "Svarer på spørsmål",
            ),
            "hours_week": Column(
                ("Timer i uken", "Timar i veka", "Hours a week", "Timer per uke"), _("Hours set aside."), "2,5"
            ),
            "deputy_employee_number": Column(
                ("Stedfortreder", "Stedfortredar", "Deputy"), _("The employee number of the deputy."), "A1002"
            ),
            "anchored_by": Column(
                ("Forankret hos", "Forankra hos", "Anchored by"), _("Who has agreed to it."), "Avdelingsleder"
            ),
            **_PERIOD,
        },
    ),
}

_BY_SHEET = {normalised(name): kind for kind, shape in SHAPES.items() for name in shape.names}
_ACCEPTED = {kind: shape.accepted for kind, shape in SHAPES.items()}


def kind_by_name(name: str) -> Kind | None:
    """The kind a sheet or file of that name holds; the name may have more words («2026-01 ansatte»)."""
    words = normalised(name).split()
    return next((_BY_SHEET[word] for word in (" ".join(words), *words) if word in _BY_SHEET), None)


def fits(kind: Kind, table: Table) -> bool:
    """True if the columns this kind must have are there; a table of employees is never one of units."""
    if kind is Kind.UNITS and _has(table, Kind.PEOPLE, "employee_number"):
        return False
    return _has(table, kind, *SHAPES[kind].required)


def kind_by_columns(table: Table) -> Kind | None:
    """The only kind these columns can be; None where there is none or more than one."""
    if _has(table, Kind.ROLES, "role", "employee_number"):
        return Kind.ROLES
    if _has(table, Kind.SUCCESSIONS, "before", "day"):
        return Kind.SUCCESSIONS
    if _has(table, Kind.PEOPLE, "employee_number"):
        return _kind_with_employees(table)
    if _has(table, Kind.UNITS, "number", "name"):
        return Kind.UNITS
    return Kind.LINES if _has(table, Kind.LINES, *SHAPES[Kind.LINES].required) else None


def _kind_with_employees(table: Table) -> Kind | None:
    if _has(table, Kind.PEOPLE, "name") or _has(table, Kind.PEOPLE, "first_name", "last_name"):
        return Kind.PEOPLE
    told = any(_has(table, Kind.AFFILIATIONS, "unit_number", name) for name in ("position", "percentage"))
    return Kind.AFFILIATIONS if told else None


def has_unit(table: Table) -> bool:
    """True for a table of people that also says where they work."""
    return _has(table, Kind.AFFILIATIONS, "unit_number")


def _has(table: Table, kind: Kind, *columns: str) -> bool:
    return all(any(table.has(name) for name in _ACCEPTED[kind][column]) for column in columns)
