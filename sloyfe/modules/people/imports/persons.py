"""People of a file, known by employer and employee number. Two numbers are two people until a file says not."""

from __future__ import annotations

from dataclasses import dataclass, field

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.people.formats.neutral import PersonRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.employers import Employers
from sloyfe.modules.people.imports.known import REASON, Coming
from sloyfe.modules.people.imports.periods import BATCH
from sloyfe.modules.people.models import Employer, Person, PersonNumber, sort_key


@dataclass(slots=True)
class People:
    coming: Coming
    employers: Employers
    new: list[tuple[Person, Employer, PersonRow]] = field(default_factory=list)
    numbers: list[PersonNumber] = field(default_factory=list)
    changed: list[Person] = field(default_factory=list)

    def bring_in(self) -> None:
        for row in self.coming.delivery.people:
            employer = self.employers.find(row.employer, row.place)
            if employer is not None:
                self._one(row, employer)
        self._write()

    def of(self, employer: Employer, number: str, place: Place, header: str) -> Person | None:
        """Who has this number; None, with a problem at the cell, where nobody has."""
        pk = self.coming.known.numbers.get((employer.pk, number))
        if pk is not None:
            return self.coming.known.people[pk]
        message = _("Nobody at {employer} has this employee number, neither here from before nor in the file.")
        remedy = _("Correct the number, or add the person to the file.")
        words.say(
            self.coming.log,
            Weight.SKIPS,
            words.at_cell(place, header),
            message,
            remedy,
            number,
            employer=employer.name,
        )
        return None

    def _one(self, row: PersonRow, employer: Employer) -> None:
        known = self.coming.known
        all_numbers = (row.employee_number, *row.other_numbers)
        found = {known.numbers[employer.pk, each] for each in all_numbers if (employer.pk, each) in known.numbers}
        if len(found) > 1:
            message = _("The file says these numbers are one person. Here they are two people: {numbers}.")
            remedy = _("We never make one of two people. Correct the numbers in the HR system.")
            at = words.at_cell(row.place, words.column(Table.PEOPLE, "employee_number"))
            words.say(self.coming.log, Weight.SKIPS, at, message, remedy, numbers=", ".join(all_numbers))
        elif found:
            self._change(known.people[found.pop()], row, employer)
        else:
            self._open(row, employer)

    def _open(self, row: PersonRow, employer: Employer) -> None:
        person = Person(name=row.name, sort_key=sort_key(row.name), language=row.language[:2])
        person.email, person.phone = row.email or "", row.phone or ""
        self.new.append((person, employer, row))
        numbers = ", ".join((row.employee_number, *row.other_numbers))
        told = {words.EMPLOYED_BY: employer.name, words.NUMBER: numbers}
        self.coming.log.created(words.PERSON, row.employee_number, row.name, row.place, told)

    def _change(self, person: Person, row: PersonRow, employer: Employer) -> None:
        """Her language is only filled in where she has none: her own choice stands. What is not told, stays."""
        known = self.coming.known
        more = [each for each in (row.employee_number, *row.other_numbers) if (employer.pk, each) not in known.numbers]
        language = person.language or row.language[:2]
        email = person.email if row.email is None else row.email
        phone = person.phone if row.phone is None else row.phone
        now, then = _said(person), (row.name, language, email, phone)
        fields = (words.NAME, words.LANGUAGE, words.EMAIL, words.PHONE)
        before = dict(zip(fields, now, strict=True)) | {words.NUMBER: ""}
        after = dict(zip(fields, then, strict=True)) | {words.NUMBER: ", ".join(more)}
        if not self.coming.log.changed(words.PERSON, row.employee_number, row.name, row.place, before, after):
            return
        self.coming.concerned.add(person.pk)
        self._number(person, employer, more)
        if now != then:
            person.name, person.language, person.email, person.phone = then
            person.sort_key = sort_key(row.name)
            self.changed.append(person)

    def _number(self, person: Person, employer: Employer, numbers: list[str]) -> None:
        for number in numbers:
            self.coming.known.numbers[employer.pk, number] = person.pk
            self.numbers.append(PersonNumber(person_id=person.pk, employer=employer, number=number))

    def _write(self) -> None:
        Person.objects.bulk_create([person for person, _employer, _row in self.new], batch_size=BATCH)
        for person, employer, row in self.new:
            self.coming.known.people[person.pk] = person
            self._number(person, employer, [row.employee_number, *row.other_numbers])
        PersonNumber.objects.bulk_create(self.numbers, batch_size=BATCH)
        people = Person.objects.for_system(REASON)
        people.bulk_update(self.changed, ["name", "sort_key", "language", "email", "phone"], batch_size=200)


def _said(person: Person) -> tuple[str, str, str, str]:
    return person.name, person.language, person.email, person.phone
