"""Receive an upload, have it tried, carry it out, drop it, and let what is old go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import OutOfReach, Viewer
from sloyfe.core.audit.actions import record
from sloyfe.core.imports.limits import shown_name
from sloyfe.core.imports.log import Kind, Log
from sloyfe.core.imports.report import summary
from sloyfe.core.jobs.actions import order
from sloyfe.core.jobs.models import Job
from sloyfe.core.policy import number
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.imports import store
from sloyfe.modules.people.imports.known import Terms
from sloyfe.modules.people.imports.models import CAPABILITY, Import, Part

REHEARSE, APPLY = "people.import.rehearse", "people.import.apply"
PAGE = 100
PROBLEM = "problem"


def require(viewer: Viewer) -> None:
    if not viewer.may(CAPABILITY):
        raise OutOfReach(f"outside what this viewer may change ({CAPABILITY})")


def receive(viewer: Viewer, files: Sequence[UploadedFile[Any]], terms: Terms) -> Job:
    """Put the files away and order the rehearsal."""
    require(viewer)
    sweep(viewer.day)
    folder = store.put(files)
    try:
        with transaction.atomic():
            row = Import.objects.create(
                by_id=viewer.person_id,
                by_name=viewer.name,
                folder=folder,
                files=[shown_name(file.name or "") for file in files],
                employer=terms.employer,
                last_day=terms.last_day,
            )
            return _order(viewer, REHEARSE, row)
    except BaseException:
        store.drop(folder)
        raise


def apply(viewer: Viewer, row: Import, typed: str = "") -> Job | None:
    """Order that it is carried out; None where there is nothing that can be.

    A full list that ends many asks for their number. ValidationError when another was `typed`.
    """
    require(viewer)
    ends = row.ends_to_confirm(viewer.day)
    if ends is not None and typed.strip() != str(ends):
        raise ValidationError(_("The number you typed is not how many the list ends. Nothing was changed."))
    return _order(viewer, APPLY, row, ends=ends) if row.can_apply else None


def _order(viewer: Viewer, kind: str, row: Import, **told: object) -> Job:
    job = order(viewer, kind, {"import": row.pk, **told})
    row.job_id = job.pk
    row.save(update_fields=["job_id"])
    return job


def drop(viewer: Viewer, row: Import) -> None:
    """Let the upload and its report go, unless it has been carried out; that it came stays."""
    require(viewer)
    if row.state == Import.State.APPLIED:
        return
    with transaction.atomic():
        row.state = Import.State.DROPPED
        _forget(row)
        record(viewer, "import.dropped", row)
    store.drop(row.folder)


def _forget(row: Import) -> None:
    row.summary = {}
    row.save(update_fields=["state", "summary"])
    row.parts.for_system("the report goes with the upload").all().delete()


def rehearsed(row: Import, delivery: Delivery, log: Log) -> None:
    """Keep the log of the rehearsal, in the caller's transaction."""
    row.state = Import.State.REHEARSED
    keep_log(row, log, questions=len(delivery.questions))


def applied(row: Import, log: Log) -> None:
    """Keep the log of the real run, in the caller's transaction. A run that was stopped can be tried again."""
    if log.applied:
        row.state, row.applied_at = Import.State.APPLIED, timezone.now()
    keep_log(row, log, questions=0)


def keep_log(row: Import, log: Log, *, questions: int) -> None:
    counts = {str(kind): count for kind, count in log.counts().items()}
    row.counts = counts | {"problems": len(log.problems), "questions": questions}
    row.summary = summary(log)
    row.save()
    row.parts.for_system("a new log takes the place of the old").all().delete()
    Part.objects.bulk_create(_parts(row, log), batch_size=200)


def _parts(row: Import, log: Log) -> list[Part]:
    made = [
        Part(of=row, kind=PROBLEM, number=start // PAGE, log=Log([], log.problems[start : start + PAGE]).to_json())
        for start in range(0, len(log.problems), PAGE)
    ]
    for group in log.groups():
        if group.kind is Kind.UNCHANGED:
            continue
        for start in range(0, group.count, PAGE):
            some = Log(list(group.entries[start : start + PAGE])).to_json()
            made.append(Part(of=row, kind=group.kind, object_type=group.object_type, number=start // PAGE, log=some))
    return made


def sweep(today: date) -> int:
    """Let go of uploads nobody carried out, and of reports in full, when they are too old; gives how many."""
    oldest = today - timedelta(days=number("import.kept_days", today))
    old = Import.objects.for_system("what is too old goes").filter(created_at__date__lt=oldest).exclude(summary={})
    rows = list(old) + list(
        Import.objects.for_system("what is too old goes").filter(
            created_at__date__lt=oldest, state=Import.State.REHEARSING
        )
    )
    for row in rows:
        with transaction.atomic():
            if row.state != Import.State.APPLIED:
                row.state = Import.State.DROPPED
            _forget(row)
        store.drop(row.folder)
    return len(rows)
