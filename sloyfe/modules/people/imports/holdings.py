"""Leaders and other roles of a file. A file that names a unit's leader on a line replaces the one before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sloyfe.core.access.roles import matrix
from sloyfe.core.imports.log import Value
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.people.formats.neutral import LeaderRow, RoleRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.employers import Employers
from sloyfe.modules.people.imports.known import REASON, Coming
from sloyfe.modules.people.imports.periods import change_day, last_day, spoken_of
from sloyfe.modules.people.imports.persons import People
from sloyfe.modules.people.imports.work import unit_of
from sloyfe.modules.people.models import Employer, Person, RoleHolding, RoleKind, Unit
from sloyfe.modules.people.roles import ALONE

LEADER = "leader"
CALLED = {
    "tasks": words.TASKS,
    "hours_week": words.HOURS,
    "deputy_id": words.DEPUTY,
    "anchored_by": words.ANCHORED,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row, with all it names found."""

    row: LeaderRow | RoleRow
    kind: RoleKind
    employer: Employer
    person: Person
    unit: Unit
    line: str | None
    mandate: dict[str, Any]


@dataclass(slots=True)
class Holdings:
    coming: Coming
    employers: Employers
    people: People
    leaders: dict[tuple[int, str], list[RoleHolding]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[tuple[int, str], tuple[date, Place]] = field(default_factory=dict)

    def bring_in(self) -> None:
        for leader in self.coming.delivery.leaders:
            if (wanted := self._leader(leader)) is not None:
                self._hold(wanted)
        for role in self.coming.delivery.roles:
            if (wanted := self._role(role)) is not None:
                self._hold(wanted)
        self._replace_leaders()
        self.coming.known.held.write(REASON)

    # --- what the row names

    def _leader(self, row: LeaderRow) -> Wanted | None:
        return self._wanted(row, LEADER, row.line.value if row.line else None, {})

    def _role(self, row: RoleRow) -> Wanted | None:
        mandate = {"tasks": row.tasks, "hours_week": row.hours_week, "anchored_by": row.anchored_by}
        told: dict[str, Any] = {name: value for name, value in mandate.items() if value not in ("", None)}
        if row.deputy_employee_number:
            employer = self.employers.find(row.employer, row.place)
            header = words.column(Table.ROLES, "deputy_employee_number")
            deputy = self.people.of(employer, row.deputy_employee_number, row.place, header) if employer else None
            if deputy is None:
                return None
            told["deputy_id"] = deputy.pk
        return self._wanted(row, row.role, None, told)

    def _wanted(self, row: LeaderRow | RoleRow, code: str, line: str | None, mandate: dict[str, Any]) -> Wanted | None:
        employer = self.employers.find(row.employer, row.place)
        kind = self._kind(code, row.place)
        if employer is None or kind is None:
            return None
        header = words.column(Table.LEADERS, "employee_number")
        person = self.people.of(employer, row.employee_number, row.place, header)
        unit = unit_of(self.coming, row.unit_number, row)
        if person is None or unit is None or not self._may_be_given(kind, person, row.place):
            return None
        if mandate.get("deputy_id") == person.pk:
            message = _("Nobody can be deputy for herself. Choose somebody else.")
            at = words.at_cell(row.place, words.column(Table.ROLES, "deputy_employee_number"))
            words.say(self.coming.log, Weight.SKIPS, at, message, "", row.employee_number)
            return None
        return Wanted(row, kind, employer, person, unit, line, mandate)

    def _kind(self, code: str, place: Place) -> RoleKind | None:
        kind = self.coming.known.kinds.get(code.casefold())
        if kind is None:
            message = _("No role is called this.")
            remedy = _("Write the name or the code of a role that is in the system.")
            words.say(
                self.coming.log,
                Weight.SKIPS,
                words.at_cell(place, words.column(Table.ROLES, "role")),
                message,
                remedy,
                code,
            )
        return kind

    def _may_be_given(self, kind: RoleKind, person: Person, place: Place) -> bool:
        """Nobody gives away more than she has, or anything that opens something to herself, by a file either."""
        if kind.code not in self.coming.gives_everywhere and kind.code in _open_everywhere():
            message = _("This role opens something in the whole body. Only those who give such roles can bring it in.")
        elif kind.code in matrix() and person.pk == self.coming.writer and not self.coming.gives_everywhere:
            message = _("This role opens something for you, so somebody else must bring it in.")
        else:
            return True
        at = words.at_cell(place, words.column(Table.ROLES, "role"))
        remedy = _("Ask somebody who gives roles in the whole body.")
        words.say(self.coming.log, Weight.SKIPS, at, message, remedy, kind.code)
        return False

    # --- what becomes of it

    def _hold(self, wanted: Wanted) -> None:
        book, row = self.coming.known.held, wanted.row
        day = spoken_of(row.valid_from, row.valid_to, self.coming.today)
        held = next(
            (
                each
                for each in book.on((wanted.unit.pk, wanted.kind.pk), day)
                if each.person_id == wanted.person.pk and wanted.line in (None, each.line)
            ),
            None,
        )
        if held is None:
            held = self._begin(wanted)
        else:
            self._agree(wanted, held)
        if wanted.kind.code == LEADER and (row.valid_to is None or row.valid_to > self.coming.today):
            self._remember(held, row.place)

    def _begin(self, wanted: Wanted) -> RoleHolding:
        row = wanted.row
        begins = row.valid_from or spoken_of(None, row.valid_to, self.coming.today)
        line = wanted.line if wanted.line is not None else wanted.employer.line if wanted.kind.code in ALONE else ""
        holding = RoleHolding(
            person_id=wanted.person.pk,
            kind_id=wanted.kind.pk,
            unit_id=wanted.unit.pk,
            line=line,
            valid_from=begins,
            valid_to=row.valid_to,
            **wanted.mandate,
        )
        told = {
            words.KIND_OF_ROLE: wanted.kind.name_nb,
            words.IN_UNIT: f"{wanted.unit.name} ({wanted.unit.number})",
            words.AUTHORITY: line,
            words.FIRST: begins,
            words.LAST: last_day(row.valid_to),
            **self._said(wanted.mandate),
        }
        self.coming.log.created(words.ROLE, row.employee_number, wanted.person.name, row.place, told)
        self.coming.concerned.add(wanted.person.pk)
        return self.coming.known.held.add(holding)

    def _agree(self, wanted: Wanted, held: RoleHolding) -> None:
        row = wanted.row
        fields: dict[str, Any] = dict(wanted.mandate)
        if row.valid_from is not None or row.valid_to is not None:
            fields["valid_to"] = row.valid_to
        before = self._said({name: getattr(held, name) for name in fields})
        if self.coming.log.changed(
            words.ROLE, row.employee_number, wanted.person.name, row.place, before, self._said(fields)
        ):
            self.coming.concerned.add(wanted.person.pk)
            self.coming.known.held.put(held, **fields)

    def _said(self, fields: dict[str, Any]) -> dict[str, Value]:
        people = self.coming.known.people
        told: dict[str, Value] = {CALLED[name]: value for name, value in fields.items() if name in CALLED}
        if (deputy := fields.get("deputy_id")) is not None:
            told[words.DEPUTY] = people[deputy].name
        if "valid_to" in fields:
            told[words.LAST] = last_day(fields["valid_to"])
        return told

    # --- the leader before

    def _remember(self, held: RoleHolding, place: Place) -> None:
        key = (held.unit_id, held.line)
        self.leaders[key].append(held)
        begins = max(held.valid_from, self.coming.today)
        known = self.begun.get(key)
        self.begun[key] = (min(begins, known[0]), place) if known else (begins, place)

    def _replace_leaders(self) -> None:
        book, leader = self.coming.known.held, self.coming.known.kinds.get(LEADER)
        for (unit, line), named in self.leaders.items():
            day, place = self.begun[unit, line]
            for held in list(book.on((unit, leader.pk if leader else None), day)):
                if held in named or held.line != line:
                    continue
                self._end(held, change_day(day, None, held.valid_from, self.coming.today), place)

    def _end(self, held: RoleHolding, day: date, place: Place) -> None:
        person = self.coming.known.people[held.person_id]
        label = self.coming.known.label(held.unit_id)
        told = {
            words.KIND_OF_ROLE: (self.coming.known.kinds[LEADER].name_nb,) * 2,
            words.IN_UNIT: (label, label),
            words.LAST: (last_day(held.valid_to), last_day(day)),
        }
        self.coming.log.ended(words.ROLE, "", person.name, place, told)
        self.coming.concerned.add(person.pk)
        self.coming.known.held.cut(held, day)


def _open_everywhere() -> frozenset[str]:
    return frozenset(code for code, allowed in matrix().items() if any(each.scope == "everywhere" for each in allowed))
