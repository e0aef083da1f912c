"""Stores competences with all their words and where they lie. Those a new edition lacks become outdated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from sloyfe.core.access import GuardedQuerySet
from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftArea, DraftCompetence, Texts
from sloyfe.modules.catalogue.models import AltLabel, Area, Competence, LevelWording, Placement, Status
from sloyfe.modules.catalogue.storing.writing import (
    BETWEEN,
    FIELDS,
    OTHERS,
    Keys,
    Writing,
    batches,
    delete,
    filled,
    in_columns,
    insert,
    label_of,
    name_of,
    same_or_save,
    under,
    write,
)

COMPETENCE = _("Competence")
REPLACED_BY = _("replaced by")
WORDINGS = _("wording of the levels")

_COLUMNS = (
    "label_nb",
    "label_nn",
    "label_en",
    "about_nb",
    "about_nn",
    "about_en",
    "kind",
    "status",
)


@dataclass(slots=True)
class Known:
    """A competence as it stands: its row, and by key or text the rows of other tables that tell of it."""

    row: Competence
    others: dict[str, dict[str, int]] = field(default_factory=dict)
    said_here: set[tuple[str, str]] = field(default_factory=set)
    parents: dict[str, int] = field(default_factory=dict)
    wordings: dict[int, LevelWording] = field(default_factory=dict)
    replaced_by: str = ""

    def said_as_other(self, language: str, text: str) -> bool:
        return text in self.others.get(language, {}) or (language, text) in self.said_here


def store_competences(writing: Writing, areas: Keys) -> Keys:
    """Returns where the key of a competence points."""
    competences = writing.draft.competences
    known = _known(writing)
    mine = {
        each.key: known.get(each.key) or Known(Competence(framework=writing.framework, key=each.key))
        for each in competences
    }
    here = Keys(Competence, {key: each.row.pk for key, each in known.items()})
    here.look_up(key for each in competences for key in (*each.parents, each.replaced_by) if key not in mine)
    parents = _parents(writing, areas, here, mine)
    changed = list(_changed(writing, mine, parents))
    if writing.whole:
        changed += _outdated(writing, known, mine)
    write(Competence, [each.row for each in changed], _COLUMNS)
    keys = Keys(Competence, {key: each.row.pk for key, each in (known | mine).items()})
    keys.look_up(key for each in competences for key in (*each.parents, each.replaced_by))
    writing.touched.update(each.row.pk for each in changed)
    _write_others(competences, mine)
    _write_parents(parents, areas, keys, mine)
    _write_wordings(competences, mine)
    _write_replacements(competences, keys, mine)
    return keys


def _parents(writing: Writing, areas: Keys, here: Keys, mine: Mapping[str, Known]) -> dict[str, tuple[str, ...]]:
    """Each competence's parents, without those that are neither area nor competence."""
    areas.look_up(parent for each in writing.draft.competences for parent in each.parents if parent not in mine)
    kept = {}
    for each in writing.draft.competences:
        strangers = [
            parent
            for parent in each.parents
            if parent not in mine and areas.get(parent) is None and here.get(parent) is None
        ]
        for stranger in strangers:
            writing.leave_out(each.place, messages.UNKNOWN_PARENT, stranger)
        kept[each.key] = tuple(parent for parent in each.parents if parent not in strangers)
    return kept


def _changed(writing: Writing, mine: Mapping[str, Known], parents: Mapping[str, tuple[str, ...]]) -> Iterable[Known]:
    named: tuple[DraftArea | DraftCompetence, ...] = (*writing.draft.areas, *writing.draft.competences)
    names = {each.key: name_of(each.names) for each in named}
    for told in writing.draft.competences:
        known = mine[told.key]
        before, after = under(known.parents, parents[told.key], names)
        for language, others in told.alt_labels.items():
            before[OTHERS[language]], after[OTHERS[language]] = _others(known, language, others)
        if told.level_wordings:
            before[WORDINGS], after[WORDINGS] = _wordings(known, told.level_wordings)
        if told.replaced_by:
            before[REPLACED_BY] = names.get(known.replaced_by, known.replaced_by)
            after[REPLACED_BY] = names.get(told.replaced_by, told.replaced_by)
        if same_or_save(
            writing.log,
            COMPETENCE,
            told.key,
            names[told.key],
            told.place,
            known.row,
            _values(told),
            before=before,
            after=after,
        ):
            yield known


def _values(told: DraftCompetence) -> dict[str, Any]:
    return {
        **in_columns("label", told.names),
        **in_columns("about", told.descriptions),
        **filled(kind=str(told.kind)),
        "status": str(told.status),
    }


def _outdated(writing: Writing, known: Mapping[str, Known], mine: Mapping[str, Known]) -> list[Known]:
    """Published ones that the new edition no longer has. They stay, with all that points at them."""
    gone = [each for key, each in known.items() if key not in mine and each.row.status == Status.PUBLISHED]
    place = Place(writing.draft.framework.place.file)
    for each in gone:
        change = {FIELDS["status"]: (str(Status.PUBLISHED), str(Status.OUTDATED))}
        writing.log.ended(COMPETENCE, each.row.key, label_of(each.row), place, change)
        each.row.status = Status.OUTDATED
    return gone


