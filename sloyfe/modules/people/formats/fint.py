"""Reads FINT administrasjon 4.5, as JSON or YAML: units, employees and their employments.

`fodselsnummer` is skipped in the parser, and so are birth days, pay and contact details, which nothing
here asks for. Entries refer to each other by `id`. The top unit names itself as the one above; that is a
top and no ring.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial

from sloyfe.core.imports import values
from sloyfe.core.imports.limits import Limits, Upload, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.imports.trees import Read, read_json, read_yaml
from sloyfe.modules.people.formats.contact import is_email, is_phone
from sloyfe.modules.people.formats.fint_entries import Entry, entries_of
from sloyfe.modules.people.formats.neutral import AffiliationRow, Delivery, LeaderRow, PersonRow, UnitRow
from sloyfe.modules.people.formats.notes import Notes

FORMAT = "FINT administrasjon"
IDENTITY_FIELDS = frozenset(("fodselsnummer",))
NOT_ASKED_FOR = frozenset(
    ("fodselsdato", "kontaktinformasjon", "aarslonn", "lonnsprosent", "bostedsadresse", "postadresse", "bilde")
    + ("statsborgerskap", "kjonn", "parorende", "foreldreansvar", "morsmal", "brukernavn", "ansiennitet")
)

_UNITS, _PEOPLE, _STAFF = "organisasjonselement", "personar", "personalressursar"
_JOBS, _CODES = "arbeidsforhold", "stillingskoder"
_BEGINS = re.compile(rf"^(?:{_UNITS}|{_STAFF}|{_JOBS})\s*:", re.MULTILINE)
_EXPORT_AGAIN = _("Correct it in the HR system and export again.")

_percentage = partial(values.number_between, low=0, high=100, decimals=2)


@dataclass(frozen=True, slots=True)
class FintFile:
    """One parsed file: its lists by name, and how many fields were skipped."""

    lists: dict[str, tuple[Entry, ...]]
    found: Read


def is_yaml(text: str) -> bool:
    """True for text in which one of the lists this format has begins a line."""
    return bool(_BEGINS.search(text))


def parse(upload: Upload, place: Place, limits: Limits, *, as_yaml: bool) -> FintFile:
    """The lists of the file. Raises FileRefused where it is not FINT."""
    found = (read_yaml if as_yaml else read_json)(upload, IDENTITY_FIELDS | NOT_ASKED_FOR, limits)
    root = found.root if isinstance(found.root, dict) else {}
    if not {_UNITS, _STAFF, _JOBS} & root.keys():
        raise refusal(
            place,
            _("The file has none of the lists we read: {lists}."),
            _("Export FINT administrasjon as one file, or use our template."),
            lists=", ".join((_UNITS, _STAFF, _JOBS)),
        )
    names = (_UNITS, _PEOPLE, _STAFF, _JOBS, _CODES)
    return FintFile({name: entries_of(place.file, name, root.get(name)) for name in names}, found)


def read(file: FintFile, employer: str) -> Delivery:
    """Units, people, affiliations and leaders of one file."""
    reader = _Reader(file.lists, employer)
    units = [row for entry in file.lists[_UNITS] if (row := reader.unit(entry))]
    people = reader.people()
    affiliations = [job for entry in file.lists[_JOBS] if (job := reader.affiliation(entry))]
    return Delivery(
        formats=(FORMAT,),
        units=tuple(units),
        people=tuple(people),
        affiliations=tuple(affiliations),
        leaders=reader.leaders(),
        problems=tuple(reader.notes.problems),
        counts={name: len(entries) for name, entries in file.lists.items()},
        dropped_fields=file.found.dropped,
    )


@dataclass(slots=True)
class _Reader:
    lists: dict[str, tuple[Entry, ...]]
    employer: str
    notes: Notes = field(default_factory=Notes)
    unit_numbers: dict[str, str] = field(default_factory=dict)
    staff: dict[str, Entry] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unit_numbers = {entry.id: _unit_number(entry) for entry in self.lists[_UNITS] if entry.id}
        self.staff = {entry.id: entry for entry in self.lists[_STAFF] if entry.id}
        self.codes = {entry.id: entry.said("navn") for entry in self.lists[_CODES]}

    # --- units

    def unit(self, entry: Entry) -> UnitRow | None:
        number = self.notes.number(entry.at("organisasjonsId"), _unit_number(entry))
        told_name = entry.said("navn") or entry.said("organisasjonsnavn") or entry.said("kortnavn")
        name = self.notes.text(entry.at("navn"), told_name)
        if not (number and name):
            self._left_out(entry.place, _("The unit has no name or no number, and was left out."))
            return None
        problems = len(self.notes.problems)
        parent = self._parent(entry)
        start, end = entry.period(self.notes, "gyldighetsperiode")
        self.notes.in_order(entry.at("gyldighetsperiode"), start, end)
        if parent is None or len(self.notes.problems) > problems:
            return None
        return UnitRow(number, name, parent_number=parent, valid_from=start, valid_to=end, place=entry.place)

    def _parent(self, entry: Entry) -> str | None:
        """The parent's number, empty for the top, None (with a problem) where it is not in the file."""
        above = entry.references("overordnet")
        if not above or above[0] == entry.id:
            return ""
        if above[0] in self.unit_numbers:
            return self.unit_numbers[above[0]]
        self._left_out(entry.at("overordnet"), _("The unit above is not in the file."), above[0])
        return None

    # --- people

    def people(self) -> list[PersonRow]:
        """One row for each person, with every employee number she has."""
        names = {entry.id: _name(entry) for entry in self.lists[_PEOPLE]}
        found: dict[str, PersonRow] = {}
        for entry in self.lists[_STAFF]:
            person = next(iter(entry.references("person")), "")
            number = self.notes.number(entry.at("ansattnummer"), entry.identifier("ansattnummer"))
            name = self.notes.text(entry.at("person"), names.get(person, ""))
            if not (number and name):
                self._left_out(entry.place, _("The employee has no number or no name, and was left out."))
            elif person in found:
                known = found[person]
                found[person] = replace(known, other_numbers=(*known.other_numbers, number))
            else:
                email, phone = _at_work(entry)
                found[person] = PersonRow(self.employer, number, name, place=entry.place, email=email, phone=phone)
        return list(found.values())

    # --- affiliations

    def affiliation(self, entry: Entry) -> AffiliationRow | None:
        staff = self.staff.get(next(iter(entry.references("ansatt")), ""))
        unit = self.unit_numbers.get(next(iter(entry.references("arbeidssted")), ""), "")
        if staff is None or not unit:
            self._left_out(entry.place, _("The employment names no employee or no unit that is in the file."))
            return None
        problems = len(self.notes.problems)
        share_place = entry.at("ansettelsesprosent")
        percentage = self.notes.read(share_place, entry.said("ansettelsesprosent"), _percentage)
        start, end = entry.period(self.notes, "gyldighetsperiode")
        employed_until = staff.period(self.notes, "ansettelsesperiode")[1]
        end = min((day for day in (end, employed_until) if day), default=None)
        self.notes.in_order(entry.at("gyldighetsperiode"), start, end)
        if len(self.notes.problems) > problems:
            return None
        title = self.notes.text(entry.at("stillingstittel"), self._title(entry, staff))
        main = {"true": True, "false": False}.get(entry.said("hovedstilling"))
        number = staff.identifier("ansattnummer")
        return AffiliationRow(self.employer, number, unit, title, percentage, start, end, main, entry.place)

    def _title(self, entry: Entry, staff: Entry) -> str:
        code = next(iter(entry.references("stillingskode")), "")
        return entry.said("stillingstittel") or self.codes.get(code, "") or staff.said("jobbtittel")

    # --- leaders

    def leaders(self) -> tuple[LeaderRow, ...]:
        """Who leads what, told by the unit or by the employee; each once."""
        places: dict[tuple[str, str], Place] = {}
        for unit in self.lists[_UNITS]:
            for reference in unit.references("leder"):
                places.setdefault((reference, unit.id), unit.at("leder"))
        for staff in self.lists[_STAFF]:
            for reference in staff.references("lederFor"):
                places.setdefault((staff.id, reference), staff.at("lederFor"))
        rows = (self._leader(staff, unit, place) for (staff, unit), place in places.items())
        return tuple(row for row in rows if row)

    def _leader(self, staff: str, unit: str, place: Place) -> LeaderRow | None:
        if staff in self.staff and unit in self.unit_numbers:
            number = self.staff[staff].identifier("ansattnummer")
            return LeaderRow(self.employer, number, self.unit_numbers[unit], place=place)
        self._left_out(place, _("The leader or the unit is not in the file."))
        return None

    def _left_out(self, place: Place, message: str, value: str = "") -> None:
        self.notes.say(Weight.SKIPS, place, message, _EXPORT_AGAIN, value)


def _unit_number(entry: Entry) -> str:
    return entry.identifier("organisasjonsId") or entry.identifier("organisasjonsKode")


def _name(entry: Entry) -> str:
    holder = "person_navn" if entry.said("person_navn", "etternavn") else "navn"
    parts = (entry.said(holder, part) for part in ("fornavn", "mellomnavn", "etternavn"))
    return " ".join(part for part in parts if part)


def _at_work(entry: Entry) -> tuple[str | None, str | None]:
    """How the employee is reached; what stands on the person is private and is not read."""
    told = "kontaktinformasjon"
    email = entry.said(told, "epostadresse").strip()
    phone = (entry.said(told, "mobiltelefonnummer") or entry.said(told, "telefonnummer")).strip()
    return email if is_email(email) else None, phone if is_phone(phone) else None
