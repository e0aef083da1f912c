"""The worker's part: a new picture when it is due, and at once when somebody who may has asked for it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext_lazy, gettext_noop

from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.daily import every_day
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.registry import job
from sloyfe.reporting.picture.forgetting import forget_what_has_gone
from sloyfe.reporting.picture.publish import MadeMeanwhile, NothingToTell, publish, publish_if_due

PUBLISH = "publish-picture"
COUNTING = gettext_noop("Counting, and trying whether anybody could be recognised")
NOBODY_YET = gettext_noop("Nobody has answered and said yes to being counted yet, so there is nothing to show.")
MEANWHILE = gettext_noop("Another picture was made at the same time. You find it where this one would have been.")

every_day(forget_what_has_gone)
every_day(publish_if_due)


@job(PUBLISH, title=gettext_lazy("Making a new picture"))
def publish_picture(context: Context) -> None:
    if not context.viewer.may("picture.publish"):
        raise PermissionDenied("picture.publish")
    context.progress(5, COUNTING)
    try:
        publish(
            context.viewer.day,
            by=context.viewer,
            progress=context.progress,
            stored=lambda publication: context.finish({"url": reverse("picture")}),
        )
    except NothingToTell as nothing:
        raise Refused(NOBODY_YET) from nothing
    except MadeMeanwhile as meanwhile:
        raise Refused(MEANWHILE) from meanwhile