# --- as it stands ----------------------------------------------------------------------------------------


def _known(writing: Writing) -> dict[str, Known]:
    rows = Competence.objects.filter(framework=writing.framework).order_by("pk")
    known = {row.pk: Known(row) for row in rows}
    _who_replaces(known)
    for part in batches(known):
        _add_names(known, AltLabel.objects.filter(competence__in=part))
        _add_places(known, Placement.objects.filter(competence__in=part))
        for wording in LevelWording.objects.filter(competence__in=part):
            known[wording.competence_id].wordings[wording.level] = wording
    return {each.row.key: each for each in known.values()}


def _add_places(known: Mapping[int, Known], places: GuardedQuerySet) -> None:
    rows = list(places.values_list("pk", "competence", "area", "broader"))
    areas = _keys_of(Area, {area for _pk, _of, area, _broader in rows if area})
    broaders = _keys_of(Competence, {broader for _pk, _of, _area, broader in rows if broader})
    for pk, of, area, broader in rows:
        known[of].parents[areas[area] if area else broaders[broader]] = pk


def _keys_of(model: type[Area] | type[Competence], pks: Collection[int]) -> dict[int, str]:
    found = (model.objects.filter(pk__in=part).values_list("pk", "key") for part in batches(pks))
    return {pk: key for rows in found for pk, key in rows}


def _add_names(known: Mapping[int, Known], names: GuardedQuerySet) -> None:
    columns = ("pk", "competence", "language", "text", "ours", "unit")
    for pk, of, language, text, ours, unit in names.values_list(*columns):
        if ours and unit is None:
            known[of].said_here.add((language, text))
        elif unit is None:
            known[of].others.setdefault(language, {})[text] = pk


def _who_replaces(known: Mapping[int, Known]) -> None:
    replaced = {each.row.pk: each.row.replaced_by_id for each in known.values() if each.row.replaced_by_id}
    keys = _keys_of(Competence, set(replaced.values()))
    for pk, by in replaced.items():
        known[pk].replaced_by = keys[by]


def _others(known: Known, language: str, told: Iterable[str]) -> tuple[str, str]:
    """Other names as they are and as they shall be, in one order. What is said here is not the framework's."""
    fresh = (text for text in told if (language, text) not in known.said_here)
    return BETWEEN.join(sorted(known.others.get(language, {}))), BETWEEN.join(sorted(fresh))


def _wordings(known: Known, told: Mapping[int, Texts]) -> tuple[str, str]:
    before, after = [], []
    for level, texts in sorted(told.items()):
        row = known.wordings.get(level)
        for column, text in sorted(in_columns("about", texts).items()):
            before.append(f"{level}: {getattr(row, column)}" if row and getattr(row, column) else "")
            after.append(f"{level}: {text}")
    return "\n".join(filter(None, before)), "\n".join(after)


# --- the tables beside -----------------------------------------------------------------------------------


def _write_others(competences: Iterable[DraftCompetence], mine: Mapping[str, Known]) -> None:
    fresh: list[AltLabel] = []
    gone: list[int] = []
    for told in competences:
        known = mine[told.key]
        for language, texts in told.alt_labels.items():
            fresh += [
                AltLabel(competence_id=known.row.pk, language=language, text=text)
                for text in texts
                if not known.said_as_other(language, text)
            ]
            gone += [pk for text, pk in known.others.get(language, {}).items() if text not in texts]
    delete(AltLabel, gone)
    insert(AltLabel, fresh)


def _write_parents(parents: Mapping[str, tuple[str, ...]], areas: Keys, keys: Keys, mine: Mapping[str, Known]) -> None:
    fresh: list[Placement] = []
    gone: list[int] = []
    for key, told in parents.items():
        known = mine[key]
        fresh += [_placement(known.row.pk, parent, areas, keys) for parent in told if parent not in known.parents]
        gone += [pk for parent, pk in known.parents.items() if told and parent not in told]
    delete(Placement, gone)
    insert(Placement, fresh)


def _placement(competence: int, parent: str, areas: Keys, keys: Keys) -> Placement:
    area = areas.get(parent)
    if area is not None:
        return Placement(competence_id=competence, area_id=area)
    return Placement(competence_id=competence, broader_id=keys[parent])


def _write_wordings(competences: Iterable[DraftCompetence], mine: Mapping[str, Known]) -> None:
    rows = []
    for told in competences:
        known = mine[told.key]
        for level, texts in told.level_wordings.items():
            row = known.wordings.get(level) or LevelWording(competence_id=known.row.pk, level=level)
            said = in_columns("about", texts)
            if said and any(getattr(row, column) != text for column, text in said.items()):
                for column, text in said.items():
                    setattr(row, column, text)
                rows.append(row)
    write(LevelWording, rows, ("about_nb", "about_nn", "about_en"))


def _write_replacements(competences: Iterable[DraftCompetence], keys: Keys, mine: Mapping[str, Known]) -> None:
    """After all are there, since one may be replaced by one that comes later in the file."""
    rows = []
    for told in competences:
        known = mine[told.key]
        if told.replaced_by and known.replaced_by != told.replaced_by:
            known.row.replaced_by_id = keys.get(told.replaced_by)
            rows.append(known.row)
    write(Competence, rows, ("replaced_by",))
