"""Requirements that are due to be looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sloyfe.core.access import Viewer
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.models import Requirement


@dataclass(frozen=True, slots=True)
class ToReview:
    pk: int
    competence: str
    profile_id: int
    profile: str
    review_on: date
    late: bool


def to_review(viewer: Viewer, source: str) -> list[ToReview]:
    """Requirements of one source whose review day has been or comes soon, the longest overdue first."""
    soon = viewer.day + timedelta(days=number("requirement.review_soon_days", viewer.day))
    rows = Requirement.objects.on(viewer.day).filter(source=source, review_on__lte=soon)
    return [
        ToReview(
            row.pk,
            label(row.competence, viewer.language),
            row.profile_id,
            label(row.profile, viewer.language),
            row.review_on,
            row.review_on < viewer.day,
        )
        for row in rows.select_related("competence", "profile").order_by("review_on", "pk")
    ]
