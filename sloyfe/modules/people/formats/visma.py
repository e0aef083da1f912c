"""Reads Visma HRM's two XML exports: the persons with their positions, and the organisation chart.

`<ssn>` is skipped in the parser. The two exports refer to each other (a unit to its manager, a position
to its unit), so all of them in one upload are read together. What is not told is a problem or a note at
its line, never a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sloyfe.core.imports.limits import Limits, Upload, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.xml_records import Records, read_records
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.formats.notes import Notes
from sloyfe.modules.people.formats.visma_chart import Chart
from sloyfe.modules.people.formats.visma_people import People

PEOPLE_FORMAT = "Visma HRM persons"
CHART_FORMAT = "Visma HRM organisation"
IDENTITY_FIELDS = frozenset(("ssn",))

_PEOPLE_ROOT, _CHART_ROOT = "personsXML", "charts"


@dataclass(frozen=True, slots=True)
class VismaFile:
    """One parsed export and what it was called."""

    file: str
    records: Records

    @property
    def format(self) -> str:
        return PEOPLE_FORMAT if self.records.root == _PEOPLE_ROOT else CHART_FORMAT


def parse(upload: Upload, place: Place, limits: Limits) -> VismaFile:
    """The records of either export. Raises FileRefused for any other XML."""
    records = read_records(upload, ("person", "chart"), IDENTITY_FIELDS, limits)
    if records.root not in (_PEOPLE_ROOT, _CHART_ROOT):
        raise refusal(
            place,
            _("This XML begins with <{root}>. We read Visma HRM's <personsXML> and <charts>."),
            _("Export persons or the organisation from Visma HRM, or use our template."),
            root=records.root,
        )
    return VismaFile(place.file, records)


def read(files: Sequence[VismaFile], employer: str) -> Delivery:
    """All Visma files of one upload."""
    notes = Notes()
    chart, people = Chart(notes), People(notes, employer)
    for file in (file for file in files if file.format == CHART_FORMAT):
        chart.read(file.file, file.records.nodes)
    for file in (file for file in files if file.format == PEOPLE_FORMAT):
        people.read(file.file, file.records.nodes, chart)
    dropped: Counter[str] = Counter()
    for file in files:
        dropped.update(file.records.dropped)
    return Delivery(
        formats=tuple(dict.fromkeys(file.format for file in files)),
        units=tuple(chart.units),
        people=tuple(people.people),
        affiliations=tuple(people.affiliations),
        leaders=people.leaders(chart),
        problems=tuple(notes.problems),
        counts={"persons": people.met, "positions": people.positions, "units": chart.met},
        dropped_fields=dict(dropped),
    )
