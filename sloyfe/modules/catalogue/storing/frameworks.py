"""Stores the framework itself, its scales with their steps, and its areas."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_noop as _

from sloyfe.core.imports.log import Log
from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import Draft, DraftFramework, DraftScale, DraftStep
from sloyfe.modules.catalogue.models import Area, AreaParent, Framework, Scale, Step
from sloyfe.modules.catalogue.storing.writing import (
    Keys,
    Writing,
    by_key,
    delete,
    filled,
    in_columns,
    insert,
    name_of,
    same_or_save,
    under,
    write,
)

FRAMEWORK = _("Framework")
STEP = _("Level")
AREA = _("Area")


def store_framework(draft: Draft, into: Framework | None, log: Log) -> Framework | None:
    """The framework the draft goes into, made or brought up to date; None where nobody has said which."""
    told = draft.framework
    if not told.code:
        return into
    row = Framework.objects.filter(code=told.code).first() or Framework(code=told.code)
    values = _values(told)
    if same_or_save(log, FRAMEWORK, told.code, name_of(told.names, told.code), told.place, row, values):
        row.save()
    return row


def _values(told: DraftFramework) -> dict[str, str]:
    return {
        **in_columns("label", told.names),
        **in_columns("about", told.descriptions),
        **filled(publisher=told.publisher, version=told.version, licence=told.licence_line, url=told.url),
    }


# --- scales ----------------------------------------------------------------------------------------------


def store_scales(writing: Writing) -> None:
    """The first scale is the framework's own; the others are kept for their wordings."""
    framework = writing.framework
    for number, told in enumerate(writing.draft.scales):
        scale = _scale(writing, told, framework.scale if number == 0 else None)
        if number == 0 and framework.scale_id != scale.pk:
            framework.scale = scale
            framework.save(update_fields=["scale"])


def _scale(writing: Writing, told: DraftScale, known: Scale | None) -> Scale:
    code = told.code or writing.framework.code
    scale: Scale = known or Scale.objects.filter(code=code).first() or Scale(code=code)
    if scale._state.adding:
        names = {name: getattr(writing.framework, name) for name in ("label_nb", "label_nn", "label_en")}
        for name, label in names.items():
            setattr(scale, name, label)
    if told.proficient is not None:
        scale.proficient = told.proficient
    scale.save()
    _steps(writing, scale, told.steps)
    return scale


def _steps(writing: Writing, scale: Scale, told: Iterable[DraftStep]) -> None:
    known = {step.level: step for step in scale.steps.all()}
    place = Place(writing.draft.framework.place.file)
    levels = set()
    for step in told:
        levels.add(step.level)
        row = known.get(step.level) or Step(scale=scale, level=step.level)
        values = {**in_columns("label", step.names), **in_columns("about", step.descriptions)}
        key, label = f"{scale.code}/{step.level}", name_of(step.names)
        if same_or_save(writing.log, STEP, key, label, place, row, values):
            row.save()
    for level, row in known.items():
        if writing.whole and level not in levels:
            writing.log.ended(STEP, f"{scale.code}/{level}", str(level), place, {})
            row.delete()


# --- areas -----------------------------------------------------------------------------------------------

_COLUMNS = ("label_nb", "label_nn", "label_en", "about_nb", "about_nn", "about_en")


def store_areas(writing: Writing) -> Keys:
    """Areas and where they lie. Returns where the key of an area points."""
    areas = writing.draft.areas
    known = by_key(Area.objects.filter(framework=writing.framework))
    rows = {area.key: known.get(area.key) or Area(framework=writing.framework, key=area.key) for area in areas}
    parents = _parents(writing, Keys(Area, {key: row.pk for key, row in known.items()}))
    above = _above(writing)
    names = {area.key: name_of(area.names) for area in areas}
    changed = []
    for area in areas:
        values = {**in_columns("label", area.names), **in_columns("about", area.descriptions)}
        before, after = under(above.get(area.key, {}), parents[area.key], names)
        label, row = names[area.key], rows[area.key]
        if same_or_save(writing.log, AREA, area.key, label, area.place, row, values, before=before, after=after):
            changed.append(row)
    write(Area, changed, _COLUMNS)
    keys = Keys(Area, {key: row.pk for key, row in (known | rows).items()})
    _place(keys, parents, above)
    return keys


def _parents(writing: Writing, known: Keys) -> dict[str, tuple[str, ...]]:
    """Each area's parents, without those that are no areas."""
    areas = writing.draft.areas
    told = {area.key for area in areas}
    known.look_up(parent for area in areas for parent in area.parents if parent not in told)
    kept = {}
    for area in areas:
        strangers = [parent for parent in area.parents if parent not in told and known.get(parent) is None]
        for stranger in strangers:
            writing.leave_out(area.place, messages.UNKNOWN_PARENT, stranger)
        kept[area.key] = tuple(parent for parent in area.parents if parent not in strangers)
    return kept


def _above(writing: Writing) -> dict[str, dict[str, int]]:
    """Each area's parents by key, with the row that says so."""
    found: dict[str, dict[str, int]] = {}
    rows = AreaParent.objects.filter(area__framework=writing.framework)
    for pk, area, parent in rows.values_list("pk", "area__key", "parent__key"):
        found.setdefault(area, {})[parent] = pk
    return found


def _place(keys: Keys, parents: dict[str, tuple[str, ...]], above: dict[str, dict[str, int]]) -> None:
    keys.look_up(parent for told in parents.values() for parent in told)
    fresh, gone = [], []
    for key, told in parents.items():
        had = above.get(key, {}) if told else {}
        fresh += [AreaParent(area_id=keys[key], parent_id=keys[parent]) for parent in told if parent not in had]
        gone += [pk for parent, pk in had.items() if parent not in told]
    delete(AreaParent, gone)
    insert(AreaParent, fresh)
