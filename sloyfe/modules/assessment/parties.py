"""Who must be heard before a round opens: each employer's union, and the safety representative. What is still open.

The Working Environment Act chapter 9, and each employer's own basic agreement: the employers under one roof
do not speak for one another, and disagreement waits for an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sloyfe.core.access import Line, Viewer
from sloyfe.modules.assessment.models import EDIT, VIEW, Heard, Round
from sloyfe.modules.people.public import below, below_any_line, employers_in

UNION, SAFETY = Heard.Party.UNION, Heard.Party.SAFETY


@dataclass(frozen=True, slots=True)
class Party:
    """One who must be heard: the union at an employer, or the safety representative. `heard` is None until called."""

    party: str
    employer_id: int | None
    employer: str
    heard: Heard | None
    open: str

    @property
    def name(self) -> str:
        if self.party == UNION:
            return _("The union representatives at %(employer)s") % {"employer": self.employer}
        return _("The safety representative")


def scope(round_: Round) -> dict[str, frozenset[int]]:
    """The units a round reaches today, by line. One for both lines reaches all who work below, whoever employs."""
    if round_.line:
        return {round_.line: below([round_.unit_id], Line(round_.line))}
    return dict.fromkeys((line.value for line in Line), below_any_line(round_.unit_id))


def reaches_all(viewer: Viewer, round_: Round) -> bool:
    """Whether the viewer answers for all it is for: a county does not map those the municipalities employ."""
    for line, units in scope(round_).items():
        reach = viewer.units(EDIT, Line(line))
        if reach is not None and employers_in({line: units - reach}, viewer.day):
            return False
    return True


def parties(viewer: Viewer, round_: Round) -> list[Party]:
    """Everybody who must be heard before a round opens, with what is still open for each; then those who were."""
    rows = list(Heard.objects.for_viewer(viewer, VIEW).filter(round=round_.pk).select_related("employer"))
    if round_.state != Round.State.DRAFT:
        return [Party(row.party, row.employer_id, row.employer.name if row.employer else "", row, "") for row in rows]
    unions = {row.employer_id: row for row in rows if row.party == UNION}
    safety = next((row for row in rows if row.party == SAFETY), None)
    found = [
        _party(UNION, employer, name, unions.get(employer), round_, viewer.day)
        for employer, name in employers_in(scope(round_), viewer.day).items()
    ]
    return [*found, _party(SAFETY, None, "", safety, round_, viewer.day)]


def _party(party: str, employer: int | None, name: str, heard: Heard | None, round_: Round, day: date) -> Party:
    return Party(party, employer, name, heard, _open(heard, round_, day))


def _open(heard: Heard | None, round_: Round, day: date) -> str:
    """What is missing before the round may open, in a sentence; empty when nothing is."""
    if heard is None:
        return _("Not called yet.")
    if heard.held_on > day:
        return _("Called; the meeting has not been held yet.")
    if not heard.outcome:
        return _("What came of the meeting is not written yet.")
    if heard.edition != round_.edition:
        return _("Something has been changed since they met. Take it up with them again.")
    if heard.disagreement and not heard.answer:
        return _("They did not agree. How the employer answers is not written yet.")
    return ""
