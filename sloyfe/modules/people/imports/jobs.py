"""The two jobs of an import: try it, and carry it out. Both run `bring_in`; the first rolls it back."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from sloyfe.core.imports.log import Kind
from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.daily import every_day
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.registry import job
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.imports import actions, store
from sloyfe.modules.people.imports.apply import bring_in
from sloyfe.modules.people.imports.known import Terms
from sloyfe.modules.people.imports.models import CAPABILITY, Import

READING = gettext_noop("Reading the files")
KEEPING = gettext_noop("Writing the report")
GONE = gettext_noop("The upload is no longer here. Nothing was changed. Upload the file again.")
OTHERS_END = gettext_noop("Since you looked, the list has come to end others than you agreed to. Nothing was changed.")
STOPPED = gettext_noop("Stopped. Nothing was changed.")
NOT_YOURS = gettext_noop("You can no longer bring files in. Nothing was changed.")


@job(actions.REHEARSE, title=_("Trying the import"))
def rehearse(context: Context) -> None:
    row = _import(context)
    context.progress(5, READING)
    uploads = store.files_in(row.folder, row.files)
    if uploads is None:
        delivery = store.delivery_in(row.folder)
        if delivery is None:
            raise Refused(GONE)
    else:
        delivery = read(uploads, employer=row.employer)
        del uploads
        store.keep_delivery(row.folder, delivery)
    log = bring_in(context.viewer, delivery, rehearsal=True, terms=_terms(row), tell=context.progress)
    _refuse_if_stopped(context)
    context.progress(90, KEEPING)
    with transaction.atomic():
        actions.rehearsed(row, delivery, log)
        context.finish({"url": reverse("import-report", args=[row.pk])})


@job(actions.APPLY, title=_("Carrying out the import"))
def apply(context: Context) -> None:
    row = _import(context)
    delivery = store.delivery_in(row.folder)
    if delivery is None or not row.can_apply:
        raise Refused(GONE)
    with transaction.atomic():
        log = bring_in(context.viewer, delivery, rehearsal=False, terms=_terms(row), tell=context.progress)
        _refuse_if_stopped(context)
        if (agreed := context.payload.get("ends")) is not None and agreed != log.counts()[Kind.END]:
            raise Refused(OTHERS_END)
        actions.applied(row, log)
        context.finish({"url": reverse("import-report", args=[row.pk])})
    if log.applied:
        store.drop(row.folder)


def _import(context: Context) -> Import:
    if not context.viewer.may(CAPABILITY):
        raise Refused(NOT_YOURS)
    row: Import | None = Import.objects.for_viewer(context.viewer).filter(pk=context.payload["import"]).first()
    if row is None or row.state not in (Import.State.REHEARSING, Import.State.REHEARSED):
        raise Refused(GONE)
    return row


def _terms(row: Import) -> Terms:
    return Terms(row.employer, row.last_day)


def _refuse_if_stopped(context: Context) -> None:
    if context.stop_requested():
        raise Refused(STOPPED)


every_day(actions.sweep)
