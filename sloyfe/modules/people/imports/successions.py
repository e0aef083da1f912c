"""Units that went on as others, or closed for good, on a day the file names."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sloyfe.core.imports.log import Value
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Weight
from sloyfe.modules.people.formats.neutral import SuccessionRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.known import Coming
from sloyfe.modules.people.imports.units import Units
from sloyfe.modules.people.models import Succession, Unit

FINEST = Decimal("0.0001")


def pass_on(units: Units) -> None:
    coming = units.coming
    known = {
        (row.before_id, row.after_id, row.day): row for row in Succession.objects.select_related(None).order_by("pk")
    }
    new: list[Succession] = []
    shares: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for row in coming.delivery.successions:
        before = _unit(coming, row, "before")
        after = _unit(coming, row, "after") if row.after else None
        if before is None or (row.after and after is None):
            continue
        shares[row.before, row.day] += row.weight
        if after is not None:
            new += _followed(coming, row, before, after, known)
        if shares[row.before, row.day] == 1:
            _close(units, row, before)
    Succession.objects.bulk_create(new)


def _unit(coming: Coming, row: SuccessionRow, name: str) -> Unit | None:
    number = getattr(row, name)
    unit = coming.known.units.get(number)
    if unit is None:
        at = words.at_cell(row.place, words.column(Table.SUCCESSIONS, name))
        message = _("There is no unit with this number, neither here from before nor among those that could be read.")
        words.say(coming.log, Weight.SKIPS, at, message, _("Correct the number, or add the unit to the file."), number)
    return unit


def _followed(
    coming: Coming,
    row: SuccessionRow,
    before: Unit,
    after: Unit,
    known: dict[tuple[int, int, date], Succession],
) -> list[Succession]:
    """The new row, or none where it is known; a share that is another is put right."""
    key, label = f"{before.number} {after.number}", f"{before.name} → {after.name}"
    share = row.weight.quantize(FINEST)
    held = known.get((before.pk, after.pk, row.day))
    if held is not None:
        told = {words.SHARE: Decimal(share * 100)}
        if coming.log.changed(words.SUCCESSION, key, label, row.place, {words.SHARE: held.share * 100}, told):
            Succession.objects.filter(pk=held.pk).update(share=share)
        return []
    told_new: dict[str, Value] = {words.DAY: row.day, words.SHARE: Decimal(share * 100)}
    coming.log.created(words.SUCCESSION, key, label, row.place, told_new)
    known[before.pk, after.pk, row.day] = new = Succession(before=before, after=after, day=row.day, share=share)
    return [new]


def _close(units: Units, row: SuccessionRow, before: Unit) -> None:
    """A unit that as a whole went on as others is no more from that day, unless it had closed before."""
    if before.valid_to is not None and before.valid_to <= row.day:
        return
    if row.day <= before.valid_from:
        at = words.at_cell(row.place, words.column(Table.SUCCESSIONS, "day"))
        message = _("The unit would close before it opened, {day}.")
        words.say(
            units.coming.log,
            Weight.SKIPS,
            at,
            message,
            _("Correct one of the dates."),
            row.day.isoformat(),
            day=before.valid_from,
        )
        return
    units.close(before, row.day, row.place)
