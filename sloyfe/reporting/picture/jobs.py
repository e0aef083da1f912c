"""The worker's part: a new picture when it is due, and at once when somebody who may has asked for it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.daily import every_day
from sloyfe.core.jobs.registry import job
from sloyfe.reporting.picture.publish import publish, publish_if_due

PUBLISH = "publish-picture"
COUNTING = gettext_noop("Counting, and trying whether anybody could be recognised")

every_day(publish_if_due)


@job(PUBLISH, title=gettext_lazy("Making a new picture"))
def publish_picture(context: Context) -> None:
    if not context.viewer.may("picture.publish"):
        raise PermissionDenied("picture.publish")
    context.progress(5, COUNTING)
    with transaction.atomic():
        publish(context.viewer.day, by=context.viewer, progress=context.progress)
        context.finish({"url": reverse("picture")})
