"""The worker's part of importing and exporting."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.daily import every_day
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.registry import job
from sloyfe.modules.catalogue.actions.exporting import WRITE, keep_export, written
from sloyfe.modules.catalogue.actions.importing import CARRY_OUT, REHEARSE, Changed, carry_out, read, rehearse, sweep
from sloyfe.modules.catalogue.models import Framework, Import
from sloyfe.modules.catalogue.storing import CAPABILITY

READING = gettext_noop("Reading the file")
TRYING = gettext_noop("Trying every change, without keeping any")
CARRYING_OUT = gettext_noop("Carrying out the changes")
GONE = gettext_noop("The import has been dropped. Nothing was changed.")
WRITING = gettext_noop("Writing the file")
NO_FRAMEWORK = gettext_noop("The framework is no longer there.")
STOPPED = gettext_noop("Stopped. Nothing was changed.")


@job(REHEARSE, title=_("Reading a framework"))
def rehearse_import(context: Context) -> None:
    row = _import(context)
    context.progress(5, READING)
    draft = read(row, context.viewer.language)
    _go_on(context)
    context.progress(30, TRYING)
    with transaction.atomic():
        rehearse(context.viewer, row, draft)
        _finish(context, row)


@job(CARRY_OUT, title=_("Taking in a framework"))
def carry_out_import(context: Context) -> None:
    """Where the catalogue has changed since, the new rehearsal is shown instead."""
    row = _import(context)
    if row.state != Import.State.READY:
        raise Refused(GONE)
    context.progress(5, READING)
    draft = read(row, context.viewer.language)
    _go_on(context)
    context.progress(30, CARRYING_OUT)
    try:
        with transaction.atomic():
            carry_out(context.viewer, row, draft)
            _finish(context, row)
    except Changed:
        context.progress(60, TRYING)
        with transaction.atomic():
            rehearse(context.viewer, row, draft)
            _finish(context, row)


def _import(context: Context) -> Import:
    found: Import | None = (
        Import.objects.for_viewer(context.viewer, CAPABILITY).filter(pk=context.payload["import"]).first()
    )
    if found is None:
        raise Refused(GONE)
    return found


def _go_on(context: Context) -> None:
    if context.stop_requested():
        raise Refused(STOPPED)


def _finish(context: Context, row: Import) -> None:
    context.finish({"url": reverse("catalogue-import-report", args=[row.pk])})


@job(WRITE, title=_("Writing the framework to a file"))
def write_export(context: Context) -> None:
    framework = Framework.objects.filter(pk=context.payload["framework"]).first()
    if framework is None:
        raise Refused(NO_FRAMEWORK)
    format_code, language = context.payload["format"], context.viewer.language
    context.progress(10, WRITING)
    content = written(framework, format_code, language, context.viewer.day)
    with transaction.atomic():
        row = keep_export(framework, format_code, language, content)
        context.finish({"url": reverse("catalogue-export-ready", args=[row.pk])})


every_day(sweep)
