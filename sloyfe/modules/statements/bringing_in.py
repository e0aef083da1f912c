"""Write completions that were read from a file, or try it: the rehearsal is the performance, rolled back.

What comes in is the owner's, private until she shares it. It is found again by the platform's name and number, so the
same file twice changes nothing, and one she has taken back is not made anew. The report says of her only what stood in
the file: neither whether she has taken it back, nor what she has remarked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sloyfe.core.access import Viewer
from sloyfe.core.audit.actions import record
from sloyfe.core.imports.log import Kind as Did
from sloyfe.core.imports.log import Log, Value
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Problem, Weight
from sloyfe.core.imports.rehearsal import run
from sloyfe.modules.catalogue.public import competences_by_code
from sloyfe.modules.people.public import people_of_employer, workplaces
from sloyfe.modules.statements.completions import COLUMNS, Completion, Reading, require
from sloyfe.modules.statements.models import Proof, Statement

REASON = "bring in completions from a learning platform"
COMPLETION = _("Completions")
TITLE, COMPLETED, EXPIRES, ISSUER, SORT, ABOUT = (
    *(_("Course"), _("Completed"), _("Holds until"), _("Issuer")),
    *(_("Type"), _("Competence")),
)


def bring_in(viewer: Viewer, reading: Reading, *, rehearsal: bool) -> Log:
    """Write what was read, or try it. What is wrong with a row leaves that row out, and is said."""
    require(viewer)
    return run(lambda log: _write(viewer, reading, log, rehearsal=rehearsal), rehearsal=rehearsal)


@dataclass(frozen=True, slots=True)
class _Known:
    """What stands already: who has which number, competences by code, and what the platform has sent before."""

    people: Mapping[str, int]
    here: frozenset[int]
    competences: Mapping[str, list[int]]
    proofs: dict[str, Proof]


def _write(viewer: Viewer, reading: Reading, log: Log, *, rehearsal: bool) -> None:
    log.problem(*reading.problems)
    known = _known(viewer, reading)
    new: list[tuple[Statement, Proof]] = []
    met: set[str] = set()
    for row in reading.rows:
        person = _person(row, known, met, log)
        if person is None:
            continue
        met.add(row.external_id)
        before = known.proofs.get(row.external_id)
        competence = _competence(row, known, log)
        if before is None:
            log.created(
                COMPLETION, row.external_id, _called(row), row.place(), _told(row, row.code if competence else "")
            )
            new.append(_made(viewer, reading.source, row, person, competence))
        else:
            _mend(viewer, before, row, competence, log)
    Statement.objects.bulk_create([statement for statement, _proof in new], batch_size=500)
    Proof.objects.bulk_create([proof for _statement, proof in new], batch_size=500)
    if not rehearsal:
        counts = log.counts()
        new_ones, mended = counts[Did.CREATE], counts[Did.CHANGE]
        record(viewer, "completions.brought_in", None, new=new_ones, changed=mended, source=reading.source)


def _known(viewer: Viewer, reading: Reading) -> _Known:
    people = people_of_employer(reading.employer_id, {row.number for row in reading.rows})
    proofs = Proof.objects.for_system(REASON).select_related("statement__competence")
    wanted = [row.external_id for row in reading.rows]
    sent = proofs.filter(source=reading.source, external_id__in=wanted) if wanted else proofs.none()
    return _Known(
        people,
        frozenset(workplaces(people.values(), viewer.day)),
        competences_by_code({row.code for row in reading.rows if row.code}),
        {proof.external_id: proof for proof in sent},
    )


def _person(row: Completion, known: _Known, met: set[str], log: Log) -> int | None:
    """Whose it is; None where the row is left out, and why is said."""
    person = known.people.get(row.number)
    before = known.proofs.get(row.external_id)
    if person is None:
        told = _("Nobody has this number with that employer."), _("Correct the number, or take the row out.")
        wrong = "number", row.number
    elif person not in known.here:
        told = _("Whoever has this number does not work here today."), _("Take the row out.")
        wrong = "number", row.number
    elif row.external_id in met:
        told = _("The same completion stands more than once in the file."), _("Keep one of the rows.")
        wrong = "external", row.external_id
    elif before is not None and before.owner_id != person:
        told = (
            _("This completion has come in before, for somebody else."),
            _("Check the employee number, or give the row a number of its own."),
        )
        wrong = "external", row.external_id
    else:
        return person
    column, value = wrong
    log.problem(Problem(row.place(COLUMNS[column][0]), Weight.SKIPS, *told, value))
    return None


def _competence(row: Completion, known: _Known, log: Log) -> int | None:
    """The one competence of that code. Without it the completion comes in all the same."""
    found = known.competences.get(row.code, []) if row.code else []
    if len(found) == 1:
        return found[0]
    if row.code:
        told = _("No competence has this code.") if not found else _("More than one competence has this code.")
        remedy = _(
            "The completion comes in without it. Write the code as it stands in the catalogue, and send it again."
        )
        log.problem(Problem(row.place(COLUMNS["competence"][0]), Weight.NOTE, told, remedy, row.code))
    return None


def _made(viewer: Viewer, source: str, row: Completion, person: int, competence: int | None) -> tuple[Statement, Proof]:
    statement = Statement(
        person_id=person,
        kind=Statement.Kind.PROOF,
        competence_id=competence,
        words=row.title,
        valid_from=viewer.day,
        confirmed_on=viewer.day,
    )
    given = {"source": source, "external_id": row.external_id}
    return statement, Proof(statement=statement, owner_id=person, **_facts(row), **given)


def _mend(viewer: Viewer, proof: Proof, row: Completion, competence: int | None, log: Log) -> None:
    """The platform's own correction. Whether she shows it, or has taken it back, stays as she left it."""
    said = proof.statement
    code = said.competence.key if said.competence else ""
    before: dict[str, Value] = {
        TITLE: said.words,
        COMPLETED: proof.completed_on,
        EXPIRES: proof.expires_on,
        ISSUER: proof.issuer,
        SORT: proof.what,
        ABOUT: code,
    }
    after = _told(row, row.code if competence else code)
    if log.changed(COMPLETION, row.external_id, _called(row), row.place(), before, after):
        changed = {"words": row.title, "competence_id": competence or said.competence_id, "confirmed_on": viewer.day}
        Statement.objects.for_system(REASON).filter(pk=said.pk).update(**changed)
        Proof.objects.for_system(REASON).filter(pk=proof.pk).update(**_facts(row))


def _facts(row: Completion) -> dict[str, Any]:
    return {
        "what": row.what,
        "issuer": row.issuer,
        "completed_on": row.completed_on,
        "expires_on": row.expires_on,
    }


def _told(row: Completion, code: str) -> dict[str, Value]:
    return {
        TITLE: row.title,
        COMPLETED: row.completed_on,
        EXPIRES: row.expires_on,
        ISSUER: row.issuer,
        SORT: row.what,
        ABOUT: code,
    }


def _called(row: Completion) -> str:
    return f"{row.number}: {row.title}"
