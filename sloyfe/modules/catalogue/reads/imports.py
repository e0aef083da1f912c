"""What has been taken in, and what waits."""

from __future__ import annotations

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.modules.catalogue.models import Import, ReportedRow
from sloyfe.modules.catalogue.storing import CAPABILITY


def imports(viewer: Viewer) -> GuardedQuerySet:
    """The latest first. Only for those who edit the catalogue."""
    return Import.objects.for_viewer(viewer, CAPABILITY)


def reported_rows(framework_id: int) -> GuardedQuerySet:
    """Rows of a framework's files that could not be used, as they stood."""
    rows: GuardedQuerySet = ReportedRow.objects.filter(framework=framework_id).order_by("file", "row", "pk")
    return rows
