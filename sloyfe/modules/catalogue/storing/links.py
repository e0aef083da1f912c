"""Stores local terms and how competences are related; and keeps what could not be used, or says more."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.models import AltLabel, Relation, ReportedRow, SourceRow
from sloyfe.modules.catalogue.organisation import units_numbered
from sloyfe.modules.catalogue.storing.writing import Keys, Writing, delete, insert, name_of

TERM = _("Local term")
RELATION = _("Relation")
LANGUAGE = _("language")
UNIT = _("unit")
KIND = _("kind")


def store_terms(writing: Writing, competences: Keys) -> None:
    """Terms are only added. Those said before, here or in the file, stay until somebody takes them away."""
    terms = writing.draft.terms
    competences.look_up(term.competence for term in terms)
    units = units_numbered({term.unit for term in terms if term.unit})
    wanted = [competences.get(term.competence) for term in terms]
    there = set(
        AltLabel.objects.filter(competence__in=[pk for pk in wanted if pk]).values_list(
            "competence", "language", "text", "unit"
        )
    )
    fresh: list[AltLabel] = []
    for term, competence in zip(terms, wanted, strict=True):
        unit = units.get(term.unit)
        if competence is None:
            writing.leave_out(term.place, messages.UNKNOWN_COMPETENCE, term.competence)
        elif term.unit and unit is None:
            writing.leave_out(term.place, messages.UNKNOWN_UNIT, term.unit)
        elif (competence, term.language, term.term, unit) in there:
            writing.log.unchanged(TERM, term.competence, term.term, term.place)
        else:
            told = {LANGUAGE: term.language, UNIT: term.unit}
            writing.log.created(TERM, term.competence, term.term, term.place, told)
            fresh.append(
                AltLabel(
                    competence_id=competence, language=term.language, text=term.term, unit_id=unit, ours=unit is None
                )
            )
            writing.touched.add(competence)
    insert(AltLabel, fresh)


def store_relations(writing: Writing, competences: Keys) -> None:
    relations = writing.draft.relations
    if not relations:
        return
    competences.look_up(key for each in relations for key in (each.start, each.end))
    names = {each.key: name_of(each.names) for each in writing.draft.competences}
    rows = Relation.objects.filter(source__framework=writing.framework)
    there = {
        (kind, start, end): pk
        for pk, kind, start, end in rows.order_by("pk").values_list("pk", "kind", "source__key", "target__key")
    }
    fresh: list[Relation] = []
    for each in relations:
        start, end = competences.get(each.start), competences.get(each.end)
        label = f"{names.get(each.start, each.start)} → {names.get(each.end, each.end)}"
        if start is None or end is None:
            writing.leave_out(each.place, messages.UNKNOWN_COMPETENCE, each.start if start is None else each.end)
        elif there.pop((str(each.kind), each.start, each.end), None) is not None:
            writing.log.unchanged(RELATION, each.start, label, each.place)
        else:
            writing.log.created(RELATION, each.start, label, each.place, {KIND: str(each.kind)})
            fresh.append(Relation(source_id=start, target_id=end, kind=str(each.kind)))
    if writing.whole:
        _forget(writing, there)
    insert(Relation, fresh)


def _forget(writing: Writing, gone: dict[tuple[str, str, str], int]) -> None:
    place = Place(writing.draft.framework.place.file)
    for (kind, start, end), _pk in gone.items():
        writing.log.ended(RELATION, start, f"{start} → {end}", place, {KIND: (kind, None)})
    delete(Relation, list(gone.values()))


def keep_reported(writing: Writing) -> None:
    """The rows that could not be used, instead of those of the same files, or of the edition before."""
    rows = ReportedRow.objects.filter(framework=writing.framework)
    files = {problem.place.file[:200] for problem in writing.draft.problems}
    files |= {row.place.file[:200] for row in writing.draft.reported}
    (rows if writing.whole else rows.filter(file__in=files)).delete()
    insert(
        ReportedRow,
        [
            ReportedRow(
                framework=writing.framework,
                file=row.place.file[:200],
                sheet=row.place.sheet[:200],
                row=row.place.row,
                message=row.message,
                params=dict(row.params),
                values=dict(row.values),
            )
            for row in writing.draft.reported
        ],
    )


def keep_as_written(writing: Writing) -> None:
    """Rows whose format says more than our tables, so that they go out as they came in."""
    extras = writing.draft.extras
    if not extras:
        return
    known = {row.key: row for row in SourceRow.objects.filter(framework=writing.framework)}
    fresh = []
    for key, values in extras.items():
        row = known.get(key)
        if row is None:
            fresh.append(SourceRow(framework=writing.framework, key=key, values=dict(values)))
        elif row.values != values:
            row.values = dict(values)
            row.save(update_fields=["values"])
    insert(SourceRow, fresh)
    if writing.whole:
        delete(SourceRow, [row.pk for key, row in known.items() if key not in extras])
