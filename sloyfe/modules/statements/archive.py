"""What people have shared with everyone, as one long table: an archive of what is open anyway, and of nothing else.

Read through the row gate and a piece at a time, so that a whole body takes no more memory than a few pages of it. What
is shared with fewer stays with them, and what is shared with nobody with its owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.imports.sheets import Sheet
from sloyfe.modules.catalogue.public import shown_label, step_names
from sloyfe.modules.people.public import office_names, person_names, work_of
from sloyfe.modules.statements.models import Audience, Share, Statement

OWN = "own.page"
AT_ONCE = 5000


def archive(viewer: Viewer) -> Sheet:
    """The question is put together here, while the request is under way, and asked when the file is sent."""
    header = [_("Name"), _("Office"), _("Kind"), _("Competence"), _("Step"), _("In own words"), _("Since")]
    told = _open_to_all(viewer).annotate(what=shown_label(viewer.language, "competence__")).order_by("pk")
    return Sheet(_("shared with everyone"), header, _Rows(viewer).of(told))


def _open_to_all(viewer: Viewer) -> GuardedQuerySet:
    live = Share.objects.for_system("of statements the viewer may read: which are open to all")
    live = live.filter(statement=OuterRef("pk"), until_at=None, audience=Audience.EVERYONE)
    rows: GuardedQuerySet = Statement.objects.for_viewer(viewer, OWN).on(viewer.day)
    return rows.filter(Exists(live))


class _Rows:
    """What keys are called is asked once for each, as they are met."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.kinds = {kind.value: str(kind.label) for kind in Statement.Kind}
        self.names: dict[int, str] = {}
        self.offices: dict[int, str] = {}
        self.units: dict[int, str] = {}
        self.steps: dict[tuple[int, int], str] = {}
        self.competences: set[int] = set()

    def of(self, told: GuardedQuerySet) -> Iterator[list[Any]]:
        columns = "person", "kind", "competence", "what", "level", "words", "valid_from"
        left = told.values_list(*columns).iterator(chunk_size=AT_ONCE)
        while piece := list(islice(left, AT_ONCE)):
            self._learn_people({row[0] for row in piece} - self.names.keys())
            self._learn_steps({row[2] for row in piece if row[4]} - self.competences)
            for person, kind, competence, what, level, words, since in piece:
                step = self.steps.get((competence, level), level) if level else ""
                yield [self.names[person], self.offices[person], self.kinds[kind], what, step, words, since]

    def _learn_people(self, new: set[int]) -> None:
        if new:
            self.names |= dict.fromkeys(new, "") | person_names(self.viewer, new)
            work = {person: found.units[0] for person, found in work_of(new, self.viewer.day).items()}
            self.units |= office_names(set(work.values()) - self.units.keys())
            self.offices |= dict.fromkeys(new, "") | {person: self.units[unit] for person, unit in work.items()}

    def _learn_steps(self, new: set[int]) -> None:
        if new:
            self.competences |= new
            self.steps |= step_names(self.viewer, new)
